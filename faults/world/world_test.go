package world_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/faults/world"
)

func TestTheWorldOnAGoodStorePassesTheChecker(t *testing.T) {
	store, err := eventstore.NewMemory(world.Lines())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "journal")
	j, err := history.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	var wait sync.WaitGroup
	for seed := range uint64(8) {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			for range 200 {
				id := newID(r)
				if err := world.Ask(ctx, store, j, id, world.Random(r)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := history.ReadJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	log, err := store.Read(ctx, eventstore.Main, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	report, err := history.Check(world.Model(), log, lines)
	if err != nil {
		t.Fatal(err)
	}
	if report.Accepted+report.Refused != 1600 || report.Refused == 0 {
		t.Errorf("1,600 moves were asked, some beyond what a line holds: %+v", report)
	}
}

// newID draws an id from the run's own source, so that a seed gives the same run.
func newID(r *rand.Rand) (id [16]byte) {
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id
}
