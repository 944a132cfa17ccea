package finance

import "testing"

// A5: a virement moves only what is free, takes two people, and obeys the rules in force.
func TestScenarioA5Virement(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "12000.000", line2, "1000.000", line3, "5000.000")
		o.must(o.SetVirementRule(o.ctx, dima(), SetVirementRule{
			Command: command(), ID: "capital_to_current", FromEconomic: Capital, ToEconomic: Current, From: "2026-01-01",
			MessageAr: "لا مناقلة من النفقات الرأسمالية إلى الجارية.", MessageEn: "Capital appropriations are not moved to current ones.",
		}))
		o.release(line1, "12000.000")
		o.must(o.commit(command(), line1, "11800.000"))
		chapter := func() int64 {
			return o.line(line1).Revised() + o.line(line2).Revised() + o.line(line3).Revised()
		}
		before := chapter()
		propose := func(by Officer, lines ...string) (id string, err error) {
			c := command()
			_, err = o.ProposeVirement(o.ctx, by, ProposeVirement{Command: c, Year: 2026, Reason: "نقص في بند الوقود", Lines: lineInputs(lines...)})
			return c.String(), err
		}

		_, err := propose(rana(), line1, "-300.000", line2, "300.000")
		if p := o.refused("finance.budget_insufficient", err); p.Details["available"] != "200.000" || p.Path != "lines.0.amount" {
			t.Errorf("the most that can move is %s at %s", p.Details["available"], p.Path)
		}
		id, err := propose(rana(), line1, "-200.000", line2, "200.000")
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.ApproveVirement(o.ctx, rana(), StepVirement{Command: command(), ID: id})
		o.refused("finance.same_person", err)
		delegate := sami()
		delegate.ID, delegate.OnBehalfOf = "kamal", "rana"
		_, err = o.ApproveVirement(o.ctx, delegate, StepVirement{Command: command(), ID: id})
		o.refused("finance.same_person", err)

		o.must(o.ApproveVirement(o.ctx, sami(), StepVirement{Command: command(), ID: id}))
		o.figure("first line", o.line(line1).Revised(), "11800.000")
		o.figure("second line", o.line(line2).Revised(), "1200.000")
		if chapter() != before {
			t.Error("the chapter's total changed")
		}
		if l := o.line(line1); l.Released > l.Spendable() {
			t.Error("more is released than can be spent")
		}
		_, err = o.ApproveVirement(o.ctx, sami(), StepVirement{Command: command(), ID: id})
		o.refused("finance.document_state", err)

		_, err = propose(rana(), line3, "-50.000", line1, "50.000")
		if p := o.refused("finance.virement_forbidden", err); p.Details["rule"] != "capital_to_current" {
			t.Errorf("refused by rule %q", p.Details["rule"])
		}
		_, err = propose(rana(), line2, "-50.000", line1, "49.999")
		o.refused("finance.virement_unbalanced", err)
		if chapter() != before {
			t.Error("a refused virement moved money")
		}
	})
}

// A virement that was possible when it was proposed is checked again when it is approved.
func TestAVirementIsCheckedAgainOnNewestSums(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "100.000", line2, "100.000")
	o.release(line1, "100.000")
	id := command()
	o.must(o.ProposeVirement(o.ctx, rana(), ProposeVirement{Command: id, Year: 2026, Reason: "نقص", Lines: lineInputs(line1, "-60.000", line2, "60.000")}))
	o.must(o.commit(command(), line1, "50.000"))
	_, err := o.ApproveVirement(o.ctx, sami(), StepVirement{Command: command(), ID: id.String()})
	if p := o.refused("finance.budget_insufficient", err); p.Details["available"] != "50.000" {
		t.Errorf("available %s", p.Details["available"])
	}
	o.must(o.RejectVirement(o.ctx, sami(), StepVirement{Command: command(), ID: id.String(), Reason: "لا يكفي"}))
	_, err = o.ApproveVirement(o.ctx, sami(), StepVirement{Command: command(), ID: id.String()})
	o.refused("finance.document_state", err)
	o.figure("first line", o.line(line1).Revised(), "100.000")
}
