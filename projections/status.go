package projections

import (
	"context"
	"time"

	"diwan/database"
	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
)

// Status is what an operator, and a page that shows how old its data is, need to know of a view.
type Status struct {
	View       string
	Lane       eventstore.Lane
	Version    int // of the generation people read; 0 before the first
	Generation int
	Position   int64
	Lag        int64     // events behind the head
	AsOf       time.Time // the data is that of this moment: now without lag, else when the newest event in it was recorded
	Fault      *Fault
	Building   *Build // the generation that is to replace it, nil when there is none
}

// Build is a generation on its way.
type Build struct {
	Version, Generation int
	Position, Head      int64
	Fault               *Fault
}

// Status tells where all views of the runner stand, in the order they were given.
func (r *Runner) Status(ctx context.Context) ([]Status, error) {
	// The heads first: a view is then never shown ahead of them by more than what came meanwhile.
	heads := map[eventstore.Lane]int64{}
	for lane := range r.tails {
		head, _, err := r.store.Head(ctx, lane)
		if err != nil {
			return nil, err
		}
		heads[lane] = head
	}
	statuses := make([]Status, 0, len(r.names))
	err := r.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		for _, name := range r.names {
			all, err := generations(ctx, tx, name)
			if err != nil {
				return err
			}
			v := r.views[name].view
			statuses = append(statuses, statusOf(v, all, heads[v.Lane]))
		}
		return nil
	})
	return statuses, err
}

func statusOf(v *View, all []generation, head int64) Status {
	s := Status{View: v.Name, Lane: v.Lane, Lag: head}
	if g := withStatus(all, building); g != nil {
		s.Building = &Build{Version: g.version, Generation: g.number, Position: g.position, Head: head, Fault: g.fault}
	}
	g := served(all)
	if g == nil {
		return s
	}
	s.Version, s.Generation, s.Position, s.AsOf, s.Fault = g.version, g.number, g.position, g.reachedAt, g.fault
	if s.Lag = max(0, head-g.position); s.Lag == 0 {
		s.AsOf = time.Now()
	}
	return s
}
