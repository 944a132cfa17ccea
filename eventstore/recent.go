package eventstore

// recentIDs remembers the newest executed commands, so that a repeated click is answered without
// asking the database.
type recentIDs struct {
	rows map[commandKey]commandRow
	ring []commandKey
	next int
}

const recentLength = 1 << 15

func newRecentIDs() recentIDs {
	return recentIDs{rows: make(map[commandKey]commandRow), ring: make([]commandKey, recentLength)}
}

func (c *recentIDs) add(row commandRow) {
	if _, known := c.rows[row.key]; known {
		return
	}
	delete(c.rows, c.ring[c.next])
	c.ring[c.next], c.rows[row.key] = row.key, row
	c.next = (c.next + 1) % len(c.ring)
}

// answerRecent answers commands that are remembered, and sets aside a command whose id stands in
// the batch already: it is decided after that one has its outcome.
func (w *writer) answerRecent(requests []*request) []*request {
	kept := requests[:0:0]
	ids := make(map[commandKey]bool, len(requests))
	for _, r := range requests {
		if row, known := w.recent.rows[r.key()]; known {
			r.replay(row, w.lane, w.epoch)
			continue
		}
		if ids[r.key()] {
			w.waiting = append(w.waiting, r)
			continue
		}
		ids[r.key()] = true
		kept = append(kept, r)
	}
	return kept
}
