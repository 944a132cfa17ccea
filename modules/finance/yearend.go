package finance

import (
	"fmt"
	"maps"
	"strconv"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// The steps of the close, in order. What follows the last, audit corrections, goes through periods that
// two people reopen.
const (
	StepStop          = 1 + iota // وقف الالتزامات الجديدة
	StepReservations             // تحرير الحجوزات
	StepChecklist                // قائمة التحقق
	StepComplementary            // الفترة المتممة
	StepAdjustments              // قيود التسوية في الفترة 13
	StepCommitments              // تدوير الالتزامات أو إلغاؤها
	StepLapse                    // إلغاء المخصصات غير المستعملة
	StepResult                   // إقفال الإيرادات والنفقات
	StepOpenings                 // الأرصدة الافتتاحية
	StepFinal                    // الحساب الختامي والقفل
)

// YearEnd is how far the close of a year is.
type YearEnd struct {
	Started   YearEndStarted
	Done      int // the last step completed
	Steps     []YearEndStepCompleted
	Waivers   map[string]Waiver
	Decided   map[string]CommitmentRule
	Confirmed map[int]Signature
	Account   FinalAccountProduced
}

// Waiver is a blocker that need not be gone.
type Waiver struct {
	Asked    YearEndWaiverAsked
	Approved Signature
}

// Stands tells that a second person approved it.
func (w Waiver) Stands() bool { return w.Approved != Signature{} }

// Known tells that the close was started.
func (y YearEnd) Known() bool { return y.Started.Year != 0 }

// Finished tells that the year is locked.
func (y YearEnd) Finished() bool { return y.Done == StepFinal }

func yearEndStream(year int) eventstore.Stream {
	return eventstore.Stream{Category: "finance.yearend", Key: strconv.Itoa(year)}
}

func (y YearEnd) evolve(e eventstore.Event) YearEnd {
	switch e := e.(type) {
	case YearEndStarted:
		y.Started = e
	case YearEndWaiverAsked:
		y.Waivers = cloned(y.Waivers)
		y.Waivers[e.Blocker] = Waiver{Asked: e}
	case YearEndWaived:
		y.Waivers = cloned(y.Waivers)
		w := y.Waivers[e.Blocker]
		w.Approved = e.By
		y.Waivers[e.Blocker] = w
	case YearEndCommitmentDecided:
		y.Decided = cloned(y.Decided)
		y.Decided[e.Commitment] = e.Rule
	case YearEndConfirmed:
		y.Confirmed = maps.Clone(cloned(y.Confirmed))
		y.Confirmed[e.Step] = e.By
	case YearEndStepCompleted:
		y.Done, y.Steps = e.Step, append(y.Steps[:len(y.Steps):len(y.Steps)], e)
	case FinalAccountProduced:
		y.Account = e
	}
	return y
}

// start decides the beginning: the year before is closed, the year after is open.
func (y YearEnd) start(in YearEndStarted, year, before, after FiscalYear, rules Rules) (YearEndStarted, error) {
	switch {
	case !year.Exists():
		return in, yearNotOpen()
	case y.Known():
		return in, refused("finance.yearend_started", "year", "بدأ إقفال سنة %d من قبل.", "The close of %d was started before.", in.Year)
	case before.Exists() && !before.Closed:
		return in, refused("finance.earlier_year_open", "year", "سنة %d لم تُقفل. تُقفل السنوات بترتيبها.", "Year %d is not closed. Years close in order.", before.Year)
	case !after.Exists():
		return in, refused("finance.next_year_not_open", "year",
			"سنة %d غير مفتوحة، وإليها تُدوّر الالتزامات والأرصدة.", "Year %d is not open; commitments and balances go on there.", in.Year+1)
	case in.Complementary.Before(year.To):
		return in, refused("finance.complementary_period", "complementary",
			"تنتهي الفترة المتممة في %s، قبل آخر السنة %s.", "The complementary period ends on %s, before the year's last day %s.", in.Complementary, year.To)
	}
	_, err := rules.Closing(year.To)
	return in, err
}

// ask and waive take two people.
func (y YearEnd) ask(blocker, reason string, by Officer) (YearEndWaiverAsked, error) {
	e := YearEndWaiverAsked{Blocker: blocker, Reason: reason, By: by.Sign()}
	if err := y.underWay(); err != nil {
		return e, err
	}
	switch kind, known := blockerKinds()[blocker]; {
	case !known:
		return e, refused("finance.blocker_unknown", "blocker", "لا مانع بهذا الاسم.", "There is no blocker of this name.")
	case !kind.waivable:
		return e, refused("finance.blocker_hard", "blocker", "لا إعفاء من: %s.", "Not waived: %s.", kind.title.Ar, kind.title.En)
	}
	return e, nil
}

func (y YearEnd) waive(blocker string, by Officer) (YearEndWaived, error) {
	e := YearEndWaived{Blocker: blocker, By: by.Sign()}
	if err := y.underWay(); err != nil {
		return e, err
	}
	w, asked := y.Waivers[blocker]
	switch {
	case !asked || w.Stands():
		return e, refused("finance.waiver_unknown", "blocker", "لا طلب إعفاء ينتظر الموافقة.", "No waiver waits for approval.")
	case by.Signed(w.Asked.By):
		return e, samePerson(kernel.Text{Ar: "طالب الإعفاء", En: "Whoever asked for the waiver"})
	}
	return e, nil
}

// decide chooses for one commitment, until commitments are dealt with.
func (y YearEnd) decide(commitment string, rule CommitmentRule, reason string, by Officer) (YearEndCommitmentDecided, error) {
	e := YearEndCommitmentDecided{Commitment: commitment, Rule: rule, Reason: reason, By: by.Sign()}
	if err := y.underWay(); err != nil {
		return e, err
	}
	if y.Done >= StepCommitments {
		return e, stepPassed(StepCommitments)
	}
	return e, nil
}

// confirm is the word that a step waits for. Whoever started the close does not sign its account.
func (y YearEnd) confirm(step int, by Officer, on kernel.Date) (YearEndConfirmed, error) {
	e := YearEndConfirmed{Step: step, On: on, By: by.Sign()}
	if err := y.underWay(); err != nil {
		return e, err
	}
	switch {
	case step != StepAdjustments && step != StepFinal:
		return e, refused("finance.step_not_confirmed", "step", "الخطوة %d لا تنتظر تأكيداً.", "Step %d waits for no confirmation.", step)
	case y.Done != step-1 || step == StepFinal && y.Account.Hash == "":
		return e, refused("finance.step_not_reached", "step", "الخطوة %d لم يحن دورها، أو تمت.", "Step %d is not reached, or is past.", step)
	case y.Confirmed[step] != Signature{}:
		return e, stepPassed(step)
	case step == StepFinal && by.Signed(y.Started.By):
		return e, samePerson(kernel.Text{Ar: "من بدأ الإقفال", En: "Whoever started the close"})
	}
	return e, nil
}

// complete closes a step; only the next one, once.
func (y YearEnd) complete(e YearEndStepCompleted) (YearEndStepCompleted, error) {
	if err := y.underWay(); err != nil {
		return e, err
	}
	if e.Step != y.Done+1 {
		return e, stepPassed(e.Step)
	}
	return e, nil
}

func (y YearEnd) underWay() error {
	if !y.Known() {
		return refused("finance.yearend_not_started", "year", "لم يبدأ إقفال هذه السنة.", "The close of this year is not started.")
	}
	if y.Finished() {
		return refused("finance.year_closed", "year", "سنة %d مقفلة.", "Year %d is closed.", y.Started.Year)
	}
	return nil
}

func stepPassed(step int) kernel.Problem {
	return refused("finance.step_past", "step", "الخطوة %d تمت.", "Step %d is past.", step)
}

// fate is what becomes of a commitment.
func (y YearEnd) fate(commitment string) CommitmentRule {
	if rule, decided := y.Decided[commitment]; decided {
		return rule
	}
	return y.Started.Rule
}

// Closing is the rule in force on a day.
func (r Rules) Closing(on kernel.Date) (ClosingRulesSet, error) {
	var found ClosingRulesSet
	for _, c := range r.Closings {
		if c.From.Within(found.From, on) {
			found = c
		}
	}
	if found.Result == "" {
		return found, refused("finance.closing_rules_missing", "",
			"لا قواعد إقفال سارية يوم %s. تُحدَّد الحسابات التي تُقفل أولاً.", "No closing rules are in force on %s. Set which accounts are closed first.", on)
	}
	return found, nil
}

// closes tells whether an account is closed to the net result; revenue, or expense.
func (c ClosingRulesSet) closes(item string) (closed, revenue bool) {
	if matchesAny(c.Revenue, item) {
		return true, true
	}
	return matchesAny(c.Expense, item), false
}

func matchesAny(patterns []string, item string) bool {
	for _, p := range patterns {
		if (Codes{Item: item}).Match(Codes{Item: p}) {
			return true
		}
	}
	return false
}

// StepTitle names a step.
func StepTitle(step int) kernel.Text {
	titles := [...]kernel.Text{
		{},
		{Ar: "وقف الالتزامات الجديدة", En: "Stop new commitments"},
		{Ar: "تحرير الحجوزات", En: "Release reservations"},
		{Ar: "قائمة التحقق", En: "Checklist"},
		{Ar: "الفترة المتممة", En: "Complementary period"},
		{Ar: "قيود التسوية في الفترة 13", En: "Adjustments in period 13"},
		{Ar: "تدوير الالتزامات أو إلغاؤها", En: "Carry or lapse commitments"},
		{Ar: "إلغاء المخصصات غير المستعملة", En: "Lapse unused appropriation"},
		{Ar: "إقفال الإيرادات والنفقات", En: "Close revenue and expense"},
		{Ar: "الأرصدة الافتتاحية تساوي الختامية", En: "Opening balances equal closing"},
		{Ar: "الحساب الختامي وقفل السنة", En: "Final account, and lock"},
	}
	if step < 1 || step >= len(titles) {
		return kernel.Text{Ar: fmt.Sprint(step), En: fmt.Sprint(step)}
	}
	return titles[step]
}

func yearEndCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[YearEndStarted](1, nil),
		eventstore.Type[YearEndWaiverAsked](1, nil),
		eventstore.Type[YearEndWaived](1, nil),
		eventstore.Type[YearEndCommitmentDecided](1, nil),
		eventstore.Type[YearEndConfirmed](1, nil),
		eventstore.Type[YearEndStepCompleted](1, nil),
		eventstore.Type[FinalAccountProduced](1, nil),
	)
	return eventstore.CategoryOf("finance.yearend", eventstore.Main, codec, YearEnd{}, YearEnd.evolve)
}
