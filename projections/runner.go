package projections

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"diwan/database"
	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
)

// Runner keeps views up to date. Any number of processes may run the same views: the checkpoint row
// decides who writes a batch. Fields are set before Run.
type Runner struct {
	// Hook is called at the named points, for tests that stop the process there.
	Hook func(point string)
	// Log receives what an operator should see; nil is slog.Default.
	Log *slog.Logger
	// Page is how many events a transaction takes at most.
	Page int
	// Keep is how long a replaced generation stays before it is dropped.
	Keep time.Duration

	db    *database.DB
	store eventstore.Store
	views map[string]*projection
	names []string
	tails map[eventstore.Lane]*tail
}

// projection is one view in this process.
type projection struct {
	view  *View
	tail  *tail
	mark  mark
	build sync.Mutex // held by whoever fills the new generation in this process

	wakeLive, wakeBuild chan struct{}
}

// New makes a runner for views; nothing is written before Run.
func New(db *database.DB, store eventstore.Store, views ...View) (*Runner, error) {
	if err := checkViews(views); err != nil {
		return nil, err
	}
	r := &Runner{
		Page: 1000, Keep: 30 * time.Second, db: db, store: store,
		views: map[string]*projection{}, tails: map[eventstore.Lane]*tail{},
	}
	for _, v := range views {
		if r.tails[v.Lane] == nil {
			r.tails[v.Lane] = newTail(store, v.Lane)
		}
		r.views[v.Name] = &projection{
			view: &v, tail: r.tails[v.Lane], mark: mark{moved: make(chan struct{})},
			wakeLive: make(chan struct{}, 1), wakeBuild: make(chan struct{}, 1),
		}
		r.names = append(r.names, v.Name)
	}
	return r, nil
}

// Run keeps all views up to date until ctx ends. Views that stood still with a fault try once more.
// A database that is away is waited for.
func (r *Runner) Run(ctx context.Context) error {
	if err := r.clearFaults(ctx, r.names); err != nil && ctx.Err() == nil {
		r.log().WarnContext(ctx, "views that stood still wait for a retry", "error", err)
	}
	var running sync.WaitGroup
	for _, t := range r.tails {
		running.Go(func() { t.follow(ctx) })
	}
	for _, name := range r.names {
		p := r.views[name]
		running.Go(func() { r.keepLive(ctx, p) })
		running.Go(func() { r.keepBuilding(ctx, p) })
	}
	running.Wait()
	return nil
}

// keepLive brings the live generation forward, for ever.
func (r *Runner) keepLive(ctx context.Context, p *projection) {
	for ctx.Err() == nil {
		pause, err := r.advance(ctx, p)
		if ctx.Err() != nil {
			return
		}
		var fault *Fault
		switch {
		case err == nil:
		case errors.Is(err, errNotClaimed):
			pause = 5 * time.Millisecond
		case errors.As(err, &fault):
			r.log().ErrorContext(ctx, "view stopped", "view", fault.View, "position", fault.Position,
				"event", fault.EventType, "reason", fault.Reason)
		default:
			r.log().WarnContext(ctx, "view waits for the database", "view", p.view.Name, "error", err)
		}
		wait(ctx, p.wakeLive, pause)
	}
}

// advance applies pages to the live generation until it may not or cannot; pause is how long to
// leave it alone then.
func (r *Runner) advance(ctx context.Context, p *projection) (pause time.Duration, err error) {
	all, err := r.load(ctx, p)
	if err != nil {
		return poll, err
	}
	g := withStatus(all, live)
	if g == nil || g.version != p.view.Version || g.fault != nil {
		return poll, nil // not built yet, another program's version, or waiting for Retry
	}
	stream := p.tail.from(ctx, g.position, r.Page)
	defer stream.stop()
	for page := range stream.next {
		if err := r.step(ctx, p.view, g, page); err != nil {
			return poll, err
		}
		p.mark.reach(g)
	}
	return poll, stream.err
}

// load reads the view's generations and takes note of how far readers can see.
func (r *Runner) load(ctx context.Context, p *projection) ([]generation, error) {
	var all []generation
	err := r.db.Project(ctx, func(tx pgx.Tx) (err error) {
		all, err = generations(ctx, tx, p.view.Name)
		return err
	})
	if g := served(all); err == nil && g != nil {
		p.mark.reach(g)
	}
	return all, err
}

func (r *Runner) projection(view string) (*projection, error) {
	if p := r.views[view]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("there is no view %q, only %v", view, slices.Sorted(slices.Values(r.names)))
}

// nudge makes both loops look at the checkpoint row now.
func (p *projection) nudge() {
	for _, c := range []chan struct{}{p.wakeLive, p.wakeBuild} {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func wait(ctx context.Context, wake <-chan struct{}, d time.Duration) {
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-clock.C:
	}
}

func (r *Runner) at(point string) {
	if r.Hook != nil {
		r.Hook(point)
	}
}

func (r *Runner) log() *slog.Logger {
	if r.Log != nil {
		return r.Log
	}
	return slog.Default()
}
