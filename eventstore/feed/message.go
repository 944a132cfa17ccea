package feed

import (
	"crypto/sha1"
	"fmt"
	"strconv"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
)

// What a message's metadata says of its event. The payload is the event's JSON as stored; personal
// data that was sealed does not travel.
const (
	MetaPosition   = "position" // "main.1.4182907"
	MetaType       = "type"
	MetaSchema     = "schema"
	MetaCategory   = "category"
	MetaKey        = "key"
	MetaVersion    = "version"
	MetaTenant     = "tenant"
	MetaCommand    = "command"
	MetaActor      = "actor"
	MetaOnBehalfOf = "on_behalf_of"
	MetaRecordedAt = "recorded_at"
)

// namespace is the root of all ids derived from positions.
var namespace = uuid.MustParse("6f1c1f9c-5d0e-5b36-9d8a-8d1f6f2f7a01")

// MessageID is the id of the message about a position: the same for every consumer and redelivery.
func MessageID(at kernel.Position) uuid.UUID { return messageID(at.String()) }

func messageID(at string) uuid.UUID {
	var room [96]byte // a position is far shorter; nothing is allocated for it
	sum := sha1.Sum(append(append(append(room[:0], namespace[:]...), "message\n"...), at...))
	var id uuid.UUID
	copy(id[:], sum[:])
	id[6], id[8] = id[6]&0x0f|0x50, id[8]&0x3f|0x80 // version 5, RFC 9562
	return id
}

// CommandID is the id of a command that a process gives because of an event: the same however often
// the event is delivered, so the command is executed once. part tells commands apart when one event
// causes several.
func CommandID(process string, cause eventstore.Recorded, part string) uuid.UUID {
	return uuid.NewSHA1(namespace, fmt.Appendf(nil, "command\n%s\n%s\n%d\n%s", process, cause.Lane, cause.Position, part))
}

// Message is the event as a Watermill message.
func Message(e eventstore.Recorded, epoch int32) *message.Message {
	at := kernel.Position{Lane: e.Lane.String(), Epoch: epoch, N: e.Position}.String()
	m := message.NewMessage(messageID(at).String(), e.Data)
	m.Metadata = message.Metadata{
		MetaPosition:   at,
		MetaType:       e.Type,
		MetaSchema:     strconv.Itoa(int(e.Schema)),
		MetaCategory:   e.Stream.Category,
		MetaKey:        e.Stream.Key,
		MetaVersion:    strconv.FormatInt(e.Version, 10),
		MetaTenant:     e.Tenant.String(),
		MetaCommand:    e.Command.String(),
		MetaActor:      e.Actor,
		MetaRecordedAt: e.RecordedAt.UTC().Format(time.RFC3339Nano),
	}
	if e.OnBehalfOf != "" {
		m.Metadata[MetaOnBehalfOf] = e.OnBehalfOf
	}
	return m
}

// Event reads the event back out of a message, from this log or from another machine's. What does
// not travel (sealed data, salt, digest) is empty.
func Event(m *message.Message) (eventstore.Recorded, error) {
	var e eventstore.Recorded
	at, err := kernel.ParsePosition(m.Metadata[MetaPosition])
	if err != nil {
		return e, fmt.Errorf("message %s: %w", m.UUID, err)
	}
	topic, err := ParseTopic(at.Lane)
	if err != nil {
		return e, fmt.Errorf("message %s: %w", m.UUID, err)
	}
	e = eventstore.Recorded{
		Lane: topic.Lane, Position: at.N, Type: m.Metadata[MetaType],
		Stream: eventstore.Stream{Category: m.Metadata[MetaCategory], Key: m.Metadata[MetaKey]},
		Actor:  m.Metadata[MetaActor], OnBehalfOf: m.Metadata[MetaOnBehalfOf], Data: m.Payload,
	}
	schema, err := strconv.ParseInt(m.Metadata[MetaSchema], 10, 16)
	e.Schema = int16(schema)
	if err == nil {
		e.Version, err = strconv.ParseInt(m.Metadata[MetaVersion], 10, 64)
	}
	if err == nil {
		e.Tenant, err = uuid.Parse(m.Metadata[MetaTenant])
	}
	if err == nil {
		e.Command, err = uuid.Parse(m.Metadata[MetaCommand])
	}
	if err == nil {
		e.RecordedAt, err = time.Parse(time.RFC3339Nano, m.Metadata[MetaRecordedAt])
	}
	if err != nil {
		return e, fmt.Errorf("message %s at %s: %w", m.UUID, at, err)
	}
	return e, nil
}
