package finance

import (
	"context"
	"fmt"

	"diwan/modules/kernel"
)

// PayingRules are what the policy of paying says on a day, as a screen that prepares a voucher needs it.
type PayingRules struct {
	PaymentRulesSet
	Limits []RoleLimit
}

// RoleLimit is the most a role approves finally on that day.
type RoleLimit struct {
	Role  string
	Limit *kernel.Money // nil = no bound
}

// PayingRules reads the rules in force on a day; nil where none are. They are few and old, so they are
// read from the log itself.
func (r *Reports) PayingRules(ctx context.Context, by Officer, day kernel.Date, currency string) (*PayingRules, error) {
	if !by.May(MayReadFinance) {
		return nil, forbidden(MayReadFinance)
	}
	recorded, err := r.log.ReadStream(ctx, r.tenant, paymentPolicyStream(), 0)
	if err != nil {
		return nil, fmt.Errorf("read the rules of paying: %w", err)
	}
	var policy PaymentPolicy
	codec := paymentCodec()
	for _, one := range recorded {
		e, err := codec.Decode(one.Type, one.Schema, one.Data)
		if err != nil {
			return nil, fmt.Errorf("read the rules of paying: %w", err)
		}
		policy = policy.evolve(e)
	}
	rules, err := policy.RulesOn(day)
	if err != nil {
		return nil, nil //nolint:nilerr // no rules yet is an answer
	}
	return &PayingRules{PaymentRulesSet: rules, Limits: policy.limitsOn(day, currency)}, nil
}

// limitsOn lists every role that has a dated limit, in the order they were first decided.
func (p PaymentPolicy) limitsOn(day kernel.Date, currency string) []RoleLimit {
	limits := []RoleLimit{}
	seen := map[string]bool{}
	for _, set := range p.Limits {
		if seen[set.Role] {
			continue
		}
		seen[set.Role] = true
		limit, ok := p.limitOfRole(set.Role, day)
		switch {
		case !ok:
		case limit == Unlimited:
			limits = append(limits, RoleLimit{Role: set.Role})
		default:
			limits = append(limits, RoleLimit{Role: set.Role, Limit: &kernel.Money{Amount: limit, Currency: currency}})
		}
	}
	return limits
}

// PayingRules answers the rules of paying of a day, today when left out.
func (q *Query) PayingRules(ctx context.Context, on *kernel.Date) (*PayingRules, error) {
	day := q.Reports.today()
	if on != nil && !on.IsZero() {
		day = *on
	}
	return q.Reports.PayingRules(ctx, q.Officer(ctx), day, "JOD")
}
