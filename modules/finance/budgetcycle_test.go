package finance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// preparation is an office that prepares the budget of 2027.
type preparation struct {
	*office
	asker, sami, cabinet Officer
}

func prepare(t testing.TB, log eventstore.Store, strict bool) *preparation {
	t.Helper()
	p := &preparation{office: openOffice(t, log)}
	person := func(id string, may ...Permission) Officer {
		held := map[Permission]bool{}
		for _, m := range may {
			held[m] = true
		}
		return Officer{ID: id, Permissions: held, Units: Everywhere(held)}
	}
	p.asker, p.sami, p.cabinet = person("aya", MayRequestBudget), person("sami", MayPrepareBudget), person("mazen", MayEnactBudget)
	for _, s := range []struct {
		segment Segment
		code    string
	}{{Programme, "4402"}, {Item, "311101"}, {Centre, "0012"}} {
		p.given(SegmentStream(s.segment, s.code), SegmentValueAdded{Segment: s.segment, Code: s.code, Name: kernel.Text{En: s.code}})
	}
	p.must(p.m.IssueCircular(p.ctx(), p.sami, IssueCircular{Command: uuid.New(), Year: 2027, Subject: "Budget of 2027", Deadline: "2026-07-31", Strict: strict}))
	return p
}

func (p *preparation) ceiling(programme string, economic EconomicType, amounts ...string) {
	p.t.Helper()
	in := SetBudgetCeiling{Command: uuid.New(), Year: 2027, Chapter: "2501", Programme: programme, Economic: economic, Amounts: amounts}
	p.must(p.m.SetBudgetCeiling(p.ctx(), p.sami, in))
}

// ask is what a programme asks for: fuel, and a road.
func ask(programme, fuel, road string) SubmitBudgetRequest {
	in := SubmitBudgetRequest{Command: uuid.New(), Year: 2027, Chapter: "2501", Programme: programme}
	in.Lines = append(in.Lines, RequestLineInput{Codes: Codes{Item: "221105"}, Economic: Current, Amounts: []string{fuel, fuel, fuel}})
	if road != "" {
		in.Lines = append(in.Lines, RequestLineInput{Codes: Codes{Item: "311101"}, Economic: Capital, Amounts: []string{road, road, ""}})
	}
	return in
}

func (p *preparation) decide(programme string) DecideBudgetRequest {
	return DecideBudgetRequest{Command: uuid.New(), Year: 2027, Chapter: "2501", Programme: programme, Reason: "as the committee says"}
}

func (p *preparation) step() StepCycle {
	return StepCycle{Command: uuid.New(), Year: 2027, Law: "Law no. 1 of 2027"}
}

