package graph

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/modules/kernel"
)

// errSignedOut ends a connection whose session is over.
var errSignedOut = errors.New("the session is over")

// subscription is one that has begun.
type subscription struct {
	permissions []string
	events      graphql.ResponseHandler
	ctx         context.Context
}

// subscribe begins a subscription, or says why not.
func (a *api) subscribe(ctx context.Context, params *graphql.RawParams) (subscription, gqlerror.List) {
	by := now(ctx)
	if by == nil {
		return subscription{}, gqlerror.List{told(ctx, "unauthenticated", kernel.Text{Ar: "سجّل الدخول أولاً.", En: "Sign in first."})}
	}
	ctx = graphql.StartOperationTrace(a.by(ctx, by, languageOf(ctx)))
	params.ReadTime = graphql.TraceTiming{Start: graphql.Now(), End: graphql.Now()}
	operation, problems := a.executor.CreateOperationContext(ctx, params)
	if problems != nil {
		return subscription{}, problems
	}
	if operation.Operation.Operation != ast.Subscription {
		return subscription{}, gqlerror.List{refuse("subscriptions", "questions and acts are sent by POST")}
	}
	s := subscription{}
	for _, field := range rootFields(operation) {
		s.permissions = append(s.permissions, permissionsOf(field.Definition)...)
	}
	s.events, s.ctx = a.executor.DispatchOperation(ctx, operation)
	return s, nil
}

// mayStill looks at the standing anew.
func (s subscription) mayStill(ctx context.Context) error {
	by := now(ctx)
	if by == nil {
		return errSignedOut
	}
	for _, p := range s.permissions {
		if mayAny(by, p) {
			return nil
		}
	}
	return told(ctx, "forbidden", kernel.Text{Ar: "ليس لك حق هذه المتابعة.", En: "You may not follow this any more."})
}

// lookOn looks at the standing again and again, and ends what its reader may not follow any more.
func (s subscription) lookOn(ctx context.Context, end context.CancelCauseFunc) {
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if err := s.mayStill(ctx); err != nil {
				end(err)
				return
			}
		}
	}
}

// doors counts what is open: connections of a node, and of each session.
type doors struct {
	mu   sync.Mutex
	all  int
	each map[string]int
}

// enter lets one in, or not; leave must be called when it goes.
func (d *doors) enter(session string) (leave func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all >= mostOpen || session != "" && d.each[session] >= mostSockets {
		return nil, false
	}
	d.all++
	if session != "" {
		d.each[session]++
	}
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.all--
		if session == "" {
			return
		}
		if d.each[session]--; d.each[session] == 0 {
			delete(d.each, session)
		}
	}, true
}
