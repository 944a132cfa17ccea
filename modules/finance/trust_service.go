package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// OpenTrust begins a trust under the command's id.
type OpenTrust struct {
	Command     uuid.UUID
	Beneficiary string // payee
	Purpose     string
	Currency    string // empty = JOD
	Codes       Codes  // where it belongs: chapter, centre …
	On          string
}

// OpenTrust opens an account of money held for a payee.
func (m *Module) OpenTrust(ctx context.Context, by Officer, in OpenTrust) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPayVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	e := TrustOpened{
		Beneficiary: f.code("beneficiary", kernel.Text{Ar: "صاحب الأمانة", En: "Beneficiary"}, in.Beneficiary),
		Purpose:     f.text("purpose", kernel.Text{Ar: "الغرض", En: "Purpose"}, in.Purpose), Currency: f.currency("currency", in.Currency),
		Codes: f.codes("codes", in.Codes), On: m.dayOr(&f, in.On), By: by.Sign(),
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	trust, payee := t.add(trustStream(in.Command.String())), t.add(payeeStream(e.Beneficiary))
	return m.execute(ctx, by, in.Command, "OpenTrust", in, &t, func(d *eventstore.Decision) error {
		if err := eventstore.StateOf[Payee](d, payee).mustBeKnown("beneficiary"); err != nil {
			return err
		}
		d.Record(trust, e)
		return nil
	})
}

// ActOnTrust names a trust for one of the steps below.
type ActOnTrust struct {
	Command   uuid.UUID
	ID        string
	Payment   int    // of a decision on one
	Payee     string // of a request; empty = the beneficiary
	Amount    string // of a deposit or request
	BankItem  string // of a deposit or payment: empty = the first of the payment rules
	Reference string
	Reason    string
	Seen      int64
	On        string
}

// ReceiveDeposit puts money into the trust.
func (m *Module) ReceiveDeposit(ctx context.Context, by Officer, in ActOnTrust) (eventstore.Receipt, error) {
	return m.stepTrust(ctx, by, in, "ReceiveDeposit", MayPayVoucher, func(s *trustDecision) error {
		if !s.trust.Known() {
			return missing("id")
		}
		var f form
		amount := f.payment("amount", in.Amount, s.trust.Opened.Currency)
		if s.on.Before(s.trust.Last) {
			f.add("", earlier("on", s.on, s.trust.Last))
		}
		if err := f.result(); err != nil {
			return err
		}
		balance, ok := kernel.AddAmounts(s.trust.Balance, amount)
		if !ok {
			return refused("money.too_large", "amount", "الرصيد أكبر مما يُقيَّد.", "The balance is larger than can be recorded.")
		}
		bank, err := s.policy.bankOn(s.on, in.BankItem)
		if err != nil {
			return err
		}
		if err := s.post(bank, s.rules.TrustItem, amount, in.Reference); err != nil {
			return err
		}
		s.record(DepositReceived{
			Amount: amount, Balance: balance, BankItem: bank, Reference: in.Reference, Journal: s.entry.journal, On: s.on, By: by.Sign(),
		})
		return nil
	})
}

// RequestTrustPayment asks for a payment out of the trust; what it asks for is held.
func (m *Module) RequestTrustPayment(ctx context.Context, by Officer, in ActOnTrust) (eventstore.Receipt, error) {
	return m.stepTrust(ctx, by, in, "RequestTrustPayment", MayPrepareVoucher, func(s *trustDecision) error {
		var f form
		amount := f.payment("amount", in.Amount, s.trust.Opened.Currency)
		if s.trust.Known() {
			f.add("", s.payee.mustBeKnown("payee"))
		}
		if err := f.result(); err != nil {
			return err
		}
		e, err := s.trust.request(TrustPaymentRequested{Payee: s.to, Amount: amount, Reason: in.Reason, On: s.on, By: by.Sign()})
		if err != nil {
			return err
		}
		s.record(e)
		return nil
	})
}

