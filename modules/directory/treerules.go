package directory

import (
	"fmt"

	"diwan/modules/kernel"
)

// treeRule is one thing that must hold of every unit, or of every post, on every day. Each is a line
// of its own, so that a test can leave one out and see that it is missed.
type treeRule struct {
	name string
	unit func(u Units, found *unit) error
	post func(u Units, found *post) error
}

// treeRules are all of them.
func treeRules() []treeRule {
	return []treeRule{
		{name: "no unit stands below itself", unit: noCycle},
		{name: "nothing is open below a closed unit", unit: nothingBelow},
		{name: "a closed unit has no posts", unit: noPosts},
		{name: "a unit stands under an open one", unit: parentOpen},
		{name: "a body stands under a body", unit: bodyUnderBody},
		{name: "a unit's level is below its parent's", unit: levelBelow},
		{name: "codes are unique among siblings", unit: codeUnique},
		{name: "a chapter belongs to one body", unit: chapterUnique},
		{name: "a financial centre belongs to one unit", unit: centreUnique},
		{name: "a post belongs to an open unit", post: unitOpen},
		{name: "codes are unique among a unit's posts", post: postCodeUnique},
		{name: "a post has one holder", post: oneHolder},
		{name: "a closed post has no holder", post: noHolder},
	}
}

// affected is what an act touches and must be looked at again, from a day on.
type affected struct {
	from  kernel.Date
	units []string
	posts []string
}

