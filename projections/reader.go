package projections

import (
	"context"
	"slices"
	"sync"
	"time"

	"diwan/eventstore"
)

// poll is how long a reader trusts silence; it looks at the log again even without a signal.
const poll = time.Second

// window is how many of a lane's newest events stay in memory for all views.
const window = 4096

// Under load a view takes larger pages: a transaction a page costs the same disk and cores the writer
// needs. A page of crowd or more says that many are writing; the next one is then read gather later,
// which nobody notices who waits for a position. A quiet log is followed at once.
const (
	crowd  = 8
	gather = 15 * time.Millisecond
)

// tail reads one lane for all the views on it: views that keep up share one read of each new page.
type tail struct {
	store eventstore.Store
	lane  eventstore.Lane

	mu     sync.Mutex
	recent []eventstore.Recorded // contiguous, newest last
	grown  chan struct{}         // closed and replaced when the lane has grown

	ahead sync.Mutex // held while one reader fetches what comes after recent
}

func newTail(store eventstore.Store, lane eventstore.Lane) *tail {
	return &tail{store: store, lane: lane, grown: make(chan struct{})}
}

// follow passes the store's signals on until ctx ends.
func (t *tail) follow(ctx context.Context) {
	for range t.store.Watch(ctx, t.lane) {
		t.mu.Lock()
		close(t.grown)
		t.grown = make(chan struct{})
		t.mu.Unlock()
	}
}

// growth is closed at the next sign that the lane has grown. Take it before reading.
func (t *tail) growth() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.grown
}

// cached returns what memory holds right after a position. Call with mu held.
func (t *tail) cached(after int64, limit int) []eventstore.Recorded {
	if len(t.recent) == 0 || after+1 < t.recent[0].Position {
		return nil
	}
	from := after + 1 - t.recent[0].Position
	if from >= int64(len(t.recent)) {
		return nil
	}
	page := t.recent[from:]
	return page[:min(limit, len(page)):min(limit, len(page))]
}

// read returns up to limit events after a position. Of many readers that wait at the end of what is
// known, one asks the store and the others find its page.
func (t *tail) read(ctx context.Context, after int64, limit int) ([]eventstore.Recorded, error) {
	page, last := t.look(after, limit)
	if page != nil {
		return page, nil
	}
	if after < last {
		return t.store.Read(ctx, t.lane, after, limit)
	}
	t.ahead.Lock()
	defer t.ahead.Unlock()
	if page, _ = t.look(after, limit); page != nil {
		return page, nil
	}
	page, err := t.store.Read(ctx, t.lane, after, limit)
	if err != nil || len(page) == 0 {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep(page)
	return page, nil
}

// look returns what memory holds after a position, and the newest position it knows.
func (t *tail) look(after int64, limit int) (page []eventstore.Recorded, last int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.recent) > 0 {
		last = t.recent[len(t.recent)-1].Position
	}
	return t.cached(after, limit), last
}

// keep remembers the newest page: short ones are joined, so that views a little apart share them; a
// long one, as in catching up, replaces what was there. Slices handed out stay as they are.
func (t *tail) keep(page []eventstore.Recorded) {
	if n := len(t.recent); n > 0 && n < window && len(page) < window/8 {
		last := t.recent[n-1].Position
		if page[len(page)-1].Position <= last {
			return
		}
		if page[0].Position > t.recent[0].Position && page[0].Position <= last+1 {
			t.recent = append(t.recent, page[last+1-page[0].Position:]...)
			return
		}
	}
	t.recent = slices.Clip(page)
}

// pages is a stream of the log from a position on; the next page is read while the last one is
// being written.
type pages struct {
	next chan []eventstore.Recorded
	err  error // why next was closed; valid after that
	stop context.CancelFunc
}

// from starts a stream. At the head it waits for the lane to grow.
func (t *tail) from(ctx context.Context, after int64, limit int) *pages {
	ctx, stop := context.WithCancel(ctx)
	s := &pages{next: make(chan []eventstore.Recorded), stop: stop}
	go func() {
		defer close(s.next)
		clock := time.NewTimer(poll)
		defer clock.Stop()
		for {
			grown := t.growth()
			page, err := t.read(ctx, after, limit)
			if err != nil {
				s.err = err
				return
			}
			if len(page) == 0 {
				clock.Reset(poll)
				select {
				case <-grown:
				case <-clock.C:
				case <-ctx.Done():
					s.err = ctx.Err()
					return
				}
				continue
			}
			select {
			case s.next <- page:
				after = page[len(page)-1].Position
			case <-ctx.Done():
				s.err = ctx.Err()
				return
			}
			if len(page) >= crowd && len(page) < limit {
				wait(ctx, nil, gather)
			}
		}
	}()
	return s
}
