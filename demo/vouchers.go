package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// managersLimit is what the finance manager approves finally, in fils.
const managersLimit = 10_000_000

// walk takes a prepared voucher through its people from a day on; steps that would come after the
// demo's last day are not taken, so late vouchers wait where they are. It returns the day of payment,
// zero when it is not paid, or is to be paid by a batch.
func (s *seeding) walk(of staff, name string, prepared kernel.Date, gross int64, days func() int) (paid kernel.Date) {
	on := prepared
	step := func(step string, act func(by, finance.ActOnVoucher) (eventstore.Receipt, error)) bool {
		on = workday(on.AddDays(days()))
		if on.After(today()) {
			return false
		}
		when := on.String()
		s.act(when, name+"/"+step, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return act(p, finance.ActOnVoucher{Command: id, ID: ID(name).String(), On: when})
		})
		return true
	}
	if !step("audit", func(p by, in finance.ActOnVoucher) (eventstore.Receipt, error) {
		return s.m.AuditVoucher(s.ctx, p(of.auditor), in)
	}) || !step("approve", func(p by, in finance.ActOnVoucher) (eventstore.Receipt, error) {
		return s.m.ApproveVoucher(s.ctx, p(of.manager), in)
	}) {
		return kernel.Date{}
	}
	if gross > managersLimit && !step("approve-above", func(p by, in finance.ActOnVoucher) (eventstore.Receipt, error) {
		return s.m.ApproveVoucher(s.ctx, p(of.officer), in)
	}) {
		return kernel.Date{}
	}
	if !on.Before(byBatch()) && len(name)%4 != 0 {
		s.waiting = append(s.waiting, waiting{name, on})
		return kernel.Date{}
	}
	treasurer := []string{"lina", "zaid"}[len(name)%2]
	if !step("pay", func(p by, in finance.ActOnVoucher) (eventstore.Receipt, error) {
		in.Reference = "RTGS-" + in.Command.String()[:8]
		return s.m.PayVoucher(s.ctx, p(treasurer), in)
	}) {
		return kernel.Date{}
	}
	return on
}

// wages pays every chapter's salaries, month by month, as direct charges.
func (s *seeding) wages() {
	for _, c := range chapters() {
		for month := 1; month <= 11; month++ {
			name := fmt.Sprintf("voucher/wages/%s/%d", c.code, month)
			when := workday(day(fmt.Sprintf("2026-%02d-20", month)))
			var gross int64
			var charges []finance.ChargeInput
			for _, l := range lines() {
				if l.wages() && l.programme.chapter == c.code {
					amount := l.dinars * 1000 / 12 * 97 / 100
					gross += amount
					charges = append(charges, finance.ChargeInput{Key: l.key(), Amount: fils(amount)})
				}
			}
			s.act(when.String(), name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
				return s.m.PrepareVoucher(s.ctx, p(staffOf(c.code).preparer), finance.PrepareVoucher{
					Command: id, Payee: payeeID("wages"), Year: Year, Lines: charges, On: when.String(),
					Deductions: []finance.DeductionInput{{Code: "social", Amount: fils(gross * 7 / 100)}},
					Narration:  fmt.Sprintf("رواتب شهر %d، الفصل %s", month, c.code),
				})
			})
			s.walk(staffOf(c.code), name, when, gross, func() int { return 1 })
		}
	}
}
