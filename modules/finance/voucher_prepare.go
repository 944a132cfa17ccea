package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// DeductionInput is an amount kept back, by the code of its kind in the payment rules.
type DeductionInput struct {
	Code   string
	Amount string
}

// PrepareVoucher asks to pay a verified invoice, or a payee directly without commitment. The
// voucher's id is the command's.
type PrepareVoucher struct {
	Command    uuid.UUID
	Invoice    string        // pays this verified invoice; then Payee, Year and Lines stay empty
	Payee      string        // of a direct charge
	Year       int           // of a direct charge
	Lines      []ChargeInput // of a direct charge
	Deductions []DeductionInput
	Narration  string
	On         string // empty = today, or the nearest day of the year
}

// PrepareVoucher submits the voucher to internal control under the next number. From here it is not
// edited unless it is returned.
func (m *Module) PrepareVoucher(ctx context.Context, by Officer, in PrepareVoucher) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPrepareVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	w := writing{id: in.Command.String(), kind: DirectCharge, payee: in.Payee, year: in.Year, in: in}
	if in.Invoice != "" {
		w.kind, w.invoice = ForInvoice, f.code("invoice", kernel.Text{Ar: "المطالبة", En: "Invoice"}, in.Invoice)
		if in.Payee != "" || in.Year != 0 || len(in.Lines) > 0 {
			f.add("invoice", refused("finance.invoice_or_direct", "",
				"المستند إما لمطالبة وإما صرف مباشر، لا لكليهما.", "A voucher pays an invoice or is a direct charge, not both."))
		}
		if err := f.result(); err != nil {
			return eventstore.Receipt{}, err
		}
		i, err := prior[Invoice](ctx, m, by, "PrepareVoucher", invoiceCategory(), invoiceStream(w.invoice))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !i.Known() {
			return eventstore.Receipt{}, missing("invoice")
		}
		w.payee, w.year = i.Payee, i.Year
	} else {
		w.payee, w.year = f.code("payee", fieldName("payee"), in.Payee), f.year("year", in.Year)
	}
	return m.writeVoucher(ctx, by, in.Command, "PrepareVoucher", in, f, w)
}

// ReviseVoucher writes a returned voucher anew.
type ReviseVoucher struct {
	Command    uuid.UUID
	ID         string
	Seen       int64
	Lines      []ChargeInput // of a direct charge
	Deductions []DeductionInput
	Narration  string
	On         string
}

// ReviseVoucher submits a returned voucher again under its number; its preparer does.
func (m *Module) ReviseVoucher(ctx context.Context, by Officer, in ReviseVoucher) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPrepareVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	v, err := prior[Voucher](ctx, m, by, "ReviseVoucher", voucherCategory(), voucherStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if !v.Known() {
		return eventstore.Receipt{}, missing("id")
	}
	if v.Content.Kind == ForInvoice && len(in.Lines) > 0 {
		f.add("lines", refused("finance.invoice_or_direct", "",
			"أسطر المستند هي أسطر مطالبته ولا تُعدَّل هنا.", "The voucher's lines are its invoice's and are not changed here."))
	}
	w := writing{
		id: id, again: true, seen: in.Seen, kind: v.Content.Kind, invoice: v.Content.Invoice, payee: v.Content.Payee, year: v.Content.Year,
		in: PrepareVoucher{Lines: in.Lines, Deductions: in.Deductions, Narration: in.Narration, On: in.On},
	}
	return m.writeVoucher(ctx, by, in.Command, "ReviseVoucher", in, f, w)
}

// writing is a voucher about to be written, first or again.
type writing struct {
	id      string
	again   bool
	seen    int64
	kind    VoucherKind
	invoice string
	payee   string
	year    int
	in      PrepareVoucher
}

