package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The protocol is graphql-transport-ws. Its close codes; clients do not come back after those of
// 4400 to 4429 that say that the request itself is wrong.
const (
	protocol = "graphql-transport-ws"

	closeBad          websocket.StatusCode = 4400
	closeSignedOut    websocket.StatusCode = 4401
	closeSlowGreeting websocket.StatusCode = 4408
	closeTwice        websocket.StatusCode = 4409
	closeSlow         websocket.StatusCode = 4413 // does not take what is sent
	closeTooMany      websocket.StatusCode = 4429
)

// Times of a socket.
const (
	greeting  = 10 * time.Second // until connection_init
	lookAgain = 2 * time.Second  // at the standing of whoever is connected
	heartbeat = 20 * time.Second
	taking    = 10 * time.Second // for one message
)

const (
	mostMessage = 128 << 10 // of one message from the client
	mostWaiting = 16        // messages to the client
)

// socket is one WebSocket.
type socket struct {
	api  *api
	conn *websocket.Conn
	out  chan []byte

	base context.Context // of the request: what is read and written last does not end with ctx
	ctx  context.Context // ends with the socket
	stop context.CancelCauseFunc

	mu      sync.Mutex
	greeted bool
	open    map[string]context.CancelFunc // subscriptions by id
}

// closing is why a socket is closed from here.
type closing struct {
	code websocket.StatusCode
	why  string
}

// Error is the reason the client is told.
func (c closing) Error() string { return c.why }

// serveSocket answers subscriptions over WebSocket until either side ends it. origins are hosts of
// other origins than the server's own that may connect.
func serveSocket(w http.ResponseWriter, r *http.Request, a *api, origins []string) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{protocol}, OriginPatterns: origins})
	if err != nil {
		return // it has answered
	}
	defer func() { _ = conn.CloseNow() }() // it may be closed already
	conn.SetReadLimit(mostMessage)
	s := &socket{api: a, conn: conn, out: make(chan []byte, mostWaiting), open: map[string]context.CancelFunc{}}
	s.base = r.Context()
	s.ctx, s.stop = context.WithCancelCause(s.base)
	var running sync.WaitGroup
	running.Go(s.write)
	if conn.Subprotocol() != protocol {
		s.end(closeBad, "the protocol is "+protocol)
	} else if now(s.ctx) == nil {
		s.end(closeSignedOut, "sign in first")
	} else {
		s.read()
	}
	running.Wait()
}

// end closes the socket; the first reason counts.
func (s *socket) end(code websocket.StatusCode, why string) { s.stop(closing{code, why}) }

// write sends what waits, keeps the connection awake and looks again at whose it is.
func (s *socket) write() {
	look, beat := time.NewTicker(lookAgain), time.NewTicker(heartbeat)
	late := time.NewTimer(greeting)
	defer look.Stop()
	defer beat.Stop()
	defer late.Stop()
	for {
		select {
		case <-s.ctx.Done():
			var c closing
			if errors.As(context.Cause(s.ctx), &c) {
				_ = s.conn.Close(c.code, c.why) // the client may have gone first
			} else {
				_ = s.conn.CloseNow()
			}
			return
		case <-late.C:
			s.mu.Lock()
			greeted := s.greeted
			s.mu.Unlock()
			if !greeted {
				s.end(closeSlowGreeting, "nothing was said")
			}
		case <-look.C:
			if now(s.ctx) == nil {
				s.end(closeSignedOut, "the session is over")
			}
		case <-beat.C:
			s.send(message{Type: "ping"})
		case text := <-s.out:
			ctx, stop := context.WithTimeout(s.base, taking)
			err := s.conn.Write(ctx, websocket.MessageText, text)
			stop()
			if err != nil {
				s.end(closeSlow, "too slow")
			}
		}
	}
}

// message is one of the protocol's.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// send puts a message in the row; when the row is full the client is too slow and is dropped.
func (s *socket) send(m message) {
	text, err := json.Marshal(m)
	if err != nil {
		return // a payload of ours is always JSON
	}
	select {
	case s.out <- text:
	case <-s.ctx.Done():
	default:
		s.end(closeSlow, "too slow")
	}
}

// read takes the client's messages until the socket ends.
func (s *socket) read() {
	defer s.stop(nil)
	for {
		kind, text, err := s.conn.Read(s.base)
		if err != nil {
			return
		}
		var m message
		if kind != websocket.MessageText || json.Unmarshal(text, &m) != nil {
			s.end(closeBad, "this is no message of the protocol")
			return
		}
		s.take(m)
		if s.ctx.Err() != nil {
			return
		}
	}
}

func (s *socket) take(m message) {
	s.mu.Lock()
	greeted := s.greeted
	s.mu.Unlock()
	switch m.Type {
	case "connection_init":
		if greeted {
			s.end(closeTooMany, "connection_init came twice")
			return
		}
		s.mu.Lock()
		s.greeted = true
		s.mu.Unlock()
		s.send(message{Type: "connection_ack"})
	case "ping":
		s.send(message{Type: "pong"})
	case "pong":
	case "subscribe":
		if !greeted {
			s.end(closeSignedOut, "connection_init comes first")
			return
		}
		s.begin(m)
	case "complete":
		s.finish(m.ID)
	default:
		s.end(closeBad, "this is no message of the protocol")
	}
}

// begin starts a subscription in a goroutine of its own.
func (s *socket) begin(m message) {
	var params graphql.RawParams
	decoder := json.NewDecoder(bytes.NewReader(m.Payload))
	decoder.UseNumber()
	if m.ID == "" || decoder.Decode(&params) != nil {
		s.end(closeBad, "a subscription has an id and a payload")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch _, twice := s.open[m.ID]; {
	case twice:
		s.end(closeTwice, "there is a subscription with this id")
	case len(s.open) >= mostSubscriptions:
		s.fail(m.ID, gqlerror.List{refuse("subscriptions", "a connection has at most %d subscriptions", mostSubscriptions)})
	default:
		ctx, stop := context.WithCancel(s.ctx)
		s.open[m.ID] = stop
		go s.follow(ctx, m.ID, params)
	}
}

// follow hands on a subscription's events, each after a look at whether its reader still may.
func (s *socket) follow(ctx context.Context, id string, params graphql.RawParams) {
	defer s.finish(id)
	err := s.api.follow(ctx, &params, func(r *graphql.Response) error {
		payload, err := json.Marshal(r)
		if err == nil {
			s.send(message{ID: id, Type: "next", Payload: payload})
		}
		return err
	})
	var problems gqlerror.List
	switch {
	case ctx.Err() != nil: // the client ended it, or the socket did
	case errors.Is(err, errSignedOut):
		s.end(closeSignedOut, "the session is over")
	case errors.As(err, &problems):
		s.fail(id, problems)
	default:
		s.send(message{ID: id, Type: "complete"})
	}
}

func (s *socket) fail(id string, problems gqlerror.List) {
	payload, err := json.Marshal(problems)
	if err == nil {
		s.send(message{ID: id, Type: "error", Payload: payload})
	}
}

func (s *socket) finish(id string) {
	s.mu.Lock()
	stop := s.open[id]
	delete(s.open, id)
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
}
