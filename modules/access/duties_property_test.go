package access

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// hall is the state of every stream that the deciders of grants look at.
type hall struct {
	people map[string]person
	roles  map[string]role
	duties duties
	lax    string // the rule that is left out, of the planted bugs
}

func (h *hall) record(who, role string, events ...eventstore.Event) {
	for _, e := range events {
		switch e.(type) {
		case RoleHeld, RoleLeft:
			h.roles[role] = h.roles[role].evolve(e)
		case RolesSeparated, RolesJoined:
			h.duties = h.duties.evolve(e)
		default:
			h.people[who] = h.people[who].evolve(e)
		}
	}
}

// step draws one decision and records it when it was not refused.
func (h *hall) step(t *rapid.T, no int) {
	people, roles := []string{"rana", "omar", "huda"}, []string{"preparer", "auditor", "manager"}
	who, other := rapid.SampledFrom(people).Draw(t, "who"), rapid.SampledFrom(people).Draw(t, "other")
	a, b := rapid.SampledFrom(roles).Draw(t, "a"), rapid.SampledFrom(roles).Draw(t, "b")
	from := start().AddDays(rapid.IntRange(0, 20).Draw(t, "from"))
	period := Period{From: from, To: from.AddDays(rapid.IntRange(0, 10).Draw(t, "days"))}
	d := h.duties
	switch rapid.SampledFrom([]string{"grant", "grant", "end", "separate", "join", "delegate"}).Draw(t, "act") {
	case "grant":
		if h.lax == "grant" {
			d = duties{}
		}
		p := h.people[who]
		if h.lax == "exercised" {
			p.Received = nil
		}
		if e, err := p.grantRole(who, h.roles[a], a, "jo", period, d); err == nil {
			h.record(who, a, e, RoleHeld{who, e.Grant, period})
		}
	case "end":
		no := rapid.IntRange(1, 3).Draw(t, "grant")
		g, _ := h.people[who].grantNo(no)
		if e, err := h.people[who].endGrant(who, no, from, "x"); err == nil {
			h.record(who, g.Role, e, RoleLeft{who, no, from})
		}
	case "separate":
		ra := h.roles[a]
		if h.lax == "separate" {
			ra.Holders = nil
		}
		if a == b {
			return
		}
		if e, err := d.separate(a, b, ra, h.roles[b], "x", start()); err == nil {
			h.record("", "", e)
		}
	case "join":
		h.record("", "", RolesJoined{a, b, "x"})
	case "delegate":
		if h.lax == "delegate" {
			d = duties{}
		}
		in := DelegationGiven{Delegation: fmt.Sprint(no), Acts: []string{"roads.read"}, Period: period}
		if who == other {
			return
		}
		if given, received, err := h.people[who].delegate(who, other, h.people[other], in, []string{"roads.read"}, d); err == nil {
			h.record(who, "", given)
			h.record(other, "", received)
		}
	}
}

func start() kernel.Date {
	d, _ := kernel.NewDate(2026, 1, 1)
	return d
}

// meet finds two roles in one person, on one day, that may not meet.
func (h *hall) meet() error {
	for who, p := range h.people {
		for i, g := range p.Grants {
			for _, other := range p.Grants[i+1:] {
				if !g.Period.Empty() && !other.Period.Empty() && g.Period.Meets(other.Period) && h.duties.separated(g.Role, other.Role) {
					return fmt.Errorf("%s holds %s and %s", who, g.Role, other.Role)
				}
			}
		}
	}
	return nil
}

// exercise finds a role granted, or handed over, that may not meet with one the person exercised for
// a principal at that time. Roles separated later are kept apart when the delegate acts.
func (h *hall) exercise() error {
	for who, p := range h.people {
		for _, d := range p.Received {
			for _, g := range p.Grants {
				for _, r := range d.Roles {
					if !g.Period.Empty() && !d.Period.Empty() && g.Period.Meets(d.Period) && h.duties.separated(g.Role, r) {
						return fmt.Errorf("%s holds %s and exercises %s", who, g.Role, r)
					}
				}
			}
		}
	}
	return nil
}

func walkHall(t *rapid.T, lax string) error {
	h := &hall{people: map[string]person{}, roles: map[string]role{}, lax: lax}
	for _, id := range []string{"rana", "omar", "huda"} {
		h.people[id] = person{Name: kernel.Text{En: id}, Since: start()}
	}
	for _, id := range []string{"preparer", "auditor", "manager"} {
		h.roles[id] = role{Title: kernel.Text{En: id}}
	}
	for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
		before := len(h.duties.Pairs)
		clean := h.exercise() == nil
		h.step(t, i)
		if err := h.meet(); err != nil {
			return err
		}
		if err := h.exercise(); err != nil && clean && len(h.duties.Pairs) <= before {
			return err
		}
	}
	return nil
}

func TestRolesThatMayNotMeetNeverMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := walkHall(t, ""); err != nil {
			t.Fatal(err)
		}
	})
}

func TestADutyLeftOutIsFound(t *testing.T) {
	for _, lax := range []string{"grant", "separate", "exercised", "delegate"} {
		t.Run(lax, func(t *testing.T) {
			found := false
			for seed := 0; seed < 4000 && !found; seed++ {
				found = rapid.Custom(func(t *rapid.T) bool { return walkHall(t, lax) != nil }).Example(seed)
			}
			if !found {
				t.Error("the planted bug was not found")
			}
		})
	}
}
