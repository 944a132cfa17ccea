package directory

import (
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

func TestTheTreeIsThatOfTheDayAsked(t *testing.T) {
	o := government(t)
	o.must(o.m.RenameUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "works", From: "2012-05-02", Basis: "قرار مجلس الوزراء 118", Name: kernel.Text{Ar: "وزارة الأشغال العامة والإسكان", En: "Works and Housing"}}))
	o.must(o.m.MoveUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "buildings", Parent: "health", Code: "90", From: "2030-01-01"}))
	for _, want := range []struct{ day, id, path, name string }{
		{"1999-12-31", "works", "", ""},
		{"2000-01-01", "works", "jo.2501", "وزارة الأشغال العامة"},
		{"2012-05-01", "works", "jo.2501", "وزارة الأشغال العامة"},
		{"2012-05-02", "works", "jo.2501", "وزارة الأشغال العامة والإسكان"},
		{"2029-12-31", "buildings", "jo.2501.20", "مديرية الأبنية"},
		{"2030-01-01", "buildings", "jo.2601.90", "مديرية الأبنية"},
		{"2026-01-01", "bridges", "jo.2501.10.1", "قسم الجسور"},
	} {
		got, open := o.at(want.day).Unit(want.id)
		if open != (want.path != "") || open && (got.Path != want.path || got.Name.Ar != want.name) {
			t.Errorf("%s on %s is %q at %q (open: %v)", want.id, want.day, got.Name.Ar, got.Path, open)
		}
	}
	if u, ok := o.at("2026-01-01").At("jo.2501.10.1"); !ok || u.ID != "bridges" {
		t.Errorf("at jo.2501.10.1 stands %+v", u)
	}
	if !o.at("2026-01-01").Within("bridges", "works") || o.at("2026-01-01").Within("bridges", "health") || o.at("2026-01-01").Within("works", "bridges") {
		t.Error("bridges are within works, and within nothing else")
	}
	if u, ok := o.at("2026-01-01").ByChapter("2501"); !ok || u.ID != "works" {
		t.Errorf("chapter 2501 is %+v", u)
	}
}

func TestARenamingKnownLaterDoesNotChangeWhatWasKnownThen(t *testing.T) {
	o := government(t)
	before := o.g.Position()
	o.must(o.m.RenameUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "roads", From: "2020-01-01", Name: kernel.Text{Ar: "مديرية الطرق والنقل"}}))
	day := on(t, "2021-06-01")
	now, _ := o.g.UnitsAt(day).Unit("roads")
	then, _ := o.g.UnitsKnownAt(day, before).Unit("roads")
	if now.Name.Ar != "مديرية الطرق والنقل" || then.Name.Ar != "مديرية الطرق" {
		t.Errorf("on that day it is %q now, and was known as %q", now.Name.Ar, then.Name.Ar)
	}
	if _, ok := o.g.UnitsKnownAt(day, 0).Unit("roads"); ok {
		t.Error("before the first event there was a unit")
	}
}

func TestAMergeKeepsHistoryReadable(t *testing.T) {
	o := government(t)
	o.unit("legal", "works", "30", "الدائرة القانونية", 3, "2000-01-01")
	o.unit("legal-health", "health", "30", "الدائرة القانونية", 3, "2000-01-01")
	o.post("lawyer", "legal-health", "1", "محام", "2000-01-01")
	merge := MergeUnits{Command: uuid.New(), Units: []string{"health"}, Into: "works", From: "2026-07-01", Basis: "قانون 12 لسنة 2026"}
	p := o.refused("directory.code_taken")(o.m.MergeUnits(o.ctx, registrar(), merge))
	if p.Details["unit"] != "legal-health" || p.Details["day"] != "2026-07-01" {
		t.Errorf("the refusal names %v", p.Details)
	}
	merge.Command, merge.Codes = uuid.New(), []Recode{{"legal-health", "31"}}
	o.must(o.m.MergeUnits(o.ctx, registrar(), merge))

	old, open, known := o.at("2026-07-01").Known("health")
	if open || !known || old.Name.Ar != "وزارة الصحة" || old.Path != "jo.2601" {
		t.Errorf("the merged body is shown as %+v (open: %v, known: %v)", old, open, known)
	}
	if s := o.at("2026-07-01").Successors("health"); len(s) != 1 || s[0].ID != "works" {
		t.Errorf("its successors are %+v", s)
	}
	if s := o.at("2026-06-30").Successors("health"); len(s) != 1 || s[0].ID != "health" {
		t.Errorf("the day before it is its own: %+v", s)
	}
	if path, _ := o.at("2026-07-01").Path("legal-health"); path != "jo.2501.31" {
		t.Errorf("its unit stands at %s", path)
	}
	if path, _ := o.at("2026-06-30").Path("legal-health"); path != "jo.2601.30" {
		t.Errorf("its unit stood at %s", path)
	}
	spans := o.at("2026-11-24").History("legal-health")
	if len(spans) != 2 || spans[0].Unit.Path != "jo.2601.30" || spans[0].To.String() != "2026-06-30" || spans[1].Unit.Path != "jo.2501.31" {
		t.Errorf("its history is %+v", spans)
	}
	spans = o.at("2026-11-24").History("health")
	if len(spans) != 2 || !spans[0].Open || spans[1].Open {
		t.Errorf("the history of the merged body is %+v", spans)
	}
	o.refused("directory.unit_unknown")(o.m.RenameUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "health", From: "2026-08-01", Name: kernel.Text{Ar: "س"}}))
}

