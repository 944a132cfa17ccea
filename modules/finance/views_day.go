package finance

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// dayTable keeps, for every day on which anything was recorded, the last place of the log that was
// known when it ended.
func dayTable(name string) projections.Table {
	return projections.Table{Name: name, Columns: `
			day      date   not null primary key,
			position bigint not null` + hot}
}

// dayMarks follows the log's days. A clock that was set back does not bring an earlier day back: what
// is recorded then became known on the latest day there was.
type dayMarks struct {
	today kernel.Date
	order []kernel.Date
	last  map[kernel.Date]int64
}

func (d *dayMarks) open(ctx context.Context, b *projections.Batch, table string) error {
	d.last = map[kernel.Date]int64{}
	err := b.Tx.QueryRow(ctx, `select day from `+b.Table(table)+` order by day desc limit 1`).Scan((*day)(&d.today))
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("read the last day: %w", err)
	}
	return nil
}

func (d *dayMarks) see(e *eventstore.Recorded) {
	if on := recordedOn(e.RecordedAt); d.today.Before(on) {
		d.today = on
	}
	if _, known := d.last[d.today]; !known {
		d.order = append(d.order, d.today)
	}
	d.last[d.today] = e.Position
}

func (d *dayMarks) save(ctx context.Context, b *projections.Batch, table string) error {
	for _, on := range d.order {
		_, err := b.Tx.Exec(ctx, `insert into `+b.Table(table)+` values ($1, $2) on conflict (day) do update set position = excluded.position`,
			date(on), d.last[on])
		if err != nil {
			return fmt.Errorf("mark the day %s: %w", on, err)
		}
	}
	return nil
}

// recordedOn is the office's calendar day of a moment.
func recordedOn(at time.Time) kernel.Date {
	return kernel.DateOf(at.UTC().Add(3 * time.Hour)) // Amman keeps UTC+3 all year
}
