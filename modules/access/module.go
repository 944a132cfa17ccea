package access

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Module takes the commands of access for one tenant, and keeps the book.
type Module struct {
	log    eventstore.Store
	tenant uuid.UUID
	clock  func() time.Time
	zone   *time.Location
	acts   *Catalogue
	book   *Book
}

// New returns the module over a log. clock gives the moment, zone the calendar day it falls on, acts
// all that may be held by roles.
func New(log eventstore.Store, tenant uuid.UUID, clock func() time.Time, zone *time.Location, acts *Catalogue) *Module {
	return &Module{log: log, tenant: tenant, clock: clock, zone: zone, acts: acts, book: NewBook(log, acts, zone)}
}

// Book is the module's book; somebody must run it.
func (m *Module) Book() *Book { return m.book }

// Catalogue is all that may be held by roles.
func (m *Module) Catalogue() *Catalogue { return m.acts }

// Standing resolves what somebody may do now.
func (m *Module) Standing(who string, as Acting) (Standing, bool) {
	return m.book.Standing(who, as, m.clock())
}

// Program is the standing of Diwan's own work, such as seeding a demo: these acts, everywhere.
func Program(name string, acts ...string) *Standing {
	everywhere := holding{acts: make(map[string]bool, len(acts)), prefixes: []string{""}}
	for _, a := range acts {
		everywhere.acts[a] = true
	}
	return &Standing{Person: name, held: []holding{everywhere}}
}

func (m *Module) today() kernel.Date { return kernel.DateOf(m.clock().In(m.zone)) }

// execute hands a decision to the log. act and in are the command's content, so that the same id
// with other content is refused.
func (m *Module) execute(ctx context.Context, by *Standing, id uuid.UUID, act string, in any, t []eventstore.Stream, decide func(*eventstore.Decision) error) (eventstore.Receipt, error) {
	if id == uuid.Nil {
		return eventstore.Receipt{}, refused("command.id_missing", "command", "رقم الأمر (UUID) ناقص.", "The command id (a UUID) is missing.")
	}
	content, err := json.Marshal(struct {
		Act string `json:"act"`
		In  any    `json:"in"`
	}{act, in})
	if err != nil {
		return eventstore.Receipt{}, fmt.Errorf("write the content of %s: %w", act, err)
	}
	touches := make([]eventstore.Touch, len(t))
	for i, s := range t {
		touches[i] = eventstore.Touch{Stream: s, Expected: eventstore.AnyVersion}
	}
	receipt, err := m.log.Execute(ctx, eventstore.Command{
		ID: id, Tenant: m.tenant, Actor: by.Person, OnBehalfOf: by.OnBehalfOf, Content: content, Touches: touches, Decide: decide,
	})
	if err != nil && kernel.ProblemsOf(err) == nil {
		return receipt, fmt.Errorf("%s: %w", act, err)
	}
	if err == nil { // this node's next request knows it
		err = m.book.CatchUp(ctx)
	}
	return receipt, err
}

// within is where something that concerns a unit is done; a unit that does not stand is refused.
func (m *Module) within(f *form, path, unit string) Object {
	prefixes, stands := m.book.Reach(unit, m.today())
	if !stands || len(prefixes) == 0 {
		f.add("", refused("access.unit_unknown", path, "لم يُعثر على الوحدة «%s».", "Nothing found: there is no unit %q.", unit))
		return Object{Unit: "."}
	}
	if prefixes[0] == "" {
		return Object{Unit: "."}
	}
	return Object{Unit: prefixes[0]}
}

// isSelf tells whether somebody acts on their own rights, or on those of the one they act for.
func isSelf(by *Standing, who string) bool {
	return who != "" && (by.Person == who || by.OnBehalfOf == who)
}

// Run keeps the book at the head of the log until ctx ends, and sees that no emergency is forgotten.
func (m *Module) Run(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- m.book.Run(ctx) }()
	look := time.NewTicker(time.Minute)
	defer look.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-look.C:
			if err := m.Unanswered(ctx); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "emergencies without an answer are not recorded", "error", err)
			}
		}
	}
}