func TestASplitHandsOverWhatIsBelow(t *testing.T) {
	o := government(t)
	split := SplitUnit{Command: uuid.New(), ID: "roads", From: "2027-01-01", Into: []Part{
		{ID: "rural", Code: "11", Name: kernel.Text{Ar: "مديرية الطرق القروية"}},
		{ID: "desert", Code: "12", Name: kernel.Text{Ar: "مديرية الطرق الصحراوية"}, Takes: []string{"bridges"}},
	}}
	o.refused("directory.posts_below")(o.m.SplitUnit(o.ctx, registrar(), split))
	split.Command, split.Into[0].Takes = uuid.New(), []string{"head-of-roads"}
	o.must(o.m.SplitUnit(o.ctx, registrar(), split))
	if s := o.at("2027-01-01").Successors("roads"); len(s) != 2 || s[0].ID != "rural" || s[1].ID != "desert" {
		t.Errorf("its successors are %+v", s)
	}
	if path, _ := o.at("2027-01-01").Path("bridges"); path != "jo.2501.12.1" {
		t.Errorf("bridges stand at %s", path)
	}
	if post, open := o.at("2027-01-01").Post("head-of-roads"); !open || post.Unit != "rural" {
		t.Errorf("the post is %+v", post)
	}
	o.refused("directory.not_below")(o.m.SplitUnit(o.ctx, registrar(), SplitUnit{Command: uuid.New(), ID: "buildings", Continues: true, From: "2027-01-01", Into: []Part{
		{Code: "21", Name: kernel.Text{Ar: "س"}, Takes: []string{"bridges"}},
	}}))
}

