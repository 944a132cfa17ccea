package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Model rebuilds commands and reads states, so that the checker knows nothing of a module.
type Model struct {
	Categories []eventstore.Category
	// Command rebuilds the command a client asked for, its decider included.
	Command func(id uuid.UUID, asked json.RawMessage) (eventstore.Command, error)
	// Show is the value a reader of the view should see for a state.
	Show func(stream eventstore.Stream, state any) string
}

// Report counts what was checked.
type Report struct {
	Events, Accepted, Refused, Unknown, UnknownExecuted, Reads int
}

// operation is one command id with everything its callers were told.
type operation struct {
	id              uuid.UUID
	asked           json.RawMessage
	begun, answered int64 // answered 0 = never
	outcome, code   string
	first, last     int64
}

// moment is a stream's state from a position on.
type moment struct {
	position, version int64
	state             any
}

// span is where a command stands in the log.
type span struct{ first, last int64 }

type checker struct {
	model    Model
	cats     map[string]eventstore.Category
	events   []eventstore.Recorded
	timeline map[eventstore.Stream][]moment
	where    map[uuid.UUID]span
}

// Check compares journals with the log. The error names the first promise that was broken.
func Check(model Model, log []eventstore.Recorded, lines []Line) (Report, error) {
	c := &checker{
		model: model, cats: map[string]eventstore.Category{}, events: log,
		timeline: map[eventstore.Stream][]moment{}, where: map[uuid.UUID]span{},
	}
	for _, cat := range model.Categories {
		c.cats[cat.Name] = cat
	}
	ops, reads, err := gather(lines)
	if err != nil {
		return Report{}, err
	}
	r := Report{Events: len(log), Reads: len(reads)}
	if err := c.replay(); err != nil {
		return r, err
	}
	if err := c.noGhosts(ops); err != nil {
		return r, err
	}
	if err := c.operations(ops, &r); err != nil {
		return r, err
	}
	if err := realTime(ops); err != nil {
		return r, err
	}
	return r, c.reads(reads)
}

// gather joins the lines of each command id. A definite answer outweighs an unknown one, and two
// different definite answers for one id break the promise at once.
func gather(lines []Line) (ops []*operation, reads []Line, err error) {
	byID := map[uuid.UUID]*operation{}
	for _, l := range lines {
		if l.Read != nil {
			reads = append(reads, l)
			continue
		}
		o := byID[l.ID]
		if o == nil {
			o = &operation{id: l.ID, asked: l.Asked, begun: l.At, outcome: Unknown}
			byID[l.ID] = o
			ops = append(ops, o)
		}
		if l.Outcome == "" || l.Outcome == Unknown {
			continue
		}
		if o.outcome == OK && l.Outcome == Refused || o.outcome == OK && (o.first != l.First || o.last != l.Last) {
			return nil, nil, fmt.Errorf("command %s was told %s at %d–%d, then %s at %d–%d", o.id, o.outcome, o.first, o.last, l.Outcome, l.First, l.Last)
		}
		if o.outcome != OK {
			o.outcome, o.code, o.first, o.last, o.answered = l.Outcome, l.Code, l.First, l.Last, l.At
		}
	}
	return ops, reads, nil
}

// replay folds the log once: positions and versions without holes, time that never runs back, each
// command in one piece.
func (c *checker) replay() error {
	for i := range c.events {
		e := &c.events[i]
		if e.Position != int64(i)+1 {
			return fmt.Errorf("position %d follows %d: the log has a hole or a doubled event", e.Position, i)
		}
		if i > 0 && e.RecordedAt.Before(c.events[i-1].RecordedAt) {
			return fmt.Errorf("position %d was recorded before position %d", e.Position, i)
		}
		line := c.timeline[e.Stream]
		var last moment
		if len(line) > 0 {
			last = line[len(line)-1]
		}
		if e.Version != last.version+1 {
			return fmt.Errorf("position %d: %s jumps from version %d to %d", e.Position, e.Stream, last.version, e.Version)
		}
		cat, known := c.cats[e.Stream.Category]
		if !known {
			return fmt.Errorf("position %d: category %s is not in the model", e.Position, e.Stream.Category)
		}
		state, err := cat.Fold(last.state, c.events[i:i+1])
		if err != nil {
			return err
		}
		c.timeline[e.Stream] = append(line, moment{e.Position, e.Version, state})
		s, seen := c.where[e.Command]
		switch {
		case !seen:
			c.where[e.Command] = span{e.Position, e.Position}
		case s.last != e.Position-1:
			return fmt.Errorf("command %s stands at %d–%d and again at %d: it was executed twice", e.Command, s.first, s.last, e.Position)
		default:
			c.where[e.Command] = span{s.first, e.Position}
		}
	}
	return nil
}

// noGhosts: every event was asked for by somebody.
func (c *checker) noGhosts(ops []*operation) error {
	asked := make(map[uuid.UUID]bool, len(ops))
	for _, o := range ops {
		asked[o.id] = true
	}
	for i := range c.events {
		if !asked[c.events[i].Command] {
			return fmt.Errorf("position %d belongs to command %s, which nobody asked for", c.events[i].Position, c.events[i].Command)
		}
	}
	return nil
}

