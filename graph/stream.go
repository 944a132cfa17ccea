package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// follow runs a subscription: next is called with each event, after a look at whether its reader
// still may. Without events it is looked at every lookAgain, so that what a right was taken away from
// ends although nothing happens. It ends with nil when the subscription does.
func (a *api) follow(ctx context.Context, params *graphql.RawParams, next func(*graphql.Response) error) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = a.executor.DispatchError(ctx, gqlerror.List{gqlerror.WrapPath(nil, a.executor.PresentRecoveredError(ctx, panicked))}).Errors
		}
	}()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	s, problems := a.subscribe(ctx, params)
	if problems != nil {
		return problems
	}
	go s.lookOn(ctx, end)
	for {
		r := s.events(s.ctx)
		if ctx.Err() != nil {
			return whyOver(context.Cause(ctx))
		}
		if r == nil {
			return nil
		}
		if err := s.mayStill(ctx); err != nil {
			return whyOver(err)
		}
		if len(r.Errors) > 0 && len(r.Data) == 0 {
			return r.Errors
		}
		if err := next(r); err != nil {
			return err
		}
	}
}

// whyOver is what a subscription that ended is answered with; nil when its reader ended it.
func whyOver(cause error) error {
	var told *gqlerror.Error
	switch {
	case errors.As(cause, &told):
		return gqlerror.List{told}
	case errors.Is(cause, errSignedOut):
		return cause
	}
	return nil
}

// wantsStream tells whether a request asks for server-sent events and would not take JSON: browsers name
// every kind they can read.
func wantsStream(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "text/event-stream") && !strings.Contains(accept, "json")
}

// serveStream answers one subscription by server-sent events, for those whose network lets no
// WebSocket through: the events next and complete of the graphql-sse protocol.
func serveStream(w http.ResponseWriter, r *http.Request, a *api) {
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var params graphql.RawParams
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBytes))
	decoder.UseNumber()
	if err != nil || kind != "application/json" || decoder.Decode(&params) != nil {
		write(w, http.StatusUnsupportedMediaType, &graphql.Response{Errors: gqlerror.List{refuse("content_type", "a request is application/json")}})
		return
	}
	params.Headers = r.Header
	out := &stream{w: w, control: http.NewResponseController(w), turn: make(chan struct{}, 1)}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies pass every event on at once
	w.WriteHeader(http.StatusOK)
	if out.write(":\n\n") != nil {
		return
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		out.watch(ctx, stop)
	}()
	err = a.follow(ctx, &params, func(r *graphql.Response) error { return out.next(r) })
	var problems gqlerror.List
	if errors.As(err, &problems) {
		_ = out.next(&graphql.Response{Errors: problems}) // the client has gone when this fails
	}
	stop()
	<-ended
	_ = out.write("event: complete\ndata:\n\n")
}

// stream writes events, one at a time; a client that does not take one in time is dropped.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	turn    chan struct{}
}

func (s *stream) next(r *graphql.Response) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("event: next\ndata: ")
	b.Write(data) // JSON has no line breaks
	b.WriteString("\n\n")
	return s.write(b.String())
}

func (s *stream) write(text string) error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	if err := s.control.SetWriteDeadline(time.Now().Add(taking)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}

// watch ends the stream when the session is over, and keeps the connection awake.
func (s *stream) watch(ctx context.Context, stop func()) {
	look, beat := time.NewTicker(lookAgain), time.NewTicker(heartbeat)
	defer look.Stop()
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if now(ctx) == nil {
				stop()
			}
		case <-beat.C:
			if s.write(":\n\n") != nil {
				stop()
			}
		}
	}
}
