package demo

import (
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// purchases commits, receives and pays what programmes buy.
type purchases struct {
	*seeding
	draw     *rand.Rand
	invoices int
	vouchers int
	reversed int
}

// spending plans a year's purchases: every running line buys in most quarters, every project has one
// contract that is paid in stages. A quarter never commits more than it released, so nothing is
// refused for lack of money.
func (s *seeding) spending() {
	b := &purchases{seeding: s, draw: seeded("spending")}
	for _, l := range lines() {
		switch {
		case l.wages():
		case l.economic == finance.Capital:
			b.contract(l)
		default:
			for _, q := range quarters() {
				if b.draw.IntN(4) > 0 {
					b.purchase(l, q)
				}
			}
		}
	}
	s.reservations()
}

// percent is between from and to hundredths of an amount.
func (b *purchases) percent(of int64, from, to int) int64 {
	return of / 100 * int64(from+b.draw.IntN(to-from+1))
}

// purchase is one order of a quarter, delivered and claimed in one part or two.
func (b *purchases) purchase(l line, q quarter) {
	name := fmt.Sprintf("%s/%d", l.key(), q.no)
	amount := b.percent(q.release(l), 35, 80)
	ordered := workday(day(q.start).AddDays(3 + b.draw.IntN(25)))
	b.commit(name, l, amount, ordered, fmt.Sprintf("%s، %s", l.item.ar, l.programme.ar))
	first := amount
	if b.draw.IntN(2) == 0 {
		first = b.percent(amount, 40, 60)
	}
	b.claim(name+"/1", name, l, first, ordered.AddDays(7+b.draw.IntN(14)), nil)
	if first < amount {
		b.claim(name+"/2", name, l, b.percent(amount-first, 80, 100), ordered.AddDays(28+b.draw.IntN(14)), nil)
	}
}

// contract is a project's contract over the year: seven tenths of its appropriation, claimed in
// stages out of what is released.
func (b *purchases) contract(l line) {
	name := l.key() + "/contract"
	signed := workday(day("2026-01-18").AddDays(b.draw.IntN(20)))
	b.commit(name, l, l.dinars*1000/10*7, signed, "عقد "+l.activity.ar)
	for _, q := range quarters() {
		stage := b.percent(q.release(l), 40, 68)
		kept := []finance.DeductionInput{{Code: "tax", Amount: fils(stage * 5 / 100)}, {Code: "retention", Amount: fils(stage / 10)}}
		b.claim(fmt.Sprintf("%s/%d", name, q.no), name, l, stage, day(q.start).AddDays(34+b.draw.IntN(20)), kept)
	}
}

func (b *purchases) commit(name string, l line, amount int64, on kernel.Date, subject string) {
	b.act(on.String(), "commitment/"+name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.RecordCommitment(b.ctx, p(staffOf(l.programme.chapter).preparer), finance.RecordCommitment{
			Command: id, Year: Year, On: on.String(), Subject: subject, Payee: payeeID(supplierOf(l.item.code)),
			Reference: fmt.Sprintf("PO-%s-%s", l.programme.code, id.String()[:4]), Lines: []finance.LineInput{{Key: l.key(), Amount: fils(amount)}},
		})
	})
}

// claim registers an invoice, has it verified and paid. A few are disputed, cancelled, returned for
// correction or left.
func (b *purchases) claim(name, commitment string, l line, amount int64, received kernel.Date, kept []finance.DeductionInput) {
	received = workday(received)
	if received.After(today()) {
		return
	}
	b.invoices++
	invoice, no := "invoice/"+name, b.invoices
	b.act(received.String(), invoice, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.RegisterInvoice(b.ctx, p(staffOf(l.programme.chapter).preparer), finance.RegisterInvoice{
			Command: id, Commitment: ID("commitment/" + commitment).String(), Payee: payeeID(supplierOf(l.item.code)),
			Number: fmt.Sprintf("%04d/26", 3000+no*7), Date: received.AddDays(-3).String(), ReceivedOn: received.String(),
			DueOn: received.AddDays(45).String(), Lines: []finance.ChargeInput{{Key: l.key(), Amount: fils(amount)}}, Narration: l.item.ar,
		})
	})
	verified := workday(received.AddDays(2 + b.draw.IntN(5)))
	if verified.After(today()) {
		return
	}
	in := func(id uuid.UUID) finance.ActOnInvoice {
		return finance.ActOnInvoice{Command: id, ID: ID(invoice).String(), On: verified.String()}
	}
	switch {
	case no%47 == 20:
		b.act(verified.String(), invoice+"/dispute", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			act := in(id)
			act.Reason = "الكمية المستلمة أقل من الكمية المطالب بها."
			return b.m.DisputeInvoice(b.ctx, p(staffOf(l.programme.chapter).auditor), act)
		})
		return
	case no%61 == 30:
		b.act(verified.String(), invoice+"/cancel", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			act := in(id)
			act.Reason = "سُجلت مرتين بتاريخين."
			return b.m.CancelInvoice(b.ctx, p(staffOf(l.programme.chapter).preparer), act)
		})
		return
	}
	b.act(verified.String(), invoice+"/verify", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.VerifyInvoice(b.ctx, p(staffOf(l.programme.chapter).auditor), in(id))
	})
	b.pay(staffOf(l.programme.chapter), name, amount, workday(verified.AddDays(1+b.draw.IntN(4))), kept)
}

