package desk

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/modules/kernel"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func person(id string, roles ...string) Person {
	return Person{Session: database.Session{Actor: id}, Roles: roles}
}

// room is a desk with a clock that stands still until a test moves it.
type room struct {
	*Desk
	t     *testing.T
	clock time.Time
}

func open(t *testing.T) *room {
	r := &room{t: t, clock: time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC)}
	r.Desk = New(dbtest.New(t), func() time.Time { return r.clock })
	return r
}

func (r *room) save(by Person, in SaveDraft) Saved {
	r.t.Helper()
	saved, err := r.SaveDraft(context.Background(), by, in)
	if err != nil {
		r.t.Fatal(err)
	}
	return saved
}

func refused(t *testing.T, code string, err error) {
	t.Helper()
	if p := kernel.ProblemsOf(err); len(p) == 0 || p[0].Code != code || p[0].Message.Ar == "" || p[0].Message.En == "" {
		t.Fatalf("answered %v, want the refusal %s", err, code)
	}
}

func TestADraftIsItsOwnersUntilItIsLent(t *testing.T) {
	r, ctx := open(t), context.Background()
	rana, huda := person("rana"), person("huda")
	id := uuid.New()
	r.save(rana, SaveDraft{ID: id, Kind: "finance.journal", Title: "قيد تسوية", Content: `{"narration":"تسوية"}`})

	if seen, err := r.Draft(ctx, huda, id); err != nil || seen != nil {
		t.Fatalf("somebody else sees %v, %v", seen, err)
	}
	_, err := r.SaveDraft(ctx, huda, SaveDraft{ID: id, Kind: "finance.journal", Title: "x", Content: `{}`})
	refused(t, "desk.not_yours", err)
	refused(t, "desk.draft_gone", r.LendDraft(ctx, huda, id, []string{"huda"}))

	if err := r.LendDraft(ctx, rana, id, []string{"huda"}); err != nil {
		t.Fatal(err)
	}
	list, err := r.Drafts(ctx, huda, nil, 10, nil)
	if err != nil || len(list.Nodes) != 1 || list.Nodes[0].Content != `{"narration":"تسوية"}` {
		t.Fatalf("lent drafts are listed as %+v, %v", list, err)
	}
	if err := r.DiscardDraft(ctx, huda, id); err != nil {
		t.Fatal(err)
	}
	if seen, err := r.Draft(ctx, rana, id); err != nil || seen == nil {
		t.Fatal("whom a draft was lent to threw it away", err)
	}
}

func TestTwoPeopleEditOneDraft(t *testing.T) {
	r, ctx := open(t), context.Background()
	rana, huda := person("rana"), person("huda")
	in := SaveDraft{ID: uuid.New(), Kind: "finance.journal", Title: "قيد", Content: `{"narration":"أ","reference":"1"}`}
	begun := r.save(rana, in).Draft
	if err := r.LendDraft(ctx, rana, in.ID, []string{"huda"}); err != nil {
		t.Fatal(err)
	}
	in.Seen = begun.Version
	theirs, yours := in, in
	theirs.Content, yours.Content = `{"narration":"ب","reference":"1"}`, `{"narration":"أ","reference":"2"}`
	r.save(huda, theirs)
	joined := r.save(rana, yours)
	if joined.Draft.Content != `{"narration":"ب","reference":"2"}` || len(joined.Taken) != 1 || joined.Taken[0] != "narration" {
		t.Fatalf("different fields were joined to %s, taken %v", joined.Draft.Content, joined.Taken)
	}
	yours.Content = `{"narration":"ج","reference":"2"}`
	clash := r.save(rana, yours)
	if len(clash.Clashes) != 1 || clash.Clashes[0] != (Clash{Path: "narration", Was: `"أ"`, Theirs: `"ب"`, Yours: `"ج"`}) {
		t.Fatalf("one field written twice is answered with %+v", clash.Clashes)
	}
	if clash.Draft.Version != joined.Draft.Version || clash.Draft.Content != joined.Draft.Content {
		t.Error("something was kept in spite of the clash")
	}
	yours.Seen = clash.Draft.Version
	if decided := r.save(rana, yours); decided.Draft.Content != yours.Content {
		t.Errorf("the decision was kept as %s", decided.Draft.Content)
	}
	if again := r.save(rana, yours); again.Draft.Version != clash.Draft.Version+1 {
		t.Errorf("the same saving twice made version %d", again.Draft.Version)
	}
}

