package inbox

import (
	"context"

	"diwan/modules/kernel"
	"diwan/projections"
)

// The lists of the API under the names gqlgen binds.
type (
	ItemConnection   = kernel.Connection[Item]
	ItemEdge         = kernel.Edge[Item]
	NoticeConnection = kernel.Connection[Notice]
	NoticeEdge       = kernel.Edge[Notice]
)

// Query answers the inbox of whoever asks.
type Query struct {
	Box *Inbox
	Who func(context.Context) projections.Asker
	// Name is what a person is called; ok is false for nobody that is known.
	Name func(id string) (name kernel.Text, ok bool)
}

// Inbox answers what waits.
func (q *Query) Inbox(ctx context.Context, section *Section, first int, after *string) (*ItemConnection, error) {
	of := Section("")
	if section != nil {
		of = *section
	}
	return q.Box.Items(ctx, q.Who(ctx), of, first, after)
}

// InboxCount answers how much waits.
func (q *Query) InboxCount(ctx context.Context) (*Counts, error) {
	c, err := q.Box.Count(ctx, q.Who(ctx))
	return &c, err
}

// Notices answers what happened.
func (q *Query) Notices(ctx context.Context, unread bool, first int, after *string) (*NoticeConnection, error) {
	return q.Box.Notices(ctx, q.Who(ctx), unread, first, after)
}

// Tracker answers the way of a document, or nothing.
func (q *Query) Tracker(ctx context.Context, kind, document string) (*Tracker, error) {
	t, err := q.Box.Track(ctx, q.Who(ctx), kind, document)
	if err != nil || t == nil {
		return nil, err
	}
	for i := range t.Steps {
		if s := &t.Steps[i]; s.By != nil {
			if name, known := q.Name(*s.By); known {
				s.ByName = &name
			}
		}
	}
	return t, nil
}
