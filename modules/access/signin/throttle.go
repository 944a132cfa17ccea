package signin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// throttle counts failures in the database, so that all nodes share them, and remembers on this node
// what is barred until when: a flood of refused attempts costs no database.
type throttle struct {
	clock  func() time.Time
	mu     sync.Mutex
	barred map[[32]byte]time.Time
}

// counter is one of the counters an attempt is charged to.
type counter struct {
	key    [32]byte
	budget budget
}

func counterOf(b budget, kind string, parts ...string) counter {
	h := sha256.New()
	h.Write([]byte(kind))
	for _, p := range parts {
		h.Write([]byte{0})
		h.Write([]byte(p))
	}
	c := counter{budget: b}
	h.Sum(c.key[:0])
	return c
}

func newThrottle(clock func() time.Time) *throttle {
	return &throttle{clock: clock, barred: map[[32]byte]time.Time{}}
}

// countersOf are those an attempt of kind ("password", "code") on a name is charged to. A device its
// owner is known on is charged alone; everybody else to the account, the network, both together, and
// the whole system.
func countersOf(kind string, whole budget, name string, from Origin) []counter {
	if from.Known(name) {
		return []counter{counterOf(deviceBudget, kind+" device", name, from.device.ID)}
	}
	network := from.Network
	return []counter{
		counterOf(whole, kind+" account", name),
		counterOf(pairBudget, kind+" pair", name, network),
		counterOf(networkBudget, "network", network),
		counterOf(systemBudget, "system"),
	}
}

// admit charges an attempt before it is made, so that a thousand at once are not all let in. The
// wait is over 0 when it may not be made; then nothing was charged.
func (t *throttle) admit(ctx context.Context, h *House, counters []counter) (wait time.Duration, err error) {
	now := t.clock()
	if wait := t.known(counters, now); wait > 0 {
		return wait, nil
	}
	err = h.write(ctx, func(tx pgx.Tx) error {
		wait = 0
		tallies, err := locked(ctx, tx, counters, now)
		if err != nil {
			return err
		}
		for _, c := range counters {
			if w := tallies[c.key].wait(now); w > 0 {
				t.bar(c.key, now.Add(w), now)
				wait = max(wait, w)
			}
		}
		if wait > 0 {
			return nil
		}
		return keep(ctx, tx, counters, func(c counter) tally { return c.budget.charge(tallies[c.key], now) })
	})
	return wait, err
}

// succeeded takes the charge of an attempt back.
func (t *throttle) succeeded(ctx context.Context, tx pgx.Tx, counters []counter) error {
	tallies, err := locked(ctx, tx, counters, t.clock())
	if err != nil {
		return err
	}
	return keep(ctx, tx, counters, func(c counter) tally { return c.budget.refund(tallies[c.key]) })
}

// locked reads the counters, in one order for everybody.
func locked(ctx context.Context, tx pgx.Tx, counters []counter, now time.Time) (map[[32]byte]tally, error) {
	slices.SortFunc(counters, func(a, b counter) int { return bytes.Compare(a.key[:], b.key[:]) })
	keys := make([][]byte, len(counters))
	for i := range counters {
		keys[i] = counters[i].key[:]
	}
	// A counter that is new is made first, so that two attempts at once meet on its lock.
	if _, err := tx.Exec(ctx, `insert into signin.attempt (key, failures, not_before, at) select k, 0, $3, $2 from unnest($1::bytea[]) k
		order by k on conflict do nothing`, keys, now, atOnce); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `select key, failures, not_before, at from signin.attempt where key = any($1) order by key for update`, keys)
	if err != nil {
		return nil, err
	}
	all := make(map[[32]byte]tally, len(counters))
	var key []byte
	var one tally
	_, err = pgx.ForEachRow(rows, []any{&key, &one.failures, &one.notBefore, &one.at}, func() error {
		all[[32]byte(key)] = one
		return nil
	})
	return all, err
}

func keep(ctx context.Context, tx pgx.Tx, counters []counter, next func(counter) tally) error {
	batch := &pgx.Batch{}
	for _, c := range counters {
		n := next(c)
		batch.Queue(`update signin.attempt set failures = $2, not_before = $3, at = $4 where key = $1`, c.key[:], n.failures, n.notBefore, n.at)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// known is the longest wait this node already knows of.
func (t *throttle) known(counters []counter, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range counters {
		if until, barred := t.barred[c.key]; barred {
			wait = max(wait, until.Sub(now))
		}
	}
	return wait
}

func (t *throttle) bar(key [32]byte, until, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.barred) > 100_000 { // far more than a flood needs to be held; the database still knows
		for k, over := range t.barred {
			if !over.After(now) {
				delete(t.barred, k)
			}
		}
		if len(t.barred) > 100_000 {
			return
		}
	}
	t.barred[key] = until
}
