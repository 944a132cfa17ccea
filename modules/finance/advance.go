package finance

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Advance is money in an officer's hand (سلفة), stream finance.advance/{id}: asked for, approved, paid,
// and settled by what it was spent on and what came back. The budget sees it only as it is settled.
type Advance struct {
	Asked       AdvanceRequested
	Stage       AdvanceStage
	Number      string
	Due         kernel.Date
	Outstanding int64
	Proposed    []SettlementProposed // by number; nil lines: decided
	Steps       []Signature          // who asked, approved and paid
	Last        kernel.Date
}

// AdvanceStage is where an advance stands.
type AdvanceStage string

// The stages of an advance.
const (
	AdvanceIsRequested AdvanceStage = "requested"
	AdvanceIsApproved  AdvanceStage = "approved"
	AdvanceIsRefused   AdvanceStage = "refused"
	AdvanceIsOut       AdvanceStage = "out"
	AdvanceIsSettled   AdvanceStage = "settled"
)

// Name is the stage in words that complete «the advance is …».
func (s AdvanceStage) Name() kernel.Text {
	switch s {
	case AdvanceIsRequested:
		return kernel.Text{Ar: "تنتظر الموافقة", En: "waiting for approval"}
	case AdvanceIsApproved:
		return kernel.Text{Ar: "تنتظر الصرف", En: "waiting for payment"}
	case AdvanceIsRefused:
		return kernel.Text{Ar: "مرفوضة", En: "refused"}
	case AdvanceIsOut:
		return kernel.Text{Ar: "قائمة في الذمة", En: "outstanding"}
	case AdvanceIsSettled:
		return kernel.Text{Ar: "مسددة", En: "settled"}
	}
	return kernel.Text{}
}

// Known tells that the advance was asked for.
func (a Advance) Known() bool { return a.Stage != "" }

func (a Advance) evolve(e eventstore.Event) Advance {
	switch e := e.(type) {
	case AdvanceRequested:
		a.Asked, a.Stage, a.Last, a.Steps = e, AdvanceIsRequested, e.On, []Signature{e.By}
	case AdvanceApproved:
		a.Stage, a.Last, a.Steps = AdvanceIsApproved, e.On, append(slices.Clip(a.Steps), e.By)
	case AdvanceRefused:
		a.Stage, a.Last = AdvanceIsRefused, e.On
	case AdvanceIssued:
		a.Stage, a.Last, a.Steps = AdvanceIsOut, e.On, append(slices.Clip(a.Steps), e.By)
		a.Number, a.Due, a.Outstanding = e.Number, e.Due, a.Asked.Amount
	case SettlementProposed:
		a.Proposed, a.Last = append(slices.Clip(a.Proposed), e), e.On
	case SettlementReturned:
		a = a.decided(e.Settlement, e.On)
	case AdvanceSettled:
		a = a.decided(e.Settlement, e.On).left(e.Outstanding)
	case AdvanceCashReturned:
		a.Last = e.On
		a = a.left(e.Outstanding)
	}
	return a
}

func (a Advance) decided(settlement int, on kernel.Date) Advance {
	a.Proposed = slices.Clone(a.Proposed)
	a.Proposed[settlement-1].Lines = nil
	a.Last = on
	return a
}

func (a Advance) left(outstanding int64) Advance {
	if a.Outstanding = outstanding; outstanding == 0 {
		a.Stage = AdvanceIsSettled
	}
	return a
}

// waiting is what proposed settlements that are not decided would take.
func (a Advance) waiting() int64 {
	var sum int64
	for _, p := range a.Proposed {
		if p.Lines != nil {
			sum += p.Amount
		}
	}
	return sum
}

func (a Advance) mustBe(stage AdvanceStage) error {
	if !a.Known() {
		return missing("id")
	}
	if a.Stage == stage {
		return nil
	}
	is, want := a.Stage.Name(), stage.Name()
	return kernel.Problem{Code: "finance.advance_stage", Path: "id", Message: kernel.Text{
		Ar: "السلفة " + is.Ar + "، ولا يصلح لها هذا الإجراء إلا وهي: " + want.Ar + ".",
		En: "The advance is " + is.En + "; it would have to be " + want.En + ".",
	}}
}

// mayDecide: another person than those who have acted, who is not the holder, on a later day.
func (a Advance) mayDecide(by Officer, holder Payee, on kernel.Date) error {
	for _, s := range a.Steps {
		if by.Signed(s) {
			return refused("finance.same_person", "id",
				"اتخذ %s خطوة سابقة في هذه السلفة. الخطوة لشخص آخر.", "%s took an earlier step of this advance. This one lies with another person.", s.Person)
		}
	}
	switch {
	case holder.isOfficer(by, a.Asked.Holder):
		return refused("finance.payment_to_oneself", "id",
			"لا يتخذ صاحب السلفة إجراءً على سلفته.", "Nobody acts on an advance to himself.")
	case on.Before(a.Last):
		return earlier("on", on, a.Last)
	}
	return nil
}

// within refuses more than is outstanding and not taken by a settlement that waits.
func (a Advance) within(path string, amount int64) error {
	if free := a.Outstanding - a.waiting(); amount > free {
		money := func(n int64) string { return kernel.GroupAmount(n, a.Asked.Currency) }
		return refused("finance.above_outstanding", path,
			"المبلغ %s أكبر من القائم من السلفة %s.", "%s is more than the %s outstanding of the advance.", money(amount), money(free))
	}
	return nil
}

// AdvanceHolder is what one person has out, stream finance.advance_holder/{payee}.
type AdvanceHolder struct{ Out map[string]kernel.Date }

func (h AdvanceHolder) evolve(e eventstore.Event) AdvanceHolder {
	switch e := e.(type) {
	case AdvanceTaken:
		h.Out = cloned(h.Out)
		h.Out[e.Advance] = e.Due
	case AdvanceCleared:
		h.Out = cloned(h.Out)
		delete(h.Out, e.Advance)
	}
	return h
}

// overdue refuses a new advance while an older one should have been settled, where the rules say so.
func (h AdvanceHolder) overdue(rules AdvanceRulesSet, on kernel.Date) error {
	if !rules.Block {
		return nil
	}
	var oldest kernel.Date
	for _, due := range h.Out {
		if due.Before(on) && (oldest.IsZero() || due.Before(oldest)) {
			oldest = due
		}
	}
	if oldest.IsZero() {
		return nil
	}
	return refused("finance.advance_overdue", "holder",
		"على صاحب السلفة سلفة استحق سدادها يوم %s. لا تُصرف له أخرى قبل تسديدها.",
		"The holder has an advance that was due on %s. No other is given before it is settled.", oldest)
}

func advanceStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.advance", Key: id}
}

func advanceHolderStream(payee string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.advance_holder", Key: payee}
}
