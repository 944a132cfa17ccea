package projections_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"diwan/database/dbtest"
	"diwan/projections"
	"diwan/projections/projectionstest"
)

func TestPeopleReadTheirOwnWrites(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	r := newRunner(t, db, store, totals(), register())
	start(t, r)
	var sum int64
	for i := range int64(20) {
		sum += i
		at := record(t, store, "2211", committed{"2211", i})
		mustWait(t, r, "totals", at)
		if got := one[int64](t, db, `select amount from read.line_total where line = '2211'`); got != sum {
			t.Fatalf("after position %d the line shows %d, %d was committed", at, got, sum)
		}
	}
	mustWait(t, r, "register", 20)
	statuses, err := r.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statuses {
		if s.Position != 20 || s.Lag != 0 || s.Fault != nil || s.Version != 1 {
			t.Errorf("status of a view at the head: %+v", s)
		}
	}
}

func TestWaitTellsHowOldTheDataIs(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	r := newRunner(t, db, store, totals())
	at := record(t, store, "2211", committed{"2211", 5})
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	record(t, store, "2211", committed{"2211", 6}) // nobody runs the view
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer stop()
	var stale *projections.Stale
	if err := r.Wait(ctx, "totals", at+1); !errors.As(err, &stale) {
		t.Fatalf("waiting for an event that is not in the view answered %v", err)
	}
	events, err := store.Read(t.Context(), 1, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if stale.Reached != at || !stale.AsOf.Equal(events[0].RecordedAt) {
		t.Errorf("stale answer %+v, the view has position %d of %v", stale, at, events[0].RecordedAt)
	}
	if err := r.Wait(t.Context(), "nothing", 1); err == nil {
		t.Error("waiting for a view that does not exist answered nil")
	}
}

func TestTwoProcessesRunTheSameViewsAndNothingIsAppliedTwice(t *testing.T) {
	t.Parallel()
	config, store := dbtest.NewConfig(t), newStore(t)
	first, second := open(t, config), open(t, config)
	const n = 4000
	var runners sync.WaitGroup
	a, b := newRunner(t, first, store, totals(), register()), newRunner(t, second, store, totals(), register())
	a.Page, b.Page = 7, 11
	runners.Go(func() { start(t, a) })
	runners.Go(func() { start(t, b) })
	runners.Wait()
	last := commitMany(t, store, n)
	for _, r := range []*projections.Runner{a, b} {
		mustWait(t, r, "totals", last)
		mustWait(t, r, "register", last)
	}
	if got := one[int64](t, first, `select sum(amount)::bigint from read.line_total`); got != n*(n+1)/2 {
		t.Errorf("two runners made %d of %d", got, n*(n+1)/2)
	}
	if got := one[int64](t, first, `select count(*) from read.commitment`); got != n {
		t.Errorf("two runners made %d rows of %d events", got, n)
	}
	projectionstest.CatchUp(t, first, store, totals(), register())
	projectionstest.Equal(t, first, store, totals(), register())
}

func TestSubscribersHearOfChanges(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	r := newRunner(t, db, store, totals())
	start(t, r)
	changes, err := r.Changes(t.Context(), "totals")
	if err != nil {
		t.Fatal(err)
	}
	at := record(t, store, "2211", committed{"2211", 5})
	for seen := range changes {
		if seen >= at {
			break
		}
	}
	if got := one[int64](t, db, `select amount from read.line_total`); got != 5 {
		t.Errorf("after the signal the line shows %d", got)
	}
}

func TestViewsThatCannotWorkAreRefusedAtStart(t *testing.T) {
	t.Parallel()
	wrong := map[string][]projections.View{
		"the same view twice":    {totals(), totals()},
		"a table of two views":   {totals(), {Name: "other", Version: 1, Tables: totals().Tables, Apply: applyTotals}},
		"no version":             {{Name: "other", Tables: totals().Tables, Apply: applyTotals}},
		"a name with a quote":    {{Name: "other", Version: 1, Tables: []projections.Table{{Name: `a"b`}}, Apply: applyTotals}},
		"a view without a table": {{Name: "other", Version: 1, Apply: applyTotals}},
	}
	for what, views := range wrong {
		if _, err := projections.New(nil, nil, views...); err == nil {
			t.Errorf("%s was accepted", what)
		}
	}
}
