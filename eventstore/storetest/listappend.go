package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"diwan/eventstore"
)

// ListAppend lets callers on two nodes append values to a few lists and read them, and judges the
// history as Elle would: what was read of a list is a beginning of the list, and the order of real
// time agrees with the order of the log.
func ListAppend(log Log) error {
	const callers, each, lists = 8, 60, 3
	h := &listHistory{}
	for range 2 {
		s, err := log.Open(Categories()...)
		if err != nil {
			return err
		}
		defer s.Close()
		h.nodes = append(h.nodes, s)
	}
	var wait sync.WaitGroup
	for c := range callers {
		wait.Go(func() {
			for i := range each {
				stream := eventstore.Stream{Category: "test.cabinet", Key: fmt.Sprint((c + i) % lists)}
				h.do(h.nodes[c%2], stream, int64(c*each+i), (c+i*7)%3)
			}
		})
	}
	wait.Wait()
	return h.judge()
}

type listHistory struct {
	nodes []eventstore.Store
	clock atomic.Int64
	mu    sync.Mutex
	ops   []listOp
	err   error
}

// listOp is one operation with the moments it began and ended, on a clock that only counts.
type listOp struct {
	stream     eventstore.Stream
	begin, end int64
	position   int64   // of an append
	read       []int64 // of a read
	isRead     bool
	decided    int64 // the head a read inside the log was decided on; -1 for a read of the stream
}

func (h *listHistory) do(s eventstore.Store, stream eventstore.Stream, value int64, kind int) {
	op := listOp{stream: stream, begin: h.clock.Add(1), decided: -1}
	var err error
	switch kind {
	case 0:
		var r eventstore.Receipt
		r, err = s.Execute(context.Background(), putInto(stream, value))
		op.position = r.First
	case 1:
		var r eventstore.Receipt
		op.isRead = true
		r, err = s.Execute(context.Background(), look(stream, func(d Drawer, _ int64) { op.read = d.Slips }))
		op.decided = r.Last
	default:
		var events []eventstore.Recorded
		op.isRead = true
		events, err = s.ReadStream(context.Background(), [16]byte{}, stream, 0)
		op.read, err = slipsOf(events, err)
	}
	op.end = h.clock.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ops = append(h.ops, op)
	if err != nil && h.err == nil {
		h.err = err
	}
}

func slipsOf(events []eventstore.Recorded, err error) ([]int64, error) {
	codec := drawerCodec()
	var slips []int64
	for _, e := range events {
		event, decodeErr := codec.Decode(e.Type, e.Schema, e.Data)
		if decodeErr != nil {
			return nil, decodeErr
		}
		slips = append(slips, event.(put).Slip)
	}
	return slips, err
}

func (h *listHistory) judge() error {
	if h.err != nil {
		return h.err
	}
	events, err := ReadAll(h.nodes[0], eventstore.Main, 100)
	if err == nil {
		err = CheckLog(events)
	}
	if err != nil {
		return err
	}
	final, positions := map[eventstore.Stream][]int64{}, map[eventstore.Stream][]int64{}
	for _, e := range events {
		slips, err := slipsOf([]eventstore.Recorded{e}, nil)
		if err != nil {
			return err
		}
		final[e.Stream] = append(final[e.Stream], slips[0])
		positions[e.Stream] = append(positions[e.Stream], e.Position)
	}
	for _, op := range h.ops {
		if op.isRead {
			if err := op.judgeRead(final[op.stream], positions[op.stream]); err != nil {
				return err
			}
		}
	}
	return h.realTime(positions)
}

func (op *listOp) judgeRead(final, positions []int64) error {
	if len(op.read) > len(final) || !slices.Equal(op.read, final[:len(op.read)]) {
		return fmt.Errorf("%s was read as %v, which is no beginning of %v", op.stream, op.read, final)
	}
	if op.decided < 0 {
		return nil
	}
	due := 0
	for due < len(positions) && positions[due] <= op.decided {
		due++
	}
	if len(op.read) != due {
		return fmt.Errorf("decided at position %d, %s held %d values and the decider saw %d", op.decided, op.stream, due, len(op.read))
	}
	return nil
}

// realTime: what ended before another began comes before it in the log, and a read sees what ended
// before it began and nothing that began after it ended.
func (h *listHistory) realTime(positions map[eventstore.Stream][]int64) error {
	for _, a := range h.ops {
		if a.isRead {
			continue
		}
		at := slices.Index(positions[a.stream], a.position)
		if at < 0 {
			return fmt.Errorf("an append was answered with position %d, which is not in %s", a.position, a.stream)
		}
		for _, b := range h.ops {
			switch {
			case !b.isRead && a.end < b.begin && a.position >= b.position:
				return fmt.Errorf("position %d was answered before %d was asked for", a.position, b.position)
			case b.isRead && b.stream == a.stream && a.end < b.begin && len(b.read) <= at:
				return fmt.Errorf("a read of %s misses the value at position %d, answered before the read began", a.stream, a.position)
			case b.isRead && b.stream == a.stream && b.end < a.begin && len(b.read) > at:
				return fmt.Errorf("a read of %s saw the value at position %d before it was asked for", a.stream, a.position)
			}
		}
	}
	return nil
}
