package storetest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

func conflict(t *testing.T, b *bench) {
	s := b.open()
	for i := range int64(4) {
		b.ok(s, putInto(drawer("a"), i))
	}
	old := putInto(drawer("a"), 9)
	old.Touches[0].Expected = 2
	_, err := s.Execute(context.Background(), old)
	var c *eventstore.Conflict
	if !errors.As(err, &c) || c.Expected != 2 || c.Actual != 4 || c.Stream != drawer("a") || len(c.Changed) != 2 || c.Changed[0].Version != 3 {
		t.Fatalf("the conflict is %#v (%v)", c, err)
	}
	begin := putInto(drawer("a"), 9)
	begin.Touches[0].Expected = 0
	if _, err := s.Execute(context.Background(), begin); !errors.As(err, &c) || len(c.Changed) != 4 {
		t.Errorf("a stream that must be new was there, and the answer is %v", err)
	}
	ahead := putInto(drawer("a"), 9)
	ahead.Touches[0].Expected = 7
	if _, err := s.Execute(context.Background(), ahead); !errors.As(err, &c) {
		t.Errorf("a version from the future was accepted: %v", err)
	}
	old.ID, old.Touches[0].Expected = newID(), 4
	b.ok(s, old)
}

func refusal(t *testing.T, b *bench) {
	s := b.open()
	b.ok(s, putInto(drawer("a"), 1))
	half := eventstore.Command{
		ID: newID(), Actor: "rana", Content: []byte("half"), Touches: append(any1(drawer("a")), any1(drawer("new"))...),
		Decide: func(d *eventstore.Decision) error {
			d.Record(0, put{Slip: 2})
			d.Record(1, put{Slip: 2})
			return refuse("test.second_thoughts", "no")
		},
	}
	if _, err := s.Execute(context.Background(), half); !isRefusal(err, "test.second_thoughts") {
		t.Fatalf("the refusal came as %v", err)
	}
	if r := b.ok(s, putInto(drawer("a"), 3)); r.First != 2 || r.Events[0].Version != 2 {
		t.Errorf("the refused command left something: %+v", r)
	}
	if r := b.ok(s, putInto(drawer("new"), 3)); r.First != 3 || r.Events[0].Version != 1 {
		t.Errorf("the refused command began a stream: %+v", r)
	}
	if _, done, err := s.Outcome(context.Background(), eventstore.Main, uuid.Nil, half.ID); done || err != nil {
		t.Errorf("a refused command has an outcome: %t %v", done, err)
	}
	// A refused id may be sent again once there is a reason to.
	half.Decide = func(d *eventstore.Decision) error { d.Record(0, put{Slip: 2}); return nil }
	b.ok(s, half)
	b.all(s, eventstore.Main)
}

