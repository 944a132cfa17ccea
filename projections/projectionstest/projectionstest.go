// Package projectionstest proves that views depend on the log and on nothing else.
//
// Three things to know. Equal rebuilds every view from position 0 in batches of 1, 7 and 500 and
// requires the rows people read now. It names the first row that differs. It leaves nothing behind.
package projectionstest

import (
	"context"
	"testing"

	"diwan/database"
	"diwan/eventstore"
	"diwan/projections"
)

// Batches are the sizes every view is rebuilt with.
var Batches = []int{1, 7, 500}

// Equal fails the test for every view whose live rows are not those of a rebuild. The views must
// have been built by a runner; they are compared at the position they have reached.
func Equal(t testing.TB, db *database.DB, store eventstore.Store, views ...projections.View) {
	t.Helper()
	for _, d := range Compare(t, db, store, views...) {
		t.Error(d)
	}
}

// Compare is Equal that returns what differs, a sentence each, so that a test can require that a
// wrong view is found.
func Compare(t testing.TB, db *database.DB, store eventstore.Store, views ...projections.View) (differences []string) {
	t.Helper()
	for _, v := range views {
		for _, batch := range Batches {
			replay, err := projections.Check(context.Background(), db, store, v, batch)
			if err != nil {
				t.Fatalf("rebuild view %s in batches of %d: %v", v.Name, batch, err)
			}
			for _, d := range replay.Differences {
				differences = append(differences, "view "+v.Name+" rebuilt in other batches differs: "+d.String())
			}
		}
	}
	return differences
}

// CatchUp brings the views to the head of their lanes and makes them live.
func CatchUp(t testing.TB, db *database.DB, store eventstore.Store, views ...projections.View) {
	t.Helper()
	r, err := projections.New(db, store, views...)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
}
