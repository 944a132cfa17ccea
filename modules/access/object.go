package access

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// object is the grade of one object and its need-to-know list (من يلزمه الاطلاع): stream
// access.object/{key}. Objects nobody graded are open and have no stream.
type object struct {
	Secrecy Secrecy
	Readers []reader
}

type reader struct {
	Person string
	Period Period
}

// named tells whether a person stands on the list on a day.
func (o object) named(who string, day kernel.Date) bool {
	return slices.ContainsFunc(o.Readers, func(r reader) bool { return r.Person == who && r.Period.On(day) })
}

func (o object) evolve(e eventstore.Event) object {
	switch e := e.(type) {
	case ObjectClassified:
		o.Secrecy = e.Secrecy
	case ReaderNamed:
		o.Readers = append(o.without(e.Person), reader{e.Person, e.Period})
	case ReaderStruck:
		o.Readers = o.without(e.Person)
	}
	return o
}

func (o object) without(who string) []reader {
	return slices.DeleteFunc(slices.Clone(o.Readers), func(r reader) bool { return r.Person == who })
}
