// Package bus opens the backend that carries messages beyond one database: between processes of one
// machine in tests, or to other machines over NATS JetStream.
//
// Three things to know. The log stays the truth: a bus only carries copies of its events, forwarded
// by feed.Forward. Delivery is at least once and in order for each topic and group. Publishing the
// same message id twice within the deduplication window stores it once.
package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill-nats/v2/pkg/jetstream"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/gochannel"
	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"
)

// Config chooses the backend.
type Config struct {
	Backend string // "channel" or "jetstream"
	URL     string // of the NATS servers, comma separated
	// Credentials is a NATS credentials file; empty when the servers ask for none.
	Credentials string
	Replicas    int           // copies of each stream among the servers; 0 = 1
	Window      time.Duration // how long the servers recognise a message id; 0 = 1 h
	Keep        time.Duration // how long messages stay; 0 = for ever
	AckWait     time.Duration // after which a silent consumer gets its message again; 0 = 30 s
	Log         *slog.Logger  // nil is slog.Default
}

// Bus is an open backend.
type Bus struct {
	config  Config
	log     watermill.LoggerAdapter
	channel *gochannel.GoChannel
}

// Open checks the configuration. Connections are made by Publisher and Subscriber, and made again
// for ever when they break.
func Open(c Config) (*Bus, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	c.Replicas, c.Window, c.AckWait = max(c.Replicas, 1), cmpOr(c.Window, time.Hour), cmpOr(c.AckWait, 30*time.Second)
	b := &Bus{config: c, log: watermill.NewSlogLogger(c.Log)}
	switch c.Backend {
	case "channel":
		b.channel = gochannel.NewGoChannel(gochannel.Config{BlockPublishUntilSubscriberAck: true}, b.log)
	case "jetstream":
		if c.URL == "" {
			return nil, errors.New("the bus jetstream needs the URL of its servers")
		}
	default:
		return nil, fmt.Errorf("there is no bus %q: channel or jetstream", c.Backend)
	}
	return b, nil
}

func cmpOr(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

// Publisher opens a publisher. Over JetStream, Publish returns once the servers hold the message on
// disk.
func (b *Bus) Publisher() (message.Publisher, error) {
	if b.channel != nil {
		return b.channel, nil
	}
	conn, err := b.connect("publisher")
	if err != nil {
		return nil, err
	}
	js, err := natsjs.New(conn)
	if err != nil {
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	inner, err := jetstream.NewPublisher(jetstream.PublisherConfig{Conn: conn, Logger: b.log, ConfigureStream: b.stream})
	if err != nil {
		return nil, fmt.Errorf("open the publisher: %w", err)
	}
	return &publisher{Publisher: inner, bus: b, js: js, known: map[string]bool{}}, nil
}

// Subscriber opens a durable subscriber: subscribers of one group share the messages of a topic and
// go on where the group stopped.
func (b *Bus) Subscriber(group string) (message.Subscriber, error) {
	if b.channel != nil {
		return b.channel, nil
	}
	conn, err := b.connect(group)
	if err != nil {
		return nil, err
	}
	s, err := jetstream.NewSubscriber(jetstream.SubscriberConfig{
		Conn: conn, Logger: b.log, AckWaitTimeout: b.config.AckWait, ConfigureStream: b.stream,
		ResourceInitializer: func(ctx context.Context, js natsjs.JetStream, topic string) (natsjs.Consumer, func(context.Context, watermill.LoggerAdapter), error) {
			if _, err := js.CreateOrUpdateStream(ctx, b.stream(topic)); err != nil {
				return nil, nil, fmt.Errorf("make the stream of %s: %w", topic, err)
			}
			c, err := js.CreateOrUpdateConsumer(ctx, streamName(topic), natsjs.ConsumerConfig{
				Durable: streamName(group), AckPolicy: natsjs.AckExplicitPolicy, AckWait: b.config.AckWait,
				MaxAckPending: 1, // the next message waits for the last one's answer: order
			})
			return c, nil, err
		},
	})
	if err != nil {
		return nil, fmt.Errorf("open the subscriber of %s: %w", group, err)
	}
	return s, nil
}

func (b *Bus) connect(name string) (*nats.Conn, error) {
	options := []nats.Option{
		nats.Name("diwan " + name), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.ReconnectWait(250 * time.Millisecond),
	}
	if b.config.Credentials != "" {
		options = append(options, nats.UserCredentials(b.config.Credentials))
	}
	conn, err := nats.Connect(b.config.URL, options...)
	if err != nil {
		return nil, fmt.Errorf("connect to NATS as %s: %w", name, err)
	}
	return conn, nil
}

// stream is the JetStream stream of a topic; its one subject is its name.
func (b *Bus) stream(topic string) natsjs.StreamConfig {
	name := streamName(topic)
	return natsjs.StreamConfig{
		Name: name, Subjects: []string{name}, Storage: natsjs.FileStorage,
		Replicas: b.config.Replicas, Duplicates: b.config.Window, MaxAge: b.config.Keep,
	}
}

// streamName makes a topic fit for NATS, where dots, stars and slashes have a meaning.
func streamName(topic string) string {
	return strings.NewReplacer(".", "_", "/", "_", "*", "all", ",", "_", " ", "_").Replace(topic)
}

// publisher makes a topic's stream before its first message and lets the servers recognise messages
// that come twice. One goroutine publishes at a time.
type publisher struct {
	*jetstream.Publisher
	bus   *Bus
	js    natsjs.JetStream
	known map[string]bool
}

// Publish sends the messages in order; an error means that those from some point on were not taken.
func (p *publisher) Publish(topic string, messages ...*message.Message) error {
	if !p.known[topic] {
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		if _, err := p.js.CreateOrUpdateStream(ctx, p.bus.stream(topic)); err != nil {
			return fmt.Errorf("make the stream of %s: %w", topic, err)
		}
		p.known[topic] = true
	}
	for _, m := range messages {
		m.Metadata.Set(nats.MsgIdHdr, m.UUID)
	}
	return p.Publisher.Publish(topic, messages...)
}
