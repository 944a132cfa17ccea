package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// A consistency file shows that the log of a newer checkpoint contains the whole log of an older one,
// such as an auditor wrote down a year ago: nothing before it was changed since.
const consistencyTitle = "diwan consistency v1\n"

type consistency struct {
	old   checkpoint.Checkpoint
	path  []tlog.Hash
	logs  []checkpoint.PublicKey
	with  []checkpoint.Witness
	newer []byte
}

func (c *consistency) text() []byte {
	var b strings.Builder
	b.WriteString(consistencyTitle)
	fmt.Fprintf(&b, "old_origin: %s\nold_size: %d\nold_root: %s\n", escape(c.old.Origin), c.old.Size, c.old.Root)
	writeHashes(&b, "path", c.path)
	writeKeys(&b, c.logs, c.with)
	b.WriteString("\n")
	b.Write(c.newer)
	return []byte(b.String())
}

// ProveConsistency returns the consistency file from an older checkpoint to the newest.
func (n Notary) ProveConsistency(ctx context.Context, lane eventstore.Lane, old checkpoint.Checkpoint) ([]byte, error) {
	newest, ok, err := n.Book.Newest(ctx, lane, false)
	if err != nil {
		return nil, err
	}
	if !ok || newest.Size < old.Size || old.Size < 1 {
		return nil, fmt.Errorf("lane %s is signed up to %d; nothing leads there from %d", lane, newest.Size, old.Size)
	}
	c := &consistency{old: old}
	if c.path, err = tlog.ProveTree(newest.Size, old.Size, reader(ctx, n.Book, lane)); err != nil {
		return nil, fmt.Errorf("prove lane %s from %d to %d: %w", lane, old.Size, newest.Size, err)
	}
	if c.newer, c.logs, c.with, err = n.whole(lane, newest); err != nil {
		return nil, err
	}
	text := c.text()
	if _, err := CheckConsistency(text, Trust{Logs: n.Keys}); err != nil {
		return nil, fmt.Errorf("lane %s does not go on from that checkpoint: %w", lane, err)
	}
	return text, nil
}

// CheckConsistency accepts or refuses a consistency file, without a database.
func CheckConsistency(file []byte, trust Trust) (Statement, error) {
	if !utf8.Valid(file) {
		return Statement{}, errors.New("the file is not UTF-8 text")
	}
	head, signed, found := strings.Cut(string(file), "\n\n")
	body, titled := strings.CutPrefix(head, consistencyTitle)
	if !found || !titled {
		return Statement{}, errors.New("this is not a Diwan consistency file, version 1")
	}
	f := &fields{lines: strings.Split(body, "\n")}
	c := &consistency{newer: []byte(signed)}
	c.old.Origin = f.text("old_origin")
	c.old.Size = f.number("old_size")
	root, err := tlog.ParseHash(f.text("old_root"))
	if err != nil {
		f.fail("old_root: %w", err)
	}
	c.old.Root = root
	c.path = f.hashes("path")
	c.logs, c.with = f.keys()
	if f.err != nil {
		return Statement{}, f.err
	}
	if len(f.lines) > 0 || !bytes.Equal(c.text(), file) {
		return Statement{}, errors.New("the file is not written in its one form")
	}
	newer, origin, err := openWhole(c.newer, c.logs, c.with)
	if err != nil {
		return Statement{}, err
	}
	before, err := checkpoint.ParseOrigin(c.old.Origin)
	if err != nil {
		return Statement{}, err
	}
	if before.Name != origin.Name || before.Lane != origin.Lane || before.Epoch > origin.Epoch {
		return Statement{}, fmt.Errorf("%s does not go on from %s", newer.Origin, c.old.Origin)
	}
	if tlog.CheckTree(c.path, newer.Size, newer.Root, c.old.Size, c.old.Root) != nil {
		return Statement{}, errors.New("the newer log is not shown to contain the older")
	}
	s := Statement{Origin: newer.Origin, Position: c.old.Size, Size: newer.Size, Signers: []string{}, Cosigners: []string{}}
	return s, trust.judge(&s, c.logs, c.with)
}

func signedBy(text, line string, v note.Verifier) bool {
	n, err := note.Open([]byte(text+"\n"+line+"\n"), note.VerifierList(v))
	return err == nil && len(n.Sigs) == 1
}
