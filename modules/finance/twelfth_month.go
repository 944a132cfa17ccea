package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/modules/kernel"
)

// twelfthOfficer is who authorises each month's parts: the program itself.
func twelfthOfficer() Officer {
	held := map[Permission]bool{MaySpendProvisionally: true}
	return Officer{ID: "monthly-twelfth", Permissions: held, Units: Everywhere(held)}
}

// MonthlyTwelfth is the process that gives the lines of a year whose law is late their part when a month
// begins, and catches up on months that began before the regime was decided. The same day begun again
// gives nothing twice.
func (m *Module) MonthlyTwelfth(lines YearLines) feed.Process {
	const name = "finance.monthly_twelfth"
	return feed.Process{Name: name, Topic: "main/directory.day", Handle: func(ctx context.Context, e eventstore.Recorded) error {
		if e.Type != "directory.day_begun" {
			return nil
		}
		var begun struct {
			Day kernel.Date `json:"day"`
		}
		if err := json.Unmarshal(e.Data, &begun); err != nil {
			return fmt.Errorf("read which day began at position %d: %w", e.Position, err)
		}
		for _, number := range []int{begun.Day.Year() - 1, begun.Day.Year()} { // a fiscal year may begin in any month
			year, err := now[FiscalYear](ctx, m, yearCategory(), YearStream(number))
			if err != nil {
				return err
			}
			month, err := year.monthOf(begun.Day)
			if err != nil || !year.Provisional || year.TwelfthMonth >= month {
				continue
			}
			in := SpendProvisionally{Command: feed.CommandID(name, e, fmt.Sprint(number)), Year: number, Month: month}
			if err := m.AuthoriseTwelfths(ctx, twelfthOfficer(), lines, in); err != nil && kernel.ProblemsOf(err) == nil {
				return fmt.Errorf("authorise month %d of %d: %w", month, number, err)
			}
		}
		return nil
	}}
}

// monthOf is the month of the year that a day falls in.
func (y FiscalYear) monthOf(on kernel.Date) (int, error) {
	for _, p := range y.Periods {
		if p.No != AdjustmentPeriod && on.Within(p.From, p.To) {
			return p.No, nil
		}
	}
	return 0, yearNotOpen()
}

// YearLinesIn reads the lines of a year from those people see, once these have come to the log's end.
func (m *Module) YearLinesIn(db *database.DB, wait func(ctx context.Context, view string, position int64) error) YearLines {
	return func(ctx context.Context, year int, after string, limit int) (keys []string, err error) {
		if after == "" {
			position, _, err := m.log.Head(ctx, eventstore.Main)
			if err != nil {
				return nil, fmt.Errorf("read the log's end: %w", err)
			}
			if err := wait(ctx, "finance_line", position); err != nil {
				return nil, err
			}
		}
		err = db.Read(ctx, database.Session{Actor: twelfthOfficer().ID, Scope: []string{""}}, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, `select key from read.finance_line where year = $1 and key > $2 order by key limit $3`, year, after, limit)
			if err != nil {
				return err
			}
			keys, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
		return keys, err
	}
}
