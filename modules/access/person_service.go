package access

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// RegisterPerson begins a person under the name they sign in with.
type RegisterPerson struct {
	Command uuid.UUID
	Person  string
	Name    kernel.Text
	Title   kernel.Text
	On      string // empty = today
}

// RegisterPerson registers a person. They hold nothing yet.
func (m *Module) RegisterPerson(ctx context.Context, by *Standing, in RegisterPerson) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRegisterPerson, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	id, name, title := f.id("person", in.Person), f.name("name", in.Name), f.title("title", in.Title)
	on := f.day("on", in.On, m.today())
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "RegisterPerson", in, []eventstore.Stream{personStream(id)}, func(d *eventstore.Decision) error {
		return record(d, 0)(eventstore.StateOf[person](d, 0).register(id, name, title, on))
	})
}

// record records what a decider decided, into one stream.
func record(d *eventstore.Decision, stream int) func(e eventstore.Event, err error) error {
	return func(e eventstore.Event, err error) error {
		if err == nil {
			d.Record(stream, e)
		}
		return err
	}
}

// ChangePerson changes how a person is called, or what they may do as a whole.
type ChangePerson struct {
	Command uuid.UUID
	Person  string
	Name    kernel.Text // of a renaming
	Title   kernel.Text
	Reason  string // of everything else
	Last    string // the last day of one who leaves; empty = today
}

// RenamePerson gives a person another name and title.
func (m *Module) RenamePerson(ctx context.Context, by *Standing, in ChangePerson) (eventstore.Receipt, error) {
	var f form
	name, title := f.name("name", in.Name), f.title("title", in.Title)
	return m.change(ctx, by, in, "RenamePerson", &f, func(person) (eventstore.Event, error) {
		return PersonRenamed{Name: name, Title: title}, nil
	})
}

// SuspendPerson takes everything away from a person until they are reinstated.
func (m *Module) SuspendPerson(ctx context.Context, by *Standing, in ChangePerson) (eventstore.Receipt, error) {
	var f form
	reason := f.reason(in.Reason)
	return m.change(ctx, by, in, "SuspendPerson", &f, func(p person) (eventstore.Event, error) {
		if p.Suspended {
			return nil, refused("access.suspended_before", "person", "%s موقوف من قبل.", "%s is suspended already.", in.Person)
		}
		return PersonSuspended{Reason: reason}, nil
	})
}

// ReinstatePerson ends a suspension.
func (m *Module) ReinstatePerson(ctx context.Context, by *Standing, in ChangePerson) (eventstore.Receipt, error) {
	var f form
	reason := f.reason(in.Reason)
	return m.change(ctx, by, in, "ReinstatePerson", &f, func(p person) (eventstore.Event, error) {
		if !p.Suspended {
			return nil, refused("access.not_suspended", "person", "%s ليس موقوفاً.", "%s is not suspended.", in.Person)
		}
		return PersonReinstated{Reason: reason}, nil
	})
}

// EndPerson ends a person for good after their last day.
func (m *Module) EndPerson(ctx context.Context, by *Standing, in ChangePerson) (eventstore.Receipt, error) {
	var f form
	reason, last := f.reason(in.Reason), f.day("last", in.Last, m.today())
	return m.change(ctx, by, in, "EndPerson", &f, func(p person) (eventstore.Event, error) {
		if !p.Last.IsZero() {
			return nil, unknownPerson("person", in.Person)
		}
		return PersonLeft{Last: last, Reason: reason}, nil
	})
}

func (m *Module) change(ctx context.Context, by *Standing, in ChangePerson, act string, f *form, decide func(person) (eventstore.Event, error)) (eventstore.Receipt, error) {
	var allowed form
	if !allowed.permit(by, MayChangePerson, Object{}) {
		return eventstore.Receipt{}, allowed.result()
	}
	if isSelf(by, in.Person) {
		f.add("", ownRights("person"))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, act, in, []eventstore.Stream{personStream(in.Person)}, func(d *eventstore.Decision) error {
		p := eventstore.StateOf[person](d, 0)
		if !p.known() {
			return unknownPerson("person", in.Person)
		}
		return record(d, 0)(decide(p))
	})
}

// GiveClearance sets the highest grade of secrecy a person may see.
type GiveClearance struct {
	Command  uuid.UUID
	Person   string
	Level    Secrecy
	From, To string
	Reason   string
}

// GiveClearance gives it for a period; the one given last counts.
func (m *Module) GiveClearance(ctx context.Context, by *Standing, in GiveClearance) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayClear, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	e := ClearanceGiven{Level: in.Level, Period: f.period(in.From, in.To, m.today()), Reason: f.reason(in.Reason)}
	if !in.Level.valid() {
		f.add("", refused("access.secrecy_unknown", "level", "درجات السرية من 0 إلى 3.", "Grades of secrecy are 0 to 3."))
	}
	if e.Period.Empty() {
		f.add("", refused("access.period_empty", "to", "ينتهي المنح قبل أن يبدأ (%s).", "The period ends before it begins (%s).", e.Period))
	}
	if isSelf(by, in.Person) {
		f.add("", ownRights("person"))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "GiveClearance", in, []eventstore.Stream{personStream(in.Person)}, func(d *eventstore.Decision) error {
		if !eventstore.StateOf[person](d, 0).known() {
			return unknownPerson("person", in.Person)
		}
		d.Record(0, e)
		return nil
	})
}
