package access

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// What the book tells a reader: people whose grants lie where the reader may look, and oneself.

// mayLook tells whether a reader may look at a person under an act of reading: where one of the
// person's grants lies in the scope of the act; people who hold nothing are everybody's who may look.
func (b *Book) mayLook(by *Standing, act, id string, p person, day kernel.Date) bool {
	if !by.May(act, Object{}).Allowed {
		return false
	}
	scope := by.Scope(act)
	if slices.Contains(scope, "") || len(p.Grants) == 0 && p.Service == nil {
		return true
	}
	units := []string{}
	for _, g := range p.Grants {
		units = append(units, g.Unit)
	}
	if p.Service != nil { // a service is where its owner is
		for _, g := range b.people[p.Service.Owner].Grants {
			units = append(units, g.Unit)
		}
	}
	return slices.ContainsFunc(units, func(unit string) bool { return b.lies(unit, scope, day) })
}

// lies tells whether a unit lies in a scope; one that has gone is looked for by its path.
func (b *Book) lies(unit string, scope []string, day kernel.Date) bool {
	path := unit + "."
	if prefixes, stands := b.units.Reach(unit, day); stands && prefixes[0] != "" {
		path = prefixes[0]
	}
	return slices.ContainsFunc(scope, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// PersonOn is one person as a reader may see them on a day: oneself, or whoever the reader may look at.
func (b *Book) PersonOn(by *Standing, id string, day kernel.Date) *PersonSheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p, there := b.people[id]
	if !there || !p.known() || by == nil || by.Person != id && !b.mayLook(by, MayReadAccess, id, p, day) {
		return nil
	}
	sheet := b.personSheet(id, p, day)
	return &sheet
}

// PeopleQuery narrows the list of people.
type PeopleQuery struct {
	Search   string // words that begin a name, a title or the sign-in name
	Unit     string // where a grant holds
	Role     string // which is held
	State    PersonState
	Services *bool
}

// PeopleOn lists the people whom a reader may look at, by name.
func (b *Book) PeopleOn(by *Standing, q PeopleQuery, day kernel.Date) []PersonSheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	words := strings.Fields(strings.ToLower(foldArabic(q.Search)))
	var within []string
	if q.Unit != "" {
		prefixes, stands := b.units.Reach(q.Unit, day)
		if !stands {
			return nil
		}
		within = prefixes[:1]
	}
	var all []PersonSheet
	for id, p := range b.people {
		s := b.personSheet(id, p, day)
		if !p.known() || q.State != "" && s.State() != q.State || q.Services != nil && *q.Services != (p.Service != nil) || !fits(words, id, p) {
			continue
		}
		if !b.holds(p, q.Role, within, day) || !b.mayLook(by, MayReadAccess, id, p, day) {
			continue
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, c PersonSheet) int {
		return cmp.Or(strings.Compare(sortName(a.p.Name), sortName(c.p.Name)), strings.Compare(a.ID, c.ID))
	})
	return all
}

// holds tells whether a person holds a role in a unit on a day; both may be left open.
func (b *Book) holds(p person, role string, within []string, day kernel.Date) bool {
	if role == "" && within == nil {
		return true
	}
	return slices.ContainsFunc(p.Grants, func(g grant) bool {
		return g.Period.On(day) && (role == "" || g.Role == role) && (within == nil || b.lies(g.Unit, within, day))
	})
}

// Colleagues are the people who work here on a day, for choosing whom to hand something to: names
// only, which everybody who works here may know.
func (b *Book) Colleagues(search string, day kernel.Date) []PersonSheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	words := strings.Fields(strings.ToLower(foldArabic(search)))
	var all []PersonSheet
	for id, p := range b.people {
		if p.worksOn(day) && p.Service == nil && fits(words, id, p) {
			all = append(all, b.personSheet(id, p, day))
		}
	}
	slices.SortFunc(all, func(a, c PersonSheet) int {
		return cmp.Or(strings.Compare(sortName(a.p.Name), sortName(c.p.Name)), strings.Compare(a.ID, c.ID))
	})
	return all
}

