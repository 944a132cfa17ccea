package directory

import (
	"slices"
	"strings"

	"diwan/modules/kernel"
)

// Post returns a post that is open on the day.
func (u Units) Post(id string) (Post, bool) {
	found, ok := u.r.posts.get(id)
	if !ok {
		return Post{}, false
	}
	open, _ := found.open.on(u.day, u.upTo)
	return u.showPost(found), open
}

func (u Units) showPost(found *post) Post {
	at, _ := found.places.on(u.day, u.upTo)
	title, _ := found.titles.on(u.day, u.upTo)
	return Post{ID: found.id, Unit: at.parent, Code: at.code, Title: title, Version: found.version}
}

// Posts are the open posts of a unit, in the order of their codes.
func (u Units) Posts(unit string) []Post {
	ever, _ := u.r.offices.get(unit)
	var all []Post
	for _, id := range ever {
		if p, open := u.Post(id); open && p.Unit == unit {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Post) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Holders are who is in a post on the day: its holder, if there is one, before one who acts in it.
func (u Units) Holders(id string) []Holder {
	return slices.DeleteFunc(u.Tenures(id), func(h Holder) bool { return !u.day.Within(h.From, h.To) })
}

// Tenures are all who were or will be in a post, as it is known, holders before those who act, each
// in the order of their days.
func (u Units) Tenures(id string) []Holder {
	found, ok := u.r.posts.get(id)
	if !ok {
		return nil
	}
	var all []Holder
	for _, t := range found.tenures {
		if from, to, known := t.span(u.upTo); known && (to.IsZero() || !to.Before(from)) {
			all = append(all, Holder{Tenure: t.id, Person: t.person, Post: id, Acting: t.acting, From: from, To: to})
		}
	}
	slices.SortFunc(all, func(a, b Holder) int {
		if a.Acting != b.Acting {
			return map[bool]int{false: -1, true: 1}[a.Acting]
		}
		return compareDays(a.From, b.From)
	})
	return all
}

// PostsOf are the posts a person is in on the day, acting ones last.
func (u Units) PostsOf(person string) []Holder {
	ever, _ := u.r.served.get(person)
	var all []Holder
	for _, id := range ever {
		if _, open := u.Post(id); !open {
			continue
		}
		for _, h := range u.Holders(id) {
			if h.Person == person {
				all = append(all, h)
			}
		}
	}
	slices.SortFunc(all, func(a, b Holder) int {
		if a.Acting != b.Acting {
			return map[bool]int{false: -1, true: 1}[a.Acting]
		}
		return strings.Compare(a.Post, b.Post)
	})
	return all
}

// Span is a stretch of days on which a thing stayed as it is; a zero To is open.
type Span struct {
	From, To kernel.Date
	Open     bool
	Unit     Unit
}

// History is what a unit was from its founding on: a span whenever it, or its path, became another.
func (u Units) History(id string) []Span {
	found, ok := u.r.units.get(id)
	if !ok {
		return nil
	}
	var all []Span
	for _, day := range u.r.days {
		then := Units{r: u.r, day: day, upTo: u.upTo}
		if _, named := found.names.on(day, u.upTo); !named {
			continue
		}
		now := Span{From: day, Open: then.open(found), Unit: then.show(found)}
		if n := len(all); n > 0 {
			if all[n-1].Open == now.Open && all[n-1].Unit == now.Unit {
				continue
			}
			all[n-1].To = day.AddDays(-1)
		}
		all = append(all, now)
	}
	return all
}
