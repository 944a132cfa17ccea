package graph

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"diwan/modules/access"
)

// line is a client of the WebSocket.
type line struct {
	t    *testing.T
	conn *websocket.Conn
}

// connect opens a socket with a caller's cookies; change may forge the request.
func (c *caller) connect(t *testing.T, change func(http.Header)) (*line, *http.Response, error) {
	t.Helper()
	at, err := url.Parse(c.o.url)
	must(t, err)
	h := http.Header{"Origin": {c.o.url}, "Accept-Language": {"en"}}
	for _, cookie := range c.client.Jar.Cookies(at) {
		h.Add("Cookie", cookie.Name+"="+cookie.Value)
	}
	if change != nil {
		change(h)
	}
	conn, answer, err := websocket.Dial(t.Context(), strings.Replace(c.o.url, "http", "ws", 1)+"/graphql", &websocket.DialOptions{
		HTTPHeader: h, Subprotocols: []string{protocol},
	})
	if err != nil {
		return nil, answer, err
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &line{t, conn}, answer, nil
}

// greeted is a socket that may subscribe.
func (c *caller) greeted(t *testing.T) *line {
	t.Helper()
	l, _, err := c.connect(t, nil)
	must(t, err)
	l.say(`{"type":"connection_init"}`)
	if m := l.hear(); m.Type != "connection_ack" {
		t.Fatalf("the greeting was answered with %+v", m)
	}
	return l
}

func (l *line) say(text string) {
	l.t.Helper()
	must(l.t, l.conn.Write(l.t.Context(), websocket.MessageText, []byte(text)))
}

// hear is the next message that is no heartbeat.
func (l *line) hear() message {
	l.t.Helper()
	for {
		_, text, err := l.conn.Read(l.t.Context())
		must(l.t, err)
		var m message
		must(l.t, json.Unmarshal(text, &m))
		if m.Type != "ping" {
			return m
		}
	}
}

// closed is the code the socket is closed with.
func (l *line) closed() websocket.StatusCode {
	for {
		if _, _, err := l.conn.Read(context.WithoutCancel(l.t.Context())); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func (l *line) subscribe(id, text string, variables map[string]any) {
	l.t.Helper()
	payload, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	must(l.t, err)
	m, err := json.Marshal(message{ID: id, Type: "subscribe", Payload: payload})
	must(l.t, err)
	l.say(string(m))
}

const followDocument = `subscription($id: ID!) { documentChanged(kind: COMMITMENT, id: $id) { id version position } }`

func (c *caller) commitment(amount string) string {
	return c.done("recordCommitment", "RecordCommitmentInput", map[string]any{
		"year": 2026, "subject": "عقد", "lines": []map[string]any{{"key": fuel, "amount": amount}},
	})
}

func TestWhoeverLooksOnIsToldOverASocketAndAStream(t *testing.T) {
	o := openOffice(t)
	rana, nour := o.as("rana"), o.as("nour")
	id := rana.commitment("10")
	var seen map[string]any
	nour.after = rana.after
	nour.ask(&seen, `{ commitments(first: 1) { nodes { id } } }`, nil) // the views show it

	l := nour.greeted(t)
	l.subscribe("1", followDocument, map[string]any{"id": id})
	l.subscribe("2", `subscription { viewMoved(views: ["finance_document"]) { view position } }`, nil)
	l.say(`{"type":"ping"}`) // answered after both were begun
	if m := l.hear(); m.Type != "pong" {
		t.Fatalf("%+v", m)
	}
	stream := nour.stream(t, followDocument, map[string]any{"id": id})

	// Subscriptions begin beside the reader, so the first acts may come before them.
	told := map[string]message{}
	streamed := make(chan string, 1)
	go func() { streamed <- next(stream) }()
	heard, acted := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(acted)
		for {
			select {
			case <-heard:
				return
			default:
				rana.act("amendCommitment", "AmendCommitmentInput", map[string]any{
					"id": id, "lines": []map[string]any{{"key": fuel, "amount": "0.001"}}, "reason": "زيادة",
				})
			}
		}
	}()
	defer func() {
		close(heard)
		<-acted
	}()
	for len(told) < 2 {
		if m := l.hear(); m.Type == "next" {
			told[m.ID] = m
		} else if m.Type != "complete" {
			t.Fatalf("%s was answered with %s %s", m.ID, m.Type, m.Payload)
		}
	}
	for id, want := range map[string]string{"1": `"version":"`, "2": `"view":"finance_document"`} {
		if !strings.Contains(string(told[id].Payload), want) {
			t.Errorf("subscription %s was told %s", id, told[id].Payload)
		}
	}
	if text := <-streamed; !strings.Contains(text, `"documentChanged":{"id":"`+id) {
		t.Errorf("the stream was told %q", text)
	}
}

// stream opens server-sent events.
func (c *caller) stream(t *testing.T, text string, variables map[string]any) *bufio.Scanner {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	must(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.o.url+"/graphql", bytes.NewReader(body))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	answer, err := c.client.Do(r)
	must(t, err)
	t.Cleanup(func() { _ = answer.Body.Close() })
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		t.Fatalf("a stream is %s", kind)
	}
	return bufio.NewScanner(answer.Body)
}

// next is the data of the next event.
func next(lines *bufio.Scanner) string {
	for lines.Scan() {
		if data, is := strings.CutPrefix(lines.Text(), "data: "); is && data != "" {
			return data
		}
	}
	return ""
}

func TestASocketIsClosedWhenItsSessionIsOver(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	l := rana.greeted(t)
	l.subscribe("1", `subscription { viewMoved(views: ["finance_line"]) { view } }`, nil)
	if a := rana.send("/sign-out", "application/json", nil); a.status >= 400 {
		t.Fatalf("signing out was answered with %d", a.status)
	}
	if code := l.closed(); code != closeSignedOut {
		t.Errorf("closed with %d", code)
	}
}

// A role is taken away while its owner looks on and nothing happens: what they follow ends, their
// connection stays.
func TestARoleTakenAwayEndsWhatItsOwnerFollows(t *testing.T) {
	o := openOffice(t)
	rana, nour := o.as("rana"), o.as("nour")
	id := rana.commitment("10")
	var seen map[string]any
	nour.after = rana.after
	nour.ask(&seen, `{ commitments(first: 1) { nodes { id } } }`, nil) // the views show it
	l := nour.greeted(t)
	l.subscribe("1", followDocument, map[string]any{"id": id})
	stream := nour.stream(t, followDocument, map[string]any{"id": id})
	begun := time.Now()
	_, err := o.config.Access.EndGrant(t.Context(), access.Program("test", access.MayGrantRole), access.EndGrant{
		Command: uuid.New(), Person: "nour", Grant: 1, Reason: "نُقلت",
	})
	must(t, err)
	for {
		m := l.hear()
		if m.Type == "next" {
			continue // what happened before
		}
		if m.ID != "1" || m.Type != "error" || !strings.Contains(string(m.Payload), `"forbidden"`) {
			t.Fatalf("it ended with %s %s", m.Type, m.Payload)
		}
		break
	}
	t.Logf("the socket's ended after %s", time.Since(begun).Round(time.Millisecond))
	for text := next(stream); ; text = next(stream) {
		if text == "" || strings.Contains(text, `"forbidden"`) {
			break
		}
	}
	t.Logf("the stream's ended after %s", time.Since(begun).Round(time.Millisecond))
	l.say(`{"type":"ping"}`)
	if m := l.hear(); m.Type != "pong" {
		t.Errorf("the connection does not go on: %+v", m)
	}
}

func TestASocketKeepsTheProtocol(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	for name, c := range map[string]struct {
		say  []string
		code websocket.StatusCode
	}{
		"no JSON":                {[]string{"hello"}, closeBad},
		"an unknown message":     {[]string{`{"type":"start"}`}, closeBad},
		"subscribing ungreeted":  {[]string{`{"type":"subscribe","id":"1","payload":{"query":"subscription { viewMoved(views: [\"finance_line\"]) { view } }"}}`}, closeSignedOut},
		"two greetings":          {[]string{`{"type":"connection_init"}`, `{"type":"connection_init"}`}, closeTooMany},
		"no id":                  {[]string{`{"type":"connection_init"}`, `{"type":"subscribe","payload":{}}`}, closeBad},
		"a payload that is none": {[]string{`{"type":"connection_init"}`, `{"type":"subscribe","id":"1","payload":7}`}, closeBad},
		"one id twice": {[]string{
			`{"type":"connection_init"}`,
			`{"type":"subscribe","id":"1","payload":{"query":"subscription { viewMoved(views: [\"finance_line\"]) { view } }"}}`,
			`{"type":"subscribe","id":"1","payload":{"query":"subscription { viewMoved(views: [\"finance_line\"]) { view } }"}}`,
		}, closeTwice},
	} {
		l, _, err := rana.connect(t, nil)
		must(t, err)
		for _, text := range c.say {
			l.say(text)
		}
		if code := l.closed(); code != c.code {
			t.Errorf("%s: closed with %d, want %d", name, code, c.code)
		}
	}
	nobody, _, err := o.anonymous().connect(t, nil)
	must(t, err)
	if code := nobody.closed(); code != closeSignedOut {
		t.Errorf("somebody who has not signed in: closed with %d", code)
	}
	for name, text := range map[string]string{
		"a question":             `{ me { id } }`,
		"an act":                 `mutation { closePeriod(input: {command: "0192f000-0000-7000-8000-000000000001", year: 2026, period: 1}) { replayed } }`,
		"two at once":            `subscription { a: viewMoved(views: ["finance_line"]) { view } b: viewMoved(views: ["finance_line"]) { view } }`,
		"a view that is none":    `subscription { viewMoved(views: ["es.event"]) { view } }`,
		"a document that is not": `subscription { documentChanged(kind: VOUCHER, id: "x") { id } }`,
	} {
		l := rana.greeted(t)
		l.subscribe("1", text, nil)
		if m := l.hear(); m.Type != "error" && !strings.Contains(string(m.Payload), `"errors"`) {
			t.Errorf("%s was answered with %s %s", name, m.Type, m.Payload)
		}
	}
}

func TestAnotherSitesPageCannotConnect(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	for name, origin := range map[string]string{
		"another site": "https://evil.example", "a null origin": "null", "a host that begins alike": o.url + ".evil.example", "no address": "x",
	} {
		_, answer, err := rana.connect(t, func(h http.Header) { h.Set("Origin", origin) })
		if err == nil || answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s was let in: %v", name, err)
		}
	}
	r, err := http.NewRequest(http.MethodPost, o.url+"/graphql", strings.NewReader(`{"query":"subscription { viewMoved(views: [\"finance_line\"]) { view } }"}`))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if a := rana.do(r); a.status != http.StatusForbidden {
		t.Errorf("another site's stream was answered with %d", a.status)
	}
}

func TestTooManySocketsOfOnePerson(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	for range mostSockets {
		rana.greeted(t)
	}
	if _, answer, err := rana.connect(t, nil); err == nil || answer == nil || answer.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one more was let in: %v", err)
	}
	o.as("nour").greeted(t) // somebody else is not kept out
}

// Clients that take an event stream beside JSON, as the staff app's does, get JSON.
func TestAQuestionWithEveryKindOfAnswerAcceptedGetsJSON(t *testing.T) {
	o := openOffice(t)
	c := o.as("rana")
	r, err := http.NewRequest(http.MethodPost, o.url+"/graphql", strings.NewReader(`{"query":"{ me { id } }"}`))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json, application/json, text/event-stream, multipart/mixed")
	a := c.do(r)
	if !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") || !strings.Contains(string(a.body), `"rana"`) {
		t.Errorf("answered %s %s", a.header.Get("Content-Type"), a.body)
	}
}
