package access

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// SetRole says what a role's holders may do from a day on; the first one also begins the role.
type SetRole struct {
	Command     uuid.UUID
	Role        string
	Title       kernel.Text // may be left out once the role is there
	Permissions []string
	Limit       int64  // in minor units
	From        string // empty = today
}

// SetRole defines a role or dates another set of permissions for it. Permissions are named one by
// one: there is no name for all of them.
func (m *Module) SetRole(ctx context.Context, by *Standing, in SetRole) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayDefineRole, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	id, title := f.id("role", in.Role), f.title("title", in.Title)
	e := RoleSet{From: f.day("from", in.From, m.today()), Permissions: slices.Compact(slices.Sorted(slices.Values(in.Permissions))), Limit: in.Limit}
	for _, name := range e.Permissions {
		if _, there := m.acts.Find(name); !there {
			f.add("", refused("access.act_unknown", "permissions", "لا إجراء باسم «%s».", "There is no act %q.", name))
		}
	}
	if in.Limit < 0 {
		f.add("", refused("access.limit_negative", "limit", "السقف أقل من صفر.", "The limit is below zero."))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "SetRole", in, []eventstore.Stream{roleStream(id)}, func(d *eventstore.Decision) error {
		r := eventstore.StateOf[role](d, 0)
		switch {
		case !r.known() && title == (kernel.Text{}):
			return refused("field.missing", "title", "المسمى: الحقل فارغ.", "Title: the field is empty.")
		case !r.known():
			d.Record(0, RoleDefined{Title: title})
		case title != (kernel.Text{}) && title != r.Title:
			d.Record(0, RoleRetitled{Title: title})
		}
		d.Record(0, e)
		return nil
	})
}

// GrantRole gives a person a role in a unit and what is below it.
type GrantRole struct {
	Command  uuid.UUID
	Person   string
	Role     string
	Unit     string
	From, To string
}

// GrantRole grants it where the granter may grant. Nobody grants to themselves.
func (m *Module) GrantRole(ctx context.Context, by *Standing, in GrantRole) (eventstore.Receipt, error) {
	var f form
	on := m.within(&f, "unit", in.Unit)
	var allowed form
	if !allowed.permit(by, MayGrantRole, on) {
		return eventstore.Receipt{}, allowed.result()
	}
	period := f.period(in.From, in.To, m.today())
	if isSelf(by, in.Person) {
		f.add("", ownRights("person"))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{personStream(in.Person), roleStream(in.Role), dutiesStream()}
	return m.execute(ctx, by, in.Command, "GrantRole", in, streams, func(d *eventstore.Decision) error {
		e, err := eventstore.StateOf[person](d, 0).grantRole(in.Person, eventstore.StateOf[role](d, 1), in.Role, in.Unit, period, eventstore.StateOf[duties](d, 2))
		if err != nil {
			return err
		}
		d.Record(0, e)
		d.Record(1, RoleHeld{Person: in.Person, Grant: e.Grant, Period: period})
		return nil
	})
}

// EndGrant ends a grant of a person.
type EndGrant struct {
	Command uuid.UUID
	Person  string
	Grant   int
	Last    string // empty = yesterday: it is gone at once
	Reason  string
}

// EndGrant takes a role away after a day; what was delegated on its ground ends with it.
func (m *Module) EndGrant(ctx context.Context, by *Standing, in EndGrant) (eventstore.Receipt, error) {
	var f form
	known, _ := m.book.person(in.Person)
	g, _ := known.grantNo(in.Grant)
	on := Object{Unit: "."}
	if g.Unit != "" {
		var unit form // a unit that has gone is ended by whoever may grant everywhere
		on = m.within(&unit, "unit", g.Unit)
	}
	if !f.permit(by, MayGrantRole, on) {
		return eventstore.Receipt{}, f.result()
	}
	last, reason := f.day("last", in.Last, m.today().AddDays(-1)), f.reason(in.Reason)
	if isSelf(by, in.Person) {
		f.add("", ownRights("person"))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{personStream(in.Person), roleStream(g.Role)}
	return m.execute(ctx, by, in.Command, "EndGrant", in, streams, func(d *eventstore.Decision) error {
		e, err := eventstore.StateOf[person](d, 0).endGrant(in.Person, in.Grant, last, reason)
		if err != nil {
			return err
		}
		d.Record(0, e)
		d.Record(1, RoleLeft{Person: in.Person, Grant: in.Grant, Last: last})
		return nil
	})
}

// SeparateRoles names two roles that may not meet in one person, or may again.
type SeparateRoles struct {
	Command uuid.UUID
	A, B    string
	Reason  string
}

// SeparateRoles forbids it; it is refused while somebody holds both, from today on.
func (m *Module) SeparateRoles(ctx context.Context, by *Standing, in SeparateRoles) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySeparateRoles, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	reason, today := f.reason(in.Reason), m.today()
	if in.A == in.B {
		f.add("", refused("access.roles_equal", "b", "الدوران واحد.", "The two roles are one."))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	streams := []eventstore.Stream{dutiesStream(), roleStream(in.A), roleStream(in.B)}
	return m.execute(ctx, by, in.Command, "SeparateRoles", in, streams, func(d *eventstore.Decision) error {
		return record(d, 0)(eventstore.StateOf[duties](d, 0).separate(in.A, in.B, eventstore.StateOf[role](d, 1), eventstore.StateOf[role](d, 2), reason, today))
	})
}

// JoinRoles lets two roles meet again.
func (m *Module) JoinRoles(ctx context.Context, by *Standing, in SeparateRoles) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySeparateRoles, Object{}) {
		return eventstore.Receipt{}, f.result()
	}
	reason := f.reason(in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.execute(ctx, by, in.Command, "JoinRoles", in, []eventstore.Stream{dutiesStream()}, func(d *eventstore.Decision) error {
		if !eventstore.StateOf[duties](d, 0).separated(in.A, in.B) {
			return refused("access.not_separated", "b", "لا فصل بين %s و%s.", "%s and %s are not separated.", in.A, in.B)
		}
		d.Record(0, RolesJoined{A: in.A, B: in.B, Reason: reason})
		return nil
	})
}
