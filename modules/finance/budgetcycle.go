package finance

import (
	"fmt"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// BudgetCycle is the preparation of one year's budget (إعداد الموازنة), stream finance.budget_cycle/{year}:
// circular, ceilings, what every programme asks for, the versions of the draft, the law.
type BudgetCycle struct {
	Circular BudgetCircularIssued
	Stage    CycleStage
	Ceilings map[ceilingOf]ThreeYears
	Requests map[string]BudgetRequestCounted // "2501/4401"
	Drafts   []DraftBudgetConsolidated
	Locked   int // the version sent to the cabinet
	Law      string
	Enacted  map[string]bool // requests whose lines stand in the budget
	By       []Signature     // who consolidated and locked
}

// ceilingOf names what a ceiling is about; empty parts mean all.
type ceilingOf struct {
	chapter, programme string
	economic           EconomicType
}

// CycleStage is where the preparation stands.
type CycleStage string

// The stages of the preparation.
const (
	CycleIsOpen    CycleStage = "open"
	CycleIsLocked  CycleStage = "locked"
	CycleIsEnacted CycleStage = "enacted"
)

// Name is the stage in words that complete «the budget is …».
func (s CycleStage) Name() kernel.Text {
	switch s {
	case CycleIsOpen:
		return kernel.Text{Ar: "قيد الإعداد", En: "being prepared"}
	case CycleIsLocked:
		return kernel.Text{Ar: "مرفوعة إلى مجلس الوزراء", En: "with the cabinet"}
	case CycleIsEnacted:
		return kernel.Text{Ar: "صادرة بقانون", En: "enacted"}
	}
	return kernel.Text{}
}

func (c BudgetCycle) evolve(e eventstore.Event) BudgetCycle {
	switch e := e.(type) {
	case BudgetCircularIssued:
		c.Circular, c.Stage = e, CycleIsOpen
	case BudgetCeilingSet:
		c.Ceilings = cloned(c.Ceilings)
		c.Ceilings[ceilingOf{e.Chapter, e.Programme, e.Economic}] = e.Amounts
	case BudgetRequestCounted:
		c.Requests = cloned(c.Requests)
		c.Requests[requestName(e.Chapter, e.Programme)] = e
	case DraftBudgetConsolidated:
		c.Drafts, c.By = append(slices.Clip(c.Drafts), e), append(slices.Clip(c.By), e.By)
	case BudgetLocked:
		c.Stage, c.Locked, c.By = CycleIsLocked, e.Version, append(slices.Clip(c.By), e.By)
	case BudgetEnacted:
		c.Stage, c.Law = CycleIsEnacted, e.Law
	case RequestEnacted:
		c.Enacted = cloned(c.Enacted)
		c.Enacted[e.Request] = true
	}
	return c
}

func (c BudgetCycle) mustBe(stage CycleStage) error {
	if c.Stage == "" {
		return refused("finance.no_circular", "year", "لم يصدر بلاغ موازنة هذه السنة.", "No budget circular was issued for this year.")
	}
	if c.Stage == stage {
		return nil
	}
	is, want := c.Stage.Name(), stage.Name()
	return kernel.Problem{Code: "finance.cycle_stage", Path: "year", Message: kernel.Text{
		Ar: fmt.Sprintf("موازنة %d %s، ولا يصلح لها هذا الإجراء إلا وهي: %s.", c.Circular.Year, is.Ar, want.Ar),
		En: fmt.Sprintf("The budget of %d is %s; it would have to be %s.", c.Circular.Year, is.En, want.En),
	}}
}

// Breaches tells which ceilings a request would go beyond, with what the chapter's other programmes
// ask for. The screen asks it while somebody types; submitting asks it again.
func (c BudgetCycle) Breaches(chapter, programme string, current, capital ThreeYears) []CeilingBreach {
	asks := func(of ceilingOf) ThreeYears {
		var sum ThreeYears
		add := func(p string, current, capital ThreeYears) {
			if of.programme != "" && of.programme != p {
				return
			}
			for y := range sum {
				if of.economic != Capital {
					sum[y] += current[y]
				}
				if of.economic != Current {
					sum[y] += capital[y]
				}
			}
		}
		add(programme, current, capital)
		for _, r := range c.Requests {
			if r.Chapter == chapter && r.Programme != programme {
				add(r.Programme, r.Current, r.Capital)
			}
		}
		return sum
	}
	var found []CeilingBreach
	for _, of := range []ceilingOf{
		{chapter, programme, Current},
		{chapter, programme, Capital},
		{chapter, programme, ""},
		{chapter, "", Current},
		{chapter, "", Capital},
		{chapter, "", ""},
	} {
		ceiling, set := c.Ceilings[of]
		if !set {
			continue
		}
		b, sum := CeilingBreach{Chapter: chapter, Programme: of.programme, Economic: of.economic}, asks(of)
		for y := range sum {
			b.Over[y] = max(0, sum[y]-ceiling[y])
		}
		if b.Over != (ThreeYears{}) {
			found = append(found, b)
		}
	}
	return found
}

// consolidate fixes the next version of the draft out of the approved requests.
func (c BudgetCycle) consolidate(by Officer, on kernel.Date) (DraftBudgetConsolidated, error) {
	if err := c.mustBe(CycleIsOpen); err != nil {
		return DraftBudgetConsolidated{}, err
	}
	e := DraftBudgetConsolidated{Version: len(c.Drafts) + 1, Requests: map[string]int{}, On: on, By: by.Sign()}
	for name, r := range c.Requests {
		if !r.Approved {
			continue
		}
		e.Requests[name] = r.Round
		for y := range e.Current {
			e.Current[y] += r.Current[y]
			e.Capital[y] += r.Capital[y]
		}
	}
	if len(e.Requests) == 0 {
		return e, refused("finance.nothing_approved", "year", "لا طلب موافقاً عليه في هذه السنة.", "No request of this year is approved.")
	}
	return e, nil
}

// lock sends the newest version to the cabinet. Requests that wait for a decision hold it up.
func (c BudgetCycle) lock(by Officer, on kernel.Date) (BudgetLocked, error) {
	if err := c.mustBe(CycleIsOpen); err != nil {
		return BudgetLocked{}, err
	}
	if len(c.Drafts) == 0 {
		return BudgetLocked{}, refused("finance.no_draft", "year", "لا مسودة موحدة للموازنة.", "There is no consolidated draft.")
	}
	newest := c.Drafts[len(c.Drafts)-1]
	for name, r := range c.Requests {
		if round, in := newest.Requests[name]; !r.Approved || !in || round != r.Round {
			return BudgetLocked{}, refused("finance.request_waits", "year",
				"الطلب %s ليس في المسودة الأخيرة بصيغته الحالية. يُبت فيه ثم تُوحَّد المسودة.",
				"Request %s is not in the newest draft as it stands. Decide on it and consolidate again.", name)
		}
	}
	return BudgetLocked{Version: newest.Version, On: on, By: by.Sign()}, nil
}

// enact is the law, recorded by another person than who consolidated and locked the draft.
func (c BudgetCycle) enact(law string, by Officer, on kernel.Date) (BudgetEnacted, error) {
	if err := c.mustBe(CycleIsLocked); err != nil {
		return BudgetEnacted{}, err
	}
	for _, s := range c.By {
		if by.Signed(s) {
			return BudgetEnacted{}, refused("finance.same_person", "year",
				"وحّد %s هذه المسودة أو رفعها، فيثبت القانون شخص ثانٍ.", "%s consolidated or locked this draft; a second person records the law.", s.Person)
		}
	}
	return BudgetEnacted{Law: law, Version: c.Locked, On: on, By: by.Sign()}, nil
}

// requestName names a request within its year.
func requestName(chapter, programme string) string { return chapter + "/" + programme }

func cycleStream(year int) eventstore.Stream {
	return eventstore.Stream{Category: "finance.budget_cycle", Key: fmt.Sprint(year)}
}

func requestStream(year int, name string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.budget_request", Key: fmt.Sprintf("%d/%s", year, name)}
}

// BudgetRequest is what one programme asks for, stream finance.budget_request/{year}/{chapter}/{programme}.
type BudgetRequest struct {
	Asked    BudgetRequestSubmitted // of the newest round
	Decided  bool
	Approved bool
}

func (r BudgetRequest) evolve(e eventstore.Event) BudgetRequest {
	switch e := e.(type) {
	case BudgetRequestSubmitted:
		r.Asked, r.Decided, r.Approved = e, false, false
	case BudgetRequestReturned:
		r.Decided = true
	case BudgetRequestApproved:
		r.Decided, r.Approved = true, true
	}
	return r
}

// totals are what the request asks for, current and capital apart.
func totals(lines []RequestLine) (current, capital ThreeYears) {
	for _, l := range lines {
		for y := range l.Amounts {
			if l.Economic == Capital {
				capital[y] += l.Amounts[y]
			} else {
				current[y] += l.Amounts[y]
			}
		}
	}
	return current, capital
}
