package eventstore

import (
	"context"
	"fmt"
)

// cell is the newest known state of one stream in this process.
type cell struct {
	id       streamID
	category *Category
	no       int64 // 0 until its first event is committed or pending
	state    any
	version  int64
	closed   bool
	saved    int64 // version of the newest snapshot
	stamp    int64 // the newest command that named it
	broken   error // its history could not be read
}

// undo is what a cell was before a command touched it.
type undo struct {
	cell    *cell
	no      int64
	state   any
	version int64
	closed  bool
}

func (c *cell) remember() undo {
	return undo{cell: c, no: c.no, state: c.state, version: c.version, closed: c.closed}
}

func (u undo) restore() {
	u.cell.no, u.cell.state, u.cell.version, u.cell.closed = u.no, u.state, u.version, u.closed
}

// maxCells bounds the cache; a stream dropped from it is loaded again when next touched.
const maxCells = 200_000

// fill loads the streams of the requests that are not cached, all in one query.
func (w *writer) fill(ctx context.Context, requests []*request) error {
	var missing []streamID
	for _, r := range requests {
		for i := range r.cmd.Touches {
			id := streamID{r.cmd.Tenant, r.cmd.Touches[i].Stream}
			if w.cells[id] != nil {
				continue
			}
			cat, known := w.cats[id.stream.Category]
			if !known || cat.Lane != w.lane {
				continue // decide refuses the command by name
			}
			c := cat
			w.cells[id] = &cell{id: id, category: &c, state: c.zero, version: -1}
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	loaded, err := w.log.load(ctx, w.lane, missing, w.cats)
	if err != nil {
		for _, id := range missing {
			delete(w.cells, id)
		}
		return fmt.Errorf("load %d streams: %w", len(missing), err)
	}
	for i, id := range missing {
		c := w.cells[id]
		c.broken = c.take(loaded[i]) // hurts only the commands that touch this stream
	}
	return nil
}

// take folds a loaded history into an empty cell.
func (c *cell) take(h history) error {
	c.no, c.closed, c.version, c.state = h.no, h.closed, 0, c.category.zero
	if h.snapshot != nil {
		state, err := c.category.decodeSnapshot(h.snapshot)
		if err != nil {
			return fmt.Errorf("read snapshot of %s: %w", c.id.stream, err)
		}
		c.state, c.version, c.saved = state, h.snapshotVersion, h.snapshotVersion
	}
	return c.follow(h.events)
}

// follow folds events that come right after the cell's version and ignores older ones, so that
// catching up twice is harmless.
func (c *cell) follow(events []Recorded) error {
	for i := range events {
		if events[i].Version <= c.version {
			continue
		}
		if events[i].Version != c.version+1 {
			return fmt.Errorf("%s jumps from version %d to %d", c.id.stream, c.version, events[i].Version)
		}
		state, err := c.category.Fold(c.state, events[i:i+1])
		if err != nil {
			return err
		}
		c.state, c.version = state, events[i].Version
	}
	return nil
}

// catchUp brings cached states forward over what other nodes appended.
func (w *writer) catchUp(m moved) {
	if m.reset {
		clear(w.cells)
	}
	for i := range m.events {
		id := streamID{m.events[i].Tenant, m.events[i].Stream}
		c := w.cells[id]
		if c == nil {
			continue
		}
		// A stream that was new has a number now: load it afresh when it is next touched.
		if c.no == 0 || c.follow(m.events[i:i+1]) != nil {
			delete(w.cells, id)
		}
	}
	for _, id := range m.closed {
		if c := w.cells[id]; c != nil {
			c.closed = true
		}
	}
	w.head = m.head
}

// trim keeps the cache bounded between batches.
func (w *writer) trim() {
	if len(w.cells) <= maxCells {
		return
	}
	drop := len(w.cells) / 4
	for id := range w.cells {
		if drop == 0 {
			return
		}
		delete(w.cells, id)
		drop--
	}
}
