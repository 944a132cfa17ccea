package directory

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// plan is what an act records, decided step by step on the register it leads to.
type plan struct {
	r      register
	lists  lists // that codes are looked up in
	now    Instrument
	events []eventstore.Event
	affected
}

func newPlan(r register, i Instrument) *plan {
	return &plan{r: r, now: i, affected: affected{from: i.From}}
}

// record adds an event and moves the plan's register by it.
func (p *plan) record(e eventstore.Event) {
	p.events = append(p.events, e)
	p.r = p.r.evolve(e)
}

// look has units checked at the end.
func (p *plan) look(units ...string) {
	for _, id := range units {
		if !slices.Contains(p.units, id) {
			p.units = append(p.units, id)
		}
	}
}

// lookPosts has posts checked at the end.
func (p *plan) lookPosts(posts ...string) {
	for _, id := range posts {
		if !slices.Contains(p.posts, id) {
			p.posts = append(p.posts, id)
		}
	}
}

// on is the tree of the act's day, as planned so far.
func (p *plan) on() Units { return Units{r: p.r, day: p.from} }

// finish holds the rules against everything the plan touches.
func (p *plan) finish(rules []treeRule) ([]eventstore.Event, error) {
	if err := p.r.check(rules, p.affected); err != nil {
		return nil, err
	}
	return p.events, nil
}

// existing is a unit that is open on the act's day, at the version a screen saw, 0 = at any.
func (p *plan) existing(path, id string, expected int64) (Unit, error) {
	u, open := p.on().Unit(id)
	if !open {
		return u, unknownUnit(path, id, p.from)
	}
	return u, moved(id, expected, u.Version)
}

// existingPost is a post that is open on the act's day.
func (p *plan) existingPost(path, id string, expected int64) (Post, error) {
	one, open := p.on().Post(id)
	if !open {
		return one, kernel.Problem{Code: "directory.post_unknown", Path: path, Message: kernel.Text{
			Ar: "لا توجد وظيفة برقم " + brief(id) + " قائمة في " + p.from.String() + ".",
			En: "There is no post " + brief(id) + " open on " + p.from.String() + ".",
		}}
	}
	return one, moved(id, expected, one.Version)
}

// fresh refuses an id that is in use.
func (p *plan) fresh(id string) error {
	_, isUnit := p.r.units.get(id)
	_, isPost := p.r.posts.get(id)
	if !isUnit && !isPost {
		return nil
	}
	return kernel.Problem{Code: "directory.id_taken", Path: "id", Message: kernel.Text{
		Ar: "الرقم " + id + " مستعمل.", En: "The id " + id + " is in use.",
	}}
}

func unknownUnit(path, id string, day kernel.Date) kernel.Problem {
	return kernel.Problem{Code: "directory.unit_unknown", Path: path, Message: kernel.Text{
		Ar: "لا توجد جهة أو وحدة برقم " + brief(id) + " قائمة في " + day.String() + ".",
		En: "There is no body or unit " + brief(id) + " open on " + day.String() + ".",
	}}
}

// children hands every unit and post that stands below a unit on the act's day to another one, each
// under its code or the one that codes gives it.
func (p *plan) children(from string, to func(id string) string, codes map[string]string) {
	code := func(id, own string) string {
		if other, given := codes[id]; given {
			return other
		}
		return own
	}
	for _, child := range p.on().Children(from) {
		p.record(UnitMoved{p.now, child.ID, to(child.ID), code(child.ID, child.Code)})
		p.look(child.ID)
	}
	for _, office := range p.on().Posts(from) {
		p.record(PostMoved{p.now, office.ID, to(office.ID), code(office.ID, office.Code)})
		p.lookPosts(office.ID)
	}
}