func malformed(t *testing.T, b *bench) {
	s := b.open()
	noID, noDecider, noStream, twice, unknown := putInto(drawer("a"), 1), putInto(drawer("a"), 1), putInto(drawer("a"), 1), putInto(drawer("a"), 1), putInto(drawer("a"), 1)
	noID.ID, noDecider.Decide, noStream.Touches = uuid.Nil, nil, nil
	twice.Touches = append(twice.Touches, twice.Touches[0])
	unknown.Touches[0].Stream.Category = "test.nowhere"
	for name, cmd := range map[string]eventstore.Command{"no id": noID, "no decider": noDecider, "no stream": noStream, "a stream twice": twice, "an unknown category": unknown} {
		if _, err := s.Execute(context.Background(), cmd); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if n := len(b.all(s, eventstore.Main)); n != 0 {
		t.Errorf("%d events of malformed commands", n)
	}
}

func repeated(t *testing.T, b *bench) {
	s := b.open()
	cmd := putInto(drawer("a"), 1)
	first := b.ok(s, cmd)
	again := b.ok(s, cmd)
	sameAnswer(t, first, again)
	s = b.open()
	sameAnswer(t, first, b.ok(s, cmd))
	if n := len(b.all(s, eventstore.Main)); n != 1 {
		t.Errorf("the command was executed %d times", n)
	}
}

func sameAnswer(t *testing.T, first, again eventstore.Receipt) {
	t.Helper()
	if !again.Replayed || again.First != first.First || again.Last != first.Last || len(again.Events) != len(first.Events) ||
		again.Lane != first.Lane || again.Epoch != first.Epoch || again.Events[0].Digest != first.Events[0].Digest {
		t.Errorf("first  %+v\nagain  %+v", first, again)
	}
}

func repeatedAfterRestart(t *testing.T, b *bench) {
	s := b.open()
	cmd := putInto(drawer("a"), 1)
	cmd.Touches[0].Expected = 0
	first := b.ok(s, cmd)
	b.ok(s, putInto(drawer("a"), 2))
	b.ok(s, lock(drawer("a")))
	for _, node := range []eventstore.Store{s, b.open()} {
		sameAnswer(t, first, b.ok(node, cmd))
	}
}

func reusedID(t *testing.T, b *bench) {
	s := b.open()
	cmd := putInto(drawer("a"), 1)
	b.ok(s, cmd)
	content, stream, actor := cmd, cmd, cmd
	content.Content = []byte("put 2")
	stream.Touches = any1(drawer("b"))
	actor.Actor = "huda"
	for _, node := range []eventstore.Store{s, b.open()} {
		for name, other := range map[string]eventstore.Command{"content": content, "stream": stream, "actor": actor} {
			if _, err := node.Execute(context.Background(), other); !errors.Is(err, eventstore.ErrReusedID) {
				t.Errorf("the id with another %s: %v", name, err)
			}
		}
	}
	tenant := cmd
	tenant.Tenant = newID()
	if r := b.ok(s, tenant); r.Replayed {
		t.Error("another tenant's command of the same id was taken for a repetition")
	}
}

func repeatedAtOnce(t *testing.T, b *bench) {
	nodes := []eventstore.Store{b.open(), b.open()}
	cmd := putInto(drawer("a"), 1)
	var fresh atomic.Int64
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			r, err := nodes[i%2].Execute(context.Background(), cmd)
			if err != nil {
				t.Error(err)
			} else if !r.Replayed {
				fresh.Add(1)
			}
			// Innocent company in the same batches.
			if _, err := nodes[i%2].Execute(context.Background(), putInto(drawer("b"), int64(i))); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if fresh.Load() != 1 || len(b.all(nodes[0], eventstore.Main)) != 17 {
		t.Errorf("one command sent 16 times was executed %d times", fresh.Load())
	}
}

func closedStream(t *testing.T, b *bench) {
	s := b.open()
	b.ok(s, putInto(drawer("a"), 1))
	b.ok(s, lock(drawer("a")))
	for _, node := range []eventstore.Store{s, b.open()} {
		if _, err := node.Execute(context.Background(), putInto(drawer("a"), 2)); !errors.Is(err, eventstore.ErrStreamClosed) {
			t.Errorf("a closed stream answered %v", err)
		}
		b.ok(node, look(drawer("a"), func(d Drawer, version int64) {
			if !d.Done || version != 2 {
				t.Errorf("a closed stream reads as %+v at %d", d, version)
			}
		}))
	}
	once := lock(drawer("b"))
	if r := b.ok(s, once); r.Events[0].Version != 1 {
		t.Error("a stream may begin and end in one event")
	}
	b.all(s, eventstore.Main)
}

func panicking(t *testing.T, b *bench) {
	s := b.open()
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			cmd := putInto(drawer("a"), int64(i))
			if i%4 == 0 {
				cmd.Decide = func(d *eventstore.Decision) error {
					d.Record(0, put{Slip: 99})
					panic("a decider with a fault")
				}
			}
			if _, err := s.Execute(context.Background(), cmd); (err != nil) != (i%4 == 0) {
				t.Errorf("caller %d got %v", i, err)
			}
		})
	}
	wait.Wait()
	if n := len(b.all(s, eventstore.Main)); n != 12 {
		t.Errorf("12 sound commands left %d events", n)
	}
}
