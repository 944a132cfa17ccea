package eventstore

import (
	"context"
	"slices"
	"time"
)

// Faults lists what can be planted into a log, by name.
func Faults() []string {
	return []string{
		"the head is not checked", "the newest event of a batch is dropped", "an event is written twice", "command ids are forgotten",
		"an answer comes before the commit", "history is loaded without its newest event", "a page skips an event", "two events change places",
		"closed streams are forgotten", "catching up leaves out what others appended", "a batch of refusals does not look at the head",
		"stored bytes are rewritten", "time runs back", "the content of a command is not remembered", "a refused command leaves its events",
	}
}

// NewFaultyLog is a memory log with one fault.
func NewFaultyLog(fault string) *memoryLog {
	return &memoryLog{&faulty{memory: newMemory(), fault: fault}}
}

type faulty struct {
	*memory
	fault   string
	commits int
}

func (f *faulty) commit(ctx context.Context, b *batch) (verdict, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.spoil(b)
}

func (f *faulty) commitLocked(ctx context.Context, lane Lane, head int64, decide func(moved) (*batch, error)) (verdict, error) {
	f.mu.Lock()
	events := slices.Clone(f.lanes[lane].events[min(head, int64(len(f.lanes[lane].events))):])
	seen := moved{head: int64(len(f.lanes[lane].events)), events: events}
	for _, e := range events {
		if id := (streamID{e.Tenant, e.Stream}); f.lanes[lane].closed[f.lanes[lane].numbers[id]] {
			seen.closed = append(seen.closed, id)
		}
	}
	f.mu.Unlock()
	if f.fault == "catching up leaves out what others appended" {
		seen.events, seen.closed = nil, nil
	}
	b, err := decide(seen)
	if err != nil {
		return verdict{}, err
	}
	return f.commit(ctx, b)
}

func (f *faulty) spoil(b *batch) (verdict, error) {
	l := f.lanes[b.lane]
	f.commits++
	head := int64(len(l.events))
	changed := *b
	switch f.fault {
	case "the head is not checked":
		changed.head = head
		changed.events = slices.Clone(b.events)
		for i := range changed.events {
			e := &changed.events[i]
			e.Position = head + int64(i) + 1
			e.Digest, _ = DigestOf(e, nil)
		}
	case "the newest event of a batch is dropped":
		if n := len(b.events); n > 1 {
			changed.events, changed.numbers = b.events[:n-1], b.numbers[:n-1]
		}
	case "an event is written twice":
		if n := len(b.events); n > 0 && f.commits%5 == 0 {
			changed.events, changed.numbers = append(slices.Clip(b.events), b.events[n-1]), append(slices.Clip(b.numbers), b.numbers[n-1])
		}
	case "command ids are forgotten":
		changed.commands = nil
	case "an answer comes before the commit":
		if f.commits%7 == 0 && b.head == head {
			return verdict{head: head + int64(len(b.events)), at: time.Now()}, nil
		}
	case "closed streams are forgotten":
		changed.closed = nil
	case "a batch of refusals does not look at the head":
		if len(b.events) == 0 {
			return verdict{head: b.head, at: time.Now()}, nil
		}
	case "stored bytes are rewritten":
		changed.events = slices.Clone(b.events)
		for i := range changed.events {
			changed.events[i].Data = append(slices.Clone(changed.events[i].Data), ' ')
		}
	case "the content of a command is not remembered":
		changed.commands = slices.Clone(b.commands)
		for i := range changed.commands {
			changed.commands[i].request = [32]byte{}
		}
	}
	v, err := f.append(&changed)
	if f.fault == "time runs back" && len(l.events)%4 == 3 {
		l.events[len(l.events)-1].RecordedAt = time.Unix(0, 0)
	}
	if f.fault == "a refused command leaves its events" && err == nil && !v.moved && len(b.ask) > 0 && head > 0 {
		again := l.events[head-1]
		again.Position, again.Version = head+1, again.Version+1
		again.Digest, _ = DigestOf(&again, nil)
		l.events = append(l.events, again)
		no := l.numbers[streamID{again.Tenant, again.Stream}]
		l.streams[no] = append(l.streams[no], again.Position)
	}
	return v, err
}

func (f *faulty) load(ctx context.Context, lane Lane, streams []streamID, cats categories) ([]history, error) {
	found, err := f.memory.load(ctx, lane, streams, cats)
	if f.fault == "history is loaded without its newest event" {
		for i, h := range found {
			if n := len(h.events); n > 1 {
				found[i].events = h.events[:n-1]
			}
		}
	}
	return found, err
}

func (f *faulty) read(ctx context.Context, lane Lane, after int64, limit int) ([]Recorded, error) {
	page, err := f.memory.read(ctx, lane, after, limit)
	switch {
	case f.fault == "a page skips an event" && len(page) > 2:
		page = slices.Delete(page, 1, 2)
	case f.fault == "two events change places" && len(page) > 2:
		page[1], page[2] = page[2], page[1]
	}
	return page, err
}