// PayFromTrust is treasury's step: another person pays what was asked for.
func (m *Module) PayFromTrust(ctx context.Context, by Officer, in ActOnTrust) (eventstore.Receipt, error) {
	return m.stepTrust(ctx, by, in, "PayFromTrust", MayPayVoucher, func(s *trustDecision) error {
		p, err := s.trust.asked(in.Payment, by, s.payee, s.on)
		if err != nil {
			return err
		}
		if p.Payee != s.to {
			return errMoved
		}
		account, err := s.payee.mustHaveAccount(s.on)
		if err != nil {
			return err
		}
		bank, err := s.policy.bankOn(s.on, in.BankItem)
		if err != nil {
			return err
		}
		if err := s.post(s.rules.TrustItem, bank, p.Amount, p.Reason); err != nil {
			return err
		}
		s.record(TrustPaid{
			Payment: p.Payment, Amount: p.Amount, Balance: s.trust.Balance - p.Amount, Account: account, BankItem: bank,
			Reference: in.Reference, Journal: s.entry.journal, On: s.on, By: by.Sign(),
		})
		return nil
	})
}

// RefuseTrustPayment gives what a request holds free, with the reason.
func (m *Module) RefuseTrustPayment(ctx context.Context, by Officer, in ActOnTrust) (eventstore.Receipt, error) {
	return m.stepTrust(ctx, by, in, "RefuseTrustPayment", MayPayVoucher, func(s *trustDecision) error {
		p, err := s.trust.asked(in.Payment, by, s.payee, s.on)
		if err != nil {
			return err
		}
		s.record(TrustPaymentRefused{Payment: p.Payment, Reason: in.Reason, On: s.on, By: by.Sign()})
		return nil
	})
}

// trustDecision is what one step of a trust decides on. payee is the one a payment goes to.
type trustDecision struct {
	d      *eventstore.Decision
	by     Officer
	stream int
	id, to string
	trust  Trust
	payee  Payee
	policy PaymentPolicy
	rules  AdvanceRulesSet
	on     kernel.Date
	entry  posting
}

func (s *trustDecision) record(e eventstore.Event) { s.d.Record(s.stream, e) }

// post moves an amount between two accounts in the trust's own fund and place.
func (s *trustDecision) post(debit, credit string, amount int64, narration string) error {
	codes := s.trust.Opened.Codes.With(Fund, s.rules.TrustFund)
	lines := numbered([]LedgerLine{
		{Codes: codes.With(Item, debit), Debit: amount, Payee: s.trust.Opened.Beneficiary},
		{Codes: codes.With(Item, credit), Credit: amount, Payee: s.trust.Opened.Beneficiary},
	})
	_, err := s.entry.post(s.d, s.by, s.on, s.trust.Opened.Currency, JournalSource{Kind: TrustEntry, ID: s.id}, "", lines, narration)
	return err
}

// stepTrust reads the form of a step, names the streams of the trust as it stands, and decides. The
// fiscal year is that of the step's day.
func (m *Module) stepTrust(ctx context.Context, by Officer, in ActOnTrust, act string, permission Permission, decide func(*trustDecision) error) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, permission) {
		return eventstore.Receipt{}, f.result()
	}
	id, stated := f.code("id", fieldName("id"), in.ID), f.optionalDate("on", fieldName("on"), in.On)
	to := f.optionalCode("payee", fieldName("payee"), in.Payee)
	switch act {
	case "RequestTrustPayment", "RefuseTrustPayment":
		f.text("reason", fieldName("reason"), in.Reason)
	default:
		f.code("reference", fieldName("reference"), in.Reference)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	if stated.IsZero() {
		stated = m.today()
	}
	return untilStill(func() (eventstore.Receipt, error) {
		known, err := prior[Trust](ctx, m, by, act, trustCategory(), trustStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !known.Known() {
			return eventstore.Receipt{}, missing("id")
		}
		payee := to
		if n := in.Payment; act != "RequestTrustPayment" && n >= 1 && n <= len(known.Asked) {
			payee = known.Asked[n-1].Payee
		}
		if payee == "" {
			payee = known.Opened.Beneficiary
		}
		var t touches
		trust, place, policy := t.expect(trustStream(id), seen(in.Seen)), t.add(payeeStream(payee)), t.add(paymentPolicyStream())
		entry := touchPosting(&t, in.Command, stated.Year())
		return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
			s := &trustDecision{
				d: d, by: by, stream: trust, id: id, to: payee, trust: eventstore.StateOf[Trust](d, trust),
				payee: eventstore.StateOf[Payee](d, place), policy: eventstore.StateOf[PaymentPolicy](d, policy), on: stated, entry: entry,
			}
			var err error
			if s.rules, err = s.policy.AdvanceRulesOn(s.on); err != nil {
				return err
			}
			return decide(s)
		})
	})
}
