package directory

import (
	"cmp"
	"maps"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// lists are all code lists with their history: the state of their stream, a value.
type lists struct{ byName map[string]*codeList }

// codeList is one list. Codes are never deleted and never used again for something else.
type codeList struct {
	name     string
	title    kernel.Text
	versions []ListVersion
	order    []string
	values   map[string]timeline[listEntry]
}

type listEntry struct {
	value      ListValue
	retired    bool
	replacedBy string
}

// ListVersion is a version of a list and the day it came into force.
type ListVersion struct {
	Version string
	From    kernel.Date
	Source  string
}

// ListsStream holds the versions of all lists.
func ListsStream() eventstore.Stream {
	return eventstore.Stream{Category: "directory.lists", Key: "government"}
}

func listCategory() eventstore.Category {
	return eventstore.CategoryOf("directory.lists", eventstore.Main, eventstore.NewCodec(listEvents()...), lists{}, lists.evolve)
}

func (l lists) evolve(event eventstore.Event) lists {
	e, ok := event.(ListVersionPublished)
	if !ok {
		return l
	}
	next := &codeList{name: e.List, title: e.Title, values: map[string]timeline[listEntry]{}}
	if old := l.byName[e.List]; old != nil {
		next.versions, next.order, next.values = slices.Clone(old.versions), slices.Clone(old.order), maps.Clone(old.values)
	}
	next.versions = append(next.versions, ListVersion{e.Version, e.From, e.Source})
	no := int64(len(next.versions))
	for _, v := range e.Values {
		if _, there := next.values[v.Code]; !there {
			next.order = append(next.order, v.Code)
		}
		next.values[v.Code] = next.values[v.Code].with(dated[listEntry]{From: e.From, Value: listEntry{value: v}, No: no})
	}
	for _, r := range e.Retired {
		last, _ := next.values[r.Code].on(e.From, 0)
		last.retired, last.replacedBy = true, r.ReplacedBy
		next.values[r.Code] = next.values[r.Code].with(dated[listEntry]{From: e.From, Value: last, No: no})
	}
	l.byName = maps.Clone(l.byName)
	if l.byName == nil {
		l.byName = map[string]*codeList{}
	}
	l.byName[e.List] = next
	return l
}

// List is a code list as readers ask it.
type List struct{ of *codeList }

// CodeValue is a code of a list on a day.
type CodeValue struct {
	List       string
	Code       string
	Name       kernel.Text
	Parent     string
	Attributes map[string]string
	Retired    bool
	ReplacedBy string
	From       kernel.Date // since when it has been so
}

// AttributeList are the value's properties by name.
func (v *CodeValue) AttributeList() []Attribute { return attributesOf(v.Attributes) }

// find returns a list by name.
func (l lists) find(name string) (List, bool) {
	of, ok := l.byName[name]
	return List{of}, ok
}

// Name, Title and Versions describe the list.
func (l List) Name() string { return l.of.name }

// Title is what the list is called.
func (l List) Title() kernel.Text { return l.of.title }

// Versions are its versions, the newest last.
func (l List) Versions() []ListVersion { return slices.Clone(l.of.versions) }

// VersionOn is the version in force on a day; ok is false before the first one.
func (l List) VersionOn(day kernel.Date) (v ListVersion, ok bool) {
	for _, one := range l.of.versions {
		if !one.From.After(day) {
			v, ok = one, true
		}
	}
	return v, ok
}

// Value is what a code means on a day, retired or not; ok is false when the list did not have it yet.
func (l List) Value(code string, day kernel.Date) (CodeValue, bool) {
	t := l.of.values[code]
	for i := len(t) - 1; i >= 0; i-- {
		if t[i].From.After(day) {
			continue
		}
		e := t[i].Value
		return CodeValue{
			List: l.of.name, Code: code, Name: e.value.Name, Parent: e.value.Parent, Attributes: e.value.Attributes,
			Retired: e.retired, ReplacedBy: e.replacedBy, From: t[i].From,
		}, true
	}
	return CodeValue{}, false
}

// ValidOn tells whether a new document of a day may take a code.
func (l List) ValidOn(code string, day kernel.Date) bool {
	v, ok := l.Value(code, day)
	return ok && !v.Retired
}

// Values are the codes of a day in the list's own order; retired ones only when asked for.
func (l List) Values(day kernel.Date, retired bool) []CodeValue {
	var all []CodeValue
	for _, code := range l.of.order {
		if v, ok := l.Value(code, day); ok && (retired || !v.Retired) {
			all = append(all, v)
		}
	}
	return all
}

// publish decides a version of a list against those it has.
func (l lists) publish(e ListVersionPublished) error {
	list, exists := l.find(e.List)
	if exists {
		for _, v := range list.of.versions {
			if v.Version == e.Version {
				return refusal("directory.version_exists", "version", "النسخة "+e.Version+" منشورة.", "Version "+e.Version+" is published already.")
			}
			if e.From.Before(v.From) {
				return refusal("directory.version_too_early", "from", "النسخة "+v.Version+" نافذة من "+v.From.String()+"، ولا تُنشر نسخة قبلها.",
					"Version "+v.Version+" is in force from "+v.From.String()+"; none is published before it.")
			}
		}
	} else {
		list = List{&codeList{}}
	}
	if len(e.Values) == 0 && len(e.Retired) == 0 {
		return refusal("directory.version_empty", "values", "لا تغير في النسخة.", "The version changes nothing.")
	}
	named, retired := map[string]bool{}, map[string]bool{}
	for _, r := range e.Retired {
		retired[r.Code] = true
	}
	for i, v := range e.Values {
		path := "values." + itoa(int64(i)) + ".code"
		old, there := list.Value(v.Code, e.From)
		switch {
		case named[v.Code] || retired[v.Code]:
			return refusal("directory.value_twice", path, "الرمز "+v.Code+" مذكور مرتين.", "Code "+v.Code+" is named twice.")
		case there && old.Retired:
			return refusal("directory.value_retired", path, "الرمز "+v.Code+" موقوف، ولا يُستعمل لغير معناه.", "Code "+v.Code+" is retired; a code is not used again.")
		}
		named[v.Code] = true
	}
	after := l.evolve(e)
	next, _ := after.find(e.List)
	for i, v := range e.Values {
		if v.Parent != "" && (v.Parent == v.Code || !next.ValidOn(v.Parent, e.From)) {
			return refusal("directory.value_parent", "values."+itoa(int64(i))+".parent", "الرمز الأعلى "+v.Parent+" غير نافذ في القائمة.", "Parent "+v.Parent+" is not in force in the list.")
		}
	}
	for i, r := range e.Retired {
		path := "retired." + itoa(int64(i)) + ".code"
		if !list.ValidOn(r.Code, e.From) {
			return refusal("directory.value_unknown", path, "الرمز "+brief(r.Code)+" غير نافذ في القائمة.", "Code "+brief(r.Code)+" is not in force in the list.")
		}
		if r.ReplacedBy != "" && !next.ValidOn(r.ReplacedBy, e.From) {
			return refusal("directory.value_unknown", path, "الرمز البديل "+brief(r.ReplacedBy)+" غير نافذ في القائمة.", "The replacement "+brief(r.ReplacedBy)+" is not in force in the list.")
		}
	}
	for _, v := range next.Values(e.From, false) {
		if retired[v.Parent] {
			return refusal("directory.value_below", "retired", "الرمز "+v.Code+" تحت رمز يُوقف.", "Code "+v.Code+" stands below one that is retired.")
		}
	}
	return nil
}

// sorted lists them by name.
func (l lists) sorted() []List {
	all := make([]List, 0, len(l.byName))
	for _, of := range l.byName {
		all = append(all, List{of})
	}
	slices.SortFunc(all, func(a, b List) int { return cmp.Compare(a.of.name, b.of.name) })
	return all
}
