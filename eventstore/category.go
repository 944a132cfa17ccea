package eventstore

import (
	"encoding/json"
	"fmt"
)

// Category tells the store how the streams of one kind are folded into the state deciders see.
// States are values: evolve returns a new one and never changes the old one, also inside maps and slices.
type Category struct {
	Name  string
	Lane  Lane
	Codec *Codec
	// Snapshot names the state's shape; a change of shape is a change of name and throws old
	// snapshots away. Empty = no snapshots, right for streams that stay under about 200 events.
	Snapshot string

	zero           any
	evolve         func(state any, e Event) any
	encodeSnapshot func(any) ([]byte, error)
	decodeSnapshot func([]byte) (any, error)
}

// CategoryOf describes streams whose state is S.
func CategoryOf[S any](name string, lane Lane, codec *Codec, zero S, evolve func(S, Event) S) Category {
	return Category{
		Name: name, Lane: lane, Codec: codec, zero: zero,
		evolve:         func(state any, e Event) any { return evolve(state.(S), e) },
		encodeSnapshot: func(state any) ([]byte, error) { return json.Marshal(state) },
		decodeSnapshot: func(data []byte) (any, error) {
			var s S
			err := json.Unmarshal(data, &s)
			return s, err
		},
	}
}

// WithSnapshot returns the category with snapshots of the named state shape.
func (c Category) WithSnapshot(shape string) Category {
	c.Snapshot = shape
	return c
}

// Fold brings a state forward over recorded events.
func (c Category) Fold(state any, events []Recorded) (any, error) {
	if state == nil {
		state = c.zero
	}
	for i := range events {
		e, err := c.Codec.Decode(events[i].Type, events[i].Schema, events[i].Data)
		if err != nil {
			return nil, fmt.Errorf("%s version %d at position %d: %w", events[i].Stream, events[i].Version, events[i].Position, err)
		}
		state = c.evolve(state, e)
	}
	return state, nil
}

// categories is the store's table by name.
type categories map[string]Category

func newCategories(all []Category) (categories, error) {
	t := make(categories, len(all))
	for _, c := range all {
		if _, twice := t[c.Name]; twice {
			return nil, fmt.Errorf("category %s is registered twice", c.Name)
		}
		t[c.Name] = c
	}
	return t, nil
}