func TestABudgetIsPreparedFromCircularToLaw(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		p := prepare(t, log, true)
		p.ceiling("", "", "1,000.000", "1,100.000", "1,200.000")
		p.ceiling("4401", Current, "600.000", "600.000", "600.000")
		r, err := p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4401", "600.001", ""))
		if x := p.refused("finance.ceiling_exceeded", "lines", r, err); !strings.Contains(x.Message.En, "2501/4401") || x.Details["over"] != "0.001" {
			t.Errorf("the sentence hides the ceiling or the figure: %+v", x)
		}
		p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4401", "600.000", "100.000")))
		r, err = p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4402", "300.001", "")) // with the other programme above the chapter's
		p.refused("finance.ceiling_exceeded", "lines", r, err)
		p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4402", "300.000", "")))

		r, err = p.m.ConsolidateBudget(p.ctx(), p.sami, p.step())
		p.refused("finance.nothing_approved", "year", r, err)
		p.must(p.m.ReturnBudgetRequest(p.ctx(), p.sami, p.decide("4402")))
		p.must(p.m.ApproveBudgetRequest(p.ctx(), p.sami, p.decide("4401")))
		r, err = p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4401", "1", ""))
		p.refused("finance.request_approved", "programme", r, err)
		p.must(p.m.ConsolidateBudget(p.ctx(), p.sami, p.step()))
		r, err = p.m.LockBudget(p.ctx(), p.sami, p.step())
		p.refused("finance.request_waits", "year", r, err)
		p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4402", "250.500", "")))
		p.must(p.m.ApproveBudgetRequest(p.ctx(), p.sami, p.decide("4402")))
		p.must(p.m.ConsolidateBudget(p.ctx(), p.sami, p.step()))
		p.must(p.m.LockBudget(p.ctx(), p.sami, p.step()))

		c := state[BudgetCycle](p.office, cycleCategory(), cycleStream(2027))
		if len(c.Drafts) != 2 || c.Drafts[0].Current[0] != 600_000 || c.Drafts[1].Current[0] != 850_500 || c.Drafts[1].Capital != (ThreeYears{100_000, 100_000, 0}) {
			t.Errorf("the versions of the draft are %+v", c.Drafts)
		}
		r, err = p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4402", "1", ""))
		p.refused("finance.cycle_stage", "year", r, err)

		both := p.sami
		both.Permissions = map[Permission]bool{MayPrepareBudget: true, MayEnactBudget: true}
		both.Units = Everywhere(both.Permissions)
		_, err = p.m.EnactBudget(p.ctx(), both, p.step())
		p.refused("finance.same_person", "year", eventstore.Receipt{}, err)
		for range 2 { // a second time changes nothing
			if n, err := p.m.EnactBudget(p.ctx(), p.cabinet, p.step()); err != nil || n != 2 {
				t.Fatalf("%d requests enacted, %v", n, err)
			}
		}
		for key, want := range map[string]int64{
			"01-2501-4401-001-221105-001": 600_000, "01-2501-4401-001-311101-001": 100_000, "01-2501-4402-001-221105-001": 250_500,
		} {
			l := state[BudgetLine](p.office, lineCategory(), LineStream(2027, key))
			if l.Original != want || l.Released != 0 {
				t.Errorf("line %s of 2027 is %+v, want %d enacted and nothing released", key, l, want)
			}
		}
		p.books()
	})
}

func TestWhatARequestForTheBudgetMayNotBe(t *testing.T) {
	p := prepare(t, memoryLog(t), false)
	p.ceiling("", "", "100.000", "100.000", "100.000")
	r, err := p.m.SubmitBudgetRequest(p.ctx(), p.asker, ask("4401", "100.001", ""))
	p.refused("finance.ceiling_exceeded", "reason", r, err)
	for name, c := range map[string]struct {
		spoil      func(*SubmitBudgetRequest)
		code, path string
	}{
		"no lines":        {func(in *SubmitBudgetRequest) { in.Lines = nil }, "finance.lines_missing", "lines"},
		"negative":        {func(in *SubmitBudgetRequest) { in.Lines[0].Amounts[1] = "-1" }, "finance.amount_not_positive", "lines.0.amounts.1"},
		"nothing":         {func(in *SubmitBudgetRequest) { in.Lines[0].Amounts = []string{} }, "finance.amount_not_positive", "lines.0.amounts"},
		"four decimals":   {func(in *SubmitBudgetRequest) { in.Lines[0].Amounts[0] = "1.0001" }, "money.precision", "lines.0.amounts.0"},
		"1e18":            {func(in *SubmitBudgetRequest) { in.Lines[0].Amounts[0] = "1000000000000000000" }, "money.too_large", "lines.0.amounts.0"},
		"unknown item":    {func(in *SubmitBudgetRequest) { in.Lines[0].Codes.Item = "999999" }, "finance.segment_unknown", "lines.0.codes.item"},
		"twice":           {func(in *SubmitBudgetRequest) { in.Lines = append(in.Lines, in.Lines[0]) }, "finance.line_twice", "lines.1.codes"},
		"neither":         {func(in *SubmitBudgetRequest) { in.Lines[0].Economic = "both" }, "finance.economic_unknown", "lines.0.economic"},
		"after the day":   {func(in *SubmitBudgetRequest) { in.On = "2026-08-01" }, "finance.circular_deadline", "on"},
		"another year":    {func(in *SubmitBudgetRequest) { in.Year = 2028 }, "finance.no_circular", "year"},
		"hidden marks":    {func(in *SubmitBudgetRequest) { in.Programme = "44\u200f01" }, "code.hidden_character", "programme"},
		"without a right": {nil, "finance.not_permitted", "*"},
	} {
		t.Run(name, func(t *testing.T) {
			p.t = t
			in, by := ask("4401", "1.000", ""), p.asker
			if c.spoil == nil {
				by = p.rana
			} else {
				c.spoil(&in)
			}
			r, err := p.m.SubmitBudgetRequest(p.ctx(), by, in)
			p.refused(c.code, c.path, r, err)
		})
	}
	in := ask("4401", "100.001", "")
	in.Reason = "two bridges were washed away"
	p.t = t
	p.must(p.m.SubmitBudgetRequest(p.ctx(), p.asker, in))
	request := state[BudgetRequest](p.office, requestCategory(), requestStream(2027, "2501/4401"))
	if len(request.Asked.Breaches) != 1 || request.Asked.Breaches[0].Over != (ThreeYears{1, 1, 1}) {
		t.Errorf("the request is marked with %+v", request.Asked.Breaches)
	}
}

