package finance

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// CashierBook is a cashier's book of receipts, stream finance.cashier_book/{id}: what is in hand, and the
// day that is open.
type CashierBook struct {
	Opened CashierBookOpened
	Day    kernel.Date // the open day; zero when none is
	Closed kernel.Date // the last day that was closed
	Today  int64       // of the open day's receipts
	Count  int         // of the open day's receipts
	InHand int64       // cash and cheques not yet brought to the bank
}

// Known tells that the book was opened.
func (b CashierBook) Known() bool { return b.Opened.Cashier != "" }

func (b CashierBook) evolve(e eventstore.Event) CashierBook {
	switch e := e.(type) {
	case CashierBookOpened:
		b.Opened = e
	case ReceiptBooked:
		b.Day, b.Today, b.InHand = e.On, b.Today+e.Amount, b.InHand+e.Amount
		if b.Count++; e.Amount < 0 {
			b.Count -= 2
		}
	case CashierDayClosed:
		b.Closed, b.Day, b.Today, b.Count, b.InHand = e.Day, kernel.Date{}, 0, 0, e.Counted
	case CashDeposited:
		b.InHand = e.InHand
	}
	return b
}

// mayIssue: its cashier, on a day that is not closed, while no earlier day is open.
func (b CashierBook) mayIssue(by Officer, on kernel.Date) error {
	switch {
	case !b.Known():
		return missing("book")
	case !by.Is(b.Opened.Cashier):
		return refused("finance.not_the_cashier", "book",
			"دفتر المقبوضات هذا لأمين صندوق آخر.", "This book of receipts is another cashier's.")
	case !b.Closed.IsZero() && !on.After(b.Closed):
		return refused("finance.cashier_day_closed", "on",
			"أُغلق يوم %s في هذا الدفتر.", "The day %s is closed in this book.", b.Closed)
	case !b.Day.IsZero() && on != b.Day:
		return refused("finance.cashier_day_open", "on",
			"يوم %s ما زال مفتوحاً. يُغلق قبل قبض يوم آخر.", "The day %s is still open. Close it before receipts of another day.", b.Day)
	}
	return nil
}

// close counts the open day. What was counted beyond or below what is in hand needs a reason.
func (b CashierBook) close(counted int64, reason string, by Officer) (CashierDayClosed, error) {
	switch {
	case !b.Known():
		return CashierDayClosed{}, missing("book")
	case !by.Is(b.Opened.Cashier):
		return CashierDayClosed{}, refused("finance.not_the_cashier", "book",
			"دفتر المقبوضات هذا لأمين صندوق آخر.", "This book of receipts is another cashier's.")
	case b.Day.IsZero():
		return CashierDayClosed{}, refused("finance.no_day_open", "book", "لا يوم مفتوحاً في هذا الدفتر.", "No day is open in this book.")
	case counted != b.InHand && reason == "":
		money := func(n int64) string { return kernel.GroupAmount(n, b.Opened.Currency) }
		return CashierDayClosed{}, refused("finance.count_differs", "reason",
			"المعدود %s والمنتظر %s، والفرق %s. يلزم ذكر السبب.",
			"%s was counted and %s expected, a difference of %s. A reason is needed.", money(counted), money(b.InHand), money(counted-b.InHand))
	}
	if counted == b.InHand {
		reason = ""
	}
	return CashierDayClosed{Day: b.Day, Receipts: b.Count, Expected: b.InHand, Counted: counted, Reason: reason, By: by.Sign()}, nil
}

// mayDeposit: another person than the cashier, up to what closed days left in hand.
func (b CashierBook) mayDeposit(amount int64, by Officer) error {
	switch free := b.InHand - b.Today; {
	case !b.Known():
		return missing("book")
	case by.Is(b.Opened.Cashier):
		return refused("finance.same_person", "book",
			"يؤكد الإيداع شخص غير أمين الصندوق.", "A deposit is confirmed by another person than the cashier.")
	case amount > free:
		money := func(n int64) string { return kernel.GroupAmount(n, b.Opened.Currency) }
		return refused("finance.above_cash_in_hand", "amount",
			"المبلغ %s أكبر مما في اليد من أيام مغلقة %s.", "%s is more than the %s in hand of closed days.", money(amount), money(free))
	}
	return nil
}

// ReceiptVoucher is one receipt (مستند قبض), stream finance.receipt/{id}.
type ReceiptVoucher struct {
	Issued    ReceiptIssued
	Cancelled bool
}

func (r ReceiptVoucher) evolve(e eventstore.Event) ReceiptVoucher {
	switch e := e.(type) {
	case ReceiptIssued:
		r.Issued = e
	case ReceiptCancelled:
		r.Cancelled = true
	}
	return r
}

// mayCancel: by another person, with the book's day still open.
func (r ReceiptVoucher) mayCancel(b CashierBook, by Officer) error {
	switch {
	case r.Issued.Number == "":
		return missing("id")
	case r.Cancelled:
		return refused("finance.receipt_cancelled", "id", "أُلغي السند %s من قبل.", "Receipt %s was cancelled before.", r.Issued.Number)
	case by.Signed(r.Issued.By):
		return refused("finance.same_person", "id",
			"أصدر %s هذا السند، فيلغيه شخص ثانٍ.", "%s issued this receipt; a second person cancels it.", r.Issued.By.Person)
	case b.Day != r.Issued.On:
		return refused("finance.cashier_day_closed", "id",
			"أُغلق يوم %s، فلا يُلغى سنده. يُرد المبلغ بمستند صرف.",
			"The day %s is closed, so its receipt is not cancelled. The amount is given back by a voucher.", r.Issued.On)
	}
	return nil
}

func cashierBookStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.cashier_book", Key: id}
}

func receiptStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.receipt", Key: id}
}
