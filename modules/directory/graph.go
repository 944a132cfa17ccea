package directory

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"diwan/modules/kernel"
)

// Connections and edges of the directory's lists.
type (
	UnitConnection      = kernel.Connection[UnitSheet]
	UnitEdge            = kernel.Edge[UnitSheet]
	PostConnection      = kernel.Connection[PostSheet]
	PostEdge            = kernel.Edge[PostSheet]
	HolderConnection    = kernel.Connection[HolderSheet]
	HolderEdge          = kernel.Edge[HolderSheet]
	UnitSpanConnection  = kernel.Connection[UnitSpan]
	UnitSpanEdge        = kernel.Edge[UnitSpan]
	UnitActConnection   = kernel.Connection[UnitAct]
	UnitActEdge         = kernel.Edge[UnitAct]
	CodeListConnection  = kernel.Connection[CodeListSheet]
	CodeListEdge        = kernel.Edge[CodeListSheet]
	CodeValueConnection = kernel.Connection[CodeValue]
	CodeValueEdge       = kernel.Edge[CodeValue]
	TermConnection      = kernel.Connection[Term]
	TermEdge            = kernel.Edge[Term]
	TermStepConnection  = kernel.Connection[TermStep]
	TermStepEdge        = kernel.Edge[TermStep]
	HolidayConnection   = kernel.Connection[Holiday]
	HolidayEdge         = kernel.Edge[Holiday]
)

// Query answers the directory's root fields. Clerk tells who asks; the directive on each field has
// refused whoever may not.
type Query struct {
	Registry *Registry
	Reports  *Reports
	Clerk    func(context.Context) Clerk
	Clock    func() time.Time
	Zone     *time.Location
}

// on is the tree of a day, today when none is given, as it was known at a position of the log.
func (q *Query) on(at *kernel.Date, knownAt *kernel.Position) Units {
	day := q.day(at)
	if knownAt != nil {
		return q.Registry.UnitsKnownAt(day, knownAt.N)
	}
	return q.Registry.UnitsAt(day)
}

func (q *Query) day(at *kernel.Date) kernel.Date {
	if at == nil || at.IsZero() {
		return kernel.DateOf(q.Clock().In(q.Zone))
	}
	return *at
}

// Unit answers a body or unit by id, open or closed on the day.
func (q *Query) Unit(_ context.Context, id string, at *kernel.Date, knownAt *kernel.Position) (*UnitSheet, error) {
	return q.Registry.sheet(q.on(at, knownAt), id), nil
}

// UnitAt answers what stands at a path on a day.
func (q *Query) UnitAt(_ context.Context, path string, at *kernel.Date, knownAt *kernel.Position) (*UnitSheet, error) {
	u := q.on(at, knownAt)
	one, open := u.At(path)
	if !open {
		return nil, nil
	}
	return q.Registry.sheet(u, one.ID), nil
}

// Units lists the units right below one; with a search or a kind, all below it that fit.
func (q *Query) Units(_ context.Context, parent *string, search, kind *string, at *kernel.Date, knownAt *kernel.Position, first int, after *string) (*UnitConnection, error) {
	u := q.on(at, knownAt)
	top := u.Root()
	if parent != nil {
		top = *parent
	}
	var found []Unit
	if textOf(search) == "" && textOf(kind) == "" {
		found = u.Children(top)
	} else {
		found = u.search(textOf(search), textOf(kind), top)
	}
	all := make([]UnitSheet, len(found))
	for i, one := range found {
		all[i] = UnitSheet{Unit: one, u: u, g: q.Registry, open: true}
	}
	return paged(all, first, after, 1, func(s *UnitSheet) []string { return []string{s.Path} })
}

// UnitHistory lists what a unit was, the oldest first.
func (q *Query) UnitHistory(_ context.Context, id string, knownAt *kernel.Position, first int, after *string) (*UnitSpanConnection, error) {
	spans := q.on(nil, knownAt).History(id)
	all := make([]UnitSpan, len(spans))
	for i, s := range spans {
		all[i] = UnitSpan{s}
	}
	return paged(all, first, after, 1, func(s *UnitSpan) []string { return []string{s.From.String()} })
}

// UnitActs lists what was done to a unit or post, the newest first.
func (q *Query) UnitActs(ctx context.Context, id string, first int, after *string) (*UnitActConnection, error) {
	return q.Reports.Acts(ctx, q.Clerk(ctx), id, first, after)
}

// Post answers a post by id.
func (q *Query) Post(_ context.Context, id string, at *kernel.Date, knownAt *kernel.Position) (*PostSheet, error) {
	u := q.on(at, knownAt)
	p, open := u.Post(id)
	if p.ID == "" {
		return nil, nil
	}
	return &PostSheet{Post: p, u: u, open: open}, nil
}

