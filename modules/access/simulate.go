package access

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// Hypothesis is whose rights are asked about: a person, or roles held in a unit.
type Hypothesis struct {
	Person    string
	Behalf    string // the principal, when the person acts under a delegation
	Roles     []string
	Unit      string // where the roles are held
	Clearance Secrecy
}

// Simulation is what somebody may do on a day, act by act, and why.
type Simulation struct {
	Day    kernel.Date
	Works  bool
	Why    kernel.Text // they may do nothing at all
	about  Hypothesis
	on     Object
	acts   []Act
	book   *Book
	s      Standing
	person *PersonSheet
}

// Simulate resolves a hypothesis with the standing that commands are decided with, and never with a
// rule of its own. at is the moment; the session is taken to be as strong as can be.
func (b *Book) Simulate(about Hypothesis, on Object, acts []Act, at time.Time) Simulation {
	day := kernel.DateOf(at.In(b.zone))
	sim := Simulation{Day: day, about: about, on: on, acts: acts, book: b}
	if about.Person == "" {
		sim.s, sim.Works = b.supposed(about, day, at), true
		return sim
	}
	sim.s, sim.Works = b.Afresh(about.Person, Acting{OnBehalfOf: about.Behalf, SteppedUp: true}, at)
	if !sim.Works {
		sim.Why = b.idle(about, day)
	}
	return sim
}

// supposed is the standing of whoever holds roles in a unit, put together by the same steps as
// everybody's.
func (b *Book) supposed(about Hypothesis, day kernel.Date, at time.Time) Standing {
	b.mu.RLock()
	defer b.mu.RUnlock()
	s := Standing{Clearance: about.Clearance, At: at, day: day, lists: b.objects, steppedUp: true}
	for i, role := range about.Roles {
		b.add(&s, grant{No: i + 1, Role: role, Unit: about.Unit, Period: Period{day, day}}, day, nil)
	}
	return s
}

// idle says why somebody may do nothing at all.
func (b *Book) idle(about Hypothesis, day kernel.Date) kernel.Text {
	who := about.Person
	p, known := b.person(who)
	if known && p.worksOn(day) && about.Behalf != "" {
		if principal, there := b.person(about.Behalf); there && !principal.worksOn(day) {
			who, p = about.Behalf, principal
		} else {
			return kernel.Text{
				Ar: fmt.Sprintf("لا تفويض من %s إلى %s في هذا اليوم.", b.personRef(about.Behalf).Name.In("ar"), b.personRef(about.Person).Name.In("ar")),
				En: fmt.Sprintf("%s has delegated nothing to %s on this day.", b.personRef(about.Behalf).Name.In("en"), b.personRef(about.Person).Name.In("en")),
			}
		}
	}
	if !known {
		return unknownPerson("person", who).Message
	}
	sheet := b.personSheet(who, p, day)
	name := p.Name
	switch sheet.State() {
	case PersonSuspends:
		return kernel.Text{Ar: name.In("ar") + ": موقوف.", En: name.In("en") + " is suspended."}
	case PersonHasLeft:
		return kernel.Text{Ar: fmt.Sprintf("%s: آخر يوم له %s.", name.In("ar"), p.Last), En: fmt.Sprintf("%s left; the last day was %s.", name.In("en"), p.Last)}
	case PersonNotBegun:
		return kernel.Text{Ar: fmt.Sprintf("%s: يبدأ يوم %s.", name.In("ar"), p.Since), En: fmt.Sprintf("%s begins on %s.", name.In("en"), p.Since)}
	case PersonKeyIsOver:
		return kernel.Text{Ar: fmt.Sprintf("انتهى حساب النظام يوم %s.", p.Service.Expires), En: fmt.Sprintf("The service account ended on %s.", p.Service.Expires)}
	}
	return kernel.Text{Ar: name.In("ar") + ": لا حق في هذا اليوم.", En: name.In("en") + " may do nothing on this day."}
}

// Person is whose rights these are; nil for roles.
func (s *Simulation) Person() *PersonRef { return s.book.somebody(s.about.Person) }

// OnBehalfOf is the principal acted for.
func (s *Simulation) OnBehalfOf() *PersonRef { return s.book.somebody(s.s.OnBehalfOf) }

