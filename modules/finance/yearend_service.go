package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// SetClosingRules dates which natural accounts a year's close empties.
type SetClosingRules struct {
	Command                    uuid.UUID
	From                       string
	Revenue, Expense, Suspense []string // patterns such as "22*"
	Result                     string
}

// SetClosingRules decides them from a day on.
func (m *Module) SetClosingRules(ctx context.Context, by Officer, in SetClosingRules) (eventstore.Receipt, error) {
	return m.setRule(ctx, by, MaySetPolicy, in.Command, "SetClosingRules", in, func(f *form) eventstore.Event {
		e := ClosingRulesSet{From: f.date("from", fieldName("from"), in.From), Result: f.code("result", fieldName("code"), in.Result)}
		read := func(path string, patterns []string) (out []string) {
			for i, p := range patterns {
				out = append(out, f.code(fmt.Sprintf("%s.%d", path, i), fieldName("code"), p))
			}
			return out
		}
		e.Revenue, e.Expense, e.Suspense = read("revenue", in.Revenue), read("expense", in.Expense), read("suspense", in.Suspense)
		if closed, _ := e.closes(e.Result); closed {
			f.add("result", refused("finance.result_closes", "", "حساب صافي النتيجة لا يُقفل في نفسه.", "The account of the net result is not closed to itself."))
		}
		return e
	})
}

// StartYearEnd begins the close of a year.
type StartYearEnd struct {
	Command       uuid.UUID
	Year          int
	Policy        CarryPolicy
	Rule          CommitmentRule // empty = decide each
	StopFrom      string         // empty = today
	Complementary string         // last day; empty = the year's last
}

// StartYearEnd begins it; RunYearEnd then takes the steps.
func (m *Module) StartYearEnd(ctx context.Context, by Officer, in StartYearEnd) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayCloseYear) {
		return eventstore.Receipt{}, f.result()
	}
	e := YearEndStarted{Year: f.year("year", in.Year), Policy: in.Policy, Rule: in.Rule, On: m.today(), By: by.Sign()}
	if e.Rule == noDirection {
		e.Rule = DecideEach
	}
	if e.Rule != DecideEach {
		f.rule(e.Rule)
	}
	if in.Policy != WithAppropriation && in.Policy != FirstCharge {
		f.add("policy", carryPolicyUnknown())
	}
	if e.StopFrom = f.optionalDate("stopFrom", fieldName("from"), in.StopFrom); e.StopFrom.IsZero() {
		e.StopFrom = m.today()
	}
	e.Complementary = f.optionalDate("complementary", fieldName("to"), in.Complementary)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	end, at := t.add(yearEndStream(e.Year)), t.addSetting(e.Year)
	before, after := t.add(YearStream(e.Year-1)), t.add(YearStream(e.Year+1))
	return m.execute(ctx, by, in.Command, "StartYearEnd", in, &t, func(d *eventstore.Decision) error {
		e, s := e, at.of(d, e.On, e.On)
		if e.Complementary.IsZero() {
			e.Complementary = s.year.To
		}
		e, err := eventstore.StateOf[YearEnd](d, end).start(e, s.year,
			eventstore.StateOf[FiscalYear](d, before), eventstore.StateOf[FiscalYear](d, after), s.rules)
		if err == nil {
			d.Record(end, e)
		}
		return err
	})
}

func (f *form) rule(r CommitmentRule) {
	if r != CarryThem && r != LapseThem {
		f.add("rule", refused("finance.commitment_rule", "", "يُدوَّر الالتزام (carry) أو يُلغى (lapse).", "A commitment is carried (carry) or lapses (lapse)."))
	}
}

// StepYearEnd is one act on the close of a year.
type StepYearEnd struct {
	Command    uuid.UUID
	Year       int
	Blocker    string // of a waiver
	Commitment string // of a decision
	Rule       CommitmentRule
	Step       int // of a confirmation
	Reason     string
}

// AskYearEndWaiver asks to close although a blocker is there.
func (m *Module) AskYearEndWaiver(ctx context.Context, by Officer, in StepYearEnd) (eventstore.Receipt, error) {
	return m.onYearEnd(ctx, by, MayCloseYear, "AskYearEndWaiver", in, true, func(y YearEnd) (eventstore.Event, error) {
		return y.ask(in.Blocker, in.Reason, by)
	})
}

// WaiveBlocker is the second person's yes to a waiver.
func (m *Module) WaiveBlocker(ctx context.Context, by Officer, in StepYearEnd) (eventstore.Receipt, error) {
	return m.onYearEnd(ctx, by, MaySignFinalAccount, "WaiveBlocker", in, false, func(y YearEnd) (eventstore.Event, error) {
		return y.waive(in.Blocker, by)
	})
}

// DecideCommitment chooses what becomes of one commitment.
func (m *Module) DecideCommitment(ctx context.Context, by Officer, in StepYearEnd) (eventstore.Receipt, error) {
	var f form
	f.rule(in.Rule)
	f.code("commitment", fieldName("id"), in.Commitment)
	if err := f.result(); err != nil && by.May(MayCloseYear) {
		return eventstore.Receipt{}, err
	}
	return m.onYearEnd(ctx, by, MayCloseYear, "DecideCommitment", in, true, func(y YearEnd) (eventstore.Event, error) {
		return y.decide(in.Commitment, in.Rule, in.Reason, by)
	})
}

// ConfirmAdjustments says that the entries of the adjustment period are posted.
func (m *Module) ConfirmAdjustments(ctx context.Context, by Officer, in StepYearEnd) (eventstore.Receipt, error) {
	return m.onYearEnd(ctx, by, MayCloseYear, "ConfirmAdjustments", in, false, func(y YearEnd) (eventstore.Event, error) {
		return y.confirm(StepAdjustments, by, m.today())
	})
}

// SignFinalAccount signs it, as another person than the one who started the close.
func (m *Module) SignFinalAccount(ctx context.Context, by Officer, in StepYearEnd) (eventstore.Receipt, error) {
	return m.onYearEnd(ctx, by, MaySignFinalAccount, "SignFinalAccount", in, false, func(y YearEnd) (eventstore.Event, error) {
		return y.confirm(StepFinal, by, m.today())
	})
}

func (m *Module) onYearEnd(ctx context.Context, by Officer, p Permission, act string, in StepYearEnd, reason bool, decide func(YearEnd) (eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, p) {
		return eventstore.Receipt{}, f.result()
	}
	year := f.year("year", in.Year)
	if reason {
		f.text("reason", fieldName("reason"), in.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	end := t.add(yearEndStream(year))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		e, err := decide(eventstore.StateOf[YearEnd](d, end))
		if err == nil {
			d.Record(end, e)
		}
		return err
	})
}

// YearEndOf reads how far the close of a year is.
func (m *Module) YearEndOf(ctx context.Context, year int) (YearEnd, error) {
	return now[YearEnd](ctx, m, yearEndCategory(), yearEndStream(year))
}
