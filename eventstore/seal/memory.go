package seal

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
)

// Memory is the book beside a memory store.
type Memory struct {
	log    eventstore.Store
	mu     sync.Mutex
	hashes map[eventstore.Lane][]tlog.Hash
	signed map[eventstore.Lane][]Signed
}

// NewMemory opens an empty book beside a store.
func NewMemory(log eventstore.Store) *Memory {
	return &Memory{log: log, hashes: map[eventstore.Lane][]tlog.Hash{}, signed: map[eventstore.Lane][]Signed{}}
}

// Head is the store's.
func (m *Memory) Head(ctx context.Context, lane eventstore.Lane) (int64, int32, error) {
	return m.log.Head(ctx, lane)
}

// Watch is the store's.
func (m *Memory) Watch(ctx context.Context, lane eventstore.Lane) <-chan struct{} {
	return m.log.Watch(ctx, lane)
}

// Leaves returns what the tree hashes.
func (m *Memory) Leaves(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]Leaf, error) {
	entries, err := m.Entries(ctx, lane, after, limit)
	leaves := make([]Leaf, len(entries))
	for i := range entries {
		e := &entries[i]
		leaves[i] = Leaf{e.Position, e.Digest, e.RecordedAt}
		if lane == eventstore.Telemetry {
			leaves[i].Digest, _ = DigestOf(e, nil)
		}
	}
	return leaves, err
}

// Entries returns whole entries.
func (m *Memory) Entries(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]eventstore.Recorded, error) {
	if lane != eventstore.Telemetry {
		return m.log.Read(ctx, lane, after, limit)
	}
	frames, err := m.log.ReadFrames(ctx, after, limit)
	entries := make([]eventstore.Recorded, len(frames))
	for i, f := range frames {
		entries[i] = eventstore.Recorded{Lane: lane, Position: f.Position, RecordedAt: f.RecordedAt, Data: f.Raw, Salt: f.Salt}
	}
	return entries, err
}

// VersionHole folds the lane.
func (m *Memory) VersionHole(ctx context.Context, lane eventstore.Lane) (int64, string, error) {
	entries, err := m.Entries(ctx, lane, 0, 1<<30)
	versions := make(map[string]int64)
	for _, e := range entries {
		stream := e.Tenant.String() + e.Stream.String()
		if e.Version != versions[stream]+1 && lane != eventstore.Telemetry {
			return e.Position, fmt.Sprintf("%s goes from version %d to %d", e.Stream, versions[stream], e.Version), err
		}
		versions[stream] = e.Version
	}
	return 0, "", err
}

// Stored counts the kept hashes.
func (m *Memory) Stored(_ context.Context, lane eventstore.Lane) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return int64(len(m.hashes[lane])), nil
}

// Hashes returns kept hashes by index.
func (m *Memory) Hashes(_ context.Context, lane eventstore.Lane, indexes []int64) ([]tlog.Hash, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < int64(len(m.hashes[lane])) {
			found[i] = m.hashes[lane][index]
		}
	}
	return found, nil
}

// HashRun returns kept hashes in order.
func (m *Memory) HashRun(_ context.Context, lane eventstore.Lane, from int64, limit int) ([]tlog.Hash, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.hashes[lane]
	from = min(from, int64(len(all)))
	return slices.Clone(all[from:min(from+int64(limit), int64(len(all)))]), nil
}

// AppendHashes keeps hashes if first is where the book ends.
func (m *Memory) AppendHashes(_ context.Context, lane eventstore.Lane, first int64, hashes []tlog.Hash) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if first != int64(len(m.hashes[lane])) {
		return false, nil
	}
	m.hashes[lane] = append(m.hashes[lane], hashes...)
	return true, nil
}

// AddCheckpoint keeps a checkpoint.
func (m *Memory) AddCheckpoint(_ context.Context, lane eventstore.Lane, epoch int32, size int64, signed []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.signed[lane], func(s Signed) bool { return s.Epoch == epoch && s.Size == size }) {
		return nil
	}
	m.signed[lane] = append(m.signed[lane], Signed{Epoch: epoch, Size: size, Note: slices.Clone(signed)})
	slices.SortFunc(m.signed[lane], func(a, b Signed) int {
		if a.Size != b.Size {
			return int(a.Size - b.Size)
		}
		return int(a.Epoch - b.Epoch)
	})
	return nil
}

// AddCosignature keeps a cosignature.
func (m *Memory) AddCosignature(_ context.Context, lane eventstore.Lane, epoch int32, size int64, _, line string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.signed[lane] {
		s := &m.signed[lane][i]
		if s.Epoch == epoch && s.Size == size && !slices.Contains(s.Cosignatures, line) {
			s.Cosignatures = append(slices.Clone(s.Cosignatures), line)
		}
	}
	return nil
}

// Checkpoints returns kept checkpoints in order.
func (m *Memory) Checkpoints(_ context.Context, lane eventstore.Lane, afterSize int64, afterEpoch int32, limit int) ([]Signed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var page []Signed
	for _, s := range m.signed[lane] {
		if len(page) < limit && (s.Size > afterSize || s.Size == afterSize && s.Epoch > afterEpoch) {
			page = append(page, s)
		}
	}
	return page, nil
}

// Newest returns the largest checkpoint.
func (m *Memory) Newest(_ context.Context, lane eventstore.Lane, cosigned bool) (Signed, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range slices.Backward(m.signed[lane]) {
		if !cosigned || len(s.Cosignatures) > 0 {
			return s, true, nil
		}
	}
	return Signed{}, false, nil
}

// Epochs is empty: a memory store is never restored.
func (m *Memory) Epochs(context.Context, eventstore.Lane) ([]Epoch, error) { return nil, nil }

// StateEpoch has nothing to keep: a memory store is never restored.
func (m *Memory) StateEpoch(_ context.Context, lane eventstore.Lane, epoch int32, _ []byte) error {
	return fmt.Errorf("lane %s has no epoch %d in memory", lane, epoch)
}
