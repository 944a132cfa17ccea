package bench

import (
	"context"
	"strconv"
	"time"

	"diwan/eventstore"
)

// oldStream is how many events a stream of age has before it is measured.
const oldStream = 10_000

// ageFigure compares callers on ten streams of ten thousand events with the same on ten new streams.
// Each side opens the store anew, so an old stream is first loaded from its snapshot.
func ageFigure(r *rig) (side, side) {
	n := r.options.Writers
	ten := func(caller, i int) string { return strconv.Itoa((caller + i) % 10) }
	return func(ctx context.Context, length time.Duration) (sample, error) {
			if err := r.empty(ctx); err != nil {
				return sample{}, err
			}
			if err := r.grow(ctx, ten); err != nil {
				return sample{}, err
			}
			return r.onLog(ctx, n, 1, length, ten)
		}, func(ctx context.Context, length time.Duration) (sample, error) {
			return r.executing(ctx, n, 1, length, ten)
		}
}

// grow gives each stream its age, in commands of a hundred events.
func (r *rig) grow(ctx context.Context, key func(caller, n int) string) error {
	store, err := eventstore.OpenPostgres(ctx, r.db, lines())
	if err != nil {
		return err
	}
	defer store.Close()
	call := executes(store, hundred, key)
	for i := range oldStream / hundred {
		for stream := range 10 {
			if err := call(ctx, stream, 10*i); err != nil {
				return err
			}
		}
	}
	return nil
}
