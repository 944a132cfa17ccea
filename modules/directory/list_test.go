package directory

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestTheShippedListsAreWholeAndArePublishedOnce(t *testing.T) {
	o := newOffice(t)
	o.shipped()
	head, _, _ := o.log.Head(o.ctx, 1)
	o.shipped()
	if again, _, _ := o.log.Head(o.ctx, 1); again != head || head != int64(len(shippedNames()))+1 {
		t.Errorf("published twice the log stands at %d, was %d", again, head)
	}
	o.must(o.m.PublishList(o.ctx, registrar(), PublishList{Command: uuid.New(), List: "own", Title: text("قائمة"), Version: "1", From: "2026-01-01", Values: []ListValueInput{{Code: "a", Name: text("أ")}}}))
	for _, l := range o.g.Lists() {
		for _, v := range l.Values(on(t, "2026-11-24"), true) {
			if v.Name.Ar == "" || v.Name.En == "" && l.Name() != "own" {
				t.Errorf("%s %s is called %+v", l.Name(), v.Code, v.Name)
			}
		}
	}
	if c := o.g.Calendar(); c.Working(on(t, "2026-11-27")) || c.Working(on(t, "2026-11-28")) || !c.Working(on(t, "2026-11-29")) {
		t.Error("Friday and Saturday are the weekend until somebody says otherwise")
	}
	day := on(t, "2026-11-24")
	currency, _ := o.g.List("currency")
	for code, decimals := range map[string]string{"JOD": "3", "KWD": "3", "USD": "2", "JPY": "0"} {
		if v, ok := currency.Value(code, day); !ok || v.Attributes["decimals"] != decimals {
			t.Errorf("%s is %+v", code, v)
		}
	}
	cofog, _ := o.g.List("cofog")
	if n := len(cofog.Values(day, false)); n != 188 {
		t.Errorf("COFOG has %d codes", n)
	}
	if !o.g.ValidOn("governorate", "34", day) || o.g.ValidOn("governorate", "99", day) || o.g.ValidOn("governorate", "34", on(t, "1993-12-31")) || o.g.ValidOn("nothing", "1", day) {
		t.Error("the governorates are those of the standard, from 1994 on")
	}
}

func TestAValueIsRetiredAndNeverDeleted(t *testing.T) {
	o := newOffice(t)
	by, ctx := registrar(), o.ctx
	publish := func(version, from string, values []ListValueInput, retired ...RetiredValue) PublishList {
		return PublishList{Command: uuid.New(), List: "colour", Title: text("الألوان"), Version: version, From: from, Values: values, Retired: retired}
	}
	o.must(o.m.PublishList(ctx, by, publish("1", "2020-01-01", []ListValueInput{{Code: "r", Name: text("أحمر")}, {Code: "b", Name: text("أزرق")}, {Code: "b1", Name: text("سماوي"), Parent: "b"}})))
	o.must(o.m.PublishList(ctx, by, publish("2", "2024-01-01", []ListValueInput{{Code: "r", Name: text("أحمر قان")}, {Code: "g", Name: text("أخضر")}, {Code: "b1", Name: text("سماوي")}}, RetiredValue{"b", "g"})))
	list, _ := o.g.List("colour")
	for _, want := range []struct {
		code, day, name string
		valid           bool
	}{
		{"r", "2019-12-31", "", false},
		{"r", "2023-12-31", "أحمر", true},
		{"r", "2024-01-01", "أحمر قان", true},
		{"b", "2023-12-31", "أزرق", true},
		{"b", "2024-01-01", "أزرق", false},
		{"g", "2023-12-31", "", false},
	} {
		v, _ := list.Value(want.code, on(t, want.day))
		if v.Name.Ar != want.name || list.ValidOn(want.code, on(t, want.day)) != want.valid {
			t.Errorf("%s on %s is %+v", want.code, want.day, v)
		}
	}
	if v, _ := list.Value("b", on(t, "2025-01-01")); v.ReplacedBy != "g" {
		t.Errorf("in place of b comes %q", v.ReplacedBy)
	}
	o.refused("directory.value_retired")(o.m.PublishList(ctx, by, publish("3", "2025-01-01", []ListValueInput{{Code: "b", Name: text("بني")}})))
	o.refused("directory.version_exists")(o.m.PublishList(ctx, by, publish("2", "2025-01-01", []ListValueInput{{Code: "x", Name: text("س")}})))
	o.refused("directory.version_too_early")(o.m.PublishList(ctx, by, publish("3", "2023-01-01", []ListValueInput{{Code: "x", Name: text("س")}})))
	o.refused("directory.version_empty")(o.m.PublishList(ctx, by, publish("3", "2025-01-01", nil)))
	o.refused("directory.value_twice")(o.m.PublishList(ctx, by, publish("3", "2025-01-01", []ListValueInput{{Code: "x", Name: text("س")}, {Code: "x", Name: text("ص")}})))
	o.refused("directory.value_parent")(o.m.PublishList(ctx, by, publish("3", "2025-01-01", []ListValueInput{{Code: "x", Name: text("س"), Parent: "b"}})))
	o.refused("directory.value_unknown")(o.m.PublishList(ctx, by, publish("3", "2025-01-01", nil, RetiredValue{Code: "b"})))
	o.refused("forbidden")(o.m.PublishList(ctx, Clerk{ID: "rana"}, publish("3", "2025-01-01", nil)))
}

