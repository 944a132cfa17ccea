package finance

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// SetTwelfthRule dates the share and the kinds of spending of the regime.
type SetTwelfthRule struct {
	Command  uuid.UUID
	From     string
	Share    int
	Economic []EconomicType
}

// SetTwelfthRule dates what may be spent before a late law.
func (m *Module) SetTwelfthRule(ctx context.Context, by Officer, in SetTwelfthRule) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MaySetPolicy, in.Command, "SetTwelfthRule", in, func(f *form) eventstore.Event {
		if in.Share < 1 || in.Share > 366 {
			f.add("share", refused("finance.share", "", "الحصة من 1 إلى 366.", "The share is from 1 to 366."))
		}
		for _, e := range in.Economic {
			if e != Current && e != Capital {
				f.add("economic", economicUnknown())
			}
		}
		return TwelfthRuleSet{From: f.date("from", fieldName("from"), in.From), Share: in.Share, Economic: in.Economic}
	})
}

// YearLines lists the keys of a year's budget lines in order, after one of them, at most limit.
type YearLines func(ctx context.Context, year int, after string, limit int) ([]string, error)

// linesAtOnce is how many lines one command of a sweep over a year moves.
const linesAtOnce = 250

// SpendProvisionally is a step of the regime on a year.
type SpendProvisionally struct {
	Command uuid.UUID
	Year    int
	Month   int    // of an authorisation
	Reason  string // of the beginning
	Law     string // of the end
	On      string // empty = today
}

// BeginProvisionalSpending puts a year whose law is late under the regime.
func (m *Module) BeginProvisionalSpending(ctx context.Context, by Officer, in SpendProvisionally) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySpendProvisionally) {
		return eventstore.Receipt{}, f.result()
	}
	year, on := f.year("year", in.Year), m.dayOr(&f, in.On)
	reason := f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	at, last, cycle := t.addSetting(year), t.add(YearStream(year-1)), t.add(cycleStream(year))
	return m.execute(ctx, by, in.Command, "BeginProvisionalSpending", in, &t, func(d *eventstore.Decision) error {
		if eventstore.StateOf[BudgetCycle](d, cycle).Stage == CycleIsEnacted {
			return refused("finance.budget_enacted", "year", "صدر قانون موازنة %d.", "The budget law of %d is enacted.", year)
		}
		s := at.of(d, on, on)
		e, err := s.year.beginProvisional(eventstore.StateOf[FiscalYear](d, last), s.rules, reason, on, by.Sign())
		if err == nil {
			d.Record(at.year, e)
		}
		return err
	})
}

// AuthoriseTwelfths gives every line its part up to a month that has begun. Cut off anywhere it goes on
// when it is done again, and a second time changes nothing.
func (m *Module) AuthoriseTwelfths(ctx context.Context, by Officer, lines YearLines, in SpendProvisionally) error {
	var f form
	if !f.permit(by, MaySpendProvisionally) {
		return f.result()
	}
	if year := f.year("year", in.Year); f.result() != nil || year == 0 {
		return f.result()
	}
	today := m.today()
	year, err := now[FiscalYear](ctx, m, yearCategory(), YearStream(in.Year))
	if err == nil {
		err = year.mayAuthorise(in.Month, today)
	}
	if err != nil || year.TwelfthMonth >= in.Month {
		return err
	}
	err = sweep(ctx, lines, in.Year-1, func(keys []string) error {
		var t touches
		at := t.addSetting(in.Year)
		last, places := t.addLines(in.Year-1, keys), t.addLines(in.Year, keys)
		_, err := m.execute(ctx, by, sweepID("twelfth", in.Year, in.Month, keys), "AuthoriseTwelfths", keys, &t, func(d *eventstore.Decision) error {
			s := at.of(d, today, today)
			if err := s.year.mayAuthorise(in.Month, today); err != nil {
				return err
			}
			rule := s.rules.Twelfth(s.year.Periods[in.Month-1].From)
			for i := range keys {
				if err := authoriseTwelfth(d, last[i], places[i], in.Year, in.Month, rule); err != nil {
					return fmt.Errorf("authorise %s: %w", keys[i], err)
				}
			}
			return nil
		})
		return err
	})
	if err != nil {
		return err
	}
	var t touches
	at := t.add(YearStream(in.Year))
	_, err = m.execute(ctx, by, in.Command, "AuthorisedTwelfths", in, &t, func(d *eventstore.Decision) error {
		y := eventstore.StateOf[FiscalYear](d, at)
		if err := y.mayAuthorise(in.Month, today); err != nil || y.TwelfthMonth >= in.Month {
			return err
		}
		d.Record(at, TwelfthsAuthorised{Month: in.Month, By: by.Sign()})
		return nil
	})
	return err
}

