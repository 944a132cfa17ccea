package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
)

// Process answers events with commands, for as long as the program runs.
type Process struct {
	Name  string // its durable consumer, and the root of its command ids
	Topic string // see Topic
	// Handle is called for each event of the topic, in order. It gives its commands the ids of
	// CommandID, because an event may come again. A nil return means that all is done. An error is
	// retried; a business refusal, or an error that stays, parks the event: others go on, and the
	// parked one waits, visibly, for Processes.Again.
	Handle  func(ctx context.Context, e eventstore.Recorded) error
	Timeout time.Duration // of one attempt; 0 = 30 s
	Retries int           // before an event is parked; 0 = 5
}

// Processes runs process managers on the log through a Watermill router.
type Processes struct {
	// From makes the subscriber of a process; nil follows the log itself. Elsewhere a process may
	// follow a broker that carries the same messages.
	From func(consumer string) (message.Subscriber, error)
	// Hook is called at the named points, for tests that stop the process there.
	Hook func(point string)
	// Log receives what an operator should see; nil is slog.Default.
	Log *slog.Logger
	// Pause is the first pause between attempts; it doubles. 0 = 100 ms.
	Pause time.Duration

	db    *database.DB
	store eventstore.Store
	all   []Process
}

// NewProcesses checks the processes; nothing runs before Run.
func NewProcesses(db *database.DB, store eventstore.Store, all ...Process) (*Processes, error) {
	names := map[string]bool{}
	for _, p := range all {
		if p.Name == "" || names[p.Name] || p.Handle == nil {
			return nil, fmt.Errorf("process %q lacks a name of its own or Handle", p.Name)
		}
		names[p.Name] = true
		if _, err := ParseTopic(p.Topic); err != nil {
			return nil, fmt.Errorf("process %s: %w", p.Name, err)
		}
	}
	return &Processes{db: db, store: store, all: all}, nil
}

// Run runs all processes until ctx ends.
func (ps *Processes) Run(ctx context.Context) error {
	if len(ps.all) == 0 { // a router without handlers does not end
		<-ctx.Done()
		return nil
	}
	logger := ps.Log
	if logger == nil {
		logger = slog.Default()
	}
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: 10 * time.Second}, watermill.NewSlogLogger(logger))
	if err != nil {
		return fmt.Errorf("make the router of processes: %w", err)
	}
	for i := range ps.all {
		if err := ps.add(router, &ps.all[i], logger); err != nil {
			return err
		}
	}
	if err := router.Run(ctx); err != nil {
		return fmt.Errorf("run processes: %w", err)
	}
	return nil
}

// add puts one process on the router. Outermost parks what stays wrong, then come retries, and each
// attempt has its own time and turns a panic into an error.
func (ps *Processes) add(router *message.Router, p *Process, logger *slog.Logger) error {
	var sub message.Subscriber = NewSubscriber(ps.db, ps.store, Config{Consumer: p.Name, Hook: ps.Hook, Log: logger})
	if ps.From != nil {
		from, err := ps.From(p.Name)
		if err != nil {
			return fmt.Errorf("subscriber of process %s: %w", p.Name, err)
		}
		sub = from
	}
	park, err := middleware.PoisonQueueWithFilter(&parking{db: ps.db, log: logger}, p.Name, lasting)
	if err != nil {
		return fmt.Errorf("process %s: %w", p.Name, err)
	}
	retry := middleware.Retry{
		MaxRetries: or(p.Retries, 5), InitialInterval: or(ps.Pause, 100*time.Millisecond), Multiplier: 2, MaxInterval: 10 * time.Second,
		ResetContextOnRetry: true,
		ShouldRetry:         func(f middleware.RetryParams) bool { return kernel.ProblemsOf(f.Err) == nil },
		OnRetryHook: func(attempt int, _ time.Duration) {
			logger.Warn("process tries an event again", "process", p.Name, "attempt", attempt)
		},
	}
	h := router.AddConsumerHandler(p.Name, p.Topic, sub, func(m *message.Message) error {
		e, err := Event(m)
		if err != nil {
			return err
		}
		return p.Handle(m.Context(), e)
	})
	h.AddMiddleware(park, retry.Middleware, middleware.Timeout(or(p.Timeout, 30*time.Second)), middleware.Recoverer)
	return nil
}

// lasting tells whether an event is to be parked. A log that is busy, away or shutting down is no
// fault of the event: the message is not acknowledged and comes again.
func lasting(err error) bool {
	for _, passing := range []error{eventstore.ErrBusy, eventstore.ErrUnknown, eventstore.ErrShutDown, context.Canceled} {
		if errors.Is(err, passing) {
			return false
		}
	}
	return true
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}
