package access

import (
	"slices"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// The book's entries as a screen shows them, on a day.
type (
	// PersonRef names a person.
	PersonRef struct {
		ID   string
		Name kernel.Text
	}
	// RoleRef names a role.
	RoleRef struct {
		ID    string
		Title kernel.Text
	}
	// ScopeUnit is a unit that something holds in; its name is the directory's.
	ScopeUnit struct {
		ID string // id or path, as it was granted
		On kernel.Date
	}
)

// PersonState is what a person may do as a whole on a day.
type PersonState string

// The states of a person.
const (
	PersonActive    PersonState = "active"
	PersonSuspends  PersonState = "suspended"
	PersonHasLeft   PersonState = "left"
	PersonNotBegun  PersonState = "not_begun"
	PersonKeyIsOver PersonState = "expired" // of a service
)

// PersonSheet is a person on a day.
type PersonSheet struct {
	ID   string
	p    person
	day  kernel.Date
	book *Book
}

func (b *Book) personSheet(id string, p person, day kernel.Date) PersonSheet {
	return PersonSheet{ID: id, p: p, day: day, book: b}
}

// Name is what the person is called.
func (s *PersonSheet) Name() kernel.Text { return s.p.Name }

// Title is what their post is called.
func (s *PersonSheet) Title() kernel.Text { return s.p.Title }

// Since is their first day.
func (s *PersonSheet) Since() kernel.Date { return s.p.Since }

// Last is their last day; none while none is known.
func (s *PersonSheet) Last() kernel.Date { return s.p.Last }

// State is what they may do as a whole.
func (s *PersonSheet) State() PersonState {
	switch {
	case !s.p.Last.IsZero() && s.day.After(s.p.Last):
		return PersonHasLeft
	case s.p.Suspended:
		return PersonSuspends
	case s.day.Before(s.p.Since):
		return PersonNotBegun
	case s.p.Service != nil && s.day.After(s.p.Service.Expires):
		return PersonKeyIsOver
	}
	return PersonActive
}

// Service are the terms of a program's account; nil for people.
func (s *PersonSheet) Service() *ServiceSheet {
	if s.p.Service == nil {
		return nil
	}
	t := s.p.Service
	return &ServiceSheet{Owner: s.book.personRef(t.Owner), Networks: t.Networks, Rate: t.Rate, Expires: t.Expires}
}

// ServiceSheet are the terms of a program's account.
type ServiceSheet struct {
	Owner    PersonRef
	Networks []string
	Rate     int
	Expires  kernel.Date
}

// Clearance is the grade in force on the day.
func (s *PersonSheet) Clearance() Grade { return Grade{s.p.clearanceOn(s.day)} }

// Grade is a grade of secrecy with its words.
type Grade struct{ Level Secrecy }

// Name is the grade in words.
func (g *Grade) Name() kernel.Text { return g.Level.Words() }

// Number is its place in the order.
func (g *Grade) Number() int { return int(g.Level) }

// Clearances are all that were given, the newest first.
func (s *PersonSheet) Clearances() []ClearanceSheet {
	all := make([]ClearanceSheet, 0, len(s.p.Clearances))
	for _, c := range slices.Backward(s.p.Clearances) {
		all = append(all, ClearanceSheet{Grade: Grade{c.Level}, Reason: c.Reason, dated: dated{c.Period, s.day}})
	}
	return all
}

// ClearanceSheet is a clearance that was given.
type ClearanceSheet struct {
	Grade  Grade
	Reason string
	dated
}

// dated is a period as seen on a day.
type dated struct {
	period Period
	day    kernel.Date
}

// From is the first day.
func (d *dated) From() kernel.Date { return d.period.From }

// To is the last day; none for an open end.
func (d *dated) To() kernel.Date { return d.period.To }

// Holds tells whether it holds on the day.
func (d *dated) Holds() bool { return !d.period.Empty() && d.period.On(d.day) }

// Over tells whether no day of it is left.
func (d *dated) Over() bool {
	return d.period.Empty() || !d.period.To.IsZero() && d.period.To.Before(d.day)
}

// Grants are all that were granted, those that hold first, then the newest.
func (s *PersonSheet) Grants() []GrantSheet {
	all := make([]GrantSheet, 0, len(s.p.Grants))
	for _, g := range slices.Backward(s.p.Grants) {
		all = append(all, s.book.grantSheet(g, s.day))
	}
	slices.SortStableFunc(all, func(a, b GrantSheet) int { return ahead(a.Holds(), b.Holds()) })
	return all
}

// first puts what is true before what is not.
func ahead(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// GrantSheet is a role in a unit and what is below it.
type GrantSheet struct {
	No   int
	Role RoleRef
	Unit ScopeUnit
	dated
}

func (b *Book) grantSheet(g grant, day kernel.Date) GrantSheet {
	return GrantSheet{No: g.No, Role: b.roleRef(g.Role), Unit: ScopeUnit{g.Unit, day}, dated: dated{g.Period, day}}
}

// Given are the delegations the person gave, those that hold first.
func (s *PersonSheet) Given() []DelegationSheet { return s.delegations(s.p.Given, s.ID) }

// Received are the delegations the person received, as their principals gave them.
func (s *PersonSheet) Received() []DelegationSheet {
	all := make([]DelegationSheet, 0, len(s.p.Received))
	for _, r := range slices.Backward(s.p.Received) {
		if principal, known := s.book.person(r.Principal); known {
			for _, d := range principal.Given {
				if d.ID == r.ID {
					all = append(all, s.book.delegationSheet(d, r.Principal, s.day))
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b DelegationSheet) int { return ahead(a.Holds(), b.Holds()) })
	return all
}

func (s *PersonSheet) delegations(given []delegation, principal string) []DelegationSheet {
	all := make([]DelegationSheet, 0, len(given))
	for _, d := range slices.Backward(given) {
		all = append(all, s.book.delegationSheet(d, principal, s.day))
	}
	slices.SortStableFunc(all, func(a, b DelegationSheet) int { return ahead(a.Holds(), b.Holds()) })
	return all
}

// DelegationSheet is a part of a principal's rights in a delegate's hands.
type DelegationSheet struct {
	ID                  string
	Principal, Delegate PersonRef
	Reason              string
	acts                []string
	book                *Book
	dated
}

func (b *Book) delegationSheet(d delegation, principal string, day kernel.Date) DelegationSheet {
	return DelegationSheet{
		ID: d.ID, Principal: b.personRef(principal), Delegate: b.personRef(d.Delegate), Reason: d.Reason, acts: d.Acts, book: b, dated: dated{d.Period, day},
	}
}

// Acts are what was handed over.
func (s *DelegationSheet) Acts() []Act { return s.book.named(s.acts) }

// NeedToKnow are the objects whose lists the person stands on.
func (s *PersonSheet) NeedToKnow() []ReadingSheet {
	s.book.mu.RLock()
	defer s.book.mu.RUnlock()
	all := []ReadingSheet{}
	for key, o := range s.book.objects {
		for _, r := range o.Readers {
			if r.Person == s.ID {
				all = append(all, ReadingSheet{Object: key, Grade: Grade{o.Secrecy}, dated: dated{r.Period, s.day}})
			}
		}
	}
	slices.SortFunc(all, func(a, b ReadingSheet) int { return strings.Compare(a.Object, b.Object) })
	return all
}

// ReadingSheet is a place on an object's need-to-know list.
type ReadingSheet struct {
	Object string
	Grade  Grade
	dated
}

// personRef names somebody; the id stands for who is not known.
func (b *Book) personRef(id string) PersonRef {
	if p, known := b.person(id); known {
		return PersonRef{id, p.Name}
	}
	return PersonRef{id, kernel.Text{Ar: id, En: id}}
}

// somebody names somebody who may not be there yet.
func (b *Book) somebody(id string) *PersonRef {
	if id == "" {
		return nil
	}
	ref := b.personRef(id)
	return &ref
}

func (b *Book) roleRef(id string) RoleRef {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if r, there := b.roles[id]; there && r.known() {
		return RoleRef{id, r.Title}
	}
	return RoleRef{id, kernel.Text{Ar: id, En: id}}
}

// named finds acts by name, in the catalogue's order.
func (b *Book) named(names []string) []Act {
	all := make([]Act, 0, len(names))
	for _, a := range b.acts.All() {
		if slices.Contains(names, a.Name) {
			all = append(all, a)
		}
	}
	return all
}

// KindName is the kind of an act in words.
func (a *Act) KindName() kernel.Text { return kindWords(a.Kind) }

// Module is whose act it is: the first word of its name.
func (a *Act) Module() string {
	module, _, _ := strings.Cut(a.Name, ".")
	return module
}

func kindWords(k Kind) kernel.Text {
	switch k {
	case Reading:
		return kernel.Text{Ar: "اطلاع", En: "Read"}
	case Preparing:
		return kernel.Text{Ar: "إعداد", En: "Prepare"}
	case Approving:
		return kernel.Text{Ar: "اعتماد", En: "Approve"}
	}
	return kernel.Text{Ar: "إدارة", En: "Administer"}
}

func someTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
