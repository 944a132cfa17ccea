package house

import (
	"testing"

	"pgregory.net/rapid"

	"diwan/modules/kernel"
)

// On every day at most one decision holds: the one with the latest start not after it, and of equal
// starts the last made.
func TestOnEveryDayTheLatestDecisionHolds(t *testing.T) {
	first, err := kernel.NewDate(2026, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		starts := rapid.SliceOfN(rapid.IntRange(0, 20), 0, 8).Draw(t, "starts")
		made := make([]Decision, len(starts))
		for i, s := range starts {
			made[i] = Decision{ID: string(rune('a' + i)), From: first.AddDays(s)}
		}
		for day := -1; day < 22; day++ {
			today := first.AddDays(day)
			want := ""
			latest := kernel.Date{}
			for _, d := range made {
				if !d.From.After(today) && !d.From.Before(latest) {
					want, latest = d.ID, d.From
				}
			}
			got := ""
			for _, d := range Dated(made, today) {
				if d.InForce {
					got += d.ID
				}
			}
			if got != want {
				t.Fatalf("on %s %q holds, want %q of %v", today, got, want, starts)
			}
		}
	})
}
