package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/projections"
)

// timelineView keeps, for every document, what happened to it: one row an event, without the
// event's content but for the amount it moved and the reason given.
func (r viewReader) timelineView() projections.View {
	return projections.View{
		Name: "finance_event", Version: 1, Lane: eventstore.Main,
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
				reason       text        not null`,
			Indexes: []string{"(category, key, version desc)"},
		}},
		Apply: r.applyTimeline,
	}
}

// gist is what a timeline shows of an event's content, where it has it.
type gist struct {
	Amount *int64 `json:"amount"`
	Total  *int64 `json:"total"`
	Reason string `json:"reason"`
}

func (r viewReader) applyTimeline(ctx context.Context, b *projections.Batch) error {
	var rows [][]any
	for i := range b.Events {
		e := &b.Events[i]
		if !strings.HasPrefix(e.Stream.Category, "finance.") || e.Stream.Category == "finance.series" {
			continue
		}
		var g gist
		if err := json.Unmarshal(e.Data, &g); err != nil {
			return fmt.Errorf("read %s at %d: %w", e.Type, e.Position, err)
		}
		if g.Amount == nil {
			g.Amount = g.Total
		}
		rows = append(rows, []any{
			e.Position, e.Stream.Category, e.Stream.Key, e.Version, e.Type, e.Actor, e.OnBehalfOf, e.RecordedAt.UTC().Truncate(time.Microsecond),
			g.Amount, g.Reason,
		})
	}
	if len(rows) == 0 {
		return nil
	}
	schema, table, _ := strings.Cut(b.Table("finance_event"), ".")
	_, err := b.Tx.CopyFrom(ctx, pgx.Identifier{schema, table},
		[]string{"position", "category", "key", "version", "type", "actor", "on_behalf_of", "at", "amount", "reason"}, pgx.CopyFromRows(rows))
	if err != nil {
		return fmt.Errorf("write %d events of the timeline: %w", len(rows), err)
	}
	return nil
}
