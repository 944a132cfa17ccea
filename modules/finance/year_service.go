package finance

import (
	"context"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// OpenYear opens a fiscal year.
type OpenYear struct {
	Command  uuid.UUID
	Year     int
	Currency string // empty = JOD
	From     string // first day; empty = 1 January
}

// OpenYear opens a fiscal year with its twelve months and the adjustment period.
func (m *Module) OpenYear(ctx context.Context, by Officer, in OpenYear) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayOpenYear) {
		return eventstore.Receipt{}, f.result()
	}
	if in.Currency == "" {
		in.Currency = "JOD"
	}
	f.add("currency", kernel.CheckCurrency(in.Currency))
	year := f.year("year", in.Year)
	from := f.optionalDate("from", fieldName("from"), in.From)
	if from.IsZero() {
		from, _ = kernel.NewDate(min(max(year, 1900), 2200), time.January, 1)
	}
	if from.Day() != 1 || from.Year() != year {
		f.refuse("from", "finance.year_start", kernel.Text{
			Ar: "تبدأ السنة المالية في أول يوم من أحد شهورها.",
			En: "A fiscal year begins on the first day of a month of that year.",
		})
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	i := t.add(YearStream(year))
	return m.execute(ctx, by, in.Command, "OpenYear", in, &t, func(d *eventstore.Decision) error {
		e, err := eventstore.StateOf[FiscalYear](d, i).open(year, in.Currency, from, by.Sign())
		if err != nil {
			return err
		}
		d.Record(i, e)
		return nil
	})
}

// ChangePeriod names a period of a year for one of the steps below.
type ChangePeriod struct {
	Command uuid.UUID
	Year    int
	Period  int
	Reason  string // of a reopening
}

// SoftClosePeriod leaves the period open only to those who may close it.
func (m *Module) SoftClosePeriod(ctx context.Context, by Officer, in ChangePeriod) (eventstore.Receipt, error) {
	return m.changePeriod(ctx, by, MayClosePeriod, "SoftClosePeriod", in, func(y FiscalYear) (eventstore.Event, error) {
		return y.softClose(in.Period, by.Sign())
	})
}

// ClosePeriod takes no more entries into the period; those before it are closed already.
func (m *Module) ClosePeriod(ctx context.Context, by Officer, in ChangePeriod) (eventstore.Receipt, error) {
	return m.changePeriod(ctx, by, MayClosePeriod, "ClosePeriod", in, func(y FiscalYear) (eventstore.Event, error) {
		return y.close(in.Period, by.Sign())
	})
}

// ReopenPeriod is called by two people: the first asks with a reason, the second opens.
func (m *Module) ReopenPeriod(ctx context.Context, by Officer, in ChangePeriod) (eventstore.Receipt, error) {
	return m.changePeriod(ctx, by, MayReopenPeriod, "ReopenPeriod", in, func(y FiscalYear) (eventstore.Event, error) {
		return y.reopen(in.Period, in.Reason, by)
	})
}

func (m *Module) changePeriod(ctx context.Context, by Officer, p Permission, act string, in ChangePeriod, decide func(FiscalYear) (eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, p) {
		return eventstore.Receipt{}, f.result()
	}
	f.year("year", in.Year)
	if p == MayReopenPeriod {
		f.text("reason", fieldName("reason"), in.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	i := t.add(YearStream(in.Year))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		e, err := decide(eventstore.StateOf[FiscalYear](d, i))
		if err != nil {
			return err
		}
		d.Record(i, e)
		return nil
	})
}
