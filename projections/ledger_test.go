package projections_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"testing"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) {
	if os.Getenv("DIWAN_TEST_VICTIM") != "" {
		os.Exit(victim())
	}
	os.Exit(dbtest.Main(m))
}

// committed is money bound on a line of the Directorate of Roads.
type committed struct {
	Line   string `json:"line"`
	Amount int64  `json:"amount"`
}

func (committed) EventType() string { return "test.committed" }

// surveyed is an event of a shape that older programs do not know.
type surveyed struct {
	Line string `json:"line"`
}

func (surveyed) EventType() string { return "test.surveyed" }

func lines() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[committed](1, nil),
		eventstore.Type[surveyed](2, map[int16]func([]byte) ([]byte, error){1: func(b []byte) ([]byte, error) { return b, nil }}))
	return eventstore.CategoryOf("test.line", eventstore.Main, codec, 0, func(n int, _ eventstore.Event) int { return n + 1 })
}

func newStore(t testing.TB) eventstore.Store {
	t.Helper()
	store, err := eventstore.NewMemory(lines())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// record appends events into one stream with one command and returns the last position.
func record(t testing.TB, store eventstore.Store, line string, events ...eventstore.Event) int64 {
	t.Helper()
	r, err := store.Execute(context.Background(), eventstore.Command{
		ID: uuid.Must(uuid.NewV7()), Actor: "rana", Content: []byte("record"),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "test.line", Key: line}, Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			for _, e := range events {
				d.Record(0, e)
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r.Last
}

// commitMany records n commitments over ten lines; the i-th is of i+1 fils.
func commitMany(t testing.TB, store eventstore.Store, n int) (last int64) {
	t.Helper()
	for from := 0; from < n; from += 100 {
		events := make([]eventstore.Event, min(100, n-from))
		line := fmt.Sprintf("22%02d", from/100%10)
		for i := range events {
			events[i] = committed{line, int64(from + i + 1)}
		}
		last = record(t, store, line, events...)
	}
	return last
}

// totals folds a batch and writes one row a line.
func totals() projections.View {
	return projections.View{
		Name: "totals", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{Name: "line_total", Columns: `line text primary key, amount bigint not null, events bigint not null`, Policies: projections.Anybody()}},
		Apply:  applyTotals,
	}
}

func applyTotals(ctx context.Context, b *projections.Batch) error {
	amounts, counts := map[string]int64{}, map[string]int64{}
	for i := range b.Events {
		c, ok, err := read(&b.Events[i])
		if err != nil {
			return err
		}
		if ok {
			amounts[c.Line] += c.Amount
			counts[c.Line]++
		}
	}
	var batch pgx.Batch
	for line, amount := range amounts {
		batch.Queue(`insert into `+b.Table("line_total")+` as t values ($1, $2, $3)
			on conflict (line) do update set amount = t.amount + $2, events = t.events + $3`, line, amount, counts[line])
	}
	return b.Tx.SendBatch(ctx, &batch).Close()
}

// register has one row an event, so an event applied twice breaks its key.
func register() projections.View {
	return projections.View{
		Name: "register", Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{
			Name:    "commitment",
			Columns: `position bigint primary key, line text not null, amount bigint not null`,
			Indexes: []string{`(line)`, `unique (line, position)`}, Policies: projections.Anybody(),
		}},
		Apply: applyRegister,
	}
}

func applyRegister(ctx context.Context, b *projections.Batch) error {
	var positions, amounts []int64
	var names []string
	for i := range b.Events {
		c, ok, err := read(&b.Events[i])
		if err != nil {
			return err
		}
		if ok {
			positions, names, amounts = append(positions, b.Events[i].Position), append(names, c.Line), append(amounts, c.Amount)
		}
	}
	_, err := b.Tx.Exec(ctx, `insert into `+b.Table("commitment")+` select * from unnest($1::bigint[], $2::text[], $3::bigint[])`,
		positions, names, amounts)
	return err
}

func read(e *eventstore.Recorded) (c committed, ok bool, err error) {
	if e.Type != "test.committed" {
		return c, false, nil
	}
	err = json.Unmarshal(e.Data, &c)
	return c, err == nil, err
}

// start runs the views until the test ends or stop is called.
func start(t testing.TB, r *projections.Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

func newRunner(t testing.TB, db *database.DB, store eventstore.Store, views ...projections.View) *projections.Runner {
	t.Helper()
	r, err := projections.New(db, store, views...)
	if err != nil {
		t.Fatal(err)
	}
	r.Log = slog.New(slog.DiscardHandler)
	return r
}

// one reads a single value as the running role, through the name readers use.
func one[T any](t testing.TB, db *database.DB, sql string, args ...any) (v T) {
	t.Helper()
	err := db.Read(context.Background(), database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(context.Background(), sql, args...).Scan(&v)
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func mustWait(t testing.TB, r *projections.Runner, view string, position int64) {
	t.Helper()
	if err := r.Wait(t.Context(), view, position); err != nil {
		t.Fatal(err)
	}
}