// operations checks every answer against the log.
func (c *checker) operations(ops []*operation, r *Report) error {
	moments := newWindows(ops, int64(len(c.events)))
	for _, o := range ops {
		s, executed := c.where[o.id]
		switch o.outcome {
		case OK:
			r.Accepted++
			if o.first > 0 && (!executed || s.first != o.first || s.last != o.last) {
				return fmt.Errorf("command %s was told positions %d–%d; the log has it at %d–%d: acknowledged and lost", o.id, o.first, o.last, s.first, s.last)
			}
			if o.first == 0 && executed {
				return fmt.Errorf("command %s was told that nothing was recorded; the log has it at %d–%d", o.id, s.first, s.last)
			}
		case Refused:
			r.Refused++
			if executed {
				return fmt.Errorf("command %s was refused (%s); the log has it at %d–%d", o.id, o.code, s.first, s.last)
			}
			if err := c.refusalWasRight(o, moments); err != nil {
				return err
			}
		default:
			r.Unknown++
			if executed {
				r.UnknownExecuted++
			}
		}
		if executed {
			if err := c.decidedRight(o, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// decidedRight decides the command again on the states right before it and expects the same events.
func (c *checker) decidedRight(o *operation, s span) error {
	cmd, err := c.model.Command(o.id, o.asked)
	if err != nil {
		return fmt.Errorf("rebuild command %s: %w", o.id, err)
	}
	events, err := c.try(cmd, s.first-1)
	if err != nil {
		return fmt.Errorf("command %s at %d–%d should have been refused on the state before it: %w", o.id, s.first, s.last, err)
	}
	if int64(len(events)) != s.last-s.first+1 {
		return fmt.Errorf("command %s recorded %d events at %d–%d; the state before it allows %d", o.id, s.last-s.first+1, s.first, s.last, len(events))
	}
	for i, e := range events {
		r := &c.events[s.first-1+int64(i)]
		name, _, data, err := c.codecFor(r).Encode(e)
		if err != nil {
			return err
		}
		if name != r.Type || !bytes.Equal(data, r.Data) {
			return fmt.Errorf("position %d holds %s %s; the state before it asks for %s %s", r.Position, r.Type, r.Data, name, data)
		}
	}
	return nil
}

func (c *checker) codecFor(r *eventstore.Recorded) *eventstore.Codec {
	return c.cats[r.Stream.Category].Codec
}

// try decides a command on the states as they were after a position.
func (c *checker) try(cmd eventstore.Command, after int64) ([]eventstore.Event, error) {
	states, versions := make([]any, len(cmd.Touches)), make([]int64, len(cmd.Touches))
	for i, t := range cmd.Touches {
		if m, ok := at(c.timeline[t.Stream], after); ok {
			states[i], versions[i] = m.state, m.version
		}
	}
	return eventstore.Try(c.model.Categories, cmd, states, versions)
}

// at finds the state of a stream after a position.
func at(line []moment, position int64) (moment, bool) {
	i, found := slices.BinarySearchFunc(line, position, func(m moment, p int64) int { return int(m.position - p) })
	if found {
		return line[i], true
	}
	if i == 0 {
		return moment{}, false
	}
	return line[i-1], true
}

// refusalWasRight looks for a moment between question and answer at which the decider says the same.
func (c *checker) refusalWasRight(o *operation, w windows) error {
	cmd, err := c.model.Command(o.id, o.asked)
	if err != nil {
		return fmt.Errorf("rebuild command %s: %w", o.id, err)
	}
	from, upto := w.of(o)
	candidates := []int64{from}
	for _, t := range cmd.Touches {
		line := c.timeline[t.Stream]
		i, _ := slices.BinarySearchFunc(line, from+1, func(m moment, p int64) int { return int(m.position - p) })
		for ; i < len(line) && line[i].position <= upto; i++ {
			candidates = append(candidates, line[i].position)
		}
	}
	for _, p := range candidates {
		if _, err := c.try(cmd, p); codeOf(err) == o.code {
			return nil
		}
	}
	return fmt.Errorf("command %s was refused with %s, which was right at no position from %d to %d", o.id, o.code, from, upto)
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if p := kernel.ProblemsOf(err); len(p) > 0 {
		return p[0].Code
	}
	var conflict *eventstore.Conflict
	if errors.As(err, &conflict) {
		return "conflict"
	}
	return err.Error()
}

// reads: a fresh answer shows the state of some position that is not older than the one asked for.
func (c *checker) reads(lines []Line) error {
	byName := make(map[string]eventstore.Stream, len(c.timeline))
	for s := range c.timeline {
		byName[s.String()] = s
	}
	for _, l := range lines {
		if !l.Read.Fresh {
			continue
		}
		stream := byName[l.Read.Stream]
		line := c.timeline[stream]
		first, ok := at(line, l.Read.AtLeast)
		if ok && c.model.Show(stream, first.state) == l.Read.Value || !ok && l.Read.Value == "" {
			continue
		}
		if !slices.ContainsFunc(line, func(m moment) bool {
			return m.position > l.Read.AtLeast && c.model.Show(stream, m.state) == l.Read.Value
		}) {
			return fmt.Errorf("a fresh read of %s after position %d showed %q, which it never was from there on", l.Read.Stream, l.Read.AtLeast, l.Read.Value)
		}
	}
	return nil
}
