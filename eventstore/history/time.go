package history

import (
	"fmt"
	"slices"
	"sort"
)

// windows tells where in the log a decision can have been taken.
type windows struct {
	head     int64
	answered []stamped // by time: the highest position acknowledged until then
	begun    []stamped // by time: the lowest position asked for from then on
}

type stamped struct{ at, position int64 }

func newWindows(ops []*operation, head int64) windows {
	w := windows{head: head}
	for _, o := range ops {
		if o.outcome == OK && o.first > 0 {
			w.answered = append(w.answered, stamped{o.answered, o.last})
			w.begun = append(w.begun, stamped{o.begun, o.first})
		}
	}
	byTime := func(a, b stamped) int { return int(a.at - b.at) }
	slices.SortFunc(w.answered, byTime)
	slices.SortFunc(w.begun, byTime)
	for i := 1; i < len(w.answered); i++ {
		w.answered[i].position = max(w.answered[i].position, w.answered[i-1].position)
	}
	for i := len(w.begun) - 2; i >= 0; i-- {
		w.begun[i].position = min(w.begun[i].position, w.begun[i+1].position)
	}
	return w
}

// of bounds one operation: after everything acknowledged before it was asked, before everything
// asked only after it was answered.
func (w windows) of(o *operation) (from, upto int64) {
	upto = w.head
	if i := sort.Search(len(w.answered), func(i int) bool { return w.answered[i].at >= o.begun }); i > 0 {
		from = w.answered[i-1].position
	}
	if o.answered > 0 {
		if i := sort.Search(len(w.begun), func(i int) bool { return w.begun[i].at > o.answered }); i < len(w.begun) {
			upto = w.begun[i].position - 1
		}
	}
	return from, max(from, upto)
}

// realTime: an operation that had ended before another began stands before it.
func realTime(ops []*operation) error {
	done := make([]*operation, 0, len(ops))
	for _, o := range ops {
		if o.outcome == OK && o.first > 0 {
			done = append(done, o)
		}
	}
	slices.SortFunc(done, func(a, b *operation) int { return int(a.first - b.first) })
	earliest := int64(1<<63 - 1) // the earliest answer among later positions
	for i := len(done) - 1; i >= 0; i-- {
		if done[i].begun > earliest {
			return fmt.Errorf("command %s at %d was asked after a command of a later position had been answered", done[i].id, done[i].first)
		}
		earliest = min(earliest, done[i].answered)
	}
	return nil
}