// Clearance is the grade that counts.
func (s *Simulation) Clearance() Grade { return Grade{s.s.Clearance} }

// Roles are those in force on the day.
func (s *Simulation) Roles() []RoleRef {
	all := make([]RoleRef, len(s.s.Roles))
	for i, id := range s.s.Roles {
		all[i] = s.book.roleRef(id)
	}
	return all
}

// Unlimited tells that final approvals have no upper bound.
func (s *Simulation) Unlimited() bool { return s.s.Limit == Unlimited }

// Limit is the most they approve finally.
func (s *Simulation) Limit() *kernel.Money {
	return (&RoleSetSheet{set: RoleSet{Limit: s.s.Limit}}).Limit()
}

// Emergency tells that the emergency way in is open.
func (s *Simulation) Emergency() bool { return s.s.Emergency() }

// Apart are the pairs of these roles that may not meet in one person; no person can hold both.
func (s *Simulation) Apart() []ApartSheet {
	all := []ApartSheet{}
	for _, pair := range s.book.Separations() {
		if slices.Contains(s.about.Roles, pair.A.ID) && slices.Contains(s.about.Roles, pair.B.ID) {
			all = append(all, pair)
		}
	}
	return all
}

// AllowedCount is how many of the acts are allowed.
func (s *Simulation) AllowedCount() int {
	n := 0
	for _, a := range s.acts {
		if s.Works && s.s.May(a.Name, s.on).Allowed {
			n++
		}
	}
	return n
}

// ActCount is how many acts were asked about.
func (s *Simulation) ActCount() int { return len(s.acts) }

// Verdicts are the answers of the rule, what is allowed first.
func (s *Simulation) Verdicts(first int, after *string) (*VerdictConnection, error) {
	all := make([]VerdictSheet, 0, len(s.acts))
	for _, a := range s.acts {
		v := Verdict{}
		if s.Works {
			v = s.s.May(a.Name, s.on)
		}
		all = append(all, VerdictSheet{Act: a, v: v, sim: s})
	}
	slices.SortStableFunc(all, func(a, b VerdictSheet) int { return ahead(a.v.Allowed, b.v.Allowed) })
	return paged(all, first, after, func(v *VerdictSheet) string { return v.Act.Name })
}

// VerdictSheet is the rule's answer about one act.
type VerdictSheet struct {
	Act Act
	v   Verdict
	sim *Simulation
}

// Allowed is the answer.
func (s *VerdictSheet) Allowed() bool { return s.v.Allowed }

// Role is the role that allows it.
func (s *VerdictSheet) Role() *RoleRef {
	if s.v.Role == "" {
		return nil
	}
	ref := s.sim.book.roleRef(s.v.Role)
	return &ref
}

// Unit is where that role, or the emergency, holds.
func (s *VerdictSheet) Unit() *ScopeUnit {
	if s.v.Unit == "" {
		return nil
	}
	return &ScopeUnit{s.v.Unit, s.sim.Day}
}

// Grant is the grant that allows it.
func (s *VerdictSheet) Grant() *GrantSheet {
	for i := range s.sim.s.held {
		h := &s.sim.s.held[i]
		if s.v.Role != "" && h.gives(s.Act.Name) && h.grant.Role == s.v.Role && h.grant.Unit == s.v.Unit {
			g := s.sim.book.grantSheet(h.grant, s.sim.Day)
			return &g
		}
	}
	return nil
}

