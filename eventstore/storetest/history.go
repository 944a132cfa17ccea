package storetest

import (
	"bytes"
	"context"
	"sync/atomic"
	"testing"

	"diwan/eventstore"
)

// counting is a cabinet that counts how many events were folded.
func counting(shape string, folded *atomic.Int64) eventstore.Category {
	return eventstore.CategoryOf("test.cabinet", eventstore.Main, drawerCodec(), Drawer{Room: 100_000},
		func(d Drawer, e eventstore.Event) Drawer {
			folded.Add(1)
			return evolve(d, e)
		}).WithSnapshot(shape)
}

func snapshotsOfShape(t *testing.T, b *bench) {
	stream := eventstore.Stream{Category: "test.cabinet", Key: "long"}
	var folded atomic.Int64
	s := b.open(counting("cabinet/1", &folded))
	const events = 500
	for i := range int64(events) {
		b.ok(s, putInto(stream, i))
	}
	if err := s.Close(); err != nil { // the snapshots on their way are saved
		t.Fatal(err)
	}
	holds := func(shape string) int64 {
		folded.Store(0)
		b.ok(b.open(counting(shape, &folded)), look(stream, func(d Drawer, version int64) {
			if len(d.Slips) != events || d.Slips[events-1] != events-1 || version != events {
				t.Errorf("shape %s: %d slips at version %d", shape, len(d.Slips), version)
			}
		}))
		return folded.Load()
	}
	if n := holds("cabinet/1"); n > 200 {
		t.Errorf("with a snapshot, %d of %d events were folded again", n, events)
	}
	if n := holds("cabinet/2"); n != events {
		t.Errorf("a snapshot of another shape was used: %d of %d events were folded", n, events)
	}
}

// putNow is the shape the program writes after an upgrade.
type putNow struct {
	Slip int64  `json:"slip"`
	By   string `json:"by"`
}

func (putNow) EventType() string { return "test.slip_put" }

func olderShape(t *testing.T, b *bench) {
	s := b.open()
	b.ok(s, putInto(drawer("a"), 7))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	lift := func(data []byte) ([]byte, error) {
		return bytes.Replace(data, []byte("}"), []byte(`,"by":"unknown"}`), 1), nil
	}
	type people []string
	now := eventstore.CategoryOf("test.drawer", eventstore.Main,
		eventstore.NewCodec(eventstore.Type[putNow](2, map[int16]func([]byte) ([]byte, error){1: lift})), people(nil),
		func(p people, e eventstore.Event) people { return append(p[:len(p):len(p)], e.(putNow).By) })
	s = b.open(now)
	r := b.ok(s, eventstore.Command{
		ID: newID(), Actor: "rana", Content: []byte("x"), Touches: any1(drawer("a")),
		Decide: func(d *eventstore.Decision) error {
			if who := eventstore.StateOf[people](d, 0); len(who) != 1 || who[0] != "unknown" {
				t.Errorf("the older shape was lifted to %v", who)
			}
			d.Record(0, putNow{8, "rana"})
			return nil
		},
	})
	if r.Events[0].Schema != 2 {
		t.Errorf("written in shape %d", r.Events[0].Schema)
	}
	if events := b.all(s, eventstore.Main); events[0].Schema != 1 || string(events[0].Data) != `{"slip":7}` {
		t.Errorf("the stored bytes of the older shape have changed: %d %s", events[0].Schema, events[0].Data)
	}
}

// unreadable: the program before an upgrade meets an event of the program after it.
func unreadable(t *testing.T, b *bench) {
	newer := eventstore.CategoryOf("test.drawer", eventstore.Main,
		eventstore.NewCodec(eventstore.Type[putNow](2, map[int16]func([]byte) ([]byte, error){1: func(d []byte) ([]byte, error) { return d, nil }})), 0,
		func(n int, _ eventstore.Event) int { return n + 1 })
	s := b.open(newer)
	b.ok(s, eventstore.Command{
		ID: newID(), Actor: "rana", Content: []byte("x"), Touches: any1(drawer("a")),
		Decide: func(d *eventstore.Decision) error { d.Record(0, putNow{8, "rana"}); return nil },
	})
	older := b.open()
	if _, err := older.Execute(context.Background(), putInto(drawer("a"), 1)); err == nil || isRefusal(err, "test.full") {
		t.Errorf("a stream that cannot be read was decided on: %v", err)
	}
	b.ok(older, putInto(drawer("b"), 1))
}
