package live

import (
	"context"
	"strings"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

const (
	page  = 1000        // events read at once
	again = time.Second // before the store is asked again after a failure
	// pause between two tellings that a view moved, so that a busy hour does not ask every screen to
	// read a hundred times a second.
	pause = 250 * time.Millisecond
	// patience with a view that stands still; it has not moved then.
	patience = 2 * time.Second
)

// Run follows the log until ctx ends. A store that is away is waited for.
func (h *Hub) Run(ctx context.Context) error {
	go h.followViews(ctx)
	moved := h.store.Watch(ctx, eventstore.Main)
	var at int64
	var epoch int32
	for ctx.Err() == nil {
		var err error
		if epoch == 0 {
			at, epoch, err = h.store.Head(ctx, eventstore.Main)
		} else {
			at, err = h.pass(ctx, at, epoch)
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			h.log.WarnContext(ctx, "whoever looks on waits for the log", "error", err)
			rest(ctx, again)
		default:
			select {
			case <-ctx.Done():
			case <-moved:
			}
		}
	}
	return nil
}

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// pass tells what came after a position and returns the newest.
func (h *Hub) pass(ctx context.Context, at int64, epoch int32) (int64, error) {
	for {
		events, err := h.store.Read(ctx, eventstore.Main, at, page)
		if err != nil || len(events) == 0 {
			return at, err
		}
		at = events[len(events)-1].Position
		h.tellDocuments(events, epoch)
		if len(events) < page {
			return at, nil
		}
	}
}

// tellDocuments tells at once, and leaves the views to the other goroutine, which waits for them.
func (h *Hub) tellDocuments(events []eventstore.Recorded, epoch int32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range events {
		e := &events[i]
		h.upTo = kernel.Position{Lane: eventstore.Main.String(), Epoch: epoch, N: e.Position}
		if listeners := h.documents[e.Stream]; listeners != nil {
			tell(listeners, &DocumentChange{ID: e.Stream.Key, Version: e.Version, Position: h.upTo})
		}
		if len(h.views) > 0 {
			module, _, _ := strings.Cut(e.Stream.Category, ".")
			h.touched[module] = true
		}
	}
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// followViews tells, for each view of a module that something happened to, that it moved, once it
// shows the events.
func (h *Hub) followViews(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.wake:
		}
		names, upTo := h.toTell()
		for _, name := range names {
			if h.shows(ctx, name, upTo.N) {
				h.mu.Lock()
				tell(h.views[name], &ViewMove{View: name, Position: upTo})
				h.mu.Unlock()
			}
		}
		if len(names) > 0 {
			rest(ctx, pause)
		}
	}
}

func (h *Hub) toTell() (names []string, upTo kernel.Position) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name := range h.views {
		// A view without a module in its name is one that all modules write.
		if module, _, own := strings.Cut(name, "_"); h.touched[module] || !own && len(h.touched) > 0 {
			names = append(names, name)
		}
	}
	clear(h.touched)
	return names, h.upTo
}

func (h *Hub) shows(ctx context.Context, view string, position int64) bool {
	if h.wait == nil {
		return true
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return h.wait(ctx, view, position) == nil
}
