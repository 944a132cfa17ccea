package history_test

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/eventstore/history"
)

// plantedFaults are the ten faults of a store that the checker must find.
func plantedFaults() []planted {
	return []planted{
		{"skip lock", overdrawn, "should have been refused"},
		{"read stale state", staleRefusal, "was right at no position"},
		{"answer before commit", answeredNotWritten, "acknowledged and lost"},
		{"retry with a new id", secondID, "nobody asked for"},
		{"drop event", dropped, "hole"},
		{"double event", doubled, "hole or a doubled"},
		{"swapped pair", swapped, "asked after a command of a later position"},
		{"projection skips", skipped, "which it never was"},
		{"stale read marked fresh", stale, "which it never was"},
		{"guard ignored", guardIgnored, "should have been refused"},
	}
}

type (
	logOf     = []eventstore.Recorded
	journalOf = []history.Line
)

func content(a asked) json.RawMessage {
	b, _ := json.Marshal(a)
	return b
}

// write appends a command's events to the log as a store without any check would.
func write(log logOf, id uuid.UUID, a asked) (logOf, int64, int64) {
	version := func(key string) (v int64) {
		for _, e := range log {
			if e.Stream.Key == key {
				v = e.Version
			}
		}
		return v
	}
	first := int64(len(log)) + 1
	for i, key := range []string{a.From, a.To} {
		amount := a.Amount
		if i == 1 {
			amount = -amount
		}
		data, _ := json.Marshal(drawn{amount})
		log = append(log, eventstore.Recorded{
			Lane: eventstore.Main, Position: int64(len(log)) + 1, Stream: stream(key), Version: version(key) + 1,
			Type: "test.drawn", Schema: 1, Command: id, RecordedAt: log[len(log)-1].RecordedAt, Data: data,
		})
	}
	return log, first, int64(len(log))
}

func told(j journalOf, l history.Line, a asked) journalOf {
	now := time.Now().UnixNano()
	j = append(j, history.Line{ID: l.ID, At: now, Asked: content(a)})
	l.At = now + 1
	return append(j, l)
}

func accept(log logOf, j journalOf, a asked) (logOf, journalOf) {
	id := uuid.New()
	log, first, last := write(log, id, a)
	return log, told(j, history.Line{ID: id, Outcome: history.OK, First: first, Last: last}, a)
}

func overdrawn(log logOf, j journalOf) (logOf, journalOf) {
	return accept(log, j, asked{From: "line0", To: "line1", Amount: 100_000})
}

func guardIgnored(log logOf, j journalOf) (logOf, journalOf) {
	return accept(log, j, asked{From: "other", To: "line1", Amount: 1, Guard: "line0"})
}

func staleRefusal(log logOf, j journalOf) (logOf, journalOf) {
	// 40 lie on a line nobody ever touched: an answer that it is empty was read from elsewhere.
	return log, told(j, history.Line{ID: uuid.New(), Outcome: history.Refused, Code: "test.empty"},
		asked{From: "untouched", To: "line1", Amount: 40})
}

func answeredNotWritten(log logOf, j journalOf) (logOf, journalOf) {
	n := int64(len(log))
	return log, told(j, history.Line{ID: uuid.New(), Outcome: history.OK, First: n + 1, Last: n + 2},
		asked{From: "line0", To: "line1", Amount: 1})
}

func secondID(log logOf, j journalOf) (logOf, journalOf) {
	log, _, _ = write(log, uuid.New(), asked{From: "other", To: "line1", Amount: 1})
	return log, j
}

func dropped(log logOf, j journalOf) (logOf, journalOf) {
	return slices.Delete(log, len(log)/2, len(log)/2+1), j
}

func doubled(log logOf, j journalOf) (logOf, journalOf) {
	return slices.Insert(log, len(log)/2, log[len(log)/2]), j
}

// swapped exchanges two commands of streams that do not meet, so that only time tells.
func swapped(log logOf, j journalOf) (logOf, journalOf) {
	a, b := uuid.New(), uuid.New()
	first, second := asked{From: "a", To: "b", Amount: 1}, asked{From: "c", To: "d", Amount: 1}
	log, f2, l2 := write(log, b, second) // asked second, stands first
	log, f1, l1 := write(log, a, first)
	j = told(j, history.Line{ID: a, Outcome: history.OK, First: f1, Last: l1}, first)
	j = told(j, history.Line{ID: b, Outcome: history.OK, First: f2, Last: l2}, second)
	j[len(j)-2].At, j[len(j)-1].At = j[len(j)-3].At+1, j[len(j)-3].At+2 // after the first was answered
	return log, j
}

func read(j journalOf, value string, atLeast int64) journalOf {
	return append(j, history.Line{Read: &history.Read{Stream: "test.line/x", Value: value, AtLeast: atLeast, Fresh: true}})
}

// skipped: the view missed the second of two events and shows 39 − 0, which never was after the end.
func skipped(log logOf, j journalOf) (logOf, journalOf) {
	log, j = accept(log, j, asked{From: "x", To: "y", Amount: 1})
	log, j = accept(log, j, asked{From: "x", To: "y", Amount: 2})
	log, j = accept(log, j, asked{From: "x", To: "y", Amount: 3})
	return log, read(j, "36", int64(len(log)-6)) // 40 − 1 − 3: the middle one is missing
}

func stale(log logOf, j journalOf) (logOf, journalOf) {
	log, j = accept(log, j, asked{From: "x", To: "y", Amount: 1})
	log, j = accept(log, j, asked{From: "x", To: "y", Amount: 2})
	return log, read(j, "39", int64(len(log)))
}
