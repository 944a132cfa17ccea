package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ActOnVoucher names a voucher for one of the steps below.
type ActOnVoucher struct {
	Command   uuid.UUID
	ID        string
	Seen      int64  // version the screen was opened on; 0 = not looked at
	On        string // empty = today, or the nearest day of the year
	Reason    string // of a return, cancellation or reversal
	BankItem  string // of a payment or refund: our bank account; empty = the first of the rules
	Reference string // of a payment or refund: the bank's own
	Amount    string // of a refund
}

// AuditVoucher is internal control's step. A direct charge becomes an obligation here.
func (m *Module) AuditVoucher(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "AuditVoucher", func(s *voucherDecision) error {
		if err := s.mayTake(StepAudit); err != nil {
			return err
		}
		e := VoucherAudited{On: s.on, By: by.Sign()}
		if s.v.Content.Kind == DirectCharge {
			if err := s.charge(); err != nil {
				return err
			}
			e.Journal = s.entry.journal
		}
		s.record(e)
		return nil
	})
}

// ApproveVoucher is the finance manager's step, or, above his limit, then the spending officer's.
func (m *Module) ApproveVoucher(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "ApproveVoucher", func(s *voucherDecision) error {
		step := StepApprove
		if s.v.Stage == AtSpendingOfficer {
			step = StepApproveAbove
		}
		if err := s.mayTake(step); err != nil {
			return err
		}
		e, err := s.v.approve(s.policy.LimitOf(by, s.on), by, s.on)
		if err != nil {
			return err
		}
		s.record(e)
		return nil
	})
}

// ReturnVoucher sends the voucher back to its preparer, with the reason; whoever it waits for does.
func (m *Module) ReturnVoucher(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "ReturnVoucher", func(s *voucherDecision) error {
		if !s.v.Unpaid() || s.v.Stage == VoucherIsReturned {
			return s.v.notUnpaid()
		}
		if err := s.mayTake(s.v.Awaits()); err != nil {
			return err
		}
		e := VoucherReturned{Stage: s.v.Stage, Reason: in.Reason, On: s.on, By: by.Sign()}
		var err error
		if e.Journal, err = s.uncharge(in.Reason); err != nil {
			return err
		}
		s.record(e)
		return nil
	})
}

// CancelVoucher ends an unpaid voucher, with the reason; its preparer does. The invoice is free for
// another voucher.
func (m *Module) CancelVoucher(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "CancelVoucher", func(s *voucherDecision) error {
		if err := s.v.mayCancel(by, s.on); err != nil {
			return err
		}
		e := VoucherCancelled{Stage: s.v.Stage, Reason: in.Reason, On: s.on, By: by.Sign()}
		var err error
		if e.Journal, err = s.uncharge(in.Reason); err != nil {
			return err
		}
		s.record(e)
		if s.v.Content.Invoice != "" {
			s.d.Record(s.t.add(invoiceStream(s.v.Content.Invoice)), InvoiceVoucherDropped{Voucher: s.id})
		}
		return nil
	})
}

// PayVoucher records treasury's payment: the Paid stage on the lines, payable against bank and
// deductions in the ledger.
func (m *Module) PayVoucher(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "PayVoucher", func(s *voucherDecision) error {
		if err := s.mayTake(StepPay); err != nil {
			return err
		}
		if s.v.Batch != "" {
			return refused("finance.voucher_in_batch", "id",
				"المستند %s مدرج في دفعة صرف، ويُصرف بإطلاقها.", "Voucher %s is in a payment batch and is paid by its release.", s.v.Number)
		}
		_, bank, err := s.bank(in.BankItem)
		if err != nil {
			return err
		}
		account, err := s.payee.mustHaveAccount(s.on)
		if err != nil {
			return err
		}
		return s.pay(bank, in.Reference, account)
	})
}

// pay moves the voucher's lines to Paid, posts the payment and records it.
func (s *voucherDecision) pay(bank, reference string, account int) error {
	rules, err := s.policy.RulesOn(s.on)
	if err != nil {
		return err
	}
	c := s.v.Content
	pay := func(l BudgetLine, amount int64) (eventstore.Event, error) { return l.Pay(amount, s.id) }
	if err := eachLine(s.d, s.t, c.Year, byKey(c.Lines), pay); err != nil {
		return err
	}
	source := JournalSource{Kind: PaymentEntry, ID: s.id}
	if err := s.post(source, "", payableAgainstBank(c, rules.PayableItem, bank), c.Narration); err != nil {
		return err
	}
	s.record(VoucherPaid{On: s.on, BankItem: bank, Reference: reference, PayeeAccount: account, Journal: s.entry.journal, By: s.by.Sign()})
	return nil
}

