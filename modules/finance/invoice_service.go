package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// RegisterInvoice records a supplier's claim on a commitment as it came. The invoice's id is the
// command's.
type RegisterInvoice struct {
	Command    uuid.UUID
	Commitment string
	Payee      string
	Number     string // the supplier's
	Date       string // on the invoice
	ReceivedOn string // empty = today
	DueOn      string
	Lines      []ChargeInput
	Narration  string
}

// RegisterInvoice has no effect on money; it keeps the supplier's number and date to this invoice.
func (m *Module) RegisterInvoice(ctx context.Context, by Officer, in RegisterInvoice) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayRegisterInvoice) {
		return eventstore.Receipt{}, f.result()
	}
	id := in.Command.String()
	e := InvoiceRegistered{
		Payee:      f.code("payee", fieldName("payee"), in.Payee),
		Commitment: f.code("commitment", kernel.Text{Ar: "الالتزام", En: "Commitment"}, in.Commitment),
		Number:     f.code("number", kernel.Text{Ar: "رقم الفاتورة", En: "Invoice number"}, in.Number),
		Date:       f.date("date", kernel.Text{Ar: "تاريخ الفاتورة", En: "Invoice date"}, in.Date),
		ReceivedOn: f.optionalDate("receivedOn", kernel.Text{Ar: "تاريخ الورود", En: "Received on"}, in.ReceivedOn),
		DueOn:      f.optionalDate("dueOn", kernel.Text{Ar: "تاريخ الاستحقاق", En: "Due on"}, in.DueOn),
		Narration:  f.narration("narration", in.Narration), By: by.Sign(),
	}
	if e.ReceivedOn.IsZero() {
		e.ReceivedOn = m.today()
	}
	if e.Date.After(e.ReceivedOn) {
		f.add("date", refused("finance.invoice_from_the_future", "",
			"تاريخ الفاتورة %s بعد تاريخ ورودها %s.", "The invoice's date %s is after the day it was received, %s.", e.Date, e.ReceivedOn))
	}
	bound, err := prior[Commitment](ctx, m, by, "RegisterInvoice", commitmentCategory(), CommitmentStream(e.Commitment))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if e.Commitment != "" && !bound.Exists() {
		f.add("commitment", missing(""))
	}
	var t touches
	charges := f.touchCharges(&t, bound.Year, in.Lines)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	invoice, payee := t.add(invoiceStream(id)), t.add(payeeStream(e.Payee))
	number, commitment := t.add(invoiceNumberStream(e.Payee, e.Number, e.Date)), t.add(CommitmentStream(e.Commitment))
	return m.execute(ctx, by, in.Command, "RegisterInvoice", in, &t, func(d *eventstore.Decision) error {
		e := e
		c := eventstore.StateOf[Commitment](d, commitment)
		var f form
		f.add("", eventstore.StateOf[Payee](d, payee).mustBeKnown("payee"))
		if taken := eventstore.StateOf[InvoiceNumber](d, number).Invoice; taken != "" {
			f.add("number", duplicateInvoice(e, taken))
		}
		if c.Payee != "" && c.Payee != e.Payee {
			f.add("payee", refused("finance.payee_differs", "",
				"الالتزام %s لمستفيد آخر.", "Commitment %s is to another payee.", c.Number))
		}
		var err error
		e.Year, e.Currency = c.Year, c.Currency
		if e.Lines, e.Total, err = charges.read(d, &t, in.Lines, e.ReceivedOn); err != nil {
			f.add("", err)
		}
		for i, l := range e.Lines {
			if _, has := c.Line(l.Key); !has {
				f.add(linePath(i, "key"), refused("finance.line_not_committed", "",
					"ليس في الالتزام %s البند %s.", "Commitment %s has nothing on line %s.", c.Number, l.Key))
			}
		}
		if err := f.result(); err != nil {
			return err
		}
		d.Record(invoice, e)
		d.Record(number, InvoiceNumberTaken{Invoice: id})
		return nil
	})
}

func duplicateInvoice(e InvoiceRegistered, taken string) kernel.Problem {
	p := refused("finance.invoice_duplicate", "",
		"الفاتورة %s بتاريخ %s من هذا المستفيد مسجلة من قبل.",
		"Invoice %s of %s from this payee is registered already.", e.Number, e.Date)
	p.Details = map[string]string{"invoice": taken}
	return p
}

// ActOnInvoice names an invoice for one of the steps below.
type ActOnInvoice struct {
	Command uuid.UUID
	ID      string
	Seen    int64
	On      string // empty = today, or the nearest day of the year
	Reason  string // of a dispute or cancellation
}

