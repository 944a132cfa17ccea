package eventstore

import (
	"context"
	"slices"
	"sync"
	"time"
)

// NewMemory returns a store that forgets everything when the process ends: for tests of deciders
// and as the model PostgreSQL is compared with.
func NewMemory(all ...Category) (Store, error) { return newStore(newMemory(), all) }

// memory is the backend in this process. One mutex is its lane lock.
type memory struct {
	signals
	mu     sync.Mutex
	lanes  map[Lane]*memoryLane
	frames []Frame
}

type memoryLane struct {
	events    []Recorded
	numbers   map[streamID]int64
	streams   map[int64][]int64 // stream number → positions of its events
	closed    map[int64]bool
	commands  map[commandKey]commandRow
	snapshots map[int64]memorySnapshot
}

type memorySnapshot struct {
	shape   string
	version int64
	state   []byte
}

func newMemory() *memory {
	m := &memory{lanes: map[Lane]*memoryLane{}, signals: newSignals()}
	for _, lane := range Lanes {
		m.lanes[lane] = &memoryLane{
			numbers: map[streamID]int64{}, streams: map[int64][]int64{}, closed: map[int64]bool{},
			commands: map[commandKey]commandRow{}, snapshots: map[int64]memorySnapshot{},
		}
	}
	return m
}

func (m *memory) head(_ context.Context, lane Lane) (int64, int32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lane == Telemetry {
		return int64(len(m.frames)), 1, nil
	}
	return int64(len(m.lanes[lane].events)), 1, nil
}

func (m *memory) load(_ context.Context, lane Lane, streams []streamID, cats categories) ([]history, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lanes[lane]
	found := make([]history, len(streams))
	for i, id := range streams {
		no := l.numbers[id]
		h := history{no: no, closed: l.closed[no]}
		if s, ok := l.snapshots[no]; ok && s.shape == cats[id.stream.Category].Snapshot {
			h.snapshot, h.snapshotVersion = s.state, s.version
		}
		h.events = l.after(no, h.snapshotVersion)
		found[i] = h
	}
	return found, nil
}

func (l *memoryLane) after(no, version int64) []Recorded {
	var events []Recorded
	for i, position := range l.streams[no] {
		if int64(i) >= version {
			events = append(events, l.events[position-1])
		}
	}
	return events
}

func (m *memory) commit(_ context.Context, b *batch) (verdict, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.append(b)
}

func (m *memory) commitLocked(_ context.Context, lane Lane, head int64, decide func(moved) (*batch, error)) (verdict, error) {
	m.mu.Lock()
	l := m.lanes[lane]
	seen := moved{head: int64(len(l.events)), events: slices.Clone(l.events[head:])}
	for _, e := range seen.events {
		if id := (streamID{e.Tenant, e.Stream}); l.closed[l.numbers[id]] {
			seen.closed = append(seen.closed, id)
		}
	}
	m.mu.Unlock() // decide may load; append below checks the head again
	b, err := decide(seen)
	if err != nil {
		return verdict{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.append(b)
}

// append is the whole of a commit. It wakes the readers before the lock is given back.
func (m *memory) append(b *batch) (verdict, error) {
	l := m.lanes[b.lane]
	v := verdict{head: int64(len(l.events)), at: time.Now().UTC().Truncate(time.Microsecond)}
	if v.head != b.head {
		v.moved = true
		return v, nil
	}
	for _, c := range b.commands {
		if _, executed := l.commands[c.key]; executed {
			return verdict{}, errDuplicate
		}
	}
	if v.head > 0 && l.events[v.head-1].RecordedAt.After(v.at) {
		v.at = l.events[v.head-1].RecordedAt
	}
	for _, s := range b.streams {
		l.numbers[s.id] = s.no
	}
	for i, e := range b.events {
		e.RecordedAt = v.at
		l.events = append(l.events, e)
		l.streams[b.numbers[i]] = append(l.streams[b.numbers[i]], e.Position)
	}
	for _, no := range b.closed {
		l.closed[no] = true
	}
	for _, c := range b.commands {
		l.commands[c.key] = c
	}
	for _, key := range b.ask {
		if row, executed := l.commands[key]; executed {
			v.seen = append(v.seen, row)
		}
	}
	v.head = int64(len(l.events))
	if len(b.events) > 0 {
		m.wake(b.lane)
	}
	return v, nil
}

func (m *memory) outcomes(_ context.Context, lane Lane, ids []commandKey) (map[commandKey]commandRow, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[commandKey]commandRow{}
	for _, id := range ids {
		if row, ok := m.lanes[lane].commands[id]; ok {
			found[id] = row
		}
	}
	return found, nil
}

func (m *memory) recover(context.Context, Lane) error { return nil }

func (m *memory) saveSnapshot(_ context.Context, lane Lane, no int64, shape string, version int64, state []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lanes[lane].snapshots[no] = memorySnapshot{shape, version, state}
	return nil
}

func (m *memory) close() error { return nil }
