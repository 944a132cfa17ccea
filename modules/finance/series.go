package finance

import (
	"fmt"

	"diwan/eventstore"
)

// Series is the counter of one kind of document in one year (finance.series/{name}/{year}). A number
// is taken only in the command that posts its document, so the numbers of a year have no gap: a
// refused command takes none, a cancelled document keeps its own.
type Series struct {
	Last int64 `json:"last"`
}

// The series of the module's documents.
const (
	orderSeries       = "order"
	virementSeries    = "virement"
	reservationSeries = "reservation"
	commitmentSeries  = "commitment"
	voucherSeries     = "voucher"
	journalSeries     = "journal"
	batchSeries       = "batch"
	advanceSeries     = "advance"
)

// seriesStream names a series' stream.
func seriesStream(name string, year int) eventstore.Stream {
	return eventstore.Stream{Category: "finance.series", Key: fmt.Sprintf("%s/%d", name, year)}
}

func (s Series) evolve(e eventstore.Event) Series {
	if given, ok := e.(NumberGiven); ok {
		s.Last = given.Number
	}
	return s
}

// next is the number the next document of the series takes.
func (s Series) next(document string) NumberGiven {
	return NumberGiven{Number: s.Last + 1, Document: document}
}

// takeNumber gives a document the next number of the series that is the i-th touched stream, in the
// form people write: "11874/2026".
func takeNumber(d *eventstore.Decision, i int, year int, document string) string {
	given := eventstore.StateOf[Series](d, i).next(document)
	d.Record(i, given)
	return fmt.Sprintf("%d/%d", given.Number, year)
}

func seriesCategory() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[NumberGiven](1, nil))
	return eventstore.CategoryOf("finance.series", eventstore.Main, codec, Series{}, Series.evolve).WithSnapshot("series.1")
}