// authoriseTwelfth opens the line in the new year when it is not there, and gives it its part.
func authoriseTwelfth(d *eventstore.Decision, last, place, year, month int, rule TwelfthRuleSet) error {
	before, line := eventstore.StateOf[BudgetLine](d, last), eventstore.StateOf[BudgetLine](d, place)
	base := before.Original + before.Supplementary
	if base <= 0 {
		return nil
	}
	if !line.Exists() {
		opened := BudgetLineOpened{Year: year, Key: before.Key, Codes: before.Codes, Currency: before.Currency, Economic: before.Economic}
		d.Record(place, opened)
		line = line.evolve(opened)
	}
	if !rule.Covers(line.Economic) {
		return nil
	}
	e, err := line.AuthoriseTwelfth(month, base, rule)
	if err == nil && e.Amount > 0 {
		d.Record(place, e)
	}
	return err
}

// EndProvisionalSpending ends the regime when the law is there, and takes back what nobody used of the
// authority of lines that the law does not name. Cut off it goes on when it is done again.
func (m *Module) EndProvisionalSpending(ctx context.Context, by Officer, lines YearLines, in SpendProvisionally) error {
	var f form
	if !f.permit(by, MaySpendProvisionally) {
		return f.result()
	}
	number, on := f.year("year", in.Year), m.dayOr(&f, in.On)
	law := f.text("law", kernel.Text{Ar: "القانون", En: "Law"}, in.Law)
	if err := f.result(); err != nil {
		return err
	}
	var t touches
	at := t.add(YearStream(number))
	_, err := m.execute(ctx, by, in.Command, "EndProvisionalSpending", in, &t, func(d *eventstore.Decision) error {
		y := eventstore.StateOf[FiscalYear](d, at)
		if y.ProvisionalEnded {
			return nil
		}
		e, err := y.endProvisional(law, on, by.Sign())
		if err == nil {
			d.Record(at, e)
		}
		return err
	})
	if err != nil {
		return err
	}
	return sweep(ctx, lines, number, func(keys []string) error {
		var t touches
		places := t.addLines(number, keys)
		_, err := m.execute(ctx, by, sweepID("law", number, 0, keys), "CloseProvisional", keys, &t, func(d *eventstore.Decision) error {
			for _, place := range places {
				closeProvisional(d, place, law)
			}
			return nil
		})
		return err
	})
}

// closeProvisional trues a line up with its law.
func closeProvisional(d *eventstore.Decision, place int, law string) {
	withdrawn, closed := eventstore.StateOf[BudgetLine](d, place).CloseProvisional(law)
	if withdrawn.Amount > 0 {
		d.Record(place, withdrawn)
	}
	if closed.Amount > 0 {
		d.Record(place, closed)
	}
}

// sweep calls do for all lines of a year, some at a time.
func sweep(ctx context.Context, lines YearLines, year int, do func(keys []string) error) error {
	after := ""
	for {
		keys, err := lines(ctx, year, after, linesAtOnce)
		if err != nil {
			return fmt.Errorf("list the lines of %d: %w", year, err)
		}
		if len(keys) == 0 {
			return nil
		}
		if err := do(keys); err != nil {
			return err
		}
		after = keys[len(keys)-1]
	}
}

// sweepID is the id of one command of a sweep: the same lines again are the same command.
func sweepID(what string, year, month int, keys []string) uuid.UUID {
	return uuid.NewSHA1(uuid.Nil, fmt.Appendf(nil, "%s/%d/%d/%s", what, year, month, strings.Join(keys, "\n")))
}
