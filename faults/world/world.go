// Package world is a small treasury for the fault tests: lines of money, moves between them and
// guarded moves. Its deciders are as strict as those of finance, and every answer can be
// checked from the log alone.
package world

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/modules/kernel"
)

// Opening is what every line holds before its first move.
const Opening = 1000

// Drawn says that an amount left a line; a negative one came in.
type Drawn struct {
	Amount int64 `json:"amount"`
}

// EventType is the stored name.
func (Drawn) EventType() string { return "world.drawn" }

// Move asks to take an amount from one line and give it to another, only while the guard line, when
// one is named, has fewer than GuardBelow events.
type Move struct {
	From       string `json:"from"`
	To         string `json:"to"`
	Amount     int64  `json:"amount"`
	Guard      string `json:"guard,omitempty"`
	GuardBelow int64  `json:"guard_below,omitempty"`
}

// Lines is the category of the lines. Its streams grow past the snapshot threshold under load.
func Lines() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[Drawn](1, nil))
	return eventstore.CategoryOf("world.line", eventstore.Main, codec, int64(Opening),
		func(left int64, e eventstore.Event) int64 { return left - e.(Drawn).Amount },
	).WithSnapshot("left/1")
}

// Command builds the command of a move.
func Command(id uuid.UUID, asked json.RawMessage) (eventstore.Command, error) {
	var m Move
	if err := json.Unmarshal(asked, &m); err != nil {
		return eventstore.Command{}, fmt.Errorf("read the move: %w", err)
	}
	cmd := eventstore.Command{ID: id, Actor: "rana", Content: asked}
	for _, key := range []string{m.From, m.To, m.Guard} {
		if key != "" {
			cmd.Touches = append(cmd.Touches, eventstore.Touch{Stream: eventstore.Stream{Category: "world.line", Key: key}, Expected: eventstore.AnyVersion})
		}
	}
	cmd.Decide = func(d *eventstore.Decision) error {
		if left := eventstore.StateOf[int64](d, 0); m.Amount > left {
			return kernel.Problem{Code: "world.empty", Details: map[string]string{"left": strconv.FormatInt(left, 10)}}
		}
		if m.Guard != "" && d.Version(2) >= m.GuardBelow {
			return kernel.Problem{Code: "world.guarded"}
		}
		d.Record(0, Drawn{m.Amount})
		d.Record(1, Drawn{-m.Amount})
		return nil
	}
	return cmd, nil
}

// Model lets the history checker replay this world.
func Model() history.Model {
	return history.Model{
		Categories: []eventstore.Category{Lines()}, Command: Command,
		Show: func(_ eventstore.Stream, state any) string { return strconv.FormatInt(state.(int64), 10) },
	}
}

// Random draws a move: mostly small ones among many lines, often from the one hot line, some too large,
// some guarded.
func Random(r *rand.Rand) json.RawMessage {
	line := func() string { return "line-" + strconv.Itoa(r.IntN(40)) }
	m := Move{From: line(), To: line(), Amount: 1 + r.Int64N(400)}
	if r.IntN(3) == 0 {
		m.From = "hot"
	}
	for m.To == m.From {
		m.To = line()
	}
	if r.IntN(6) == 0 {
		if g := line(); g != m.From && g != m.To {
			m.Guard, m.GuardBelow = g, 1+r.Int64N(60)
		}
	}
	b, _ := json.Marshal(m)
	return b
}