// VerifyInvoice makes the claim an obligation: the committed money becomes obligated, and the
// expense is posted against the payable, all in one.
func (m *Module) VerifyInvoice(ctx context.Context, by Officer, in ActOnInvoice) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayVerifyInvoice) {
		return eventstore.Receipt{}, f.result()
	}
	id, stated := f.code("id", fieldName("id"), in.ID), f.optionalDate("on", fieldName("on"), in.On)
	known, err := f.invoice(ctx, m, by, "VerifyInvoice", id)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	today := m.today()
	var t touches
	invoice, payee := t.expect(invoiceStream(id), seen(in.Seen)), t.add(payeeStream(known.Payee))
	commitment, policy := t.add(CommitmentStream(known.Commitment)), t.add(paymentPolicyStream())
	setting, entry := t.addSetting(known.Year), touchPosting(&t, in.Command, known.Year)
	touchKeys(&t, known.Year, known.Lines)
	return m.execute(ctx, by, in.Command, "VerifyInvoice", in, &t, func(d *eventstore.Decision) error {
		i := eventstore.StateOf[Invoice](d, invoice)
		s := setting.of(d, stated, today)
		if err := i.mayVerify(by, eventstore.StateOf[Payee](d, payee), s.on); err != nil {
			return err
		}
		rules, err := eventstore.StateOf[PaymentPolicy](d, policy).RulesOn(s.on)
		if err != nil {
			return err
		}
		consumed, err := eventstore.StateOf[Commitment](d, commitment).Consume(id, byKey(i.Lines))
		if err != nil {
			return err
		}
		if err := oblige(d, &t, s, i.Year, i.Lines, id, i.Commitment); err != nil {
			return err
		}
		d.Record(commitment, consumed)
		lines := expenseAgainstPayable(i.Lines, i.Payee, rules.PayableItem)
		if _, err := entry.post(d, by, s.on, i.Currency, JournalSource{Kind: InvoiceEntry, ID: id}, "", lines, i.Narration); err != nil {
			return err
		}
		d.Record(invoice, InvoiceVerified{On: s.on, Journal: entry.journal, By: by.Sign()})
		return nil
	})
}

// invoice finds the invoice whose unchanging facts name the streams of a step on it.
func (f *form) invoice(ctx context.Context, m *Module, by Officer, act, id string) (Invoice, error) {
	if err := f.result(); err != nil {
		return Invoice{}, err
	}
	i, err := prior[Invoice](ctx, m, by, act, invoiceCategory(), invoiceStream(id))
	if err == nil && !i.Known() {
		err = missing("id")
	}
	return i, err
}

// DisputeInvoice stops an invoice, with the reason, until it is verified after all or cancelled.
func (m *Module) DisputeInvoice(ctx context.Context, by Officer, in ActOnInvoice) (eventstore.Receipt, error) {
	return m.stopInvoice(ctx, by, in, "DisputeInvoice", MayVerifyInvoice)
}

// CancelInvoice ends an invoice that was never verified, and frees its number.
func (m *Module) CancelInvoice(ctx context.Context, by Officer, in ActOnInvoice) (eventstore.Receipt, error) {
	return m.stopInvoice(ctx, by, in, "CancelInvoice", MayRegisterInvoice)
}

func (m *Module) stopInvoice(ctx context.Context, by Officer, in ActOnInvoice, act string, p Permission) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, p) {
		return eventstore.Receipt{}, f.result()
	}
	id, reason := f.code("id", fieldName("id"), in.ID), f.text("reason", fieldName("reason"), in.Reason)
	on := f.optionalDate("on", fieldName("on"), in.On)
	known, err := f.invoice(ctx, m, by, act, id)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if on.IsZero() {
		on = m.today()
	}
	var t touches
	invoice := t.expect(invoiceStream(id), seen(in.Seen))
	number := t.add(invoiceNumberStream(known.Payee, known.Number, known.Date))
	return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
		i := eventstore.StateOf[Invoice](d, invoice)
		if err := i.mustBeOpen(); err != nil {
			return err
		}
		if err := i.mustFollow(on); err != nil {
			return err
		}
		if act == "DisputeInvoice" {
			if by.Signed(i.By) {
				return samePerson(kernel.Text{Ar: "من سجّل المطالبة", En: "Whoever registered the invoice"})
			}
			d.Record(invoice, InvoiceDisputed{Reason: reason, On: on, By: by.Sign()})
			return nil
		}
		d.Record(invoice, InvoiceCancelled{Reason: reason, On: on, By: by.Sign()})
		d.Record(number, InvoiceNumberFreed{Invoice: id})
		return nil
	})
}