func (m *Module) writeVoucher(ctx context.Context, by Officer, command uuid.UUID, act string, in any, f form, w writing) (eventstore.Receipt, error) {
	var t touches
	stated, narration := f.optionalDate("on", fieldName("on"), w.in.On), f.narration("narration", w.in.Narration)
	for i, l := range w.in.Deductions {
		f.code(fmt.Sprintf("deductions.%d.code", i), fieldName("code"), l.Code)
	}
	setting, charges, invoice := t.addSetting(w.year), chargeTouches{}, -1
	if w.kind == DirectCharge {
		charges = f.touchCharges(&t, w.year, w.in.Lines)
	} else {
		invoice = t.add(invoiceStream(w.invoice))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today := m.today()
	voucher, payee := t.expect(voucherStream(w.id), seen(w.seen)), t.add(payeeStream(w.payee))
	policy, series := t.add(paymentPolicyStream()), t.add(seriesStream(voucherSeries, w.year))
	return m.execute(ctx, by, command, act, in, &t, func(d *eventstore.Decision) error {
		v, p, s := eventstore.StateOf[Voucher](d, voucher), eventstore.StateOf[Payee](d, payee), setting.of(d, stated, today)
		if err := v.mayWrite(w.again, voucherAct{StepPrepare, by, s.on, w.payee, p}); err != nil {
			return err
		}
		var f form
		f.admit(s, by)
		f.add("", p.mustBePayable("payee"))
		c := VoucherContent{Kind: DirectCharge, Payee: w.payee, Year: w.year, Currency: s.year.Currency}
		if invoice >= 0 {
			i := eventstore.StateOf[Invoice](d, invoice)
			f.add("", i.mayBeVouchered(w.id))
			f.add("on", i.mustFollow(s.on))
			c = i.content(w.invoice)
		} else {
			var err error
			c.Lines, c.Gross, err = charges.read(d, &t, w.in.Lines, s.on)
			f.add("", err)
		}
		rules, err := eventstore.StateOf[PaymentPolicy](d, policy).RulesOn(s.on)
		f.add("", err)
		c.Narration = narration
		f.deduct(&c, w.in.Deductions, rules)
		if err := f.result(); err != nil {
			return err
		}
		if w.again {
			d.Record(voucher, VoucherRevised{Content: c, On: s.on, By: by.Sign()})
			return nil
		}
		d.Record(voucher, VoucherPrepared{Number: takeNumber(d, series, w.year, w.id), Content: c, On: s.on, By: by.Sign()})
		if invoice >= 0 {
			d.Record(invoice, InvoiceVouchered{Voucher: w.id})
		}
		return nil
	})
}

// mayWrite: a new voucher under a new id, or a returned one by its preparer.
func (v Voucher) mayWrite(again bool, a voucherAct) error {
	if again && !v.Known() {
		return missing("id")
	}
	if !again && v.Known() {
		return refused("finance.voucher_exists", "command", "لمستند آخر هذا الرقم.", "Another voucher has this number.")
	}
	if err := v.mayTake(a, voucherDuties()); err != nil {
		return err
	}
	if again && !v.heldBy(a.by, StepPrepare) {
		return refused("finance.voucher_of_another", "id",
			"المستند %s أعدّه شخص آخر، وهو من يعدله.", "Voucher %s was prepared by another person, who revises it.", v.Number)
	}
	return nil
}

// heldBy tells whether the officer took a step of this voucher.
func (v Voucher) heldBy(by Officer, step VoucherStep) bool {
	for _, s := range v.Steps {
		if s.Step == step && by.Signed(s.By) {
			return true
		}
	}
	return false
}

// mustBePayable refuses a payee that is not registered or has no approved account, be it one that
// still waits.
func (p Payee) mustBePayable(path string) error {
	if err := p.mustBeKnown(path); err != nil {
		return err
	}
	for _, a := range p.Accounts {
		if a.Approved {
			return nil
		}
	}
	return refused("finance.payee_without_account", path,
		"ليس للمستفيد حساب بنكي معتمد.", "The payee has no approved bank account.")
}

// deduct reads the deductions and settles the net: gross − deductions = net, above zero.
func (f *form) deduct(c *VoucherContent, in []DeductionInput, rules PaymentRulesSet) {
	c.Net, c.Deductions = c.Gross, nil
	f.lines(len(in), 0)
	for i, l := range in[:min(len(in), mostLines)] {
		path := fmt.Sprintf("deductions.%d", i)
		code, _ := kernel.NormaliseCode(l.Code, "", fieldName("code"))
		rule, known := rules.deduction(code)
		if !known {
			f.add(path+".code", refused("finance.deduction_unknown", "",
				"لا اقتطاع بالرمز «%s» في تعليمات الصرف.", "The payment rules have no deduction “%s”.", code))
		}
		amount := f.payment(path+".amount", l.Amount, c.Currency)
		c.Deductions = append(c.Deductions, Deduction{Code: code, Name: rule.Name, Item: rule.Item, Amount: amount})
		c.Net -= min(amount, c.Net)
	}
	if c.Gross > 0 && c.Net <= 0 {
		f.add("deductions", refused("finance.nothing_left", "",
			"الاقتطاعات تستغرق المبلغ كله (%s)، فلا صافي للمستفيد.", "The deductions take the whole amount (%s); nothing is left for the payee.",
			kernel.GroupAmount(c.Gross, c.Currency)))
	}
}
