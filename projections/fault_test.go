package projections_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections"
	"diwan/projections/projectionstest"
)

// F16: an event that one view cannot take stops that view, visibly, and no other; nothing is
// skipped, and after the view is mended a retry goes on from there.
func TestAPoisonEventStopsOnlyItsView(t *testing.T) {
	t.Parallel()
	older := eventstore.NewCodec(eventstore.Type[committed](1, nil), eventstore.Type[surveyed](1, nil))
	poisons := []struct {
		name, reason string
		apply        func(ctx context.Context, b *projections.Batch) error
	}{
		{"panic", "panic: ", func(context.Context, *projections.Batch) error {
			var none map[string]int
			none["x"] = 1
			return nil
		}},
		{"error", "no such line", func(context.Context, *projections.Batch) error { return errors.New("no such line") }},
		{"unknown schema", "shape 2", func(_ context.Context, b *projections.Batch) error {
			for i := range b.Events {
				if _, err := older.Decode(b.Events[i].Type, b.Events[i].Schema, b.Events[i].Data); err != nil {
					return err
				}
			}
			return nil
		}},
		{"constraint", "23514", func(ctx context.Context, b *projections.Batch) error {
			_, err := b.Tx.Exec(ctx, `insert into `+b.Table("fragile")+` values (-1, -1)`)
			return err
		}},
		{"swallowed error", "25P02", func(ctx context.Context, b *projections.Batch) error {
			_, _ = b.Tx.Exec(ctx, `select 1 / 0`) // the planted bug: nobody looks
			return nil
		}},
	}
	for _, poison := range poisons {
		t.Run(poison.name, func(t *testing.T) {
			t.Parallel()
			db, store := dbtest.New(t), newStore(t)
			var mended atomic.Bool
			fragile := projections.View{
				Name: "fragile", Version: 1, Lane: eventstore.Main,
				Tables: []projections.Table{{Name: "fragile", Columns: `position bigint primary key, amount bigint not null check (amount >= 0)`, Policies: projections.Anybody()}},
				Apply: func(ctx context.Context, b *projections.Batch) error {
					for i := range b.Events {
						if b.Events[i].Type == "test.surveyed" && !mended.Load() {
							return poison.apply(ctx, b)
						}
						if _, err := b.Tx.Exec(ctx, `insert into `+b.Table("fragile")+` values ($1, 1)`, b.Events[i].Position); err != nil {
							return err
						}
					}
					return nil
				},
			}
			r := newRunner(t, db, store, totals(), fragile)
			start(t, r)
			commitMany(t, store, 30)
			bad := record(t, store, "2211", surveyed{"2211"})
			last := commitMany(t, store, 30)

			mustWait(t, r, "totals", last) // the others go on
			var stale *projections.Stale
			if err := r.Wait(t.Context(), "fragile", last); !errors.As(err, &stale) || stale.Fault == nil {
				t.Fatalf("the view passed a poison event: %v", err)
			}
			f := stale.Fault
			if f.Position != bad || f.EventType != "test.surveyed" || f.Since.IsZero() || !strings.Contains(f.Reason, poison.reason) {
				t.Errorf("fault %+v does not name position %d and %q", f, bad, poison.reason)
			}
			if got := one[int64](t, db, `select max(position) from read.fragile`); got != bad-1 {
				t.Errorf("the view holds events up to %d, it stopped at %d", got, bad)
			}
			statuses, err := r.Status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if s := statuses[1]; s.Fault == nil || s.Lag != 31 || s.AsOf.IsZero() {
				t.Errorf("status does not show the fault and the lag: %+v", s)
			}

			if err := r.Retry(t.Context(), "fragile"); err != nil { // not mended yet
				t.Fatal(err)
			}
			for err := error(nil); ; { // until it has failed again
				if err = r.Wait(t.Context(), "fragile", bad); errors.As(err, &stale) && stale.Fault != nil {
					break
				}
			}
			if !stale.Fault.Since.Equal(f.Since) || stale.Fault.Position != bad {
				t.Errorf("a failed retry changed the fault from %+v to %+v", f, stale.Fault)
			}
			mended.Store(true)
			if err := r.Retry(t.Context(), "fragile"); err != nil {
				t.Fatal(err)
			}
			mustWait(t, r, "fragile", last)
			if got := one[int64](t, db, `select count(*) from read.fragile`); got != last {
				t.Errorf("after the retry the view has %d of %d events", got, last)
			}
			if statuses, err = r.Status(t.Context()); err != nil || statuses[1].Fault != nil {
				t.Errorf("the fault stays after it was overcome: %+v %v", statuses[1], err)
			}
		})
	}
}

