package graph

import (
	"context"
	"slices"

	"diwan/eventstore"
	"diwan/graph/live"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/projections/inbox"
)

// Subscriptions of one socket, sockets of one session, and sockets of one node.
const (
	mostSubscriptions = 20
	mostSockets       = 10
	mostOpen          = 5000
	mostWatched       = 20 // views of one subscription
)

// standingNow tells what a connection's person may do at this moment; nil when the session is over.
// It is asked again at every event, because a role may be taken away while a page is open.
type standingNow func(ctx context.Context) *access.Standing

type nowKey struct{}

// now is the standing of the connection the request came over, and of the request itself otherwise.
func now(ctx context.Context) *access.Standing {
	if s, ok := ctx.Value(nowKey{}).(standingNow); ok {
		return s(ctx)
	}
	return standingOf(ctx)
}

// watching are the resolvers of subscriptions.
type watching struct {
	hub     *live.Hub
	reports *finance.Reports
}

// DocumentChanged tells about a document whoever may see it, looked at anew for every event.
func (w watching) DocumentChanged(ctx context.Context, kind finance.DocumentKind, id string) (<-chan *live.DocumentChange, error) {
	sees := func() (bool, error) {
		by := now(ctx)
		if by == nil || !by.Holds(string(finance.MayReadFinance)) {
			return false, nil
		}
		return w.reports.Sees(ctx, officer.Finance(by), kind, id)
	}
	if ok, err := sees(); err != nil || !ok {
		if err == nil {
			err = told(ctx, "not_found", kernel.Text{Ar: "لا وثيقة بهذا الرقم.", En: "There is no such document."})
		}
		return nil, err
	}
	if w.hub == nil {
		return nil, nothingLive(ctx)
	}
	seen := make(chan *live.DocumentChange)
	moves := w.hub.Document(ctx, eventstore.Stream{Category: string(kind), Key: id})
	go func() {
		defer close(seen)
		for move := range moves {
			if ok, err := sees(); err != nil || !ok {
				return // the subscription ends as if the document did
			}
			select {
			case seen <- move:
			case <-ctx.Done():
				return
			}
		}
	}()
	return seen, nil
}

// ViewMoved tells that views moved.
func (w watching) ViewMoved(ctx context.Context, views []string) (<-chan *live.ViewMove, error) {
	if w.hub == nil {
		return nil, nothingLive(ctx)
	}
	if len(views) == 0 || len(views) > mostWatched {
		return nil, kernel.Problem{Code: "views", Path: "views", Message: kernel.Text{
			Ar: "من عرض واحد إلى عشرين عرضاً.", En: "Name one to twenty views.",
		}}
	}
	for _, name := range views {
		if name != inbox.ViewName && !slices.Contains(finance.ViewNames(), name) {
			return nil, kernel.Problem{Code: "view_unknown", Path: "views", Message: kernel.Text{
				Ar: "لا عرض باسم «" + name + "».", En: "There is no view “" + name + "”.",
			}}
		}
	}
	return w.hub.Views(ctx, views), nil
}

func nothingLive(ctx context.Context) error {
	return told(ctx, "not_live", kernel.Text{Ar: "لا متابعة مباشرة هنا.", En: "Nothing can be followed live here."})
}
