package finance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// Stages are the figures of a line, or of many, as people read them. Whatever is further along is
// no longer in the stage before it: Committed is what is still outstanding of commitments,
// Obligated are verified claims whether paid or not.
type Stages struct {
	Original, Supplementary, Virement, Revised kernel.Money
	Provisional, Carried, Lapsed               kernel.Money
	Frozen, Released, Unreleased               kernel.Money
	Reserved, Committed, Obligated, Paid       kernel.Money
	Unpaid, Used, AvailableYear, AvailableNow  kernel.Money
}

// Stages works out the figures that follow from the sums (finance.md §3.5).
func (s StageSums) Stages(currency string) Stages {
	m := func(amount int64) kernel.Money { return kernel.Money{Amount: amount, Currency: currency} }
	revised := s.Original + s.Supplementary + s.Virement + s.Provisional + s.Carried
	spendable := revised - s.Frozen - s.Lapsed
	used := s.Reserved + s.Committed + s.Obligated
	return Stages{
		Original: m(s.Original), Supplementary: m(s.Supplementary), Virement: m(s.Virement), Revised: m(revised),
		Provisional: m(s.Provisional), Carried: m(s.Carried), Lapsed: m(s.Lapsed),
		Frozen: m(s.Frozen), Released: m(s.Released), Unreleased: m(spendable - s.Released),
		Reserved: m(s.Reserved), Committed: m(s.Committed), Obligated: m(s.Obligated), Paid: m(s.Paid),
		Unpaid: m(s.Obligated - s.Paid), Used: m(used),
		AvailableYear: m(spendable - used), AvailableNow: m(s.Released - used),
	}
}

// MonthStages is what one month saw.
type MonthStages struct {
	Month                                int
	Released, Committed, Obligated, Paid kernel.Money
}

// executionMonths reads the months of the report's rows and of its total.
func executionMonths(ctx context.Context, tx pgx.Tx, q ExecutionQuery, report *ExecutionReport, currency string) error {
	groups := q.groups()
	w := q.where()
	qualified := make([]string, len(groups))
	for i, g := range groups {
		qualified[i] = "l." + g
	}
	columns := strings.Join(qualified, ", ")
	rows, err := tx.Query(ctx, `
		select grouping(l.`+groups[0]+`) = 1, array[`+texts(qualified)+`], m.month,
			sum(m.released)::bigint, sum(m.committed)::bigint, sum(m.obligated)::bigint, sum(m.paid)::bigint
		  from read.finance_line l join (select year, key, month, released, committed, obligated, paid from read.finance_month) m using (year, key)
		 where `+w.String()+`
		 group by grouping sets ((`+columns+`, m.month), (m.month))
		 order by m.month`, w.args...)
	if err != nil {
		return fmt.Errorf("read the months of %d: %w", q.Year, err)
	}
	defer rows.Close()
	byRow := map[string]*ExecutionRow{}
	for i := range report.Rows.Nodes {
		row := &report.Rows.Nodes[i]
		byRow[strings.Join(row.codes, "\x00")] = row
	}
	for rows.Next() {
		var total bool
		var codes []string
		var month int
		var released, committed, obligated, paid int64
		if err := rows.Scan(&total, &codes, &month, &released, &committed, &obligated, &paid); err != nil {
			return fmt.Errorf("read the months of %d: %w", q.Year, err)
		}
		m := func(amount int64) kernel.Money { return kernel.Money{Amount: amount, Currency: currency} }
		one := MonthStages{Month: month, Released: m(released), Committed: m(committed), Obligated: m(obligated), Paid: m(paid)}
		if total {
			report.Months = append(report.Months, one)
			continue
		}
		if row := byRow[strings.Join(codes, "\x00")]; row != nil {
			row.Months = append(row.Months, one)
		}
	}
	return rows.Err()
}

// YearSheet is a year with its periods, as screens show it.
type YearSheet struct {
	Year        int
	Currency    string
	First, Last kernel.Date
	Periods     []PeriodSheet
	BudgetKey   []Segment
}

// State is "closed" when no period is open any more.
func (y *YearSheet) State() string {
	if len(y.Periods) > 0 && !slices.ContainsFunc(y.Periods, func(p PeriodSheet) bool { return p.State != "closed" }) {
		return "closed"
	}
	return "open"
}

// PeriodSheet is one month, or the adjustment period 13.
type PeriodSheet struct {
	Number   int
	From, To kernel.Date
	State    string // open, soft_closed, reopening, closed
}

// elapsed is the part of the year that has passed, in tenths of a percent as text.
func (y *YearSheet) elapsed(today kernel.Date) string {
	length, passed := 1, 0
	for d := y.First; d.Before(y.Last); d = d.AddDays(1) {
		length++
		if d.Before(today) {
			passed++
		}
	}
	if y.Last.Before(today) {
		passed = length
	}
	permille := passed * 1000 / length
	return fmt.Sprintf("%d.%d", permille/10, permille%10)
}

// year reads the head of one year; a year that was never opened is refused.
func (r *Reports) year(ctx context.Context, tx pgx.Tx, year int) (*YearSheet, error) {
	y := &YearSheet{Year: year}
	err := tx.QueryRow(ctx, `select currency, first, last from read.finance_year where year = $1`, year).
		Scan(&y.Currency, (*day)(&y.First), (*day)(&y.Last))
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, kernel.Problem{Code: "finance.year_unknown", Path: "year", Message: kernel.Text{
			Ar: fmt.Sprintf("السنة المالية %d غير مفتوحة.", year), En: fmt.Sprintf("Fiscal year %d is not open.", year),
		}}
	}
	if err != nil {
		return nil, fmt.Errorf("read fiscal year %d: %w", year, err)
	}
	return y, nil
}

// FiscalYears lists the years, newest first.
func (r *Reports) FiscalYears(ctx context.Context, by Officer) ([]YearSheet, error) {
	var years []YearSheet
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select y.year, y.currency, y.first, y.last, p.period, p.first, p.last, p.state,
				coalesce((select k.segments from read.finance_budget_key k where k.from_year <= y.year order by k.from_year desc limit 1), '{}')
			  from read.finance_year y join read.finance_period p using (year)
			 order by y.year desc, p.period`)
		if err != nil {
			return fmt.Errorf("read fiscal years: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var y YearSheet
			var p PeriodSheet
			err := rows.Scan(&y.Year, &y.Currency, (*day)(&y.First), (*day)(&y.Last), &p.Number, (*day)(&p.From), (*day)(&p.To), &p.State, &y.BudgetKey)
			if err != nil {
				return fmt.Errorf("read fiscal years: %w", err)
			}
			if n := len(years); n == 0 || years[n-1].Year != y.Year {
				years = append(years, y)
			}
			last := &years[len(years)-1]
			last.Periods = append(last.Periods, p)
		}
		return rows.Err()
	})
	return years, err
}
