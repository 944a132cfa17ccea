package directory

import (
	"fmt"
	"slices"
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"

	"pgregory.net/rapid"
)

// reshape lets random acts on random days change a small government, and says what is wrong with the
// tree of any day. It looks only at what came out, never at the rules that should have kept it.
func reshape(t *rapid.T, rules []treeRule) error {
	day := func(n int) kernel.Date { d, _ := kernel.NewDate(2026, 1, 1); return d.AddDays(n) }
	codes := []string{"1", "2", "3"}
	var r register
	for _, e := range []eventstore.Event{
		BodyFounded{Instrument: Instrument{Act: "0", From: day(0)}, ID: "jo", Code: "jo", Kind: "state", Name: kernel.Text{Ar: "jo"}},
		BodyFounded{Instrument: Instrument{Act: "0", From: day(0)}, ID: "a", Parent: "jo", Code: "1", Name: kernel.Text{Ar: "a"}, Chapter: "1"},
	} {
		r = r.evolve(e)
	}
	units, posts := []string{"jo", "a"}, []string{}
	var acts []string
	var newUnits, newPosts []string
	unit := func(label string) string { return rapid.SampledFrom(units).Draw(t, label) }
	for n := range rapid.IntRange(1, 25).Draw(t, "acts") {
		i := Instrument{Act: fmt.Sprint("act", n), From: day(rapid.IntRange(0, 6).Draw(t, "day"))}
		p, id := newPlan(r, i), fmt.Sprint("n", n)
		newUnits, newPosts = nil, nil
		code := rapid.SampledFrom(codes).Draw(t, "code")
		switch what := rapid.IntRange(0, 11).Draw(t, "what"); {
		case what <= 1:
			level := rapid.IntRange(2, 5).Draw(t, "level")
			p.record(UnitFounded{i, id, unit("parent"), code, kernel.Text{Ar: id}, level, rapid.SampledFrom([]string{"", "c1"}).Draw(t, "centre")})
			p.look(id)
			newUnits = append(newUnits, id)
		case what == 2:
			p.record(BodyFounded{i, id, unit("parent"), code, kernel.Text{Ar: id}, "k", rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "chapter")})
			p.look(id)
			newUnits = append(newUnits, id)
		case what <= 5:
			of := unit("moves")
			if of == "jo" {
				continue
			}
			p.record(UnitMoved{i, of, unit("to"), code})
			p.look(of)
		case what == 6:
			of := unit("closes")
			if of == "jo" {
				continue
			}
			p.record(UnitClosed{i, of})
			p.look(of)
		case what == 7:
			of, into := unit("merges"), unit("into")
			if _, open := p.on().Unit(into); of == "jo" || !open || p.on().Within(into, of) {
				continue
			}
			p.children(of, func(string) string { return into }, nil)
			p.record(UnitMerged{i, of, into})
			p.look(of, into)
		case what == 8:
			p.record(PostFounded{i, id, unit("of"), code, kernel.Text{Ar: id}})
			p.lookPosts(id)
			newPosts = append(newPosts, id)
		case what <= 10 && len(posts) > 0:
			of := rapid.SampledFrom(posts).Draw(t, "post")
			to := kernel.Date{}
			if rapid.Bool().Draw(t, "ends") {
				to = i.From.AddDays(rapid.IntRange(0, 3).Draw(t, "for days"))
			}
			p.record(PostHeld{i, of, id, rapid.SampledFrom([]string{"rana", "omar"}).Draw(t, "person"), to, rapid.Bool().Draw(t, "acting")})
			p.lookPosts(of)
		case what == 11 && len(acts) > 0:
			withdrawn, err := r.planWithdrawal(ActWithdrawn{Act: rapid.SampledFrom(acts).Draw(t, "withdrawn"), Reason: "س"})
			if err != nil {
				continue
			}
			p = withdrawn
		default:
			if len(posts) == 0 {
				continue
			}
			of := rapid.SampledFrom(posts).Draw(t, "post closes")
			p.record(PostClosed{i, of})
			p.lookPosts(of)
		}
		if _, err := p.finish(rules); err != nil {
			continue
		}
		r, acts, units, posts = p.r, append(acts, i.Act), append(units, newUnits...), append(posts, newPosts...)
		for d := range 11 {
			if err := sound(Units{r: r, day: day(d)}, units, posts); err != nil {
				return err
			}
		}
	}
	return nil
}

// sound says what is wrong with the tree of one day, by looking at every unit and post.
func sound(u Units, units, posts []string) error {
	places, chapters, centres := map[string]string{}, map[string]string{}, map[string]string{}
	reached := map[string]bool{}
	for _, one := range u.Below("jo") {
		reached[one.ID] = true
	}
	for _, id := range units {
		one, open := u.Unit(id)
		if !open {
			continue
		}
		if !reached[id] {
			return fmt.Errorf("%s: %s is open and not below the state", u.day, id)
		}
		place := one.Parent + "/" + one.Code
		if other, taken := places[place]; taken {
			return fmt.Errorf("%s: %s and %s have one place", u.day, id, other)
		}
		places[place] = id
		if other, taken := chapters[one.Chapter]; taken && one.Chapter != "" {
			return fmt.Errorf("%s: %s and %s have one chapter", u.day, id, other)
		}
		chapters[one.Chapter] = id
		if other, taken := centres[one.Centre]; taken && one.Centre != "" {
			return fmt.Errorf("%s: %s and %s have one centre", u.day, id, other)
		}
		centres[one.Centre] = id
		above, _ := u.Unit(one.Parent)
		if id != "jo" && one.Body && !above.Body {
			return fmt.Errorf("%s: body %s under a unit", u.day, id)
		}
		if !one.Body && !above.Body && one.Level <= above.Level {
			return fmt.Errorf("%s: %s is not below %s in level", u.day, id, above.ID)
		}
	}
	offices := map[string]bool{}
	for _, id := range posts {
		one, open := u.Post(id)
		holders := u.Holders(id)
		if !open {
			if len(holders) > 0 {
				return fmt.Errorf("%s: closed post %s is held", u.day, id)
			}
			continue
		}
		if _, is := u.Unit(one.Unit); !is {
			return fmt.Errorf("%s: post %s has no unit", u.day, id)
		}
		place := one.Unit + "/" + one.Code
		if offices[place] {
			return fmt.Errorf("%s: two posts at %s", u.day, place)
		}
		offices[place] = true
		if n := len(slices.DeleteFunc(slices.Clone(holders), func(h Holder) bool { return h.Acting })); n > 1 || len(holders)-n > 1 {
			return fmt.Errorf("%s: post %s has holders %v", u.day, id, holders)
		}
	}
	return nil
}

func TestNoActsBreakTheTreeOnAnyDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 10 {
			if err := reshape(t, treeRules()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Each rule left out is missed: the property above finds every planted bug.
func TestEveryTreeRuleLeftOutIsFound(t *testing.T) {
	rules := treeRules()
	for i, left := range rules {
		rest := slices.Delete(slices.Clone(rules), i, i+1)
		t.Run(left.name, func(t *testing.T) { mustFind(t, func(t *rapid.T) error { return reshape(t, rest) }) })
	}
}

// mustFind requires that random acts come upon a violation.
func mustFind(t *testing.T, walk func(*rapid.T) error) {
	t.Helper()
	for seed := range 20_000 {
		if rapid.Custom(func(t *rapid.T) bool { return walk(t) != nil }).Example(seed) {
			return
		}
	}
	t.Error("the planted bug was not found")
}
