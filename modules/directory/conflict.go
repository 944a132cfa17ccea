package directory

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// conflictOf tells what happened to a unit or post since the version that a screen showed. It reads
// the tree's stream, which only an edit that came too late does.
func (m *Module) conflictOf(ctx context.Context, p kernel.Problem) (kernel.Conflict, error) {
	expected, _ := strconv.ParseInt(p.Details["expected"], 10, 64)
	actual, _ := strconv.ParseInt(p.Details["actual"], 10, 64)
	c := kernel.Conflict{Problem: p, Expected: expected, Actual: actual, Changed: []kernel.Change{}}
	events, err := m.log.ReadStream(ctx, m.tenant, TreeStream(), 0)
	if err != nil {
		return c, fmt.Errorf("read what happened to %s: %w", p.Details["item"], err)
	}
	_, epoch, err := m.log.Head(ctx, eventstore.Main)
	if err != nil {
		return c, fmt.Errorf("read what happened to %s: %w", p.Details["item"], err)
	}
	codec, acts := eventstore.NewCodec(treeEvents()...), map[string]bool{}
	for i := range events {
		e := &events[i]
		event, err := codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return c, err
		}
		if w, is := event.(ActWithdrawn); is {
			if !acts[w.Act] {
				continue
			}
		} else {
			items, on, err := changed(event)
			if err != nil {
				return c, err
			}
			if !slices.Contains(items, p.Details["item"]) {
				continue
			}
			acts[on.Act] = true
		}
		change := kernel.Change{
			Type: e.Type, Version: e.Version, Actor: e.Actor, At: e.RecordedAt, OnBehalfOf: some(e.OnBehalfOf),
			Position: kernel.Position{Lane: e.Lane.String(), Epoch: epoch, N: e.Position},
		}
		c.Changed = append(c.Changed, change)
	}
	if n := int(actual - expected); n > 0 && n < len(c.Changed) {
		c.Changed = c.Changed[len(c.Changed)-n:]
	}
	return c, nil
}
