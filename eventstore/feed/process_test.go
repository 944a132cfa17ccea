package feed_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/modules/kernel"
)

// run runs a process until stop.
func run(t *testing.T, db *database.DB, store eventstore.Store, p feed.Process) (ps *feed.Processes, stop func()) {
	t.Helper()
	ps, err := feed.NewProcesses(db, store, p)
	if err != nil {
		t.Fatal(err)
	}
	ps.Log, ps.Pause = slog.New(slog.DiscardHandler), time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- ps.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return ps, stop
}

// answer is a process manager's step: every letter is answered once.
func answer(store eventstore.Store) func(context.Context, eventstore.Recorded) error {
	return func(ctx context.Context, e eventstore.Recorded) error {
		_, err := enter(ctx, store, feed.CommandID("answers", e, ""), "test.outgoing", "roads", answered{e.Position})
		return err
	}
}

func outgoing(t *testing.T, store eventstore.Store) int {
	t.Helper()
	events, err := store.ReadStream(t.Context(), [16]byte{}, eventstore.Stream{Category: "test.outgoing", Key: "roads"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return len(events)
}

func TestAProcessAnswersEveryEventOnceThoughItIsDeliveredAgain(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	var calls, failures atomic.Int64
	answered := make(chan int64, 100)
	do := answer(store)
	handle := func(ctx context.Context, e eventstore.Recorded) error {
		if err := do(ctx, e); err != nil {
			return err
		}
		if calls.Add(1)%3 == 1 { // the command is done, and then the process fails
			failures.Add(1)
			return errors.New("lost the connection after the command")
		}
		answered <- e.Position
		return nil
	}
	ps, stop := run(t, db, store, feed.Process{Name: "answers", Topic: "main/test.incoming", Handle: handle})
	positions := register(t, store, 20)
	for _, want := range positions {
		if got := <-answered; got != want {
			t.Fatalf("answered %d before %d", got, want)
		}
	}
	stop()
	if n := outgoing(t, store); n != 20 || failures.Load() == 0 {
		t.Errorf("20 letters got %d answers over %d failures", n, failures.Load())
	}
	if parked, err := ps.Parked(t.Context()); err != nil || len(parked) != 0 {
		t.Errorf("parked %v %v", parked, err)
	}
}

func TestWhatAProcessCannotHandleIsParkedAndSeen(t *testing.T) {
	t.Parallel()
	refusal := kernel.Problem{Code: "test.closed", Message: kernel.Text{Ar: "السجل مغلق", En: "The book is closed."}}
	cases := map[string]struct {
		fail     func(ctx context.Context) error
		attempts int64
	}{
		"business refusal": {func(context.Context) error { return refusal }, 1},
		"error that stays": {func(context.Context) error { return errors.New("no such department") }, 3},
		"panic":            {func(context.Context) error { panic("no department") }, 3},
		"too slow":         {func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, 3},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, store := dbtest.New(t), newStore(t)
			var attempts atomic.Int64
			var mended atomic.Bool
			after := make(chan int64, 10)
			do := answer(store)
			ps, _ := run(t, db, store, feed.Process{
				Name: "answers", Topic: "main/test.incoming", Retries: 2, Timeout: 50 * time.Millisecond,
				Handle: func(ctx context.Context, e eventstore.Recorded) error {
					if e.Position == 2 && !mended.Load() {
						attempts.Add(1)
						return c.fail(ctx)
					}
					ctx = context.WithoutCancel(ctx) // only the planted failure is slow
					after <- e.Position
					return do(ctx, e)
				},
			})
			register(t, store, 3)
			for _, want := range []int64{1, 3} {
				if got := <-after; got != want {
					t.Fatalf("handled %d instead of %d", got, want)
				}
			}
			parked, err := ps.Parked(t.Context())
			if err != nil || len(parked) != 1 {
				t.Fatalf("parked %v %v", parked, err)
			}
			if p := parked[0]; p.Process != "answers" || p.Position != 2 || p.Type != "test.registered" || p.Reason == "" || p.Since.IsZero() {
				t.Errorf("parked as %+v", p)
			}
			if attempts.Load() != c.attempts {
				t.Errorf("tried %d times, want %d", attempts.Load(), c.attempts)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if err := ps.Again(ctx, "answers", eventstore.Main, 2); err == nil {
				t.Error("a second failure was taken for success")
			}
			mended.Store(true)
			if err := ps.Again(t.Context(), "answers", eventstore.Main, 2); err != nil {
				t.Fatal(err)
			}
			if parked, err = ps.Parked(t.Context()); err != nil || len(parked) != 0 {
				t.Errorf("still parked %v %v", parked, err)
			}
		})
	}
}

func TestABusyLogIsNoFaultOfTheEvent(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	var calls atomic.Int64
	done := make(chan int64, 1)
	ps, stop := run(t, db, store, feed.Process{
		Name: "answers", Topic: "main/test.incoming", Retries: 1,
		Handle: func(_ context.Context, e eventstore.Recorded) error {
			if calls.Add(1) <= 5 {
				return eventstore.ErrBusy
			}
			done <- e.Position
			return nil
		},
	})
	register(t, store, 1)
	if got := <-done; got != 1 {
		t.Errorf("handled %d", got)
	}
	stop()
	if parked, err := ps.Parked(t.Context()); err != nil || len(parked) != 0 {
		t.Errorf("a busy log parked %v %v", parked, err)
	}
}