func TestARestartTriesAgain(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	broken := totals()
	broken.Apply = func(context.Context, *projections.Batch) error { return errors.New("broken") }
	last := commitMany(t, store, 10)
	r := newRunner(t, db, store, broken)
	var fault *projections.Fault
	if err := r.CatchUp(t.Context()); !errors.As(err, &fault) || fault.Position != 1 {
		t.Fatalf("a broken view: %v", err)
	}
	repaired := newRunner(t, db, store, totals())
	start(t, repaired)
	mustWait(t, repaired, "totals", last)
}

// The views' promise, and that its test finds a view that breaks it.
func TestReplayFindsViewsThatDependOnMoreThanTheLog(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	commitMany(t, store, 1200)
	planted := func(name, columns string, apply func(ctx context.Context, b *projections.Batch) error) projections.View {
		return projections.View{
			Name: name, Version: 1, Lane: eventstore.Main,
			Tables: []projections.Table{{Name: name, Columns: columns, Policies: projections.Anybody()}}, Apply: apply,
		}
	}
	wrong := []projections.View{
		planted("counts_batches", `position bigint, batch bigint`, func(ctx context.Context, b *projections.Batch) error {
			_, err := b.Tx.Exec(ctx, `insert into `+b.Table("counts_batches")+` values ($1, $2)`, b.Events[0].Position, len(b.Events))
			return err
		}),
		planted("last_of_batch", `line text primary key, amount bigint`, func(ctx context.Context, b *projections.Batch) error {
			largest := map[string]int64{}
			for i := range b.Events {
				if c, ok, _ := read(&b.Events[i]); ok {
					largest[c.Line] = max(largest[c.Line], c.Amount%97)
				}
			}
			for line, amount := range largest {
				_, err := b.Tx.Exec(ctx, `insert into `+b.Table("last_of_batch")+` values ($1, $2) on conflict (line) do update set amount = $2`, line, amount)
				if err != nil {
					return err
				}
			}
			return nil
		}),
		planted("reads_the_clock", `position bigint, at timestamptz default clock_timestamp()`, func(ctx context.Context, b *projections.Batch) error {
			_, err := b.Tx.Exec(ctx, `insert into `+b.Table("reads_the_clock")+` values ($1)`, b.Events[0].Position)
			return err
		}),
		planted("depends_on_order", `nr bigint, line text`, func(ctx context.Context, b *projections.Batch) error {
			seen := map[string]bool{}
			for i := len(b.Events) - 1; i >= 0; i-- { // the wrong way round
				if c, ok, _ := read(&b.Events[i]); ok && !seen[c.Line] {
					seen[c.Line] = true
					table := b.Table("depends_on_order")
					_, err := b.Tx.Exec(ctx, fmt.Sprintf(`insert into %s select (select count(*) from %s), $1
						where not exists (select from %s where line = $1)`, table, table, table), c.Line)
					if err != nil {
						return err
					}
				}
			}
			return nil
		}),
	}
	right := []projections.View{totals(), register()}
	projectionstest.CatchUp(t, db, store, append(right, wrong...)...)
	projectionstest.Equal(t, db, store, right...)
	for _, v := range wrong {
		found := projectionstest.Compare(t, db, store, v)
		if len(found) == 0 {
			t.Errorf("view %s depends on more than the log and was not found", v.Name)
			continue
		}
		if !strings.Contains(found[0], "table "+v.Name) || !strings.Contains(found[0], "only rebuilt: (") {
			t.Errorf("the difference does not name table and row: %s", found[0])
		}
	}
}
