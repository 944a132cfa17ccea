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
	all, err := q.Trackers(ctx, kind, []string{document})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// Trackers answers the ways of documents of one kind, in their order; nil for those without.
func (q *Query) Trackers(ctx context.Context, kind string, documents []string) ([]*Tracker, error) {
	found, err := q.Box.TrackAll(ctx, q.Who(ctx), kind, documents)
	if err != nil {
		return nil, err
	}
	all := make([]*Tracker, len(documents))
	for i, document := range documents {
		if all[i] = found[document]; all[i] == nil {
			continue
		}
		for j := range all[i].Steps {
			if s := &all[i].Steps[j]; s.By != nil {
				if name, known := q.Name(*s.By); known {
					s.ByName = &name
				}
			}
		}
	}
	return all, nil
}
