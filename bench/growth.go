package bench

import (
	"context"
	"fmt"
	"time"

	"diwan/eventstore"
	"diwan/projections"
)

// growthStep is how many events each turn adds and projects.
const growthStep = 100_000

// growthProjectFigure projects a hundred thousand new events into a list that holds five million rows,
// against the same into a list of a hundred thousand. Each side has a server of its own.
func growthProjectFigure(r *rig) (side, side) {
	size := r.options.Size
	if size == 0 {
		size = 5_000_000
	}
	short := &rig{options: r.options}
	r.beside = short
	return r.growing(size), short.growing(min(size, 100_000))
}

func (r *rig) growing(size int) side {
	end := 0
	return func(ctx context.Context, _ time.Duration) (sample, error) {
		if end == 0 {
			if r.dir == "" {
				if err := r.open(ctx); err != nil {
					return sample{}, err
				}
			}
			if err := r.empty(ctx); err != nil {
				return sample{}, err
			}
			if err := r.fill(ctx, size); err != nil {
				return sample{}, err
			}
			r.options.Tell(fmt.Sprintf("projecting %d events", size))
			if _, err := r.catchUp(ctx); err != nil {
				return sample{}, err
			}
			end = size
		}
		step := min(size, growthStep)
		if err := r.lengthen(ctx, end, end+step); err != nil {
			return sample{}, err
		}
		end += step
		took, err := r.catchUp(ctx)
		return sample{done: int64(step), took: took}, err
	}
}

// catchUp brings the list to the head of the log, and says how long that took.
func (r *rig) catchUp(ctx context.Context) (time.Duration, error) {
	store, err := eventstore.OpenPostgres(ctx, r.db, lines())
	if err != nil {
		return 0, err
	}
	defer store.Close()
	runner, err := projections.New(r.db, store, register(0))
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	err = runner.CatchUp(ctx)
	return time.Since(begin), err
}
