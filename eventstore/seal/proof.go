package seal

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// Proof is what a proof file holds. Its text form is documented in docs/proof.md; there is exactly
// one text for a proof, so no byte of a file can be changed without it being refused.
type Proof struct {
	Lane       eventstore.Lane
	Position   int64
	RecordedAt time.Time
	Digest     [32]byte
	Event      *eventstore.Recorded // nil when the content is withheld
	Inclusion  tlog.RecordProof
	Checkpoint []byte // signed, with its cosignatures
	Logs       []checkpoint.PublicKey
	Witnesses  []checkpoint.Witness
}

const (
	proofTitle = "diwan proof v1\n"
	timeForm   = "2006-01-02T15:04:05.000000Z"
)

// Text is the proof's one text form.
func (p *Proof) Text() ([]byte, error) {
	var b strings.Builder
	b.WriteString(proofTitle)
	fmt.Fprintf(&b, "lane: %s\nposition: %d\nrecorded_at: %s\ndigest: %x\n", p.Lane, p.Position, p.RecordedAt.UTC().Format(timeForm), p.Digest)
	switch e := p.Event; {
	case e == nil:
		b.WriteString("content: withheld\n")
	case p.Lane == eventstore.Telemetry:
		fmt.Fprintf(&b, "content: frame\nraw: %s\nsalt: %x\n", base64.StdEncoding.EncodeToString(e.Data), e.Salt)
	default:
		for _, text := range []string{e.Stream.Category, e.Stream.Key, e.Type, e.Actor, e.OnBehalfOf, string(e.Data)} {
			if !utf8.ValidString(text) {
				return nil, fmt.Errorf("the event at %d holds text that is not UTF-8", p.Position)
			}
		}
		fmt.Fprintf(&b, "content: event\ncategory: %s\nkey: %s\nversion: %d\ntenant: %s\ntype: %s\nschema: %d\ncommand: %s\n",
			escape(e.Stream.Category), escape(e.Stream.Key), e.Version, e.Tenant, escape(e.Type), e.Schema, e.Command)
		fmt.Fprintf(&b, "actor: %s\non_behalf_of: %s\ndata: %s\nsealed: %s\nsalt: %x\n",
			escape(e.Actor), escape(e.OnBehalfOf), escape(string(e.Data)), base64.StdEncoding.EncodeToString(e.Sealed), e.Salt)
	}
	writeHashes(&b, "inclusion", p.Inclusion)
	writeKeys(&b, p.Logs, p.Witnesses)
	b.WriteString("\n")
	b.Write(p.Checkpoint)
	return []byte(b.String()), nil
}

func writeHashes(b *strings.Builder, name string, hashes []tlog.Hash) {
	fmt.Fprintf(b, "%s: %d\n", name, len(hashes))
	for _, h := range hashes {
		fmt.Fprintf(b, "%s\n", h)
	}
}

func writeKeys(b *strings.Builder, logs []checkpoint.PublicKey, witnesses []checkpoint.Witness) {
	fmt.Fprintf(b, "keys: %d\n", len(logs)+len(witnesses))
	for _, k := range logs {
		fmt.Fprintf(b, "log %s\n", k)
	}
	for _, w := range witnesses {
		fmt.Fprintf(b, "witness %s\n", w)
	}
}

// escape writes a text on one line: backslash and control characters become \xNN.
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c < 0x20 || c == 0x7f || c == '\\' {
			fmt.Fprintf(&b, `\x%02x`, c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unescape(s string) (string, error) {
	var b strings.Builder
	for {
		plain, rest, found := strings.Cut(s, `\`)
		b.WriteString(plain)
		if !found {
			return b.String(), nil
		}
		if len(rest) < 3 || rest[0] != 'x' {
			return "", errors.New(`a backslash stands only before xNN`)
		}
		c, err := hex.DecodeString(rest[1:3])
		if err != nil {
			return "", errors.New(`a backslash stands only before xNN`)
		}
		b.WriteByte(c[0])
		s = rest[3:]
	}
}

// fields reads a proof's lines in order; the first failure stays.
type fields struct {
	lines []string
	err   error
}

func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

func (f *fields) line() string {
	if len(f.lines) == 0 {
		f.fail("the file is cut short")
		return ""
	}
	line := f.lines[0]
	f.lines = f.lines[1:]
	return line
}

func (f *fields) text(name string) string {
	value, found := strings.CutPrefix(f.line(), name+": ")
	if !found {
		f.fail("the line %q is missing", name)
		return ""
	}
	plain, err := unescape(value)
	if err != nil {
		f.fail("%s: %w", name, err)
	}
	return plain
}

func (f *fields) number(name string) int64 {
	n, err := strconv.ParseInt(f.text(name), 10, 64)
	if err != nil || n < 0 {
		f.fail("%s is not a whole number", name)
	}
	return n
}

func (f *fields) hex(name string, into []byte) {
	raw, err := hex.DecodeString(f.text(name))
	if err != nil || len(raw) != len(into) {
		f.fail("%s is not %d bytes in hex", name, len(into))
		return
	}
	copy(into, raw)
}

func (f *fields) base64(name string) []byte {
	raw, err := base64.StdEncoding.Strict().DecodeString(f.text(name))
	if err != nil {
		f.fail("%s is not base64", name)
	}
	return raw
}

func (f *fields) uuid(name string) uuid.UUID {
	id, err := uuid.Parse(f.text(name))
	if err != nil {
		f.fail("%s is not a UUID", name)
	}
	return id
}

func (f *fields) hashes(name string) []tlog.Hash {
	n := f.number(name)
	if n > 64 {
		f.fail("%s has more than 64 hashes", name)
	}
	var hashes []tlog.Hash
	for range n {
		if f.err != nil {
			return nil
		}
		h, err := tlog.ParseHash(f.line())
		if err != nil {
			f.fail("%s: %w", name, err)
		}
		hashes = append(hashes, h)
	}
	return hashes
}

func (f *fields) keys() (logs []checkpoint.PublicKey, witnesses []checkpoint.Witness) {
	n := f.number("keys")
	if n > 64 {
		f.fail("there are more than 64 keys")
	}
	for range n {
		if f.err != nil {
			return nil, nil
		}
		kind, value, _ := strings.Cut(f.line(), " ")
		switch kind {
		case "log":
			k, err := checkpoint.ParsePublicKey(value)
			if err != nil {
				f.fail("keys: %w", err)
			}
			logs = append(logs, k)
		case "witness":
			w, err := checkpoint.ParseWitness(value)
			if err != nil {
				f.fail("keys: %w", err)
			}
			witnesses = append(witnesses, w)
		default:
			f.fail("a key is of a log or of a witness")
		}
	}
	return logs, witnesses
}
