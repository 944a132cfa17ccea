package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// OrderLineInput asks for the allotment of one line for some months: the amount is split over them
// exactly, the first months taking what is left over.
type OrderLineInput struct {
	Key    string
	Months []int // 1 … 12 of the fiscal year
	Amount string
}

// DraftOrder asks for the release of allotments. The order's id is the command's.
type DraftOrder struct {
	Command uuid.UUID
	Year    int
	Kind    OrderKind
	Subject string
	Lines   []OrderLineInput
}

// DraftOrder keeps the order as it was drawn; it releases nothing before it is certified.
func (m *Module) DraftOrder(ctx context.Context, by Officer, in DraftOrder) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayDraftOrder) {
		return eventstore.Receipt{}, f.result()
	}
	if in.Kind != GeneralOrder && in.Kind != SpecialOrder {
		f.refuse("kind", "finance.order_kind", kernel.Text{
			Ar: "نوع الأمر المالي عام أو خاص.", En: "A financial order is general or special.",
		})
	}
	year := f.year("year", in.Year)
	subject := f.text("subject", fieldName("subject"), in.Subject)
	lines := make([]LineInput, len(in.Lines))
	for i, l := range in.Lines {
		lines[i] = LineInput{Key: l.Key, Amount: l.Amount}
		f.months(linePath(i, "months"), l.Months)
	}
	keys := f.keys(lines)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	id := in.Command.String()
	var t touches
	document, at := t.add(OrderStream(id)), t.addSetting(year)
	places := t.addLines(year, keys)
	return m.execute(ctx, by, in.Command, "DraftOrder", in, &t, func(d *eventstore.Decision) error {
		var f form
		s := at.of(d, kernel.Date{}, kernel.Date{})
		if !s.year.Exists() {
			return yearNotOpen()
		}
		e := FinancialOrderDrafted{ID: id, Year: year, Currency: s.year.Currency, Kind: in.Kind, Subject: subject, By: by.Sign()}
		for i, l := range in.Lines {
			if !eventstore.StateOf[BudgetLine](d, places[i]).Exists() {
				f.add(linePath(i, "key"), lineUnknown())
			}
			parts, err := kernel.SplitAmount(f.amount(linePath(i, "amount"), l.Amount, s.year.Currency, false), len(l.Months))
			if err != nil {
				return err
			}
			for n, part := range parts {
				if part > 0 {
					e.Lines = append(e.Lines, OrderLine{Key: keys[i], Month: l.Months[n], Amount: part})
				}
			}
		}
		if err := f.result(); err != nil {
			return err
		}
		d.Record(document, e)
		return nil
	})
}

// months checks the months of an order line: at least one, each of the year, none twice.
func (f *form) months(path string, months []int) {
	seen := map[int]bool{}
	for _, n := range months {
		if n < 1 || n > 12 || seen[n] {
			f.refuse(path, "finance.month_impossible", kernel.Text{
				Ar: fmt.Sprintf("الشهر %d: الأشهر من 1 إلى 12، كلٌّ مرة واحدة.", n),
				En: fmt.Sprintf("Month %d: months run from 1 to 12, each once.", n),
			})
			return
		}
		seen[n] = true
	}
	if len(months) == 0 {
		f.missing(path, kernel.Text{Ar: "الأشهر", En: "Months"})
	}
}

// StepOrder names a financial order for a step.
type StepOrder struct {
	Command uuid.UUID
	ID      string
	Seen    int64 // version the screen was opened on; 0 = not looked at
	On      string
	Reason  string // of a cancellation
}

// CertifyOrder gives the order its number and releases its allotments, all or nothing. Whoever drew
// the order cannot certify it.
func (m *Module) CertifyOrder(ctx context.Context, by Officer, in StepOrder) (eventstore.Receipt, error) {
	return m.stepOrder(ctx, by, MayCertifyOrder, "CertifyOrder", in, func(d *eventstore.Decision, t *touches, document, series int, s setting, f *form) error {
		o := eventstore.StateOf[FinancialOrder](d, document)
		e, err := o.certify("", s.on, by)
		if err != nil {
			return err
		}
		f.admit(s, by)
		if err := f.result(); err != nil {
			return err
		}
		e.Number = takeNumber(d, series, o.Year, o.ID)
		d.Record(document, e)
		for i, l := range o.Lines {
			at, touched := t.index[LineStream(o.Year, l.Key)]
			if !touched {
				return errMoved
			}
			released, err := eventstore.StateOf[BudgetLine](d, at).Release(l.Amount, o.ID, l.Month)
			if err != nil {
				f.add(linePath(i, "amount"), err)
				continue
			}
			d.Record(at, released)
		}
		return f.result()
	})
}

// CancelOrder drops a draft, or withdraws what a certified order released and no document needs yet.
func (m *Module) CancelOrder(ctx context.Context, by Officer, in StepOrder) (eventstore.Receipt, error) {
	var f form
	f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil && by.May(MayDraftOrder) {
		return eventstore.Receipt{}, err
	}
	return m.stepOrder(ctx, by, MayDraftOrder, "CancelOrder", in, func(d *eventstore.Decision, t *touches, document, _ int, s setting, f *form) error {
		o := eventstore.StateOf[FinancialOrder](d, document)
		e, err := o.cancel(in.Reason, by.Sign())
		if err != nil {
			return err
		}
		if e.Withdrawn {
			f.admit(s, by)
			if !by.May(MayCertifyOrder) {
				f.add("", forbidden(MayCertifyOrder))
			}
		}
		if err := f.result(); err != nil {
			return err
		}
		d.Record(document, e)
		if !e.Withdrawn {
			return nil
		}
		return eachLine(d, t, o.Year, o.totals(), func(l BudgetLine, amount int64) (eventstore.Event, error) {
			return l.Withdraw(amount, o.ID, s.rules.Ceiling(l.Economic, s.on))
		})
	})
}

type orderStep func(d *eventstore.Decision, t *touches, document, series int, s setting, f *form) error

func (m *Module) stepOrder(ctx context.Context, by Officer, p Permission, act string, in StepOrder, step orderStep) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, p) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	stated := f.optionalDate("on", fieldName("on"), in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	before, err := prior[FinancialOrder](ctx, m, by, act, orderCategory(), OrderStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if before.State == "" {
		return eventstore.Receipt{}, documentUnknown()
	}
	today := m.today()
	var t touches
	document, at := t.expect(OrderStream(id), seen(in.Seen)), t.addSetting(before.Year)
	series := t.add(seriesStream(orderSeries, before.Year))
	t.addLines(before.Year, lineKeys(before.totals()))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		return step(d, &t, document, series, at.of(d, stated, today), &form{})
	})
}
