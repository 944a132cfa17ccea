package projections

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// CatchUp brings every view to where the log ends now, makes it live and returns; for commands that
// run without a server. It ends with the *Fault of the first view that fails, after the others are done.
func (r *Runner) CatchUp(ctx context.Context) error {
	if err := r.clearFaults(ctx, r.names); err != nil {
		return err
	}
	var failed error
	for _, name := range r.names {
		p := r.views[name]
		head, _, err := r.store.Head(ctx, p.view.Lane)
		for done := false; err == nil && !done; {
			done, err = r.catchUp(ctx, p, head)
			if errors.Is(err, errNotClaimed) || passing(sqlState(err)) { // another process is at it
				wait(ctx, nil, 20*time.Millisecond)
				err = ctx.Err()
			}
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("bring view %s up to date: %w", name, err)
		}
	}
	return failed
}

// catchUp goes one stretch of the way; done when readers see head.
func (r *Runner) catchUp(ctx context.Context, p *projection, head int64) (done bool, err error) {
	g, err := r.arrange(ctx, p)
	if err != nil {
		return false, err
	}
	if g != nil {
		if g.fault != nil {
			return false, g.fault
		}
		p.build.Lock()
		defer p.build.Unlock()
		return false, r.fill(ctx, p, g, func(Progress) {})
	}
	all, err := r.load(ctx, p)
	if err != nil {
		return false, err
	}
	if g = withStatus(all, live); g == nil {
		return false, errNotClaimed
	}
	if g.position >= head {
		return true, nil
	}
	if g.version != p.view.Version {
		return false, fmt.Errorf("version %d is live, this program has %d", g.version, p.view.Version)
	}
	if g.fault != nil {
		return false, g.fault
	}
	stream := p.tail.from(ctx, g.position, r.Page)
	defer stream.stop()
	for page := range stream.next {
		if err := r.step(ctx, p.view, g, page); err != nil {
			return false, err
		}
		p.mark.reach(g)
		if g.position >= head {
			return true, nil
		}
	}
	return false, stream.err
}
