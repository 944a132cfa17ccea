package storetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
)

// Machine compares a log with a model, which is a Go slice, under commands drawn at random from two
// nodes that come and go. Every case works in a tenant of its own, so a log may be given twice.
func Machine(t rapid.TB, fresh func() (Log, error)) {
	rapid.Check(t, func(rt *rapid.T) {
		log, err := fresh()
		if err != nil {
			rt.Fatal(err)
		}
		m := &machine{log: log, tenant: newID()}
		for i := range m.nodes {
			m.restart(rt, i)
		}
		defer func() {
			for _, s := range m.nodes {
				if s != nil {
					_ = s.Close() // what it would say has been seen by then
				}
			}
		}()
		if m.base, _, err = m.nodes[0].Head(context.Background(), eventstore.Main); err != nil {
			rt.Fatal(err)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"put": m.put, "put twice": m.putTwice, "move": m.move, "widen": m.widen, "lock": m.lock, "look": m.look,
			"repeat": m.repeat, "reuse": m.reuse, "restart": func(rt *rapid.T) { m.restart(rt, m.drawNode(rt)) },
			"": m.check,
		})
	})
}

// machine is the model beside two programs that work on the log.
type machine struct {
	log    Log
	nodes  [2]eventstore.Store
	tenant uuid.UUID
	base   int64      // positions before this case
	events []expected // the model
	done   []executed
}

type expected struct {
	stream  eventstore.Stream
	command uuid.UUID
	event   eventstore.Event
}

type executed struct {
	cmd         eventstore.Command
	first, last int64
}

func (m *machine) drawNode(rt *rapid.T) int { return rapid.IntRange(0, 1).Draw(rt, "node") }

func (m *machine) drawStream(rt *rapid.T, label string) eventstore.Stream {
	return drawer(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, label))
}

// state folds the model.
func (m *machine) state(s eventstore.Stream) (d Drawer, version int64) {
	d.Room = 3 // small, so that drawers fill up
	for _, e := range m.events {
		if e.stream == s {
			d, version = evolve(d, e.event), version+1
		}
	}
	return d, version
}

func (m *machine) category() eventstore.Category {
	return eventstore.CategoryOf("test.drawer", eventstore.Main, drawerCodec(), Drawer{Room: 3}, evolve)
}

func (m *machine) restart(rt *rapid.T, node int) {
	if old := m.nodes[node]; old != nil {
		if err := old.Close(); err != nil {
			rt.Fatal(err)
		}
	}
	s, err := m.log.Open(m.category())
	if err != nil {
		rt.Fatal(err)
	}
	m.nodes[node] = s
}

// execute runs a command and compares the answer with the model's: want are the events it shall
// record, refused the test for the error it shall get.
func (m *machine) execute(rt *rapid.T, cmd eventstore.Command, want []expected, refused func(error) bool) {
	cmd.Tenant = m.tenant
	head := m.base + int64(len(m.events))
	r, err := m.nodes[m.drawNode(rt)].Execute(context.Background(), cmd)
	if refused != nil {
		if err == nil || !refused(err) {
			rt.Fatalf("the model refuses, the log answers %+v, %v", r, err)
		}
		return
	}
	if err != nil {
		rt.Fatalf("the model accepts, the log answers %v", err)
	}
	if len(want) == 0 {
		if r.First != 0 || r.Last != head {
			rt.Fatalf("nothing was recorded at head %d, and the receipt is %+v", head, r)
		}
		return
	}
	if r.First != head+1 || r.Last != head+int64(len(want)) || len(r.Events) != len(want) || r.Replayed {
		rt.Fatalf("%d events after %d, and the receipt is %+v", len(want), head, r)
	}
	m.events = append(m.events, want...)
	m.done = append(m.done, executed{cmd, r.First, r.Last})
}

func closedStreamError(err error) bool { return errors.Is(err, eventstore.ErrStreamClosed) }

func full(err error) bool { return isRefusal(err, "test.full") }

func (m *machine) put(rt *rapid.T) {
	s := m.drawStream(rt, "stream")
	slip := rapid.Int64Range(0, 99).Draw(rt, "slip")
	cmd := putInto(s, slip)
	d, version := m.state(s)
	cmd.Touches[0].Expected = rapid.SampledFrom([]int64{eventstore.AnyVersion, eventstore.AnyVersion, version, version + 1, max(0, version-1)}).Draw(rt, "expected")
	want := []expected{{s, cmd.ID, put{Slip: slip}}}
	switch at := cmd.Touches[0].Expected; {
	case at != eventstore.AnyVersion && at != version:
		m.execute(rt, cmd, nil, func(err error) bool {
			var c *eventstore.Conflict
			return errors.As(err, &c) && c.Actual == version && int64(len(c.Changed)) == max(0, version-at)
		})
	case int64(len(d.Slips)) >= d.Room:
		m.execute(rt, cmd, nil, full)
	case d.Done:
		m.execute(rt, cmd, nil, closedStreamError)
	default:
		m.execute(rt, cmd, want, nil)
	}
}

