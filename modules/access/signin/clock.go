package signin

import (
	"sync"
	"time"
)

// newestTime remembers the newest moment it was shown.
type newestTime struct {
	mu sync.Mutex
	at time.Time
}

// of returns t, or the newest moment seen when that is later. It comes back in whole microseconds,
// as the database keeps it.
func (n *newestTime) of(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Microsecond)
	n.mu.Lock()
	defer n.mu.Unlock()
	if t.After(n.at) {
		n.at = t
	}
	return n.at
}
