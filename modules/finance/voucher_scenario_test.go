package finance

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// A7 of the finance notes: 12,500.000 through its whole chain, by API calls alone.
func TestA7AVoucherAboveTheManagersLimitGoesOnToTheSpendingOfficer(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		v := o.prepared("12,500.000", "2026-06-15")
		ctx, m := o.ctx(), o.m

		// Rana prepares and audits, even were she given the permission.
		rana := o.rana
		rana.Permissions = map[Permission]bool{MayPrepareVoucher: true, MayAuditVoucher: true}
		rana.Units = Everywhere(rana.Permissions)
		r, err := m.AuditVoucher(ctx, rana, act(v, ""))
		o.refused("finance.same_person", "id", r, err)

		o.must(m.AuditVoucher(ctx, o.omar, act(v, "")))
		o.must(m.ApproveVoucher(ctx, o.huda, act(v, "")))
		if stage := o.voucher(v).Stage; stage != AtSpendingOfficer {
			t.Fatalf("after Huda's approval the voucher is at %s", stage)
		}
		r, err = m.PayVoucher(ctx, o.lina, act(v, ""))
		o.refused("finance.voucher_not_at_step", "id", r, err)
		r, err = m.ApproveVoucher(ctx, o.omar, act(v, ""))
		o.refused("finance.not_permitted", "", r, err)
		omar := o.omar
		omar.Permissions = map[Permission]bool{MayApproveVoucherAbove: true}
		omar.Units = Everywhere(omar.Permissions)
		omar.Limit = Unlimited
		r, err = m.ApproveVoucher(ctx, omar, act(v, ""))
		o.refused("finance.same_person", "id", r, err)
		r, err = m.ApproveVoucher(ctx, o.huda, act(v, ""))
		o.refused("finance.not_permitted", "", r, err)

		o.must(m.ApproveVoucher(ctx, o.samar, act(v, "")))
		if stage := o.voucher(v).Stage; stage != AtTreasury {
			t.Fatalf("after the spending officer the voucher is at %s", stage)
		}
		o.must(m.PayVoucher(ctx, o.lina, act(v, "")))
		r, err = m.PayVoucher(ctx, o.zaid, act(v, ""))
		o.refused("finance.voucher_not_at_step", "id", r, err)
		o.books()
	})
}

func TestAVoucherWithinTheLimitIsPayableAfterTheManager(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	v := o.prepared("10,000.000", "")
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
	o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, "")))
	if stage := o.voucher(v).Stage; stage != AtTreasury {
		t.Fatalf("the voucher is at %s", stage)
	}
}

// A delegate counts as his principal too.
func TestADelegateCannotDoWhatHisPrincipalMayNot(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	v := o.prepared("100.000", "")
	delegate := o.omar
	delegate.ID, delegate.OnBehalfOf = "salma", "rana" // for Rana, who prepared
	r, err := o.m.AuditVoucher(o.ctx(), delegate, act(v, ""))
	o.refused("finance.same_person", "id", r, err)
	delegate.OnBehalfOf = "omar"
	o.must(o.m.AuditVoucher(o.ctx(), delegate, act(v, "")))
	omar := o.omar
	omar.Permissions, omar.Limit = map[Permission]bool{MayApproveVoucher: true}, Unlimited
	omar.Units = Everywhere(omar.Permissions)
	r, err = o.m.ApproveVoucher(o.ctx(), omar, act(v, ""))
	o.refused("finance.same_person", "id", r, err)
}

func TestNobodyApprovesAPaymentToHimself(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	v := o.prepared("100.000", "")
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
	huda := o.huda
	huda.Payee = o.supplier
	r, err := o.m.ApproveVoucher(o.ctx(), huda, act(v, ""))
	o.refused("finance.payment_to_oneself", "id", r, err)
}

// The sheet says so: paying against a commitment leaves what is available as it was.
func TestPayingAgainstACommitmentLeavesTheAvailableAsItWas(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		c := o.commitment("1,000.000")
		before := o.line(roadsFuel)
		i := o.must(o.m.RegisterInvoice(o.ctx(), o.rana, RegisterInvoice{
			Command: uuid.New(), Commitment: c, Payee: o.supplier, Number: "77", Date: "2026-06-01", Lines: []ChargeInput{{Key: roadsFuel, Amount: "400.000"}},
		}))
		o.must(o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: i}))
		v := o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{
			Command: uuid.New(), Invoice: i, Deductions: []DeductionInput{{"tax", "20.000"}, {"retention", "40.000"}},
		}))
		sara := o.omar
		sara.ID = "sara"
		o.must(o.m.AuditVoucher(o.ctx(), sara, act(v, "")))
		o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, "")))
		o.must(o.m.PayVoucher(o.ctx(), o.lina, act(v, "")))
		after := o.line(roadsFuel)
		if after.AvailableNow() != before.AvailableNow() || after.AvailableYear() != before.AvailableYear() {
			t.Errorf("available now was %d and is %d", before.AvailableNow(), after.AvailableNow())
		}
		if after.Committed != 600_000 || after.Obligated != 400_000 || after.Paid != 400_000 {
			t.Errorf("committed %d, obligated %d, paid %d", after.Committed, after.Obligated, after.Paid)
		}
		b := o.books()
		for account, want := range map[string]int64{
			"01/221105": 400_000, "01/331001": 0, "01/111001": -340_000, "01/332001": -20_000, "01/332002": -40_000,
		} {
			if b.byAccount[account] != want {
				t.Errorf("%s stands at %d, want %d", account, b.byAccount[account], want)
			}
		}
	})
}

