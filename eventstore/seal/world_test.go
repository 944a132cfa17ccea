package seal

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// spent is an event of the tests: an amount in fils taken from a line, with an Arabic reason.
type spent struct {
	Amount int64  `json:"amount"`
	Reason string `json:"reason"`
}

func (spent) EventType() string { return "test.spent" }

func lines(lane eventstore.Lane) eventstore.Category {
	name := "test." + lane.String()
	return eventstore.CategoryOf(name, lane, eventstore.NewCodec(eventstore.Type[spent](1, nil)), int64(0),
		func(total int64, e eventstore.Event) int64 { return total + e.(spent).Amount })
}

// world is a log with its seal, in memory or PostgreSQL.
type world struct {
	log    eventstore.Store
	book   Book
	keys   []checkpoint.Key
	public []checkpoint.PublicKey
	dir    string // the sealer's own memory
	sealer *Sealer
	count  int
}

func newMemoryWorld(t testing.TB, remotes ...*witness.Remote) *world {
	t.Helper()
	log, err := eventstore.NewMemory(lines(eventstore.Main), lines(eventstore.Access))
	must(t, err)
	t.Cleanup(func() { must(t, log.Close()) })
	return newWorld(t, log, NewMemory(log), remotes...)
}

func newWorld(t testing.TB, log eventstore.Store, book Book, remotes ...*witness.Remote) *world {
	t.Helper()
	w := &world{log: log, book: book, dir: t.TempDir()}
	key, err := checkpoint.NewKey()
	must(t, err)
	w.keys, w.public = []checkpoint.Key{key}, []checkpoint.PublicKey{key.Public()}
	state, err := witness.OpenState(w.dir)
	must(t, err)
	t.Cleanup(func() { state.Close() })
	w.sealer, err = New(book, Config{Keys: w.keys, State: state, Now: time.Now, Witnesses: remotes, Log: func(err error) { t.Log(err) }})
	must(t, err)
	return w
}

// spend appends n events to main over a few streams.
func (w *world) spend(t testing.TB, n int) {
	t.Helper()
	w.spendIn(t, eventstore.Main, n)
}

func (w *world) spendIn(t testing.TB, lane eventstore.Lane, n int) {
	t.Helper()
	for n > 0 {
		some := min(n, 50)
		first := w.count
		_, err := w.log.Execute(context.Background(), eventstore.Command{
			ID: uuid.Must(uuid.NewV7()), Tenant: uuid.UUID{15: 7}, Actor: "rana", OnBehalfOf: "هدى",
			Content: fmt.Appendf(nil, "spend %d", first),
			Touches: []eventstore.Touch{
				{Stream: eventstore.Stream{Category: "test." + lane.String(), Key: fmt.Sprint("2026/بند-", first%7)}, Expected: eventstore.AnyVersion},
				{Stream: eventstore.Stream{Category: "test." + lane.String(), Key: fmt.Sprint("2026/line-", first%13)}, Expected: eventstore.AnyVersion},
			},
			Decide: func(d *eventstore.Decision) error {
				for i := range some {
					e := spent{Amount: int64(first + i), Reason: "قرطاسية \\ \"x\""}
					if i%5 == 0 {
						d.RecordSealed(i%2, e, []byte{1, 2, byte(i)})
					} else {
						d.Record(i%2, e)
					}
				}
				return nil
			},
		})
		must(t, err)
		w.count += some
		n -= some
	}
}

func (w *world) seal(t testing.TB) {
	t.Helper()
	for _, lane := range eventstore.Lanes {
		_, err := w.sealer.Seal(context.Background(), lane)
		must(t, err)
	}
}

func (w *world) check() Check {
	return Check{Name: "diwan", Keys: w.public, Now: time.Now}
}

func (w *world) verify(t testing.TB, c Check) Report {
	t.Helper()
	report, err := Verify(context.Background(), w.book, c)
	must(t, err)
	return report
}

func (w *world) notary() Notary { return Notary{Book: w.book, Name: "diwan", Keys: w.public} }

// brokenMain is what the report says of lane main.
func brokenMain(r Report) *Broken { return r.Lanes[0].Broken }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	must(t, err)
	return string(raw)
}
