package directory

import (
	"slices"
	"strconv"
	"strings"

	"diwan/modules/kernel"
)

// UnitSheet is a unit on a day as a screen shows it.
type UnitSheet struct {
	Unit
	u    Units
	g    *Registry
	open bool
}

// Open tells whether the unit stands on the day asked for.
func (s *UnitSheet) Open() bool { return s.open }

// Day is the day this is the state of.
func (s *UnitSheet) Day() kernel.Date { return s.u.day }

// KindName is the kind of body in words.
func (s *UnitSheet) KindName() *kernel.Text { return s.g.word("body_kind", s.Kind, s.u.day) }

// LevelName is the level of a unit in words.
func (s *UnitSheet) LevelName() *kernel.Text {
	return s.g.word("unit_level", strconv.Itoa(s.Level), s.u.day)
}

// word is the name of a code; nil when the list does not have it.
func (g *Registry) word(list, code string, day kernel.Date) *kernel.Text {
	found, ok := g.List(list)
	if !ok {
		return nil
	}
	v, ok := found.Value(code, day)
	if !ok {
		return nil
	}
	return &v.Name
}

// ParentID is the unit above; nil for the state.
func (s *UnitSheet) ParentID() *string { return some(s.Parent) }

// ChapterCode is the chapter of the budget of a body.
func (s *UnitSheet) ChapterCode() *string { return some(s.Chapter) }

// CentreCode is the financial centre of a unit.
func (s *UnitSheet) CentreCode() *string { return some(s.Centre) }

func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Above are the units above, the state first.
func (s *UnitSheet) Above() []UnitRef {
	var all []UnitRef
	for _, one := range s.u.Ancestors(s.ID) {
		all = append(all, refOf(one))
	}
	slices.Reverse(all)
	return all
}

// UnitRef names a unit.
type UnitRef struct {
	ID, Path string
	Name     kernel.Text
}

func refOf(one Unit) UnitRef { return UnitRef{one.ID, one.Path, one.Name} }

// Body is the nearest body at or above the unit.
func (s *UnitSheet) OfBody() *UnitRef {
	body, ok := s.u.BodyOf(s.ID)
	if !ok {
		return nil
	}
	ref := refOf(body)
	return &ref
}

// UnitCount is how many units stand right below.
func (s *UnitSheet) UnitCount() int { return len(s.u.Children(s.ID)) }

// PostCount is how many posts the unit has.
func (s *UnitSheet) PostCount() int { return len(s.u.Posts(s.ID)) }

// Successors are who stands for a unit that was merged or split.
func (s *UnitSheet) Successors() []UnitRef {
	all := []UnitRef{}
	for _, one := range s.u.Successors(s.ID) {
		if one.ID != s.ID {
			all = append(all, refOf(one))
		}
	}
	return all
}

// PostSheet is a post on a day as a screen shows it.
type PostSheet struct {
	Post
	u    Units
	open bool
}

// Open tells whether the post exists on the day asked for.
func (s *PostSheet) Open() bool { return s.open }

// UnitRef is the unit it belongs to.
func (s *PostSheet) UnitRef() *UnitRef {
	one, _, known := s.u.Known(s.Unit)
	if !known {
		return nil
	}
	ref := refOf(one)
	return &ref
}

// Holders are who is in the post on the day.
func (s *PostSheet) Holders() []HolderSheet { return s.sheets(s.u.Holders(s.ID)) }

// Tenures are all who were, are or will be in it.
func (s *PostSheet) Tenures() []HolderSheet { return s.sheets(s.u.Tenures(s.ID)) }

func (s *PostSheet) sheets(all []Holder) []HolderSheet {
	sheets := make([]HolderSheet, len(all))
	for i, h := range all {
		sheets[i] = HolderSheet{h, s.u}
	}
	return sheets
}

// HolderSheet is a person's time in a post.
type HolderSheet struct {
	Holder
	u Units
}

// PostTitle is the title of the post on the day.
func (h *HolderSheet) PostTitle() kernel.Text {
	p, _ := h.u.Post(h.Post)
	return p.Title
}

// UnitRef is the unit of the post.
func (h *HolderSheet) UnitRef() *UnitRef {
	p, _ := h.u.Post(h.Post)
	return (&PostSheet{Post: p, u: h.u}).UnitRef()
}

// UnitSpan is a stretch of a unit's history.
type UnitSpan struct{ Span }

// Name, Path and Code are those of the stretch.
func (s *UnitSpan) Name() kernel.Text { return s.Unit.Name }

// Path is where the unit stood.
func (s *UnitSpan) Path() string { return s.Unit.Path }

// sheet shows a unit, open or closed on the day; nil when it was never founded by then.
func (g *Registry) sheet(u Units, id string) *UnitSheet {
	one, open, known := u.Known(id)
	if !known {
		return nil
	}
	return &UnitSheet{Unit: one, u: u, g: g, open: open}
}

// search finds open units by words that begin words of their name, or by their path, in path order.
func (u Units) search(text, kind string, below string) []Unit {
	words := strings.Fields(FoldName(text))
	path := strings.TrimSpace(text)
	var all []Unit
	for _, one := range u.Below(below) {
		if kind != "" && one.Kind != kind {
			continue
		}
		if len(words) == 0 || matches(FoldName(one.Name.Ar), words) || matches(FoldName(one.Name.En), words) || one.Path == path || one.Chapter == path || one.Centre == path {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b Unit) int { return strings.Compare(a.Path, b.Path) })
	return all
}
