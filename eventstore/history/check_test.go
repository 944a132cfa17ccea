package history_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/modules/kernel"
)

// The world of these tests: lines that hold 40 each; a move takes from one and gives to another, and a
// guarded draw is allowed only while a second line is untouched.
type drawn struct {
	Amount int64 `json:"amount"`
}

func (drawn) EventType() string { return "test.drawn" }

type asked struct {
	From, To string
	Amount   int64
	Guard    string
}

func lines() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[drawn](1, nil))
	return eventstore.CategoryOf("test.line", eventstore.Main, codec, int64(40), func(left int64, e eventstore.Event) int64 {
		return left - e.(drawn).Amount
	})
}

func stream(key string) eventstore.Stream {
	return eventstore.Stream{Category: "test.line", Key: key}
}

func command(id uuid.UUID, content json.RawMessage) (eventstore.Command, error) {
	var a asked
	if err := json.Unmarshal(content, &a); err != nil {
		return eventstore.Command{}, err
	}
	cmd := eventstore.Command{ID: id, Actor: "rana", Content: content}
	for _, key := range []string{a.From, a.To, a.Guard} {
		if key != "" {
			cmd.Touches = append(cmd.Touches, eventstore.Touch{Stream: stream(key), Expected: eventstore.AnyVersion})
		}
	}
	cmd.Decide = func(d *eventstore.Decision) error {
		if left := eventstore.StateOf[int64](d, 0); a.Amount > left {
			return kernel.Problem{Code: "test.empty"}
		}
		if a.Guard != "" && d.Version(2) > 0 {
			return kernel.Problem{Code: "test.guarded"}
		}
		d.Record(0, drawn{a.Amount})
		d.Record(1, drawn{-a.Amount})
		return nil
	}
	return cmd, nil
}

func model() history.Model {
	return history.Model{
		Categories: []eventstore.Category{lines()}, Command: command,
		Show: func(_ eventstore.Stream, state any) string { return strconv.FormatInt(state.(int64), 10) },
	}
}

// genuine runs eight clients on a memory store and returns what the log and the clients hold.
func genuine(t *testing.T) ([]eventstore.Recorded, []history.Line) {
	t.Helper()
	store, err := eventstore.NewMemory(lines())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "journal")
	j, err := history.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	var wait sync.WaitGroup
	for c := range 8 {
		wait.Go(func() {
			for i := range 60 {
				a := asked{From: fmt.Sprint("line", (c+i)%3), To: fmt.Sprint("line", (c+i+1)%3), Amount: int64(7 + (c*i)%30)}
				if i%9 == 0 {
					a.Guard = fmt.Sprint("guard", c%2)
				}
				if i == 50 && c < 2 {
					a = asked{From: fmt.Sprint("guard", c), To: "line0", Amount: 1}
				}
				content, _ := json.Marshal(a)
				id := uuid.Must(uuid.NewV7())
				if err := j.Asked(id, content); err != nil {
					t.Error(err)
				}
				cmd, _ := command(id, content)
				r, err := store.Execute(ctx, cmd)
				l := history.Line{ID: id, Outcome: history.OK, First: r.First, Last: r.Last}
				if p := kernel.ProblemsOf(err); p != nil {
					l = history.Line{ID: id, Outcome: history.Refused, Code: p[0].Code}
				} else if err != nil {
					t.Error(err)
				}
				if err := j.Answered(l); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	log, err := store.Read(ctx, eventstore.Main, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	journal, err := history.ReadJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	last := log[len(log)-1]
	states := map[string]int64{}
	for _, e := range log {
		var d drawn
		if err := json.Unmarshal(e.Data, &d); err != nil {
			t.Fatal(err)
		}
		if _, ok := states[e.Stream.Key]; !ok {
			states[e.Stream.Key] = 40
		}
		states[e.Stream.Key] -= d.Amount
	}
	journal = append(journal, history.Line{At: time.Now().UnixNano(), Read: &history.Read{
		Stream: last.Stream.String(), Value: fmt.Sprint(states[last.Stream.Key]), AtLeast: last.Position, Fresh: true,
	}})
	return log, journal
}

func TestAGenuineHistoryPasses(t *testing.T) {
	log, journal := genuine(t)
	r, err := history.Check(model(), log, journal)
	if err != nil {
		t.Fatal(err)
	}
	if r.Accepted == 0 || r.Refused == 0 || r.Reads != 1 || r.Accepted+r.Refused != 480 {
		t.Errorf("480 operations and one read should have been checked, some refused: %+v", r)
	}
}

// planted is a fault of the store, played by changing what the log or a caller holds.
type planted struct {
	name  string
	plant func(log []eventstore.Recorded, journal []history.Line) ([]eventstore.Recorded, []history.Line)
	says  string
}

func TestEveryPlantedFaultIsFound(t *testing.T) {
	for _, p := range plantedFaults() {
		t.Run(p.name, func(t *testing.T) {
			log, journal := genuine(t)
			log, journal = p.plant(slices.Clone(log), slices.Clone(journal))
			_, err := history.Check(model(), log, journal)
			if err == nil {
				t.Fatal("the fault was not found")
			}
			if !strings.Contains(err.Error(), p.says) {
				t.Errorf("found, but told as %q; expected words %q", err, p.says)
			}
		})
	}
}
