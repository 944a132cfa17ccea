// Package backup writes the event database to a folder and brings it back.
//
// Three things to know. A backup is one consistent moment, taken while the log goes on; it holds
// the log and what proves it, no read tables (they are rebuilt) and no keys of persons. The keys
// have a backup of their own that is refused after 30 days, because a key that comes back undoes an
// erasure. A backup is checked whole before anything is written, and a restore raises the log's
// epoch, so that nobody takes the restored log for the one that went on.
package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"diwan/eventstore/seal/checkpoint"
)

// Format is the newest form of a backup this program writes and reads.
const Format = 2

const (
	manifestFile = "manifest.json"
	sumsFile     = "SHA256SUMS"
	kindEvents   = "diwan events"
	kindKeys     = "diwan keys"
)

// Manifest says what is in a backup.
type Manifest struct {
	Kind      string    `json:"kind"`
	Format    int       `json:"format"`
	Program   string    `json:"program"`   // version of Diwan that wrote it
	Migration int64     `json:"migration"` // newest migration of the database
	Server    string    `json:"server"`    // version of PostgreSQL
	CreatedAt time.Time `json:"created_at"`
	Public    []string  `json:"public_keys"` // every key that ever signed the log
	Lanes     []Lane    `json:"lanes"`
	Tables    []Table   `json:"tables"`
	Files     *Files    `json:"files,omitempty"` // that events refer to; nil = none are in it
	Bytes     int64     `json:"bytes"`
}

// Lane is the state of a lane at the moment of the backup.
type Lane struct {
	Lane  string `json:"lane"`
	Epoch int32  `json:"epoch"`
	Size  int64  `json:"size"`
	Root  string `json:"root"` // of the tree over all Size entries, base64
}

// Table is one table's rows in one file.
type Table struct {
	Name    string   `json:"name"` // schema.table
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	File    string   `json:"file"`
	SHA256  string   `json:"sha256"`
	Bytes   int64    `json:"bytes"`
}

// Progress is told what is being done and how far it is; total 0 = not known.
type Progress func(what string, done, total int64)

func (p Progress) say(what string, done, total int64) {
	if p != nil {
		p(what, done, total)
	}
}

// Refused says why a backup is not restored. Nothing was written.
type Refused struct{ Why string }

func (r *Refused) Error() string { return "the backup is refused, nothing was written: " + r.Why }

func refuse(format string, args ...any) error { return &Refused{fmt.Sprintf(format, args...)} }

// finish writes manifest and sums: a folder without them is no backup.
func (m *Manifest) finish(dir string) error {
	for _, t := range m.Tables {
		m.Bytes += t.Bytes
	}
	if m.Files != nil {
		m.Bytes += m.Files.Bytes
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	raw = append(raw, '\n')
	if err := checkpoint.Replace(filepath.Join(dir, manifestFile), 0o600, raw); err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range m.Tables {
		fmt.Fprintf(&sums, "%s  %s\n", t.SHA256, t.File)
	}
	if m.Files != nil {
		fmt.Fprintf(&sums, "%s  %s\n", m.Files.SHA256, filesList)
	}
	fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(raw), manifestFile)
	return checkpoint.Replace(filepath.Join(dir, sumsFile), 0o600, []byte(sums.String()))
}

// Check reads a backup of events whole and compares every byte with its sums (which sha256sum -c
// reads too). It needs no database. Errors: *Refused, with the file and the reason.
func Check(dir string, progress Progress) (Manifest, error) {
	m, err := check(dir, kindEvents, progress)
	for _, t := range m.Tables {
		if err == nil && !t.belongs() {
			err = refuse("%s does not belong into it", t.Name)
		}
	}
	return m, err
}

func check(dir, kind string, progress Progress) (Manifest, error) {
	var m Manifest
	sums, err := os.ReadFile(filepath.Join(dir, sumsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return m, refuse("%s holds no finished backup (%s is missing)", dir, sumsFile)
	}
	if err != nil {
		return m, fmt.Errorf("read the backup: %w", err)
	}
	wanted := make(map[string]string)
	for line := range strings.Lines(string(sums)) {
		sum, name, found := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !found || !strings.HasSuffix(line, "\n") || wanted[name] != "" || filepath.Base(name) != name {
			return m, refuse("%s is damaged", sumsFile)
		}
		wanted[name] = sum
	}
	present, err := os.ReadDir(dir)
	if err != nil {
		return m, fmt.Errorf("read the backup: %w", err)
	}
	for _, f := range present {
		if f.Name() != sumsFile && f.Name() != filesFolder && wanted[f.Name()] == "" {
			return m, refuse("%s does not belong to it", f.Name())
		}
	}
	names := make([]string, 0, len(wanted))
	for name := range wanted {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		progress.say("checking "+name, int64(i), int64(len(names)))
		sum, _, err := sumOf(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			return m, refuse("the file %s is missing", name)
		}
		if err != nil {
			return m, fmt.Errorf("read the backup: %w", err)
		}
		if sum != wanted[name] {
			return m, refuse("the file %s was changed", name)
		}
	}
	if err := m.read(dir, kind, wanted); err != nil {
		return m, err
	}
	return m, m.checkFiles(dir, progress)
}

func (m *Manifest) read(dir, kind string, wanted map[string]string) error {
	raw, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil || wanted[manifestFile] == "" {
		return refuse("the file %s is missing", manifestFile)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if err := decoder.Decode(m); err != nil {
		return refuse("the manifest is not readable: %v", err)
	}
	switch {
	case m.Kind != kind:
		return refuse("it is a backup of %q, not of %q", m.Kind, kind)
	case m.Format > Format:
		return refuse("it is from a newer version of Diwan (%s, format %d; this program reads up to %d)", m.Program, m.Format, Format)
	case len(m.Tables)+1+m.lists() != len(wanted):
		return refuse("the manifest lists %d tables, there are %d files", len(m.Tables), len(wanted)-1-m.lists())
	case m.Files != nil && m.Files.SHA256 != wanted[filesList]:
		return refuse("manifest and %s differ on %s", sumsFile, filesList)
	}
	for _, t := range m.Tables {
		if t.SHA256 != wanted[t.File] {
			return refuse("manifest and %s differ on %s", sumsFile, t.File)
		}
	}
	return nil
}

func sumOf(path string) (sum string, size int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	h := sha256.New()
	size, err = io.Copy(h, bufio.NewReaderSize(file, 1<<20))
	return hex.EncodeToString(h.Sum(nil)), size, err
}
