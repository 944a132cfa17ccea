package eventstore

import (
	"encoding/json"
	"fmt"
)

// EventType is one row of a module's table of stored events: name, current shape, how to read it,
// and how to lift every older shape.
type EventType struct {
	Name   string
	Schema int16
	// Upcast[n] turns the JSON of shape n into that of shape n+1. Pure; kept for ever.
	Upcast map[int16]func([]byte) ([]byte, error)
	decode func([]byte) (Event, error)
}

// Type makes the table row for event E at its current shape.
func Type[E Event](schema int16, upcast map[int16]func([]byte) ([]byte, error)) EventType {
	var zero E
	return EventType{
		Name: zero.EventType(), Schema: schema, Upcast: upcast,
		decode: func(data []byte) (Event, error) {
			var e E
			if err := json.Unmarshal(data, &e); err != nil {
				return nil, err
			}
			return e, nil
		},
	}
}

// Codec turns events into stored bytes and back.
type Codec struct{ types map[string]EventType }

// NewCodec builds a codec from a module's table. A name twice, or a gap in the upcasters, is a
// programming error and panics at start.
func NewCodec(types ...EventType) *Codec {
	c := &Codec{types: make(map[string]EventType, len(types))}
	for _, t := range types {
		if _, twice := c.types[t.Name]; twice {
			panic("event type twice in one codec: " + t.Name)
		}
		for s := int16(1); s < t.Schema; s++ {
			if t.Upcast[s] == nil {
				panic(fmt.Sprintf("event type %s lacks an upcaster from shape %d", t.Name, s))
			}
		}
		c.types[t.Name] = t
	}
	return c
}

// Types lists the table, for golden-file tests.
func (c *Codec) Types() []EventType {
	all := make([]EventType, 0, len(c.types))
	for _, t := range c.types {
		all = append(all, t)
	}
	return all
}

// appendJSON is implemented by events on a hot path that write their own JSON.
type appendJSON interface{ AppendJSON([]byte) []byte }

// Encode returns the stored name, shape and bytes of an event.
func (c *Codec) Encode(e Event) (name string, schema int16, data []byte, err error) {
	name = e.EventType()
	t, known := c.types[name]
	if !known {
		return "", 0, nil, fmt.Errorf("event type %s is not in the codec", name)
	}
	if own, ok := e.(appendJSON); ok {
		return name, t.Schema, own.AppendJSON(nil), nil
	}
	data, err = json.Marshal(e)
	return name, t.Schema, data, err
}

// Decode reads stored bytes of any shape ever written. Unknown names and shapes from the future
// are errors; the caller stops rather than skips.
func (c *Codec) Decode(name string, schema int16, data []byte) (Event, error) {
	t, known := c.types[name]
	if !known {
		return nil, fmt.Errorf("event type %s is not in the codec", name)
	}
	if schema < 1 || schema > t.Schema {
		return nil, fmt.Errorf("event type %s has shape %d, this program knows up to %d", name, schema, t.Schema)
	}
	var err error
	for s := schema; s < t.Schema; s++ {
		if data, err = t.Upcast[s](data); err != nil {
			return nil, fmt.Errorf("lift %s from shape %d: %w", name, s, err)
		}
	}
	e, err := t.decode(data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return e, nil
}