// ReverseVoucher undoes a paid voucher on a day of an open period: the lines get their money back,
// the payee owes what was paid. The voucher and its entries stay as they are.
func (m *Module) ReverseVoucher(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "ReverseVoucher", func(s *voucherDecision) error {
		if err := s.mayTake(StepReverse); err != nil {
			return err
		}
		rules, err := s.policy.RulesOn(s.on)
		if err != nil {
			return err
		}
		c := s.v.Content
		for _, undo := range []func(BudgetLine, int64) (eventstore.Event, error){
			func(l BudgetLine, amount int64) (eventstore.Event, error) { return l.ReversePayment(amount, s.id) },
			func(l BudgetLine, amount int64) (eventstore.Event, error) {
				return l.ReverseObligation(amount, 0, s.id, c.Commitment)
			},
		} {
			if err := eachLine(s.d, s.t, c.Year, byKey(c.Lines), undo); err != nil {
				return err
			}
		}
		source := JournalSource{Kind: RecoveryEntry, ID: s.id}
		if err := s.post(source, s.v.Payment, recoverableAgainstExpense(c, rules.RecoverItem), in.Reason); err != nil {
			return err
		}
		s.record(VoucherReversed{Reason: in.Reason, On: s.on, Journal: s.entry.journal, Recoverable: c.Net, By: by.Sign()})
		return nil
	})
}

// RecordRefund records what the payee gave back of a reversed voucher.
func (m *Module) RecordRefund(ctx context.Context, by Officer, in ActOnVoucher) (eventstore.Receipt, error) {
	return m.stepVoucher(ctx, by, in, "RecordRefund", func(s *voucherDecision) error {
		amount, err := s.v.mayRefund(in.Amount, by, s.on)
		if err != nil {
			return err
		}
		rules, bank, err := s.bank(in.BankItem)
		if err != nil {
			return err
		}
		lines := bankAgainstRecoverable(s.v.Content, amount, bank, rules.RecoverItem)
		if err := s.post(JournalSource{Kind: RefundEntry, ID: s.id}, "", lines, in.Reference); err != nil {
			return err
		}
		s.record(RefundReceived{
			Amount: amount, On: s.on, BankItem: bank, Reference: in.Reference, Journal: s.entry.journal,
			Left: s.v.Recoverable - amount, By: by.Sign(),
		})
		return nil
	})
}

// mayCancel: its preparer, while it is not paid.
func (v Voucher) mayCancel(by Officer, on kernel.Date) error {
	switch {
	case !by.May(MayPrepareVoucher):
		return forbidden(MayPrepareVoucher)
	case !v.Unpaid():
		return v.notUnpaid()
	case !v.heldBy(by, StepPrepare):
		return refused("finance.voucher_of_another", "id",
			"المستند %s أعدّه شخص آخر، وهو من يلغيه.", "Voucher %s was prepared by another person, who cancels it.", v.Number)
	case on.Before(v.Last):
		return earlier("on", on, v.Last)
	}
	return nil
}

func (v Voucher) notUnpaid() error {
	at := v.Stage.Name()
	return kernel.Problem{Code: "finance.voucher_not_at_step", Path: "id", Message: kernel.Text{
		Ar: "المستند " + v.Number + " " + at.Ar + ".", En: "Voucher " + v.Number + " is " + at.En + ".",
	}}
}

// mayRefund: after a reversal, up to what is still to be recovered, by treasury.
func (v Voucher) mayRefund(typed string, by Officer, on kernel.Date) (int64, error) {
	var f form
	amount := f.payment("amount", typed, v.Content.Currency)
	switch {
	case !by.May(MayPayVoucher):
		return 0, forbidden(MayPayVoucher)
	case on.Before(v.Last):
		return 0, earlier("on", on, v.Last)
	case amount > v.Recoverable:
		money := func(n int64) string { return kernel.GroupAmount(n, v.Content.Currency) }
		f.add("amount", refused("finance.refund_above_recoverable", "",
			"المبلغ %s أكبر من المطلوب استرداده %s.", "%s is more than the %s still to be recovered.", money(amount), money(v.Recoverable)))
	}
	return amount, f.result()
}

// mustHaveAccount finds the account a payment of that day goes to.
func (p Payee) mustHaveAccount(on kernel.Date) (int, error) {
	if n := p.AccountOn(on); n > 0 {
		return n, nil
	}
	for _, a := range p.Accounts {
		if a.Approved {
			return 0, refused("finance.bank_account_waits", "payee",
				"حساب المستفيد لا يُصرف له قبل %s.", "The payee's account is not paid to before %s.", a.UsableFrom)
		}
	}
	return 0, p.mustBePayable("payee")
}
