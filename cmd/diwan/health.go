package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"diwan/eventstore"
	"diwan/eventstore/seal"
)

// ready tells why requests should not come here: the log does not answer, or a view was never built. A view that stopped on an event takes nothing out of service: the others go on.
func (a *app) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if _, _, err := a.store.Head(ctx, eventstore.Main); err != nil {
		return err
	}
	if a.built.Load() {
		return nil // looked at once: slow questions that hold the pool take no node out of service
	}
	statuses, err := a.views.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range statuses {
		if s.Version == 0 {
			return fmt.Errorf("view %s is being built for the first time", s.View)
		}
	}
	a.built.Store(true)
	return nil
}

// metrics serves figures for Prometheus; they are read when they are asked for.
func (a *app) metrics(sealer *seal.Sealer) http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), newGauges(a, sealer))
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{Timeout: 5 * time.Second})
}

// gauges reads the state of log, views and seal.
type gauges struct {
	app    *app
	sealer *seal.Sealer // nil when another process seals

	head, viewPosition, viewLag, viewFault, sealed, cosigned, sealFault, up *prometheus.Desc
}

func newGauges(a *app, sealer *seal.Sealer) *gauges {
	describe := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("diwan_"+name, help, labels, nil)
	}
	return &gauges{
		app: a, sealer: sealer,
		up:           describe("log_up", "1 when the log answers."),
		head:         describe("log_head_position", "Newest position of a lane.", "lane"),
		viewPosition: describe("view_position", "Position that readers of a view see.", "view"),
		viewLag:      describe("view_lag_events", "Events a view is behind the log.", "view"),
		viewFault:    describe("view_stopped", "1 when a view stands still on an event.", "view"),
		sealed:       describe("log_sealed_position", "Entries of a lane under a signed checkpoint.", "lane"),
		cosigned:     describe("log_cosigned_position", "Entries of a lane that a witness vouches for.", "lane"),
		sealFault:    describe("seal_stopped", "1 when a lane is not being sealed.", "lane"),
	}
}

// Describe names the figures.
func (g *gauges) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.up, g.head, g.viewPosition, g.viewLag, g.viewFault, g.sealed, g.cosigned, g.sealFault} {
		out <- d
	}
}

// Collect reads the figures.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	tell := func(d *prometheus.Desc, value int64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(value), labels...)
	}
	up := int64(1)
	for _, lane := range eventstore.Lanes {
		head, _, err := g.app.store.Head(ctx, lane)
		if err != nil {
			up = 0
			continue
		}
		tell(g.head, head, lane.String())
		if g.sealer != nil {
			s := g.sealer.Status(lane)
			tell(g.sealed, s.Sealed, lane.String())
			tell(g.cosigned, s.Cosigned, lane.String())
			tell(g.sealFault, one(s.Fault != ""), lane.String())
		}
	}
	tell(g.up, up)
	statuses, err := g.app.views.Status(ctx)
	if err != nil {
		return
	}
	for _, s := range statuses {
		tell(g.viewPosition, s.Position, s.View)
		tell(g.viewLag, s.Lag, s.View)
		tell(g.viewFault, one(s.Fault != nil), s.View)
	}
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
