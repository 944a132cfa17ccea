// Package eventstore keeps the log that everything else in Diwan stands on.
//
// Three things to know. A lane is a log of its own: positions 1, 2, 3 … without holes, in commit
// order. A command is decided inside the commit: one writer per lane gathers what waits, runs the
// pure deciders one after another on newest state, and appends all their events at once, so two
// officers can never both spend the last dinar. Success is answered only after the commit is
// durable; an outcome nobody knows is settled by the command's id.
package eventstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Lane is one log. Lanes do not wait for each other.
type Lane int16

// The lanes of Diwan.
const (
	Main      Lane = 1 // decisions
	Telemetry Lane = 2 // device frames, raw as they came (see Frame)
	Access    Lane = 3 // who read what, for which purpose
)

// Lanes lists all lanes in order.
var Lanes = []Lane{Main, Telemetry, Access}

// String is the lane's name in tokens, proofs and checkpoints.
func (l Lane) String() string {
	switch l {
	case Main:
		return "main"
	case Telemetry:
		return "telemetry"
	case Access:
		return "access"
	}
	return fmt.Sprintf("lane%d", int16(l))
}

// Stream names the history of one aggregate, such as one budget line of one year.
type Stream struct {
	Category string // "finance.budget", registered with the store
	Key      string // "2026/01-2501-4401-001-221105-001"
}

// String joins category and key.
func (s Stream) String() string { return s.Category + "/" + s.Key }

// Event is a fact a decider records. EventType is its stored name, chosen by hand and never
// renamed: "finance.commitment_recorded".
type Event interface{ EventType() string }

// Recorded is one event as it stands in the log.
type Recorded struct {
	Lane       Lane
	Position   int64
	Stream     Stream
	Version    int64 // 1, 2, 3 … within the stream
	Tenant     uuid.UUID
	Type       string
	Schema     int16 // version of the payload's shape as written
	Command    uuid.UUID
	Actor      string
	OnBehalfOf string // the principal when Actor acts under a delegation, else empty
	RecordedAt time.Time
	Data       []byte // JSON, the exact bytes that are hashed
	Sealed     []byte // personal data, encrypted with the person's key; nil when none
	Salt       [16]byte
	Digest     [32]byte // hash of all the above but RecordedAt, see leaf.go
}

// Frame is one device message of the telemetry lane.
type Frame struct {
	Position   int64
	RecordedAt time.Time
	Raw        []byte
	Salt       [16]byte
}

// AnyVersion as Touch.Expected accepts whatever version the stream has.
const AnyVersion int64 = -1

// Touch is a stream a command reads, and may record into. A stream that is only read is a guard:
// the decision holds exactly for the version it saw.
type Touch struct {
	Stream   Stream
	Expected int64 // version seen by an older screen, or AnyVersion; 0 = must be new
}

// Command asks for a change.
type Command struct {
	ID         uuid.UUID // v7 from people, v5 from process managers; the same id is executed once
	Tenant     uuid.UUID
	Actor      string
	OnBehalfOf string
	Content    []byte // what is asked, canonically; the same ID with other Content is refused
	Touches    []Touch
	// Decide is pure: it reads states from the Decision, records events into it, or returns the
	// refusal (a kernel.Problem). It may run more than once and must not wait, or keep d.
	Decide func(d *Decision) error
}

// Receipt is the durable answer to a command. A command that recorded nothing has First 0 and
// Last the head it was decided on.
type Receipt struct {
	Lane        Lane
	Epoch       int32
	First, Last int64
	Replayed    bool       // the command had been executed before
	Events      []Recorded // what the command recorded, also when replayed
}

// Store is the log. PostgreSQL and memory hold to one contract, see storetest.
type Store interface {
	// Execute decides cmd and commits its events. Errors: the decider's own refusal;
	// *Conflict when an expected version is not met; ErrReusedID; ErrStreamClosed; ErrBusy when
	// the queue did not move before ctx ended and nothing was done; ErrUnknown when the
	// outcome must be asked again by the same ID.
	Execute(ctx context.Context, cmd Command) (Receipt, error)

	// Outcome tells what became of a command: its receipt, or ok=false when it was never executed.
	Outcome(ctx context.Context, lane Lane, tenant, command uuid.UUID) (r Receipt, ok bool, err error)

	// Read returns up to limit events after a position, in order; fewer only at the head.
	Read(ctx context.Context, lane Lane, after int64, limit int) ([]Recorded, error)

	// ReadStream returns a stream's events after a version, in order.
	ReadStream(ctx context.Context, tenant uuid.UUID, stream Stream, afterVersion int64) ([]Recorded, error)

	// Head returns the lane's newest position (0 when empty) and its epoch.
	Head(ctx context.Context, lane Lane) (position int64, epoch int32, err error)

	// Watch returns a channel that receives, coalesced, after the lane has grown, in this process
	// or another (there within a second). It is closed when ctx ends.
	Watch(ctx context.Context, lane Lane) <-chan struct{}

	// AppendFrames appends raw device frames to the telemetry lane in one durable commit.
	AppendFrames(ctx context.Context, raw [][]byte) (first, last int64, err error)

	// ReadFrames returns up to limit frames after a position, in order.
	ReadFrames(ctx context.Context, after int64, limit int) ([]Frame, error)

	// Close stops accepting, finishes what was accepted and releases everything.
	Close() error
}

// Failures that are not refusals of the business.
var (
	// ErrBusy: the queue is full or did not move in time; nothing was done.
	ErrBusy = errors.New("the log is busy: nothing was done, try again")
	// ErrUnknown: the connection broke around the commit; the same id gives the definite answer.
	ErrUnknown = errors.New("the outcome is not known yet: ask again with the same command id")
	// ErrReusedID: the id was used for a command with other content.
	ErrReusedID = errors.New("this command id was used for another command")
	// ErrStreamClosed: the stream takes no more events.
	ErrStreamClosed = errors.New("the stream is closed")
	// ErrShutDown: the store no longer accepts commands.
	ErrShutDown = errors.New("the store is shut down")
)

// Conflict says that a stream has moved since the caller looked, and what happened meanwhile.
type Conflict struct {
	Stream           Stream
	Expected, Actual int64
	Changed          []Recorded // the events after Expected
}

// Error names the stream and both versions.
func (c *Conflict) Error() string {
	return fmt.Sprintf("%s has moved from version %d to %d", c.Stream, c.Expected, c.Actual)
}
