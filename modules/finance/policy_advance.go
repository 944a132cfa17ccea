package finance

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// AdvanceRulesOn returns the rules of advances and trusts in force on a day: those with the latest start
// not after it, and of equal starts the last decided.
func (p PaymentPolicy) AdvanceRulesOn(day kernel.Date) (AdvanceRulesSet, error) {
	var found *AdvanceRulesSet
	for i := range p.Advances {
		r := &p.Advances[i]
		if !r.From.After(day) && (found == nil || !r.From.Before(found.From)) {
			found = r
		}
	}
	if found == nil {
		return AdvanceRulesSet{}, refused("finance.advance_rules_missing", "",
			"لا تعليمات للسلف والأمانات سارية يوم %s. تُحدَّد أولاً في سياسة الصرف.",
			"No rules of advances and trusts are in force on %s. Set them in the payment policy first.", day)
	}
	return *found, nil
}

// bankOn is the bank account of the payment rules that was named, or their first.
func (p PaymentPolicy) bankOn(day kernel.Date, item string) (string, error) {
	rules, err := p.RulesOn(day)
	if err != nil {
		return "", err
	}
	code, err := kernel.NormaliseCode(item, "bankItem", kernel.Text{Ar: "حساب البنك", En: "Bank account"})
	if err != nil {
		return "", err
	}
	if code == "" {
		return rules.BankItems[0], nil
	}
	if !slices.Contains(rules.BankItems, code) {
		return "", refused("finance.bank_item_unknown", "bankItem",
			"الحساب %s ليس من حسابات البنك في تعليمات الصرف.", "%s is none of the bank accounts of the payment rules.", code)
	}
	return code, nil
}

// SetAdvanceRules dates the rules of advances and trusts.
type SetAdvanceRules struct {
	Command     uuid.UUID
	From        string
	Days        int
	Block       bool
	AdvanceItem string
	TrustFund   string
	TrustItem   string
}

// SetAdvanceRules decides how advances and trusts are kept, from a day on. The accounts must stand in
// the chart.
func (m *Module) SetAdvanceRules(ctx context.Context, by Officer, in SetAdvanceRules) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	e := AdvanceRulesSet{
		From: f.date("from", fieldName("from"), in.From), Days: in.Days, Block: in.Block, By: by.Sign(),
		AdvanceItem: f.code("advanceItem", StandardRules().Segments[Item].Name, in.AdvanceItem),
		TrustFund:   f.code("trustFund", StandardRules().Segments[Fund].Name, in.TrustFund),
		TrustItem:   f.code("trustItem", StandardRules().Segments[Item].Name, in.TrustItem),
	}
	if in.Days < 1 || in.Days > 366 {
		f.add("days", refused("finance.advance_days", "",
			"مدة السلفة %d يوماً. المسموح من 1 إلى 366.", "An advance of %d days; 1 to 366 are possible.", in.Days))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	policy := t.add(paymentPolicyStream())
	values := []struct {
		path    string
		segment Segment
		code    string
	}{{"advanceItem", Item, e.AdvanceItem}, {"trustFund", Fund, e.TrustFund}, {"trustItem", Item, e.TrustItem}}
	for _, v := range values {
		t.add(SegmentStream(v.segment, v.code))
	}
	return m.execute(ctx, by, in.Command, "SetAdvanceRules", in, &t, func(d *eventstore.Decision) error {
		var f form
		for _, v := range values {
			f.add(v.path, unplaced(eventstore.StateOf[SegmentValue](d, t.add(SegmentStream(v.segment, v.code))).Postable(v.segment, v.code, e.From)))
		}
		if err := f.result(); err != nil {
			return err
		}
		d.Record(policy, e)
		return nil
	})
}
