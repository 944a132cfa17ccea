package access

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
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
	approvals   map[string]bool // acts of approval
	position    int64
	broken      error
	moved       chan struct{} // closed and replaced when the book moves

	remembered sync.Map // resolved standings of a day, by standingKey; emptied when the book moves
}

type standingKey struct {
	who, behalf string
	day         kernel.Date
}

// NewBook returns an empty book over a log. acts are the modules' acts; zone is where days begin.
func NewBook(log eventstore.Store, acts *Catalogue, zone *time.Location) *Book {
	b := &Book{
		log: log, codec: eventstore.NewCodec(accessEvents()...), zone: zone, units: newTree(),
		people: map[string]person{}, roles: map[string]role{}, objects: map[string]object{}, emergencies: map[string]emergency{}, asked: map[string][]string{},
		approvals: map[string]bool{}, moved: make(chan struct{}),
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
	changed := false
	for i := range page {
		e := &page[i]
		if e.Position <= b.position {
			continue
		}
		touched, err := b.fold(e)
		if err != nil {
			b.broken = fmt.Errorf("the book of access cannot read position %d and lets nobody in: %w", e.Position, err)
			return b.broken
		}
		b.position, changed = e.Position, changed || touched
	}
	if changed {
		b.remembered.Clear()
		close(b.moved)
		b.moved = make(chan struct{})
	}
	return nil
}

func (b *Book) fold(e *eventstore.Recorded) (bool, error) {
	if strings.HasPrefix(e.Type, "directory.") {
		return b.units.fold(e)
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
	case "access.role":
		b.roles[key] = b.roles[key].evolve(event)
	case "access.duties":
		b.duties = b.duties.evolve(event)
	case "access.object":
		objects := make(map[string]object, len(b.objects)+1) // standings keep the old one
		for k, o := range b.objects {
			objects[k] = o
		}
		objects[key] = b.objects[key].evolve(event)
		b.objects = objects
	case "access.emergency":
		b.emergencies[key] = b.emergencies[key].evolve(event)
		if asked, first := event.(EmergencyAsked); first {
			b.asked[asked.Person] = append(b.asked[asked.Person], key)
		}
	case "access.policy":
		b.policy = b.policy.evolve(event)
	}
	return true, nil
}

// Standing resolves what somebody may do at a moment; false when they may do nothing at all: they
// are not known, have left or are suspended, or hold no delegation of the principal they name.
func (b *Book) Standing(who string, as Acting, at time.Time) (Standing, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	key := standingKey{who, as.OnBehalfOf, kernel.DateOf(at.In(b.zone))}
	if b.broken != nil {
		return Standing{}, false
	}
	var s Standing
	if resolved, there := b.remembered.Load(key); there {
		s = resolved.(Standing)
	} else {
		var ok bool
		if s, ok = b.resolve(key); !ok {
			return Standing{}, false
		}
		b.remembered.Store(key, s)
	}
	s.At, s.steppedUp = at, as.SteppedUp
	if s.OnBehalfOf == "" {
		b.openEmergency(&s, at)
	}
	return s, true
}

// resolve works out what holds all day long.
func (b *Book) resolve(key standingKey) (Standing, bool) {
	p := b.people[key.who]
	if !p.worksOn(key.day) {
		return Standing{}, false
	}
	s := Standing{
		Person: key.who, Name: p.Name, Title: p.Title, Clearance: p.clearanceOn(key.day), day: key.day,
		acts: map[string][]reach{}, lists: b.objects, worked: &resolved{},
	}
	if b.policy.stepUpOn(key.day) {
		s.stepUp = b.approvals
	}
	if key.behalf == "" || key.behalf == key.who {
		for _, g := range p.Grants {
			b.add(&s, g, key.day, nil)
		}
		return s, true
	}
	return s, b.actFor(&s, p, key.behalf, key.day)
}

// actFor fills a standing with what the principal has handed over, as far as the principal holds it
// today. Roles that may not meet with one of the delegate's own stay out, whenever they were granted.
func (b *Book) actFor(s *Standing, own person, principal string, day kernel.Date) bool {
	p := b.people[principal]
	if !p.worksOn(day) {
		return false
	}
	var acts []string
	for _, d := range p.Given {
		if d.Delegate == s.Person && d.Period.On(day) {
			acts = append(acts, d.Acts...)
			s.Delegated = d.Period
		}
	}
	if len(acts) == 0 {
		return false
	}
	s.OnBehalfOf, s.Clearance = principal, min(s.Clearance, p.clearanceOn(day))
	mine := own.roles(Period{From: day, To: day})
	for _, g := range p.Grants {
		if _, _, meet := b.duties.conflict([]string{g.Role}, mine); !meet {
			b.add(s, g, day, acts)
		}
	}
	return true
}

// add puts a grant into a standing: everything, or only some acts.
func (b *Book) add(s *Standing, g grant, day kernel.Date, only []string) {
	if !g.Period.On(day) {
		return
	}
	prefixes, stands := b.units.Reach(g.Unit, day)
	if !stands {
		return
	}
	set := b.roles[g.Role].on(day)
	for _, act := range set.Permissions {
		if only != nil && !slices.Contains(only, act) {
			continue
		}
		for _, prefix := range prefixes {
			s.acts[act] = append(s.acts[act], reach{prefix, g})
		}
	}
	if !slices.Contains(s.Roles, g.Role) {
		s.Roles = append(s.Roles, g.Role)
	}
	s.Limit = max(s.Limit, set.Limit)
}

// resolved is set once for what others work out from a standing, and shared by its copies.
type resolved struct {
	once  [2]sync.Once
	value [2]any
}

// openEmergency adds the person's newest emergency that is open.
func (b *Book) openEmergency(s *Standing, at time.Time) {
	for _, id := range b.asked[s.Person] {
		m := b.emergencies[id]
		if !m.openAt(at) || s.open != nil && !m.Asked.At.After(s.open.Asked.At) {
			continue
		}
		if prefixes, stands := b.units.Reach(m.Asked.Unit, s.day); stands {
			s.open, s.openReach = &m, prefixes
		}
	}
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
