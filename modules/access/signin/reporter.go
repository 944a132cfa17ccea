package signin

import (
	"context"
	"errors"
	"sync"
	"time"
)

// unknownName is under whose name attempts on names that nobody has are recorded.
const unknownName = "unknown"

// reporter counts refused attempts and records them once a minute: an attack is a line a minute in
// the log, however hard it knocks.
type reporter struct {
	house   *House
	mu      sync.Mutex
	waiting map[string]*refusals
}

type refusals struct {
	count    int
	networks map[string]bool
	some     []string
	since    time.Time
	until    time.Time
	slowed   bool
}

// mostNetworks bounds what is remembered of one attack.
const mostNetworks = 20_000

func newReporter(h *House) *reporter { return &reporter{house: h, waiting: map[string]*refusals{}} }

func (r *reporter) refused(name string, from Origin, slowed bool) {
	if _, known := r.house.config.People.Person(name); !known {
		name = unknownName
	}
	now := r.house.clock()
	r.mu.Lock()
	defer r.mu.Unlock()
	w, there := r.waiting[name]
	if !there {
		w = &refusals{networks: map[string]bool{}, since: now}
		r.waiting[name] = w
	}
	w.count++
	w.until = now
	w.slowed = w.slowed || slowed
	if !w.networks[from.Network] && len(w.networks) < mostNetworks {
		w.networks[from.Network] = true
		if len(w.some) < 5 {
			w.some = append(w.some, from.Network)
		}
	}
}

// flush records what was counted. What cannot be recorded is counted on.
func (r *reporter) flush(ctx context.Context) error {
	r.mu.Lock()
	waiting := r.waiting
	r.waiting = map[string]*refusals{}
	r.mu.Unlock()
	var failures []error
	for name, w := range waiting {
		err := r.house.tell(ctx, "system", name, SignInRefused{
			Count: w.count, Networks: len(w.networks), Some: w.some, Since: w.since, Until: w.until, Slowed: w.slowed,
		})
		if err != nil {
			failures = append(failures, err)
			r.back(name, w)
		}
	}
	return errors.Join(failures...)
}

func (r *reporter) back(name string, w *refusals) {
	r.mu.Lock()
	defer r.mu.Unlock()
	newer, there := r.waiting[name]
	if !there {
		r.waiting[name] = w
		return
	}
	newer.count += w.count
	newer.since = w.since
	newer.slowed = newer.slowed || w.slowed
	for network := range w.networks {
		newer.networks[network] = true
	}
}
