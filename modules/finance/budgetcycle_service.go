package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// IssueCircular opens the preparation of a year's budget.
type IssueCircular struct {
	Command  uuid.UUID
	Year     int
	Currency string // empty = JOD
	Subject  string
	Deadline string
	Strict   bool
	On       string // empty = today
}

// IssueCircular asks every body for its requests, once a year.
func (m *Module) IssueCircular(ctx context.Context, by Officer, in IssueCircular) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPrepareBudget) {
		return eventstore.Receipt{}, f.result()
	}
	e := BudgetCircularIssued{
		Year: f.year("year", in.Year), Currency: f.currency("currency", in.Currency), Subject: f.text("subject", fieldName("subject"), in.Subject),
		Deadline: f.date("deadline", kernel.Text{Ar: "آخر موعد", En: "Deadline"}, in.Deadline), Strict: in.Strict,
		On: m.dayOr(&f, in.On), By: by.Sign(),
	}
	if e.Deadline.Before(e.On) {
		f.add("deadline", refused("finance.deadline_past", "", "آخر موعد %s مضى.", "The deadline %s is past.", e.Deadline))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	cycle := t.add(cycleStream(e.Year))
	return m.execute(ctx, by, in.Command, "IssueCircular", in, &t, func(d *eventstore.Decision) error {
		if eventstore.StateOf[BudgetCycle](d, cycle).Stage != "" {
			return refused("finance.circular_issued", "year", "صدر بلاغ موازنة %d من قبل.", "The circular of %d was issued before.", e.Year)
		}
		d.Record(cycle, e)
		return nil
	})
}

// SetBudgetCeiling is the most a chapter or programme may ask for.
type SetBudgetCeiling struct {
	Command   uuid.UUID
	Year      int
	Chapter   string
	Programme string       // empty: the whole chapter
	Economic  EconomicType // empty: both together
	Amounts   []string     // the budget year and the two after it
	On        string
}

// SetBudgetCeiling sets it, or changes it while the budget is prepared.
func (m *Module) SetBudgetCeiling(ctx context.Context, by Officer, in SetBudgetCeiling) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPrepareBudget) {
		return eventstore.Receipt{}, f.result()
	}
	e := BudgetCeilingSet{
		Chapter:   f.code("chapter", StandardRules().Segments[Chapter].Name, in.Chapter),
		Programme: f.optionalCode("programme", StandardRules().Segments[Programme].Name, in.Programme), Economic: in.Economic,
		On: m.dayOr(&f, in.On), By: by.Sign(),
	}
	if in.Economic != "" && in.Economic != Current && in.Economic != Capital {
		f.add("economic", economicUnknown())
	}
	year := f.year("year", in.Year)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	cycle, chapter := t.add(cycleStream(year)), t.add(SegmentStream(Chapter, e.Chapter))
	programme := -1
	if e.Programme != "" {
		programme = t.add(SegmentStream(Programme, e.Programme))
	}
	return m.execute(ctx, by, in.Command, "SetBudgetCeiling", in, &t, func(d *eventstore.Decision) error {
		c, e := eventstore.StateOf[BudgetCycle](d, cycle), e
		if err := c.mustBe(CycleIsOpen); err != nil {
			return err
		}
		var f form
		f.add("chapter", unplaced(eventstore.StateOf[SegmentValue](d, chapter).Postable(Chapter, e.Chapter, e.On)))
		if programme >= 0 {
			f.add("programme", unplaced(eventstore.StateOf[SegmentValue](d, programme).Postable(Programme, e.Programme, e.On)))
		}
		e.Amounts = f.years("amounts", in.Amounts, c.Circular.Currency)
		if err := f.result(); err != nil {
			return err
		}
		d.Record(cycle, e)
		return nil
	})
}

func economicUnknown() kernel.Problem {
	return refused("finance.economic_unknown", "", "التصنيف جارٍ (current) أو رأسمالي (capital).", "The type is current or capital.")
}

// years reads up to three amounts of zero or more; an empty or missing one is zero.
func (f *form) years(path string, texts []string, currency string) ThreeYears {
	var out ThreeYears
	if len(texts) > len(out) {
		f.add(path, refused("finance.three_years", "", "تُطلب مبالغ ثلاث سنوات لا أكثر.", "Amounts of three years are asked for, no more."))
		return out
	}
	for y, text := range texts {
		if text == "" {
			continue
		}
		at := fmt.Sprintf("%s.%d", path, y)
		n, err := kernel.ParseAmount(text, currency)
		switch {
		case err != nil:
			f.add(at, err)
		case n < 0:
			f.add(at, notPositive())
		case n > largestAmount:
			f.refuse(at, "money.too_large", kernel.Text{Ar: "المبلغ أكبر مما يُقيَّد.", En: "The amount is larger than can be recorded."})
		default:
			out[y] = n
		}
	}
	return out
}

// StepCycle is a step of the whole preparation.
type StepCycle struct {
	Command uuid.UUID
	Year    int
	Law     string // of the enactment
	Seen    int64
	On      string
}

// ConsolidateBudget fixes the next version of the draft out of the approved requests.
func (m *Module) ConsolidateBudget(ctx context.Context, by Officer, in StepCycle) (eventstore.Receipt, error) {
	return m.onCycle(ctx, by, in, "ConsolidateBudget", MayPrepareBudget, func(c BudgetCycle, on kernel.Date) (eventstore.Event, error) {
		return c.consolidate(by, on)
	})
}

// LockBudget sends the newest version to the cabinet.
func (m *Module) LockBudget(ctx context.Context, by Officer, in StepCycle) (eventstore.Receipt, error) {
	return m.onCycle(ctx, by, in, "LockBudget", MayPrepareBudget, func(c BudgetCycle, on kernel.Date) (eventstore.Event, error) {
		return c.lock(by, on)
	})
}

func (m *Module) onCycle(ctx context.Context, by Officer, in StepCycle, act string, permission Permission, decide func(BudgetCycle, kernel.Date) (eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, permission) {
		return eventstore.Receipt{}, f.result()
	}
	year, on := f.year("year", in.Year), m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	cycle := t.expect(cycleStream(year), seen(in.Seen))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		e, err := decide(eventstore.StateOf[BudgetCycle](d, cycle), on)
		if err != nil {
			return err
		}
		d.Record(cycle, e)
		return nil
	})
}
