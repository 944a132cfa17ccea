package eventstore

import "fmt"

// Try runs a command's decider on given states, outside any store, and returns what it would
// record. states[i] and versions[i] belong to cmd.Touches[i]; a nil state is a stream without events.
// Checkers and examples use it; it decides exactly as the writer does.
func Try(all []Category, cmd Command, states []any, versions []int64) ([]Event, error) {
	cats, err := newCategories(all)
	if err != nil {
		return nil, err
	}
	d := &Decision{cells: make([]*cell, len(cmd.Touches))}
	for i, t := range cmd.Touches {
		cat, known := cats[t.Stream.Category]
		if !known {
			return nil, fmt.Errorf("category %q is not registered", t.Stream.Category)
		}
		state := states[i]
		if state == nil {
			state = cat.zero
		}
		if t.Expected != AnyVersion && t.Expected != versions[i] {
			return nil, &Conflict{Stream: t.Stream, Expected: t.Expected, Actual: versions[i]}
		}
		d.cells[i] = &cell{category: &cat, state: state, version: versions[i]}
	}
	if err := callDecide(&cmd, d); err != nil {
		return nil, err
	}
	events := make([]Event, len(d.out))
	for i, p := range d.out {
		events[i] = p.event
	}
	return events, nil
}
