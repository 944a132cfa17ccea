package finance

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections/projectionstest"
)

// What the screens of the preparation read is what the deciders decided, for those in whose unit it lies.
func TestThePreparationIsReadAsItWasDecided(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(context.Background(), db, Categories()...)
	p := prepare(t, opened(t, log, err), false)
	p.ceiling("", "", "1,000.000", "1,100.000", "1,200.000")
	p.ceiling("4401", Current, "500.000", "500.000", "500.000")
	over := ask("4401", "600.000", "100.000")
	over.Reason = "a second shift"
	p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, over))
	p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4402", "200.000", "")))
	p.must(p.m.ReturnBudgetRequest(p.ctx(), p.sami, p.decide("4402")))
	p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4402", "150.000", "")))
	p.must(p.m.ApproveBudgetRequest(p.ctx(), p.sami, p.decide("4401")))
	p.must(p.m.ConsolidateBudget(p.ctx(), p.sami, p.step()))
	p.must(p.m.ApproveBudgetRequest(p.ctx(), p.sami, p.decide("4402")))
	p.must(p.m.ConsolidateBudget(p.ctx(), p.sami, p.step()))
	p.must(p.m.LockBudget(p.ctx(), p.sami, p.step()))
	if _, err := p.m.EnactBudget(p.ctx(), p.cabinet, p.step()); err != nil {
		t.Fatal(err)
	}
	projectionstest.CatchUp(t, db, p.log, Views()...)
	projectionstest.Equal(t, db, p.log, Views()...)
	r, err := p.m.NewReports(p.ctx(), db)
	if err != nil {
		t.Fatal(err)
	}

	cycles, err := r.Cycles(p.ctx(), reader, 0)
	if err != nil || len(cycles) != 1 {
		t.Fatalf("the preparations are %+v (%v), want the one of 2027", cycles, err)
	}
	c := cycles[0]
	if c.StateCode != "enacted" || c.Law != "Law no. 1 of 2027" || c.Locked == nil || *c.Locked != 2 {
		t.Errorf("the preparation reads %+v, want enacted from version 2", c)
	}
	ceilings, err := c.Ceilings(p.ctx())
	if err != nil || len(ceilings) != 2 || ceilings[0].Programme != nil || ceilings[0].Amounts[2].Decimal() != "1200.000" {
		t.Errorf("the ceilings read %+v (%v)", ceilings, err)
	}
	drafts, err := c.Drafts(p.ctx())
	if err != nil || len(drafts) != 3 || drafts[0].Version != 2 || drafts[1].Round != 2 || drafts[2].Version != 1 {
		t.Errorf("the drafts read %+v (%v), want 4401 and the second round of 4402 in version 2, 4401 alone in version 1", drafts, err)
	}
	requests, err := r.Requests(p.ctx(), reader, RequestQuery{Year: 2027, First: 10})
	if err != nil || len(requests.Nodes) != 2 {
		t.Fatalf("the requests read %+v (%v)", requests, err)
	}
	first := &requests.Nodes[0]
	if first.StateCode != "enacted" || first.Total().Decimal() != "700.000" || first.Reason != "a second shift" || len(first.Breaches) != 1 || first.Breaches[0].Over[0].Decimal() != "100.000" {
		t.Errorf("the request of 4401 reads %+v, want 700.000, 100.000 above the programme's ceiling", first)
	}
	lines, err := r.requestedLines(p.ctx(), reader, []*RequestSheet{first, &requests.Nodes[1]})
	if err != nil || len(lines[0]) != 2 || len(lines[1]) != 1 || lines[1][0].Amounts[0].Decimal() != "150.000" || lines[0][1].Economic != Capital {
		t.Errorf("the lines read %+v (%v)", lines, err)
	}
	breaches, err := r.Breaches(p.ctx(), reader, 2027, "2501", "4402", []string{"300.001"}, nil)
	if err != nil || len(breaches) != 1 || breaches[0].Programme != nil || breaches[0].Over[0].Decimal() != "0.001" {
		t.Errorf("while typing 300.001 beside 700.000 under a ceiling of 1,000.000 it reads %+v (%v)", breaches, err)
	}

	// Whoever reads another chapter only sees nothing of it, neither in lists nor in what happened.
	elsewhere := reader
	elsewhere.Units = map[Permission][]string{MayReadFinance: {"2601."}}
	if none, err := r.Requests(p.ctx(), elsewhere, RequestQuery{Year: 2027, First: 10}); err != nil || len(none.Nodes) != 0 {
		t.Errorf("another chapter reads %+v (%v)", none.Nodes, err)
	}
	if happened, err := r.History(p.ctx(), elsewhere, string(RequestDocument), first.ID(), 10, nil); err != nil || len(happened.Nodes) != 0 {
		t.Errorf("another chapter reads what happened: %+v (%v)", happened.Nodes, err)
	}
	if found, err := r.Breaches(p.ctx(), elsewhere, 2027, "2501", "4402", []string{"9,000.000"}, nil); err != nil || len(found) != 0 {
		t.Errorf("another chapter is told of ceilings: %+v (%v)", found, err)
	}
}

// A request for four years is refused in a sentence.
func TestARequestAsksForThreeYears(t *testing.T) {
	log, err := eventstore.NewMemory(Categories()...)
	p := prepare(t, opened(t, log, err), true)
	in := ask("4401", "1.000", "")
	in.Command = uuid.New()
	in.Lines[0].Amounts = []string{"1", "2", "3", "4"}
	r, err := p.m.SubmitBudgetRequest(p.ctx(), p.asker, in)
	p.refused("finance.three_years", "lines.0.amounts", r, err)
}
