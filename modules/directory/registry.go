package directory

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Registry holds the directory in memory and follows the log, so that every node answers "where does
// this unit stand on that day" without a question to the database. Its answers are values that do
// not change under their reader.
type Registry struct {
	log    eventstore.Store
	tenant uuid.UUID

	mu       sync.Mutex
	tree     followed[register]
	lists    followed[lists]
	calendar followed[WorkCalendar]
	position int64         // of the lane, up to which everything is in
	moved    chan struct{} // closed and replaced at each step
}

// followed is the newest state of one stream, and where in the log its events are.
type followed[S any] struct {
	tenant    uuid.UUID
	stream    eventstore.Stream
	category  eventstore.Category
	state     S
	positions []int64
}

// take moves the state over events; those it has already are passed over.
func (f *followed[S]) take(events []eventstore.Recorded) error {
	for i := range events {
		e := &events[i]
		if e.Stream != f.stream || e.Tenant != f.tenant || e.Version <= int64(len(f.positions)) {
			continue
		}
		if e.Version != int64(len(f.positions))+1 {
			return fmt.Errorf("%s jumps from version %d to %d", f.stream, len(f.positions), e.Version)
		}
		state, err := f.category.Fold(f.state, events[i:i+1])
		if err != nil {
			return err
		}
		f.state, f.positions = state.(S), append(f.positions, e.Position)
	}
	return nil
}

// known is how many events of the stream stood in the log at a position.
func (f *followed[S]) known(position int64) int64 {
	return int64(sort.Search(len(f.positions), func(i int) bool { return f.positions[i] > position }))
}

// NewRegistry returns an empty registry over a log; CatchUp fills it and Run keeps it so.
func NewRegistry(log eventstore.Store, tenant uuid.UUID) *Registry {
	return &Registry{
		log: log, tenant: tenant, moved: make(chan struct{}),
		tree:     followed[register]{tenant: tenant, stream: TreeStream(), category: treeCategory()},
		lists:    followed[lists]{tenant: tenant, stream: ListsStream(), category: listCategory()},
		calendar: followed[WorkCalendar]{tenant: tenant, stream: CalendarStream(), category: calendarCategory()},
	}
}

// CatchUp brings the registry to the head of the log.
func (g *Registry) CatchUp(ctx context.Context) error {
	head, _, err := g.log.Head(ctx, eventstore.Main)
	if err != nil {
		return fmt.Errorf("read the log's head: %w", err)
	}
	g.mu.Lock()
	from := map[eventstore.Stream]int{
		TreeStream(): len(g.tree.positions), ListsStream(): len(g.lists.positions), CalendarStream(): len(g.calendar.positions),
	}
	g.mu.Unlock()
	var events []eventstore.Recorded
	for stream, version := range from {
		newer, err := g.log.ReadStream(ctx, g.tenant, stream, int64(version))
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		events = append(events, newer...)
	}
	return g.step(head, events)
}

// step takes events in, and notes that nothing up to a position is missing.
func (g *Registry) step(position int64, events []eventstore.Recorded) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := errors.Join(g.tree.take(events), g.lists.take(events), g.calendar.take(events)); err != nil {
		return fmt.Errorf("follow the directory: %w", err)
	}
	if position > g.position {
		g.position = position
	}
	close(g.moved)
	g.moved = make(chan struct{})
	return nil
}

// page is how many events are followed at a time.
const page = 2000

// Run follows the log until ctx ends. An error of the log is waited out; an event that cannot be
// read ends it with that error.
func (g *Registry) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := g.CatchUp(ctx); err == nil {
			break
		}
		pause(ctx, time.Second)
	}
	grown := g.log.Watch(ctx, eventstore.Main)
	look := time.NewTicker(time.Second) // signals may be lost with a connection
	defer look.Stop()
	for ctx.Err() == nil {
		events, err := g.log.Read(ctx, eventstore.Main, g.Position(), page)
		if err != nil {
			pause(ctx, time.Second)
			continue
		}
		if len(events) > 0 {
			if err := g.step(events[len(events)-1].Position, events); err != nil {
				return err
			}
			continue
		}
		select {
		case _, open := <-grown:
			if !open {
				grown = nil
			}
		case <-look.C:
		case <-ctx.Done():
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// Position is how far the registry has come.
func (g *Registry) Position() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.position
}

// Wait returns nil once the registry has passed a position, or the context's error.
func (g *Registry) Wait(ctx context.Context, position int64) error {
	for {
		g.mu.Lock()
		reached, moved := g.position >= position, g.moved
		g.mu.Unlock()
		if reached {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return fmt.Errorf("wait for the directory to pass %d: %w", position, ctx.Err())
		}
	}
}

// Moved is closed when the registry next takes a step, so that whoever keeps something made from it
// can make it afresh.
func (g *Registry) Moved() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.moved
}

// UnitsAt is the tree as it is on a day, with all that is known now.
func (g *Registry) UnitsAt(day kernel.Date) Units {
	g.mu.Lock()
	defer g.mu.Unlock()
	return Units{r: g.tree.state, day: day}
}

// UnitsKnownAt is the tree of a day as it was known at a position of the log.
func (g *Registry) UnitsKnownAt(day kernel.Date, position int64) Units {
	g.mu.Lock()
	defer g.mu.Unlock()
	known := g.tree.known(position)
	if known == 0 {
		return Units{day: day}
	}
	return Units{r: g.tree.state, day: day, upTo: known}
}

// Calendar is the national working calendar as it is known now.
func (g *Registry) Calendar() WorkCalendar {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.calendar.state
}

// List returns a code list by name.
func (g *Registry) List(name string) (List, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.lists.state.find(name)
}

// Lists are all code lists by name.
func (g *Registry) Lists() []List {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.lists.state.sorted()
}

// ValidOn tells whether a new document of a day may take a code of a list.
func (g *Registry) ValidOn(list, code string, day kernel.Date) bool {
	found, ok := g.List(list)
	return ok && found.ValidOn(code, day)
}
