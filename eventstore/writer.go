package eventstore

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"diwan/faultpoint"
)

// Bounds of one batch. A batch that grows further makes its callers wait longer without making
// the commit cheaper.
const (
	maxBatchCommands = 512
	maxBatchEvents   = 1024
	settleFor        = 200 * time.Microsecond // how long callers may settle before a batch closes
	settleYields     = 3                      // yields in a row that bring nobody new
	lockedAfterMove  = 16                     // batches decided under the lock after another node wrote
	queueLength      = 4096
	commitPatience   = 10 * time.Second // a line on which no answer arrives for so long is given up
	recoverPatience  = 5 * time.Second
)

// writer is the one appender of a lane in this process. It gathers the commands that wait, decides
// them one after another on newest state, commits all their events in one call and answers.
type writer struct {
	lane  Lane
	log   backend
	cats  categories
	queue chan *request
	done  chan struct{} // closed when the loop has ended

	// Owned by the loop.
	cells      map[streamID]*cell
	head       int64
	epoch      int32
	known      bool // head and epoch have been read
	lockedLeft int
	recent     recentIDs
	snapshots  *snapshots
	waiting    []*request // same id as one in the batch: decided after it
	random     io.Reader
	scratch    []byte
	undos      []undo
	stamp      int64
}

// request is a command on its way through the writer.
type request struct {
	ctx    context.Context
	cmd    *Command
	hash   [32]byte
	taken  atomic.Bool // by the writer, or by the caller who leaves: who is first decides
	mine   bool        // taken by the writer
	sent   bool        // part of a commit whose outcome was not known
	answer chan answer
}

type answer struct {
	receipt Receipt
	err     error
}

func newWriter(lane Lane, log backend, cats categories, snaps *snapshots) *writer {
	w := &writer{
		lane: lane, log: log, cats: cats,
		queue: make(chan *request, queueLength), done: make(chan struct{}),
		cells: map[streamID]*cell{}, recent: newRecentIDs(), snapshots: snaps,
		random: bufio.NewReaderSize(rand.Reader, 8192),
	}
	go w.run()
	return w
}

// run serves batches until the queue is closed and empty.
func (w *writer) run() {
	defer close(w.done)
	for {
		requests, open := w.gather()
		if len(requests) > 0 {
			w.serve(requests)
			w.trim()
		}
		if !open && len(w.waiting) == 0 {
			return
		}
	}
}

// gather waits for a first command, lets the other callers settle, and returns the batch. Without
// settling, callers split into camps that take turns and each commit carries only half of them.
func (w *writer) gather() (requests []*request, open bool) {
	requests, w.waiting = w.waiting, nil
	events := 0
	if len(requests) == 0 {
		r, ok := <-w.queue
		if !ok {
			return nil, false
		}
		requests = append(requests, r)
	}
	quiet, deadline := 0, time.Now().Add(settleFor)
	for len(requests) < maxBatchCommands && events < maxBatchEvents {
		select {
		case r, ok := <-w.queue:
			if !ok {
				return requests, false
			}
			requests = append(requests, r)
			events += len(r.cmd.Touches)
			quiet = 0
		default:
			if quiet == settleYields || time.Now().After(deadline) {
				return requests, true
			}
			quiet++
			runtime.Gosched()
		}
	}
	return requests, true
}

// serve decides and commits one requests until everybody in it has an answer.
func (w *writer) serve(requests []*request) {
	ctx := context.Background() // a caller who leaves does not take the others' commit along
	for wait := time.Millisecond; ; wait = min(2*wait, time.Second) {
		requests = w.dropExpired(requests)
		if len(requests) == 0 {
			return
		}
		limited, cancel := context.WithTimeout(ctx, commitPatience)
		rest, err := w.attempt(limited, requests)
		cancel()
		if err == nil {
			if requests = rest; len(requests) == 0 {
				return
			}
			wait = time.Millisecond
			continue
		}
		var d *definite
		if errors.As(err, &d) {
			w.separate(ctx, requests, d)
			return
		}
		// Nobody knows what became of the commit. Forget what was assumed, wait for a connection
		// behind which nothing can still arrive, and settle every command by its id.
		var early *unsent
		for _, r := range requests {
			r.sent = r.sent || !errors.As(err, &early)
		}
		clear(w.cells)
		w.known, w.lockedLeft = false, lockedAfterMove
		limited, cancel = context.WithTimeout(ctx, recoverPatience)
		if w.log.recover(limited, w.lane) != nil {
			sleep(limited, wait)
		}
		cancel()
	}
}

