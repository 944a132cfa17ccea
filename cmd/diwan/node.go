package main

import (
	"context"
	"errors"
	"net"
	"net/http"

	"golang.org/x/sync/errgroup"

	"diwan/eventstore/feed"
	"diwan/eventstore/seal"
)

// serve runs the application as a node until ctx ends: views, processes, seal and HTTP. Then
// requests under way are finished, what waits is sealed, and everything stops.
func (a *app) serve(ctx context.Context, t *terminal, l net.Listener, ready func()) error {
	sealer, release, err := a.sealer(func(err error) { t.progress("%v", err) })
	if err != nil {
		return errors.Join(err, l.Close())
	}
	managers := a.processes()
	processes, err := feed.NewProcesses(a.db, a.store, managers...)
	if err != nil {
		return errors.Join(err, l.Close(), release())
	}
	handler, err := a.handler(sealer)
	if err != nil {
		return errors.Join(err, l.Close(), release())
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.views.Run(ctx) })
	if sealer != nil {
		group.Go(func() error { return sealer.Run(ctx) })
	}
	if len(managers) > 0 { // a router without handlers does not end
		group.Go(func() error { return unlessEnded(ctx, processes.Run(ctx)) })
	}
	group.Go(func() error { return serveHTTP(ctx, l, handler) })
	ready()
	return errors.Join(group.Wait(), release())
}

// unlessEnded forgets an error that only says that the work was ended.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// handler is everything the node answers over HTTP.
func (a *app) handler(sealer *seal.Sealer) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", livez)
	mux.HandleFunc("GET /readyz", a.readyz)
	mux.Handle("GET /metrics", a.metrics(sealer))
	mux.Handle("GET /log/checkpoint", seal.Publish(seal.NewPostgres(a.db, nil)))
	return mux, nil
}

// processes are the process managers that live on the log.
func (a *app) processes() []feed.Process { return nil }
