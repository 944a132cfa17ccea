package eventstore

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
)

// backend is where a lane's rows live: PostgreSQL or memory. The writer above it is the same for
// both. Errors that a backend can name are errDuplicate and *definite; any other error from commit
// or commitLocked means that the outcome is not known.
type backend interface {
	// head returns the lane's newest position and epoch.
	head(ctx context.Context, lane Lane) (position int64, epoch int32, err error)

	// load returns the durable history of streams, in the order asked. It takes no lock, so it may
	// already show events after the writer's head.
	load(ctx context.Context, lane Lane, streams []streamID, cats categories) ([]history, error)

	// commit appends b if the lane's head is still b.head, durably and all or nothing. When the head
	// has moved it writes nothing and says so in the verdict.
	commit(ctx context.Context, b *batch) (verdict, error)

	// commitLocked takes the lane's lock, reads what was appended after head, lets decide build the
	// batch on it, and appends it under the same lock. decide may call load. An error of decide is
	// returned as it is, with nothing written.
	commitLocked(ctx context.Context, lane Lane, head int64, decide func(moved) (*batch, error)) (verdict, error)

	// outcomes finds the rows of commands that were executed, by id.
	outcomes(ctx context.Context, lane Lane, ids []commandKey) (map[commandKey]commandRow, error)

	// recover is called after an unknown outcome in a lane: it returns once a connection stands again
	// and nothing sent before can still commit.
	recover(ctx context.Context, lane Lane) error

	// saveSnapshot keeps a state as a cache; losing it loses nothing.
	saveSnapshot(ctx context.Context, lane Lane, no int64, shape string, version int64, state []byte) error

	read(ctx context.Context, lane Lane, after int64, limit int) ([]Recorded, error)
	readStream(ctx context.Context, lane Lane, id streamID, afterVersion int64) ([]Recorded, error)
	appendFrames(ctx context.Context, raw [][]byte) (first, last int64, err error)
	readFrames(ctx context.Context, after int64, limit int) ([]Frame, error)
	watch(ctx context.Context, lane Lane) <-chan struct{}
	close() error
}

// errDuplicate: a command id of the batch had been executed before; nothing was written.
var errDuplicate = errors.New("a command of this batch was executed before")

// definite is an error of the database after which it is certain that nothing was written.
type definite struct{ err error }

func (d *definite) Error() string { return d.err.Error() }
func (d *definite) Unwrap() error { return d.err }

// unsent is an error that came before anything was sent to be committed.
type unsent struct{ err error }

func (u *unsent) Error() string { return u.err.Error() }
func (u *unsent) Unwrap() error { return u.err }

// streamID is a stream inside its tenant.
type streamID struct {
	tenant uuid.UUID
	stream Stream
}

// commandKey is a command's id inside its tenant.
type commandKey struct{ tenant, id uuid.UUID }

// commandRow is what the log remembers of an executed command.
type commandRow struct {
	key         commandKey
	request     [32]byte // hash of the command's content
	first, last int64
}

// history is a stream as it was loaded: a snapshot, when there is one of the right shape, and the
// events after it.
type history struct {
	no              int64 // 0 = the stream does not exist
	closed          bool
	snapshot        []byte
	snapshotVersion int64
	events          []Recorded
}

// newStream is a stream whose first event is in the batch; its number is that event's position.
type newStream struct {
	id streamID
	no int64
}

// batch is what one commit appends: events at head+1, head+2, …, all in this order.
type batch struct {
	lane     Lane
	head     int64
	events   []Recorded
	numbers  []int64 // stream number of each event
	streams  []newStream
	closed   []int64 // numbers of streams that take no more events
	commands []commandRow
	ask      []commandKey // refused commands: had they been executed before?
}

// verdict is what the commit found.
type verdict struct {
	moved bool  // the head was not batch.head; nothing was written
	head  int64 // the head after the call
	at    time.Time
	seen  []commandRow // those of batch.ask that were executed before
}

// moved is what other nodes appended after the writer's head.
type moved struct {
	head   int64      // the lane's head now
	reset  bool       // more than is worth replaying: the writer forgets its cache instead
	events []Recorded // in order, unless reset
	closed []streamID // streams among them that take no more events
}