// A8 of the finance notes.
func TestA8ReversalOfAPaidVoucherFromAClosedMonth(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		o.m.SealWith(openText{})
		o.treasury()
		v := o.paid("250.750", "2026-03-20")
		o.reconciled(v, "260320")
		for period := 1; period <= 3; period++ {
			o.must(o.m.ClosePeriod(o.ctx(), o.mazen, ChangePeriod{Command: uuid.New(), Year: 2026, Period: period}))
		}
		original, march, before := o.voucher(v), o.books(), o.line(roadsFuel)
		paper := o.entry(original.Payment)

		r, err := o.m.ReverseVoucher(o.ctx(), o.mazen, act(v, "2026-03-31"))
		o.refused("finance.period_closed", "on", r, err)
		noReason := act(v, "2026-05-12")
		noReason.Reason = ""
		r, err = o.m.ReverseVoucher(o.ctx(), o.mazen, noReason)
		o.refused("field.missing", "reason", r, err)

		o.must(o.m.ReverseVoucher(o.ctx(), o.mazen, act(v, "2026-05-12")))
		now, after := o.voucher(v), o.line(roadsFuel)
		mirror := o.entry(now.Reversal).Posted
		if mirror.On.String() != "2026-05-12" || mirror.Period != 5 || mirror.Reverses != original.Payment {
			t.Errorf("the mirror is dated %s in period %d and reverses %q", mirror.On, mirror.Period, mirror.Reverses)
		}
		if now.Number != original.Number || now.Payment != original.Payment || now.Content.Gross != original.Content.Gross || o.entry(original.Payment).Posted.Number != paper.Posted.Number || o.entry(original.Payment).Reversed != "" {
			t.Errorf("the original changed: %+v", now)
		}
		if before.Obligated-after.Obligated != 250_750 || before.Paid-after.Paid != 250_750 {
			t.Errorf("obligations fell by %d, paid by %d", before.Obligated-after.Obligated, before.Paid-after.Paid)
		}
		if now.Recoverable != 250_750 {
			t.Errorf("recoverable from the payee: %d", now.Recoverable)
		}
		books := o.books()
		for _, item := range []string{"221105", "331001", "111001"} {
			if key := "3/" + item; books.byPeriod[key] != march.byPeriod[key] {
				t.Errorf("March of %s was %d and is %d", item, march.byPeriod[key], books.byPeriod[key])
			}
		}
		if cleared := o.entry(original.Payment).Cleared; cleared == "" {
			t.Error("the payment is no longer reconciled")
		}
		var sum int64
		for _, balance := range books.byAccount {
			sum += balance
		}
		if sum != 0 {
			t.Errorf("the trial balance is out by %d", sum)
		}
		if books.byPeriod["5/221105"] != -250_750 || books.byAccount["01/131001"] != 250_750 {
			t.Errorf("May: expense %d, receivable %d", books.byPeriod["5/221105"], books.byAccount["01/131001"])
		}

		salma := o.mazen
		salma.ID = "salma"
		r, err = o.m.ReverseVoucher(o.ctx(), salma, act(v, "2026-05-13"))
		o.refused("finance.voucher_not_at_step", "id", r, err)

		refund := act(v, "2026-05-20")
		refund.Amount = "250.751"
		r, err = o.m.RecordRefund(o.ctx(), o.zaid, refund)
		o.refused("finance.refund_above_recoverable", "amount", r, err)
		refund.Command, refund.Amount = uuid.New(), "250.750"
		o.must(o.m.RecordRefund(o.ctx(), o.zaid, refund))
		if left, books := o.voucher(v).Recoverable, o.books(); left != 0 || books.byAccount["01/131001"] != 0 {
			t.Errorf("after the refund %d is recoverable and the receivable stands at %d", left, books.byAccount["01/131001"])
		}
	})
}

// reconciled matches a voucher's payment with a bank statement of a day, and has that approved.
func (o *office) reconciled(voucher, day string) {
	o.t.Helper()
	v := o.voucher(voucher)
	file := strings.NewReplacer("2606150615", day+day[2:], "260615", day).Replace(string(bankFile(1, 10_000_000, bankLine{-v.Content.Net, ""})))
	id := o.taken([]byte(file))[0].ID
	if len(o.statement(id).Matched) == 0 {
		o.must(o.m.MatchLines(o.ctx(), o.nour(), MatchLines{Command: uuid.New(), ID: id, Lines: []int{1}, Journals: []string{v.Payment}}))
	}
	o.must(o.m.ApproveReconciliation(o.ctx(), o.rita(), ActOnStatement{Command: uuid.New(), ID: id}))
}

