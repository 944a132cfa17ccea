package access

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Unlimited as an approval limit means no upper bound.
const Unlimited int64 = 1<<63 - 1

// role is a dated set of permissions, and who was granted it: stream access.role/{id}.
type role struct {
	Title   kernel.Text  `json:"title"`
	Sets    []RoleSet    `json:"sets"` // in the order of their days
	Holders []roleHolder `json:"holders"`
}

type roleHolder struct {
	Person string `json:"person"`
	Grant  int    `json:"grant"`
	Period Period `json:"period"`
}

// known tells that the role was defined.
func (r role) known() bool { return r.Title != (kernel.Text{}) }

// on is what the role's holders may do on a day; nothing before its first day.
func (r role) on(day kernel.Date) RoleSet {
	var in RoleSet
	for _, s := range r.Sets {
		if !s.From.After(day) {
			in = s
		}
	}
	return in
}

// heldBy lists who holds the role at some time of a period.
func (r role) heldBy(in Period) []string {
	var all []string
	for _, h := range r.Holders {
		if !h.Period.Empty() && h.Period.Meets(in) && !slices.Contains(all, h.Person) {
			all = append(all, h.Person)
		}
	}
	return all
}

func (r role) evolve(e eventstore.Event) role {
	switch e := e.(type) {
	case RoleDefined:
		r.Title = e.Title
	case RoleRetitled:
		r.Title = e.Title
	case RoleSet:
		at := len(r.Sets)
		for at > 0 && !r.Sets[at-1].From.Before(e.From) {
			at--
		}
		if at < len(r.Sets) && r.Sets[at].From == e.From {
			r.Sets = slices.Clone(r.Sets)
			r.Sets[at] = e
		} else {
			r.Sets = slices.Insert(slices.Clone(r.Sets), at, e)
		}
	case RoleHeld:
		r.Holders = append(slices.Clip(r.Holders), roleHolder{e.Person, e.Grant, e.Period})
	case RoleLeft:
		r.Holders = slices.Clone(r.Holders)
		for i := range r.Holders {
			if h := &r.Holders[i]; h.Person == e.Person && h.Grant == e.Grant {
				h.Period = h.Period.until(e.Last)
			}
		}
	}
	return r
}

// duties are the pairs of roles that may not meet in one person: stream access.duties/roles.
type duties struct {
	Pairs []rolePair
}

type rolePair struct{ A, B string }

// pairOf puts two roles in order, so that a pair has one name.
func pairOf(a, b string) rolePair {
	if b < a {
		a, b = b, a
	}
	return rolePair{a, b}
}

// separated tells whether two roles may not meet.
func (d duties) separated(a, b string) bool { return slices.Contains(d.Pairs, pairOf(a, b)) }

// conflict finds two roles, one of each list, that may not meet.
func (d duties) conflict(some, others []string) (a, b string, found bool) {
	for _, a := range some {
		for _, b := range others {
			if d.separated(a, b) {
				return a, b, true
			}
		}
	}
	return "", "", false
}

func (d duties) evolve(e eventstore.Event) duties {
	switch e := e.(type) {
	case RolesSeparated:
		if !d.separated(e.A, e.B) {
			d.Pairs = append(slices.Clip(d.Pairs), pairOf(e.A, e.B))
		}
	case RolesJoined:
		d.Pairs = slices.DeleteFunc(slices.Clone(d.Pairs), func(p rolePair) bool { return p == pairOf(e.A, e.B) })
	}
	return d
}

// policy is dated configuration of sessions: stream access.policy/sessions.
type policy struct{ StepUps []ApprovalsNeedStepUp }

// stepUpOn tells whether approvals need a fresh proof of who acts on a day: what was said last
// among what has begun.
func (p policy) stepUpOn(day kernel.Date) bool {
	needed, from := false, kernel.Date{}
	for _, s := range p.StepUps {
		if !s.From.After(day) && !s.From.Before(from) {
			needed, from = s.Needed, s.From
		}
	}
	return needed
}

func (p policy) evolve(e eventstore.Event) policy {
	if e, ok := e.(ApprovalsNeedStepUp); ok {
		p.StepUps = append(slices.Clip(p.StepUps), e)
	}
	return p
}
