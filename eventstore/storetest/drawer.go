package storetest

import (
	"fmt"
	"slices"

	"diwan/eventstore"
)

// The tests work on drawers: a drawer has room, slips are put in, at last it is locked.

// Drawer is the state of one drawer.
type Drawer struct {
	Room  int64   `json:"room"`
	Slips []int64 `json:"slips"`
	Done  bool    `json:"done"`
}

type put struct {
	Slip int64  `json:"slip"`
	Note string `json:"note,omitempty"`
}

type widened struct {
	Room int64 `json:"room"`
}

type locked struct{}

func (put) EventType() string     { return "test.slip_put" }
func (widened) EventType() string { return "test.drawer_widened" }
func (locked) EventType() string  { return "test.drawer_locked" }

// firstRoom is what a drawer holds before it is widened.
const firstRoom = 100

func evolve(d Drawer, e eventstore.Event) Drawer {
	switch e := e.(type) {
	case put:
		d.Slips = append(slices.Clip(d.Slips), e.Slip)
	case widened:
		d.Room += e.Room
	case locked:
		d.Done = true
	}
	return d
}

func drawerCodec() *eventstore.Codec {
	return eventstore.NewCodec(eventstore.Type[put](1, nil), eventstore.Type[widened](1, nil), eventstore.Type[locked](1, nil))
}

func drawers() eventstore.Category {
	return eventstore.CategoryOf("test.drawer", eventstore.Main, drawerCodec(), Drawer{Room: firstRoom}, evolve)
}

// Categories are the streams of the suite: drawers, drawers with snapshots, and looks in the lane of
// looks.
func Categories() []eventstore.Category {
	return []eventstore.Category{
		drawers(),
		eventstore.CategoryOf("test.cabinet", eventstore.Main, drawerCodec(), Drawer{Room: 100_000}, evolve).WithSnapshot("cabinet/1"),
		eventstore.CategoryOf("test.look", eventstore.Access, drawerCodec(), Drawer{Room: 100_000}, evolve),
	}
}

func drawer(key string) eventstore.Stream {
	return eventstore.Stream{Category: "test.drawer", Key: key}
}

func any1(s eventstore.Stream) []eventstore.Touch {
	return []eventstore.Touch{{Stream: s, Expected: eventstore.AnyVersion}}
}

// putInto puts a slip into a stream if there is room.
func putInto(s eventstore.Stream, slip int64) eventstore.Command {
	return eventstore.Command{
		ID: newID(), Actor: "rana", Content: fmt.Appendf(nil, "put %d", slip), Touches: any1(s),
		Decide: func(d *eventstore.Decision) error { return decidePut(d, 0, slip) },
	}
}

func decidePut(d *eventstore.Decision, i int, slip int64) error {
	state := eventstore.StateOf[Drawer](d, i)
	if int64(len(state.Slips)) >= state.Room {
		return refuse("test.full", "the drawer holds %d slips and has room for no more", len(state.Slips))
	}
	d.Record(i, put{Slip: slip})
	return nil
}

// lock closes a stream.
func lock(s eventstore.Stream) eventstore.Command {
	return eventstore.Command{
		ID: newID(), Actor: "huda", Content: []byte("lock"), Touches: any1(s),
		Decide: func(d *eventstore.Decision) error {
			d.RecordLast(0, locked{})
			return nil
		},
	}
}

// look reads a stream inside the log's order and tells what it held.
func look(s eventstore.Stream, tell func(Drawer, int64)) eventstore.Command {
	return eventstore.Command{
		ID: newID(), Actor: "nour", Content: []byte("look"), Touches: any1(s),
		Decide: func(d *eventstore.Decision) error {
			tell(eventstore.StateOf[Drawer](d, 0), d.Version(0))
			return nil
		},
	}
}
