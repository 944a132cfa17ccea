// Package checkpoint holds the signed statement about a log that leaves the house: origin, number
// of entries, root of the Merkle tree. The forms are the public ones of C2SP (tlog-checkpoint,
// signed-note, tlog-cosignature), so witnesses and auditors may use programs that are not ours.
//
// Three things to know. The signer's name is the origin line, so one key signs for every lane and
// epoch without one signature passing for another. Keys live in a file outside the database. A
// checkpoint without a cosignature of somebody outside does not bind whoever holds the key.
package checkpoint

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says that the log Origin had Size entries with this root.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// maxSize bounds what is believed of a checkpoint; the arithmetic of proofs needs the spare bit.
const maxSize = 1 << 62

// Text is what is signed: three lines.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

// Parse reads the text of a checkpoint, without its signatures. Lines after the third are allowed
// and ignored, as the public format has it.
func Parse(text string) (Checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, errors.New("a checkpoint has three lines: origin, size, root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || size > maxSize || lines[1] != strconv.FormatInt(size, 10) {
		return Checkpoint{}, fmt.Errorf("the checkpoint's size %q is not a whole number", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, fmt.Errorf("the checkpoint's root %q is not a hash", lines[2])
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: tlog.Hash(root)}, nil
}

// Peek reads a signed checkpoint without asking who signed it.
func Peek(signed []byte) (Checkpoint, error) {
	text, _, found := strings.Cut(string(signed), "\n\n")
	if !found {
		return Checkpoint{}, errors.New("a signed checkpoint has an empty line before its signatures")
	}
	return Parse(text + "\n")
}

// Sign signs with every key: during a rotation a checkpoint carries the old and the new signature.
func Sign(c Checkpoint, keys []Key) ([]byte, error) {
	return SignStatement(c.Text(), c.Origin, keys)
}

// SignStatement signs any text in a name, in note form. A statement's name is never an origin.
func SignStatement(text, name string, keys []Key) ([]byte, error) {
	if len(keys) == 0 {
		return nil, errors.New("there is no key to sign with")
	}
	signers := make([]note.Signer, len(keys))
	for i, k := range keys {
		signers[i] = k.signer(name)
	}
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		return nil, fmt.Errorf("sign %s: %w", name, err)
	}
	return signed, nil
}

// Open reads a signed checkpoint and requires a signature of at least one of the keys, made in the
// name of the checkpoint's own origin. A wrong signature by a known key refuses the whole.
func Open(signed []byte, keys []PublicKey) (Checkpoint, error) {
	c, err := Peek(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	if _, err := note.Open(signed, verifiers(c.Origin, keys)); err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint of %s at %d: %w", c.Origin, c.Size, err)
	}
	return c, nil
}

// OpenStatement returns the text of a signed statement after checking it against the keys.
func OpenStatement(signed []byte, name string, keys []PublicKey) (string, error) {
	n, err := note.Open(signed, verifiers(name, keys))
	if err != nil {
		return "", fmt.Errorf("statement of %s: %w", name, err)
	}
	return n.Text, nil
}

func verifiers(name string, keys []PublicKey) note.Verifiers {
	list := make([]note.Verifier, len(keys))
	for i, k := range keys {
		list[i] = k.Verifier(name)
	}
	return note.VerifierList(list...)
}
