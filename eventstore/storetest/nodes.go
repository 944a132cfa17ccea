package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"diwan/eventstore"
)

func twoNodes(t *testing.T, b *bench) {
	if err := TwoNodes(b.log); err != nil {
		t.Error(err)
	}
	b.all(b.open(), eventstore.Main)
}

// TwoNodes lets two programs fill ten hot drawers that have room for exactly so many slips, and
// reports an overfull or underfull one.
func TwoNodes(log Log) error {
	const lines, callers = 10, 16
	var nodes []eventstore.Store
	for range 2 {
		s, err := log.Open(Categories()...)
		if err != nil {
			return err
		}
		defer s.Close()
		nodes = append(nodes, s)
	}
	var accepted [lines]atomic.Int64
	var mu sync.Mutex
	var problem error
	var wait sync.WaitGroup
	for c := range callers {
		wait.Go(func() {
			for i := range lines * (firstRoom/callers + 3) {
				line := (i + c) % lines
				_, err := nodes[c%2].Execute(context.Background(), putInto(drawer(fmt.Sprint(line)), int64(c)))
				if err == nil {
					accepted[line].Add(1)
				} else if !isRefusal(err, "test.full") {
					mu.Lock()
					problem = errors.Join(problem, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	wait.Wait()
	held := map[string]int{}
	events, err := ReadAll(nodes[0], eventstore.Main, 500)
	if err != nil {
		return errors.Join(problem, err)
	}
	for _, e := range events {
		held[e.Stream.Key]++
	}
	for i := range accepted {
		if n := accepted[i].Load(); n != firstRoom || held[fmt.Sprint(i)] != firstRoom {
			problem = errors.Join(problem, fmt.Errorf("line %d has room for %d: %d were told yes, the log holds %d", i, firstRoom, n, held[fmt.Sprint(i)]))
		}
	}
	return problem
}

func twoNodesStreams(t *testing.T, b *bench) {
	first, second := b.open(), b.open()
	b.ok(second, look(drawer("a"), func(_ Drawer, version int64) {
		if version != 0 {
			t.Errorf("nobody has begun the stream, and it has version %d", version)
		}
	}))
	b.ok(first, putInto(drawer("a"), 1))
	if r := b.ok(second, putInto(drawer("a"), 2)); r.Events[0].Version != 2 {
		t.Errorf("the second node began the stream again: %+v", r)
	}
	b.ok(first, lock(drawer("a")))
	if _, err := second.Execute(context.Background(), putInto(drawer("a"), 3)); !errors.Is(err, eventstore.ErrStreamClosed) {
		t.Errorf("the second node answered for a closed stream: %v", err)
	}
	// A batch of refusals alone still has to look at the head.
	for i := range int64(firstRoom) {
		b.ok(first, putInto(drawer("b"), i))
	}
	if _, err := second.Execute(context.Background(), putInto(drawer("b"), 1)); !isRefusal(err, "test.full") {
		t.Fatalf("a full drawer answered %v", err)
	}
	widen := eventstore.Command{
		ID: newID(), Actor: "huda", Content: []byte("widen"), Touches: any1(drawer("b")),
		Decide: func(d *eventstore.Decision) error { d.Record(0, widened{1}); return nil },
	}
	b.ok(first, widen)
	b.ok(second, putInto(drawer("b"), 1))
	b.all(first, eventstore.Main)
}
