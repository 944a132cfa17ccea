// Package witness is the small independent party that makes the log binding: it keeps the newest
// checkpoint of every log it knows and cosigns a new one only with a proof that the new log
// contains the old. It speaks C2SP tlog-witness.
//
// Three things to know. It stores before it answers, and compares and stores in one step. A new
// epoch after a restore is a new origin: it is refused until the witness's own people add it, so
// they hear of every restore. It needs no database, only its folder.
package witness

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore/seal/checkpoint"
)

// Witness answers the protocol from one folder.
type Witness struct {
	self  checkpoint.Witness
	key   checkpoint.Key
	state *State
	logs  string
	now   func() time.Time
}

// New opens the witness kept in a folder, with its key (made at first start).
func New(dir, name string, now func() time.Time) (*Witness, error) {
	if !checkpoint.ValidName(name) {
		return nil, fmt.Errorf("a witness's name is letters, digits and . _ - /, not %q", name)
	}
	state, err := OpenState(dir)
	if err != nil {
		return nil, err
	}
	keys, err := checkpoint.KeyFile{Path: filepath.Join(dir, "witness.key")}.LoadOrCreate(now())
	if err != nil {
		state.Close()
		return nil, err
	}
	key := keys[len(keys)-1]
	return &Witness{
		self: checkpoint.Witness{Name: name, Key: key.Public()},
		key:  key, state: state, logs: filepath.Join(dir, "logs"), now: now,
	}, nil
}

// Self is the witness's name and public key, to be given to the log and to auditors.
func (w *Witness) Self() checkpoint.Witness { return w.self }

// Close releases the folder.
func (w *Witness) Close() error { return w.state.Close() }

// AddLog makes a log known to the witness in a folder: an act of the witness's own people. It also
// takes effect on a running witness.
func AddLog(dir, origin string, key checkpoint.PublicKey) error {
	if origin == "" || strings.ContainsAny(origin, " \t\n") {
		return fmt.Errorf("the origin %q must not be empty nor hold spaces", origin)
	}
	path := filepath.Join(dir, "logs")
	known, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the known logs: %w", err)
	}
	line := origin + " " + key.String() + "\n"
	if strings.Contains("\n"+string(known), "\n"+line) {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the witness's folder: %w", err)
	}
	return checkpoint.Replace(path, 0o644, append(known, line...))
}

// keysOf lists the public keys trusted for an origin.
func (w *Witness) keysOf(origin string) ([]checkpoint.PublicKey, error) {
	file, err := os.Open(w.logs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the known logs: %w", err)
	}
	defer file.Close()
	var keys []checkpoint.PublicKey
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		name, key, found := strings.Cut(scanner.Text(), " ")
		if !found || name != origin {
			continue
		}
		k, err := checkpoint.ParsePublicKey(key)
		if err != nil {
			return nil, fmt.Errorf("key of %s in the known logs: %w", origin, err)
		}
		keys = append(keys, k)
	}
	return keys, scanner.Err()
}

// refusal is an answer other than 200.
type refusal struct {
	status int
	size   int64 // with 409: the newest size this witness cosigned
	why    string
}

func (r *refusal) Error() string { return r.why }

// add does what add-checkpoint asks and returns the cosignature line.
func (w *Witness) add(r request) (string, error) {
	c, err := checkpoint.Peek(r.signed)
	if err != nil {
		return "", &refusal{status: http.StatusBadRequest, why: err.Error()}
	}
	keys, err := w.keysOf(c.Origin)
	if err != nil {
		return "", err
	}
	if len(keys) == 0 {
		return "", &refusal{status: http.StatusNotFound, why: "this witness does not know the log " + c.Origin}
	}
	if _, err := checkpoint.Open(r.signed, keys); err != nil {
		return "", &refusal{status: http.StatusForbidden, why: err.Error()}
	}
	if r.old > c.Size {
		return "", &refusal{status: http.StatusBadRequest, why: fmt.Sprintf("old size %d is above the checkpoint's size %d", r.old, c.Size)}
	}
	text, _, _ := strings.Cut(string(r.signed), "\n\n")
	line := w.key.Cosign(w.self.Name, text+"\n", w.now())
	err = w.state.Advance(c, append([]byte(nil), string(r.signed)+line...), func(latest checkpoint.Checkpoint, _ bool) error {
		return consistent(r, c, latest)
	})
	if err != nil {
		return "", err
	}
	return line, nil
}

// consistent decides whether c goes on from the newest checkpoint of its origin.
func consistent(r request, c, latest checkpoint.Checkpoint) error {
	if r.old != latest.Size {
		return &refusal{http.StatusConflict, latest.Size, fmt.Sprintf("the newest checkpoint here has size %d, not %d", latest.Size, r.old)}
	}
	unprocessable := func(why string) error { return &refusal{status: http.StatusUnprocessableEntity, why: why} }
	if latest.Size == 0 {
		empty, _ := tlog.TreeHash(0, nil)
		switch {
		case len(r.proof) > 0:
			return unprocessable("a proof from the empty log is empty")
		case c.Size == 0 && c.Root != empty:
			return unprocessable("an empty log has the empty root")
		}
		return nil
	}
	if c.Size == latest.Size && c.Root != latest.Root {
		return &refusal{http.StatusConflict, latest.Size, fmt.Sprintf("another log of size %d was cosigned here", latest.Size)}
	}
	if err := tlog.CheckTree(r.proof, c.Size, c.Root, latest.Size, latest.Root); err != nil {
		return unprocessable(fmt.Sprintf("the log of size %d is not shown to contain the one of size %d", c.Size, latest.Size))
	}
	return nil
}
