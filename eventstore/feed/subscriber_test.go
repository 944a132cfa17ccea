package feed_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func TestAConsumerGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	want := register(t, store, 10)
	first := subscriber(db, store, feed.Config{Consumer: "archive"})
	got := take(t, subscribe(t, first, "main"), 4)
	shut(t, first)
	second := subscriber(db, store, feed.Config{Consumer: "archive"})
	defer shut(t, second)
	messages := subscribe(t, second, "main")
	got = append(got, take(t, messages, 6)...)
	want = append(want, register(t, store, 1)...) // and hears of new ones
	got = append(got, take(t, messages, 1)...)
	if !slices.Equal(got, want) {
		t.Errorf("delivered %v, the log has %v", got, want)
	}
}

func TestARefusedMessageComesAgainBeforeTheNext(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	register(t, store, 2)
	s := subscriber(db, store, feed.Config{Consumer: "archive"})
	defer shut(t, s)
	messages := subscribe(t, s, "main")
	var ids []string
	for range 3 {
		m := <-messages
		ids = append(ids, m.UUID)
		m.Nack()
	}
	m := <-messages
	if ids[0] != ids[1] || ids[1] != ids[2] || m.UUID != ids[0] || positionOf(t, m) != 1 {
		t.Errorf("redelivered as %v and %s", ids, m.UUID)
	}
	m.Ack()
	if got := take(t, messages, 1); got[0] != 2 {
		t.Errorf("then came position %d", got[0])
	}
}

func TestAMessageSaysWhatTheEventIs(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	register(t, store, 1)
	events, err := store.Read(t.Context(), eventstore.Main, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := events[0]
	m := feed.Message(want, 3)
	got, err := feed.Event(m)
	if err != nil {
		t.Fatal(err)
	}
	want.Salt, want.Digest, want.Sealed = got.Salt, got.Digest, got.Sealed // these do not travel
	if !got.RecordedAt.Equal(want.RecordedAt) {
		t.Errorf("recorded at %v, message says %v", want.RecordedAt, got.RecordedAt)
	}
	got.RecordedAt = want.RecordedAt
	if got.Stream != want.Stream || got.Position != want.Position || got.Command != want.Command || got.Actor != want.Actor ||
		got.OnBehalfOf != want.OnBehalfOf || got.Type != want.Type || got.Schema != want.Schema || got.Version != want.Version ||
		got.Tenant != want.Tenant || string(got.Data) != string(want.Data) {
		t.Errorf("event %+v came back as %+v", want, got)
	}
	id := uuid.MustParse(m.UUID)
	if id.Version() != 5 || m.UUID != feed.Message(want, 3).UUID || m.UUID == feed.Message(want, 4).UUID {
		t.Errorf("id %s is not made from lane, epoch and position alone", m.UUID)
	}
	m.Metadata[feed.MetaPosition] = "main.x"
	if _, err := feed.Event(m); err == nil {
		t.Error("a message without a position was read")
	}
}

func TestTopicsNarrowTheLane(t *testing.T) {
	t.Parallel()
	cases := []struct {
		topic, category, key string
		has                  bool
	}{
		{"main", "finance.budget", "2026/01", true},
		{"main/finance.budget", "finance.budget", "2026/01", true},
		{"main/finance.budget", "finance.budgets", "2026/01", false},
		{"main/finance.*", "finance.year", "2026", true},
		{"main/finance.*", "financed.year", "2026", false},
		{"main/finance.year,finance.order", "finance.order", "7", true},
		{"main/finance.year,finance.order", "finance.budget", "7", false},
		{"main/finance.budget/2026/01", "finance.budget", "2026/01", true},
		{"main/finance.budget/2026/01", "finance.budget", "2026/02", false},
	}
	for _, c := range cases {
		topic, err := feed.ParseTopic(c.topic)
		if err != nil {
			t.Fatal(err)
		}
		if topic.Has(eventstore.Stream{Category: c.category, Key: c.key}) != c.has {
			t.Errorf("topic %s has %s/%s: want %t", c.topic, c.category, c.key, c.has)
		}
	}
	for _, wrong := range []string{"", "finance", "main/", "main/a,,b", "main/a.*/key", "main/a,b/key", "main/a/", "telemetry"} {
		if _, err := feed.ParseTopic(wrong); err == nil {
			t.Errorf("topic %q was accepted", wrong)
		}
	}
}

func TestOneOfTwoSubscribersDeliversAndTheOtherTakesOver(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	want := register(t, store, 20)
	first := subscriber(db, store, feed.Config{Consumer: "archive", Hold: time.Minute})
	second := subscriber(db, store, feed.Config{Consumer: "archive", Hold: time.Minute})
	defer shut(t, second)
	a := subscribe(t, first, "main")
	got := take(t, a, 1)
	b := subscribe(t, second, "main")
	for len(got) < 10 {
		select {
		case m := <-a:
			got = append(got, positionOf(t, m))
			m.Ack()
		case m := <-b:
			t.Fatalf("both deliver: the second sent position %d", positionOf(t, m))
		}
	}
	shut(t, first)
	got = append(got, take(t, b, 10)...)
	if !slices.Equal(got, want) {
		t.Errorf("delivered %v, the log has %v", got, want)
	}
}

// A holder that slept through its time may deliver again, but it does not move the position.
func TestAHolderThatLostItsTurnDoesNotMoveThePosition(t *testing.T) {
	t.Parallel()
	db, store := dbtest.New(t), newStore(t)
	register(t, store, 3)
	sleeper := subscriber(db, store, feed.Config{Consumer: "archive", Hold: time.Hour, Save: time.Nanosecond})
	messages := subscribe(t, sleeper, "main")
	m := <-messages
	other := uuid.New() // takes over as if the hold had run out, and has come further
	err := db.Project(t.Context(), func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `update es.feed set holder = $1, position = 2 where consumer = 'archive'`, other)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m.Ack()
	shut(t, sleeper)
	if at := one[int64](t, db, `select position from es.feed`); at != 2 {
		t.Errorf("the position is %d", at)
	}
	if holder := one[uuid.UUID](t, db, `select holder from es.feed`); holder != other {
		t.Errorf("the holder is %s", holder)
	}
}

func TestALiveSubscriberStartsAtTheHead(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	register(t, store, 5)
	s := subscriber(nil, store, feed.Config{AtHead: true})
	defer shut(t, s)
	messages := subscribe(t, s, "main")
	want := register(t, store, 2)
	if got := take(t, messages, 2); !slices.Equal(got, want) {
		t.Errorf("delivered %v instead of %v", got, want)
	}
	if _, err := subscriber(nil, store, feed.Config{Consumer: "archive"}).Subscribe(context.Background(), "main"); err == nil {
		t.Error("a durable consumer without a database was accepted")
	}
}
