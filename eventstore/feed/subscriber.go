// Package feed gives the log to Watermill.
//
// Three things to know. A Subscriber follows a lane, or categories of it, and delivers every event
// at least once, in order, one at a time for each consumer; Ack moves the consumer's durable
// position, Nack brings the message again. A message's id depends only on the event's place in the
// log, and so do the ids of the commands a process gives because of it: a redelivery is harmless.
// There is no Publisher: nothing but the writer appends.
package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"diwan/database"
	"diwan/eventstore"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
)

// BeforeAck is the named point where Hook is called: the consumer has acknowledged, the position is
// not moved yet.
const BeforeAck = "feed: before ack"

// Config of a Subscriber; zero durations take their defaults.
type Config struct {
	// Consumer names the durable position. Subscribers of one name share the work: one of them
	// delivers, the others take over when it ends. Without a name the position lives and dies with
	// the subscription.
	Consumer string
	// AtHead starts a subscription without a name after the newest event instead of at the first.
	AtHead bool
	// Resend is the pause before a message that was not acknowledged comes again (100 ms).
	Resend time.Duration
	// Hold is how long a silent holder keeps others waiting (10 s).
	Hold time.Duration
	// Save is how long an acknowledged position may stay unsaved while more messages flow (50 ms).
	Save time.Duration
	// Message makes messages; nil is feed.Message.
	Message func(e eventstore.Recorded, epoch int32) *message.Message
	// Hook is called at the named points, for tests that stop the process there.
	Hook func(point string)
	// Log receives what an operator should see; nil is slog.Default.
	Log *slog.Logger
}

// Subscriber is the log as a Watermill Subscriber.
type Subscriber struct {
	db     *database.DB
	store  eventstore.Store
	config Config

	closing context.Context
	close   context.CancelFunc
	mu      sync.Mutex // keeps running from growing after Close
	running sync.WaitGroup
}

var _ message.Subscriber = (*Subscriber)(nil)

