package finance

import (
	"fmt"
	"strconv"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// AdjustmentPeriod is the thirteenth period, for closing entries.
const AdjustmentPeriod = 13

// PeriodState is how far a period is closed.
type PeriodState string

// The states of a period.
const (
	PeriodOpen PeriodState = "open"
	PeriodSoft PeriodState = "soft_closed" // only those who may close it still post
	PeriodShut PeriodState = "closed"
)

// FiscalYear is a year's currency and the state of its periods (السنة المالية).
type FiscalYear struct {
	Year     int
	Currency string
	From, To kernel.Date
	Periods  []YearPeriod

	Provisional, ProvisionalEnded bool // spends before its law, or did
	TwelfthMonth                  int  // up to which every line has its part

	Stopped       kernel.Date // no new commitments from this day on
	ClaimsStopped bool        // nor claims
	Closed        bool        // locked; only reopened periods take corrections
}

// YearPeriod is one period and who asked to reopen it.
type YearPeriod struct {
	Period
	State PeriodState
	Asked Signature // of a reopening that waits for its second signature
}

// YearStream names a fiscal year's stream.
func YearStream(year int) eventstore.Stream {
	return eventstore.Stream{Category: "finance.year", Key: strconv.Itoa(year)}
}

// Exists tells whether the year was opened.
func (y FiscalYear) Exists() bool { return y.Year != 0 }

// open decides the opening of a year: twelve months from its first day, and the adjustment period.
func (y FiscalYear) open(year int, currency string, from kernel.Date, by Signature) (FiscalYearOpened, error) {
	if y.Exists() {
		return FiscalYearOpened{}, kernel.Problem{Code: "finance.year_already_open", Path: "year", Message: kernel.Text{
			Ar: fmt.Sprintf("السنة المالية %d مفتوحة من قبل.", year),
			En: fmt.Sprintf("Fiscal year %d is already open.", year),
		}}
	}
	e := FiscalYearOpened{Year: year, Currency: currency, From: from, By: by}
	start := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := range 12 {
		first := kernel.DateOf(start.AddDate(0, n, 0))
		last := kernel.DateOf(start.AddDate(0, n+1, -1))
		e.Periods = append(e.Periods, Period{No: n + 1, From: first, To: last})
	}
	e.To = e.Periods[11].To
	e.Periods = append(e.Periods, Period{No: AdjustmentPeriod, From: e.To, To: e.To})
	return e, nil
}

// Admit tells the period a document of a day falls in, or refuses the day: outside the year, in a
// closed period, or in a softly closed one for those who may not close it.
func (y FiscalYear) Admit(on kernel.Date, by Officer) (period int, err error) {
	if !y.Exists() {
		return 0, yearNotOpen()
	}
	for _, p := range y.Periods {
		if p.No != AdjustmentPeriod && on.Within(p.From, p.To) {
			return p.No, p.admit(by)
		}
	}
	return 0, kernel.Problem{Code: "finance.date_outside_year", Message: kernel.Text{
		Ar: fmt.Sprintf("التاريخ %s خارج السنة المالية %d (من %s إلى %s).", on, y.Year, y.From, y.To),
		En: fmt.Sprintf("The date %s lies outside fiscal year %d (%s to %s).", on, y.Year, y.From, y.To),
	}}
}

// AdmitAdjustment admits an entry to the adjustment period.
func (y FiscalYear) AdmitAdjustment(by Officer) error {
	if !y.Exists() {
		return yearNotOpen()
	}
	return y.Periods[AdjustmentPeriod-1].admit(by)
}

func (p YearPeriod) admit(by Officer) error {
	if p.State == PeriodOpen || p.State == PeriodSoft && by.May(MayClosePeriod) {
		return nil
	}
	return kernel.Problem{Code: "finance.period_closed", Message: kernel.Text{
		Ar: fmt.Sprintf("الفترة %d (من %s إلى %s) مغلقة.", p.No, p.From, p.To),
		En: fmt.Sprintf("Period %d (%s to %s) is closed.", p.No, p.From, p.To),
	}}
}

// AdmitEntry is Admit for an entry, which may be meant for the adjustment period: dated on the year's
// last day then.
func (y FiscalYear) AdmitEntry(on kernel.Date, adjustment bool, by Officer) (period int, err error) {
	if !adjustment {
		return y.Admit(on, by)
	}
	if err := y.AdmitAdjustment(by); err != nil {
		return 0, err
	}
	if on != y.To {
		return 0, refused("finance.adjustment_date", "", "قيد التسوية بتاريخ آخر السنة %s.", "An adjusting entry is dated on the year's last day, %s.", y.To)
	}
	return AdjustmentPeriod, nil
}

// Day is the date a document takes that states none: today, or the nearest day of the year.
func (y FiscalYear) Day(stated, today kernel.Date) kernel.Date {
	switch {
	case !stated.IsZero():
		return stated
	case today.Before(y.From):
		return y.From
	case today.After(y.To):
		return y.To
	}
	return today
}

// softClose, close and reopen decide the steps of one period.
func (y FiscalYear) softClose(no int, by Signature) (PeriodSoftClosed, error) {
	p, err := y.period(no)
	if err == nil && p.State != PeriodOpen {
		err = periodIs(p)
	}
	return PeriodSoftClosed{Period: no, By: by}, err
}

func (y FiscalYear) close(no int, by Signature) (PeriodClosed, error) {
	p, err := y.period(no)
	if err == nil && p.State == PeriodShut {
		err = periodIs(p)
	}
	if err == nil {
		for _, earlier := range y.Periods[:no-1] {
			if earlier.State != PeriodShut {
				err = kernel.Problem{Code: "finance.earlier_period_open", Path: "period", Message: kernel.Text{
					Ar: fmt.Sprintf("الفترة %d ما زالت مفتوحة. تُغلق الفترات بترتيبها.", earlier.No),
					En: fmt.Sprintf("Period %d is still open. Periods close in order.", earlier.No),
				}}
				break
			}
		}
	}
	return PeriodClosed{Period: no, By: by}, err
}

// reopen takes two people: the first asks, the second opens.
func (y FiscalYear) reopen(no int, reason string, by Officer) (eventstore.Event, error) {
	p, err := y.period(no)
	switch {
	case err != nil:
		return nil, err
	case p.State == PeriodOpen:
		return nil, periodIs(p)
	case p.Asked == Signature{}:
		return PeriodReopenAsked{Period: no, Reason: reason, By: by.Sign()}, nil
	case by.Signed(p.Asked):
		return nil, samePerson(kernel.Text{Ar: "طالب إعادة الفتح", En: "Whoever asked to reopen the period"})
	}
	return PeriodReopened{Period: no, By: by.Sign()}, nil
}

func (y FiscalYear) period(no int) (YearPeriod, error) {
	if !y.Exists() {
		return YearPeriod{}, yearNotOpen()
	}
	if no < 1 || no > len(y.Periods) {
		return YearPeriod{}, kernel.Problem{Code: "finance.period_unknown", Path: "period", Message: kernel.Text{
			Ar: fmt.Sprintf("لا فترة رقمها %d. الفترات من 1 إلى %d.", no, AdjustmentPeriod),
			En: fmt.Sprintf("There is no period %d. Periods run from 1 to %d.", no, AdjustmentPeriod),
		}}
	}
	return y.Periods[no-1], nil
}

func periodIs(p YearPeriod) kernel.Problem {
	names := map[PeriodState]kernel.Text{
		PeriodOpen: {Ar: "مفتوحة", En: "open"}, PeriodSoft: {Ar: "مغلقة مبدئياً", En: "softly closed"}, PeriodShut: {Ar: "مغلقة", En: "closed"},
	}
	return kernel.Problem{Code: "finance.period_state", Path: "period", Message: kernel.Text{
		Ar: fmt.Sprintf("الفترة %d %s من قبل.", p.No, names[p.State].Ar),
		En: fmt.Sprintf("Period %d is already %s.", p.No, names[p.State].En),
	}}
}

func yearNotOpen() kernel.Problem {
	return kernel.Problem{Code: "finance.year_not_open", Path: "year", Message: kernel.Text{
		Ar: "السنة المالية غير مفتوحة.",
		En: "The fiscal year is not open.",
	}}
}

func (y FiscalYear) evolve(e eventstore.Event) FiscalYear {
	switch e := e.(type) {
	case FiscalYearOpened:
		y = FiscalYear{Year: e.Year, Currency: e.Currency, From: e.From, To: e.To}
		for _, p := range e.Periods {
			y.Periods = append(y.Periods, YearPeriod{Period: p, State: PeriodOpen})
		}
	case PeriodSoftClosed:
		return y.with(e.Period, PeriodSoft, Signature{})
	case PeriodClosed:
		return y.with(e.Period, PeriodShut, Signature{})
	case PeriodReopenAsked:
		return y.with(e.Period, y.Periods[e.Period-1].State, e.By)
	case ProvisionalSpendingBegun:
		y.Provisional = true
	case TwelfthsAuthorised:
		y.TwelfthMonth = e.Month
	case NewCommitmentsStopped:
		y.Stopped = e.From
	case NewClaimsStopped:
		y.ClaimsStopped = true
	case FiscalYearClosed:
		y.Closed = true
	case ProvisionalSpendingEnded:
		y.Provisional, y.ProvisionalEnded = false, true
	case PeriodReopened:
		return y.with(e.Period, PeriodOpen, Signature{})
	}
	return y
}

func (y FiscalYear) with(no int, state PeriodState, asked Signature) FiscalYear {
	periods := append([]YearPeriod(nil), y.Periods...)
	periods[no-1].State, periods[no-1].Asked = state, asked
	y.Periods = periods
	return y
}

func yearCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[FiscalYearOpened](1, nil),
		eventstore.Type[PeriodSoftClosed](1, nil),
		eventstore.Type[PeriodClosed](1, nil),
		eventstore.Type[PeriodReopenAsked](1, nil),
		eventstore.Type[PeriodReopened](1, nil),
		eventstore.Type[ProvisionalSpendingBegun](1, nil),
		eventstore.Type[TwelfthsAuthorised](1, nil),
		eventstore.Type[ProvisionalSpendingEnded](1, nil),
		eventstore.Type[NewCommitmentsStopped](1, nil),
		eventstore.Type[NewClaimsStopped](1, nil),
		eventstore.Type[FiscalYearClosed](1, nil),
	)
	return eventstore.CategoryOf("finance.year", eventstore.Main, codec, FiscalYear{}, FiscalYear.evolve)
}
