package finance

import (
	"fmt"
	"time"

	"diwan/eventstore"
)

// committedIn adds the commitment's lines to a month.
func (w *documentWriter) committedIn(month int, lines []LineAmount, sign int64) {
	for _, l := range lines {
		w.do(`
			insert into `+w.table("finance_month")+` as m
			select c.year, $2, $3, 0, $4, 0, 0, `+w.unitOf(`c.year`, `$2`)+` from `+w.table("finance_commitment")+` c where id = $1
			on conflict (year, key, month) do update set committed = m.committed + excluded.committed`,
			w.id(), l.Key, month, sign*l.Amount)
	}
}

type monthID struct {
	lineID
	month int
}

type monthDelta struct{ released int64 }

// allotment adds a release to the month it is meant for, and takes a withdrawal from the month in
// which it was recorded.
func (w *documentWriter) allotment(event eventstore.Event) {
	year, key, err := lineOf(w.at.Stream)
	if err != nil {
		return // the line view stops at such an event; here it has no month
	}
	id := monthID{lineID: lineID{year, key}}
	var amount int64
	switch e := event.(type) {
	case AllotmentReleased:
		id.month, amount = e.Month, e.Amount
	case ProvisionalTwelfthAuthorised:
		id.month, amount = e.Month, e.Amount
	case CommitmentBroughtIn:
		id.month, amount = 1, e.Released
	case AllotmentWithdrawn:
		id.month, amount = monthOf(year, w.at.RecordedAt), -e.Amount
	case CommitmentCarriedOut:
		id.month, amount = 12, -e.Withdrawn
	case AppropriationLapsed:
		id.month, amount = 12, -e.Withdrawn
	}
	if w.months == nil {
		w.months = map[monthID]*monthDelta{}
	}
	d := w.months[id]
	if d == nil {
		d = &monthDelta{}
		w.months[id] = d
		w.order = append(w.order, id)
	}
	d.released += amount
}

// monthOf is the month of a fiscal year in which a moment falls; earlier is 1 and later is 12.
func monthOf(year int, at time.Time) int {
	on := recordedOn(at)
	switch {
	case on.Year() < year:
		return 1
	case on.Year() > year:
		return 12
	}
	return int(on.Month())
}

// flushMonths writes the releases of the batch with one statement.
func (w *documentWriter) flushMonths() error {
	n := len(w.order)
	if n == 0 {
		return nil
	}
	years, keys, months, released := make([]int32, n), make([]string, n), make([]int32, n), make([]int64, n)
	for i, id := range w.order {
		if id.month < 1 || id.month > 13 {
			return fmt.Errorf("line %d/%s: %d is no month", id.year, id.key, id.month)
		}
		years[i], keys[i], months[i], released[i] = int32(id.year), id.key, int32(id.month), w.months[id].released
	}
	w.do(`
		insert into `+w.table("finance_month")+` as m
		select y, k, mo, r, 0, 0, 0, `+w.unitOf(`y`, `k`)+` from unnest($1::int[], $2::text[], $3::int[], $4::bigint[]) as t(y, k, mo, r)
		on conflict (year, key, month) do update set released = m.released + excluded.released`,
		years, keys, months, released)
	return nil
}
