package directory

import (
	"fmt"
	"slices"
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"

	"pgregory.net/rapid"
)

// reform renames, moves and merges units day by day, and says what has become unreadable: a name or
// path that an earlier day had, or a merged unit that leads nowhere. The acts are decided on the
// register as it is; evolve is what readers fold them with.
func reform(t *rapid.T, evolve func(register, eventstore.Event) register) error {
	start, _ := kernel.NewDate(2026, 1, 1)
	i := Instrument{Act: "0", From: start}
	events := []eventstore.Event{
		BodyFounded{Instrument: i, ID: "jo", Code: "jo", Name: text("jo"), Kind: "state"},
		BodyFounded{Instrument: i, ID: "a", Parent: "jo", Code: "a", Name: text("a"), Kind: "ministry"},
		BodyFounded{Instrument: i, ID: "b", Parent: "jo", Code: "b", Name: text("b"), Kind: "ministry"},
	}
	units := []string{"a", "b"}
	for n := range 5 {
		id := fmt.Sprint("u", n)
		events = append(events, UnitFounded{i, id, []string{"a", "b"}[n%2], id, text(id), 3, ""})
		units = append(units, id)
	}
	var truth, read register
	for _, e := range events {
		truth, read = truth.evolve(e), evolve(read, e)
	}
	type sight struct {
		id, path string
		day      kernel.Date
		name     kernel.Text
	}
	var seen []sight
	var merged []string
	for n := range rapid.IntRange(1, 12).Draw(t, "days") {
		day := start.AddDays(n + 1)
		i := Instrument{Act: fmt.Sprint(n + 1), From: day}
		p := newPlan(truth, i)
		of := rapid.SampledFrom(units).Draw(t, "unit")
		if _, open := p.on().Unit(of); !open {
			continue
		}
		switch rapid.SampledFrom([]string{"rename", "move", "merge"}).Draw(t, "act") {
		case "rename":
			p.record(UnitRenamed{i, of, text(fmt.Sprint("name ", n))})
		case "move":
			p.record(UnitMoved{i, of, rapid.SampledFrom([]string{"jo", "a", "b"}).Draw(t, "under"), fmt.Sprint("m", n)})
		case "merge":
			into := rapid.SampledFrom(units).Draw(t, "into")
			if _, open := p.on().Unit(into); !open || p.on().Within(into, of) {
				continue
			}
			p.children(of, func(string) string { return into }, nil)
			p.record(UnitMerged{i, of, into})
			merged = append(merged, of)
		}
		p.look(of)
		done, err := p.finish(treeRules())
		if err != nil {
			merged = slices.DeleteFunc(merged, func(id string) bool { _, open := Units{r: truth, day: day}.Unit(id); return open })
			continue
		}
		truth = p.r
		for _, e := range done {
			read = evolve(read, e)
		}
		for _, id := range units {
			if one, open := (Units{r: truth, day: day}).Unit(id); open {
				seen = append(seen, sight{id, one.Path, day, one.Name})
			}
		}
	}
	for _, s := range seen {
		if one, _, known := (Units{r: read, day: s.day}).Known(s.id); !known || one.Name != s.name || one.Path != s.path {
			return fmt.Errorf("on %s %s was %s at %s and reads %s at %s", s.day, s.id, s.name.Ar, s.path, one.Name.Ar, one.Path)
		}
	}
	for _, id := range merged {
		if len(Units{r: read, day: start.AddDays(20)}.Successors(id)) == 0 {
			return fmt.Errorf("%s was merged and leads nowhere", id)
		}
	}
	return nil
}

func TestHistoryStaysReadableThroughEveryReform(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := reform(t, register.evolve); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAForgetfulRegisterIsFound(t *testing.T) {
	for name, evolve := range map[string]func(register, eventstore.Event) register{
		"a merger without a successor": func(r register, e eventstore.Event) register {
			if m, is := e.(UnitMerged); is {
				e = UnitClosed{m.Instrument, m.ID}
			}
			return r.evolve(e)
		},
		"a renaming that reaches back": func(r register, e eventstore.Event) register {
			if m, is := e.(UnitRenamed); is {
				m.From = m.From.AddDays(-1)
				e = m
			}
			return r.evolve(e)
		},
		"a move that is not dated": func(r register, e eventstore.Event) register {
			if m, is := e.(UnitMoved); is {
				m.From = m.From.AddDays(-3)
				e = m
			}
			return r.evolve(e)
		},
	} {
		t.Run(name, func(t *testing.T) { mustFind(t, func(t *rapid.T) error { return reform(t, evolve) }) })
	}
}
