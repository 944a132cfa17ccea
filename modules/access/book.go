package access

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Book is what this node knows of people, roles, grants, delegations, need-to-know lists and
// emergencies: a fold of the log in memory, which follows it as it grows, so a right that was taken
// away on any node is gone here within a second or so. When it meets an event it cannot read it
// lets nobody in.
type Book struct {
	log   eventstore.Store
	codec *eventstore.Codec
	zone  *time.Location

	mu          sync.RWMutex
	units       *tree
	people      map[string]person
	roles       map[string]role
	duties      duties
	objects     map[string]object
	emergencies map[string]emergency
	asked       map[string][]string // a person's emergencies, by their ids
	policy      policy
	acts        *Catalogue
	approvals   map[string]bool // acts of approval
	position    int64
	broken      error
	moved       chan struct{} // closed and replaced when the book moves

	remembered sync.Map     // resolved standings of a day, by standingKey; forgotten when what they rest on moves
	kept       atomic.Int64 // how many are remembered
	gives      sync.Map     // what a role gives from a day on, by roleDay
}

// NewBook returns an empty book over a log. acts are the modules' acts; zone is where days begin.
func NewBook(log eventstore.Store, acts *Catalogue, zone *time.Location) *Book {
	b := &Book{
		log: log, codec: eventstore.NewCodec(accessEvents()...), zone: zone, units: newTree(),
		people: map[string]person{}, roles: map[string]role{}, objects: map[string]object{}, emergencies: map[string]emergency{}, asked: map[string][]string{},
		acts: acts, approvals: map[string]bool{}, moved: make(chan struct{}),
	}
	for _, name := range acts.ofKinds(Approving) {
		b.approvals[name] = true
	}
	return b
}

const bookPage = 1000

// CatchUp brings the book to the head of the log.
func (b *Book) CatchUp(ctx context.Context) error {
	for {
		page, err := b.log.Read(ctx, eventstore.Main, b.Position(), bookPage)
		if err != nil {
			return fmt.Errorf("bring the book of access up to date: %w", err)
		}
		if err := b.Apply(page); err != nil {
			return err
		}
		if len(page) < bookPage {
			return nil
		}
	}
}

// Run follows the log until ctx ends.
func (b *Book) Run(ctx context.Context) error {
	signal := b.log.Watch(ctx, eventstore.Main)
	look := time.NewTicker(time.Second) // also without a signal
	defer look.Stop()
	for {
		if err := b.CatchUp(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "the book of access does not follow the log", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-signal:
		case <-look.C:
		}
	}
}

// Position is the newest event of the log that the book knows.
func (b *Book) Position() int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.position
}

// Moved is closed when the book learns something new. Take it before looking.
func (b *Book) Moved() <-chan struct{} {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.moved
}

// Apply folds a page of the log. Pages that were folded before change nothing.
func (b *Book) Apply(page []eventstore.Recorded) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken != nil {
		return b.broken
	}
	changed, own := false, false
	for i := range page {
		e := &page[i]
		if e.Position <= b.position {
			continue
		}
		if e.Stream.Category == "access.object" && !own {
			b.objects, own = maps.Clone(b.objects), true // standings keep the old one; one copy a page
		}
		touched, err := b.fold(e)
		if err != nil {
			b.broken = fmt.Errorf("the book of access cannot read position %d and lets nobody in: %w", e.Position, err)
			return b.broken
		}
		b.position, changed = e.Position, changed || touched
	}
	if changed {
		close(b.moved)
		b.moved = make(chan struct{})
	}
	return nil
}

func (b *Book) fold(e *eventstore.Recorded) (bool, error) {
	if strings.HasPrefix(e.Type, "directory.") {
		moved, err := b.units.fold(e)
		if moved {
			b.forget("")
		}
		return moved, err
	}
	switch e.Stream.Category {
	case "access.person", "access.role", "access.duties", "access.object", "access.emergency", "access.policy":
	default:
		return false, nil
	}
	event, err := b.codec.Decode(e.Type, e.Schema, e.Data)
	if err != nil {
		return false, err
	}
	key := e.Stream.Key
	switch e.Stream.Category {
	case "access.person":
		b.people[key] = b.people[key].evolve(event)
		b.forget(key)
	case "access.role":
		b.roles[key] = b.roles[key].evolve(event)
		switch event.(type) {
		case RoleSet, RoleRetitled, RoleDefined:
			b.gives.Clear()
			b.forget("")
		}
	case "access.duties":
		b.duties = b.duties.evolve(event)
		b.forget("")
	case "access.object":
		b.objects[key] = b.objects[key].evolve(event)
	case "access.emergency":
		b.emergencies[key] = b.emergencies[key].evolve(event)
		if asked, first := event.(EmergencyAsked); first {
			b.asked[asked.Person] = append(b.asked[asked.Person], key)
		}
	case "access.policy":
		b.policy = b.policy.evolve(event)
		b.forget("")
	}
	return true, nil
}

// Reach is what a unit covers on a day, as the book knows the tree.
func (b *Book) Reach(unit string, on kernel.Date) ([]string, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.units.Reach(unit, on)
}

// person is what the book knows of a person.
func (b *Book) person(id string) (person, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p, there := b.people[id]
	return p, there && p.known()
}

// waitingEmergencies are those whose second person has not answered.
func (b *Book) waitingEmergencies() map[string]emergency {
	b.mu.RLock()
	defer b.mu.RUnlock()
	waiting := map[string]emergency{}
	for id, e := range b.emergencies {
		if e.waits() {
			waiting[id] = e
		}
	}
	return waiting
}

// Name is what somebody is called, whether or not they still work here.
func (b *Book) Name(id string) (kernel.Text, bool) {
	p, known := b.person(id)
	return p.Name, known
}