func (m *machine) putTwice(rt *rapid.T) {
	s := m.drawStream(rt, "stream")
	cmd := putInto(s, 1)
	cmd.Decide = func(d *eventstore.Decision) error {
		if err := decidePut(d, 0, 1); err != nil {
			return err
		}
		return decidePut(d, 0, 2)
	}
	d, _ := m.state(s)
	switch {
	case int64(len(d.Slips))+2 > d.Room:
		m.execute(rt, cmd, nil, full)
	case d.Done:
		m.execute(rt, cmd, nil, closedStreamError)
	default:
		m.execute(rt, cmd, []expected{{s, cmd.ID, put{Slip: 1}}, {s, cmd.ID, put{Slip: 2}}}, nil)
	}
}

// move records into two streams, or, when the second is full, into neither.
func (m *machine) move(rt *rapid.T) {
	from := m.drawStream(rt, "from")
	to := drawer(from.Key + "'")
	cmd := putInto(from, 0)
	cmd.Touches = append(cmd.Touches, any1(to)...)
	cmd.Decide = func(d *eventstore.Decision) error {
		d.Record(0, widened{1})
		return decidePut(d, 1, 5)
	}
	d, _ := m.state(from)
	other, _ := m.state(to)
	switch {
	case int64(len(other.Slips)) >= other.Room:
		m.execute(rt, cmd, nil, full)
	case d.Done:
		m.execute(rt, cmd, nil, closedStreamError)
	default:
		m.execute(rt, cmd, []expected{{from, cmd.ID, widened{1}}, {to, cmd.ID, put{Slip: 5}}}, nil)
	}
}

func (m *machine) widen(rt *rapid.T) {
	s := m.drawStream(rt, "stream")
	cmd := putInto(s, 0)
	cmd.Decide = func(d *eventstore.Decision) error { d.Record(0, widened{1}); return nil }
	if d, _ := m.state(s); d.Done {
		m.execute(rt, cmd, nil, closedStreamError)
		return
	}
	m.execute(rt, cmd, []expected{{s, cmd.ID, widened{1}}}, nil)
}

func (m *machine) lock(rt *rapid.T) {
	s := m.drawStream(rt, "stream")
	cmd := lock(s)
	if d, _ := m.state(s); d.Done {
		m.execute(rt, cmd, nil, closedStreamError)
		return
	}
	m.execute(rt, cmd, []expected{{s, cmd.ID, locked{}}}, nil)
}

// look compares what the decider saw when it ran last: before, it may have run on an older head.
func (m *machine) look(rt *rapid.T) {
	s := m.drawStream(rt, "stream")
	want, at := m.state(s)
	var saw Drawer
	var version int64
	m.execute(rt, look(s, func(d Drawer, v int64) { saw, version = d, v }), nil, nil)
	if fmt.Sprint(saw) != fmt.Sprint(want) || version != at {
		rt.Fatalf("%s is %+v at %d, the model says %+v at %d", s, saw, version, want, at)
	}
}

func (m *machine) drawDone(rt *rapid.T) executed {
	if len(m.done) == 0 {
		rt.Skip("nothing was executed yet")
	}
	return m.done[rapid.IntRange(0, len(m.done)-1).Draw(rt, "command")]
}

func (m *machine) repeat(rt *rapid.T) {
	old := m.drawDone(rt)
	r, err := m.nodes[m.drawNode(rt)].Execute(context.Background(), old.cmd)
	if err != nil || !r.Replayed || r.First != old.first || r.Last != old.last || int64(len(r.Events)) != old.last-old.first+1 {
		rt.Fatalf("executed at %d to %d, repeated: %+v, %v", old.first, old.last, r, err)
	}
}

func (m *machine) reuse(rt *rapid.T) {
	old := m.drawDone(rt).cmd
	old.Content = []byte("something else")
	if r, err := m.nodes[m.drawNode(rt)].Execute(context.Background(), old); !errors.Is(err, eventstore.ErrReusedID) {
		rt.Fatalf("an id was used for another command, and the answer is %+v, %v", r, err)
	}
}

// check holds the whole log of this case against the model, seen from either node.
func (m *machine) check(rt *rapid.T) {
	s := m.nodes[len(m.events)%2]
	var got []eventstore.Recorded
	for {
		page, err := s.Read(context.Background(), eventstore.Main, m.base+int64(len(got)), 4)
		if err != nil {
			rt.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
	}
	if len(got) != len(m.events) {
		rt.Fatalf("the log holds %d events, the model %d", len(got), len(m.events))
	}
	codec := drawerCodec()
	versions := map[eventstore.Stream]int64{}
	for i := range got {
		e, want := &got[i], m.events[i]
		versions[want.stream]++
		event, err := codec.Decode(e.Type, e.Schema, e.Data)
		digest, _ := eventstore.DigestOf(e, nil)
		if err != nil || event != want.event || e.Position != m.base+int64(i)+1 || e.Stream != want.stream ||
			e.Command != want.command || e.Version != versions[want.stream] || digest != e.Digest || e.Tenant != m.tenant {
			rt.Fatalf("position %d is %+v, the model says %+v (%v)", m.base+int64(i)+1, *e, want, err)
		}
		if i > 0 && e.RecordedAt.Before(got[i-1].RecordedAt) {
			rt.Fatalf("time runs back at position %d", e.Position)
		}
	}
}