// pay prepares the invoice's voucher and takes it through its people.
func (b *purchases) pay(of staff, name string, amount int64, prepared kernel.Date, kept []finance.DeductionInput) {
	if prepared.After(today()) {
		return
	}
	b.vouchers++
	no, voucher, first := b.vouchers, "voucher/"+name, prepared.String()
	b.act(first, voucher, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.PrepareVoucher(b.ctx, p(of.preparer), finance.PrepareVoucher{
			Command: id, Invoice: ID("invoice/" + name).String(), Deductions: kept, On: first, Narration: "صرف مطالبة المورد",
		})
	})
	switch {
	case no%43 == 12: // returned by internal control, revised, and on its way again
		back := workday(prepared.AddDays(1))
		if back.After(today()) {
			return
		}
		b.back(voucher, of.auditor, back, "تنقص صورة محضر الاستلام.")
		again := workday(back.AddDays(2))
		if again.After(today()) {
			return
		}
		b.act(again.String(), voucher+"/revise", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return b.m.ReviseVoucher(b.ctx, p(of.preparer), finance.ReviseVoucher{
				Command: id, ID: ID(voucher).String(), Deductions: kept, On: again.String(), Narration: "صرف مطالبة المورد، أُرفق محضر الاستلام",
			})
		})
		prepared = again
	case no%59 == 33: // cancelled by its preparer
		off := workday(prepared.AddDays(1))
		if off.After(today()) {
			return
		}
		b.act(off.String(), voucher+"/cancel", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return b.m.CancelVoucher(b.ctx, p(of.preparer), finance.ActOnVoucher{
				Command: id, ID: ID(voucher).String(), On: off.String(), Reason: "يُعاد الصرف بعد كتاب المورد بتغيير الحساب.",
			})
		})
		return
	case no%71 == 50: // still with its preparer
		back := workday(prepared.AddDays(1))
		if !back.After(today()) {
			b.back(voucher, of.auditor, back, "يلزم بيان سبب التأخر عن موعد الاستحقاق.")
		}
		return
	}
	paid := b.walk(of, voucher, prepared, amount, func() int { return 1 + b.draw.IntN(3) })
	if due := []int{9, 100}; b.reversed < len(due) && no >= due[b.reversed] && b.reverse(voucher, amount, paid, b.reversed == 0) {
		b.reversed++
	}
}

func (b *purchases) back(voucher, person string, on kernel.Date, reason string) {
	b.act(on.String(), voucher+"/return", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.ReturnVoucher(b.ctx, p(person), finance.ActOnVoucher{Command: id, ID: ID(voucher).String(), On: on.String(), Reason: reason})
	})
}

// reverse takes a payment back two months later, where there is time for it; the payee refunds all
// of it, or a part so far.
func (b *purchases) reverse(voucher string, amount int64, paid kernel.Date, whole bool) bool {
	if paid.IsZero() || paid.AddDays(75).After(today()) {
		return false
	}
	on, refunded := workday(paid.AddDays(60)), workday(paid.AddDays(72))
	b.act(on.String(), voucher+"/reverse", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.ReverseVoucher(b.ctx, p("mazen"), finance.ActOnVoucher{
			Command: id, ID: ID(voucher).String(), On: on.String(), Reason: "صُرفت المطالبة مرتين، وتُسترد من المستفيد.",
		})
	})
	back := amount / 4
	if whole {
		back = amount
	}
	b.act(refunded.String(), voucher+"/refund", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return b.m.RecordRefund(b.ctx, p("zaid"), finance.ActOnVoucher{
			Command: id, ID: ID(voucher).String(), On: refunded.String(), Amount: fils(back), Reference: "IN-" + id.String()[:8],
		})
	})
	return true
}