// Units are those in which the act is held at all.
func (s *VerdictSheet) Units() []ScopeUnit {
	all := []ScopeUnit{}
	for i := range s.sim.s.held {
		h := &s.sim.s.held[i]
		if one := (ScopeUnit{h.grant.Unit, s.sim.Day}); h.gives(s.Act.Name) && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

// Why is the reason as programs read it.
func (s *VerdictSheet) Why() string {
	switch {
	case !s.sim.Works:
		return "nothing"
	case s.v.Why == NoRole && len(s.keptOut()) > 0:
		return "roles_apart"
	}
	return string(s.v.Why)
}

// Reason is the same as a sentence.
func (s *VerdictSheet) Reason() kernel.Text {
	b, sim := s.sim.book, s.sim
	if !sim.Works {
		return sim.Why
	}
	role := func(language string) string { return b.roleRef(s.v.Role).Title.In(language) }
	switch s.v.Why {
	case ByGrant:
		return kernel.Text{Ar: "بالدور «" + role("ar") + "».", En: "By the role “" + role("en") + "”."}
	case ByDelegation:
		p := b.personRef(sim.s.OnBehalfOf).Name
		return kernel.Text{
			Ar: fmt.Sprintf("بالإنابة عن %s بالدور «%s»، حتى %s.", p.In("ar"), role("ar"), sim.s.Delegated.To),
			En: fmt.Sprintf("For %s by the role “%s”, until %s.", p.In("en"), role("en"), sim.s.Delegated.To),
		}
	case ByEmergency:
		return kernel.Text{Ar: "باطلاع طارئ مفتوح الآن.", En: "By the emergency way in, open now."}
	case OutOfScope:
		return kernel.Text{Ar: "الإجراء لديه في وحدات أخرى، والموضوع خارجها.", En: "The act is held in other units; the object lies outside them."}
	case AboveClearance:
		return kernel.Text{
			Ar: fmt.Sprintf("درجة الموضوع «%s» أعلى من درجته «%s».", sim.on.Secrecy.Words().Ar, sim.s.Clearance.Words().Ar),
			En: fmt.Sprintf("The object is %s and the clearance is %s.", sim.on.Secrecy.Words().En, sim.s.Clearance.Words().En),
		}
	case NotNamed:
		return kernel.Text{Ar: "ليس في قائمة المطلعين على الموضوع.", En: "Not on the object's need-to-know list."}
	case ProofTooOld:
		return kernel.Text{Ar: "يلزم إثبات الهوية من جديد.", En: "A fresh proof of identity is needed."}
	}
	if out := s.keptOut(); len(out) > 0 {
		return kernel.Text{
			Ar: fmt.Sprintf("لا ينتقل بالتفويض: الدوران «%s» و«%s» لا يجتمعان في شخص واحد.", out[0].Title.In("ar"), out[1].Title.In("ar")),
			En: fmt.Sprintf("Not handed on: the roles “%s” and “%s” may not meet in one person.", out[0].Title.In("en"), out[1].Title.In("en")),
		}
	}
	return s.noRole()
}

// noRole says which roles would give the act.
func (s *VerdictSheet) noRole() kernel.Text {
	var ar, en []string
	for _, r := range s.sim.book.RolesOn(s.sim.Day) {
		if slices.Contains(r.r.on(s.sim.Day).Permissions, s.Act.Name) {
			ar, en = append(ar, "«"+r.r.Title.In("ar")+"»"), append(en, "“"+r.r.Title.In("en")+"”")
		}
	}
	if len(ar) == 0 {
		return kernel.Text{Ar: "لا دور يحمل هذا الإجراء.", En: "No role holds this act."}
	}
	return kernel.Text{Ar: "لا دور من أدواره يحمله. يحمله: " + strings.Join(ar, "، ") + ".", En: "None of the roles held gives it. It is given by " + strings.Join(en, ", ") + "."}
}

// keptOut are a role of the principal's that would give the act and a role of the delegate's own,
// which may not meet: a delegation hands the first one not on.
func (s *VerdictSheet) keptOut() []RoleRef {
	sim := s.sim
	if sim.s.OnBehalfOf == "" {
		return nil
	}
	b := sim.book
	own, _ := b.person(sim.about.Person)
	principal, _ := b.person(sim.s.OnBehalfOf)
	b.mu.RLock()
	apart, roles := b.duties, b.roles
	today := Period{sim.Day, sim.Day}
	var one, other string
	for _, g := range principal.Grants {
		if !g.Period.On(sim.Day) || !slices.Contains(roles[g.Role].on(sim.Day).Permissions, s.Act.Name) {
			continue
		}
		if a, c, meet := apart.conflict([]string{g.Role}, own.roles(today)); meet {
			one, other = a, c
		}
	}
	b.mu.RUnlock()
	if one == "" {
		return nil
	}
	return []RoleRef{b.roleRef(one), b.roleRef(other)}
}
