package feed_test

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) {
	if os.Getenv("DIWAN_TEST_VICTIM") != "" {
		os.Exit(victim())
	}
	os.Exit(dbtest.Main(m))
}

// registered is a letter entered in the book of a department.
type registered struct {
	Subject string `json:"subject"`
}

func (registered) EventType() string { return "test.registered" }

// answered is what a process manager does about it.
type answered struct {
	Letter int64 `json:"letter"`
}

func (answered) EventType() string { return "test.answered" }

func count(n int, _ eventstore.Event) int { return n + 1 }

func books() []eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[registered](1, nil), eventstore.Type[answered](1, nil), eventstore.Type[carried](1, nil))
	var all []eventstore.Category
	for _, name := range []string{"test.incoming", "test.outgoing", "test.message"} {
		all = append(all, eventstore.CategoryOf(name, eventstore.Main, codec, 0, count))
	}
	return all
}

func newStore(t testing.TB) eventstore.Store {
	t.Helper()
	store, err := eventstore.NewMemory(books()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func enter(ctx context.Context, store eventstore.Store, id uuid.UUID, category, key string, e eventstore.Event) (eventstore.Receipt, error) {
	return store.Execute(ctx, eventstore.Command{
		ID: id, Actor: "rana", OnBehalfOf: "huda", Content: []byte(category + key),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: category, Key: key}, Expected: eventstore.AnyVersion}},
		Decide:  func(d *eventstore.Decision) error { d.Record(0, e); return nil },
	})
}

// register enters n letters and returns their positions.
func register(t testing.TB, store eventstore.Store, n int) (positions []int64) {
	t.Helper()
	for range n {
		r, err := enter(context.Background(), store, uuid.Must(uuid.NewV7()), "test.incoming", "roads", registered{"اعتماد"})
		if err != nil {
			t.Fatal(err)
		}
		positions = append(positions, r.Last)
	}
	return positions
}

func subscriber(db *database.DB, store eventstore.Store, c feed.Config) *feed.Subscriber {
	c.Log = slog.New(slog.DiscardHandler)
	if c.Resend == 0 {
		c.Resend = time.Millisecond
	}
	return feed.NewSubscriber(db, store, c)
}

func subscribe(t testing.TB, s message.Subscriber, topic string) <-chan *message.Message {
	t.Helper()
	messages, err := s.Subscribe(context.Background(), topic)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// take acknowledges n messages and returns their positions.
func take(t testing.TB, messages <-chan *message.Message, n int) (positions []int64) {
	t.Helper()
	for range n {
		m, open := <-messages
		if !open {
			t.Fatalf("the subscription ended after %d of %d messages", len(positions), n)
		}
		positions = append(positions, positionOf(t, m))
		m.Ack()
	}
	return positions
}

func positionOf(t testing.TB, m *message.Message) int64 {
	t.Helper()
	e, err := feed.Event(m)
	if err != nil {
		t.Fatal(err)
	}
	return e.Position
}

func shut(t testing.TB, s *feed.Subscriber) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func one[T any](t testing.TB, db *database.DB, sql string, args ...any) (v T) {
	t.Helper()
	err := db.Read(context.Background(), database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(context.Background(), sql, args...).Scan(&v)
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}
