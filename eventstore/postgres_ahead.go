package eventstore

import (
	"context"
	"sync"
)

// ahead reads the next two pages of those who read a lane from its beginning, while they work on this one.
// Only a full page is ever handed out: events do not change, but a short page may have grown.
type ahead struct {
	mu    sync.Mutex
	pages map[pageKey]*aheadPage
}

type pageKey struct {
	lane  Lane
	after int64
	limit int
}

type aheadPage struct {
	ready  chan struct{}
	events []Recorded // nil unless the page is full
}

const (
	// aheadFrom is the length of page from which reading ahead is worth a connection.
	aheadFrom = 500
	// aheadPages bounds how many pages wait for their readers.
	aheadPages = 4
)

// take returns the page that was read ahead, if it is whole. It waits for one under way.
func (a *ahead) take(ctx context.Context, key pageKey) []Recorded {
	a.mu.Lock()
	page := a.pages[key]
	delete(a.pages, key)
	a.mu.Unlock()
	if page == nil {
		return nil
	}
	select {
	case <-page.ready:
		return page.events
	case <-ctx.Done():
		return nil
	}
}

// start makes room for a page about to be read; nil when it is not to be read.
func (a *ahead) start(key pageKey) *aheadPage {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.pages[key] != nil {
		return nil
	}
	if len(a.pages) >= aheadPages {
		for old, page := range a.pages {
			select {
			case <-page.ready:
				delete(a.pages, old) // its reader has not come
			default:
			}
		}
		if len(a.pages) >= aheadPages {
			return nil
		}
	}
	page := &aheadPage{ready: make(chan struct{})}
	a.pages[key] = page
	return page
}

// readAhead begins a page that comes after a full one.
func (p *postgres) readAhead(key pageKey) {
	if key.limit < aheadFrom || key.after+int64(key.limit) > p.newest[key.lane].Load() {
		return
	}
	page := p.ahead.start(key)
	if page == nil {
		return
	}
	p.wait.Go(func() {
		defer close(page.ready)
		events, err := p.readPage(p.running, key)
		if err == nil && len(events) == key.limit {
			page.events = events
		}
	})
}
