package finance

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// RecordedDay is a day on which something was recorded, and the last place of the log known when it ended.
type RecordedDay struct {
	Day      kernel.Date
	Position int64
}

// mostDays is how many days are answered at once: ten years of them.
const mostDays = 3660

// RecordedDays lists the days from one to another, both included, in order.
func (r *Reports) RecordedDays(ctx context.Context, by Officer, from, to kernel.Date) ([]RecordedDay, error) {
	all := []RecordedDay{}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select day, position from read.finance_line_day where day between $1 and $2 order by day limit $3`, date(from), date(to), mostDays)
		if err != nil {
			return fmt.Errorf("read the days of the log: %w", err)
		}
		err = each(rows, func(d *RecordedDay) ([]any, func()) { return []any{(*day)(&d.Day), &d.Position}, func() {} },
			func(d *RecordedDay) { all = append(all, *d) })
		if err != nil {
			return fmt.Errorf("read the days of the log: %w", err)
		}
		return nil
	})
	return all, err
}

// RecordedDays answers the days on which something was recorded.
func (q *Query) RecordedDays(ctx context.Context, from, to kernel.Date) ([]RecordedDay, error) {
	return q.Reports.RecordedDays(ctx, q.Officer(ctx), from, to)
}
