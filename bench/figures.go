package bench

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"diwan/eventstore"
)

const hundred = 100

// executing measures callers on a fresh store; key chooses the stream of a caller's n-th command.
func (r *rig) executing(ctx context.Context, callers, events int, length time.Duration, key func(caller, n int) string) (sample, error) {
	if err := r.empty(ctx); err != nil {
		return sample{}, err
	}
	return r.onLog(ctx, callers, events, length, key)
}

// onLog measures callers on the log as it is.
func (r *rig) onLog(ctx context.Context, callers, events int, length time.Duration, key func(caller, n int) string) (sample, error) {
	store, err := eventstore.OpenPostgres(ctx, r.db, lines())
	if err != nil {
		return sample{}, err
	}
	defer store.Close()
	beside, end := context.WithCancel(ctx)
	defer end()
	if r.options.Beside != nil {
		if err := r.options.Beside(beside, r.db, store); err != nil {
			return sample{}, err
		}
	}
	call := executes(store, events, key)
	if err := begin(ctx, callers, call); err != nil {
		return sample{}, err
	}
	return loop(ctx, callers, length, int64(events), call)
}

// streams is about how many streams the callers work on together.
const streams = 1000

// begin lets every stream have its first event: the figures are about streams in use.
func begin(ctx context.Context, callers int, call func(context.Context, int, int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(256)
	for caller := range callers {
		for n := range max(1, streams/callers) {
			group.Go(func() error { return call(ctx, caller, n) })
		}
	}
	return group.Wait()
}

func executes(store eventstore.Store, events int, key func(caller, n int) string) func(context.Context, int, int) error {
	return func(ctx context.Context, caller, n int) error {
		cmd, err := commit(key(caller, n), events)
		if err != nil {
			return err
		}
		_, err = store.Execute(ctx, cmd)
		return err
	}
}

// own gives each caller streams of its own.
func own(callers int) func(caller, n int) string {
	each := max(1, streams/callers)
	return func(caller, n int) string { return strconv.Itoa(caller) + "/" + strconv.Itoa(n%each) }
}

func appendFigure(r *rig) (side, side) {
	n := r.options.Writers
	return func(ctx context.Context, length time.Duration) (sample, error) {
			return r.executing(ctx, n, 1, length, own(n))
		},
		func(ctx context.Context, length time.Duration) (sample, error) {
			return r.lean(ctx, min(n, 32), length)
		}
}

func hotFigure(r *rig) (side, side) {
	n := r.options.Writers
	return func(ctx context.Context, length time.Duration) (sample, error) {
			return r.executing(ctx, n, 1, length, func(int, int) string { return "one" })
		}, func(ctx context.Context, length time.Duration) (sample, error) {
			return r.executing(ctx, n, 1, length, func(caller, _ int) string { return strconv.Itoa(caller) })
		}
}

func hotLinesFigure(r *rig) (side, side) {
	n := r.options.Writers
	return func(ctx context.Context, length time.Duration) (sample, error) {
			return r.executing(ctx, n, 1, length, func(caller, i int) string { return strconv.Itoa((caller + i) % 10) })
		}, func(ctx context.Context, length time.Duration) (sample, error) {
			return r.balances(ctx, n, length)
		}
}

func hundredsFigure(r *rig) (side, side) {
	n := r.options.Writers
	return func(ctx context.Context, length time.Duration) (sample, error) {
			return r.executing(ctx, n, hundred, length, own(n))
		},
		func(ctx context.Context, length time.Duration) (sample, error) { return r.copies(ctx, n, length) }
}

func twoNodesFigure(r *rig) (side, side) {
	n := r.options.Writers
	two := func(ctx context.Context, length time.Duration) (sample, error) {
		if err := r.empty(ctx); err != nil {
			return sample{}, err
		}
		var nodes [2]func(context.Context, int, int) error
		for i := range nodes {
			store, err := eventstore.OpenPostgres(ctx, r.db, lines())
			if err != nil {
				return sample{}, err
			}
			defer store.Close()
			nodes[i] = executes(store, 1, own(n))
		}
		call := func(ctx context.Context, caller, i int) error { return nodes[caller%2](ctx, caller, i) }
		if err := begin(ctx, n, call); err != nil {
			return sample{}, err
		}
		return loop(ctx, n, length, 1, call)
	}
	return two, func(ctx context.Context, length time.Duration) (sample, error) {
		return r.executing(ctx, n, 1, length, own(n))
	}
}

// readFigure fills the log once and reads it whole, a page after the other.
func readFigure(r *rig) (side, side) {
	size := r.options.Size
	if size == 0 {
		size = 500_000
	}
	filled := false
	fill := func(ctx context.Context) error {
		if filled {
			return nil
		}
		if err := r.empty(ctx); err != nil {
			return err
		}
		filled = true
		return r.fill(ctx, size)
	}
	return func(ctx context.Context, _ time.Duration) (sample, error) {
			if err := fill(ctx); err != nil {
				return sample{}, err
			}
			return r.readAll(ctx, size)
		}, func(ctx context.Context, _ time.Duration) (sample, error) {
			if err := fill(ctx); err != nil {
				return sample{}, err
			}
			return r.stream(ctx)
		}
}

func (r *rig) readAll(ctx context.Context, size int) (sample, error) {
	store, err := eventstore.OpenPostgres(ctx, r.db, lines())
	if err != nil {
		return sample{}, err
	}
	defer store.Close()
	var s sample
	begin := time.Now()
	for {
		before := time.Now()
		page, err := store.Read(ctx, eventstore.Main, s.done, 2000)
		if err != nil {
			return sample{}, err
		}
		if len(page) == 0 {
			break
		}
		s.done += int64(len(page))
		s.latencies = append(s.latencies, time.Since(before))
	}
	s.took = time.Since(begin)
	if s.done != int64(size) {
		return s, fmt.Errorf("%d events were written and %d read", size, s.done)
	}
	return s, nil
}

// growthFigure compares a long log with one of 100,000 events, each written once, each on a server of
// its own.
func growthFigure(r *rig) (side, side) {
	size := r.options.Size
	if size == 0 {
		size = 5_000_000
	}
	n := r.options.Writers
	short := &rig{options: r.options}
	r.beside = short
	at := func(on *rig, size int) side {
		filled := false
		return func(ctx context.Context, length time.Duration) (sample, error) {
			if filled {
				return on.onLog(ctx, n, 1, length, own(n))
			}
			if on.dir == "" {
				if err := on.open(ctx); err != nil {
					return sample{}, err
				}
			}
			if err := on.empty(ctx); err != nil {
				return sample{}, err
			}
			filled = true
			if err := on.fill(ctx, size); err != nil {
				return sample{}, err
			}
			return on.onLog(ctx, n, 1, length, own(n))
		}
	}
	return at(r, size), at(short, min(size, 100_000))
}
