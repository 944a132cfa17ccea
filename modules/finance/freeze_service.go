package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// FreezeBudget names lines and amounts to hold back, or to give free again.
type FreezeBudget struct {
	Command uuid.UUID
	Year    int
	On      string
	Reason  string
	Lines   []LineInput
}

// FreezeBudget holds appropriation back that no document holds (تجميد المخصصات).
func (m *Module) FreezeBudget(ctx context.Context, by Officer, in FreezeBudget) (eventstore.Receipt, error) {
	document := in.Command.String()
	return m.freeze(ctx, by, "FreezeBudget", in, func(l BudgetLine, amount int64) ([]eventstore.Event, error) {
		withdrawn, frozen, err := l.Freeze(amount, document, in.Reason, by.Sign())
		if err != nil || withdrawn.Amount == 0 {
			return []eventstore.Event{frozen}, err
		}
		return []eventstore.Event{withdrawn, frozen}, nil
	})
}

// UnfreezeBudget gives frozen appropriation free.
func (m *Module) UnfreezeBudget(ctx context.Context, by Officer, in FreezeBudget) (eventstore.Receipt, error) {
	return m.freeze(ctx, by, "UnfreezeBudget", in, func(l BudgetLine, amount int64) ([]eventstore.Event, error) {
		e, err := l.Unfreeze(amount, in.Reason, by.Sign())
		return []eventstore.Event{e}, err
	})
}

func (m *Module) freeze(ctx context.Context, by Officer, act string, in FreezeBudget, move func(BudgetLine, int64) ([]eventstore.Event, error)) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayFreezeBudget) {
		return eventstore.Receipt{}, f.result()
	}
	year, keys := f.year("year", in.Year), f.keys(in.Lines)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today := m.today()
	var t touches
	at, places := t.addSetting(year), t.addLines(year, keys)
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		var f form
		s := at.of(d, stated, today)
		f.admit(s, by)
		lines := f.read(in.Lines, keys, places, s.year.Currency, false)
		if err := f.result(); err != nil {
			return err
		}
		for _, l := range lines {
			events, err := move(eventstore.StateOf[BudgetLine](d, l.touch), l.Amount)
			if err != nil {
				f.add(l.path, err)
				continue
			}
			for _, e := range events {
				d.Record(l.touch, e)
			}
		}
		return f.result()
	})
}
