package finance

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"diwan/eventstore"
)

// closedLine draws a line's year, closes it and checks what is left here and in the next year. bug is what
// a careless close would do.
func closedLine(t *rapid.T, bug string) error {
	policy := rapid.SampledFrom([]CarryPolicy{WithAppropriation, FirstCharge}).Draw(t, "policy")
	law, next := rapid.Int64Range(100, 10_000).Draw(t, "law"), rapid.Int64Range(100, 20_000).Draw(t, "next law")
	line := BudgetLine{}.evolve(BudgetLineOpened{Year: 2026, Key: "k", Currency: "JOD"}).evolve(AppropriationEnacted{Amount: law})
	coming := BudgetLine{}.evolve(BudgetLineOpened{Year: 2027, Key: "k", Currency: "JOD"}).evolve(AppropriationEnacted{Amount: next})
	book := func(e eventstore.Event, err error) bool {
		if err == nil {
			line = line.evolve(e)
		}
		return err == nil
	}
	book(asEvent(line.Release(rapid.Int64Range(1, law).Draw(t, "released"), "o", 1)))
	var open []int64
	for range rapid.IntRange(0, 5).Draw(t, "commitments") {
		if n := rapid.Int64Range(1, law).Draw(t, "committed"); book(asEvent(line.Commit(n, "c", ByAppropriation))) {
			open = append(open, n)
		}
	}
	book(asEvent(line.Oblige(rapid.Int64Range(1, law).Draw(t, "claimed"), 0, "i", "", ByAppropriation)))
	if withdrawn, frozen, err := line.Freeze(rapid.Int64Range(1, law).Draw(t, "frozen"), "f", "r", Signature{}); err == nil {
		line = line.evolve(withdrawn).evolve(frozen)
	}
	if bug == "lapse first" {
		line = line.evolve(line.Lapse())
	}
	var carried int64
	for _, n := range open {
		if rapid.Bool().Draw(t, "carry") {
			out, err := line.CarryOut(n, "c", policy)
			if err != nil {
				return err
			}
			if bug == "appropriation stays" {
				out.Appropriation = 0
			}
			if in, err := coming.BringIn(n, "c", policy, false); err == nil {
				line, coming, carried = line.evolve(out), coming.evolve(in), carried+n
				if bug == "brought in twice" {
					coming = coming.evolve(in)
				}
				continue
			}
		}
		if !book(asEvent(line.Reduce(n, "c"))) {
			return fmt.Errorf("%d of %d cannot lapse", n, line.Committed)
		}
	}
	if bug != "lapse first" {
		line = line.evolve(line.Lapse())
	}
	want := next
	if policy == FirstCharge {
		want -= carried
	}
	moved := int64(0)
	if policy == WithAppropriation {
		moved = carried
	}
	switch {
	case line.AvailableYear() != 0 || line.Frozen != 0 || line.Revised() != line.Obligated+line.Lapsed:
		return fmt.Errorf("revised %d, obligated %d, lapsed %d, frozen %d", line.Revised(), line.Obligated, line.Lapsed, line.Frozen)
	case coming.Committed != carried || coming.AvailableYear() != want:
		return fmt.Errorf("%d carried: the next year has %d committed and %d available, want %d", carried, coming.Committed, coming.AvailableYear(), want)
	case line.Revised() != law-moved || coming.Revised() != next+moved:
		return fmt.Errorf("%d and %d became %d and %d with %d carried", law, next, line.Revised(), coming.Revised(), carried)
	}
	return errors.Join(holds(line, ByAppropriation), holds(coming, ByAppropriation))
}

func TestNoCloseLosesOrMakesAppropriation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := closedLine(t, ""); err != nil {
			t.Fatal(err)
		}
	})
}

func TestEveryCarelessCloseIsFound(t *testing.T) {
	for _, bug := range []string{"lapse first", "appropriation stays", "brought in twice"} {
		found := false
		for seed := range 2000 {
			if err := rapid.Custom(func(t *rapid.T) error { return closedLine(t, bug) }).Example(seed); err != nil {
				t.Log(bug+":", err)
				found = true
				break
			}
		}
		if !found {
			t.Errorf("2,000 closes with %q left nothing wrong", bug)
		}
	}
}