func TestWhatWouldBreakTheTreeIsRefused(t *testing.T) {
	o := government(t)
	move := func(id, parent, code, from string) ChangeUnit {
		return ChangeUnit{Command: uuid.New(), ID: id, Parent: parent, Code: code, From: from}
	}
	by, ctx := registrar(), o.ctx
	o.refused("directory.cycle")(o.m.MoveUnit(ctx, by, move("roads", "bridges", "", "2026-01-01")))
	o.refused("directory.cycle")(o.m.MoveUnit(ctx, by, move("works", "works", "", "2026-01-01")))
	o.refused("directory.root_stays")(o.m.MoveUnit(ctx, by, move("jo", "works", "", "2026-01-01")))
	o.refused("directory.code_taken")(o.m.MoveUnit(ctx, by, move("buildings", "", "10", "2026-01-01")))
	o.refused("directory.nothing_moves")(o.m.MoveUnit(ctx, by, move("buildings", "", "20", "2026-01-01")))
	o.refused("directory.level")(o.m.MoveUnit(ctx, by, move("buildings", "bridges", "", "2026-01-01")))
	o.refused("directory.body_under_unit")(o.m.MoveUnit(ctx, by, move("health", "roads", "", "2026-01-01")))
	o.refused("directory.unit_unknown")(o.m.MoveUnit(ctx, by, move("buildings", "health", "", "1999-01-01")))
	o.refused("directory.units_below")(o.m.CloseUnit(ctx, by, move("works", "", "", "2026-01-01")))
	o.must(o.m.CloseUnit(ctx, by, move("bridges", "", "", "2026-01-01")))
	o.refused("directory.posts_below")(o.m.CloseUnit(ctx, by, move("roads", "", "", "2026-01-01")))
	o.refused("directory.chapter_taken")(o.m.SetChapter(ctx, by, ChangeUnit{Command: uuid.New(), ID: "health", Chapter: "2501", From: "2026-01-01"}))
	o.refused("directory.not_a_body")(o.m.SetChapter(ctx, by, ChangeUnit{Command: uuid.New(), ID: "roads", Chapter: "7", From: "2026-01-01"}))
	o.must(o.m.SetCentre(ctx, by, ChangeUnit{Command: uuid.New(), ID: "roads", Centre: "0012", From: "2026-01-01"}))
	o.refused("directory.centre_taken")(o.m.SetCentre(ctx, by, ChangeUnit{Command: uuid.New(), ID: "buildings", Centre: "0012", From: "2025-01-01"})) // a later day collides
	o.refused("directory.root_exists")(o.m.FoundBody(ctx, by, FoundBody{Command: uuid.New(), Code: "x", Name: kernel.Text{Ar: "س"}, Kind: "state", From: "2026-01-01"}))
	o.refused("directory.id_taken")(o.m.FoundPost(ctx, by, FoundPost{Command: uuid.New(), ID: "roads", Unit: "roads", Code: "9", Title: kernel.Text{Ar: "س"}, From: "2026-01-01"}))
	o.refused("directory.merge_into_itself")(o.m.MergeUnits(ctx, by, MergeUnits{Command: uuid.New(), Units: []string{"works"}, Into: "roads", From: "2026-01-01"}))

	// A unit founded under one that is to be closed later has no ground on that later day.
	o.unit("short", "works", "40", "مؤقتة", 3, "2020-01-01")
	o.must(o.m.CloseUnit(ctx, by, move("short", "", "", "2028-01-01")))
	p := o.refused("directory.parent_closed")(o.m.FoundUnit(ctx, by, FoundUnit{Command: uuid.New(), Parent: "short", Code: "1", Name: kernel.Text{Ar: "س"}, Level: 5, From: "2026-01-01"}))
	if p.Details["day"] != "2028-01-01" {
		t.Errorf("the refusal is of %s", p.Details["day"])
	}
	o.refused("conflict")(o.m.RenameUnit(ctx, by, ChangeUnit{Command: uuid.New(), ID: "roads", Expected: 1, From: "2026-01-01", Name: kernel.Text{Ar: "س"}}))
	o.refused("forbidden")(o.m.RenameUnit(ctx, Clerk{ID: "rana", Permissions: []Permission{MayRead}}, ChangeUnit{Command: uuid.New(), ID: "roads"}))
}

func TestAnActIsTakenBackWhole(t *testing.T) {
	o := government(t)
	act := uuid.New()
	o.must(o.m.MergeUnits(o.ctx, registrar(), MergeUnits{Command: act, Units: []string{"roads"}, Into: "buildings", From: "2027-01-01"}))
	known := o.g.Position()
	o.must(o.m.WithdrawAct(o.ctx, registrar(), WithdrawAct{Command: uuid.New(), Act: act.String(), Reason: "أُجّل القرار"}))
	if u, open := o.at("2027-01-01").Unit("roads"); !open || u.Path != "jo.2501.10" {
		t.Errorf("after the withdrawal roads are %+v (open: %v)", u, open)
	}
	if post, _ := o.at("2027-01-01").Post("head-of-roads"); post.Unit != "roads" {
		t.Errorf("the post is %+v", post)
	}
	if _, open := o.g.UnitsKnownAt(on(t, "2027-01-01"), known).Unit("roads"); open {
		t.Error("what was known before the withdrawal is lost")
	}
	o.refused("directory.act_unknown")(o.m.WithdrawAct(o.ctx, registrar(), WithdrawAct{Command: uuid.New(), Act: act.String(), Reason: "س"}))

	// A founding that others stand on is not taken back from under them.
	founding := uuid.New()
	o.must(o.m.FoundUnit(o.ctx, registrar(), FoundUnit{Command: founding, ID: "new", Parent: "works", Code: "50", Name: kernel.Text{Ar: "جديدة"}, Level: 3, From: "2026-01-01"}))
	o.unit("newer", "new", "1", "أحدث", 4, "2026-02-01")
	o.refused("directory.units_below")(o.m.WithdrawAct(o.ctx, registrar(), WithdrawAct{Command: uuid.New(), Act: founding.String(), Reason: "خطأ"}))
}

