package seal

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// Trust is what the reader of a proof brings along. Without log keys of their own, a proof only
// shows that it agrees with itself: compare the fingerprints with the published ones.
type Trust struct {
	Logs      []checkpoint.PublicKey
	Witnesses []checkpoint.Witness
	Quorum    int // so many of the trusted witnesses must have cosigned
}

// Statement is what an accepted proof shows.
type Statement struct {
	Origin     string               `json:"origin"`
	Position   int64                `json:"position"`
	Size       int64                `json:"size"` // entries of the log when the checkpoint was signed
	RecordedAt string               `json:"recorded_at"`
	Event      *eventstore.Recorded `json:"-"` // nil when withheld
	Withheld   bool                 `json:"withheld"`
	Signers    []string             `json:"signers"`   // fingerprints of the log keys that signed
	Cosigners  []string             `json:"cosigners"` // witnesses whose signature is good
	Trusted    bool                 `json:"trusted"`   // signed by a log key the reader trusts
}

// CheckProof accepts or refuses a proof file. It needs no database and asks nobody. Every signature in
// the file must be good and by a key listed in the file, and every listed key must have signed.
func CheckProof(file []byte, trust Trust) (Statement, error) {
	p, err := ParseProof(file)
	if err != nil {
		return Statement{}, err
	}
	if p.Event != nil {
		if digest, _ := DigestOf(p.Event, nil); digest != p.Digest {
			return Statement{}, errors.New("the content does not give the digest")
		}
	}
	c, origin, err := openWhole(p.Checkpoint, p.Logs, p.Witnesses)
	if err != nil {
		return Statement{}, err
	}
	if origin.Lane != p.Lane {
		return Statement{}, fmt.Errorf("the checkpoint is of lane %s, the event of lane %s", origin.Lane, p.Lane)
	}
	if p.Position < 1 || p.Position > c.Size {
		return Statement{}, fmt.Errorf("position %d is not among the %d entries the checkpoint vouches for", p.Position, c.Size)
	}
	leaf := Leaf{p.Position, p.Digest, p.RecordedAt}.Hash()
	if err := tlog.CheckRecord(p.Inclusion, c.Size, c.Root, p.Position-1, leaf); err != nil {
		return Statement{}, errors.New("the event is not in the log that the checkpoint was signed for")
	}
	s := Statement{
		Origin: c.Origin, Position: p.Position, Size: c.Size, RecordedAt: p.RecordedAt.Format(timeForm),
		Event: p.Event, Withheld: p.Event == nil, Signers: []string{}, Cosigners: []string{},
	}
	return s, trust.judge(&s, p.Logs, p.Witnesses)
}

// judge fills in who signed and requires those the reader trusts.
func (t Trust) judge(s *Statement, logs []checkpoint.PublicKey, witnesses []checkpoint.Witness) error {
	for _, k := range logs {
		s.Signers = append(s.Signers, k.Fingerprint())
		s.Trusted = s.Trusted || slices.Contains(t.Logs, k)
	}
	agreed := 0
	for _, w := range witnesses {
		s.Cosigners = append(s.Cosigners, w.Name)
		if slices.Contains(t.Witnesses, w) {
			agreed++
		}
	}
	if len(t.Logs) > 0 && !s.Trusted {
		return errors.New("the checkpoint is not signed by a key you trust")
	}
	if agreed < t.Quorum {
		return fmt.Errorf("%d of the witnesses you trust have cosigned, you ask for %d", agreed, t.Quorum)
	}
	return nil
}

// openWhole checks a signed checkpoint strictly: three lines, signatures exactly by the listed keys
// in the listed order, the log's first.
func openWhole(signed []byte, logs []checkpoint.PublicKey, witnesses []checkpoint.Witness) (checkpoint.Checkpoint, checkpoint.Origin, error) {
	none := func(err error) (checkpoint.Checkpoint, checkpoint.Origin, error) {
		return checkpoint.Checkpoint{}, checkpoint.Origin{}, err
	}
	text, lines, err := splitSigned(signed)
	if err != nil {
		return none(err)
	}
	c, err := checkpoint.Parse(text)
	if err != nil {
		return none(err)
	}
	if c.Text() != text {
		return none(errors.New("the checkpoint has more than three lines"))
	}
	origin, err := checkpoint.ParseOrigin(c.Origin)
	if err != nil {
		return none(err)
	}
	if len(logs) == 0 || len(lines) != len(logs)+len(witnesses) {
		return none(fmt.Errorf("%d signatures for %d keys", len(lines), len(logs)+len(witnesses)))
	}
	for i := range lines {
		if slices.Contains(lines[:i], lines[i]) {
			return none(fmt.Errorf("signature %d is there twice", i+1))
		}
	}
	for i, line := range lines {
		var by note.Verifier
		if i < len(logs) {
			by = logs[i].Verifier(c.Origin)
		} else {
			by = witnesses[i-len(logs)].Verifier()
		}
		n, err := note.Open([]byte(text+"\n"+line+"\n"), note.VerifierList(by))
		if err != nil || len(n.Sigs) != 1 {
			return none(fmt.Errorf("signature %d is not good", i+1))
		}
		if canonical := "— " + n.Sigs[0].Name + " " + strictBase64(n.Sigs[0].Base64); canonical != line {
			return none(fmt.Errorf("signature %d is not written in its one form", i+1))
		}
	}
	return c, origin, nil
}
