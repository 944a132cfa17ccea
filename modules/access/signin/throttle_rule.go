package signin

import "time"

// budget says how failures of one kind slow the next attempt: the first Free cost nothing, each one
// after that doubles the wait from First up to Most, and one failure is forgiven every Forgive.
type budget struct {
	free                 int
	first, most, forgive time.Duration
}

// The budgets. An account met from strange devices takes at most 10 guesses at once and then one a
// minute, from however many networks: 76 in an hour. A device its owner has signed in on has a
// budget of its own, which strangers cannot spend.
var (
	accountBudget = budget{free: 10, first: time.Second, most: time.Minute, forgive: 30 * time.Minute}
	pairBudget    = budget{free: 5, first: time.Second, most: 15 * time.Minute, forgive: 15 * time.Minute}
	networkBudget = budget{free: 50, first: time.Second, most: time.Minute, forgive: 10 * time.Second}
	systemBudget  = budget{free: 500, first: 50 * time.Millisecond, most: 2 * time.Second, forgive: 100 * time.Millisecond}
	deviceBudget  = budget{free: 10, first: time.Second, most: 5 * time.Minute, forgive: 5 * time.Minute}
	codeBudget    = budget{free: 5, first: time.Second, most: 15 * time.Minute, forgive: 30 * time.Minute}
)

// forgetAttempts is when a counter is dropped: every budget has forgiven by then.
const forgetAttempts = 48 * time.Hour

// tally is what is known of one counter.
type tally struct {
	failures  int
	notBefore time.Time
	at        time.Time // of the newest failure that is counted
}

// atOnce bars nothing.
var atOnce = time.Unix(0, 0).UTC()

// wait is how long until the next attempt may be made.
func (t tally) wait(now time.Time) time.Duration {
	if t.notBefore.After(now) {
		return t.notBefore.Sub(now)
	}
	return 0
}

// charge counts one more failure.
func (b budget) charge(t tally, now time.Time) tally {
	if now.Before(t.at) {
		now = t.at
	}
	forgiven := int64(0)
	if t.failures > 0 {
		forgiven = int64(now.Sub(t.at) / b.forgive)
	}
	t.failures = max(0, t.failures-int(min(forgiven, int64(t.failures)))) + 1
	t.at, t.notBefore = now, atOnce // not now: another node's clock may be a little behind
	if over := t.failures - b.free; over > 0 {
		delay := b.most
		if over-1 < 30 {
			delay = min(b.most, b.first<<(over-1))
		}
		t.notBefore = now.Add(delay)
	}
	return t
}

// refund takes the newest charge back: it was a success.
func (b budget) refund(t tally) tally {
	t.failures = max(0, t.failures-1)
	if t.failures <= b.free {
		t.notBefore = atOnce
	}
	return t
}
