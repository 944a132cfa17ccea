package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// ParseProof reads a proof file. It refuses every text that is not a proof's one text form, so what
// it returns says everything the file says. It does not yet say that any of it is true: see Check.
func ParseProof(text []byte) (*Proof, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("the file is not UTF-8 text")
	}
	head, signed, found := strings.Cut(string(text), "\n\n")
	body, titled := strings.CutPrefix(head, proofTitle)
	if !found || !titled {
		return nil, errors.New("this is not a Diwan proof, version 1")
	}
	f := &fields{lines: strings.Split(body, "\n")}
	p := &Proof{Checkpoint: []byte(signed)}
	var err error
	if p.Lane, err = checkpoint.LaneByName(f.text("lane")); err != nil {
		return nil, err
	}
	p.Position = f.number("position")
	if p.RecordedAt, err = time.Parse(timeForm, f.text("recorded_at")); err != nil && f.err == nil {
		return nil, errors.New("recorded_at is not a time in UTC with microseconds")
	}
	f.hex("digest", p.Digest[:])
	switch content := f.text("content"); content {
	case "withheld":
	case "frame":
		p.Event = &eventstore.Recorded{Data: f.base64("raw")}
		f.hex("salt", p.Event.Salt[:])
	case "event":
		p.Event = f.event()
	default:
		f.fail("content is event, frame or withheld, not %q", content)
	}
	if p.Event != nil {
		p.Event.Lane, p.Event.Position, p.Event.RecordedAt, p.Event.Digest = p.Lane, p.Position, p.RecordedAt, p.Digest
	}
	p.Inclusion = f.hashes("inclusion")
	p.Logs, p.Witnesses = f.keys()
	if f.err == nil && len(f.lines) > 0 {
		f.fail("there is more than a proof in the file")
	}
	if f.err != nil {
		return nil, f.err
	}
	again, err := p.Text()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, text) {
		return nil, errors.New("the file is not written in a proof's one form")
	}
	return p, nil
}

func (f *fields) event() *eventstore.Recorded {
	e := &eventstore.Recorded{}
	e.Stream.Category = f.text("category")
	e.Stream.Key = f.text("key")
	e.Version = f.number("version")
	e.Tenant = f.uuid("tenant")
	e.Type = f.text("type")
	schema := f.number("schema")
	if schema > 1<<15-1 {
		f.fail("schema is too large")
	}
	e.Schema = int16(schema)
	e.Command = f.uuid("command")
	e.Actor = f.text("actor")
	e.OnBehalfOf = f.text("on_behalf_of")
	e.Data = []byte(f.text("data"))
	e.Sealed = f.base64("sealed")
	f.hex("salt", e.Salt[:])
	return e
}

// splitSigned separates a signed note's text from its signature lines.
func splitSigned(signed []byte) (text string, lines []string, err error) {
	body, signatures, found := strings.Cut(string(signed), "\n\n")
	if !found || !strings.HasSuffix(signatures, "\n") {
		return "", nil, fmt.Errorf("the checkpoint has no signatures")
	}
	return body + "\n", strings.Split(strings.TrimSuffix(signatures, "\n"), "\n"), nil
}
