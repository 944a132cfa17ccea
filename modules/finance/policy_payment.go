package finance

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// PaymentPolicy is what was decided about paying, by date (finance.payment_policy/rules): the most
// each role approves, waiting times, the accounts entries are made on. Nothing of it is in code.
type PaymentPolicy struct {
	Limits   []ApprovalLimitSet
	Rules    []PaymentRulesSet
	Advances []AdvanceRulesSet
}

func (p PaymentPolicy) evolve(e eventstore.Event) PaymentPolicy {
	switch e := e.(type) {
	case ApprovalLimitSet:
		p.Limits = append(slices.Clip(p.Limits), e)
	case PaymentRulesSet:
		p.Rules = append(slices.Clip(p.Rules), e)
	case AdvanceRulesSet:
		p.Advances = append(slices.Clip(p.Advances), e)
	}
	return p
}

// RulesOn returns the rules in force on a day: those with the latest start not after it, and of
// equal starts the last decided.
func (p PaymentPolicy) RulesOn(day kernel.Date) (PaymentRulesSet, error) {
	var found *PaymentRulesSet
	for i := range p.Rules {
		r := &p.Rules[i]
		if !r.From.After(day) && (found == nil || !r.From.Before(found.From)) {
			found = r
		}
	}
	if found == nil {
		return PaymentRulesSet{}, refused("finance.payment_rules_missing", "",
			"لا تعليمات صرف سارية يوم %s. تُحدَّد أولاً في سياسة الصرف.",
			"No payment rules are in force on %s. Set them in the payment policy first.", day)
	}
	return *found, nil
}

// LimitOf is the most an officer approves finally on a day: the officer's own limit, lowered by the
// greatest that the policy gives to any of the roles held. A role without a dated limit lowers nothing.
func (p PaymentPolicy) LimitOf(by Officer, day kernel.Date) int64 {
	var byRoles int64
	dated := false
	for _, role := range by.Roles {
		if limit, ok := p.limitOfRole(role, day); ok {
			dated = true
			byRoles = max(byRoles, limit)
		}
	}
	if !dated {
		return by.Limit
	}
	return min(by.Limit, byRoles)
}

func (p PaymentPolicy) limitOfRole(role string, day kernel.Date) (int64, bool) {
	var found *ApprovalLimitSet
	for i := range p.Limits {
		l := &p.Limits[i]
		if l.Role == role && !l.From.After(day) && (found == nil || !l.From.Before(found.From)) {
			found = l
		}
	}
	if found == nil {
		return 0, false
	}
	return found.Limit, true
}

// deduction finds a kind of deduction in the rules.
func (r PaymentRulesSet) deduction(code string) (DeductionRule, bool) {
	i := slices.IndexFunc(r.Deductions, func(d DeductionRule) bool { return d.Code == code })
	if i < 0 {
		return DeductionRule{}, false
	}
	return r.Deductions[i], true
}

func paymentPolicyStream() eventstore.Stream {
	return eventstore.Stream{Category: "finance.payment_policy", Key: "rules"}
}
