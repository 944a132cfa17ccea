package finance

import (
	"context"
	"fmt"
	"strings"
	"time"

	"diwan/eventstore"
	"diwan/projections"
)

// timelineView keeps, for every document, what happened to it: one row an event, without the
// event's content but for the amount it moved and the reason given.
func (r viewReader) timelineView() projections.View {
	return projections.View{
		Name: "finance_event", Version: 3, Lane: eventstore.Main,
		Tables: []projections.Table{{
			Name: "finance_event",
			Columns: `
				position     bigint      not null primary key,
				category     text        not null,
				key          text        not null,
				version      bigint      not null,
				type         text        not null,
				actor        text        not null,
				on_behalf_of text        not null,
				at           timestamptz not null,
				amount       bigint,
				reason       text        not null,
				unit         text        not null`,
			Indexes: []string{"(category, key, version desc)", "(unit)"},
		}, {
			Name: "finance_event_unit", // of every stream that belongs to one
			Columns: `
				category text not null,
				key      text not null,
				unit     text not null,
				primary key (category, key)`,
		}},
		Apply: r.applyTimeline,
	}
}

// gist is what a timeline shows of an event's content, where it has it.
type gist struct {
	Amount *int64 `json:"amount"`
	Total  *int64 `json:"total"`
	Reason string `json:"reason"`
	// What tells where the document belongs.
	Year    int        `json:"year"`
	Codes   Codes      `json:"codes"`
	Book    string     `json:"book"`
	Lines   []gistLine `json:"lines"`
	Content struct {
		Year  int        `json:"year"`
		Lines []gistLine `json:"lines"`
	} `json:"content"`
}

type gistLine struct {
	Key   string `json:"key"`
	Codes Codes  `json:"codes"`
}

func (r viewReader) applyTimeline(ctx context.Context, b *projections.Batch) error {
	var rows [][]any
	places := newPlaces(b)
	if err := places.load(ctx); err != nil {
		return err
	}
	for i := range b.Events {
		e := &b.Events[i]
		if !strings.HasPrefix(e.Stream.Category, "finance.") || e.Stream.Category == "finance.series" {
			continue
		}
		g, err := gistOf(e)
		if err != nil {
			return err
		}
		if g.Amount == nil {
			g.Amount = g.Total
		}
		rows = append(rows, []any{
			e.Position, e.Stream.Category, e.Stream.Key, e.Version, e.Type, e.Actor, e.OnBehalfOf, e.RecordedAt.UTC().Truncate(time.Microsecond),
			g.Amount, g.Reason, places.of(e, &g),
		})
	}
	if len(rows) == 0 {
		return nil
	}
	err := b.Copy(ctx, "finance_event",
		[]string{"position", "category", "key", "version", "type", "actor", "on_behalf_of", "at", "amount", "reason", "unit"}, rows)
	if err != nil {
		return fmt.Errorf("write %d events of the timeline: %w", len(rows), err)
	}
	return places.save(ctx)
}
