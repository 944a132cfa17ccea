// Package history checks from outside that the log kept its word: clients write down what they
// asked and what they were told, and the checker replays the log through the pure deciders and
// compares.
//
// Three things to know. The log is the order, so the check is one pass and needs no search. A caller
// who was told success must find its events exactly once, one who was told nothing at most once.
// A refusal must have been right at some moment between question and answer.
package history

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"
)

// What a caller was told.
const (
	OK      = "ok"
	Refused = "refused"
	Unknown = "unknown" // or nothing at all: the line "asked" stands alone
)

// Line is one line of a client's journal. Every operation has an asked line, and an answered line
// unless the client died. Times are nanoseconds of the machine's clock.
type Line struct {
	ID      uuid.UUID       `json:"id"` // the command's id; a repetition keeps it
	At      int64           `json:"at"`
	Asked   json.RawMessage `json:"asked,omitempty"`   // what was asked, for the model to rebuild the command
	Outcome string          `json:"outcome,omitempty"` // answered lines only
	First   int64           `json:"first,omitempty"`
	Last    int64           `json:"last,omitempty"`
	Code    string          `json:"code,omitempty"` // of the refusal
	Read    *Read           `json:"read,omitempty"`
}

// Read is what a reader of a view saw: the value shown for a stream, the position it had asked
// for, and whether the answer was called fresh.
type Read struct {
	Stream  string `json:"stream"`
	Value   string `json:"value"`
	AtLeast int64  `json:"at_least"`
	Fresh   bool   `json:"fresh"`
}

// Journal appends lines to a file. A line is written before its operation begins or after it has
// ended, never later, so a killed client leaves a true journal.
type Journal struct {
	mu sync.Mutex
	f  *os.File
}

// OpenJournal opens a journal for appending.
func OpenJournal(path string) (*Journal, error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return &Journal{f: f}, nil
}

// Asked writes that the operation begins.
func (j *Journal) Asked(id uuid.UUID, what json.RawMessage) error {
	return j.write(Line{ID: id, At: time.Now().UnixNano(), Asked: what})
}

// Answered writes what the caller was told.
func (j *Journal) Answered(l Line) error {
	l.At = time.Now().UnixNano()
	return j.write(l)
}

func (j *Journal) write(l Line) error {
	b, err := json.Marshal(l)
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err = j.f.Write(append(b, '\n'))
	return err
}

// Close closes the file.
func (j *Journal) Close() error { return j.f.Close() }

// ReadJournal reads all whole lines; a last line that was cut by a kill is left out.
func ReadJournal(r io.Reader) ([]Line, error) {
	var lines []Line
	in := bufio.NewReader(r)
	for {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		var l Line
		if err := json.Unmarshal(text, &l); err != nil {
			return nil, fmt.Errorf("journal line %d: %w", len(lines)+1, err)
		}
		lines = append(lines, l)
	}
}
