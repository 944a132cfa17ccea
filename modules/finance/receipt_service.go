package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// OpenCashierBook opens a book of receipts under the command's id.
type OpenCashierBook struct {
	Command  uuid.UUID
	Name     kernel.Text
	Cashier  string
	Currency string // empty = JOD
	Codes    Codes
	CashItem string
	GapItem  string
	On       string
}

// OpenCashierBook gives a cashier a book; both accounts must stand in the chart.
func (m *Module) OpenCashierBook(ctx context.Context, by Officer, in OpenCashierBook) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	item := StandardRules().Segments[Item].Name
	e := CashierBookOpened{
		Name: f.name("name", in.Name), Cashier: f.code("cashier", kernel.Text{Ar: "أمين الصندوق", En: "Cashier"}, in.Cashier),
		Currency: f.currency("currency", in.Currency), Codes: f.codes("codes", in.Codes), CashItem: f.code("cashItem", item, in.CashItem),
		GapItem: f.code("gapItem", item, in.GapItem), On: m.dayOr(&f, in.On), By: by.Sign(),
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	book := t.add(cashierBookStream(in.Command.String()))
	cash, gap := t.add(SegmentStream(Item, e.CashItem)), t.add(SegmentStream(Item, e.GapItem))
	return m.execute(ctx, by, in.Command, "OpenCashierBook", in, &t, func(d *eventstore.Decision) error {
		var f form
		f.add("cashItem", unplaced(eventstore.StateOf[SegmentValue](d, cash).Postable(Item, e.CashItem, e.On)))
		f.add("gapItem", unplaced(eventstore.StateOf[SegmentValue](d, gap).Postable(Item, e.GapItem, e.On)))
		if err := f.result(); err != nil {
			return err
		}
		d.Record(book, e)
		return nil
	})
}

// ReceiptLineInput is one revenue as it is typed.
type ReceiptLineInput struct {
	Item   string
	Amount string
	Text   string
}

// IssueReceipt is a payment taken at the counter; the receipt's id is the command's.
type IssueReceipt struct {
	Command uuid.UUID
	Book    string
	Payer   string // sealed; empty = nobody said
	How     PaidBy
	Cheque  string // its number
	Lines   []ReceiptLineInput
	On      string // empty = today
}

// IssueReceipt gives the receipt the next number of its book and posts the revenue, in one commit.
func (m *Module) IssueReceipt(ctx context.Context, by Officer, in IssueReceipt) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReceive) {
		return eventstore.Receipt{}, f.result()
	}
	e := ReceiptIssued{Book: f.code("book", kernel.Text{Ar: "الدفتر", En: "Book"}, in.Book), How: in.How, By: by.Sign()}
	switch in.How {
	case InCash:
	case ByCheque:
		e.Cheque = f.code("cheque", kernel.Text{Ar: "رقم الشيك", En: "Cheque number"}, in.Cheque)
	default:
		f.add("how", refused("finance.paid_by", "", "طريقة الدفع نقد (cash) أو شيك (cheque).", "A payer pays in cash or by cheque."))
	}
	payer := f.optionalText("payer", kernel.Text{Ar: "الدافع", En: "Payer"}, in.Payer)
	e.On = m.dayOr(&f, in.On)
	f.lines(len(in.Lines), 1)
	items := make([]string, len(in.Lines))
	for i, l := range in.Lines {
		items[i] = f.code(linePath(i, "item"), StandardRules().Segments[Item].Name, l.Item)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	id := in.Command.String()
	var sealed []byte
	if payer != "" {
		var err error
		if sealed, err = m.seal(ctx, in.Command, PersonalData{Name: payer}); err != nil {
			return eventstore.Receipt{}, err
		}
	}
	e.Year = e.On.Year()
	var t touches
	book, receipt, series := t.add(cashierBookStream(e.Book)), t.add(receiptStream(id)), t.add(seriesStream("receipt/"+e.Book, e.Year))
	entry := touchPosting(&t, in.Command, e.Year)
	for _, code := range items {
		t.add(SegmentStream(Item, code))
	}
	return m.execute(ctx, by, in.Command, "IssueReceipt", in, &t, func(d *eventstore.Decision) error {
		b, e := eventstore.StateOf[CashierBook](d, book), e
		if err := b.mayIssue(by, e.On); err != nil {
			return err
		}
		e.Currency = b.Opened.Currency
		var f form
		for i, l := range in.Lines {
			f.add(linePath(i, "item"), unplaced(eventstore.StateOf[SegmentValue](d, t.add(SegmentStream(Item, items[i]))).Postable(Item, items[i], e.On)))
			line := ReceiptLine{Line: i + 1, Item: items[i], Amount: f.payment(linePath(i, "amount"), l.Amount, e.Currency), Text: f.optionalText(linePath(i, "text"), kernel.Text{Ar: "البيان", En: "Text"}, l.Text)}
			e.Lines, e.Total = append(e.Lines, line), e.Total+line.Amount
		}
		if e.Total > largestAmount {
			f.add("lines", refused("money.too_large", "", "مجموع السند أكبر مما يُقيَّد.", "The receipt's total is larger than can be recorded."))
		}
		if err := f.result(); err != nil {
			return err
		}
		if _, err := entry.post(d, by, e.On, e.Currency, JournalSource{Kind: ReceiptEntry, ID: id}, "", b.revenue(e), ""); err != nil {
			return err
		}
		e.Number, e.Journal = takeNumber(d, series, e.Year, id), entry.journal
		d.RecordSealed(receipt, e, sealed)
		d.Record(book, ReceiptBooked{Receipt: id, Amount: e.Total, How: e.How, On: e.On})
		return nil
	})
}

