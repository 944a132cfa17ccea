package finance

import (
	"strings"
	"testing"
)

func TestAnOrderReleasesWhenAnotherPersonCertifiesIt(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "1000.000", line2, "100.000")
		draft := func(by Officer, lines ...OrderLineInput) (string, error) {
			id := command()
			_, err := o.DraftOrder(o.ctx, by, DraftOrder{Command: id, Year: 2026, Kind: SpecialOrder, Subject: "أمر مالي خاص", Lines: lines})
			return id.String(), err
		}
		year := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
		id, err := draft(rana(), OrderLineInput{Key: line1, Months: year, Amount: "1000.000"})
		if err != nil {
			t.Fatal(err)
		}
		if released := o.line(line1).Released; released != 0 {
			t.Errorf("a draft released %d", released)
		}
		_, err = o.CertifyOrder(o.ctx, officer("rana", MayCertifyOrder), StepOrder{Command: command(), ID: id})
		o.refused("finance.same_person", err)
		r := o.must(o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: id}))

		// A1 as an office meets it: 1,000.000 over twelve months.
		months := map[string]int{}
		numbered := false
		for _, e := range r.Events {
			if e.Type == (AllotmentReleased{}).EventType() {
				months[string(e.Data)[strings.Index(string(e.Data), `"amount"`):]]++
			}
			numbered = numbered || e.Type == (FinancialOrderCertified{}).EventType() && strings.Contains(string(e.Data), `"number":"1/2026"`)
		}
		if months[`"amount":83334}`] != 4 || months[`"amount":83333}`] != 8 || !numbered {
			t.Errorf("months %v, numbered %v", months, numbered)
		}
		o.figure("released", o.line(line1).Released, "1000.000")
		_, err = o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: id})
		o.refused("finance.document_state", err)

		// Beyond the appropriation on one of its lines: nothing of the order is released.
		over, err := draft(rana(), OrderLineInput{Key: line2, Months: []int{1}, Amount: "60.000"}, OrderLineInput{Key: line1, Months: []int{1}, Amount: "0.001"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: over})
		if p := o.refused("finance.unreleased_exceeded", err); p.Path != "lines.1.amount" || p.Details["holds"] != "0.000" {
			t.Errorf("refused at %s with %v", p.Path, p.Details)
		}
		o.figure("released", o.line(line2).Released, "0.000")

		// Cancelling withdraws what no document needs, all or nothing.
		o.must(o.commit(command(), line1, "0.001"))
		cancel := StepOrder{Command: command(), ID: id, Reason: "خطأ في الفصل"}
		_, err = o.CancelOrder(o.ctx, rana(), cancel)
		o.refused("finance.not_permitted", err)
		cancel.Command = command()
		_, err = o.CancelOrder(o.ctx, sami(), cancel)
		if p := o.refused("finance.budget_insufficient", err); p.Details["available"] != "999.999" {
			t.Errorf("withdrawable is %s", p.Details["available"])
		}
		small, err := draft(rana(), OrderLineInput{Key: line2, Months: []int{6}, Amount: "60.000"})
		if err != nil {
			t.Fatal(err)
		}
		o.must(o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: small}))
		o.must(o.CancelOrder(o.ctx, sami(), StepOrder{Command: command(), ID: small, Reason: "خطأ"}))
		o.figure("released", o.line(line2).Released, "0.000")
		_, err = o.CancelOrder(o.ctx, sami(), StepOrder{Command: command(), ID: small, Reason: "خطأ"})
		o.refused("finance.document_state", err)
	})
}

func TestAFreezeHoldsBackWhatNoDocumentHolds(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "100.000")
	o.release(line1, "80.000")
	o.must(o.commit(command(), line1, "50.000"))
	freeze := func(amount string) error {
		_, err := o.FreezeBudget(o.ctx, sami(), FreezeBudget{Command: command(), Year: 2026, Reason: "قرار مجلس الوزراء", Lines: lineInputs(line1, amount)})
		return err
	}
	o.refused("finance.budget_insufficient", freeze("50.001"))
	if err := freeze("40.000"); err != nil {
		t.Fatal(err)
	}
	l := o.line(line1)
	o.figure("frozen", l.Frozen, "40.000")
	o.figure("released, the excess withdrawn", l.Released, "60.000")
	o.figure("available now", l.AvailableNow(), "10.000")
	_, err := o.UnfreezeBudget(o.ctx, sami(), FreezeBudget{Command: command(), Year: 2026, Reason: "انتهى", Lines: lineInputs(line1, "40.001")})
	o.refused("finance.frozen_exceeded", err)
	o.must(o.UnfreezeBudget(o.ctx, sami(), FreezeBudget{Command: command(), Year: 2026, Reason: "انتهى", Lines: lineInputs(line1, "40.000")}))
	o.figure("frozen", o.line(line1).Frozen, "0.000")
}
