package finance

import (
	"testing"

	"diwan/eventstore"
)

// A2: what is available, to the last fils.
func TestScenarioA2Available(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "12000.000", line2, "1000.000")
		o.enact(Supplementary, line1, "1500.000")
		virement := command()
		o.must(o.ProposeVirement(o.ctx, rana(), ProposeVirement{Command: virement, Year: 2026, Reason: "وقود", Lines: lineInputs(line1, "-500.000", line2, "500.000")}))
		o.must(o.ApproveVirement(o.ctx, sami(), StepVirement{Command: command(), ID: virement.String()}))
		o.release(line1, "3250.000")
		o.must(o.ReserveFunds(o.ctx, rana(), ReserveFunds{Command: command(), Year: 2026, Expires: "2026-12-31", Subject: "طلب شراء", Lines: lineInputs(line1, "400.000")}))
		contract := command()
		o.must(o.commit(contract, line1, "2000.000"))
		for _, move := range []func(BudgetLine) (eventstore.Event, error){
			func(l BudgetLine) (eventstore.Event, error) {
				return asEvent(l.Oblige(fils(t, "1250.500"), fils(t, "1250.500"), "invoice", contract.String(), ByAllotment))
			},
			func(l BudgetLine) (eventstore.Event, error) {
				return asEvent(l.Oblige(fils(t, "99.500"), 0, "voucher", "", ByAllotment))
			},
		} {
			if err := o.onLine(line1, move); err != nil {
				t.Fatal(err)
			}
		}

		l := o.line(line1)
		o.figure("revised", l.Revised(), "13000.000")
		o.figure("outstanding", l.Committed, "749.500")
		o.figure("obligations", l.Obligated, "1350.000")
		o.figure("available this year", l.AvailableYear(), "10500.500")
		o.figure("available now", l.AvailableNow(), "750.500")

		_, err := o.commit(command(), line1, "750.501")
		p := o.refused("finance.budget_insufficient", err)
		if p.Details["shortfall"] != "0.001" || p.Details["available"] != "750.500" || p.Details["asked"] != "750.501" || p.Details["key"] != line1 {
			t.Errorf("figures %v", p.Details)
		}
		o.must(o.commit(command(), line1, "750.500"))
		o.figure("available now", o.line(line1).AvailableNow(), "0.000")
	})
}