// RolesOn lists the roles by title.
func (b *Book) RolesOn(day kernel.Date) []RoleSheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var all []RoleSheet
	for id, r := range b.roles {
		if r.known() {
			all = append(all, RoleSheet{id, r, day, b})
		}
	}
	slices.SortFunc(all, func(a, c RoleSheet) int {
		return cmp.Or(strings.Compare(sortName(a.r.Title), sortName(c.r.Title)), strings.Compare(a.ID, c.ID))
	})
	return all
}

// RoleOn is one role on a day; nil when there is none.
func (b *Book) RoleOn(id string, day kernel.Date) *RoleSheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	r, there := b.roles[id]
	if !there || !r.known() {
		return nil
	}
	return &RoleSheet{id, r, day, b}
}

// HoldersOf lists who holds, held or will hold a role, as far as the reader may look at them.
func (b *Book) HoldersOf(by *Standing, id string, day kernel.Date) []RoleHolderSheet {
	b.mu.RLock()
	r := b.roles[id]
	var all []RoleHolderSheet
	for _, h := range r.Holders {
		p := b.people[h.Person]
		if g, there := p.grantNo(h.Grant); there && b.mayLook(by, MayReadAccess, h.Person, p, day) {
			all = append(all, RoleHolderSheet{
				Person: PersonRef{h.Person, p.Name}, No: h.Grant, Unit: ScopeUnit{g.Unit, day}, dated: dated{h.Period, day},
			})
		}
	}
	b.mu.RUnlock()
	slices.SortFunc(all, func(a, c RoleHolderSheet) int {
		return cmp.Or(ahead(a.Holds(), c.Holds()), strings.Compare(a.Person.ID, c.Person.ID), a.No-c.No)
	})
	return all
}

// Separations lists the pairs of roles that may not meet in one person.
func (b *Book) Separations() []ApartSheet {
	b.mu.RLock()
	pairs := slices.Clone(b.duties.Pairs)
	b.mu.RUnlock()
	slices.SortFunc(pairs, func(a, c rolePair) int { return cmp.Or(strings.Compare(a.A, c.A), strings.Compare(a.B, c.B)) })
	all := make([]ApartSheet, len(pairs))
	for i, p := range pairs {
		all[i] = ApartSheet{b.roleRef(p.A), b.roleRef(p.B)}
	}
	return all
}

// ObjectsOn lists the graded objects by key.
func (b *Book) ObjectsOn(day kernel.Date) []ObjectSheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	all := make([]ObjectSheet, 0, len(b.objects))
	for key, o := range b.objects {
		all = append(all, ObjectSheet{key, o, day, b})
	}
	slices.SortFunc(all, func(a, c ObjectSheet) int { return strings.Compare(a.Key, c.Key) })
	return all
}

// EmergenciesAt lists the uses of the emergency way in at a moment, the newest first: all of them for
// whoever watches over them, one's own for everybody.
func (b *Book) EmergenciesAt(by *Standing, at time.Time, waiting bool) []EmergencySheet {
	b.mu.RLock()
	defer b.mu.RUnlock()
	watches := by.May(MayReadAccess, Object{}).Allowed || by.Holds(MayAnswerEmergency)
	day := kernel.DateOf(at.In(b.zone))
	var all []EmergencySheet
	for id, m := range b.emergencies {
		if m.known() && (watches || m.Asked.Person == by.Person) && (!waiting || m.waits()) {
			all = append(all, EmergencySheet{id, m, at, day, b})
		}
	}
	slices.SortFunc(all, func(a, c EmergencySheet) int {
		return cmp.Or(c.m.Asked.At.Compare(a.m.Asked.At), strings.Compare(a.ID, c.ID))
	})
	return all
}

// fits tells whether every word begins a word of what the person is known by.
func fits(words []string, id string, p person) bool {
	if len(words) == 0 {
		return true
	}
	known := strings.Fields(strings.ToLower(foldArabic(strings.Join([]string{id, p.Name.Ar, p.Name.En, p.Title.Ar, p.Title.En}, " "))))
	for _, w := range words {
		if !slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, w) || strings.HasPrefix(k, "ال"+w) }) {
			return false
		}
	}
	return true
}

// foldArabic makes letters that are written one for the other the same.
func foldArabic(s string) string {
	return strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ة", "ه", "ى", "ي", "ـ", "", "،", " ", ",", " ").Replace(s)
}

// sortName is what a list is ordered by.
func sortName(t kernel.Text) string { return foldArabic(t.In("ar")) }