// check holds the rules against what an act touches, on the day it takes effect and on every later
// day on which anything changes.
func (r register) check(rules []treeRule, a affected) error {
	days := []kernel.Date{a.from}
	for _, d := range r.days {
		if d.After(a.from) {
			days = append(days, d)
		}
	}
	for _, day := range days {
		u := Units{r: r, day: day}
		for _, rule := range rules {
			if err := rule.check(u, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t treeRule) check(u Units, a affected) error {
	if t.unit != nil {
		for _, id := range a.units {
			if found, ok := u.r.units.get(id); ok {
				if err := t.unit(u, found); err != nil {
					return err
				}
			}
		}
	}
	if t.post != nil {
		for _, id := range a.posts {
			if found, ok := u.r.posts.get(id); ok {
				if err := t.post(u, found); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// against puts a refusal together: the day stands in the sentence and in the details.
func against(u Units, code, path, ar, en string, details ...string) kernel.Problem {
	p := kernel.Problem{Code: "directory." + code, Path: path, Details: map[string]string{"day": u.day.String()}, Message: kernel.Text{
		Ar: ar + " في " + u.day.String() + ".", En: en + " on " + u.day.String() + ".",
	}}
	for i := 0; i+1 < len(details); i += 2 {
		p.Details[details[i]] = details[i+1]
	}
	return p
}

// called is how a sentence names a unit: its name and its path on the day.
func called(u Units, found *unit) (ar, en string) {
	s := u.show(found)
	if s.Path == "" { // nothing of it is left
		return "«" + s.ID + "»", "“" + s.ID + "”"
	}
	return fmt.Sprintf("«%s» (%s)", s.Name.In("ar"), s.Path), fmt.Sprintf("“%s” (%s)", s.Name.In("en"), s.Path)
}

func parentOpen(u Units, found *unit) error {
	if !u.open(found) || found.id == u.r.root {
		return nil
	}
	at, _ := found.places.on(u.day, 0)
	ar, en := called(u, found)
	above, ok := u.r.units.get(at.parent)
	if !ok {
		return against(u, "parent_unknown", "parent", "لا توجد جهة أعلى لـ"+ar, "There is no unit for "+en+" to stand under", "unit", found.id)
	}
	if !u.open(above) {
		aboveAr, aboveEn := called(u, above)
		return against(u, "parent_closed", "parent", ar+" تحت "+aboveAr+"، وهي غير قائمة", en+" would stand under "+aboveEn+", which is not open", "unit", found.id, "parent", above.id)
	}
	return nil
}

func bodyUnderBody(u Units, found *unit) error {
	at, _ := found.places.on(u.day, 0)
	above, ok := u.r.units.get(at.parent)
	if !u.open(found) || !found.body || !ok || above.body {
		return nil
	}
	ar, en := called(u, found)
	return against(u, "body_under_unit", "parent", ar+" جهة، ولا تكون تحت وحدة", en+" is a body and cannot stand under a unit", "unit", found.id)
}

func levelBelow(u Units, found *unit) error {
	at, _ := found.places.on(u.day, 0)
	above, ok := u.r.units.get(at.parent)
	if !u.open(found) || found.body || !ok || above.body {
		return nil
	}
	mine, _ := found.levels.on(u.day, 0)
	its, _ := above.levels.on(u.day, 0)
	if mine > its {
		return nil
	}
	ar, en := called(u, found)
	return against(u, "level", "level", fmt.Sprintf("مستوى %s (%d) ليس أدنى من مستوى ما فوقها (%d)", ar, mine, its),
		fmt.Sprintf("The level of %s (%d) is not below its parent's (%d)", en, mine, its), "unit", found.id)
}

func noCycle(u Units, found *unit) error {
	at, _ := found.places.on(u.day, 0)
	for id, steps := at.parent, 0; id != ""; steps++ {
		if id == found.id || steps == mostLevels {
			name, _ := found.names.on(u.day, 0)
			return against(u, "cycle", "parent", "«"+name.In("ar")+"» تصير تحت نفسها", "“"+name.In("en")+"” would stand below itself", "unit", found.id)
		}
		above, ok := u.r.units.get(id)
		if !ok {
			return nil
		}
		at, _ := above.places.on(u.day, 0)
		id = at.parent
	}
	return nil
}

func codeUnique(u Units, found *unit) error {
	at, _ := found.places.on(u.day, 0)
	if !u.open(found) {
		return nil
	}
	ever, _ := u.r.below.get(at.parent)
	for _, id := range ever {
		other, _ := u.r.units.get(id)
		if place, _ := other.places.on(u.day, 0); id == found.id || place != at || !u.open(other) {
			continue
		}
		ar, en := called(u, other)
		return against(u, "code_taken", "code", "الرمز "+at.code+" مستعمل لـ"+ar, "Code "+at.code+" is taken by "+en, "unit", found.id, "other", id, "code", at.code)
	}
	return nil
}

func chapterUnique(u Units, found *unit) error {
	chapter, _ := found.chapters.on(u.day, 0)
	return sole(u, found, u.r.chapters, chapter, func(other *unit) timeline[string] { return other.chapters }, "chapter", "الفصل", "Chapter")
}

func centreUnique(u Units, found *unit) error {
	centre, _ := found.centres.on(u.day, 0)
	return sole(u, found, u.r.centres, centre, func(other *unit) timeline[string] { return other.centres }, "centre", "مركز المسؤولية المالية", "Financial centre")
}

// sole refuses a budget code that another open unit has on the day.
func sole(u Units, found *unit, ever shelf[[]string], code string, of func(*unit) timeline[string], path, nameAr, nameEn string) error {
	ids, _ := ever.get(code)
	if code == "" || !u.open(found) {
		return nil
	}
	for _, id := range ids {
		other, _ := u.r.units.get(id)
		if its, _ := of(other).on(u.day, 0); id == found.id || its != code || !u.open(other) {
			continue
		}
		ar, en := called(u, other)
		return against(u, path+"_taken", path, nameAr+" "+code+" لـ"+ar, nameEn+" "+code+" belongs to "+en, "unit", found.id, "other", id)
	}
	return nil
}

func nothingBelow(u Units, found *unit) error {
	if u.open(found) {
		return nil
	}
	children := u.Children(found.id)
	if len(children) == 0 {
		return nil
	}
	ar, en := called(u, found)
	return against(u, "units_below", "units", fmt.Sprintf("تحت %s %d وحدة قائمة، أولاها «%s»", ar, len(children), children[0].Name.In("ar")),
		fmt.Sprintf("%d open units stand below %s, the first is “%s”", len(children), en, children[0].Name.In("en")), "unit", found.id, "below", children[0].ID)
}

func noPosts(u Units, found *unit) error {
	if u.open(found) {
		return nil
	}
	posts := u.Posts(found.id)
	if len(posts) == 0 {
		return nil
	}
	ar, en := called(u, found)
	return against(u, "posts_below", "posts", fmt.Sprintf("في %s %d وظيفة قائمة، أولاها «%s»", ar, len(posts), posts[0].Title.In("ar")),
		fmt.Sprintf("%d posts of %s are open, the first is “%s”", len(posts), en, posts[0].Title.In("en")), "unit", found.id, "post", posts[0].ID)
}
