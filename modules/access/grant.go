package access

import (
	"slices"

	"diwan/modules/kernel"
)

// register decides that a person begins.
func (p person) register(id string, name, title kernel.Text, on kernel.Date) (PersonRegistered, error) {
	if p.known() {
		return PersonRegistered{}, refused("access.person_exists", "person", "اسم الدخول «%s» مستعمل.", "The sign-in name %q is taken.", id)
	}
	return PersonRegistered{Name: name, Title: title, On: on}, nil
}

// grantRole decides that the person gets a role in a unit. Roles that may not meet are refused
// whether they are held or exercised for a principal.
func (p person) grantRole(id string, r role, name, unit string, period Period, d duties) (RoleGranted, error) {
	switch {
	case !p.known() || !p.Last.IsZero():
		return RoleGranted{}, unknownPerson("person", id)
	case !r.known():
		return RoleGranted{}, unknownRole("role", name)
	case period.Empty():
		return RoleGranted{}, refused("access.period_empty", "to", "ينتهي المنح قبل أن يبدأ (%s).", "The period ends before it begins (%s).", period)
	}
	for _, g := range p.Grants {
		if g.Role == name && g.Unit == unit && !g.Period.Empty() && g.Period.Meets(period) {
			return RoleGranted{}, refused("access.granted_before", "role",
				"لدى %[1]s هذا الدور في هذه الوحدة في مدة تتداخل معها (%[2]s).",
				"%[1]s holds this role in this unit in a period that overlaps (%[2]s).", id, g.Period)
		}
	}
	if a, b, found := d.conflict(p.exercised(period), []string{name}); found {
		return RoleGranted{}, rolesMeet("role", id, a, b)
	}
	return RoleGranted{Grant: len(p.Grants) + 1, Role: name, Unit: unit, Period: period}, nil
}

// endGrant decides that a grant ends after a day.
func (p person) endGrant(id string, no int, last kernel.Date, reason string) (GrantEnded, error) {
	g, found := p.grantNo(no)
	switch {
	case !found:
		return GrantEnded{}, refused("access.grant_unknown", "grant", "ليس لدى %s منح برقم %d.", "%s has no grant no. %d.", id, no)
	case !g.Period.To.IsZero() && !last.Before(g.Period.To):
		return GrantEnded{}, refused("access.grant_ends_before", "last", "ينتهي هذا المنح قبل ذلك (%s).", "This grant ends before that (%s).", g.Period)
	}
	return GrantEnded{Grant: no, Last: last, Reason: reason}, nil
}

// separate decides that two roles may not meet; who holds both must give one up first.
func (d duties) separate(a, b string, ra, rb role, reason string, from kernel.Date) (RolesSeparated, error) {
	switch {
	case !ra.known():
		return RolesSeparated{}, unknownRole("a", a)
	case !rb.known():
		return RolesSeparated{}, unknownRole("b", b)
	case d.separated(a, b):
		return RolesSeparated{}, refused("access.separated_before", "b", "فُصل بين %s و%s من قبل.", "%s and %s were separated before.", a, b)
	}
	for _, h := range ra.Holders {
		for _, g := range rb.Holders {
			if h.Person == g.Person && !h.Period.Empty() && !g.Period.Empty() && h.Period.Meets(g.Period) && Period.Meets(Period{From: from}, h.Period) && Period.Meets(Period{From: from}, g.Period) {
				return RolesSeparated{}, rolesMeet("b", h.Person, a, b)
			}
		}
	}
	return RolesSeparated{A: a, B: b, Reason: reason}, nil
}

// delegate decides that the person hands acts to a delegate. Only what is the principal's own is
// handed on, so a delegation is never delegated again; and the two must not bring roles together
// that may not meet.
func (p person) delegate(principal, delegate string, to person, in DelegationGiven, held []string, d duties) (DelegationGiven, DelegationReceived, error) {
	var none DelegationGiven
	refuse := func(err error) (DelegationGiven, DelegationReceived, error) { return none, DelegationReceived{}, err }
	switch {
	case !p.known() || !p.Last.IsZero():
		return refuse(unknownPerson("principal", principal))
	case !to.known() || !to.Last.IsZero() || to.Service != nil:
		return refuse(unknownPerson("delegate", delegate))
	case principal == delegate:
		return refuse(refused("access.same_person", "delegate", "لا يفوّض %s نفسه.", "%s cannot be their own delegate.", principal))
	case in.Period.Empty() || in.Period.To.IsZero():
		return refuse(refused("access.period_open", "to", "للتفويض يوم أخير.", "A delegation has a last day."))
	case len(in.Acts) == 0:
		return refuse(refused("access.acts_missing", "kinds", "لم يُذكر ما يُفوَّض به.", "It is not said what is delegated."))
	}
	for _, act := range in.Acts {
		if !slices.Contains(held, act) {
			return refuse(refused("access.not_own_act", "kinds",
				"لا يملك %[1]s الإجراء %[2]s بحقه، فلا يفوّض به.", "%[1]s does not hold %[2]s in their own right and cannot delegate it.", principal, act))
		}
	}
	if a, b, found := d.conflict(p.roles(in.Period), to.exercised(in.Period)); found {
		return refuse(rolesMeet("delegate", delegate, a, b))
	}
	in.Delegate = delegate
	return in, DelegationReceived{Delegation: in.Delegation, Principal: principal, Roles: p.roles(in.Period), Period: in.Period}, nil
}

// withdraw decides that a delegation of the person ends after a day.
func (p person) withdraw(id string, last kernel.Date, reason string) (DelegationWithdrawn, string, error) {
	for _, d := range p.Given {
		if d.ID != id {
			continue
		}
		if !last.Before(d.Period.To) {
			return DelegationWithdrawn{}, "", refused("access.delegation_over", "delegation", "ينتهي هذا التفويض قبل ذلك (%s).", "This delegation ends before that (%s).", d.Period)
		}
		return DelegationWithdrawn{Delegation: id, Last: last, Reason: reason}, d.Delegate, nil
	}
	return DelegationWithdrawn{}, "", refused("access.delegation_unknown", "delegation", "لم يُعثر على هذا التفويض.", "Nothing found: there is no such delegation.")
}
