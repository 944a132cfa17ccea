package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/directory"
	"diwan/modules/kernel"
)

// F9: slow questions hold every connection of the pool; decisions, views and health have their own
// and go on.
func TestDecisionsGoOnWhileSlowQuestionsHoldThePool(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: holds the pool for a minute, which the fast part leaves out")
	}
	length := time.Minute
	if os.Getenv("DIWAN_SOAK") != "" {
		length = 10 * time.Minute
	}
	const connections, callers, deciders = 4, 64, 8
	home := filepath.Join(openFolder(t), "home")
	term := &terminal{out: t.Output(), err: t.Output(), env: func(name string) string {
		return map[string]string{"DIWAN_HOME": home, "DIWAN_CONNECTIONS": fmt.Sprint(connections)}[name]
	}}
	a, err := open(t.Context(), term)
	if err != nil {
		t.Fatal(err)
	}
	defer a.end(term)
	if err := a.views.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), length)
	defer stop()
	node, err := a.handler(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ready(t.Context()); err != nil {
		t.Fatalf("the node is not ready before anybody asks: %v", err)
	}

	var running sync.WaitGroup
	running.Go(func() { _ = a.views.Run(ctx) })
	var slow atomic.Int64
	for range callers {
		running.Go(func() {
			for ctx.Err() == nil {
				err := a.db.Read(ctx, database.System, func(tx pgx.Tx) error {
					_, err := tx.Exec(ctx, `select pg_sleep(0.5)`)
					return err
				})
				if err == nil {
					slow.Add(1)
				}
			}
		})
	}
	var mu sync.Mutex
	var took []time.Duration
	for d := range deciders {
		running.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				began := time.Now()
				err := decideSomething(ctx, a.store, kernel.DateOf(time.Date(1000*(d+1), 1, 1+i, 0, 0, 0, 0, time.UTC)))
				if ctx.Err() != nil {
					return
				}
				if err != nil {
					t.Errorf("a decision failed: %v", err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(began))
				mu.Unlock()
			}
		})
	}
	asked, unhealthy := 0, 0
	for ctx.Err() == nil {
		for _, path := range []string{"/livez", "/readyz"} {
			answer := httptest.NewRecorder()
			node.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil).WithContext(t.Context()))
			asked++
			if answer.Code != http.StatusOK {
				unhealthy++
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond): // as often as an eager load balancer asks
		}
	}
	running.Wait()

	slices.Sort(took)
	if len(took) == 0 || slow.Load() == 0 {
		t.Fatalf("%d decisions beside %d slow questions: nothing was tested", len(took), slow.Load())
	}
	p99 := took[len(took)*99/100]
	t.Logf("%d decisions beside %d slow questions of %d callers on %d connections: p50 %v, p99 %v, slowest %v; %d of %d health questions failed",
		len(took), slow.Load(), callers, connections, took[len(took)/2], p99, took[len(took)-1], unhealthy, asked)
	// A decision that needed the pool would wait for 64 questions of half a second on 4 connections.
	if wait := callers / connections * 500 * time.Millisecond; p99 > wait/4 {
		t.Errorf("p99 of a decision is %v: it waits for the pool, whose queue is %v", p99, wait)
	}
	if unhealthy > 0 {
		t.Errorf("%d of %d health questions failed", unhealthy, asked)
	}
	head := a.head(t.Context())
	if err := a.views.CatchUp(t.Context()); err != nil || head < int64(len(took)) {
		t.Errorf("the log has %d entries after %d decisions, views: %v", head, len(took), err)
	}
}

// decideSomething records one event in a stream of its own.
func decideSomething(ctx context.Context, store eventstore.Store, day kernel.Date) error {
	_, err := store.Execute(ctx, eventstore.Command{
		ID: uuid.Must(uuid.NewV7()), Tenant: government(), Actor: "test", Content: []byte(day.String()),
		Touches: []eventstore.Touch{{Stream: directory.DayStream(day), Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			if eventstore.StateOf[bool](d, 0) {
				return errors.New("begun before")
			}
			d.RecordLast(0, directory.DayBegun{Day: day})
			return nil
		},
	})
	return err
}
