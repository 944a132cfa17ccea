package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// ProposeSettlement says what part of an advance was spent on, line by line.
func (m *Module) ProposeSettlement(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "ProposeSettlement", MayPrepareVoucher, func(s *advanceDecision) error {
		if err := s.a.mustBe(AdvanceIsOut); err != nil {
			return err
		}
		if s.on.Before(s.a.Last) {
			return earlier("on", s.on, s.a.Last)
		}
		lines, total, err := s.charges.read(s.d, s.t, in.Lines, s.on)
		if err != nil {
			return err
		}
		if err := s.a.within("lines", total); err != nil {
			return err
		}
		s.record(SettlementProposed{
			Settlement: len(s.a.Proposed) + 1, Lines: lines, Amount: total, Narration: in.Reason, On: s.on, By: by.Sign(),
		})
		return nil
	})
}

// VerifySettlement is internal control's step: the lines become expense of the budget, paid already.
func (m *Module) VerifySettlement(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "VerifySettlement", MayVerifyInvoice, func(s *advanceDecision) error {
		p, err := s.proposed(in.Settlement)
		if err != nil {
			return err
		}
		year := s.a.Asked.Year
		if err := oblige(s.d, s.t, s.setting, year, p.Lines, s.id, ""); err != nil {
			return err
		}
		pay := func(l BudgetLine, amount int64) (eventstore.Event, error) { return l.Pay(amount, s.id) }
		if err := eachLine(s.d, s.t, year, byKey(p.Lines), pay); err != nil {
			return err
		}
		var entry []LedgerLine
		for _, l := range p.Lines {
			entry = append(entry, LedgerLine{Codes: l.Codes, Debit: l.Amount, Payee: s.a.Asked.Holder, Key: l.Key})
		}
		entry = append(entry, s.creditInPlace(p.Lines)...)
		if err := s.post(AdvanceEntry, numbered(entry), p.Narration); err != nil {
			return err
		}
		s.record(AdvanceSettled{
			Settlement: p.Settlement, Amount: p.Amount, Outstanding: s.a.Outstanding - p.Amount, Journal: s.entry.journal, On: s.on, By: by.Sign(),
		})
		s.clear()
		return nil
	})
}

// ReturnSettlement sends a proposed settlement back, with the reason.
func (m *Module) ReturnSettlement(ctx context.Context, by Officer, in ActOnAdvance) (eventstore.Receipt, error) {
	return m.stepAdvance(ctx, by, in, "ReturnSettlement", MayVerifyInvoice, func(s *advanceDecision) error {
		p, err := s.proposed(in.Settlement)
		if err != nil {
			return err
		}
		s.record(SettlementReturned{Settlement: p.Settlement, Reason: in.Reason, On: s.on, By: by.Sign()})
		return nil
	})
}

// proposed is a settlement that waits for another person's decision.
func (s *advanceDecision) proposed(n int) (SettlementProposed, error) {
	if err := s.a.mustBe(AdvanceIsOut); err != nil {
		return SettlementProposed{}, err
	}
	if n < 1 || n > len(s.a.Proposed) || s.a.Proposed[n-1].Lines == nil {
		return SettlementProposed{}, refused("finance.settlement_unknown", "settlement",
			"لا تسوية برقم %d تنتظر القرار.", "No settlement no. %d waits for a decision.", n)
	}
	p := s.a.Proposed[n-1]
	switch {
	case s.by.Signed(p.By):
		return p, refused("finance.same_person", "settlement",
			"أعدّ %s هذه التسوية، فيدققها شخص ثانٍ.", "%s prepared this settlement; a second person verifies it.", p.By.Person)
	case s.holder.isOfficer(s.by, s.a.Asked.Holder):
		return p, refused("finance.payment_to_oneself", "settlement",
			"لا يدقق صاحب السلفة تسويتها.", "The holder of an advance does not verify its settlement.")
	case s.on.Before(p.On):
		return p, earlier("on", s.on, p.On)
	}
	return p, nil
}

