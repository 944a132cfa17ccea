package witness

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"diwan/eventstore/seal/checkpoint"
)

// State remembers the newest signed checkpoint of each origin in one small file. It is on disk,
// flushed, before Advance returns, and one process at a time holds it.
type State struct {
	path   string
	lock   *os.File
	mu     sync.Mutex
	latest map[string]entry
}

type entry struct {
	checkpoint checkpoint.Checkpoint
	signed     []byte
}

// OpenState reads the state kept in a folder, making it when it is new. It refuses a folder that
// another process holds: two witnesses on one memory would be none.
func OpenState(dir string) (*State, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the state: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the state: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		return nil, fmt.Errorf("the state in %s is held by another process: %w", dir, err)
	}
	s := &State{path: filepath.Join(dir, "state.json"), lock: lock}
	if s.latest, err = read(s.path); err != nil {
		lock.Close()
		return nil, err
	}
	return s, nil
}

// PeekState reads the newest signed checkpoints kept in a folder, by origin, without holding it.
func PeekState(dir string) (map[string][]byte, error) {
	latest, err := read(filepath.Join(dir, "state.json"))
	if err != nil {
		return nil, err
	}
	signed := make(map[string][]byte, len(latest))
	for origin, e := range latest {
		signed[origin] = e.signed
	}
	return signed, nil
}

func read(path string) (map[string]entry, error) {
	latest := make(map[string]entry)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return latest, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	var notes []string
	if err := json.Unmarshal(raw, &notes); err != nil {
		return nil, fmt.Errorf("read the state %s: %w", path, err)
	}
	for _, n := range notes {
		c, err := checkpoint.Peek([]byte(n))
		if err != nil {
			return nil, fmt.Errorf("read the state %s: %w", path, err)
		}
		latest[c.Origin] = entry{c, []byte(n)}
	}
	return latest, nil
}

// Latest returns the newest checkpoint of an origin and its signed form, ok=false when none was seen.
func (s *State) Latest(origin string) (c checkpoint.Checkpoint, signed []byte, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.latest[origin]
	return e.checkpoint, e.signed, ok
}

// Advance looks at the newest checkpoint of c's origin, asks allow, and stores signed, in one step:
// no other Advance runs between. Nothing is stored when allow returns an error.
func (s *State) Advance(c checkpoint.Checkpoint, signed []byte, allow func(latest checkpoint.Checkpoint, seen bool) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, seen := s.latest[c.Origin]
	if err := allow(old.checkpoint, seen); err != nil {
		return err
	}
	s.latest[c.Origin] = entry{c, signed}
	if err := s.store(); err != nil {
		// What is on disk is not certain now; the memory goes back, and the next start reads the disk.
		if seen {
			s.latest[c.Origin] = old
		} else {
			delete(s.latest, c.Origin)
		}
		return err
	}
	return nil
}

func (s *State) store() error {
	notes := make([]string, 0, len(s.latest))
	for _, e := range s.latest {
		notes = append(notes, string(e.signed))
	}
	raw, err := json.MarshalIndent(notes, "", " ")
	if err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	return checkpoint.Replace(s.path, 0o600, append(raw, '\n'))
}

// Close lets another process hold the folder.
func (s *State) Close() error { return s.lock.Close() }
