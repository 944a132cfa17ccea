package access

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Delegate hands kinds of the principal's own acts to somebody for some days.
type Delegate struct {
	Command  uuid.UUID
	Delegate string
	Kinds    []Kind
	From, To string
	Reason   string
}

// Delegate hands over what the one who asks holds in their own right; under a delegation nothing is
// handed on. The delegate acts within their own clearance, and it ends with the principal's grants.
func (m *Module) Delegate(ctx context.Context, by *Standing, in Delegate) (eventstore.Receipt, error) {
	var f form
	if by.OnBehalfOf != "" {
		f.add("", refused("access.onward_delegation", "", "لا يُفوَّض بتفويض. يفوّض صاحب الحق نفسه.", "A delegation is not delegated on. The principal delegates."))
	}
	acts := slices.DeleteFunc(m.acts.ofKinds(in.Kinds...), func(a string) bool { return !by.gives(a) })
	e := DelegationGiven{Delegation: in.Command.String(), Acts: acts, Period: f.period(in.From, in.To, m.today()), Reason: f.reason(in.Reason)}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{personStream(by.Person), personStream(in.Delegate), dutiesStream()}
	if in.Delegate == by.Person {
		return eventstore.Receipt{}, refused("access.same_person", "delegate", "لا يفوّض %s نفسه.", "%s cannot be their own delegate.", by.Person)
	}
	return m.execute(ctx, by, in.Command, "Delegate", in, streams, func(d *eventstore.Decision) error {
		given, received, err := eventstore.StateOf[person](d, 0).delegate(by.Person, in.Delegate, eventstore.StateOf[person](d, 1), e, by.Acts(), eventstore.StateOf[duties](d, 2))
		if err != nil {
			return err
		}
		d.Record(0, given)
		d.Record(1, received)
		return nil
	})
}

// WithdrawDelegation ends a delegation of the one who asks, or, for whoever changes people, of another.
type WithdrawDelegation struct {
	Command    uuid.UUID
	Principal  string // empty = the one who asks
	Delegation string
	Last       string // empty = yesterday: it is gone at once
	Reason     string
}

// WithdrawDelegation ends it after a day.
func (m *Module) WithdrawDelegation(ctx context.Context, by *Standing, in WithdrawDelegation) (eventstore.Receipt, error) {
	var f form
	principal := in.Principal
	if principal == "" {
		principal = by.Person
	}
	if principal != by.Person && !f.permit(by, MayChangePerson, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	last, reason := f.day("last", in.Last, m.today().AddDays(-1)), f.reason(in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	known, _ := m.book.person(principal)
	delegate := ""
	for _, d := range known.Given {
		if d.ID == in.Delegation {
			delegate = d.Delegate
		}
	}
	streams := []eventstore.Stream{personStream(principal), personStream(delegate)}
	return m.execute(ctx, by, in.Command, "WithdrawDelegation", in, streams, func(d *eventstore.Decision) error {
		e, to, err := eventstore.StateOf[person](d, 0).withdraw(in.Delegation, last, reason)
		if err != nil {
			return err
		}
		d.Record(0, e)
		if to == delegate {
			d.Record(1, e)
		}
		return nil
	})
}

// ClassifyObject sets the grade of secrecy of an object.
type ClassifyObject struct {
	Command uuid.UUID
	Object  string
	Secrecy Secrecy
	Reason  string
}

// ClassifyObject grades an object; who grades it need not be able to read it.
func (m *Module) ClassifyObject(ctx context.Context, by *Standing, in ClassifyObject) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayClassify, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	key, reason := f.visible("object", kernel.Text{Ar: "الموضوع", En: "Object"}, in.Object, longestName), f.reason(in.Reason)
	if key == "" {
		f.missing("object", kernel.Text{Ar: "الموضوع", En: "Object"})
	}
	if !in.Secrecy.valid() {
		f.add("", refused("access.secrecy_unknown", "secrecy", "درجات السرية من 0 إلى 3.", "Grades of secrecy are 0 to 3."))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "ClassifyObject", in, []eventstore.Stream{objectStream(key)}, func(d *eventstore.Decision) error {
		if eventstore.StateOf[object](d, 0).Secrecy != in.Secrecy {
			d.Record(0, ObjectClassified{Secrecy: in.Secrecy, Reason: reason})
		}
		return nil
	})
}

// NameReader puts a person on an object's need-to-know list, or takes them off it.
type NameReader struct {
	Command  uuid.UUID
	Object   string
	Person   string
	From, To string
	Reason   string
}

// NameReader names a reader. Nobody names themselves.
func (m *Module) NameReader(ctx context.Context, by *Standing, in NameReader) (eventstore.Receipt, error) {
	return m.reader(ctx, by, in, "NameReader", func(d *eventstore.Decision, period Period, reason string) error {
		if !eventstore.StateOf[person](d, 1).known() {
			return unknownPerson("person", in.Person)
		}
		d.Record(0, ReaderNamed{Person: in.Person, Period: period, Reason: reason})
		return nil
	})
}

// StrikeReader takes a person off the list.
func (m *Module) StrikeReader(ctx context.Context, by *Standing, in NameReader) (eventstore.Receipt, error) {
	return m.reader(ctx, by, in, "StrikeReader", func(d *eventstore.Decision, _ Period, reason string) error {
		if !slices.ContainsFunc(eventstore.StateOf[object](d, 0).Readers, func(r reader) bool { return r.Person == in.Person }) {
			return refused("access.not_on_list", "person", "ليس %s في قائمة المطلعين.", "%s is not on the list.", in.Person)
		}
		d.Record(0, ReaderStruck{Person: in.Person, Reason: reason})
		return nil
	})
}

func (m *Module) reader(ctx context.Context, by *Standing, in NameReader, act string, decide func(*eventstore.Decision, Period, string) error) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayClassify, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	period, reason := f.period(in.From, in.To, m.today()), f.reason(in.Reason)
	if isSelf(by, in.Person) {
		f.add("", ownRights("person"))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{objectStream(in.Object), personStream(in.Person)}
	return m.execute(ctx, by, in.Command, act, in, streams, func(d *eventstore.Decision) error { return decide(d, period, reason) })
}