func TestAReversedPaymentWithDeductionsLeavesNothingOwed(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	i := o.verified("100.001", "2026-06-01")
	v := o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Invoice: i, Deductions: []DeductionInput{{"tax", "5.000"}}, On: "2026-06-02"}))
	sara := o.omar
	sara.ID = "sara"
	o.must(o.m.AuditVoucher(o.ctx(), sara, act(v, "2026-06-02")))
	o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, "2026-06-02")))
	o.must(o.m.PayVoucher(o.ctx(), o.lina, act(v, "2026-06-02")))
	o.must(o.m.ReverseVoucher(o.ctx(), o.mazen, act(v, "2026-06-03")))
	b := o.books()
	for account, want := range map[string]int64{"01/332001": 0, "01/221105": 0, "01/331001": 0, "01/131001": 95_001, "01/111001": -95_001} {
		if b.byAccount[account] != want {
			t.Errorf("%s stands at %d, want %d", account, b.byAccount[account], want)
		}
	}
}

func TestADirectChargeIsAnObligationFromItsAuditOnAndAReturnUndoesIt(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	direct := func(amount string) string {
		return o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{
			Command: uuid.New(), Payee: o.supplier, Year: 2026, Lines: []ChargeInput{{Key: roadsParts, Amount: amount, Codes: Codes{}}}, Narration: "Tolls",
		}))
	}
	v := direct("99.500")
	if got := o.line(roadsParts).Obligated; got != 0 {
		t.Fatalf("prepared: obligated %d", got)
	}
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
	if got := o.line(roadsParts); got.Obligated != 99_500 || got.AvailableNow() != 50_000_000-99_500 {
		t.Fatalf("audited: obligated %d", got.Obligated)
	}
	o.must(o.m.ReturnVoucher(o.ctx(), o.huda, act(v, "")))
	if got := o.line(roadsParts); got.Obligated != 0 {
		t.Fatalf("returned: obligated %d", got.Obligated)
	}
	r, err := o.m.ReviseVoucher(o.ctx(), o.huda, ReviseVoucher{Command: uuid.New(), ID: v})
	o.refused("finance.not_permitted", "", r, err)
	o.must(o.m.ReviseVoucher(o.ctx(), o.rana, ReviseVoucher{Command: uuid.New(), ID: v, Lines: []ChargeInput{{Key: roadsFuel, Amount: "98.000"}}}))
	r, err = o.m.ReviseVoucher(o.ctx(), o.rana, ReviseVoucher{Command: uuid.New(), ID: v, Lines: []ChargeInput{{Key: roadsFuel, Amount: "1.000"}}})
	o.refused("finance.voucher_submitted", "id", r, err)
	// Huda held the approval; she does not audit now, and Omar may again.
	huda := o.huda
	huda.Permissions = map[Permission]bool{MayAuditVoucher: true}
	huda.Units = Everywhere(huda.Permissions)
	r, err = o.m.AuditVoucher(o.ctx(), huda, act(v, ""))
	o.refused("finance.same_person", "id", r, err)
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
	o.must(o.m.CancelVoucher(o.ctx(), o.rana, act(v, "")))
	if got := o.line(roadsFuel); got.Obligated != 0 {
		t.Fatalf("cancelled: obligated %d", got.Obligated)
	}
	b := o.books()
	if b.byAccount["01/221105"] != 0 || b.byAccount["01/221106"] != 0 {
		t.Errorf("expenses are left over: %v", b.byAccount)
	}
	// What is not available is refused with its figures, at audit.
	big := direct("50,000.001")
	r, err = o.m.AuditVoucher(o.ctx(), o.omar, act(big, ""))
	p := o.refused("finance.budget_insufficient", "lines.0.amount", r, err)
	if p.Details["shortfall"] != "0.001" {
		t.Errorf("details: %v", p.Details)
	}
}

func TestACancelledVoucherFreesItsInvoiceAndKeepsItsNumber(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	i := o.verified("10.000", "")
	first := o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Invoice: i}))
	r, err := o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Invoice: i})
	o.refused("finance.invoice_vouchered", "invoice", r, err)
	o.must(o.m.CancelVoucher(o.ctx(), o.rana, act(first, "")))
	second := o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Invoice: i}))
	if a, b := o.voucher(first).Number, o.voucher(second).Number; a != "1/2026" || b != "2/2026" {
		t.Errorf("numbers %s and %s", a, b)
	}
}

func TestOneVoucherIsPaidOnceUnderManyHands(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		v := o.prepared("100.000", "")
		o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
		o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, "")))
		results := make(chan error)
		for range 16 {
			go func() {
				_, err := o.m.PayVoucher(o.ctx(), o.zaid, act(v, ""))
				results <- err
			}()
		}
		paid := 0
		for range 16 {
			if <-results == nil {
				paid++
			}
		}
		if line := o.line(roadsFuel); paid != 1 || line.Paid != 100_000 {
			t.Errorf("%d payments succeeded and the line says %d paid", paid, line.Paid)
		}
	})
}
