package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// Views lists the module's read models.
func Views() []projections.View {
	r := viewReader{eventstore.NewCodec(slices.Concat(budgetEvents(), paymentEvents(), treasuryEvents(), cycleEvents(), yearEvents())...)}
	views := []projections.View{
		r.lineView(), r.chartView(), r.documentView(), r.ledgerView(), r.payeeView(), r.timelineView(), r.treasuryView(), r.cashView(), r.cycleView(), r.openView(), r.yearEndView(),
	}
	for _, v := range views {
		for i := range v.Tables {
			v.Tables[i].Policies = []string{"for select using (" + wallOf(v.Tables[i].Name) + ")"}
		}
	}
	return views
}

// ViewNames lists them by name, for waiting.
func ViewNames() []string {
	var names []string
	for _, v := range Views() {
		names = append(names, v.Name)
	}
	return names
}

// hot is the end of a table body whose rows are updated often: half of each page is left free, so
// that a new version of a row stays beside the old one and no index is touched.
const hot = ") with (fillfactor = 50"

// viewReader decodes the events that views fold.
type viewReader struct{ codec *eventstore.Codec }

// event decodes one event of the log; nil for those outside finance.
func (r viewReader) event(e *eventstore.Recorded) (eventstore.Event, error) {
	if !strings.HasPrefix(e.Type, "finance.") {
		return nil, nil
	}
	return r.codec.Decode(e.Type, e.Schema, e.Data)
}

// statements collects the SQL of a batch in the order of its events and sends it in one round trip.
type statements struct{ batch pgx.Batch }

func (s *statements) do(sql string, args ...any) { s.batch.Queue(sql, args...) }

func (s *statements) send(ctx context.Context, tx pgx.Tx) error {
	if s.batch.Len() == 0 {
		return nil
	}
	results := tx.SendBatch(ctx, &s.batch)
	for i := range s.batch.Len() {
		if _, err := results.Exec(); err != nil {
			_ = results.Close() // the first failure is the one to tell
			return fmt.Errorf("statement %d of the batch: %w", i+1, err)
		}
	}
	return results.Close()
}

// lineOf reads year and budget key from the key of a line's stream, "2026/01-2501-…".
func lineOf(s eventstore.Stream) (year int, key string, err error) {
	y, key, found := strings.Cut(s.Key, "/")
	year, err = strconv.Atoi(y)
	if !found || err != nil {
		return 0, "", fmt.Errorf("stream %s does not name a budget line", s)
	}
	return year, key, nil
}

// date is a Gregorian day for the database; null when there is none.
func date(d kernel.Date) any {
	if d.IsZero() {
		return nil
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// codesJSON is a combination for a json column.
func codesJSON(c Codes) string {
	text, _ := json.Marshal(c) // texts always marshal
	return string(text)
}
