package feed

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/ThreeDotsLabs/watermill/message"
)

// Forward publishes events of a topic to another system until ctx ends: the log is the outbox. Each
// message goes out in order and is acknowledged only after the publisher has taken it, so none is
// lost; one that went out twice carries the same id. to names the destination of a message, and
// may take content out of it; empty means that the event does not leave.
func Forward(ctx context.Context, from message.Subscriber, topic string, out message.Publisher, to func(m *message.Message) string) error {
	messages, err := from.Subscribe(ctx, topic)
	if err != nil {
		return fmt.Errorf("forward %s: %w", topic, err)
	}
	for m := range messages {
		outgoing := m.Copy()
		destination := to(outgoing)
		if destination == "" {
			m.Ack()
			continue
		}
		if err := out.Publish(destination, outgoing); err != nil {
			slog.WarnContext(ctx, "an event waits to be forwarded", "topic", topic, "position", m.Metadata[MetaPosition], "error", err)
			m.Nack()
			continue
		}
		m.Ack()
	}
	return ctx.Err()
}
