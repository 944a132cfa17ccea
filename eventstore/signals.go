package eventstore

import (
	"context"
	"slices"
	"sync"
)

// signals wakes those who watch a lane in this process.
type signals struct {
	watching *watching
}

type watching struct {
	mu      sync.Mutex
	waiters map[Lane][]chan struct{}
}

func newSignals() signals { return signals{&watching{waiters: map[Lane][]chan struct{}{}}} }

// watch registers a channel of one; a signal that nobody has taken yet stands for all later ones.
func (s signals) watch(ctx context.Context, lane Lane) <-chan struct{} {
	w, c := s.watching, make(chan struct{}, 1)
	w.mu.Lock()
	w.waiters[lane] = append(w.waiters[lane], c)
	w.mu.Unlock()
	context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.waiters[lane] = slices.DeleteFunc(w.waiters[lane], func(other chan struct{}) bool { return other == c })
		close(c)
	})
	return c
}

func (s signals) wake(lane Lane) {
	s.watching.mu.Lock()
	defer s.watching.mu.Unlock()
	for _, c := range s.watching.waiters[lane] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
