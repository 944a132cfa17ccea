package finance

import (
	"context"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// RequestAdvance asks for an advance under the command's id.
type RequestAdvance struct {
	Command uuid.UUID
	Holder  string // payee
	Kind    AdvanceKind
	Purpose string
	Year    int
	Amount  string
	Codes   Codes  // where it belongs: chapter, centre …
	On      string // empty = today, or the nearest day of the year
}

// RequestAdvance asks for money in a payee's hand. A holder with an overdue advance is refused at once,
// and again at the payment.
func (m *Module) RequestAdvance(ctx context.Context, by Officer, in RequestAdvance) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPrepareVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	e := AdvanceRequested{
		Holder: f.code("holder", kernel.Text{Ar: "صاحب السلفة", En: "Holder"}, in.Holder), Kind: in.Kind, Year: f.year("year", in.Year),
		Purpose: f.text("purpose", kernel.Text{Ar: "الغرض", En: "Purpose"}, in.Purpose), Codes: f.codes("codes", in.Codes), By: by.Sign(),
	}
	if e.Kind != TemporaryAdvance && e.Kind != PermanentAdvance {
		f.add("kind", refused("finance.advance_kind", "", "نوع السلفة مؤقتة (temporary) أو مستديمة (permanent).", "An advance is temporary or permanent."))
	}
	stated := f.optionalDate("on", fieldName("on"), in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today, id := m.today(), in.Command.String()
	var t touches
	advance, payee, holder := t.add(advanceStream(id)), t.add(payeeStream(e.Holder)), t.add(advanceHolderStream(e.Holder))
	policy, setting := t.add(paymentPolicyStream()), t.addSetting(e.Year)
	return m.execute(ctx, by, in.Command, "RequestAdvance", in, &t, func(d *eventstore.Decision) error {
		s := setting.of(d, stated, today)
		if err := eventstore.StateOf[Payee](d, payee).mustBeKnown("holder"); err != nil {
			return err
		}
		if s.year.Currency == "" {
			return yearNotOpen()
		}
		rules, err := eventstore.StateOf[PaymentPolicy](d, policy).AdvanceRulesOn(s.on)
		if err != nil {
			return err
		}
		var f form
		f.admit(s, by)
		e := e
		e.On, e.Currency, e.Amount = s.on, s.year.Currency, f.payment("amount", in.Amount, s.year.Currency)
		f.add("", eventstore.StateOf[AdvanceHolder](d, holder).overdue(rules, s.on))
		if err := f.result(); err != nil {
			return err
		}
		d.Record(advance, e)
		return nil
	})
}

// ActOnAdvance names an advance for one of the steps below.
type ActOnAdvance struct {
	Command    uuid.UUID
	ID         string
	Settlement int           // of a decision on one
	Lines      []ChargeInput // of a settlement
	Amount     string        // of cash given back
	BankItem   string        // of a payment or return: empty = the first of the rules
	Reference  string
	Reason     string
	Seen       int64
	On         string
}

// ApproveAdvance is the finance manager's step, within his limit.
func (m *Module) ApproveAdvance(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "ApproveAdvance", MayApproveVoucher, func(s *advanceDecision) error {
		if err := s.a.mustBe(AdvanceIsRequested); err != nil {
			return err
		}
		if err := s.a.mayDecide(by, s.holder, s.on); err != nil {
			return err
		}
		limit := s.policy.LimitOf(by, s.on)
		if s.a.Asked.Amount > limit {
			money := func(n int64) string { return kernel.GroupAmount(n, s.a.Asked.Currency) }
			return refused("finance.above_limit", "id",
				"المبلغ %s فوق حد الاعتماد %s.", "%s is above the approval limit of %s.", money(s.a.Asked.Amount), money(limit))
		}
		s.record(AdvanceApproved{Limit: limit, On: s.on, By: by.Sign()})
		return nil
	})
}

// RefuseAdvance ends a request, with the reason.
func (m *Module) RefuseAdvance(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "RefuseAdvance", MayApproveVoucher, func(s *advanceDecision) error {
		if err := s.a.mustBe(AdvanceIsRequested); err != nil {
			return err
		}
		if err := s.a.mayDecide(by, s.holder, s.on); err != nil {
			return err
		}
		s.record(AdvanceRefused{Reason: in.Reason, On: s.on, By: by.Sign()})
		return nil
	})
}

// IssueAdvance is treasury's payment: the holder owes the amount from here on.
func (m *Module) IssueAdvance(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "IssueAdvance", MayPayVoucher, func(s *advanceDecision) error {
		if err := s.a.mustBe(AdvanceIsApproved); err != nil {
			return err
		}
		if err := s.a.mayDecide(by, s.holder, s.on); err != nil {
			return err
		}
		if err := eventstore.StateOf[AdvanceHolder](s.d, s.out).overdue(s.rules, s.on); err != nil {
			return at("id", unplaced(err))
		}
		account, err := s.holder.mustHaveAccount(s.on)
		if err != nil {
			return err
		}
		bank, err := s.policy.bankOn(s.on, in.BankItem)
		if err != nil {
			return err
		}
		asked := s.a.Asked
		due := s.on.AddDays(s.rules.Days)
		if asked.Kind == PermanentAdvance {
			if due, err = kernel.NewDate(asked.Year, time.December, 31); err != nil {
				return err
			}
		}
		if err := s.post(AdvanceEntry, s.against(s.rules.AdvanceItem, bank, asked.Amount), asked.Purpose); err != nil {
			return err
		}
		s.record(AdvanceIssued{
			Number: takeNumber(s.d, s.series, asked.Year, s.id), Due: due, BankItem: bank, Reference: in.Reference, Account: account,
			Journal: s.entry.journal, On: s.on, By: by.Sign(),
		})
		s.d.Record(s.out, AdvanceTaken{Advance: s.id, Due: due})
		return nil
	})
}

// ReturnAdvanceCash records what the holder gave back.
func (m *Module) ReturnAdvanceCash(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "ReturnAdvanceCash", MayPayVoucher, func(s *advanceDecision) error {
		if err := s.a.mustBe(AdvanceIsOut); err != nil {
			return err
		}
		var f form
		amount := f.payment("amount", in.Amount, s.a.Asked.Currency)
		f.add("", s.a.within("amount", amount))
		if s.on.Before(s.a.Last) {
			f.add("", earlier("on", s.on, s.a.Last))
		}
		if err := f.result(); err != nil {
			return err
		}
		bank, err := s.policy.bankOn(s.on, in.BankItem)
		if err != nil {
			return err
		}
		if err := s.post(AdvanceEntry, s.against(bank, s.rules.AdvanceItem, amount), in.Reference); err != nil {
			return err
		}
		s.record(AdvanceCashReturned{
			Amount: amount, Outstanding: s.a.Outstanding - amount, BankItem: bank, Reference: in.Reference,
			Journal: s.entry.journal, On: s.on, By: by.Sign(),
		})
		s.clear()
		return nil
	})
}