// separate commits the commands of a failed requests one by one, so that the one which the database
// refuses does not take the others along.
func (w *writer) separate(ctx context.Context, requests []*request, refusal *definite) {
	if len(requests) == 1 {
		requests[0].finish(Receipt{}, refusal.err)
		return
	}
	for _, r := range requests {
		w.serve([]*request{r})
	}
}

// dropExpired answers the callers whose time is over, and drops those who have left.
func (w *writer) dropExpired(requests []*request) []*request {
	kept := requests[:0]
	for _, r := range requests {
		if !r.mine && !r.taken.CompareAndSwap(false, true) {
			continue
		}
		r.mine = true
		if r.ctx.Err() == nil {
			kept = append(kept, r)
			continue
		}
		if r.sent {
			r.finish(Receipt{}, fmt.Errorf("%w (%w)", ErrUnknown, r.ctx.Err()))
		} else {
			r.finish(Receipt{}, fmt.Errorf("%w (%w)", ErrBusy, r.ctx.Err()))
		}
	}
	return kept
}

// attempt decides the requests and commits it once. It returns the requests that must be decided
// again; every other one has been answered.
func (w *writer) attempt(ctx context.Context, requests []*request) (rest []*request, err error) {
	if !w.known {
		if w.head, w.epoch, err = w.log.head(ctx, w.lane); err != nil {
			return nil, &unsent{err}
		}
		w.known = true
	}
	if requests = w.answerRecent(requests); len(requests) == 0 {
		return nil, nil
	}
	var p *plan
	var v verdict
	if w.lockedLeft > 0 {
		w.lockedLeft--
		v, err = w.log.commitLocked(ctx, w.lane, w.head, func(m moved) (*batch, error) {
			faultpoint.Reached(faultpoint.WriterAfterLock)
			w.catchUp(m)
			if err := w.fill(ctx, requests); err != nil {
				return nil, err
			}
			p = w.plan(requests)
			faultpoint.Reached(faultpoint.WriterBeforeCommit)
			return &p.batch, nil
		})
	} else {
		if err = w.fill(ctx, requests); err != nil {
			return nil, &unsent{err}
		}
		faultpoint.Reached(faultpoint.WriterBeforeLock)
		p = w.plan(requests)
		faultpoint.Reached(faultpoint.WriterAfterDecide)
		v, err = w.log.commit(ctx, &p.batch)
	}
	switch {
	case errors.Is(err, errDuplicate):
		w.takeBack()
		return w.answerExecuted(ctx, requests)
	case err != nil:
		w.takeBack()
		return nil, err
	case v.moved:
		w.takeBack()
		w.lockedLeft = lockedAfterMove
		return requests, nil
	}
	w.settle(p, v)
	faultpoint.Reached(faultpoint.WriterAfterAnswer)
	return nil, nil
}

// answerExecuted answers those whose command was executed before; the rest is decided again.
func (w *writer) answerExecuted(ctx context.Context, requests []*request) (rest []*request, err error) {
	ids := make([]commandKey, len(requests))
	for i, r := range requests {
		ids[i] = r.key()
	}
	rows, err := w.log.outcomes(ctx, w.lane, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range requests {
		if row, ok := rows[r.key()]; ok {
			w.recent.add(row)
			r.replay(row, w.lane, w.epoch)
		} else {
			rest = append(rest, r)
		}
	}
	if len(rest) == len(requests) {
		return nil, fmt.Errorf("the log reports an executed command in a requests that holds none")
	}
	return rest, nil
}

func (r *request) key() commandKey { return commandKey{r.cmd.Tenant, r.cmd.ID} }

func (r *request) finish(receipt Receipt, err error) { r.answer <- answer{receipt, err} }

// replay answers with what the command did the first time; Execute adds the events.
func (r *request) replay(row commandRow, lane Lane, epoch int32) {
	if row.request != r.hash {
		r.finish(Receipt{}, ErrReusedID)
		return
	}
	r.finish(Receipt{Lane: lane, Epoch: epoch, First: row.first, Last: row.last, Replayed: true}, nil)
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
