package signin

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Policy is what the house asks of sign-ins from a day on.
type Policy struct {
	From kernel.Date `json:"from"`
	// Approvals are the acts that need a session stepped up shortly before.
	Approvals []string `json:"approvals"`
	// SecondFactor asks a second factor or a passkey of whoever approves; without it, people who
	// have none type their password again.
	SecondFactor    bool `json:"second_factor"`
	StepUpMinutes   int  `json:"step_up_minutes"`
	IdleMinutes     int  `json:"idle_minutes"`
	AbsoluteMinutes int  `json:"absolute_minutes"`
}

// HousePolicy holds where nothing was set: half an hour without a request, twelve hours at most, a
// quarter of an hour for approvals.
func HousePolicy() Policy {
	return Policy{
		Approvals: []string{
			"finance.bank.approve_reconciliation", "finance.budget.enact", "finance.journal.post", "finance.journal.reverse", "finance.order.certify", "finance.payee.approve_bank",
			"finance.period.reopen", "finance.virement.approve", "finance.voucher.approve", "finance.voucher.approve_above",
			"finance.voucher.pay", "finance.voucher.reverse",
			"finance.year.close", "finance.year.provisional", "finance.year.sign",
		},
		SecondFactor: true, StepUpMinutes: 15, IdleMinutes: 30, AbsoluteMinutes: 12 * 60,
	}
}

func (p Policy) stepUp() time.Duration   { return time.Duration(p.StepUpMinutes) * time.Minute }
func (p Policy) idle() time.Duration     { return time.Duration(p.IdleMinutes) * time.Minute }
func (p Policy) absolute() time.Duration { return time.Duration(p.AbsoluteMinutes) * time.Minute }

// Approval tells whether an act is an approval: every permission that opens it is one. An act that a
// clerk may also do, such as returning a voucher, is none.
func (p Policy) Approval(permissions []string) bool {
	for _, one := range permissions {
		if !slices.Contains(p.Approvals, one) {
			return false
		}
	}
	return len(permissions) > 0
}

// check refuses figures that protect nobody or let nobody work.
func (p Policy) check() error {
	bad := func(path string, ar, en string) error {
		return kernel.Problem{Code: "signin.policy", Path: path, Message: kernel.Text{Ar: ar, En: en}}
	}
	switch {
	case p.From.IsZero():
		return bad("from", "تاريخ السريان ناقص.", "The day it begins is missing.")
	case p.StepUpMinutes < 1 || p.StepUpMinutes > 60:
		return bad("step_up_minutes", "مدة التأكيد من دقيقة إلى 60 دقيقة.", "Step-up holds for 1 to 60 minutes.")
	case p.IdleMinutes < 1 || p.IdleMinutes > 120:
		return bad("idle_minutes", "مدة السكون من دقيقة إلى 120 دقيقة.", "Idle time is 1 to 120 minutes.")
	case p.AbsoluteMinutes < p.IdleMinutes || p.AbsoluteMinutes > 24*60:
		return bad("absolute_minutes", "أطول جلسة بين مدة السكون و1440 دقيقة.", "The longest session is between idle time and 1,440 minutes.")
	}
	return nil
}

// policies keeps what was set, read from the log at most every three seconds.
type policies struct {
	house *House
	mu    sync.Mutex
	all   []Policy
	seen  int64 // version of the stream
	read  time.Time
}

func policyStream() eventstore.Stream {
	return eventstore.Stream{Category: "signin.policy", Key: "house"}
}

// Policy is the policy of today.
func (h *House) Policy(ctx context.Context) (Policy, error) {
	all, err := h.Policies(ctx)
	if err != nil {
		return Policy{}, err
	}
	today := kernel.DateOf(h.clock().In(h.config.Zone))
	in := HousePolicy()
	for _, p := range all { // what was set later wins on the same day
		if !today.Before(p.From) && !p.From.Before(in.From) {
			in = p
		}
	}
	return in, nil
}

// Policies lists all that were set, in the order they were.
func (h *House) Policies(ctx context.Context) ([]Policy, error) {
	p, now := h.policies, h.clock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.read.IsZero() && now.Sub(p.read) < freshFor {
		return p.all, nil
	}
	events, err := h.config.Log.ReadStream(ctx, h.config.Tenant, policyStream(), p.seen)
	if err != nil {
		return nil, fmt.Errorf("read the policy of sign-in: %w", err)
	}
	all := slices.Clone(p.all)
	for _, e := range events {
		var set PolicySet
		if err := json.Unmarshal(e.Data, &set); err != nil {
			return nil, fmt.Errorf("read the policy of sign-in: %w", err)
		}
		all = append(all, set.Policy)
		p.seen = e.Version
	}
	p.all, p.read = all, now
	return all, nil
}

// SetPolicy decides what holds from a day on. A past day is refused: what was asked of people then
// is history.
func (h *House) SetPolicy(ctx context.Context, by string, id uuid.UUID, set Policy) error {
	if err := set.check(); err != nil {
		return err
	}
	if today := kernel.DateOf(h.clock().In(h.config.Zone)); set.From.Before(today) {
		return kernel.Problem{Code: "signin.policy", Path: "from", Message: kernel.Text{
			Ar: "يبدأ السريان من اليوم أو بعده.", En: "It begins today or later.",
		}}
	}
	slices.Sort(set.Approvals)
	set.Approvals = slices.Compact(set.Approvals)
	err := h.record(ctx, by, id, policyStream(), PolicySet{set})
	h.policies.mu.Lock()
	h.policies.read = time.Time{}
	h.policies.mu.Unlock()
	return err
}
