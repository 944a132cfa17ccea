package access

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// tree is the dated tree of bodies and units, as the directory's events tell it. A grant names a unit
// by its id, or by its path; where there is no tree yet a path stands for itself.
type tree struct {
	units map[string]*unit
	root  string

	looking sync.Mutex
	days    map[kernel.Date]*dayTree // what the tree looks like on a day; forgotten when it changes
}

// mostDays bounds the memory of days.
const mostDays = 40

// dayTree is the tree on one day, worked out once for all who are resolved on it.
type dayTree struct {
	byPath map[string]*unit
	below  map[string][]*unit // standing units by the id of the one above
	reach  sync.Map           // by the name a grant gives
}

// unit is what the tree knows of one body or unit, in the order it was told.
type unit struct {
	id       string
	places   []fact // parent and code
	ends     []fact
	chapters []fact
	centres  []fact
	taken    []fact // units that were merged into it
}

// fact holds from a day on.
type fact struct {
	act         string
	from        kernel.Date
	parent, one string
}

// treeEvent is as much of the directory's events as the tree needs.
type treeEvent struct {
	Act     string      `json:"act"`
	From    kernel.Date `json:"from"`
	ID      string      `json:"id"`
	Parent  string      `json:"parent"`
	Code    string      `json:"code"`
	Chapter string      `json:"chapter"`
	Centre  string      `json:"centre"`
	Into    string      `json:"into"`
}

func newTree() *tree { return &tree{units: map[string]*unit{}} }

// on is the tree on a day.
func (t *tree) on(day kernel.Date) *dayTree {
	t.looking.Lock()
	defer t.looking.Unlock()
	if known := t.days[day]; known != nil {
		return known
	}
	d := &dayTree{byPath: make(map[string]*unit, len(t.units)), below: make(map[string][]*unit, len(t.units))}
	for _, u := range t.units {
		if !u.stands(day) {
			continue
		}
		d.byPath[t.path(u, day)] = u
		at, _ := in(u.places, day)
		d.below[at.parent] = append(d.below[at.parent], u)
	}
	if t.days == nil || len(t.days) >= mostDays {
		t.days = map[kernel.Date]*dayTree{}
	}
	t.days[day] = d
	return d
}

// fold takes one event of the directory; others than the tree's leave it as it is.
func (t *tree) fold(recorded *eventstore.Recorded) (bool, error) {
	changed, err := t.change(recorded)
	if changed {
		t.days = nil
	}
	return changed, err
}

func (t *tree) change(recorded *eventstore.Recorded) (bool, error) {
	switch recorded.Type {
	case "directory.body_founded", "directory.unit_founded", "directory.unit_moved", "directory.unit_merged", "directory.unit_closed",
		"directory.body_chapter_set", "directory.unit_centre_set", "directory.act_withdrawn":
	case "directory.unit_split":
		return t.split(recorded)
	default:
		return false, nil
	}
	var e treeEvent
	if err := json.Unmarshal(recorded.Data, &e); err != nil {
		return false, fmt.Errorf("read %s: %w", recorded.Type, err)
	}
	if recorded.Type == "directory.act_withdrawn" {
		t.withdraw(e.Act)
		return true, nil
	}
	u := t.unit(e.ID)
	of := func(value string) fact { return fact{e.Act, e.From, e.Parent, value} }
	switch recorded.Type {
	case "directory.body_founded", "directory.unit_founded":
		u.places = append(u.places, of(e.Code))
		u.chapters, u.centres = append(u.chapters, of(e.Chapter)), append(u.centres, of(e.Centre))
		if e.Parent == "" && t.root == "" {
			t.root = e.ID
		}
	case "directory.unit_moved":
		u.places = append(u.places, of(e.Code))
	case "directory.unit_merged":
		u.ends = append(u.ends, of(""))
		into := t.unit(e.Into)
		into.taken = append(into.taken, of(e.ID))
	case "directory.unit_closed":
		u.ends = append(u.ends, of(""))
	case "directory.body_chapter_set":
		u.chapters = append(u.chapters, of(e.Chapter))
	case "directory.unit_centre_set":
		u.centres = append(u.centres, of(e.Centre))
	}
	return true, nil
}

// split ends the unit that is split, unless it continues.
func (t *tree) split(recorded *eventstore.Recorded) (bool, error) {
	var e struct {
		Act       string      `json:"act"`
		From      kernel.Date `json:"from"`
		ID        string      `json:"id"`
		Continues bool        `json:"continues"`
	}
	if err := json.Unmarshal(recorded.Data, &e); err != nil {
		return false, fmt.Errorf("read %s: %w", recorded.Type, err)
	}
	if u := t.unit(e.ID); !e.Continues {
		u.ends = append(u.ends, fact{act: e.Act, from: e.From})
	}
	return true, nil
}

