package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

func positions(t *testing.T, b *bench) {
	s := b.open()
	for i := range int64(30) {
		r := b.ok(s, putInto(drawer(fmt.Sprint(i%3)), i))
		if r.First != i+1 || r.Last != i+1 || len(r.Events) != 1 || r.Events[0].Version != i/3+1 || r.Replayed {
			t.Fatalf("command %d got the receipt %+v", i, r)
		}
	}
	events := b.all(s, eventstore.Main)
	if len(events) != 30 {
		t.Fatalf("30 commands made %d events", len(events))
	}
}

func lanesApart(t *testing.T, b *bench) {
	s := b.open()
	b.ok(s, putInto(drawer("a"), 1))
	r := b.ok(s, putInto(eventstore.Stream{Category: "test.look", Key: "a"}, 1))
	if r.Lane != eventstore.Access || r.First != 1 {
		t.Errorf("the first event of the access lane got %+v", r)
	}
	cmd := putInto(drawer("a"), 2)
	cmd.Touches = append(cmd.Touches, any1(eventstore.Stream{Category: "test.look", Key: "a"})...)
	if _, err := s.Execute(context.Background(), cmd); err == nil {
		t.Error("one command touched two lanes")
	}
	if len(b.all(s, eventstore.Main)) != 1 || len(b.all(s, eventstore.Access)) != 1 {
		t.Error("an event went to another lane")
	}
}

func together(t *testing.T, b *bench) {
	s := b.open()
	b.ok(s, putInto(drawer("from"), 1))
	move := eventstore.Command{
		ID: newID(), Actor: "rana", Content: []byte("move"),
		Touches: []eventstore.Touch{{Stream: drawer("from"), Expected: 1}, {Stream: drawer("to"), Expected: 0}, {Stream: drawer("rules"), Expected: 0}},
		Decide: func(d *eventstore.Decision) error {
			d.Record(0, put{Slip: -1})
			d.Record(1, put{Slip: 1})
			d.Record(0, widened{1})
			if d.Version(0) != 3 || eventstore.StateOf[Drawer](d, 0).Room != firstRoom+1 || d.Version(1) != 1 {
				t.Errorf("the decider does not see what it recorded: versions %d and %d", d.Version(0), d.Version(1))
			}
			return nil
		},
	}
	r := b.ok(s, move)
	if r.First != 2 || r.Last != 4 || len(r.Events) != 3 {
		t.Fatalf("three events got the receipt %+v", r)
	}
	events := b.all(s, eventstore.Main)
	if events[2].Stream != drawer("to") || events[3].Version != 3 || events[3].Command != move.ID {
		t.Errorf("the events came in another order: %+v", events)
	}
	if rules, err := s.ReadStream(context.Background(), uuid.Nil, drawer("rules"), 0); err != nil || len(rules) != 0 {
		t.Errorf("a guard was written to: %v %v", rules, err)
	}
	guard := eventstore.Command{
		ID: newID(), Actor: "rana", Content: []byte("guarded"),
		Touches: []eventstore.Touch{{Stream: drawer("x"), Expected: eventstore.AnyVersion}, {Stream: drawer("from"), Expected: 1}},
		Decide:  func(d *eventstore.Decision) error { d.Record(0, put{Slip: 9}); return nil },
	}
	if _, err := s.Execute(context.Background(), guard); err == nil {
		t.Error("a guard at an older version was passed")
	}
	if len(b.all(s, eventstore.Main)) != 4 {
		t.Error("the refused command left an event")
	}
}

