package access

import (
	"slices"
	"sync"
	"time"

	"diwan/modules/kernel"
)

// mostRemembered bounds the memory of standings.
const mostRemembered = 50_000

type standingKey struct {
	who, behalf string
	day         kernel.Date
}

type roleDay struct {
	role string
	from kernel.Date
}

// forget forgets the standings that rest on one person, on their own or for a principal; all of them
// when nobody is named.
func (b *Book) forget(who string) {
	if who == "" {
		b.remembered.Clear()
		b.kept.Store(0)
		return
	}
	for key := range b.remembered.Range {
		if k := key.(standingKey); k.who == who || k.behalf == who {
			b.remembered.Delete(key)
			b.kept.Add(-1)
		}
	}
}

// Standing resolves what somebody may do at a moment; false when they may do nothing at all: they
// are not known, have left or are suspended, or hold no delegation of the principal they name.
func (b *Book) Standing(who string, as Acting, at time.Time) (Standing, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.broken != nil {
		return Standing{}, false
	}
	key := standingKey{who, as.OnBehalfOf, kernel.DateOf(at.In(b.zone))}
	known, there := b.remembered.Load(key)
	if !there {
		s, ok := b.resolve(key)
		if !ok {
			return Standing{}, false
		}
		if b.kept.Add(1) > mostRemembered {
			b.forget("")
		}
		b.remembered.Store(key, &s)
		known = &s
	}
	return b.at(known.(*Standing), as, at), true
}

// Afresh is Standing without memory, for a look at another day or at somebody who is not here.
func (b *Book) Afresh(who string, as Acting, at time.Time) (Standing, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	s, ok := b.resolve(standingKey{who, as.OnBehalfOf, kernel.DateOf(at.In(b.zone))})
	if !ok || b.broken != nil {
		return Standing{}, false
	}
	return b.at(&s, as, at), true
}

// at completes what holds all day by what holds at a moment.
func (b *Book) at(day *Standing, as Acting, at time.Time) Standing {
	s := *day
	s.At, s.steppedUp, s.lists = at, as.SteppedUp, b.objects
	if s.OnBehalfOf == "" {
		b.openEmergency(&s, at)
	}
	return s
}

// resolve works out what holds all day long.
func (b *Book) resolve(key standingKey) (Standing, bool) {
	p := b.people[key.who]
	if !p.worksOn(key.day) {
		return Standing{}, false
	}
	s := Standing{
		Person: key.who, Name: p.Name, Title: p.Title, Clearance: p.clearanceOn(key.day), day: key.day,
		worked: &resolved{},
	}
	if b.policy.stepUpOn(key.day) {
		s.stepUp = b.approvals
	}
	if key.behalf == "" || key.behalf == key.who {
		for _, g := range p.Grants {
			b.add(&s, g, key.day, nil)
		}
		return s, true
	}
	return s, b.actFor(&s, p, key.behalf, key.day)
}

// actFor fills a standing with what the principal has handed over, as far as the principal holds it
// today. Roles that may not meet with one of the delegate's own stay out, whenever they were granted.
func (b *Book) actFor(s *Standing, own person, principal string, day kernel.Date) bool {
	p := b.people[principal]
	if !p.worksOn(day) {
		return false
	}
	var acts []string
	for _, d := range p.Given {
		if d.Delegate == s.Person && d.Period.On(day) {
			acts = append(acts, d.Acts...)
			s.Delegated = d.Period
		}
	}
	if len(acts) == 0 {
		return false
	}
	s.OnBehalfOf, s.Clearance = principal, min(s.Clearance, p.clearanceOn(day))
	mine := own.roles(Period{From: day, To: day})
	for _, g := range p.Grants {
		if _, _, meet := b.duties.conflict([]string{g.Role}, mine); !meet {
			b.add(s, g, day, acts)
		}
	}
	return true
}

// add puts a grant into a standing: everything, or only some acts.
func (b *Book) add(s *Standing, g grant, day kernel.Date, only []string) {
	if !g.Period.On(day) {
		return
	}
	prefixes, stands := b.units.Reach(g.Unit, day)
	if !stands {
		return
	}
	set := b.roles[g.Role].on(day)
	s.held = append(s.held, holding{acts: b.actsOf(g.Role, set), only: only, prefixes: prefixes, grant: g})
	if !slices.Contains(s.Roles, g.Role) {
		s.Roles = append(s.Roles, g.Role)
	}
	s.Limit = max(s.Limit, set.Limit)
}

// actsOf is what a role gives, worked out once for all who hold it.
func (b *Book) actsOf(role string, set RoleSet) map[string]bool {
	key := roleDay{role, set.From}
	if known, there := b.gives.Load(key); there {
		return known.(map[string]bool)
	}
	acts := make(map[string]bool, len(set.Permissions))
	for _, act := range set.Permissions {
		acts[act] = true
	}
	b.gives.Store(key, acts)
	return acts
}

// resolved is set once for what others work out from a standing, and shared by its copies.
type resolved struct {
	once  [2]sync.Once
	value [2]any
}

// openEmergency adds the person's newest emergency that is open.
func (b *Book) openEmergency(s *Standing, at time.Time) {
	for _, id := range b.asked[s.Person] {
		m := b.emergencies[id]
		if !m.openAt(at) || s.open != nil && !m.Asked.At.After(s.open.Asked.At) {
			continue
		}
		if prefixes, stands := b.units.Reach(m.Asked.Unit, s.day); stands {
			s.open, s.openReach = &m, prefixes
		}
	}
}
