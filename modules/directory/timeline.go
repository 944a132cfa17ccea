package directory

import (
	"slices"

	"diwan/modules/kernel"
)

// dated is one value that holds from a day on, until the next one of its timeline. No is the number
// of the event that brought it, so that the register can be read as it was known then; Void is the
// number of the event that took it back.
type dated[T any] struct {
	From  kernel.Date
	Value T
	Act   string
	No    int64
	Void  int64
}

// timeline is a value through time, ordered by day and, within a day, by what was recorded later.
type timeline[T any] []dated[T]

// known tells whether an entry counts for a reader who knows the events up to a number; 0 = all.
func (d dated[T]) known(upTo int64) bool {
	if upTo == 0 {
		return d.Void == 0
	}
	return d.No <= upTo && (d.Void == 0 || d.Void > upTo)
}

// on is the value on a day, as known up to an event; ok is false before the first one.
func (t timeline[T]) on(day kernel.Date, upTo int64) (value T, ok bool) {
	for i := len(t) - 1; i >= 0; i-- {
		if !t[i].From.After(day) && t[i].known(upTo) {
			return t[i].Value, true
		}
	}
	return value, false
}

// with returns the timeline with one entry more; t stays as it is.
func (t timeline[T]) with(d dated[T]) timeline[T] {
	at := len(t)
	for at > 0 && t[at-1].From.After(d.From) {
		at--
	}
	return slices.Insert(slices.Clone(t), at, d)
}

// without returns the timeline with the entries of an act taken back by event no.
func (t timeline[T]) without(act string, no int64) timeline[T] {
	var changed timeline[T]
	for i := range t {
		if t[i].Act == act && t[i].Void == 0 {
			if changed == nil {
				changed = slices.Clone(t)
			}
			changed[i].Void = no
		}
	}
	if changed == nil {
		return t
	}
	return changed
}
