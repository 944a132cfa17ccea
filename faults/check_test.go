package faults_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/faults/world"
	"diwan/projections"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// seedOf is the run's seed: a new one each run, or the one to repeat.
func seedOf(t *testing.T) uint64 {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv("DIWAN_SEED"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatalf("DIWAN_SEED: %v", err)
		}
		seed = n
	}
	t.Logf("DIWAN_SEED=%d repeats this run", seed)
	return seed
}

// check replays the whole log against the journal and compares the view with rebuilds.
func (w *worker) check(t *testing.T) history.Report {
	t.Helper()
	return checkAll(t, w.config, w.journal)
}

// verify recomputes the log's tree and compares it with every checkpoint that was signed between kills.
func (w *worker) verify(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	db, err := database.Open(ctx, w.config)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store, err := eventstore.OpenPostgres(ctx, db, world.Lines())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	public, err := checkpoint.KeyFile{Path: filepath.Join(w.sealed, "log.key")}.Public()
	if err != nil {
		t.Fatal(err)
	}
	report, err := seal.Verify(ctx, seal.NewPostgres(db, store), seal.Check{Name: "diwan", Keys: public, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for _, lane := range report.Lanes {
		if lane.Broken != nil {
			t.Errorf("lane %s is broken at %d: %s", lane.Lane, lane.Broken.Position, lane.Broken.Why)
		}
		if lane.Lane == "main" && (lane.Size == 0 || lane.Checkpoints == 0) {
			t.Errorf("nothing was sealed: %+v", lane)
		}
	}
}

func checkAll(t *testing.T, config database.Config, journal string) history.Report {
	t.Helper()
	ctx := context.Background()
	db, err := database.Open(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store, err := eventstore.OpenPostgres(ctx, db, world.Lines())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	report, err := history.Check(world.Model(), readLog(t, store), readLines(t, journal))
	if err != nil {
		t.Fatal(err)
	}
	equalsRebuild(t, db, store)
	return report
}

func readLog(t *testing.T, store eventstore.Store) (log []eventstore.Recorded) {
	t.Helper()
	for {
		page, err := store.Read(context.Background(), eventstore.Main, int64(len(log)), 5000)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			return log
		}
		log = append(log, page...)
	}
}

func readLines(t *testing.T, journal string) []history.Line {
	t.Helper()
	f, err := os.Open(journal)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := history.ReadJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// equalsRebuild brings the live view to the head and compares it, row for row, with a replay.
func equalsRebuild(t *testing.T, db *database.DB, store eventstore.Store) {
	t.Helper()
	ctx := context.Background()
	runner, err := projections.New(db, store, world.View())
	if err != nil {
		t.Fatal(err)
	}
	if err := runner.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	for _, batch := range []int{1, 7, 500} {
		if batch == 1 && os.Getenv("DIWAN_SOAK") == "" {
			continue // one event a transaction is the soak's
		}
		replay, err := projections.Check(ctx, db, store, world.View(), batch)
		if err != nil {
			t.Fatal(err)
		}
		if len(replay.Differences) > 0 {
			t.Errorf("rebuilt in batches of %d the view differs: %v", batch, replay.Differences)
		}
	}
}
