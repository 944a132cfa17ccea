package finance

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// FinancialOrder releases allotments of a year once the General Budget Department certifies it
// (أمر مالي عام أو خاص، وفيه الحوالات الشهرية).
type FinancialOrder struct {
	ID    string
	Year  int
	Lines []OrderLine
	Drawn Signature
	State OrderState
}

// OrderState is where a financial order stands.
type OrderState string

// The states of a financial order.
const (
	OrderDrafted   OrderState = "drafted"
	OrderCertified OrderState = "certified"
	OrderCancelled OrderState = "cancelled"
)

// OrderStream names a financial order's stream.
func OrderStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.order", Key: id}
}

// certify takes a draft another person drew.
func (o FinancialOrder) certify(number string, on kernel.Date, by Officer) (FinancialOrderCertified, error) {
	e := FinancialOrderCertified{Number: number, On: on, By: by.Sign()}
	switch {
	case o.State == "":
		return e, documentUnknown()
	case o.State == OrderCertified:
		return e, documentDone(kernel.Text{Ar: "مصدّق", En: "certified"})
	case o.State == OrderCancelled:
		return e, documentDone(kernel.Text{Ar: "ملغى", En: "cancelled"})
	case by.Signed(o.Drawn):
		return e, samePerson(kernel.Text{Ar: "مُعِدّ الأمر المالي", En: "Whoever drew the financial order"})
	}
	return e, nil
}

// cancel drops a draft, or withdraws what a certified order released.
func (o FinancialOrder) cancel(reason string, by Signature) (FinancialOrderCancelled, error) {
	e := FinancialOrderCancelled{Reason: reason, Withdrawn: o.State == OrderCertified, By: by}
	switch o.State {
	case OrderDrafted, OrderCertified:
		return e, nil
	case OrderCancelled:
		return e, documentDone(kernel.Text{Ar: "ملغى", En: "cancelled"})
	}
	return e, documentUnknown()
}

// totals adds the order's months up by budget line.
func (o FinancialOrder) totals() []LineAmount {
	var lines []LineAmount
	place := map[string]int{}
	for _, l := range o.Lines {
		i, there := place[l.Key]
		if !there {
			i = len(lines)
			place[l.Key] = i
			lines = append(lines, LineAmount{Key: l.Key})
		}
		lines[i].Amount += l.Amount
	}
	return lines
}

func (o FinancialOrder) evolve(e eventstore.Event) FinancialOrder {
	switch e := e.(type) {
	case FinancialOrderDrafted:
		return FinancialOrder{ID: e.ID, Year: e.Year, Lines: e.Lines, Drawn: e.By, State: OrderDrafted}
	case FinancialOrderCertified:
		o.State = OrderCertified
	case FinancialOrderCancelled:
		o.State = OrderCancelled
	}
	return o
}

func orderCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[FinancialOrderDrafted](1, nil),
		eventstore.Type[FinancialOrderCertified](1, nil),
		eventstore.Type[FinancialOrderCancelled](1, nil),
	)
	return eventstore.CategoryOf("finance.order", eventstore.Main, codec, FinancialOrder{}, FinancialOrder.evolve)
}
