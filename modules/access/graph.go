package access

import (
	"context"
	"strconv"

	"diwan/modules/kernel"
)

// Query answers the module's root fields. Who tells who asks; the directive on each field has refused
// whoever may not ask at all, and the book tells each only what they may look at.
type Query struct {
	Module  *Module
	Reports *Reports
	Who     func(context.Context) *Standing
}

func (q *Query) day(at *kernel.Date) kernel.Date {
	if at == nil || at.IsZero() {
		return q.Module.today()
	}
	return *at
}

// People lists people by name.
func (q *Query) People(ctx context.Context, search, unit, role *string, state *PersonState, services *bool, at *kernel.Date, first int, after *string) (*PersonConnection, error) {
	query := PeopleQuery{Search: textOf(search), Unit: textOf(unit), Role: textOf(role), Services: services}
	if state != nil {
		query.State = *state
	}
	return paged(q.Module.book.PeopleOn(q.Who(ctx), query, q.day(at)), first, after, func(s *PersonSheet) string { return s.ID })
}

// Person answers one person, or oneself.
func (q *Query) Person(ctx context.Context, id string, at *kernel.Date) (*PersonSheet, error) {
	return q.Module.book.PersonOn(q.Who(ctx), id, q.day(at)), nil
}

// Colleague is somebody who works here, as everybody may know them.
type Colleague struct {
	ID          string
	Name, Title kernel.Text
}

// Colleagues lists those who work here.
func (q *Query) Colleagues(_ context.Context, search *string, first int, after *string) (*ColleagueConnection, error) {
	var all []Colleague
	for _, s := range q.Module.book.Colleagues(textOf(search), q.Module.today()) {
		all = append(all, Colleague{s.ID, s.Name(), s.Title()})
	}
	return paged(all, first, after, func(c *Colleague) string { return c.ID })
}

// Roles lists the roles by title.
func (q *Query) Roles(_ context.Context, at *kernel.Date, first int, after *string) (*RoleConnection, error) {
	return paged(q.Module.book.RolesOn(q.day(at)), first, after, func(s *RoleSheet) string { return s.ID })
}

// Role answers one role.
func (q *Query) Role(_ context.Context, id string, at *kernel.Date) (*RoleSheet, error) {
	return q.Module.book.RoleOn(id, q.day(at)), nil
}

// RoleHolders lists who holds, held or will hold a role.
func (q *Query) RoleHolders(ctx context.Context, role string, at *kernel.Date, first int, after *string) (*RoleHolderConnection, error) {
	return paged(q.Module.book.HoldersOf(q.Who(ctx), role, q.day(at)), first, after, func(s *RoleHolderSheet) string {
		return s.Person.ID + "/" + strconv.Itoa(s.No)
	})
}

// Permissions lists all that roles may hold.
func (q *Query) Permissions(_ context.Context, first int, after *string) (*ActConnection, error) {
	return paged(q.Module.acts.All(), first, after, func(a *Act) string { return a.Name })
}

// SeparatedRoles lists the pairs of roles that may not meet.
func (q *Query) SeparatedRoles(_ context.Context, first int, after *string) (*ApartConnection, error) {
	return paged(q.Module.book.Separations(), first, after, func(s *ApartSheet) string { return s.A.ID + "/" + s.B.ID })
}

// GuardedObjects lists the graded objects and their lists.
func (q *Query) GuardedObjects(_ context.Context, first int, after *string) (*ObjectConnection, error) {
	return paged(q.Module.book.ObjectsOn(q.Module.today()), first, after, func(s *ObjectSheet) string { return s.Key })
}

// GuardedObject answers one of them.
func (q *Query) GuardedObject(_ context.Context, key string) (*ObjectSheet, error) {
	for _, s := range q.Module.book.ObjectsOn(q.Module.today()) {
		if s.Key == key {
			return &s, nil
		}
	}
	return nil, nil
}

// Emergencies lists the uses of the emergency way in.
func (q *Query) Emergencies(ctx context.Context, waiting bool, first int, after *string) (*EmergencyConnection, error) {
	all := q.Module.book.EmergenciesAt(q.Who(ctx), q.Module.clock(), waiting)
	return paged(all, first, after, func(s *EmergencySheet) string { return s.ID })
}

// Emergency answers one of them, to those who may see it.
func (q *Query) Emergency(ctx context.Context, id string) (*EmergencySheet, error) {
	for _, s := range q.Module.book.EmergenciesAt(q.Who(ctx), q.Module.clock(), false) {
		if s.ID == id {
			return &s, nil
		}
	}
	return nil, nil
}

// AccessSteps lists what happened to a person, role or emergency, the newest first, to those who may
// see it.
func (q *Query) AccessSteps(ctx context.Context, of Subject, id string, first int, after *string) (*StepConnection, error) {
	by := q.Who(ctx)
	visible := by.May(MayReadAccess, Object{}).Allowed
	switch of {
	case OfPerson:
		visible = q.Module.book.PersonOn(by, id, q.Module.today()) != nil
	case OfEmergency:
		s, err := q.Emergency(ctx, id)
		if err != nil {
			return nil, err
		}
		visible = s != nil
	}
	if !visible {
		return paged([]Step{}, first, after, func(*Step) string { return "" })
	}
	return q.Reports.Steps(ctx, by, of, id, first, after)
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