// Whatever programmes ask for and in whatever order, a strict circular keeps every chapter within its
// ceiling. planted looks at the programme alone, which the test must notice.
func TestNoChapterGoesBeyondItsCeiling(t *testing.T) {
	if err := withinCeilings(t, BudgetCycle.Breaches); err != nil {
		t.Error(err)
	}
	planted := func(c BudgetCycle, chapter, programme string, current, capital ThreeYears) []CeilingBreach {
		c.Requests = nil
		return c.Breaches(chapter, programme, current, capital)
	}
	if withinCeilings(t, planted) == nil {
		t.Error("a programme beside the others was not noticed")
	}
}

func withinCeilings(t *testing.T, breaches func(BudgetCycle, string, string, ThreeYears, ThreeYears) []CeilingBreach) (broken error) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.Custom(func(t *rapid.T) ThreeYears {
			n := rapid.Int64Range(0, 60)
			return ThreeYears{n.Draw(t, "y"), n.Draw(t, "y+1"), n.Draw(t, "y+2")}
		})
		c := BudgetCycle{}.evolve(BudgetCircularIssued{Year: 2027, Currency: "JOD", Strict: true})
		c = c.evolve(BudgetCeilingSet{Chapter: "a", Amounts: ThreeYears{100, 100, 100}})
		c = c.evolve(BudgetCeilingSet{Chapter: "a", Economic: Capital, Amounts: ThreeYears{50, 50, 50}})
		for range rapid.IntRange(1, 20).Draw(t, "requests") {
			r := BudgetRequestCounted{
				Chapter: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "chapter"), Programme: fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "programme")),
				Current: years.Draw(t, "current"), Capital: years.Draw(t, "capital"),
			}
			if len(breaches(c, r.Chapter, r.Programme, r.Current, r.Capital)) > 0 {
				continue
			}
			c = c.evolve(r)
			var all, capital ThreeYears
			for _, r := range c.Requests {
				for y := range all {
					if r.Chapter == "a" {
						all[y], capital[y] = all[y]+r.Current[y]+r.Capital[y], capital[y]+r.Capital[y]
					}
				}
			}
			for y := range all {
				if all[y] > 100 || capital[y] > 50 {
					broken = fmt.Errorf("in year %d the chapter asks for %d, %d of it capital", y, all[y], capital[y])
				}
			}
		}
	})
	return broken
}