// NewSubscriber makes a subscriber. db may be nil for one without a consumer name.
func NewSubscriber(db *database.DB, store eventstore.Store, c Config) *Subscriber {
	if c.Resend == 0 {
		c.Resend = 100 * time.Millisecond
	}
	if c.Hold == 0 {
		c.Hold = 10 * time.Second
	}
	if c.Save == 0 {
		c.Save = 50 * time.Millisecond
	}
	if c.Message == nil {
		c.Message = Message
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Consumer == "" {
		db = nil
	}
	s := &Subscriber{db: db, store: store, config: c}
	s.closing, s.close = context.WithCancel(context.Background())
	return s
}

// Subscribe delivers a topic (see Topic) until ctx or the subscriber ends; then the channel is
// closed. The next message comes only after the last one was acknowledged.
func (s *Subscriber) Subscribe(ctx context.Context, topic string) (<-chan *message.Message, error) {
	t, err := ParseTopic(topic)
	if err != nil {
		return nil, err
	}
	if s.config.Consumer != "" && s.db == nil {
		return nil, fmt.Errorf("subscribe to %s: consumer %s needs a database", topic, s.config.Consumer)
	}
	head, epoch, err := s.store.Head(ctx, t.Lane)
	if err != nil {
		return nil, fmt.Errorf("subscribe to %s: %w", topic, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing.Err() != nil {
		return nil, fmt.Errorf("subscribe to %s: the subscriber is closed", topic)
	}
	ctx, stop := context.WithCancel(ctx)
	unhook := context.AfterFunc(s.closing, stop)
	d := &delivery{
		Subscriber: s, topic: t, epoch: epoch, out: make(chan *message.Message), grown: s.store.Watch(ctx, t.Lane),
		checkpoint: checkpoint{db: s.db, consumer: s.config.Consumer, topic: topic, holder: uuid.New(), hold: s.config.Hold},
	}
	if s.config.AtHead && s.config.Consumer == "" {
		d.position = head
	}
	s.running.Go(func() {
		defer stop()
		defer unhook()
		defer close(d.out)
		d.run(ctx)
	})
	return d.out, nil
}

// Close ends all subscriptions, saves their positions and lets other processes deliver.
func (s *Subscriber) Close() error {
	s.mu.Lock()
	s.close()
	s.mu.Unlock()
	s.running.Wait()
	return nil
}

// delivery is one subscription at work.
type delivery struct {
	*Subscriber
	checkpoint
	topic Topic
	epoch int32
	out   chan *message.Message
	grown <-chan struct{}

	saved   time.Time // when the position was last saved
	unsaved bool      // messages were acknowledged since
	renew   *time.Ticker
}

// run delivers whenever it is this subscription's turn.
func (d *delivery) run(ctx context.Context) {
	for ctx.Err() == nil {
		held, err := d.acquire(ctx)
		if held {
			d.saved, d.unsaved = time.Now(), false
			err = d.deliver(ctx)
			if !errors.Is(err, errLost) {
				err = errors.Join(err, d.end(ctx))
			}
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			d.config.Log.WarnContext(ctx, "feed pauses", "consumer", d.consumer, "topic", d.checkpoint.topic, "error", err)
		}
		pause(ctx, min(d.hold/10, 500*time.Millisecond))
	}
}

// end gives the consumer back, also when ctx has ended.
func (d *delivery) end(ctx context.Context) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	return d.release(ctx)
}

// A page of crowd events or more says that many are writing; the next one is then read gather later, so
// that reading small pages does not take the cores the writer needs. A quiet log is followed at once.
const (
	mostOfPage = 1000
	crowd      = 8
	gather     = 10 * time.Millisecond
)

// deliver goes through the log from the saved position, for ever.
func (d *delivery) deliver(ctx context.Context) error {
	d.renew = time.NewTicker(d.hold / 3)
	defer d.renew.Stop()
	for ctx.Err() == nil {
		page, err := d.store.Read(ctx, d.topic.Lane, d.position, mostOfPage)
		if err != nil {
			return err
		}
		for i := range page {
			if d.topic.Has(page[i].Stream) {
				if err := d.offer(ctx, &page[i]); err != nil {
					return err
				}
				d.unsaved = true
			}
			d.position = page[i].Position
			if d.unsaved && time.Since(d.saved) > d.config.Save {
				if err := d.keep(ctx); err != nil {
					return err
				}
			}
		}
		if len(page) > 0 {
			if len(page) >= crowd && len(page) < mostOfPage {
				pause(ctx, gather)
			}
			continue
		}
		if d.unsaved {
			if err := d.keep(ctx); err != nil {
				return err
			}
		}
		if err := d.waitFor(ctx, d.grown); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// offer hands over one event until it is acknowledged.
func (d *delivery) offer(ctx context.Context, e *eventstore.Recorded) error {
	for {
		m := d.config.Message(*e, d.epoch)
		mine, done := context.WithCancel(ctx)
		m.SetContext(mine)
		acked, err := d.handOver(ctx, m)
		done()
		if acked || err != nil {
			return err
		}
		pause(ctx, d.config.Resend)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// handOver sends one message and waits for its answer, renewing the hold meanwhile.
func (d *delivery) handOver(ctx context.Context, m *message.Message) (acked bool, err error) {
	out := d.out
	for {
		select {
		case out <- m:
			out = nil
			continue
		case <-m.Acked():
		case <-m.Nacked():
			return false, nil
		case <-d.renew.C:
			if err := d.keep(ctx); err != nil {
				return false, err
			}
			continue
		case <-ctx.Done():
			select {
			case <-m.Acked(): // at the same moment: it counts
			default:
				return false, ctx.Err()
			}
		}
		if d.config.Hook != nil {
			d.config.Hook(BeforeAck)
		}
		return true, nil
	}
}

// waitFor waits for a sign that the lane has grown, and returns without one often enough to renew
// the hold.
func (d *delivery) waitFor(ctx context.Context, grown <-chan struct{}) error {
	silence := time.NewTimer(min(d.hold/3, time.Second))
	defer silence.Stop()
	select {
	case <-grown:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-silence.C:
	}
	if time.Since(d.saved) > d.hold/3 {
		return d.keep(ctx)
	}
	return nil
}

// keep saves the position.
func (d *delivery) keep(ctx context.Context) error {
	err := d.save(ctx)
	if err == nil {
		d.saved, d.unsaved = time.Now(), false
	}
	return err
}

func pause(ctx context.Context, d time.Duration) {
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-clock.C:
	case <-ctx.Done():
	}
}