func TestADraftNobodyTouchesIsGoneAfterItsTime(t *testing.T) {
	r, ctx := open(t), context.Background()
	in := SaveDraft{ID: uuid.New(), Kind: "finance.journal", Title: "قيد", Content: `{}`}
	r.save(person("rana"), in)
	r.clock = r.clock.Add(draftLife + time.Second)
	if seen, err := r.Draft(ctx, person("rana"), in.ID); err != nil || seen != nil {
		t.Fatalf("an expired draft is shown: %v, %v", seen, err)
	}
	in.Seen = 1
	_, err := r.SaveDraft(ctx, person("rana"), in)
	refused(t, "desk.draft_gone", err)
}

func TestDraftsOfOtherSizesAndShapesAreRefused(t *testing.T) {
	r, ctx := open(t), context.Background()
	for code, in := range map[string]SaveDraft{
		"desk.too_large":        {Kind: "k", Title: "t", Content: `{"a":"` + strings.Repeat("x", largestDraft) + `"}`},
		"desk.content":          {Kind: "k", Title: "t", Content: `[1]`},
		"desk.hidden_character": {Kind: "k", Title: "قيد\u202eتسوية", Content: `{}`},
		"desk.missing":          {Kind: "", Title: "t", Content: `{}`},
		"desk.too_long":         {Kind: "k", Title: strings.Repeat("م", longestTitle+1), Content: `{}`},
	} {
		in.ID = uuid.New()
		_, err := r.SaveDraft(ctx, person("rana"), in)
		refused(t, code, err)
	}
}

