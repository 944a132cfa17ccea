package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
)

// preparation opens the budget of next year: a circular, a ceiling for every chapter, and the requests of
// road maintenance (approved), of its second programme (sent back) and of the
// ministry of finance (waiting). One version of the draft stands.
func (s *seeding) preparation() {
	next := Year + 1
	s.act("2026-06-01", "circular", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.IssueCircular(s.ctx, p("sami"), finance.IssueCircular{
			Command: id, Year: next, Subject: fmt.Sprintf("بلاغ موازنة %d: الأولوية لإتمام المشاريع القائمة", next), Deadline: "2026-12-15", Strict: true, On: "2026-06-01",
		})
	})
	asked := map[string]int64{} // dinars by chapter
	for _, l := range lines() {
		asked[l.programme.chapter] += l.dinars
	}
	for _, c := range chapters() {
		s.act("2026-06-02", "ceiling/"+c.code, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			limit := asked[c.code] * 1000 / 100
			return s.m.SetBudgetCeiling(s.ctx, p("sami"), finance.SetBudgetCeiling{
				Command: id, Year: next, Chapter: c.code, On: "2026-06-02", Amounts: []string{fils(limit * 105), fils(limit * 108), fils(limit * 111)},
			})
		})
	}
	s.request("2026-08-03", "2501", "4401", 103)
	s.request("2026-08-10", "2501", programmesOf("2501")[1].code, 102)
	s.request("2026-08-12", "1501", "1401", 101)
	decision := func(id uuid.UUID, on, programme string) finance.DecideBudgetRequest {
		return finance.DecideBudgetRequest{
			Command: id, Year: next, Chapter: "2501", Programme: programme, On: on, Reason: "تُفصَّل كلفة كل مشروع على سنواته ثم يُعاد الطلب.",
		}
	}
	s.act("2026-09-01", "request/approved", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ApproveBudgetRequest(s.ctx, p("sami"), decision(id, "2026-09-01", "4401"))
	})
	s.act("2026-09-02", "request/returned", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ReturnBudgetRequest(s.ctx, p("sami"), decision(id, "2026-09-02", programmesOf("2501")[1].code))
	})
	s.act("2026-09-06", "draft/1", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ConsolidateBudget(s.ctx, p("sami"), finance.StepCycle{Command: id, Year: next, On: "2026-09-06"})
	})
}

func programmesOf(chapter string) []programme {
	var all []programme
	for _, p := range programmes() {
		if p.chapter == chapter {
			all = append(all, p)
		}
	}
	return all
}

// request asks for a programme's lines of this year at so many per cent, and two per cent more in each year after.
func (s *seeding) request(on, chapter, programme string, percent int64) {
	s.act(on, "request/"+programme, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		in := finance.SubmitBudgetRequest{Command: id, Year: Year + 1, Chapter: chapter, Programme: programme, On: on}
		for _, l := range lines() {
			if l.programme.chapter != chapter || l.programme.code != programme {
				continue
			}
			economic := finance.Current
			if l.economic == finance.Capital {
				economic = finance.Capital
			}
			year := func(after int64) string { return fils(l.dinars * 1000 / 100 * (percent + 2*after)) }
			in.Lines = append(in.Lines, finance.RequestLineInput{
				Codes: finance.Codes{Fund: "01", Activity: l.activity.code, Item: l.item.code, Source: "001"}, Economic: economic,
				Amounts: []string{year(0), year(1), year(2)},
			})
		}
		return s.m.SubmitBudgetRequest(s.ctx, p(staffOf(chapter).preparer), in)
	})
}
