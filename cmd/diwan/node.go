package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"diwan/desk"
	"diwan/docs/help"
	"diwan/eventstore/feed"
	"diwan/eventstore/seal"
	"diwan/export"
	"diwan/graph"
	"diwan/graph/live"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/upload"
	"diwan/projections/inbox"
	"diwan/projections/search"
	"diwan/web"
)

// serve runs the application as a node until ctx ends: views, processes, seal and HTTP. Then
// requests under way are finished, what waits is sealed, and everything stops.
func (a *app) serve(ctx context.Context, t *terminal, l net.Listener, ready func()) error {
	sealer, release, err := a.sealer(func(err error) { t.progress("%v", err) })
	if err != nil {
		return errors.Join(err, l.Close())
	}
	processes, err := feed.NewProcesses(a.db, a.store, a.processes()...)
	if err != nil {
		return errors.Join(err, l.Close(), release())
	}
	hub := live.NewHub(a.store, a.views.Wait, slog.Default())
	handler, err := a.handler(sealer, hub)
	if err != nil {
		return errors.Join(err, l.Close(), release())
	}
	if err := errors.Join(a.directory.PublishShipped(ctx), a.registry.CatchUp(ctx), a.access.Book().CatchUp(ctx)); err != nil {
		return errors.Join(err, l.Close(), release())
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.views.Run(ctx) })
	group.Go(func() error { return hub.Run(ctx) })
	group.Go(func() error { return a.calendar.Run(ctx) })
	group.Go(func() error { return a.registry.Run(ctx) })
	group.Go(func() error { return a.signIn.Run(ctx) })
	a.local = graph.NewLocal(a.api())
	if export.FindChromium(t.env("CHROMIUM")) == "" {
		t.progress("no Chromium on this machine: Excel and CSV are saved, PDF is not (apt-get install chromium)")
	}
	group.Go(func() error { return a.jobs.Run(ctx, jobWorkers, func(err error) { t.progress("%v", err) }) })
	group.Go(func() error { return a.uploads.Run(ctx, func(err error) { t.progress("%v", err) }) })
	group.Go(func() error { return a.access.Run(ctx) })
	if sealer != nil {
		group.Go(func() error { return sealer.Run(ctx) })
	}
	group.Go(func() error { return unlessEnded(ctx, processes.Run(ctx)) })
	if a.settings.natsURL != "" {
		group.Go(func() error { return a.forward(ctx) })
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
func (a *app) handler(sealer *seal.Sealer, hub *live.Hub) (_ http.Handler, err error) {
	c := a.api()
	c.Wait = a.views.Wait
	c.Ready = a.ready
	c.Health = a.look(sealer, func(ctx context.Context) []finding {
		return append([]finding{examineHome(a.settings), examineFiles(ctx, a.settings), chromium(a.chromium)}, append(examineServer(ctx, a.db), examineRights(ctx, a.db))...)
	})
	c.Checkpoint = seal.Publish(seal.NewPostgres(a.db, nil))
	c.Metrics = a.metrics(sealer)
	pages, err := help.Open()
	if err != nil {
		return nil, err
	}
	c.Help = pages
	c.Download = func(w http.ResponseWriter, r *http.Request, person, language string) {
		upload.ServeDownload(w, r, a.links, a.files, a.passing, person, language)
	}
	if files, built := web.Files(); built {
		c.App = files
	}
	c.SignIn = a.signIn
	c.Proxies = a.settings.proxies
	c.Live = hub
	c.Secure = a.settings.secure
	c.Introspection, c.FreeText = a.settings.freeText, a.settings.freeText
	if c.Operations, err = web.Operations(); err != nil {
		return nil, err
	}
	c.Origins = a.settings.origins
	return graph.NewServer(c)
}

// api is what the GraphQL API is made of, over HTTP and inside this program.
func (a *app) api() graph.Config {
	return graph.Config{
		Access: a.access, Finance: a.finance, Reports: a.reports, Uploads: a.uploads, Jobs: a.jobs, Views: viewNames(), Sheets: sheets(), Forms: forms(),
		Desk: desk.New(a.db, time.Now), Inbox: inbox.New(a.db, a.epoch, time.Now, a.zone), Search: search.New(a.db).At(time.Now, a.zone),
		Epoch: a.epoch, Now: time.Now,
		Policies:  a.policies,
		Directory: a.directory, Registry: a.registry, DirectoryReports: directory.NewReports(a.db, a.epoch), AccessReports: access.NewReports(a.db, a.epoch, a.access.Book()), Zone: a.zone,
	}
}
