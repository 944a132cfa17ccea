package projections_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections"
	"diwan/projections/projectionstest"

	"github.com/jackc/pgx/v5"
)

func open(t testing.TB, config database.Config) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

// readers look at the register without pause and fail the test on any error, any gap in the rows
// and any step back; stop returns how often they looked.
func readers(t *testing.T, db *database.DB) (stop func() int64) {
	done := make(chan struct{})
	var looked atomic.Int64
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			seen := int64(0)
			for {
				select {
				case <-done:
					return
				default:
				}
				var rows, newest int64
				err := db.Read(context.Background(), database.System, func(tx pgx.Tx) error {
					return tx.QueryRow(context.Background(), `select count(*), coalesce(max(position), 0) from read.commitment`).Scan(&rows, &newest)
				})
				if err != nil || rows != newest || newest < seen {
					t.Errorf("a reader saw %d rows up to position %d after position %d: %v", rows, newest, seen, err)
					return
				}
				seen = newest
				looked.Add(1)
			}
		})
	}
	return func() int64 { close(done); all.Wait(); return looked.Load() }
}

func TestReadersSeeNoGapWhileAViewIsRebuilt(t *testing.T) {
	t.Parallel()
	config, store := dbtest.NewConfig(t), newStore(t)
	db := open(t, config)
	r := newRunner(t, db, store, register())
	r.Page, r.Keep = 50, time.Millisecond
	start(t, r)
	mustWait(t, r, "register", commitMany(t, store, 2000))
	stop := readers(t, open(t, config))

	writing, enough := make(chan struct{}), make(chan struct{})
	go func() { // the office goes on
		defer close(writing)
		for {
			select {
			case <-enough:
				return
			default:
				if err := r.Wait(context.Background(), "register", record(t, store, "2211", committed{"2211", 1})); err != nil {
					t.Errorf("an officer could not read what he wrote: %v", err)
					return
				}
			}
		}
	}()
	for range 3 {
		var steps []projections.Progress
		if err := r.Rebuild(t.Context(), "register", func(p projections.Progress) { steps = append(steps, p) }); err != nil {
			t.Fatal(err)
		}
		if last := steps[len(steps)-1]; len(steps) < 3 || !last.Done || last.Position < 2000 {
			t.Errorf("progress of a rebuild: %d steps, the last %+v", len(steps), last)
		}
	}
	close(enough)
	<-writing
	head, _, err := store.Head(t.Context(), eventstore.Main)
	if err != nil {
		t.Fatal(err)
	}
	mustWait(t, r, "register", head)
	if n := stop(); n < 10 {
		t.Errorf("readers looked only %d times", n)
	}
	if got := one[int](t, db, `select generation from es.projection where status = 'live'`); got != 4 {
		t.Errorf("after three rebuilds generation %d is live", got)
	}
	projectionstest.Equal(t, db, store, register())
}

