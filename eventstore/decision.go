package eventstore

// Decision is what a decider sees and what it records. It lives for one call of Decide.
type Decision struct {
	cells []*cell // one per touch
	out   []pending
}

// pending is one event decided but not yet committed.
type pending struct {
	touch  int
	event  Event
	sealed []byte
	close  bool
}

// State returns the newest state of the i-th touched stream, with what this command has recorded
// so far.
func (d *Decision) State(i int) any { return d.cells[i].state }

// Version returns the version that goes with State; 0 means the stream does not exist yet.
func (d *Decision) Version(i int) int64 { return d.cells[i].version }

// Hide makes the i-th touched stream look as if it had no events, for deciders whose caller may not
// know of it: they then say of it what they say of any stream that is not there. What such a decider
// records into it must not be committed; the caller refuses.
func (d *Decision) Hide(i int) {
	hidden := *d.cells[i]
	hidden.state, hidden.version, hidden.closed = hidden.category.zero, 0, false
	d.cells[i] = &hidden
}

// Recorded tells whether anything was recorded into the i-th touched stream.
func (d *Decision) Recorded(i int) bool {
	for _, p := range d.out {
		if p.touch == i {
			return true
		}
	}
	return false
}

// Record records an event into the i-th touched stream.
func (d *Decision) Record(i int, e Event) { d.record(pending{touch: i, event: e}) }

// RecordSealed records an event together with personal data that was encrypted beforehand by the vault.
func (d *Decision) RecordSealed(i int, e Event, sealed []byte) {
	d.record(pending{touch: i, event: e, sealed: sealed})
}

// RecordLast records an event and closes the stream: it takes no more.
func (d *Decision) RecordLast(i int, e Event) { d.record(pending{touch: i, event: e, close: true}) }

func (d *Decision) record(p pending) {
	c := d.cells[p.touch]
	c.state = c.category.evolve(c.state, p.event)
	c.version++
	c.closed = c.closed || p.close
	d.out = append(d.out, p)
}

// StateOf returns the state of the i-th touched stream as S.
func StateOf[S any](d *Decision, i int) S { return d.State(i).(S) }
