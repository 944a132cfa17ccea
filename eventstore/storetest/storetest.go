// Package storetest is the contract of the log: one suite that every store passes.
//
// Run holds a store to it. Machine compares a store with a model that is a Go slice, under commands
// drawn at random. ListAppend judges a concurrent history. The last two report instead of failing,
// so that a test can plant a fault in a store and require that they find it.
package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Log is one log under test. Each Open is another program working on it: a restart, or a second node.
type Log interface {
	Open(categories ...eventstore.Category) (eventstore.Store, error)
}

// Run holds the stores on a fresh log for each part to the whole contract.
func Run(t *testing.T, fresh func(*testing.T) Log) {
	parts := []struct {
		name string
		test func(*testing.T, *bench)
	}{
		{"positions without holes, versions, times and digests", positions},
		{"lanes do not touch each other", lanesApart},
		{"several streams commit together, guards hold", together},
		{"what was passed in comes back", fidelity},
		{"a page ends where it was told to", pages},
		{"an expected version that is not met comes back with what changed", conflict},
		{"a refusal changes nothing", refusal},
		{"a command that is malformed is refused", malformed},
		{"the same command twice is executed once", repeated},
		{"a repeated command answers as the first time, also when it would now be refused", repeatedAfterRestart},
		{"an id stands for one content", reusedID},
		{"many repeat one command at once", repeatedAtOnce},
		{"a closed stream takes no more", closedStream},
		{"a panic hurts only its caller", panicking},
		{"32 callers on one stream", hotStream},
		{"readers who poll see no skip and no hole", pollingReaders},
		{"two nodes and ten lines with room for exactly so many", twoNodes},
		{"a second node sees what the first closed and began", twoNodesStreams},
		{"snapshots are used, and thrown away when the shape changes", snapshotsOfShape},
		{"events of an older shape are lifted", olderShape},
		{"an event nobody can read stops its stream only", unreadable},
		{"a caller who leaves the queue did nothing", leaveQueue},
		{"huge batches", huge},
		{"close finishes what was accepted", closeDrains},
		{"frames", frames},
		{"watch", watch},
		{"watch across nodes", watchAcross},
		{"head, epoch and outcome", outcome},
	}
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) { p.test(t, &bench{t: t, log: fresh(t)}) })
	}
}

// bench is one log and the stores opened on it.
type bench struct {
	t   *testing.T
	log Log
}

func (b *bench) open(categories ...eventstore.Category) eventstore.Store {
	b.t.Helper()
	if len(categories) == 0 {
		categories = Categories()
	}
	s, err := b.log.Open(categories...)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.t.Errorf("close: %v", err)
		}
	})
	return s
}

func (b *bench) ok(s eventstore.Store, cmd eventstore.Command) eventstore.Receipt {
	b.t.Helper()
	r, err := s.Execute(context.Background(), cmd)
	if err != nil {
		b.t.Fatalf("execute: %v", err)
	}
	return r
}

// all reads a lane from its beginning in pages and checks what holds for every log.
func (b *bench) all(s eventstore.Store, lane eventstore.Lane) []eventstore.Recorded {
	b.t.Helper()
	events, err := ReadAll(s, lane, 7)
	if err == nil {
		err = CheckLog(events)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return events
}

// ReadAll reads a lane from its beginning in pages of the given length.
func ReadAll(s eventstore.Store, lane eventstore.Lane, page int) ([]eventstore.Recorded, error) {
	var all []eventstore.Recorded
	for {
		next, err := s.Read(context.Background(), lane, int64(len(all)), page)
		if err != nil || len(next) == 0 {
			return all, err
		}
		all = append(all, next...)
	}
}

// CheckLog tests what holds for every log: positions 1 … n, versions 1 … n in each stream, times
// that never run back, and digests that are those of the columns.
func CheckLog(events []eventstore.Recorded) error {
	versions := map[string]int64{}
	for i := range events {
		e := &events[i]
		if e.Position != int64(i)+1 {
			return fmt.Errorf("position %d comes where %d should", e.Position, i+1)
		}
		name := e.Tenant.String() + e.Stream.String()
		versions[name]++
		if e.Version != versions[name] {
			return fmt.Errorf("position %d: %s has version %d where %d should come", e.Position, e.Stream, e.Version, versions[name])
		}
		if i > 0 && e.RecordedAt.Before(events[i-1].RecordedAt) {
			return fmt.Errorf("position %d was recorded before the position before it", e.Position)
		}
		if digest, _ := eventstore.DigestOf(e, nil); digest != e.Digest {
			return fmt.Errorf("position %d: the digest is not that of the columns", e.Position)
		}
		if e.Salt == [16]byte{} {
			return fmt.Errorf("position %d has no salt", e.Position)
		}
	}
	return nil
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func refuse(code, format string, args ...any) error {
	return kernel.Problem{Code: code, Message: kernel.Text{En: fmt.Sprintf(format, args...)}}
}

func isRefusal(err error, code string) bool {
	p := kernel.ProblemsOf(err)
	return len(p) == 1 && p[0].Code == code
}
