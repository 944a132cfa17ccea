package seal

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// Notary makes proofs.
type Notary struct {
	Book      Book
	Name      string                 // of the installation
	Keys      []checkpoint.PublicKey // every key that ever signed
	Witnesses []checkpoint.Witness   // whose cosignatures go into proofs
}

// Prove returns the proof file of one entry under the newest checkpoint, the newest cosigned one if
// that contains the entry. withhold leaves the content out: the proof then shows that an entry with
// this digest stands at this position, not what it says.
func (n Notary) Prove(ctx context.Context, lane eventstore.Lane, position int64, withhold bool) ([]byte, error) {
	signed, err := n.covering(ctx, lane, position)
	if err != nil {
		return nil, err
	}
	entries, err := n.Book.Entries(ctx, lane, position-1, 1)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 || entries[0].Position != position {
		return nil, fmt.Errorf("there is no entry at position %d of lane %s", position, lane)
	}
	e := &entries[0]
	p := &Proof{Lane: lane, Position: position, RecordedAt: e.RecordedAt}
	p.Digest, _ = DigestOf(e, nil)
	if !withhold {
		p.Event = e
	}
	if p.Inclusion, err = tlog.ProveRecord(signed.Size, position-1, reader(ctx, n.Book, lane)); err != nil {
		return nil, fmt.Errorf("prove position %d of lane %s: %w", position, lane, err)
	}
	if p.Checkpoint, p.Logs, p.Witnesses, err = n.whole(lane, signed); err != nil {
		return nil, err
	}
	text, err := p.Text()
	if err != nil {
		return nil, err
	}
	// A damaged log gives no proof: better to hear it here than from a court.
	if _, err := CheckProof(text, Trust{Logs: n.Keys}); err != nil {
		return nil, fmt.Errorf("position %d of lane %s cannot be proved, run verify: %w", position, lane, err)
	}
	return text, nil
}

func (n Notary) covering(ctx context.Context, lane eventstore.Lane, position int64) (Signed, error) {
	if position < 1 {
		return Signed{}, fmt.Errorf("positions begin with 1, not %d", position)
	}
	for _, cosigned := range []bool{true, false} {
		s, ok, err := n.Book.Newest(ctx, lane, cosigned)
		if err != nil {
			return Signed{}, err
		}
		if ok && s.Size >= position {
			return s, nil
		}
	}
	head, _, err := n.Book.Head(ctx, lane)
	if err != nil {
		return Signed{}, err
	}
	if position > head {
		return Signed{}, fmt.Errorf("lane %s has %d entries; there is no position %d", lane, head, position)
	}
	return Signed{}, fmt.Errorf("position %d of lane %s is not sealed yet; a seal comes within seconds while Diwan is served", position, lane)
}

// whole keeps the signatures whose keys are known, in the order of the file: logs, then witnesses.
func (n Notary) whole(lane eventstore.Lane, s Signed) ([]byte, []checkpoint.PublicKey, []checkpoint.Witness, error) {
	origin := checkpoint.Origin{Name: n.Name, Lane: lane, Epoch: s.Epoch}.String()
	text, lines, err := splitSigned(s.Whole())
	if err != nil {
		return nil, nil, nil, err
	}
	out := text + "\n"
	var logs []checkpoint.PublicKey
	var witnesses []checkpoint.Witness
	for _, line := range lines {
		for _, k := range n.Keys {
			if !slices.Contains(logs, k) && signedBy(text, line, k.Verifier(origin)) {
				logs = append(logs, k)
				out += line + "\n"
			}
		}
	}
	for _, line := range lines {
		for _, w := range n.Witnesses {
			if !slices.Contains(witnesses, w) && signedBy(text, line, w.Verifier()) {
				witnesses = append(witnesses, w)
				out += line + "\n"
			}
		}
	}
	if len(logs) == 0 {
		return nil, nil, nil, fmt.Errorf("the checkpoint of %s at %d is not signed by a known key of this log", origin, s.Size)
	}
	return []byte(out), logs, witnesses, nil
}

func strictBase64(s string) string {
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// ParsePosition reads "42" (of lane main) or "telemetry/42".
func ParsePosition(s string) (eventstore.Lane, int64, error) {
	lane, number := eventstore.Main, s
	if name, rest, found := strings.Cut(s, "/"); found {
		var err error
		if lane, err = checkpoint.LaneByName(name); err != nil {
			return 0, 0, err
		}
		number = rest
	}
	var position int64
	if _, err := fmt.Sscanf(number+"\n", "%d\n", &position); err != nil || position < 1 || fmt.Sprint(position) != number {
		return 0, 0, fmt.Errorf("%q is not a position: write 42 or telemetry/42", s)
	}
	return lane, position, nil
}
