package directory

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// register is the whole tree of bodies, units, posts and holders with its history: the state that
// deciders see and that readers ask (السجل). It is a value: evolve returns a new one.
type register struct {
	root     string
	count    int64 // events so far; also the number of the newest
	units    shelf[*unit]
	posts    shelf[*post]
	below    shelf[[]string] // units that ever stood under a unit
	offices  shelf[[]string] // posts that were ever a unit's
	chapters shelf[[]string] // bodies that ever had a chapter
	centres  shelf[[]string] // units that ever had a financial centre
	served   shelf[[]string] // posts a person ever held
	acts     shelf[[]string] // "unit/…" and "post/…" that an act changed
	days     []kernel.Date   // on which anything changes, ascending
}

// unit is one body or unit through time.
type unit struct {
	id       string
	body     bool
	version  int64
	open     timeline[bool]
	names    timeline[kernel.Text]
	places   timeline[seat]
	kinds    timeline[string]
	levels   timeline[int]
	chapters timeline[string]
	centres  timeline[string]
	heirs    timeline[[]string]
}

// seat is where a unit stands, or which unit a post belongs to, and under which code.
type seat struct{ parent, code string }

// post is one post through time.
type post struct {
	id      string
	version int64
	open    timeline[bool]
	titles  timeline[kernel.Text]
	places  timeline[seat]
	tenures []tenure
}

// tenure is one person's time in a post.
type tenure struct {
	id, person string
	acting     bool
	start      dated[bool]
	ends       []dated[kernel.Date] // last days, what was recorded last counts; zero = none known
}

// span is the tenure's first and last day as known up to an event; ok is false when it was not known
// then, or taken back. A zero last day is open.
func (t tenure) span(upTo int64) (from, to kernel.Date, ok bool) {
	if !t.start.known(upTo) {
		return from, to, false
	}
	for i := len(t.ends) - 1; i >= 0; i-- {
		if t.ends[i].known(upTo) {
			return t.start.From, t.ends[i].Value, true
		}
	}
	return t.start.From, to, true
}

// evolve moves the register by one event. It never refuses: the event has happened.
func (r register) evolve(event eventstore.Event) register {
	r.count++
	switch e := event.(type) {
	case BodyFounded:
		u := &unit{id: e.ID, body: true}
		u.open, u.names = set(u.open, r, e.Instrument, true), set(u.names, r, e.Instrument, e.Name)
		u.kinds, u.chapters = set(u.kinds, r, e.Instrument, e.Kind), set(u.chapters, r, e.Instrument, e.Chapter)
		u.places = set(u.places, r, e.Instrument, seat{e.Parent, e.Code})
		if e.Parent == "" {
			r.root = e.ID
		}
		r.below, r.chapters = index(r.below, e.Parent, e.ID), index(r.chapters, e.Chapter, e.ID)
		return r.keepUnit(e.Instrument, u)
	case UnitFounded:
		u := &unit{id: e.ID}
		u.open, u.names = set(u.open, r, e.Instrument, true), set(u.names, r, e.Instrument, e.Name)
		u.levels, u.centres = set(u.levels, r, e.Instrument, e.Level), set(u.centres, r, e.Instrument, e.Centre)
		u.places = set(u.places, r, e.Instrument, seat{e.Parent, e.Code})
		r.below, r.centres = index(r.below, e.Parent, e.ID), index(r.centres, e.Centre, e.ID)
		return r.keepUnit(e.Instrument, u)
	case UnitRenamed:
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.names = set(u.names, r, e.Instrument, e.Name) })
	case UnitMoved:
		r.below = index(r.below, e.Parent, e.ID)
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.places = set(u.places, r, e.Instrument, seat{e.Parent, e.Code}) })
	case UnitMerged:
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) {
			u.open, u.heirs = set(u.open, r, e.Instrument, false), set(u.heirs, r, e.Instrument, []string{e.Into})
		})
	case UnitSplit:
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) {
			u.heirs = set(u.heirs, r, e.Instrument, e.Into)
			if !e.Continues {
				u.open = set(u.open, r, e.Instrument, false)
			}
		})
	case UnitClosed:
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.open = set(u.open, r, e.Instrument, false) })
	case ChapterSet:
		r.chapters = index(r.chapters, e.Chapter, e.ID)
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.chapters = set(u.chapters, r, e.Instrument, e.Chapter) })
	case CentreSet:
		r.centres = index(r.centres, e.Centre, e.ID)
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.centres = set(u.centres, r, e.Instrument, e.Centre) })
	case LevelSet:
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.levels = set(u.levels, r, e.Instrument, e.Level) })
	case BodyKindSet:
		return r.changeUnit(e.Instrument, e.ID, func(u *unit) { u.kinds = set(u.kinds, r, e.Instrument, e.Kind) })
	case ActWithdrawn:
		return r.withdraw(e.Act)
	}
	return r.evolvePost(event)
}

