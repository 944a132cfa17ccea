package access

import (
	"context"
	"time"

	"diwan/modules/kernel"
)

// Simulated is what is asked of the rights simulator.
type Simulated struct {
	Person    *string
	Behalf    *string
	Roles     []string
	Unit      *string
	Clearance *Secrecy
	At        *kernel.Date
	Act       *string
	Kind      *Kind
	Where     *string
	Secrecy   *Secrecy
	Object    *string
}

// WhatSees answers what a person, or whoever holds some roles, may do on a day, and why.
func (q *Query) WhatSees(ctx context.Context, question Simulated) (*Simulation, error) {
	by, b := q.Who(ctx), q.Module.book
	day := q.day(question.At)
	about := Hypothesis{Person: textOf(question.Person), Behalf: textOf(question.Behalf), Roles: question.Roles, Unit: textOf(question.Unit)}
	if question.Clearance != nil {
		about.Clearance = *question.Clearance
	}
	var f form
	on := Object{Key: textOf(question.Object)}
	if where := textOf(question.Where); where != "" {
		prefixes, stands := b.Reach(where, day)
		switch {
		case !stands:
			f.add("", refused("access.unit_unknown", "where", "لم يُعثر على الوحدة «%s».", "Nothing found: there is no unit %q.", where))
		case prefixes[0] == "":
			on.Unit = "."
		default:
			on.Unit = prefixes[0]
		}
	}
	if question.Secrecy != nil {
		on.Secrecy = *question.Secrecy
	}
	switch {
	case about.Person == "" && len(about.Roles) == 0:
		f.missing("person", kernel.Text{Ar: "الشخص أو الأدوار", En: "Person or roles"})
	case about.Person != "":
		p, known := b.person(about.Person)
		b.mu.RLock()
		may := known && (by.Person == about.Person || b.mayLook(by, MaySimulate, about.Person, p, day))
		b.mu.RUnlock()
		if !may {
			f.add("", unknownPerson("person", about.Person))
		}
	default:
		q.Module.within(&f, "unit", about.Unit)
		for _, r := range about.Roles {
			if b.RoleOn(r, day) == nil {
				f.add("", unknownRole("roles", r))
			}
		}
	}
	acts := q.asked(&f, question)
	if err := f.result(); err != nil {
		return nil, err
	}
	sim := b.Simulate(about, on, acts, q.moment(day))
	return &sim, nil
}

// asked are the acts a question is about.
func (q *Query) asked(f *form, question Simulated) []Act {
	if question.Act != nil {
		a, there := q.Module.acts.Find(*question.Act)
		if !there {
			f.add("", refused("access.act_unknown", "act", "لا إجراء باسم «%s».", "There is no act %q.", *question.Act))
		}
		return []Act{a}
	}
	var all []Act
	for _, a := range q.Module.acts.All() {
		if question.Kind == nil || a.Kind == *question.Kind {
			all = append(all, a)
		}
	}
	return all
}

// moment is now on today, and noon on any other day.
func (q *Query) moment(day kernel.Date) time.Time {
	if day == q.Module.today() {
		return q.Module.clock()
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, q.Module.zone)
}
