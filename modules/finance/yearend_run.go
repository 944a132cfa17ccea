package finance

import (
	"context"
	"fmt"
	"maps"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// YearEndReport tells where a run of the close came to: finished, or the step it waits at and for what.
type YearEndReport struct {
	Done     int
	Waiting  kernel.Text // empty when finished
	Blockers []Blocker   // that stand in the way
	Undecide []string    // commitments nobody decided on
}

// RunYearEnd takes the steps of a started close until it is finished or waits for somebody. Every step is
// done in commands of bounded size and can be begun again: stopped anywhere and run again it comes to the
// same end, and when it is finished a run changes nothing.
func (m *Module) RunYearEnd(ctx context.Context, by Officer, books *YearBooks, year int, progress func(step int)) (YearEndReport, error) {
	var f form
	if !f.permit(by, MayCloseYear) {
		return YearEndReport{}, f.result()
	}
	run := &closing{m: m, by: closer(by), books: books, year: year}
	for {
		var err error
		if run.end, err = m.YearEndOf(ctx, year); err != nil {
			return YearEndReport{}, err
		}
		if run.end.Finished() {
			return YearEndReport{Done: run.end.Done}, nil
		}
		if err := run.end.underWay(); err != nil {
			return YearEndReport{}, err
		}
		if run.fiscal, err = now[FiscalYear](ctx, m, yearCategory(), YearStream(year)); err != nil {
			return YearEndReport{}, err
		}
		rules, err := now[Rules](ctx, m, rulesCategory(), RulesStream)
		if err != nil {
			return YearEndReport{}, err
		}
		if run.rules, err = rules.Closing(run.fiscal.To); err != nil {
			return YearEndReport{}, err
		}
		step := run.end.Done + 1
		if progress != nil {
			progress(step)
		}
		report := YearEndReport{Done: run.end.Done}
		done, err := run.steps()[step-1](ctx, &report)
		if err != nil {
			return report, fmt.Errorf("%s (step %d of %d's close): %w", StepTitle(step).En, step, year, err)
		}
		if report.Waiting != (kernel.Text{}) {
			return report, nil
		}
		done.Step, done.On, done.By = step, m.today(), by.Sign()
		if err := run.complete(ctx, done); err != nil {
			return report, err
		}
	}
}

// closing is one run over a year.
type closing struct {
	m      *Module
	by     Officer
	books  *YearBooks
	year   int
	end    YearEnd
	fiscal FiscalYear
	rules  ClosingRulesSet
}

// closer is the officer with what the steps of a close need beside it; the signature stays the officer's.
func closer(by Officer) Officer {
	by.Permissions, by.Units = maps.Clone(by.Permissions), maps.Clone(by.Units)
	for _, p := range []Permission{MayReserveFunds, MayClosePeriod} {
		by.Permissions[p] = true
		by.Units[p] = []string{""}
	}
	return by
}

type closingStep func(ctx context.Context, report *YearEndReport) (YearEndStepCompleted, error)

func (c *closing) steps() []closingStep {
	return []closingStep{
		c.stop, c.release, c.check, c.complement, c.adjust, c.commitments, c.lapse, c.result, c.openings, c.final,
	}
}

// id names a command of the close: the same again is the same command.
func (c *closing) id(what string) uuid.UUID {
	return uuid.NewSHA1(uuid.Nil, fmt.Appendf(nil, "yearend/%s/%d/%s", c.m.tenant, c.year, what))
}

// complete records that a step is done, with the lock of the year beside the last.
func (c *closing) complete(ctx context.Context, e YearEndStepCompleted) error {
	var t touches
	end, fiscal := t.add(yearEndStream(c.year)), t.add(YearStream(c.year))
	_, err := c.m.execute(ctx, c.by, c.id(fmt.Sprintf("step/%d", e.Step)), "CompleteYearEndStep", e, &t, func(d *eventstore.Decision) error {
		done, err := eventstore.StateOf[YearEnd](d, end).complete(e)
		if err != nil {
			return err
		}
		if e.Step == StepFinal {
			for _, p := range eventstore.StateOf[FiscalYear](d, fiscal).Periods {
				if p.State != PeriodShut {
					d.Record(fiscal, PeriodClosed{Period: p.No, By: c.by.Sign()})
				}
			}
			d.Record(fiscal, FiscalYearClosed{Hash: e.Hash, By: c.by.Sign()})
		}
		d.Record(end, done)
		return nil
	})
	return err
}

// once records an event of the year, unless it is there.
func (c *closing) once(ctx context.Context, what string, events func(FiscalYear) []eventstore.Event) error {
	var t touches
	at := t.add(YearStream(c.year))
	_, err := c.m.execute(ctx, c.by, c.id(what), "YearEnd "+what, nil, &t, func(d *eventstore.Decision) error {
		for _, e := range events(eventstore.StateOf[FiscalYear](d, at)) {
			d.Record(at, e)
		}
		return nil
	})
	return err
}
