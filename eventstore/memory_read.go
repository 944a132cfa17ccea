package eventstore

import (
	"context"
	"crypto/rand"
	"slices"
	"time"
)

func (m *memory) read(_ context.Context, lane Lane, after int64, limit int) ([]Recorded, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	events := m.lanes[lane].events
	if after >= int64(len(events)) {
		return nil, nil
	}
	return slices.Clone(events[after:min(after+int64(limit), int64(len(events)))]), nil
}

func (m *memory) readStream(_ context.Context, lane Lane, id streamID, afterVersion int64) ([]Recorded, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lanes[lane]
	return l.after(l.numbers[id], afterVersion), nil
}

func (m *memory) appendFrames(_ context.Context, raw [][]byte) (first, last int64, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := time.Now().UTC().Truncate(time.Microsecond)
	if n := len(m.frames); n > 0 && m.frames[n-1].RecordedAt.After(at) {
		at = m.frames[n-1].RecordedAt
	}
	first = int64(len(m.frames)) + 1
	for _, b := range raw {
		f := Frame{Position: int64(len(m.frames)) + 1, RecordedAt: at, Raw: slices.Clone(b)}
		if _, err := rand.Read(f.Salt[:]); err != nil {
			return 0, 0, err
		}
		m.frames = append(m.frames, f)
	}
	m.wake(Telemetry)
	return first, int64(len(m.frames)), nil
}

func (m *memory) readFrames(_ context.Context, after int64, limit int) ([]Frame, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if after >= int64(len(m.frames)) {
		return nil, nil
	}
	return slices.Clone(m.frames[after:min(after+int64(limit), int64(len(m.frames)))]), nil
}
