package finance

import (
	"fmt"

	"diwan/modules/kernel"
)

// voucherAct is one officer about to take one step of a voucher, with the facts the duties need.
type voucherAct struct {
	step    VoucherStep
	by      Officer
	on      kernel.Date
	payeeID string
	payee   Payee
}

// duty is one rule about who may take a step. They are a list so that a test can leave each out and
// see that it is missed.
type duty struct {
	name string
	keep func(v Voucher, a voucherAct) error
}

// voucherDuties are the separation of duties of a voucher, kept here and nowhere else: screens and
// the API only ask. A delegate counts as himself and as his principal.
func voucherDuties() []duty {
	return []duty{
		{"the officer holds the permission", stepIsPermitted},
		{"the voucher waits for this step", stepIsNext},
		{"nobody holds two steps", stepIsAnothers},
		{"nobody approves a payment to himself", stepIsNotForOneself},
		{"steps follow each other in time", stepIsLater},
	}
}

// mayTake asks every duty; the first that is broken is the answer.
func (v Voucher) mayTake(a voucherAct, duties []duty) error {
	for _, d := range duties {
		if err := d.keep(v, a); err != nil {
			return err
		}
	}
	return nil
}

func stepIsNext(v Voucher, a voucherAct) error {
	if a.step == StepPrepare {
		if v.Known() && v.Stage != VoucherIsReturned {
			return refused("finance.voucher_submitted", "id",
				"لا يُعدَّل المستند بعد تقديمه إلا إذا أُعيد.", "A submitted voucher is not edited unless it was returned.")
		}
		return nil
	}
	if !v.Known() {
		return missing("id")
	}
	scheduling := a.step == StepSchedule && v.Stage == AtTreasury
	if v.Awaits() != a.step && !scheduling {
		at, step := v.Stage.Name(), a.step.Name()
		return kernel.Problem{Code: "finance.voucher_not_at_step", Path: "id", Message: kernel.Text{
			Ar: fmt.Sprintf("المستند %s %s، فلا محل لإجراء «%s».", v.Number, at.Ar, step.Ar),
			En: fmt.Sprintf("Voucher %s is %s; “%s” does not apply.", v.Number, at.En, step.En),
		}}
	}
	return nil
}

func stepIsPermitted(_ Voucher, a voucherAct) error {
	p := a.step.permission()
	if !a.by.May(p) {
		return forbidden(p)
	}
	return nil
}

func (s VoucherStep) permission() Permission {
	switch s {
	case StepPrepare:
		return MayPrepareVoucher
	case StepAudit:
		return MayAuditVoucher
	case StepApprove:
		return MayApproveVoucher
	case StepApproveAbove:
		return MayApproveVoucherAbove
	case StepSchedule, StepPay:
		return MayPayVoucher
	case StepReverse:
		return MayReverseVoucher
	}
	return ""
}

func stepIsAnothers(v Voucher, a voucherAct) error {
	held, yes := v.holds(a.by, a.step)
	if !yes {
		return nil
	}
	had, now := held.Name(), a.step.Name()
	return kernel.Problem{Code: "finance.same_person", Path: "id", Message: kernel.Text{
		Ar: fmt.Sprintf("من أجرى «%s» على المستند لا يجري «%s». الخطوة لشخص آخر.", had.Ar, now.Ar),
		En: fmt.Sprintf("Whoever did “%s” on this voucher cannot do “%s”. The step lies with another person.", had.En, now.En),
	}, Details: map[string]string{"held": string(held), "step": string(a.step)}}
}

func stepIsNotForOneself(_ Voucher, a voucherAct) error {
	if a.step == StepPrepare || !a.payee.isOfficer(a.by, a.payeeID) {
		return nil
	}
	return refused("finance.payment_to_oneself", "id",
		"لا يتخذ المستفيد إجراءً على صرف لنفسه. الإجراء لشخص آخر.",
		"Nobody acts on a payment to himself. The step lies with another person.")
}

func stepIsLater(v Voucher, a voucherAct) error {
	if a.on.Before(v.Last) {
		return earlier("on", a.on, v.Last)
	}
	return nil
}

// approve decides one approval within the officer's limit. Above it the finance manager's approval
// is kept and the voucher goes on to the spending officer, who must be able to approve it finally.
func (v Voucher) approve(limit int64, by Officer, on kernel.Date) (VoucherApproved, error) {
	e := VoucherApproved{Stage: v.Stage, Limit: limit, Final: v.Content.Gross <= limit, On: on, By: by.Sign()}
	if v.Stage == AtSpendingOfficer && !e.Final {
		money := func(n int64) string { return kernel.GroupAmount(n, v.Content.Currency) }
		return e, refused("finance.above_limit", "id",
			"المبلغ %s فوق حد الاعتماد %s.", "%s is above the approval limit of %s.", money(v.Content.Gross), money(limit))
	}
	return e, nil
}