func fidelity(t *testing.T, b *bench) {
	s := b.open()
	tenant := uuid.MustParse("0190aaaa-0000-7000-8000-000000000001")
	stream := eventstore.Stream{Category: "test.drawer", Key: `٢٠٢٦/01-2501 "نفقات" \ 'x' {a,b} NULL`}
	cmd := eventstore.Command{
		ID: newID(), Tenant: tenant, Actor: "رنا", OnBehalfOf: "هدى", Content: []byte("c"), Touches: any1(stream),
		Decide: func(d *eventstore.Decision) error {
			d.RecordSealed(0, put{Slip: 1<<62 + 1, Note: "بند   \"<&>\" {,} NULL"}, []byte{0, 1, 2, 255})
			d.RecordSealed(0, put{Slip: 2}, []byte{})
			d.Record(0, put{Slip: 3})
			return nil
		},
	}
	r := b.ok(s, cmd)
	s = b.open()
	events := b.all(s, eventstore.Main)
	if len(events) != 3 {
		t.Fatalf("%d events", len(events))
	}
	for i, e := range events {
		a := r.Events[i]
		if e.Stream != stream || e.Tenant != tenant || e.Actor != "رنا" || e.OnBehalfOf != "هدى" || string(e.Data) != string(a.Data) ||
			!slices.Equal(e.Sealed, a.Sealed) || e.Salt != a.Salt || e.Digest != a.Digest || !e.RecordedAt.Equal(a.RecordedAt) || e.Lane != eventstore.Main {
			t.Errorf("written %+v\nread    %+v", a, e)
		}
	}
	if other, err := s.ReadStream(context.Background(), uuid.Nil, stream, 0); err != nil || len(other) != 0 {
		t.Errorf("another tenant reads the stream: %v %v", other, err)
	}
}

func pages(t *testing.T, b *bench) {
	s := b.open()
	for i := range int64(10) {
		b.ok(s, putInto(drawer("a"), i))
	}
	ctx := context.Background()
	for _, c := range []struct{ after, limit, want int64 }{{0, 3, 3}, {3, 3, 3}, {8, 5, 2}, {10, 5, 0}, {99, 5, 0}} {
		page, err := s.Read(ctx, eventstore.Main, c.after, int(c.limit))
		if err != nil || int64(len(page)) != c.want || c.want > 0 && page[0].Position != c.after+1 {
			t.Errorf("up to %d after %d gave %d events, %v", c.limit, c.after, len(page), err)
		}
	}
	tail, err := s.ReadStream(ctx, uuid.Nil, drawer("a"), 7)
	if err != nil || len(tail) != 3 || tail[0].Version != 8 {
		t.Errorf("the stream after version 7: %v %v", tail, err)
	}
	none, err := s.ReadStream(ctx, uuid.Nil, drawer("b"), 0)
	if err != nil || len(none) != 0 {
		t.Errorf("a stream that does not exist: %v %v", none, err)
	}
}

func hotStream(t *testing.T, b *bench) {
	s := b.open()
	var put, full atomic.Int64
	var wait sync.WaitGroup
	for i := range int64(32) {
		wait.Go(func() {
			for j := range int64(5) {
				switch _, err := s.Execute(context.Background(), putInto(drawer("one"), 10*i+j)); {
				case err == nil:
					put.Add(1)
				case isRefusal(err, "test.full"):
					full.Add(1)
				default:
					t.Errorf("neither success nor refusal: %v", err)
				}
			}
		})
	}
	wait.Wait()
	if put.Load() != firstRoom || full.Load() != 160-firstRoom {
		t.Errorf("a drawer for %d took %d and refused %d of 160", firstRoom, put.Load(), full.Load())
	}
	if n := len(b.all(s, eventstore.Main)); n != firstRoom {
		t.Errorf("the log holds %d slips", n)
	}
}

// pollingReaders: what a reader saw, in order, must be 1 … n whenever it looked.
func pollingReaders(t *testing.T, b *bench) {
	const writers, each = 8, 40
	s := b.open()
	other := b.open() // a second program reads, and writes as well
	var wait sync.WaitGroup
	for i := range writers {
		wait.Go(func() {
			on := s
			if i%2 == 1 {
				on = other
			}
			for j := range each {
				if _, err := on.Execute(context.Background(), putInto(drawer(fmt.Sprintf("%d-%d", i, j%3)), int64(j))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, from := range []eventstore.Store{s, other} {
		wait.Go(func() {
			seen := int64(0)
			for seen < writers*each && !t.Failed() {
				page, err := from.Read(context.Background(), eventstore.Main, seen, 10)
				if err != nil {
					t.Error(err)
				}
				for _, e := range page {
					if e.Position != seen+1 {
						t.Errorf("after %d came %d", seen, e.Position)
					}
					seen = e.Position
				}
			}
		})
	}
	wait.Wait()
	b.all(s, eventstore.Main)
}
