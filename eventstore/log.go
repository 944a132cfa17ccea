package eventstore

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// store is the Store over any backend: one writer for each lane that takes decisions.
type store struct {
	backend
	cats      categories
	writers   map[Lane]*writer
	snapshots *snapshots

	mu   sync.RWMutex // guards shut against the queues
	shut bool
}

func newStore(log backend, all []Category) (*store, error) {
	cats, err := newCategories(all)
	if err != nil {
		return nil, err
	}
	s := &store{backend: log, cats: cats, writers: map[Lane]*writer{}, snapshots: newSnapshots(log)}
	for _, lane := range []Lane{Main, Access} {
		s.writers[lane] = newWriter(lane, log, cats, s.snapshots)
	}
	return s, nil
}

// Execute queues the command for its lane's writer and waits for the answer.
func (s *store) Execute(ctx context.Context, cmd Command) (Receipt, error) {
	w, err := s.writerOf(&cmd)
	if err != nil {
		return Receipt{}, err
	}
	r := &request{ctx: ctx, cmd: &cmd, hash: requestHash(&cmd), answer: make(chan answer, 1)}
	if err := s.enqueue(ctx, w, r); err != nil {
		return Receipt{}, err
	}
	var a answer
	select {
	case a = <-r.answer:
	case <-ctx.Done():
		if r.taken.CompareAndSwap(false, true) {
			return Receipt{}, fmt.Errorf("%w (%w)", ErrBusy, ctx.Err())
		}
		// The writer may be committing it this moment, so whoever leaves now does not know.
		select {
		case a = <-r.answer:
		default:
			return Receipt{}, fmt.Errorf("%w (%w)", ErrUnknown, ctx.Err())
		}
	}
	if a.err != nil {
		return Receipt{}, s.explain(ctx, &cmd, a.err)
	}
	if a.receipt.Replayed {
		return s.withEvents(ctx, a.receipt)
	}
	return a.receipt, nil
}

func (s *store) writerOf(cmd *Command) (*writer, error) {
	if cmd.ID == uuid.Nil || cmd.Decide == nil || len(cmd.Touches) == 0 {
		return nil, errors.New("a command needs an id, a decider and a stream")
	}
	cat, known := s.cats[cmd.Touches[0].Stream.Category]
	if !known {
		return nil, fmt.Errorf("category %q is not registered", cmd.Touches[0].Stream.Category)
	}
	return s.writers[cat.Lane], nil
}

func (s *store) enqueue(ctx context.Context, w *writer, r *request) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.shut {
		return ErrShutDown
	}
	select {
	case w.queue <- r:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w (%w)", ErrBusy, ctx.Err())
	}
}

// explain adds to a conflict what happened since the caller looked.
func (s *store) explain(ctx context.Context, cmd *Command, err error) error {
	var c *Conflict
	if errors.As(err, &c) && c.Changed == nil && c.Expected < c.Actual {
		if changed, readErr := s.ReadStream(ctx, cmd.Tenant, c.Stream, c.Expected); readErr == nil {
			c.Changed = changed
		}
	}
	return err
}

func (s *store) withEvents(ctx context.Context, r Receipt) (Receipt, error) {
	for after := r.First - 1; after < r.Last; {
		page, err := s.read(ctx, r.Lane, after, int(min(r.Last-after, 1000)))
		if err != nil {
			return Receipt{}, fmt.Errorf("read what the command recorded: %w", err)
		}
		if len(page) == 0 {
			return Receipt{}, fmt.Errorf("lane %s ends before position %d of an executed command", r.Lane, r.Last)
		}
		r.Events = append(r.Events, page...)
		after = page[len(page)-1].Position
	}
	return r, nil
}

// Outcome looks a command up by its id.
func (s *store) Outcome(ctx context.Context, lane Lane, tenant, command uuid.UUID) (Receipt, bool, error) {
	key := commandKey{tenant, command}
	rows, err := s.outcomes(ctx, lane, []commandKey{key})
	if err != nil {
		return Receipt{}, false, fmt.Errorf("look up command %s: %w", command, err)
	}
	row, ok := rows[key]
	if !ok {
		return Receipt{}, false, nil
	}
	_, epoch, err := s.head(ctx, lane)
	if err != nil {
		return Receipt{}, false, err
	}
	r, err := s.withEvents(ctx, Receipt{Lane: lane, Epoch: epoch, First: row.first, Last: row.last, Replayed: true})
	return r, err == nil, err
}

// Read returns a page of the lane.
func (s *store) Read(ctx context.Context, lane Lane, after int64, limit int) ([]Recorded, error) {
	return s.read(ctx, lane, after, limit)
}

// ReadStream returns a stream's events after a version.
func (s *store) ReadStream(ctx context.Context, tenant uuid.UUID, stream Stream, afterVersion int64) ([]Recorded, error) {
	cat, known := s.cats[stream.Category]
	if !known {
		return nil, fmt.Errorf("category %q is not registered", stream.Category)
	}
	return s.readStream(ctx, cat.Lane, streamID{tenant, stream}, afterVersion)
}

// Head returns the lane's newest position and epoch.
func (s *store) Head(ctx context.Context, lane Lane) (int64, int32, error) { return s.head(ctx, lane) }

// Watch tells when the lane has grown.
func (s *store) Watch(ctx context.Context, lane Lane) <-chan struct{} { return s.watch(ctx, lane) }

// AppendFrames appends device frames.
func (s *store) AppendFrames(ctx context.Context, raw [][]byte) (first, last int64, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.shut {
		return 0, 0, ErrShutDown
	}
	return s.appendFrames(ctx, raw)
}

// ReadFrames returns a page of device frames.
func (s *store) ReadFrames(ctx context.Context, after int64, limit int) ([]Frame, error) {
	return s.readFrames(ctx, after, limit)
}

// Close finishes what was accepted and releases the backend. A second call does nothing.
func (s *store) Close() error {
	s.mu.Lock()
	if s.shut {
		s.mu.Unlock()
		return nil
	}
	s.shut = true
	for _, w := range s.writers {
		close(w.queue)
	}
	s.mu.Unlock()
	for _, w := range s.writers {
		<-w.done
	}
	s.snapshots.close()
	return s.close()
}

// requestHash covers what was asked and of which streams, in the order given.
func requestHash(cmd *Command) [32]byte {
	b := appendField(nil, cmd.Content)
	b = appendField(b, cmd.Actor)
	b = appendField(b, cmd.OnBehalfOf)
	for _, t := range cmd.Touches {
		b = appendField(b, t.Stream.Category)
		b = appendField(b, t.Stream.Key)
	}
	return sha256.Sum256(slices.Clip(b))
}