// Posts lists the posts of a unit; with below, also of the units below it, and with a search those
// whose title fits.
func (q *Query) Posts(_ context.Context, unit *string, below bool, search *string, at *kernel.Date, knownAt *kernel.Position, first int, after *string) (*PostConnection, error) {
	u := q.on(at, knownAt)
	top := u.Root()
	if unit != nil {
		top = *unit
	}
	units := []Unit{{ID: top}}
	if below || unit == nil {
		units = u.Below(top)
	}
	words := strings.Fields(FoldName(textOf(search)))
	var all []PostSheet
	for _, one := range units {
		for _, p := range u.Posts(one.ID) {
			if len(words) == 0 || matches(FoldName(p.Title.Ar), words) || matches(FoldName(p.Title.En), words) {
				all = append(all, PostSheet{Post: p, u: u, open: true})
			}
		}
	}
	slices.SortFunc(all, func(a, b PostSheet) int { return strings.Compare(a.ID, b.ID) })
	return paged(all, first, after, 1, func(s *PostSheet) []string { return []string{s.ID} })
}

// PostsOf lists the posts a person is in on a day.
func (q *Query) PostsOf(_ context.Context, person string, at *kernel.Date, first int, after *string) (*HolderConnection, error) {
	u := q.on(at, nil)
	var all []HolderSheet
	for _, h := range u.PostsOf(person) {
		all = append(all, HolderSheet{h, u})
	}
	slices.SortFunc(all, func(a, b HolderSheet) int { return strings.Compare(a.Tenure, b.Tenure) })
	return paged(all, first, after, 1, func(h *HolderSheet) []string { return []string{h.Tenure} })
}

// CodeListSheet is a code list as a screen shows it.
type CodeListSheet struct {
	List
	day kernel.Date
}

// Version is the version in force on the day asked for; nil before the first one.
func (s *CodeListSheet) Version() *ListVersion {
	v, ok := s.VersionOn(s.day)
	if !ok {
		return nil
	}
	return &v
}

// Count is how many codes are in force.
func (s *CodeListSheet) Count() int { return len(s.Values(s.day, false)) }

// CodeLists lists the code lists by name.
func (q *Query) CodeLists(_ context.Context, at *kernel.Date, first int, after *string) (*CodeListConnection, error) {
	var all []CodeListSheet
	for _, l := range q.Registry.Lists() {
		all = append(all, CodeListSheet{l, q.day(at)})
	}
	return paged(all, first, after, 1, func(s *CodeListSheet) []string { return []string{s.Name()} })
}

// CodeList answers a code list by name.
func (q *Query) CodeList(_ context.Context, name string, at *kernel.Date) (*CodeListSheet, error) {
	found, ok := q.Registry.List(name)
	if !ok {
		return nil, nil
	}
	return &CodeListSheet{found, q.day(at)}, nil
}

// CodeValues lists the values of a list in its own order.
func (q *Query) CodeValues(_ context.Context, list string, search *string, retired bool, at *kernel.Date, first int, after *string) (*CodeValueConnection, error) {
	found, ok := q.Registry.List(list)
	if !ok {
		return nil, refusal("directory.list_unknown", "list", "لا توجد قائمة باسم «"+brief(list)+"».", "There is no list “"+brief(list)+"”.")
	}
	words := strings.Fields(FoldName(textOf(search)))
	var all []CodeValue
	order := map[string]string{}
	for i, v := range found.Values(q.day(at), retired) {
		order[v.Code] = strconv.Itoa(1_000_000 + i)
		if len(words) == 0 || v.Code == textOf(search) || matches(FoldName(v.Name.Ar), words) || matches(FoldName(v.Name.En), words) {
			all = append(all, v)
		}
	}
	return paged(all, first, after, 1, func(v *CodeValue) []string { return []string{order[v.Code]} })
}

// CodeValue answers what a code means on a day.
func (q *Query) CodeValue(_ context.Context, list, code string, at *kernel.Date) (*CodeValue, error) {
	found, ok := q.Registry.List(list)
	if !ok {
		return nil, nil
	}
	v, ok := found.Value(code, q.day(at))
	if !ok {
		return nil, nil
	}
	return &v, nil
}

// Term answers a term by id.
func (q *Query) Term(ctx context.Context, id string) (*Term, error) {
	return q.Reports.Term(ctx, q.Clerk(ctx), id)
}

// Terms lists terms by their Arabic name.
func (q *Query) Terms(ctx context.Context, state *TermState, domain, search *string, first int, after *string) (*TermConnection, error) {
	query := TermQuery{Domain: textOf(domain), Search: textOf(search)}
	if state != nil {
		query.State = *state
	}
	return q.Reports.Terms(ctx, q.Clerk(ctx), query, first, after)
}

// TermSteps lists votes, remarks and decisions of a term.
func (q *Query) TermSteps(ctx context.Context, id string, first int, after *string) (*TermStepConnection, error) {
	return q.Reports.TermSteps(ctx, q.Clerk(ctx), id, first, after)
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
