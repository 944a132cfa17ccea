package feed_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/tests"
	"github.com/google/uuid"
)

// carried is a message of the contract suite inside an event.
type carried struct {
	UUID     string           `json:"uuid"`
	Metadata message.Metadata `json:"metadata"`
	Payload  []byte           `json:"payload"`
}

func (carried) EventType() string { return "test.message" }

// scribe publishes for the suite: the product has no Publisher, so each message becomes an event the
// way every event does, by a command.
type scribe struct{ store eventstore.Store }

func (s scribe) Publish(topic string, messages ...*message.Message) error {
	key := strings.TrimPrefix(topic, "main/test.message/")
	for _, m := range messages {
		_, err := enter(m.Context(), s.store, uuid.Must(uuid.NewV7()), "test.message", key, carried{m.UUID, m.Metadata, m.Payload})
		if err != nil {
			return err
		}
	}
	return nil
}

func (scribe) Close() error { return nil }

// asPublished gives the suite its own message back; ids derived from positions are tested apart.
func asPublished(e eventstore.Recorded, _ int32) *message.Message {
	var c carried
	if err := json.Unmarshal(e.Data, &c); err != nil {
		panic(err) // written by this test
	}
	m := message.NewMessage(c.UUID, c.Payload)
	for k, v := range c.Metadata {
		m.Metadata.Set(k, v)
	}
	return m
}

// Watermill's contract suite, as far as it applies.
//
// Features as they are: consumers share a durable position (ConsumerGroups), delivery is at least
// once, order is kept also with several subscribers of one consumer, because only one of them
// delivers at a time. What the suite cannot test here: TestReconnect restarts the broker with a shell
// command, and the feed has none; the store's own fault tests cut its connections. The ids of
// messages are the suite's. TestNewSubscriberReceivesOldMessages holds for subscribers without a
// consumer name and runs apart; with one it would contradict TestConsumerGroups.
func TestWatermillContract(t *testing.T) {
	db, store := dbtest.New(t), newStore(t)
	tests.TestPubSub(t, features(), inGroup(db, store, "suite"),
		func(t *testing.T, group string) (message.Publisher, message.Subscriber) {
			return inGroup(db, store, group)(t)
		})
}

func TestWatermillContractForSubscribersWithoutAName(t *testing.T) {
	store := newStore(t)
	f := features()
	f.NewSubscriberReceivesOldMessages = true
	nameless := inGroup(nil, store, "")
	apart := []func(*testing.T, tests.TestContext, tests.PubSubConstructor){
		tests.TestNewSubscriberReceivesOldMessages, tests.TestPublishSubscribe, tests.TestResendOnError,
		tests.TestNoAck, tests.TestTopic, tests.TestMessageCtx, tests.TestSubscribeCtx,
	}
	for i, test := range apart {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			test(t, tests.TestContext{TestID: tests.NewTestID(), Features: f}, nameless)
		})
	}
}

func features() tests.Features {
	return tests.Features{
		ConsumerGroups:    true,
		GuaranteedOrder:   true,
		Persistent:        true,
		GenerateTopicFunc: func(c tests.TestContext) string { return "main/test.message/" + watermill.NewUUID() },
	}
}

func inGroup(db *database.DB, store eventstore.Store, consumer string) tests.PubSubConstructor {
	return func(t *testing.T) (message.Publisher, message.Subscriber) {
		return scribe{store}, subscriber(db, store, feed.Config{Consumer: consumer, Message: asPublished})
	}
}
