package finance

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// walk lets random people, with random permissions, delegations and payees, try random steps of one
// voucher in random order, and says which duty was broken. It looks only at what happened, never at
// the rules that should have kept it.
func walk(t *rapid.T, duties []duty) error {
	people := []string{"rana", "omar", "huda", "samar"}
	steps := []VoucherStep{StepPrepare, StepAudit, StepApprove, StepApproveAbove, StepPay, StepReverse}
	payee := Payee{Kind: Company, Officer: rapid.SampledFrom([]string{"", "huda", "omar"}).Draw(t, "the payee is")}
	limit := int64(10_000_000)
	v := Voucher{}
	gross := rapid.SampledFrom([]int64{1, limit, limit + 1}).Draw(t, "gross")
	held := map[string]VoucherStep{}
	day := on(t, "2026-06-01")
	for range rapid.IntRange(1, 14).Draw(t, "tries") {
		by := Officer{
			ID: rapid.SampledFrom(people).Draw(t, "person"), OnBehalfOf: rapid.SampledFrom([]string{"", "", "rana", "huda"}).Draw(t, "for"),
			Permissions: map[Permission]bool{}, Payee: rapid.SampledFrom([]string{"", "", "p1"}).Draw(t, "own payee"),
		}
		step := rapid.SampledFrom(steps).Draw(t, "step")
		if rapid.IntRange(0, 3).Draw(t, "permitted") > 0 {
			by.Permissions[step.permission()] = true
		}
		a := voucherAct{step: step, by: by, on: day.AddDays(rapid.IntRange(-1, 2).Draw(t, "days")), payeeID: "p1", payee: payee}
		if v.mayTake(a, duties) != nil {
			continue
		}
		// What must hold of every step that was taken.
		switch stage := v.Stage; {
		case !by.Permissions[step.permission()]:
			return fmt.Errorf("%s did %s without the permission", by.ID, step)
		case step != StepPrepare && (by.Payee == "p1" || payee.Officer != "" && slices.Contains([]string{by.ID, by.OnBehalfOf}, payee.Officer)):
			return fmt.Errorf("%s did %s on a payment to himself", by.ID, step)
		case a.on.Before(v.Last):
			return fmt.Errorf("%s is dated %s, before %s", step, a.on, v.Last)
		case !slices.Contains(map[VoucherStep][]VoucherStage{
			StepPrepare: {"", VoucherIsReturned}, StepAudit: {AtAudit}, StepApprove: {AtApproval}, StepApproveAbove: {AtSpendingOfficer},
			StepPay: {AtTreasury}, StepReverse: {VoucherIsPaid},
		}[step], stage):
			return fmt.Errorf("%s was done at %q", step, stage)
		}
		for _, who := range []string{by.ID, by.OnBehalfOf} {
			if other, did := held[who]; who != "" && did && other != step {
				return fmt.Errorf("%s did both %s and %s", who, other, step)
			}
		}
		held[by.ID] = step
		if by.OnBehalfOf != "" {
			held[by.OnBehalfOf] = step
		}
		back := step != StepPrepare && step != StepReverse && rapid.IntRange(0, 4).Draw(t, "returned") == 0
		switch {
		case back:
			v = v.evolve(VoucherReturned{Stage: v.Stage, On: a.on, By: by.Sign()})
		case step == StepPrepare:
			v = v.evolve(VoucherPrepared{Content: VoucherContent{Gross: gross, Net: gross, Payee: "p1"}, On: a.on, By: by.Sign()})
		case step == StepAudit:
			v = v.evolve(VoucherAudited{On: a.on, By: by.Sign()})
		case step == StepApprove, step == StepApproveAbove:
			mine := limit
			if step == StepApproveAbove {
				mine = Unlimited
			}
			e, err := v.approve(mine, by, a.on)
			if err != nil {
				return err
			}
			v = v.evolve(e)
			if v.Stage == AtTreasury && gross > mine {
				return fmt.Errorf("%d became payable under a limit of %d", gross, mine)
			}
		case step == StepPay:
			v = v.evolve(VoucherPaid{On: a.on, By: by.Sign()})
		case step == StepReverse:
			v = v.evolve(VoucherReversed{On: a.on, By: by.Sign()})
		}
		day = a.on
	}
	return nil
}

func TestNoWalkOfAVoucherBreaksADuty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 30 {
			if err := walk(t, voucherDuties()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Each duty left out is missed: the property above finds every planted bug.
func TestEveryDutyLeftOutIsFound(t *testing.T) {
	duties := voucherDuties()
	for i, left := range duties {
		rest := slices.Delete(slices.Clone(duties), i, i+1)
		t.Run(left.name, func(t *testing.T) { mustFind(t, func(t *rapid.T) error { return walk(t, rest) }) })
	}
	t.Run("the delegate's principal", func(t *testing.T) {
		forgetful := slices.Clone(duties)
		for i := range forgetful {
			keep := forgetful[i].keep
			forgetful[i].keep = func(v Voucher, a voucherAct) error {
				a.by.OnBehalfOf = "" // sees only the person at the keyboard
				return keep(v, a)
			}
		}
		mustFind(t, func(t *rapid.T) error { return walk(t, forgetful) })
	})
}

// mustFind requires that random walks come upon a violation.
func mustFind(t *testing.T, walk func(*rapid.T) error) {
	t.Helper()
	found := false
	for seed := 0; seed < 4000 && !found; seed++ {
		found = rapid.Custom(func(t *rapid.T) bool { return walk(t) != nil }).Example(seed)
	}
	if !found {
		t.Error("the planted bug was not found")
	}
}