// Inputs that must be refused by their field, whoever sends them.
func TestBadInputIsRefusedByItsField(t *testing.T) {
	o := government(t)
	by, ctx := registrar(), o.ctx
	for _, c := range []struct{ name, code, path string }{
		{"وزارة\u202eالمالية", "text.hidden_character", "name.ar"},
		{"وزارة\u200fالمالية", "text.hidden_character", "name.ar"},
		{"وزا\u200cرة", "text.hidden_character", "name.ar"},
		{"\ufeffوزارة", "text.hidden_character", "name.ar"},
		{"وزارة\u2066", "text.hidden_character", "name.ar"},
		{"a\x00b", "text.hidden_character", "name.ar"},
		{"\xff", "text.not_text", "name.ar"},
		{strings.Repeat("م", 301), "name.too_long", "name.ar"},
		{"   ", "field.missing", "name.ar"},
	} {
		in := ChangeUnit{Command: uuid.New(), ID: "roads", From: "2026-01-01", Name: text(c.name)}
		in.Name.En = ""
		if p := o.refused(c.code)(o.m.RenameUnit(ctx, by, in)); p.Path != c.path {
			t.Errorf("%q is refused at %q", c.name, p.Path)
		}
	}
	for _, c := range []struct {
		in         FoundUnit
		code, path string
	}{
		{FoundUnit{Code: "1.2", From: "2026-01-01"}, "directory.code_form", "code"},
		{FoundUnit{Code: "a b", From: "2026-01-01"}, "directory.code_form", "code"},
		{FoundUnit{Code: "%", From: "2026-01-01"}, "directory.code_form", "code"},
		{FoundUnit{Code: strings.Repeat("1", 21), From: "2026-01-01"}, "directory.code_form", "code"},
		{FoundUnit{Code: "1\u200f", From: "2026-01-01"}, "code.hidden_character", "code"},
		{FoundUnit{From: "2026-01-01"}, "field.missing", "code"},
		{FoundUnit{Code: "9", From: "2026-02-30"}, "date.not_a_day", "from"},
		{FoundUnit{Code: "9"}, "field.missing", "from"},
		{FoundUnit{Code: "9", From: "2026-01-01", ID: "a/b"}, "directory.id_form", "id"},
		{FoundUnit{Code: "9", From: "2026-01-01", Level: 12}, "directory.level_range", "level"},
		{FoundUnit{Code: "9", From: "2026-01-01", Centre: strings.Repeat("1", 101)}, "code.too_long", "centre"},
		{FoundUnit{Code: "9", From: "2026-01-01", Basis: strings.Repeat("س", 2001)}, "text.too_long", "basis"},
	} {
		c.in.Command, c.in.Parent, c.in.Name = uuid.New(), "roads", text("قسم")
		if c.in.Level == 0 {
			c.in.Level = 5
		}
		if p := o.refused(c.code)(o.m.FoundUnit(ctx, by, c.in)); p.Path != c.path {
			t.Errorf("%+v is refused at %q", c.in, p.Path)
		}
	}
	o.refused("directory.code_invalid")(o.m.FoundBody(ctx, by, FoundBody{Command: uuid.New(), Parent: "jo", Code: "9", Name: text("س"), Kind: "kingdom", From: "2026-01-01"}))
	o.refused("command.id_missing")(o.m.RenameUnit(ctx, by, ChangeUnit{ID: "roads", From: "2026-01-01", Name: text("س")}))
}
