package finance

import (
	"fmt"
	"slices"

	"diwan/modules/kernel"
)

// Spending before the law. When the budget law is late, article 113 of Jordan's Constitution lets the
// state go on spending by monthly appropriations of one twelfth of the previous year's budget. The share
// and the kinds of spending it is for are dated configuration (TwelfthRuleSet); that a year is under the
// regime is decided for that year, with a reason. Lines the rule does not speak of take no new contract;
// what was contracted before is paid. The law of a line replaces its authority at once: what documents
// used stands against the law, the rest is taken back.

// Twelfth is the rule in force on a day.
func (r Rules) Twelfth(on kernel.Date) TwelfthRuleSet {
	rule := TwelfthRuleSet{Share: 12, Economic: []EconomicType{Current}}
	for _, t := range r.Twelfths {
		if t.From.Within(rule.From, on) {
			rule = t
		}
	}
	return rule
}

// Covers tells whether lines of an economic type spend under the rule.
func (t TwelfthRuleSet) Covers(e EconomicType) bool { return slices.Contains(t.Economic, e) }

// AuthoriseTwelfth gives the line its part of last year's law up to a month; of nothing when it has it,
// or when the year's own law is there.
func (l BudgetLine) AuthoriseTwelfth(month int, base int64, rule TwelfthRuleSet) (ProvisionalTwelfthAuthorised, error) {
	e := ProvisionalTwelfthAuthorised{Month: month, Base: base, Share: rule.Share}
	if !l.Exists() {
		return e, lineUnknown()
	}
	if l.Original != 0 || base <= 0 || month <= l.TwelfthMonth {
		return e, nil
	}
	parts, err := kernel.SplitAmount(base, rule.Share)
	if err != nil {
		return e, err
	}
	for _, part := range parts[min(l.TwelfthMonth, rule.Share):min(month, rule.Share)] {
		e.Amount += part
	}
	return e, l.bounded(e.Amount)
}

// CloseProvisional takes back what the line's authority before the law no longer has to cover.
func (l BudgetLine) CloseProvisional(law string) (AllotmentWithdrawn, ProvisionalAuthorityClosed) {
	withdrawn, closed := AllotmentWithdrawn{Document: law}, ProvisionalAuthorityClosed{Law: law}
	if l.Provisional == 0 {
		return withdrawn, closed
	}
	closed.Amount = min(l.Provisional, l.AvailableYear())
	withdrawn.Amount = max(0, l.Released-l.Used())
	return withdrawn, closed
}

// enactedBelowUsed refuses a law of less than was spent before it.
func enactedBelowUsed(l BudgetLine, amount int64) kernel.Problem {
	law, used := kernel.GroupAmount(amount, l.Currency), kernel.GroupAmount(l.Used(), l.Currency)
	return kernel.Problem{
		Code: "finance.enacted_below_used",
		Message: kernel.Text{
			Ar: fmt.Sprintf("اعتماد القانون على البند %s: %s، والمستعمل قبل صدوره %s.", l.Key, law, used),
			En: fmt.Sprintf("The law gives line %s %s; %s of it was used before the law.", l.Key, law, used),
		},
		Details: map[string]string{"key": l.Key, "enacted": kernel.FormatAmount(amount, l.Currency), "used": kernel.FormatAmount(l.Used(), l.Currency)},
	}
}

// admitNew refuses new reservations and commitments where none are taken.
func (s setting) admitNew(l BudgetLine) error {
	if !s.year.Stopped.IsZero() && !s.on.Before(s.year.Stopped) {
		return refused("finance.new_commitments_stopped", "",
			"أُوقفت الالتزامات الجديدة في سنة %d من %s، لإقفالها.", "Year %d takes no new commitment from %s on: it is being closed.", s.year.Year, s.year.Stopped)
	}
	if s.year.Provisional && l.Exists() && l.Original == 0 && !s.rules.Twelfth(s.on).Covers(l.Economic) {
		return kernel.Problem{
			Code: "finance.provisional_no_new_contract",
			Message: kernel.Text{
				Ar: fmt.Sprintf("لم يصدر قانون موازنة %d، ولا تعاقد جديد على البند %s قبل صدوره. تُصرف الالتزامات السابقة وحدها.", s.year.Year, l.Key),
				En: fmt.Sprintf("The budget law of %d is not enacted: line %s takes no new contract before it. Earlier commitments are paid.", s.year.Year, l.Key),
			},
			Details: map[string]string{"key": l.Key},
		}
	}
	return nil
}

// beginProvisional, authoriseTwelfths and endProvisional are the regime's steps on a year.
func (y FiscalYear) beginProvisional(before FiscalYear, rules Rules, reason string, on kernel.Date, by Signature) (ProvisionalSpendingBegun, error) {
	e := ProvisionalSpendingBegun{Reason: reason, On: on, By: by}
	switch {
	case !y.Exists() || !before.Exists():
		return e, yearNotOpen()
	case y.Provisional || y.ProvisionalEnded:
		return e, refused("finance.provisional_known", "year",
			"الصرف المؤقت لسنة %d مقرر من قبل.", "Spending before the law of %d was decided before.", y.Year)
	case before.Currency != y.Currency || !slices.Equal(rules.KeyParts(before.Year), rules.KeyParts(y.Year)):
		return e, refused("finance.provisional_other_key", "year",
			"مفتاح موازنة %d أو عملتها غير ما في السنة السابقة، فلا تُعرف أجزاء السطور.", "The budget key or currency of %d is not last year's, so no line has a part.", y.Year)
	}
	return e, nil
}

// mayAuthorise refuses a month that has not begun, or a year that is not under the regime.
func (y FiscalYear) mayAuthorise(month int, today kernel.Date) error {
	p, err := y.period(month)
	switch {
	case err != nil:
		return err
	case !y.Provisional:
		return refused("finance.provisional_not_begun", "year",
			"سنة %d ليست تحت الصرف المؤقت.", "Year %d is not under spending before the law.", y.Year)
	case month == AdjustmentPeriod || today.Before(p.From):
		return refused("finance.month_not_begun", "month",
			"الشهر %d لم يبدأ.", "Month %d has not begun.", month)
	}
	return nil
}

func (y FiscalYear) endProvisional(law string, on kernel.Date, by Signature) (ProvisionalSpendingEnded, error) {
	e := ProvisionalSpendingEnded{Law: law, On: on, By: by}
	if !y.Provisional {
		return e, refused("finance.provisional_not_begun", "year",
			"سنة %d ليست تحت الصرف المؤقت.", "Year %d is not under spending before the law.", y.Year)
	}
	return e, nil
}