// creditInPlace takes the settled amounts off the advance, in each line's own place, so that the entry
// balances in any cut but the account.
func (s *advanceDecision) creditInPlace(lines []ChargeLine) []LedgerLine {
	var entry []LedgerLine
	for _, l := range lines {
		entry = append(entry, LedgerLine{Codes: l.Codes.With(Item, s.rules.AdvanceItem), Credit: l.Amount, Payee: s.a.Asked.Holder})
	}
	return entry
}

// against is an entry of one amount between two accounts in the advance's own place.
func (s *advanceDecision) against(debit, credit string, amount int64) []LedgerLine {
	codes := s.a.Asked.Codes
	debited := LedgerLine{Codes: codes.With(Item, debit), Debit: amount}
	credited := LedgerLine{Codes: codes.With(Item, credit), Credit: amount}
	if debit == s.rules.AdvanceItem {
		debited.Payee = s.a.Asked.Holder
	} else {
		credited.Payee = s.a.Asked.Holder
	}
	return numbered([]LedgerLine{debited, credited})
}

// clear takes the advance off its holder once nothing is outstanding.
func (s *advanceDecision) clear() {
	if eventstore.StateOf[Advance](s.d, s.advance).Outstanding == 0 {
		s.d.Record(s.out, AdvanceCleared{Advance: s.id})
	}
}

// advanceDecision is what one step of an advance decides on.
type advanceDecision struct {
	d                    *eventstore.Decision
	t                    *touches
	by                   Officer
	id                   string
	advance, out, series int
	a                    Advance
	holder               Payee
	policy               PaymentPolicy
	rules                AdvanceRulesSet
	setting              setting
	charges              chargeTouches
	on                   kernel.Date
	entry                posting
}

func (s *advanceDecision) record(e eventstore.Event) { s.d.Record(s.advance, e) }

func (s *advanceDecision) post(kind JournalKind, lines []LedgerLine, narration string) error {
	_, err := s.entry.post(s.d, s.by, s.on, s.a.Asked.Currency, JournalSource{Kind: kind, ID: s.id}, "", lines, narration)
	return err
}

// stepAdvance reads the form of a step, names the streams of the advance as it stands, and decides.
func (m *Module) stepAdvance(ctx context.Context, by Officer, in ActOnAdvance, act string, permission Permission, decide func(*advanceDecision) error) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, permission) {
		return eventstore.Receipt{}, f.result()
	}
	id, stated := f.code("id", fieldName("id"), in.ID), f.optionalDate("on", fieldName("on"), in.On)
	switch act {
	case "RefuseAdvance", "ReturnSettlement":
		f.text("reason", fieldName("reason"), in.Reason)
	case "IssueAdvance", "ReturnAdvanceCash":
		f.code("reference", fieldName("reference"), in.Reference)
	case "ProposeSettlement":
		f.narration("reason", in.Reason)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today := m.today()
	return untilStill(func() (eventstore.Receipt, error) {
		known, err := prior[Advance](ctx, m, by, act, advanceCategory(), advanceStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !known.Known() {
			return eventstore.Receipt{}, missing("id")
		}
		var t touches
		var f form
		year := known.Asked.Year
		advance, payee, out := t.expect(advanceStream(id), seen(in.Seen)), t.add(payeeStream(known.Asked.Holder)), t.add(advanceHolderStream(known.Asked.Holder))
		policy, setting, series := t.add(paymentPolicyStream()), t.addSetting(year), t.add(seriesStream(advanceSeries, year))
		var charges chargeTouches
		if act == "ProposeSettlement" {
			charges = f.touchCharges(&t, year, in.Lines)
		}
		for _, p := range known.Proposed {
			touchKeys(&t, year, p.Lines)
		}
		if err := f.result(); err != nil {
			return eventstore.Receipt{}, err
		}
		entry := touchPosting(&t, in.Command, year)
		return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
			s := &advanceDecision{
				d: d, t: &t, by: by, id: id, advance: advance, out: out, series: series, a: eventstore.StateOf[Advance](d, advance),
				holder: eventstore.StateOf[Payee](d, payee), policy: eventstore.StateOf[PaymentPolicy](d, policy),
				setting: setting.of(d, stated, today), charges: charges, entry: entry,
			}
			s.on = s.setting.on
			var err error
			if s.rules, err = s.policy.AdvanceRulesOn(s.on); err != nil {
				return err
			}
			return decide(s)
		})
	})
}
