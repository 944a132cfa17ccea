package eventstore

import (
	"fmt"
	"io"
)

// plan is a batch together with who asked for which part of it.
type plan struct {
	batch    batch
	accepted []part
	refused  []refusal
}

type part struct {
	request    *request
	from, upto int // the request's events inside batch.events
}

type refusal struct {
	request *request
	err     error
}

// plan decides the requests in order on the cached states. States are changed at once; takeBack
// undoes that when the commit does not happen.
func (w *writer) plan(requests []*request) *plan {
	w.undos = w.undos[:0]
	p := &plan{batch: batch{lane: w.lane, head: w.head}}
	for _, r := range requests {
		from := len(p.batch.events)
		if err := w.decide(r, &p.batch); err != nil {
			p.refused = append(p.refused, refusal{r, err})
			p.batch.ask = append(p.batch.ask, r.key())
			continue
		}
		p.accepted = append(p.accepted, part{r, from, len(p.batch.events)})
		if n := len(p.batch.events); n > from {
			p.batch.commands = append(p.batch.commands, commandRow{
				key: r.key(), request: r.hash,
				first: p.batch.events[from].Position, last: p.batch.events[n-1].Position,
			})
		}
	}
	return p
}

// decide runs one command's decider and adds its events to the batch. After an error the states
// and the batch are as before.
func (w *writer) decide(r *request, b *batch) error {
	d := &Decision{cells: make([]*cell, len(r.cmd.Touches))}
	w.stamp++
	for i, t := range r.cmd.Touches {
		c := w.cells[streamID{r.cmd.Tenant, t.Stream}]
		if c == nil {
			return fmt.Errorf("category %q is not registered in lane %s", t.Stream.Category, w.lane)
		}
		if c.broken != nil {
			delete(w.cells, c.id) // the next command tries to read it again
			return c.broken
		}
		if c.stamp == w.stamp {
			return fmt.Errorf("command %s names stream %s twice", r.cmd.ID, t.Stream)
		}
		if t.Expected != AnyVersion && t.Expected != c.version {
			return &Conflict{Stream: t.Stream, Expected: t.Expected, Actual: c.version}
		}
		d.cells[i], c.stamp = c, w.stamp
	}
	mark := len(w.undos)
	for _, c := range d.cells {
		w.undos = append(w.undos, c.remember())
	}
	events, numbers, streams, closed := len(b.events), len(b.numbers), len(b.streams), len(b.closed)
	err := callDecide(r.cmd, d)
	if err == nil {
		err = w.encode(r.cmd, d, b)
	}
	if err != nil {
		w.restore(mark)
		b.events, b.numbers, b.streams, b.closed = b.events[:events], b.numbers[:numbers], b.streams[:streams], b.closed[:closed]
	}
	return err
}

// callDecide keeps a panic in one decider from taking the lane down.
func callDecide(cmd *Command, d *Decision) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("deciding command %s failed: %v", cmd.ID, p)
		}
	}()
	return cmd.Decide(d)
}

// encode turns what was decided into rows of the log.
func (w *writer) encode(cmd *Command, d *Decision, b *batch) error {
	versions := make([]int64, len(d.cells))
	for i, u := range w.undos[len(w.undos)-len(d.cells):] {
		versions[i] = u.version
		if u.closed && d.cells[i].version != u.version {
			return fmt.Errorf("%w: %s", ErrStreamClosed, u.cell.id.stream)
		}
	}
	for _, p := range d.out {
		c := d.cells[p.touch]
		versions[p.touch]++
		position := b.head + int64(len(b.events)) + 1
		if c.no == 0 {
			c.no = position
			b.streams = append(b.streams, newStream{c.id, c.no})
		}
		name, schema, data, err := c.category.Codec.Encode(p.event)
		if err != nil {
			return fmt.Errorf("write %s: %w", c.id.stream, err)
		}
		b.events = append(b.events, Recorded{
			Lane: b.lane, Position: position, Stream: c.id.stream, Version: versions[p.touch], Tenant: cmd.Tenant,
			Type: name, Schema: schema, Command: cmd.ID, Actor: cmd.Actor, OnBehalfOf: cmd.OnBehalfOf,
			Data: data, Sealed: p.sealed,
		})
		e := &b.events[len(b.events)-1]
		if _, err := io.ReadFull(w.random, e.Salt[:]); err != nil {
			return fmt.Errorf("read random salt: %w", err)
		}
		e.Digest, w.scratch = DigestOf(e, w.scratch)
		b.numbers = append(b.numbers, c.no)
		if p.close {
			b.closed = append(b.closed, c.no)
		}
	}
	return nil
}

// restore undoes the states touched since mark, newest first.
func (w *writer) restore(mark int) {
	for i := len(w.undos) - 1; i >= mark; i-- {
		w.undos[i].restore()
	}
	w.undos = w.undos[:mark]
}

// takeBack undoes everything the last plan assumed.
func (w *writer) takeBack() { w.restore(0) }

// settle answers everybody after a commit that happened.
func (w *writer) settle(p *plan, v verdict) {
	w.undos = w.undos[:0]
	w.head = v.head
	executed := make(map[commandKey]commandRow, len(v.seen))
	for _, row := range v.seen {
		executed[row.key] = row
	}
	for i := range p.batch.events {
		p.batch.events[i].RecordedAt = v.at
	}
	for _, row := range p.batch.commands {
		w.recent.add(row)
	}
	for _, a := range p.accepted {
		receipt := Receipt{Lane: w.lane, Epoch: w.epoch, Last: v.head}
		if a.upto > a.from {
			receipt.Events = p.batch.events[a.from:a.upto:a.upto]
			receipt.First, receipt.Last = receipt.Events[0].Position, receipt.Events[len(receipt.Events)-1].Position
		}
		a.request.finish(receipt, nil)
	}
	for _, f := range p.refused {
		// What the decider refuses today may have been accepted the first time it was asked.
		if row, ok := executed[f.request.key()]; ok {
			w.recent.add(row)
			f.request.replay(row, w.lane, w.epoch)
			continue
		}
		f.request.finish(Receipt{}, f.err)
	}
	w.snapshot(p)
}
