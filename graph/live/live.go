// Package live tells who looks on that something moved in the log.
//
// Three things to know. One goroutine of a node follows the log and hands events out; nobody it hands
// them to can hold it up. Whoever does not take an event in time is dropped, and not buffered for:
// the client asks for the list again when it is back. An event says what moved, never what it holds,
// so that reading stays with the questions and their rules.
package live

import (
	"context"
	"log/slog"
	"sync"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// DocumentChange says that a document moved.
type DocumentChange struct {
	ID       string
	Version  int64
	Position kernel.Position
}

// ViewMove says that a view moved.
type ViewMove struct {
	View     string
	Position kernel.Position
}

// pending is how many events wait for one listener before it is dropped.
const pending = 16

// Hub follows the main lane for all listeners of a node.
type Hub struct {
	store eventstore.Store
	wait  func(ctx context.Context, view string, position int64) error
	log   *slog.Logger

	mu        sync.Mutex
	documents map[eventstore.Stream]map[*listener[DocumentChange]]struct{}
	views     map[string]map[*listener[ViewMove]]struct{}
	touched   map[string]bool // modules that something happened to and whose views have not been told
	upTo      kernel.Position
	wake      chan struct{}
}

type listener[T any] struct {
	events chan *T
	gone   bool
}

// NewHub returns a hub; wait waits until a view shows a position.
func NewHub(store eventstore.Store, wait func(context.Context, string, int64) error, log *slog.Logger) *Hub {
	return &Hub{
		store: store, wait: wait, log: log,
		documents: map[eventstore.Stream]map[*listener[DocumentChange]]struct{}{},
		views:     map[string]map[*listener[ViewMove]]struct{}{},
		touched:   map[string]bool{}, wake: make(chan struct{}, 1),
	}
}

// Document listens to a document until ctx ends. The channel is closed then, and when its reader
// does not keep up.
func (h *Hub) Document(ctx context.Context, of eventstore.Stream) <-chan *DocumentChange {
	return listen(ctx, h, h.documents, []eventstore.Stream{of})
}

// Views listens to views until ctx ends, as Document does.
func (h *Hub) Views(ctx context.Context, names []string) <-chan *ViewMove {
	return listen(ctx, h, h.views, names)
}

func listen[K comparable, T any](ctx context.Context, h *Hub, all map[K]map[*listener[T]]struct{}, keys []K) <-chan *T {
	l := &listener[T]{events: make(chan *T, pending)}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, key := range keys {
		if all[key] == nil {
			all[key] = map[*listener[T]]struct{}{}
		}
		all[key][l] = struct{}{}
	}
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		l.leave()
		for _, key := range keys {
			delete(all[key], l)
			if len(all[key]) == 0 {
				delete(all, key)
			}
		}
	})
	return l.events
}

// leave closes the channel, once.
func (l *listener[T]) leave() {
	if !l.gone {
		l.gone = true
		close(l.events)
	}
}

// tell hands an event to listeners; one that has not taken those before is dropped.
func tell[T any](listeners map[*listener[T]]struct{}, event *T) {
	for l := range listeners {
		if l.gone {
			continue
		}
		select {
		case l.events <- event:
		default:
			l.leave()
		}
	}
}