func TestAPostHasOneHolderAndBesideHimOneWhoActs(t *testing.T) {
	o := government(t)
	fill := func(person, from, to string, acting bool) FillPost {
		return FillPost{Command: uuid.New(), Post: "head-of-roads", Person: person, From: from, To: to, Acting: acting}
	}
	first := fill("rana", "2020-01-01", "", false)
	o.must(o.m.FillPost(o.ctx, registrar(), first))
	o.refused("directory.post_held")(o.m.FillPost(o.ctx, registrar(), fill("omar", "2026-01-01", "", false)))
	o.refused("directory.post_held")(o.m.FillPost(o.ctx, registrar(), fill("omar", "2019-01-01", "2020-01-01", false)))
	o.must(o.m.FillPost(o.ctx, registrar(), fill("omar", "2019-01-01", "2019-12-31", false)))
	o.must(o.m.FillPost(o.ctx, registrar(), fill("huda", "2026-08-01", "2026-08-20", true)))
	o.refused("directory.post_held")(o.m.FillPost(o.ctx, registrar(), fill("samar", "2026-08-20", "2026-08-25", true)))
	o.refused("directory.closed_post_held")(o.m.ClosePost(o.ctx, registrar(), ChangePost{Command: uuid.New(), ID: "head-of-roads", From: "2026-09-01"}))
	if h := o.at("2026-08-05").Holders("head-of-roads"); len(h) != 2 || h[0].Person != "rana" || h[1].Person != "huda" || !h[1].Acting {
		t.Errorf("in August the holders are %+v", h)
	}
	if h := o.at("2026-08-05").PostsOf("huda"); len(h) != 1 || h[0].Post != "head-of-roads" {
		t.Errorf("Huda's posts are %+v", h)
	}
	o.must(o.m.LeavePost(o.ctx, registrar(), LeavePost{Command: uuid.New(), Post: "head-of-roads", Tenure: first.Command.String(), From: "2026-09-01"}))
	o.must(o.m.FillPost(o.ctx, registrar(), fill("omar", "2026-09-01", "", false)))
	if h := o.at("2026-09-01").Holders("head-of-roads"); len(h) != 1 || h[0].Person != "omar" {
		t.Errorf("in September the holders are %+v", h)
	}
	if h := o.at("2026-08-31").Holders("head-of-roads"); len(h) != 1 || h[0].Person != "rana" {
		t.Errorf("the day before they are %+v", h)
	}
	o.refused("directory.tenure_unknown")(o.m.LeavePost(o.ctx, registrar(), LeavePost{Command: uuid.New(), Post: "head-of-roads", Tenure: "x", From: "2026-09-01"}))
}

func TestABodyIsRenamedUnderARunningDocument(t *testing.T) {
	o := government(t)
	opened := on(t, "2026-03-01") // a letter is opened; it keeps the id and its day, never the name
	o.must(o.m.RenameUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "health", From: "2026-04-01", Name: kernel.Text{Ar: "وزارة الصحة والسكان", En: "Health and Population"}}))
	letter, _, _ := o.g.UnitsAt(opened).Known("health")
	today, _ := o.at("2026-11-24").Unit("health")
	if letter.Name.Ar != "وزارة الصحة" || today.Name.Ar != "وزارة الصحة والسكان" || letter.ID != today.ID || letter.Path != today.Path {
		t.Errorf("the letter shows %+v, the desk %+v", letter, today)
	}
}

func TestRegistryFollowsTheLogAndSkipsWhatItKnows(t *testing.T) {
	o := government(t)
	other := NewRegistry(o.log, o.m.tenant)
	if err := other.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	var receipt eventstore.Receipt
	done := make(chan error, 1)
	go func() { done <- other.Run(o.ctx) }()
	receipt = o.must(o.m.RenameUnit(o.ctx, registrar(), ChangeUnit{Command: uuid.New(), ID: "roads", From: "2026-01-01", Name: kernel.Text{Ar: "طرق"}}))
	if err := other.Wait(o.ctx, receipt.Last); err != nil {
		t.Fatal(err)
	}
	if u, _ := other.UnitsAt(on(t, "2026-01-01")).Unit("roads"); u.Name.Ar != "طرق" {
		t.Errorf("the follower shows %+v", u)
	}
}
