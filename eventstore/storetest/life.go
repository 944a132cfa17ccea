package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

func leaveQueue(t *testing.T, b *bench) {
	s := b.open()
	inside, release := make(chan struct{}), make(chan struct{})
	slow := putInto(drawer("a"), 1)
	slow.Decide = func(d *eventstore.Decision) error {
		close(inside)
		<-release
		return decidePut(d, 0, 1)
	}
	done := make(chan error, 1)
	go func() {
		_, err := s.Execute(context.Background(), slow)
		done <- err
	}()
	<-inside // the writer is busy; who comes now waits in the queue
	ctx, leave := context.WithCancel(context.Background())
	gone := putInto(drawer("a"), 2)
	left := make(chan error, 1)
	go func() {
		_, err := s.Execute(ctx, gone)
		left <- err
	}()
	leave()
	if err := <-left; !errors.Is(err, eventstore.ErrBusy) || !errors.Is(err, context.Canceled) {
		t.Errorf("who left the queue got %v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
	b.ok(s, putInto(drawer("a"), 3)) // everything queued before has been served
	if _, executed, err := s.Outcome(context.Background(), eventstore.Main, uuid.Nil, gone.ID); executed || err != nil {
		t.Errorf("the command of who left was executed: %t %v", executed, err)
	}
	expired, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Execute(expired, putInto(drawer("a"), 4)); err == nil {
		t.Error("a command whose time was over was executed")
	}
}

func huge(t *testing.T, b *bench) {
	s := b.open()
	const events = 3000
	r := b.ok(s, eventstore.Command{
		ID: newID(), Actor: "import", Content: []byte("rows"), Touches: any1(drawer("import")),
		Decide: func(d *eventstore.Decision) error {
			for i := range int64(events) {
				d.Record(0, put{Slip: i})
			}
			d.Record(0, put{Slip: -1, Note: strings.Repeat("ديوان ", 200_000)})
			return nil
		},
	})
	if r.Last-r.First != events || len(r.Events) != events+1 {
		t.Errorf("the receipt goes from %d to %d", r.First, r.Last)
	}
	var wait sync.WaitGroup
	for i := range 1500 {
		wait.Go(func() {
			cmd := putInto(drawer(fmt.Sprint("many/", i)), 1)
			cmd.Touches = append(cmd.Touches, any1(drawer(fmt.Sprint("other/", i)))...)
			cmd.Decide = func(d *eventstore.Decision) error {
				d.Record(0, put{Slip: 1})
				d.Record(1, put{Slip: 2})
				return nil
			}
			if _, err := s.Execute(context.Background(), cmd); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	events2, err := ReadAll(s, eventstore.Main, 1000)
	if err == nil {
		err = CheckLog(events2)
	}
	if err != nil || len(events2) != events+1+2*1500 {
		t.Errorf("the log holds %d events: %v", len(events2), err)
	}
}

func closeDrains(t *testing.T, b *bench) {
	s := b.open()
	var told atomic.Int64
	var wait sync.WaitGroup
	begun := make(chan struct{}, 200)
	for i := range 200 {
		wait.Go(func() {
			begun <- struct{}{}
			switch _, err := s.Execute(context.Background(), putInto(drawer(fmt.Sprint(i)), 1)); {
			case err == nil:
				told.Add(1)
			case !errors.Is(err, eventstore.ErrShutDown):
				t.Errorf("while closing: %v", err)
			}
		})
	}
	for range 100 {
		<-begun
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wait.Wait()
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if n := int64(len(b.all(b.open(), eventstore.Main))); n != told.Load() {
		t.Errorf("%d callers were told yes, the log holds %d events", told.Load(), n)
	}
}

func outcome(t *testing.T, b *bench) {
	s := b.open()
	ctx := context.Background()
	for _, lane := range eventstore.Lanes {
		if head, epoch, err := s.Head(ctx, lane); head != 0 || epoch != 1 || err != nil {
			t.Errorf("an empty lane %s has head %d in epoch %d, %v", lane, head, epoch, err)
		}
	}
	cmd := putInto(drawer("a"), 1)
	first := b.ok(s, cmd)
	if head, epoch, err := s.Head(ctx, eventstore.Main); head != 1 || epoch != first.Epoch || epoch != 1 || err != nil {
		t.Errorf("head %d in epoch %d, %v", head, epoch, err)
	}
	found, executed, err := s.Outcome(ctx, eventstore.Main, uuid.Nil, cmd.ID)
	if err != nil || !executed {
		t.Fatalf("no outcome: %v", err)
	}
	sameAnswer(t, first, found)
	for name, ask := range map[string]struct {
		lane   eventstore.Lane
		tenant uuid.UUID
		id     uuid.UUID
	}{"id": {eventstore.Main, uuid.Nil, newID()}, "tenant": {eventstore.Main, newID(), cmd.ID}, "lane": {eventstore.Access, uuid.Nil, cmd.ID}} {
		if _, executed, err := s.Outcome(ctx, ask.lane, ask.tenant, ask.id); executed || err != nil {
			t.Errorf("another %s has an outcome: %t %v", name, executed, err)
		}
	}
	nothing := b.ok(s, look(drawer("a"), func(Drawer, int64) {}))
	if nothing.First != 0 || nothing.Last != 1 || len(nothing.Events) != 0 {
		t.Errorf("a command that recorded nothing got %+v", nothing)
	}
}
