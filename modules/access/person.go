package access

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// person is somebody who signs in, or a service, with what they hold: stream access.person/{id}.
type person struct {
	Name, Title kernel.Text
	Since       kernel.Date
	Suspended   bool
	Last        kernel.Date // of the one who left
	Clearances  []ClearanceGiven
	Grants      []grant
	Given       []delegation // as principal
	Received    []delegation // as delegate
	Service     *ServiceOpened
}

// grant is a role in a unit and what is below it.
type grant struct {
	No     int
	Role   string
	Unit   string
	Period Period
}

// delegation is a dated part of a principal's rights in a delegate's hands.
type delegation struct {
	ID                  string
	Principal, Delegate string
	Acts                []string
	Roles               []string // the principal's when it was given; of the delegate's side only
	Period              Period
	Reason              string
}

// known tells that the person was registered.
func (p person) known() bool { return !p.Since.IsZero() }

// worksOn tells whether the person may do anything on a day.
func (p person) worksOn(day kernel.Date) bool {
	if p.Service != nil && day.After(p.Service.Expires) {
		return false
	}
	return p.known() && !p.Suspended && day.Within(p.Since, p.Last)
}

// clearanceOn is the grade in force on a day: of the clearances that hold, the one given last.
func (p person) clearanceOn(day kernel.Date) Secrecy {
	for _, c := range slices.Backward(p.Clearances) {
		if c.Period.On(day) {
			return c.Level
		}
	}
	return Open
}

// grantNo finds a grant by its number.
func (p person) grantNo(no int) (grant, bool) {
	if no < 1 || no > len(p.Grants) {
		return grant{}, false
	}
	return p.Grants[no-1], true
}

// roles are those of the grants that meet a period.
func (p person) roles(in Period) []string {
	var all []string
	for _, g := range p.Grants {
		if !g.Period.Empty() && g.Period.Meets(in) && !slices.Contains(all, g.Role) {
			all = append(all, g.Role)
		}
	}
	return all
}

// exercised are the roles that the person holds, or exercises for principals, in a period.
func (p person) exercised(in Period) []string {
	all := p.roles(in)
	for _, d := range p.Received {
		if !d.Period.Empty() && d.Period.Meets(in) {
			all = append(all, d.Roles...)
		}
	}
	return all
}

func (p person) evolve(e eventstore.Event) person {
	switch e := e.(type) {
	case PersonRegistered:
		p.Name, p.Title, p.Since = e.Name, e.Title, e.On
	case PersonRenamed:
		p.Name, p.Title = e.Name, e.Title
	case PersonSuspended:
		p.Suspended = true
	case PersonReinstated:
		p.Suspended = false
	case PersonLeft:
		p.Last = e.Last
	case ClearanceGiven:
		p.Clearances = append(slices.Clip(p.Clearances), e)
	case RoleGranted:
		p.Grants = append(slices.Clip(p.Grants), grant{e.Grant, e.Role, e.Unit, e.Period})
	case GrantEnded:
		p.Grants = slices.Clone(p.Grants)
		p.Grants[e.Grant-1].Period = p.Grants[e.Grant-1].Period.until(e.Last)
	case DelegationGiven:
		p.Given = append(slices.Clip(p.Given), delegation{ID: e.Delegation, Delegate: e.Delegate, Acts: e.Acts, Period: e.Period, Reason: e.Reason})
	case DelegationReceived:
		p.Received = append(slices.Clip(p.Received), delegation{ID: e.Delegation, Principal: e.Principal, Roles: e.Roles, Period: e.Period})
	case DelegationWithdrawn:
		p.Given, p.Received = withdrawn(p.Given, e), withdrawn(p.Received, e)
	case ServiceOpened:
		p.Service = &e
	case ServiceKeyReplaced:
		s := *p.Service
		s.Key, s.Expires = e.Key, e.Expires
		p.Service = &s
	}
	return p
}

func withdrawn(all []delegation, e DelegationWithdrawn) []delegation {
	all = slices.Clone(all)
	for i := range all {
		if all[i].ID == e.Delegation {
			all[i].Period = all[i].Period.until(e.Last)
		}
	}
	return all
}
