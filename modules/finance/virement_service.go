package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// ProposeVirement asks to move appropriation: amounts out are negative, and the sum is zero. The
// virement's id is the command's.
type ProposeVirement struct {
	Command uuid.UUID
	Year    int
	On      string
	Reason  string
	Lines   []LineInput
}

// ProposeVirement checks the move as it stands today and keeps it for another person's approval.
func (m *Module) ProposeVirement(ctx context.Context, by Officer, in ProposeVirement) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayProposeVirement) {
		return eventstore.Receipt{}, f.result()
	}
	year, keys := f.year("year", in.Year), f.keys(in.Lines)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	reason := f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today, id := m.today(), in.Command.String()
	var t touches
	document, at := t.add(VirementStream(id)), t.addSetting(year)
	places := t.addLines(year, keys)
	return m.execute(ctx, by, in.Command, "ProposeVirement", in, &t, func(d *eventstore.Decision) error {
		var f form
		s := at.of(d, stated, today)
		f.admit(s, by)
		lines := f.read(in.Lines, keys, places, s.year.Currency, true)
		if err := f.result(); err != nil {
			return err
		}
		var moves []virementLine
		for _, l := range lines {
			moves = append(moves, virementLine{l.LineAmount, l.path, l.touch, eventstore.StateOf[BudgetLine](d, l.touch)})
		}
		if err := checkVirement(s.rules, s.on, s.year.Currency, moves); err != nil {
			return err
		}
		d.Record(document, VirementProposed{
			ID: id, Year: year, Currency: s.year.Currency, Reason: reason, Lines: lineAmounts(lines), By: by.Sign(),
		})
		return nil
	})
}

// StepVirement names a virement for its second person.
type StepVirement struct {
	Command uuid.UUID
	ID      string
	Seen    int64 // version the screen was opened on; 0 = not looked at
	On      string
	Reason  string // of a rejection
}

// ApproveVirement checks the move again on newest sums and makes it. Whoever proposed it cannot
// approve it.
func (m *Module) ApproveVirement(ctx context.Context, by Officer, in StepVirement) (eventstore.Receipt, error) {
	return m.stepVirement(ctx, by, "ApproveVirement", in, func(d *eventstore.Decision, t *touches, document, series int, s setting) error {
		var f form
		v := eventstore.StateOf[Virement](d, document)
		if err := v.decidedBy(by); err != nil {
			return err
		}
		f.admit(s, by)
		if err := f.result(); err != nil {
			return err
		}
		var moves []virementLine
		for i, l := range v.Lines {
			touch, touched := t.index[LineStream(v.Year, l.Key)]
			if !touched {
				return errMoved
			}
			moves = append(moves, virementLine{l, linePath(i, ""), touch, eventstore.StateOf[BudgetLine](d, touch)})
		}
		if err := checkVirement(s.rules, s.on, s.year.Currency, moves); err != nil {
			return err
		}
		d.Record(document, VirementApproved{Number: takeNumber(d, series, v.Year, v.ID), On: s.on, By: by.Sign()})
		for _, move := range moves {
			f.add(move.path, applyVirement(d, move, v.ID))
		}
		return f.result()
	})
}

// applyVirement moves one line's part.
func applyVirement(d *eventstore.Decision, move virementLine, virement string) error {
	if move.Amount > 0 {
		e, err := move.line.MoveIn(move.Amount, virement)
		if err == nil {
			d.Record(move.touch, e)
		}
		return err
	}
	withdrawn, e, err := move.line.MoveOut(-move.Amount, virement)
	if err != nil {
		return err
	}
	if withdrawn.Amount > 0 {
		d.Record(move.touch, withdrawn)
	}
	d.Record(move.touch, e)
	return nil
}

// RejectVirement ends a proposal with its reason.
func (m *Module) RejectVirement(ctx context.Context, by Officer, in StepVirement) (eventstore.Receipt, error) {
	var f form
	f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil && by.May(MayApproveVirement) {
		return eventstore.Receipt{}, err
	}
	return m.stepVirement(ctx, by, "RejectVirement", in, func(d *eventstore.Decision, _ *touches, document, _ int, _ setting) error {
		if err := eventstore.StateOf[Virement](d, document).decidedBy(by); err != nil {
			return err
		}
		d.Record(document, VirementRejected{Reason: in.Reason, By: by.Sign()})
		return nil
	})
}

type virementStep func(d *eventstore.Decision, t *touches, document, series int, s setting) error

func (m *Module) stepVirement(ctx context.Context, by Officer, act string, in StepVirement, step virementStep) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayApproveVirement) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	before, err := prior[Virement](ctx, m, by, act, virementCategory(), VirementStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if before.State == "" {
		return eventstore.Receipt{}, documentUnknown()
	}
	today := m.today()
	var t touches
	document, at := t.expect(VirementStream(id), seen(in.Seen)), t.addSetting(before.Year)
	series := t.add(seriesStream(virementSeries, before.Year))
	t.addLines(before.Year, lineKeys(before.Lines))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		return step(d, &t, document, series, at.of(d, stated, today))
	})
}
