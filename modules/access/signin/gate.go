package signin

import "context"

// gate lets a few passwords be checked at a time, because each takes tens of megabytes. Known
// devices have a place of their own: a crowd of strangers never keeps them waiting.
type gate struct {
	strangers chan struct{}
	known     chan struct{}
	queue     chan struct{} // strangers who may wait
}

func newGate(busy int) *gate {
	busy = max(1, busy)
	return &gate{
		strangers: make(chan struct{}, max(1, busy-1)),
		known:     make(chan struct{}, busy),
		queue:     make(chan struct{}, 64),
	}
}

// enter waits for a place. Errors: errCrowded when too many strangers wait already; the context's.
func (g *gate) enter(ctx context.Context, known bool) (leave func(), err error) {
	places := g.known
	if !known {
		places = g.strangers
		select {
		case g.queue <- struct{}{}:
			defer func() { <-g.queue }()
		default:
			return nil, errCrowded
		}
	}
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
