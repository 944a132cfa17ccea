package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"

	"diwan/eventstore/feed"
	"diwan/eventstore/feed/bus"
)

// integrationEvents are what other systems may learn: years, documents and money, nothing of persons.
const integrationEvents = "main/finance.year,finance.order,finance.virement,finance.commitment,finance.invoice,finance.voucher,finance.journal"

// forward publishes integration events to JetStream until ctx ends. The log is the outbox: what was
// not taken yet is offered again, also after a restart.
func (a *app) forward(ctx context.Context) error {
	b, err := bus.Open(bus.Config{Backend: "jetstream", URL: a.settings.natsURL})
	if err != nil {
		return fmt.Errorf("open the bus of DIWAN_NATS_URL: %w", err)
	}
	out, err := b.Publisher()
	if err != nil {
		return missing(err, "the servers of DIWAN_NATS_URL cannot be used")
	}
	from := feed.NewSubscriber(a.db, a.store, feed.Config{Consumer: "bus"})
	err = feed.Forward(ctx, from, integrationEvents, out, func(m *message.Message) string {
		return "diwan." + m.Metadata.Get(feed.MetaCategory)
	})
	return errors.Join(unlessEnded(ctx, err), from.Close(), out.Close())
}