// revenue is the entry of a receipt: Dr cash in hand, Cr each revenue.
func (b CashierBook) revenue(e ReceiptIssued) []LedgerLine {
	lines := []LedgerLine{{Codes: b.Opened.Codes.With(Item, b.Opened.CashItem), Debit: e.Total}}
	for _, l := range e.Lines {
		lines = append(lines, LedgerLine{Codes: b.Opened.Codes.With(Item, l.Item), Credit: l.Amount})
	}
	return numbered(lines)
}

// ActOnReceipt names a receipt or a book for one of the steps below.
type ActOnReceipt struct {
	Command   uuid.UUID
	ID        string // of the receipt
	Book      string
	Counted   string // of a day
	Amount    string // of a deposit
	BankItem  string // of a deposit: empty = the first of the payment rules
	Reference string
	Reason    string
	Seen      int64
	On        string
}

// CancelReceipt voids a receipt while its day is open; a second person does. Its number stays used.
func (m *Module) CancelReceipt(ctx context.Context, by Officer, in ActOnReceipt) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayCancelReceipt) {
		return eventstore.Receipt{}, f.result()
	}
	id, reason := f.code("id", fieldName("id"), in.ID), f.text("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	known, err := prior[ReceiptVoucher](ctx, m, by, "CancelReceipt", receiptCategory(), receiptStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	its, err := prior[CashierBook](ctx, m, by, "CancelReceipt", cashierBookCategory(), cashierBookStream(known.Issued.Book))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if known.Issued.Number == "" || !its.Known() { // a receipt belongs where its book does
		return eventstore.Receipt{}, missing("id")
	}
	var t touches
	receipt, book, journal := t.expect(receiptStream(id), seen(in.Seen)), t.add(cashierBookStream(known.Issued.Book)), t.add(journalStream(known.Issued.Journal))
	entry := touchPosting(&t, in.Command, known.Issued.Year)
	return m.execute(ctx, by, in.Command, "CancelReceipt", in, &t, func(d *eventstore.Decision) error {
		r, b := eventstore.StateOf[ReceiptVoucher](d, receipt), eventstore.StateOf[CashierBook](d, book)
		if err := r.mayCancel(b, by); err != nil {
			return err
		}
		on := r.Issued.On
		lines := mirrored(eventstore.StateOf[JournalEntry](d, journal).Posted.Lines)
		if _, err := entry.post(d, by, on, r.Issued.Currency, JournalSource{Kind: MirrorEntry, ID: id}, r.Issued.Journal, lines, reason); err != nil {
			return err
		}
		d.Record(journal, JournalReversed{Mirror: entry.journal, Reason: reason, On: on, By: by.Sign()})
		d.Record(receipt, ReceiptCancelled{Reason: reason, Journal: entry.journal, On: on, By: by.Sign()})
		d.Record(book, ReceiptBooked{Receipt: id, Amount: -r.Issued.Total, How: r.Issued.How, On: on})
		return nil
	})
}
