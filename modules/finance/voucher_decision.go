package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// voucherDecision is what one step of a voucher decides on: its newest state and everything around
// it, all inside the commit.
type voucherDecision struct {
	d       *eventstore.Decision
	t       *touches
	by      Officer
	id      string
	voucher int
	v       Voucher
	payee   Payee
	policy  PaymentPolicy
	setting setting
	on      kernel.Date
	entry   posting
}

// stepVoucher reads the form of a step, names the streams of the voucher as it stands, and decides.
func (m *Module) stepVoucher(ctx context.Context, by Officer, in ActOnVoucher, act string, decide func(*voucherDecision) error) (eventstore.Receipt, error) {
	var f form
	id, stated := f.code("id", fieldName("id"), in.ID), f.optionalDate("on", fieldName("on"), in.On)
	switch act {
	case "ReturnVoucher", "CancelVoucher", "ReverseVoucher":
		f.text("reason", fieldName("reason"), in.Reason)
	case "PayVoucher", "RecordRefund":
		f.code("reference", fieldName("reference"), in.Reference)
		f.optionalCode("bankItem", kernel.Text{Ar: "حساب البنك", En: "Bank account"}, in.BankItem)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today := m.today()
	return untilStill(func() (eventstore.Receipt, error) {
		known, err := prior[Voucher](ctx, m, by, act, voucherCategory(), voucherStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !known.Known() {
			return eventstore.Receipt{}, missing("id")
		}
		var t touches
		voucher := t.expect(voucherStream(id), seen(in.Seen))
		payee, policy, setting := t.add(payeeStream(known.Content.Payee)), t.add(paymentPolicyStream()), t.addSetting(known.Content.Year)
		entry := touchPosting(&t, in.Command, known.Content.Year)
		known.touch(&t)
		return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
			s := &voucherDecision{
				d: d, t: &t, by: by, id: id, voucher: voucher, v: eventstore.StateOf[Voucher](d, voucher),
				payee: eventstore.StateOf[Payee](d, payee), policy: eventstore.StateOf[PaymentPolicy](d, policy),
				setting: setting.of(d, stated, today), entry: entry,
			}
			s.on = s.setting.on
			if !s.v.touched(&t) {
				return errMoved
			}
			return decide(s)
		})
	})
}

// touch names the streams that the voucher's money and papers are in.
func (v Voucher) touch(t *touches) {
	touchKeys(t, v.Content.Year, v.Content.Lines)
	if v.Content.Invoice != "" {
		t.add(invoiceStream(v.Content.Invoice))
	}
	if v.Charge != "" {
		t.add(journalStream(v.Charge))
	}
}

// touched tells whether all of them are among the touches.
func (v Voucher) touched(t *touches) bool {
	var need touches
	v.touch(&need)
	for stream := range need.index {
		if _, there := t.index[stream]; !there {
			return false
		}
	}
	return true
}

func (s *voucherDecision) record(e eventstore.Event) { s.d.Record(s.voucher, e) }

// mayTake asks the duties for a step.
func (s *voucherDecision) mayTake(step VoucherStep) error {
	return s.v.mayTake(voucherAct{step, s.by, s.on, s.v.Content.Payee, s.payee}, voucherDuties())
}

// charge makes a direct charge an obligation and posts it.
func (s *voucherDecision) charge() error {
	c := s.v.Content
	rules, err := s.policy.RulesOn(s.on)
	if err != nil {
		return err
	}
	if err := oblige(s.d, s.t, s.setting, c.Year, c.Lines, s.id, ""); err != nil {
		return err
	}
	return s.post(JournalSource{Kind: ChargeEntry, ID: s.id}, "", expenseAgainstPayable(c.Lines, c.Payee, rules.PayableItem), c.Narration)
}

// uncharge undoes a direct charge's obligation with the mirror of its entry, and names the mirror;
// a voucher that charged nothing itself has nothing to undo.
func (s *voucherDecision) uncharge(reason string) (string, error) {
	if s.v.Charge == "" {
		return "", nil
	}
	c := s.v.Content
	free := func(l BudgetLine, amount int64) (eventstore.Event, error) {
		return l.ReverseObligation(amount, 0, s.id, "")
	}
	if err := eachLine(s.d, s.t, c.Year, byKey(c.Lines), free); err != nil {
		return "", err
	}
	charged := s.t.add(journalStream(s.v.Charge))
	lines := mirrored(eventstore.StateOf[JournalEntry](s.d, charged).Posted.Lines)
	if err := s.post(JournalSource{Kind: MirrorEntry, ID: s.id}, s.v.Charge, lines, reason); err != nil {
		return "", err
	}
	s.d.Record(charged, JournalReversed{Mirror: s.entry.journal, Reason: reason, On: s.on, By: s.by.Sign()})
	return s.entry.journal, nil
}

func (s *voucherDecision) post(source JournalSource, reverses string, lines []LedgerLine, narration string) error {
	_, err := s.entry.post(s.d, s.by, s.on, s.v.Content.Currency, source, reverses, lines, narration)
	return err
}

// bank is the rules of the day and the bank account among them that was named, or their first.
func (s *voucherDecision) bank(item string) (PaymentRulesSet, string, error) {
	rules, err := s.policy.RulesOn(s.on)
	if err != nil {
		return rules, "", err
	}
	code, err := s.policy.bankOn(s.on, item)
	return rules, code, err
}