func (t *tree) unit(id string) *unit {
	u := t.units[id]
	if u == nil {
		u = &unit{id: id}
		t.units[id] = u
	}
	return u
}

// withdraw forgets what an act was to change.
func (t *tree) withdraw(act string) {
	for _, u := range t.units {
		for _, facts := range []*[]fact{&u.places, &u.ends, &u.chapters, &u.centres, &u.taken} {
			*facts = slices.DeleteFunc(slices.Clone(*facts), func(f fact) bool { return f.act == act })
		}
	}
}

// in is the fact that holds on a day: of the newest day begun, the one told last.
func in(facts []fact, day kernel.Date) (fact, bool) {
	var found fact
	ok := false
	for _, f := range facts {
		if !f.from.After(day) && (!ok || !f.from.Before(found.from)) {
			found, ok = f, true
		}
	}
	return found, ok
}

// stands tells whether a unit is there on a day.
func (u *unit) stands(day kernel.Date) bool {
	_, placed := in(u.places, day)
	_, ended := in(u.ends, day)
	return placed && !ended
}

const mostLevels = 64 // deeper than any government

// path joins the codes from the root down to a unit.
func (t *tree) path(u *unit, day kernel.Date) string {
	var codes []string
	for range mostLevels {
		at, placed := in(u.places, day)
		if !placed {
			break
		}
		codes = append(codes, at.one)
		if u = t.units[at.parent]; u == nil {
			break
		}
	}
	slices.Reverse(codes)
	return strings.Join(codes, ".")
}

// find resolves an id, or a path, to a unit that stands on a day.
func (t *tree) find(name string, day kernel.Date) *unit {
	if u := t.units[name]; u != nil && u.stands(day) {
		return u
	}
	return t.on(day).byPath[name]
}

// Reach is what a unit and everything below it cover on a day, as prefixes of unit paths, the unit's
// own first, and of budget units; one empty prefix is everything. ok is false when the unit does not
// stand that day.
func (t *tree) Reach(name string, day kernel.Date) ([]string, bool) {
	if t.root == "" {
		return pathReach(name)
	}
	reach := &t.on(day).reach
	if known, there := reach.Load(name); there {
		return known.([]string), true
	}
	prefixes, stands := t.worked(name, day)
	if stands {
		prefixes = slices.Clip(prefixes) // shared by all who reach it
		reach.Store(name, prefixes)
	}
	return prefixes, stands
}

// worked works out what a unit covers.
func (t *tree) worked(name string, day kernel.Date) ([]string, bool) {
	u := t.find(name, day)
	if u == nil {
		return nil, false
	}
	if u.id == t.root {
		return []string{""}, true
	}
	chapter := ""
	for above, n := u, 0; above != nil && n < mostLevels && chapter == ""; n++ {
		if c, _ := in(above.chapters, day); c.one != "" {
			chapter = c.one
		}
		at, _ := in(above.places, day)
		above = t.units[at.parent]
	}
	prefixes := []string{t.path(u, day) + "."}
	return t.budgets(u, chapter, day, prefixes, 0), true
}

// budgets adds the budget units of a unit: its chapter, or its centre, or those of the units below
// it; and those of the units that were merged into it.
func (t *tree) budgets(u *unit, chapter string, day kernel.Date, prefixes []string, depth int) []string {
	if depth > mostLevels {
		return prefixes
	}
	for _, taken := range u.taken {
		if before := t.units[taken.one]; before != nil && !taken.from.After(day) {
			prefixes = t.budgets(before, chapter, day, prefixes, depth+1)
		}
	}
	if c, _ := in(u.chapters, day); c.one != "" {
		return append(prefixes, kernel.BudgetUnit(c.one, ""))
	}
	if c, _ := in(u.centres, day); c.one != "" && chapter != "" {
		return append(prefixes, kernel.BudgetUnit(chapter, c.one))
	}
	for _, below := range t.on(day).below[u.id] {
		prefixes = t.budgets(below, chapter, day, prefixes, depth+1)
	}
	return prefixes
}

// pathReach reads a path where there is no tree: the first code is the government, the second the
// chapter, the third the centre.
func pathReach(path string) ([]string, bool) {
	codes := strings.Split(path, ".")
	switch len(codes) {
	case 1:
		return []string{""}, path != ""
	case 2:
		return []string{path + ".", kernel.BudgetUnit(codes[1], "")}, true
	}
	return []string{path + ".", kernel.BudgetUnit(codes[1], codes[2])}, true
}