func TestANewVersionTakesThePlaceOfTheOld(t *testing.T) {
	t.Parallel()
	config, store := dbtest.NewConfig(t), newStore(t)
	db := open(t, config)
	old := newRunner(t, db, store, register())
	stopOld := start(t, old)
	mustWait(t, old, "register", commitMany(t, store, 1500))
	stop := readers(t, open(t, config))
	stopOld()

	next := register()
	next.Version = 2
	next.Tables = []projections.Table{
		{Name: "commitment", Columns: `position bigint primary key, amount numeric not null, line text not null, note text`, Indexes: []string{`(amount)`}, Policies: projections.Anybody()},
		{Name: "commitment_line", Columns: `line text primary key`, Policies: projections.Anybody()},
	}
	next.Apply = func(ctx context.Context, b *projections.Batch) error {
		for i := range b.Events {
			c, _, err := read(&b.Events[i])
			if err != nil {
				return err
			}
			var batch pgx.Batch
			batch.Queue(`insert into `+b.Table("commitment")+` values ($1, $2, $3)`, b.Events[i].Position, c.Amount, c.Line)
			batch.Queue(`insert into `+b.Table("commitment_line")+` values ($1) on conflict do nothing`, c.Line)
			if err := b.Tx.SendBatch(ctx, &batch).Close(); err != nil {
				return err
			}
		}
		return nil
	}
	upgraded := newRunner(t, db, store, next)
	upgraded.Keep = time.Millisecond
	start(t, upgraded)
	mustWait(t, upgraded, "register", commitMany(t, store, 500))
	stop()
	if got := one[int64](t, db, `select count(note) + count(*) from read.commitment`); got != 2000 {
		t.Errorf("the new version shows %d rows", got)
	}
	projectionstest.Equal(t, db, store, next)

	// The older program, still running somewhere, stands back, and the old tables go.
	if err := old.Rebuild(t.Context(), "register", nil); err == nil {
		t.Error("an older program rebuilt the view of a newer one")
	}
	for one[int](t, db, `select count(*) from es.projection where status = 'retired'`) > 0 {
		if err := upgraded.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := one[*string](t, db, `select to_regclass('read.commitment_g1')::text`); got != nil {
		t.Error("the replaced tables are still there")
	}
}

func TestACancelledRebuildLeavesNothing(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	r := newRunner(t, db, store, register())
	r.Page = 10
	start(t, r)
	mustWait(t, r, "register", commitMany(t, store, 1000))
	ctx, cancel := context.WithCancel(t.Context())
	err := r.Rebuild(ctx, "register", func(p projections.Progress) {
		if p.Position > 100 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a cancelled rebuild answered %v", err)
	}
	if got := one[int](t, db, `select count(*) from es.projection`); got != 1 {
		t.Errorf("%d generations are left", got)
	}
	if got := one[*string](t, db, `select to_regclass('read.commitment_g2')::text`); got != nil {
		t.Error("its tables are left")
	}
	mustWait(t, r, "register", commitMany(t, store, 10))
}

func TestARebuildThatFailsSaysWhereAndTheLiveViewGoesOn(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	var broken atomic.Bool
	v := register()
	v.Apply = func(ctx context.Context, b *projections.Batch) error {
		if broken.Load() && b.Events[0].Position <= 500 && b.Events[len(b.Events)-1].Position >= 500 {
			return fmt.Errorf("cannot read position 500")
		}
		return applyRegister(ctx, b)
	}
	r := newRunner(t, db, store, v)
	r.Page = 64
	start(t, r)
	mustWait(t, r, "register", commitMany(t, store, 1000))
	broken.Store(true)
	var fault *projections.Fault
	if err := r.Rebuild(t.Context(), "register", nil); !errors.As(err, &fault) || fault.Position != 500 {
		t.Fatalf("a failing rebuild answered %v", err)
	}
	mustWait(t, r, "register", commitMany(t, store, 10))
	statuses, err := r.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s := statuses[0]; s.Fault != nil || s.Building == nil || s.Building.Fault == nil || s.Building.Position != 499 {
		t.Errorf("status %+v, building %+v", s, s.Building)
	}
	broken.Store(false)
	if err := r.Rebuild(t.Context(), "register", nil); err != nil {
		t.Fatal(err)
	}
	projectionstest.Equal(t, db, store, v)
}

// A long report holds the view; the swap must neither break it nor make other readers queue.
func TestASwapWaitsForALongReader(t *testing.T) {
	t.Parallel()
	config, store := dbtest.NewConfig(t), newStore(t)
	db := open(t, config)
	r := newRunner(t, db, store, register())
	mustCatchUp(t, r)
	commitMany(t, store, 300)
	mustCatchUp(t, r)
	flipping := make(chan struct{}, 100)
	r.Hook = func(point string) {
		if point == projections.SwapBeforeFlip {
			flipping <- struct{}{}
		}
	}
	rebuilt := make(chan error, 1)
	report := open(t, config)
	err := report.Read(t.Context(), database.System, func(tx pgx.Tx) error {
		var before, after int64
		if err := tx.QueryRow(t.Context(), `select count(*) from read.commitment`).Scan(&before); err != nil {
			return err
		}
		go func() { rebuilt <- r.Rebuild(context.Background(), "register", nil) }()
		<-flipping
		<-flipping // it gave up once and tries again
		if got := one[int64](t, db, `select count(*) from read.commitment`); got != 300 {
			t.Errorf("another reader saw %d rows", got)
		}
		if err := tx.QueryRow(t.Context(), `select count(*) from read.commitment`).Scan(&after); err != nil {
			return err
		}
		if before != 300 || after != 300 {
			t.Errorf("the report saw %d rows and then %d", before, after)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-rebuilt; err != nil {
		t.Fatal(err)
	}
	if got := one[int](t, db, `select generation from es.projection where status = 'live'`); got != 2 {
		t.Errorf("generation %d is live", got)
	}
}

func mustCatchUp(t testing.TB, r *projections.Runner) {
	t.Helper()
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}
