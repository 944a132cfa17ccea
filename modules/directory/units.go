package directory

import (
	"slices"
	"strings"

	"diwan/modules/kernel"
)

// Units is the tree as it is on one day: what a document of that day saw. It is a small value over a
// register that never changes, so it can be kept and asked from anywhere.
type Units struct {
	r    register
	day  kernel.Date
	upTo int64 // 0 = with all that is known now
}

// Unit is a body or unit on a day (جهة أو وحدة).
type Unit struct {
	ID      string
	Body    bool // a unit of its own standing, with a chapter of the budget
	Parent  string
	Code    string
	Path    string // codes from the root down: jo.2501.40
	Name    kernel.Text
	Kind    string // of a body
	Level   int    // of a unit; 0 of a body
	Chapter string
	Centre  string
	Version int64 // how many acts have touched it
}

// Post is a post on a day (وظيفة).
type Post struct {
	ID, Unit, Code string
	Title          kernel.Text
	Version        int64
}

// Holder is a person in a post, from a day to a day; a zero To is open.
type Holder struct {
	Tenure, Person, Post string
	Acting               bool
	From, To             kernel.Date
}

// mostLevels is deeper than any government; a walk up the tree ends there.
const mostLevels = 64

// Day is the day this tree is of.
func (u Units) Day() kernel.Date { return u.day }

// Root is the id of the unit that has no parent.
func (u Units) Root() string { return u.r.root }

// Unit returns a unit that is open on the day.
func (u Units) Unit(id string) (Unit, bool) {
	found, ok := u.r.units.get(id)
	if !ok || !u.open(found) {
		return Unit{}, false
	}
	return u.show(found), true
}

// Known returns a unit as it was last on the day or before, open or closed by now, so that an old
// document's unit always has a name. ok is false when it was never founded by then.
func (u Units) Known(id string) (_ Unit, open, ok bool) {
	found, there := u.r.units.get(id)
	if !there {
		return Unit{}, false, false
	}
	if _, named := found.names.on(u.day, u.upTo); !named {
		return Unit{}, false, false
	}
	return u.show(found), u.open(found), true
}

func (u Units) open(found *unit) bool {
	open, _ := found.open.on(u.day, u.upTo)
	return open
}

func (u Units) show(found *unit) Unit {
	s := Unit{ID: found.id, Body: found.body, Version: found.version}
	at, _ := found.places.on(u.day, u.upTo)
	s.Parent, s.Code = at.parent, at.code
	s.Name, _ = found.names.on(u.day, u.upTo)
	s.Kind, _ = found.kinds.on(u.day, u.upTo)
	s.Level, _ = found.levels.on(u.day, u.upTo)
	s.Chapter, _ = found.chapters.on(u.day, u.upTo)
	s.Centre, _ = found.centres.on(u.day, u.upTo)
	s.Path = u.path(found)
	return s
}

// path joins the codes from the root down to a unit.
func (u Units) path(found *unit) string {
	var codes [mostLevels]string
	n := mostLevels
	for n > 0 {
		at, ok := found.places.on(u.day, u.upTo)
		if !ok {
			break
		}
		n--
		codes[n] = at.code
		if found, ok = u.r.units.get(at.parent); !ok {
			break
		}
	}
	return strings.Join(codes[n:], ".")
}

// Path is where a unit stands on the day, open or closed by then.
func (u Units) Path(id string) (string, bool) {
	found, ok := u.r.units.get(id)
	if !ok {
		return "", false
	}
	if _, placed := found.places.on(u.day, u.upTo); !placed {
		return "", false
	}
	return u.path(found), true
}

// Within tells whether a unit is another one or stands below it on the day.
func (u Units) Within(id, above string) bool {
	for range mostLevels {
		if id == above {
			return id != ""
		}
		found, ok := u.r.units.get(id)
		if !ok {
			return false
		}
		at, placed := found.places.on(u.day, u.upTo)
		if !placed {
			return false
		}
		id = at.parent
	}
	return false
}

// Ancestors are the units above one, the nearest first.
func (u Units) Ancestors(id string) []Unit {
	var all []Unit
	for range mostLevels {
		found, ok := u.r.units.get(id)
		if !ok {
			break
		}
		at, _ := found.places.on(u.day, u.upTo)
		above, ok := u.r.units.get(at.parent)
		if !ok {
			break
		}
		all, id = append(all, u.show(above)), at.parent
	}
	return all
}

// BodyOf is the nearest body at or above a unit.
func (u Units) BodyOf(id string) (Unit, bool) {
	if found, ok := u.r.units.get(id); ok && found.body {
		return u.Unit(id)
	}
	for _, above := range u.Ancestors(id) {
		if above.Body {
			return above, true
		}
	}
	return Unit{}, false
}

// At returns the open unit that stands at a path.
func (u Units) At(path string) (Unit, bool) {
	root, ok := u.Unit(u.r.root)
	code, rest, more := strings.Cut(path, ".")
	if !ok || root.Code != code {
		return Unit{}, false
	}
	for more {
		code, rest, more = strings.Cut(rest, ".")
		i := slices.IndexFunc(u.Children(root.ID), func(c Unit) bool { return c.Code == code })
		if i < 0 {
			return Unit{}, false
		}
		root = u.Children(root.ID)[i]
	}
	return root, true
}

// Children are the open units right below one, in the order of their codes.
func (u Units) Children(id string) []Unit {
	ever, _ := u.r.below.get(id)
	var all []Unit
	for _, child := range ever {
		found, _ := u.r.units.get(child)
		if at, _ := found.places.on(u.day, u.upTo); at.parent == id && u.open(found) {
			all = append(all, u.show(found))
		}
	}
	slices.SortFunc(all, func(a, b Unit) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Below are all open units below one, the unit itself first, in the order of the tree.
func (u Units) Below(id string) []Unit {
	top, ok := u.Unit(id)
	if !ok {
		return nil
	}
	all := []Unit{top}
	for _, child := range u.Children(id) {
		all = append(all, u.Below(child.ID)...)
	}
	return all
}

// ByChapter is the open body that has a chapter of the budget on the day.
func (u Units) ByChapter(chapter string) (Unit, bool) {
	ever, _ := u.r.chapters.get(chapter)
	for _, id := range ever {
		if one, open := u.Unit(id); open && one.Chapter == chapter {
			return one, true
		}
	}
	return Unit{}, false
}

// ByCentre is the open unit that has a financial centre on the day.
func (u Units) ByCentre(centre string) (Unit, bool) {
	ever, _ := u.r.centres.get(centre)
	for _, id := range ever {
		if one, open := u.Unit(id); open && one.Centre == centre {
			return one, true
		}
	}
	return Unit{}, false
}

// Successors are the units that stand, on the day, for one that was founded earlier: itself while it
// is open, and else those it was merged into or split into, and theirs. Nothing when it was closed.
func (u Units) Successors(id string) []Unit {
	var all []Unit
	seen := map[string]bool{}
	var follow func(string)
	follow = func(id string) {
		found, ok := u.r.units.get(id)
		if !ok || seen[id] {
			return
		}
		seen[id] = true
		if u.open(found) {
			all = append(all, u.show(found))
			return
		}
		heirs, _ := found.heirs.on(u.day, u.upTo)
		for _, heir := range heirs {
			follow(heir)
		}
	}
	follow(id)
	return all
}