func TestDraftsAreListedOnceEachAcrossPages(t *testing.T) {
	r, ctx := open(t), context.Background()
	for i := range 7 {
		if i%3 == 0 {
			r.clock = r.clock.Add(time.Minute) // some share a moment
		}
		r.save(person("rana"), SaveDraft{ID: uuid.New(), Kind: "k", Title: "t", Content: `{}`})
	}
	seen := map[uuid.UUID]bool{}
	for after := (*string)(nil); ; {
		page, err := r.Drafts(ctx, person("rana"), nil, 2, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range page.Nodes {
			if seen[one.ID] {
				t.Fatal("a draft is listed twice")
			}
			seen[one.ID] = true
		}
		if !page.More {
			break
		}
		after = page.PageInfo().EndCursor
	}
	if len(seen) != 7 {
		t.Errorf("%d of 7 drafts are listed", len(seen))
	}
}

func TestAViewIsForItsOwnerItsRoleOrItsLink(t *testing.T) {
	r, ctx := open(t), context.Background()
	rana, omar, lina := person("rana", "preparer"), person("omar", "auditor"), person("lina", "preparer")
	preparer, yes := "preparer", true
	keep := func(by Person, in SaveView) *SavedView {
		t.Helper()
		in.ID, in.Page, in.Params = uuid.New(), "finance.execution", "group=item"
		view, err := r.SaveView(ctx, by, in)
		if err != nil {
			t.Fatal(err)
		}
		return view
	}
	own := keep(rana, SaveView{Name: "متابعتي", Audience: ForUser, Preferred: &yes})
	shared := keep(rana, SaveView{Name: "لزملائي", Audience: ForRole, Role: &preparer})
	link := keep(rana, SaveView{Name: "للمدقق", Audience: ForLink})

	names := func(by Person) (all []string) {
		views, err := r.SavedViews(ctx, by, "finance.execution")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range views {
			all = append(all, v.Name)
		}
		return all
	}
	if got := names(rana); len(got) != 3 || got[0] != "متابعتي" {
		t.Errorf("the owner sees %v, the preferred one first", got)
	}
	if got := names(lina); len(got) != 1 || got[0] != "لزملائي" {
		t.Errorf("a colleague of the role sees %v", got)
	}
	if got := names(omar); len(got) != 0 {
		t.Errorf("somebody else sees %v", got)
	}
	for _, c := range []struct {
		view *SavedView
		by   Person
		seen bool
	}{{own, omar, false}, {shared, omar, false}, {link, omar, true}, {shared, lina, true}} {
		found, err := r.SavedView(ctx, c.by, c.view.ID)
		if err != nil || (found != nil) != c.seen {
			t.Errorf("%s opens %s: %v, %v", c.by.Session.Actor, c.view.Name, found, err)
		}
	}
	_, err := r.SaveView(ctx, omar, SaveView{ID: link.ID, Page: "finance.execution", Name: "سُرق", Audience: ForLink})
	refused(t, "desk.not_yours", err)
	_, err = r.SaveView(ctx, omar, SaveView{ID: uuid.New(), Page: "p", Name: "n", Audience: ForRole, Role: &preparer})
	refused(t, "desk.role_not_yours", err)
	if err := r.RemoveView(ctx, omar, link.ID); err != nil {
		t.Fatal(err)
	}
	if got := names(rana); len(got) != 3 {
		t.Error("somebody else removed a view")
	}
}

func TestANewDeviceBeginsAsTheLastChoice(t *testing.T) {
	r, ctx := open(t), context.Background()
	rana := person("rana")
	set := func(device, name, value string) {
		t.Helper()
		if err := r.SetPreferences(ctx, rana, device, []PreferenceInput{{"other", "1"}, {name, "twice"}, {name, value}}); err != nil {
			t.Fatal(err)
		}
	}
	set("desk", "density", "compact")
	set("phone", "density", "comfortable")
	for device, want := range map[string]string{"desk": "compact", "phone": "comfortable", "new": "comfortable"} {
		found, err := r.Preferences(ctx, rana, device)
		if err != nil || len(found) != 2 || found[0].Name != "density" || found[0].Value != want {
			t.Errorf("%s has %+v, %v; want %s", device, found, err, want)
		}
	}
	if found, err := r.Preferences(ctx, person("omar"), "desk"); err != nil || len(found) != 0 {
		t.Errorf("somebody else's choices are shown: %v, %v", found, err)
	}
}

func TestAReadMarkNeverMovesBack(t *testing.T) {
	r, ctx := open(t), context.Background()
	for _, at := range []int64{7, 9, 8} {
		if err := r.MarkRead(ctx, person("rana"), []ReadMark{{"voucher", "v1", at}, {"voucher", "v1", at - 1}}); err != nil {
			t.Fatal(err)
		}
	}
	var at int64
	err := r.read(ctx, person("rana"), func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select position from desk.read_mark where kind = 'voucher' and document = 'v1'`).Scan(&at)
	})
	if err != nil || at != 9 {
		t.Errorf("read to %d, %v", at, err)
	}
}

// Row-level security alone, without any condition of ours.
func TestTheSecondWallKeepsDesksApart(t *testing.T) {
	r, ctx := open(t), context.Background()
	r.save(person("rana"), SaveDraft{ID: uuid.New(), Kind: "k", Title: "t", Content: `{}`})
	if _, err := r.SaveView(ctx, person("rana"), SaveView{ID: uuid.New(), Page: "p", Name: "n", Audience: ForUser}); err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(r.SetPreferences(ctx, person("rana"), "d", []PreferenceInput{{"a", "b"}}))
	must(r.MarkRead(ctx, person("rana"), []ReadMark{{"k", "d", 1}}))
	for _, table := range []string{"draft", "draft_version", "saved_view", "preference", "read_mark"} {
		for who, some := range map[string]bool{"rana": true, "omar": false, "": false} {
			var count int
			must(r.read(ctx, person(who), func(tx pgx.Tx) error {
				return tx.QueryRow(ctx, `select count(*) from desk.`+table).Scan(&count)
			}))
			if (count > 0) != some {
				t.Errorf("%q sees %d rows of %s", who, count, table)
			}
		}
	}
}