// evolvePost is evolve for posts and their holders.
func (r register) evolvePost(event eventstore.Event) register {
	switch e := event.(type) {
	case PostFounded:
		p := &post{id: e.ID}
		p.open, p.titles = set(p.open, r, e.Instrument, true), set(p.titles, r, e.Instrument, e.Title)
		p.places = set(p.places, r, e.Instrument, seat{e.Unit, e.Code})
		r.offices = index(r.offices, e.Unit, e.ID)
		return r.keepPost(e.Instrument, p)
	case PostRenamed:
		return r.changePost(e.Instrument, e.ID, func(p *post) { p.titles = set(p.titles, r, e.Instrument, e.Title) })
	case PostMoved:
		r.offices = index(r.offices, e.Unit, e.ID)
		return r.changePost(e.Instrument, e.ID, func(p *post) { p.places = set(p.places, r, e.Instrument, seat{e.Unit, e.Code}) })
	case PostClosed:
		return r.changePost(e.Instrument, e.ID, func(p *post) { p.open = set(p.open, r, e.Instrument, false) })
	case PostHeld:
		r.served = index(r.served, e.Person, e.ID)
		return r.changePost(e.Instrument, e.ID, func(p *post) {
			start := dated[bool]{From: e.From, Value: true, Act: e.Act, No: r.count}
			end := dated[kernel.Date]{From: e.From, Value: e.To, Act: e.Act, No: r.count}
			p.tenures = append(slices.Clone(p.tenures), tenure{id: e.Tenure, person: e.Person, acting: e.Acting, start: start, ends: []dated[kernel.Date]{end}})
		})
	case PostLeft:
		return r.changePost(e.Instrument, e.ID, func(p *post) {
			p.tenures = slices.Clone(p.tenures)
			for i := range p.tenures {
				if t := &p.tenures[i]; t.id == e.Tenure {
					t.ends = append(slices.Clone(t.ends), dated[kernel.Date]{From: e.From, Value: e.From.AddDays(-1), Act: e.Act, No: r.count})
				}
			}
		})
	}
	return r
}

// set is a timeline with a value from the instrument's day on.
func set[T any](t timeline[T], r register, i Instrument, value T) timeline[T] {
	return t.with(dated[T]{From: i.From, Value: value, Act: i.Act, No: r.count})
}

// index puts an id into a list of the shelf, once; an empty key names nothing.
func index(s shelf[[]string], key, id string) shelf[[]string] {
	list, _ := s.get(key)
	if key == "" || slices.Contains(list, id) {
		return s
	}
	return s.put(key, append(slices.Clone(list), id))
}

func (r register) keepUnit(i Instrument, u *unit) register {
	u.version++
	r.units, r.acts = r.units.put(u.id, u), index(r.acts, i.Act, "unit/"+u.id)
	return r.day(i.From)
}

func (r register) keepPost(i Instrument, p *post) register {
	p.version++
	r.posts, r.acts = r.posts.put(p.id, p), index(r.acts, i.Act, "post/"+p.id)
	return r.day(i.From)
}

func (r register) changeUnit(i Instrument, id string, change func(*unit)) register {
	old, ok := r.units.get(id)
	if !ok {
		return r
	}
	u := *old
	change(&u)
	return r.keepUnit(i, &u)
}

func (r register) changePost(i Instrument, id string, change func(*post)) register {
	old, ok := r.posts.get(id)
	if !ok {
		return r
	}
	p := *old
	change(&p)
	return r.keepPost(i, &p)
}

// day notes that something changes on a day.
func (r register) day(d kernel.Date) register {
	at, there := slices.BinarySearchFunc(r.days, d, compareDays)
	if !there {
		r.days = slices.Insert(slices.Clone(r.days), at, d)
	}
	return r
}

func compareDays(a, b kernel.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}
