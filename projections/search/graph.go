package search

import (
	"context"

	"diwan/projections"
)

// Query answers what whoever asks may find.
type Query struct {
	Index *Search
	Who   func(context.Context) projections.Asker
}

// Search answers what is found.
func (q *Query) Search(ctx context.Context, text string, kinds []string, first int) ([]Group, error) {
	return q.Index.Find(ctx, q.Who(ctx), text, kinds, first)
}
