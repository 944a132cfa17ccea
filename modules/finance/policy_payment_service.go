package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// SetApprovalLimit dates the most a role approves finally.
type SetApprovalLimit struct {
	Command  uuid.UUID
	Role     string
	Limit    string // an amount, or "unlimited"
	Currency string
	From     string
}

// SetApprovalLimit decides a role's limit from a day on; earlier days keep theirs.
func (m *Module) SetApprovalLimit(ctx context.Context, by Officer, in SetApprovalLimit) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	e := ApprovalLimitSet{
		Role: f.code("role", kernel.Text{Ar: "الدور", En: "Role"}, in.Role), Limit: Unlimited,
		From: f.date("from", fieldName("from"), in.From), By: by.Sign(),
	}
	if in.Limit != "unlimited" {
		e.Limit = f.payment("limit", in.Limit, f.currency("currency", in.Currency))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	policy := t.add(paymentPolicyStream())
	return m.execute(ctx, by, in.Command, "SetApprovalLimit", in, &t, func(d *eventstore.Decision) error {
		d.Record(policy, e)
		return nil
	})
}

// SetPaymentRules dates the rules of paying.
type SetPaymentRules struct {
	Command        uuid.UUID
	From           string
	BankChangeDays int
	PayableItem    string
	RecoverItem    string
	BankItems      []string
	Deductions     []DeductionRule
}

// SetPaymentRules decides the waiting time of changed bank accounts and the natural accounts that
// entries are made on, from a day on. The accounts must stand in the chart.
func (m *Module) SetPaymentRules(ctx context.Context, by Officer, in SetPaymentRules) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	item := func(path, code string) string { return f.code(path, StandardRules().Segments[Item].Name, code) }
	e := PaymentRulesSet{
		From: f.date("from", fieldName("from"), in.From), BankChangeDays: in.BankChangeDays,
		PayableItem: item("payableItem", in.PayableItem), RecoverItem: item("recoverItem", in.RecoverItem), By: by.Sign(),
	}
	if in.BankChangeDays < 0 || in.BankChangeDays > 365 {
		f.add("bankChangeDays", refused("finance.waiting_time", "",
			"مدة انتظار تغيير الحساب %d يوماً. المسموح من 0 إلى 365.", "A waiting time of %d days; 0 to 365 are possible.", in.BankChangeDays))
	}
	if len(in.BankItems) == 0 {
		f.missing("bankItems", kernel.Text{Ar: "حساب البنك", En: "Bank account"})
	}
	for i, code := range in.BankItems {
		e.BankItems = append(e.BankItems, item(fmt.Sprintf("bankItems.%d", i), code))
	}
	for i, r := range in.Deductions {
		path := fmt.Sprintf("deductions.%d", i)
		e.Deductions = append(e.Deductions, DeductionRule{
			Code: f.code(path+".code", fieldName("code"), r.Code), Name: f.name(path+".name", r.Name), Item: item(path+".item", r.Item),
		})
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	var t touches
	policy := t.add(paymentPolicyStream())
	items := append([]string{e.PayableItem, e.RecoverItem}, e.BankItems...)
	for _, r := range e.Deductions {
		items = append(items, r.Item)
	}
	for _, code := range items {
		t.add(SegmentStream(Item, code))
	}
	return m.execute(ctx, by, in.Command, "SetPaymentRules", in, &t, func(d *eventstore.Decision) error {
		for _, code := range items {
			value := eventstore.StateOf[SegmentValue](d, t.add(SegmentStream(Item, code)))
			if err := value.Postable(Item, code, e.From); err != nil {
				return err
			}
		}
		d.Record(policy, e)
		return nil
	})
}
