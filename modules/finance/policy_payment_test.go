package finance

import (
	"testing"

	"github.com/google/uuid"
)

func TestTheLowerOfTheRolesDatedLimitAndTheOfficersOwnBinds(t *testing.T) {
	set := func(role string, limit int64, from string) ApprovalLimitSet {
		return ApprovalLimitSet{Role: role, Limit: limit, From: on(t, from)}
	}
	var p PaymentPolicy
	for _, e := range []ApprovalLimitSet{
		set("finance_manager", 10_000, "2026-01-01"), set("finance_manager", 20_000, "2026-07-01"), set("finance_manager", 15_000, "2026-07-01"),
		set("deputy", 30_000, "2026-01-01"),
	} {
		p = p.evolve(e)
	}
	for _, c := range []struct {
		roles []string
		own   int64
		day   string
		want  int64
	}{
		{[]string{"finance_manager"}, Unlimited, "2025-12-31", Unlimited}, // no limit was dated yet
		{[]string{"finance_manager"}, Unlimited, "2026-06-30", 10_000},
		{[]string{"finance_manager"}, Unlimited, "2026-07-01", 15_000}, // of equal days the last decided
		{[]string{"finance_manager"}, 5_000, "2026-07-01", 5_000},
		{[]string{"finance_manager", "deputy"}, Unlimited, "2026-07-01", 30_000},
		{[]string{"auditor"}, 0, "2026-07-01", 0},
		{nil, 700, "2026-07-01", 700},
	} {
		if got := p.LimitOf(Officer{Roles: c.roles, Limit: c.own}, on(t, c.day)); got != c.want {
			t.Errorf("%v with %d of their own on %s: %d, want %d", c.roles, c.own, c.day, got, c.want)
		}
	}
}

func TestALimitThatWasLoweredHoldsFromItsDayOn(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	o.must(o.m.SetApprovalLimit(o.ctx(), o.mazen, SetApprovalLimit{Command: uuid.New(), Role: "finance_manager", Limit: "500", From: "2026-06-10"}))
	for day, want := range map[string]VoucherStage{"2026-06-09": AtTreasury, "2026-06-10": AtSpendingOfficer} {
		v := o.prepared("500.001", day)
		o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, day)))
		o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, day)))
		if got := o.voucher(v).Stage; got != want {
			t.Errorf("approved on %s the voucher is at %s, want %s", day, got, want)
		}
	}
}

func TestPaymentRulesNameAccountsOfTheChart(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	in := SetPaymentRules{Command: uuid.New(), From: "2026-07-01", BankChangeDays: 3, PayableItem: "339999", RecoverItem: "131001", BankItems: []string{"111001"}}
	r, err := o.m.SetPaymentRules(o.ctx(), o.mazen, in)
	o.refused("finance.segment_unknown", "*", r, err)
	in.Command, in.PayableItem, in.BankItems = uuid.New(), "331001", nil
	r, err = o.m.SetPaymentRules(o.ctx(), o.mazen, in)
	o.refused("field.missing", "bankItems", r, err)
	in.Command, in.BankItems, in.BankChangeDays = uuid.New(), []string{"111001"}, -1
	r, err = o.m.SetPaymentRules(o.ctx(), o.mazen, in)
	o.refused("finance.waiting_time", "bankChangeDays", r, err)
}
