package finance

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// posting is where a command posts one journal entry: the year whose period must be open, the series
// that gives its number, the entry's own new stream.
type posting struct {
	journal            string
	year, series, into int
	fiscal             int
	adjustment         bool // into the adjustment period
}

// touchPosting prepares an entry in a fiscal year. Its id follows from the command's, so that a
// command tried again names the same entry.
func touchPosting(t *touches, command uuid.UUID, year int) posting {
	id := uuid.NewSHA1(command, []byte("journal")).String()
	return posting{
		journal: id, fiscal: year,
		year: t.add(YearStream(year)), series: t.add(seriesStream(journalSeries, year)), into: t.add(journalStream(id)),
	}
}

// on is the day a step takes: the one stated, else today or the nearest day of the year.
func (p posting) on(d *eventstore.Decision, stated, today kernel.Date) kernel.Date {
	return eventstore.StateOf[FiscalYear](d, p.year).Day(stated, today)
}

// post records an entry, in an open period and balanced, under the next number of its year.
func (p posting) post(d *eventstore.Decision, by Officer, on kernel.Date, currency string, source JournalSource, reverses string, lines []LedgerLine, narration string) (JournalPosted, error) {
	year := eventstore.StateOf[FiscalYear](d, p.year)
	period, err := year.AdmitEntry(on, p.adjustment, by)
	if err != nil {
		return JournalPosted{}, at("on", err)
	}
	if year.ClaimsStopped && (source.Kind == InvoiceEntry || source.Kind == ChargeEntry) && reverses == "" {
		return JournalPosted{}, refused("finance.new_claims_stopped", "on",
			"سنة %d في فترتها المتممة، ولا تُدقق فيها مطالبة جديدة.", "Year %d is in its complementary period and takes no new claim.", p.fiscal)
	}
	if currency != year.Currency {
		return JournalPosted{}, refused("finance.currency_differs", "currency",
			"عملة المستند %s وعملة السنة المالية %s.", "The document is in %s, the fiscal year in %s.", currency, year.Currency)
	}
	if err := balanced(lines, currency); err != nil {
		return JournalPosted{}, err
	}
	e := JournalPosted{
		Number: takeNumber(d, p.series, p.fiscal, p.journal), Year: p.fiscal, Period: period, On: on,
		Source: source, Reverses: reverses, Currency: currency, Lines: lines, Narration: narration, By: by.Sign(),
	}
	d.Record(p.into, e)
	return e, nil
}

// errMoved says that a document changed between the look that named its streams and the decision.
var errMoved = errors.New("the document changed meanwhile")

// now folds a stream's newest state, to learn which other streams a command on it needs. Nothing is
// decided on it.
func now[S any](ctx context.Context, m *Module, c eventstore.Category, s eventstore.Stream) (S, error) {
	var zero S
	events, err := m.log.ReadStream(ctx, m.tenant, s, 0)
	if err != nil {
		return zero, fmt.Errorf("read %s: %w", s, err)
	}
	state, err := c.Fold(nil, events)
	if err != nil {
		return zero, fmt.Errorf("read %s: %w", s, err)
	}
	return state.(S), nil
}

// tries bounds how often a command is prepared anew because its document changed meanwhile.
const tries = 5

// untilStill runs a command that looks before it decides, again while the document moves between.
func untilStill(run func() (eventstore.Receipt, error)) (eventstore.Receipt, error) {
	for range tries - 1 {
		if r, err := run(); !errors.Is(err, errMoved) {
			return r, err
		}
	}
	return run()
}
