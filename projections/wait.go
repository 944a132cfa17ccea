package projections

import (
	"context"
	"fmt"
	"sync"
	"time"

	"diwan/database"

	"github.com/jackc/pgx/v5"
)

// mark is how far readers of a view can see, as this process knows it.
type mark struct {
	mu       sync.Mutex
	position int64
	asOf     time.Time
	moved    chan struct{} // closed and replaced at each move
}

func (m *mark) reach(g *generation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if g.position > m.position {
		m.position, m.asOf = g.position, g.reachedAt
		close(m.moved)
		m.moved = make(chan struct{})
	}
}

func (m *mark) read() (int64, <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.position, m.moved
}

// stale is the answer when the mark is short of what was wanted.
func (m *mark) stale(view string, wanted int64, fault *Fault) *Stale {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Stale{View: view, Wanted: wanted, Reached: m.position, AsOf: m.asOf, Fault: fault}
}

// Stale says that a view has not come as far as the caller asked, and how old its data is. It is
// not a failure: the caller shows what there is and says how old it is.
type Stale struct {
	View            string
	Wanted, Reached int64
	AsOf            time.Time // when the newest event in the view was recorded; zero when it is empty
	Fault           *Fault    // why it stands still, nil when it is only behind
}

// Error names the view and both positions.
func (s *Stale) Error() string {
	if s.Fault != nil {
		return fmt.Sprintf("view %s shows position %d, not yet %d: %s", s.View, s.Reached, s.Wanted, s.Fault.Error())
	}
	return fmt.Sprintf("view %s shows position %d, not yet %d", s.View, s.Reached, s.Wanted)
}

// Wait returns nil once readers of the view see an event's effect, at once when they already do.
// When ctx ends before that, or the view stands still with a fault, it answers *Stale.
func (r *Runner) Wait(ctx context.Context, view string, position int64) error {
	p, err := r.projection(view)
	if err != nil {
		return err
	}
	seen, moved := p.mark.read()
	if seen >= position {
		return nil
	}
	// Another process may be the one that writes this view, so look at the row as well, less and less often.
	for look := 20 * time.Millisecond; ; look = min(2*look, 250*time.Millisecond) {
		wait(ctx, moved, look)
		if seen, moved = p.mark.read(); seen >= position {
			return nil
		}
		if ctx.Err() != nil {
			return p.mark.stale(view, position, nil)
		}
		g, err := r.served(ctx, view)
		switch {
		case err != nil && ctx.Err() == nil:
			return fmt.Errorf("wait for view %s: %w", view, err)
		case err != nil || g == nil:
			continue
		}
		p.mark.reach(g)
		if g.position < position && g.fault != nil {
			return p.mark.stale(view, position, g.fault)
		}
	}
}

// served reads what readers of a view see at this moment; nil when it was never built.
func (r *Runner) served(ctx context.Context, view string) (*generation, error) {
	var g *generation
	err := r.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		all, err := generations(ctx, tx, view)
		g = served(all)
		return err
	})
	return g, err
}

// Changes sends the position that readers of the view can see, after each change and coalesced,
// until ctx ends. It carries no content: whoever hears it reads again.
func (r *Runner) Changes(ctx context.Context, view string) (<-chan int64, error) {
	p, err := r.projection(view)
	if err != nil {
		return nil, err
	}
	out := make(chan int64)
	go func() {
		defer close(out)
		sent := int64(-1)
		for {
			seen, moved := p.mark.read()
			if seen > sent {
				select {
				case out <- seen:
					sent = seen
				case <-ctx.Done():
					return
				}
				continue
			}
			select {
			case <-moved:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}
