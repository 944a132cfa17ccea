package finance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// ExecutionQuery asks for the execution of a year's budget.
type ExecutionQuery struct {
	Year    int
	GroupBy []Segment // rows; empty = one row a line
	Filter  []SegmentFilter
	// BelowPercent keeps lines with less available now than this share of what was released; nil keeps all.
	BelowPercent *int
	Months       bool // the months as well
	At           *AsOf
	First        int
	After        *string

	by   Officer
	then moment
}

// ExecutionReport is the execution of the budget (تنفيذ الموازنة): rows by any segments, and the sum
// of all of them, not only of the page, from the same snapshot.
type ExecutionReport struct {
	Year     int
	GroupBy  []Segment
	Position kernel.Position
	Elapsed  string // how much of the year has passed: "89.3"
	Total    Stages
	Months   []MonthStages
	Lines    int
	Rows     *kernel.Connection[ExecutionRow]
}

// UpTo is the number of the newest event the figures include.
func (r *ExecutionReport) UpTo() int64 { return r.Position.N }

// ExecutionRow is one group of lines, or one line.
type ExecutionRow struct {
	Segments []SegmentLabel
	Lines    int
	LineKey  string // when the row is exactly one line
	Stages   Stages
	Months   []MonthStages
	codes    []string
}

// ID is the row's place among the rows of its report.
func (r *ExecutionRow) ID() string { return strings.Join(r.codes, "/") }

// Key is the budget key, when the row is exactly one line.
func (r *ExecutionRow) Key() *string {
	if r.LineKey == "" {
		return nil
	}
	return &r.LineKey
}

// Execution reads the report.
func (r *Reports) Execution(ctx context.Context, by Officer, q ExecutionQuery) (*ExecutionReport, error) {
	for i, s := range q.GroupBy {
		if slices.Contains(q.GroupBy[:i], s) {
			return nil, kernel.Problem{Code: "finance.group_twice", Path: "groupBy", Message: kernel.Text{
				Ar: "ذُكر الجزء «" + string(s) + "» مرتين.", En: "Segment " + string(s) + " is named twice.",
			}}
		}
	}
	if q.Months && q.At != nil {
		return nil, kernel.Problem{Code: "finance.months_now", Path: "withMonths", Message: kernel.Text{
			Ar: "الأشهر تُعرض كما هي الآن فقط.", En: "The months are shown as they are now only.",
		}}
	}
	page, err := kernel.NewPage(q.First, q.After, max(1, len(q.GroupBy)))
	if err != nil {
		return nil, err
	}
	q.by = by
	report := &ExecutionReport{Year: q.Year, GroupBy: q.GroupBy}
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		year, err := r.year(ctx, tx, q.Year)
		if err != nil {
			return err
		}
		report.Elapsed = year.elapsed(q.At.day(r.today()))
		if q.then, err = momentOf(ctx, tx, "finance_line", "finance_line_day", q.At); err != nil {
			return err
		}
		rows, err := r.executionRows(ctx, tx, q, page, year.Currency, report)
		if err != nil {
			return err
		}
		report.Rows = kernel.NewConnection(page, rows, func(row *ExecutionRow) []string { return row.codes })
		if q.Months {
			if err := executionMonths(ctx, tx, q, report, year.Currency); err != nil {
				return err
			}
		}
		return nil
	})
	return report, err
}

// groups are the columns a report's rows are made by.
func (q ExecutionQuery) groups() []string {
	if len(q.GroupBy) == 0 {
		return []string{"key"}
	}
	names := make([]string, len(q.GroupBy))
	for i, s := range q.GroupBy {
		names[i] = columnOf(s)
	}
	return names
}

// columnOf is the column of a segment; the names are ours, never the caller's.
func columnOf(s Segment) string {
	if i := slices.Index(Segments, s); i >= 0 {
		return string(Segments[i])
	}
	return "key"
}

func (q ExecutionQuery) where() *where {
	w := &where{}
	w.and("year = ?", q.Year)
	w.within(q.by, "unit")
	for _, f := range q.Filter {
		if f.Prefix {
			w.and("starts_with("+columnOf(f.Segment)+", ?)", f.Code)
		} else {
			w.and(columnOf(f.Segment)+" = ?", f.Code)
		}
	}
	if q.BelowPercent != nil {
		w.and("(released - reserved - committed - obligated) * 100 < released * ?::bigint", *q.BelowPercent)
	}
	return w
}

// stageSums are the sums of the stages over many lines.
const stageSums = `
				coalesce(sum(original), 0)::bigint as original, coalesce(sum(supplementary), 0)::bigint as supplementary,
				coalesce(sum(virement), 0)::bigint as virement, coalesce(sum(frozen), 0)::bigint as frozen,
				coalesce(sum(released), 0)::bigint as released, coalesce(sum(reserved), 0)::bigint as reserved,
				coalesce(sum(committed), 0)::bigint as committed, coalesce(sum(obligated), 0)::bigint as obligated,
				coalesce(sum(paid), 0)::bigint as paid, coalesce(sum(provisional), 0)::bigint as provisional,
				coalesce(sum(carried), 0)::bigint as carried, coalesce(sum(lapsed), 0)::bigint as lapsed`

// executionRows reads the total and one page of rows in one statement, so that both are of one
// snapshot.
func (r *Reports) executionRows(ctx context.Context, tx pgx.Tx, q ExecutionQuery, page kernel.Page, currency string, report *ExecutionReport) ([]ExecutionRow, error) {
	groups := strings.Join(q.groups(), ", ")
	w := q.where()
	inside := w.String()
	lines := q.then.lines(q.Year)
	beyond := "true"
	if page.After != nil {
		marks := make([]string, len(page.After))
		for i, code := range page.After {
			w.args = append(w.args, code)
			marks[i] = fmt.Sprintf("$%d", len(w.args))
		}
		beyond = "(" + groups + ") > (" + strings.Join(marks, ", ") + ")"
	}
	w.args = append(w.args, page.First+1)
	limit := fmt.Sprintf("$%d", len(w.args))
	grouped := `
			select ` + groups + `, grouping(` + q.groups()[0] + `) = 1 as total, count(*) as lines, min(key) as one, ` + stageSums + `
			  from ` + lines + `
			 where ` + inside + `
			 group by grouping sets ((` + groups + `), ())`
	if len(q.GroupBy) == 0 { // rows are lines: the page comes by the index, and only the total is summed
		grouped = `
			select null::text as key, true as total, count(*) as lines, null::text as one, ` + stageSums + `
			  from ` + lines + ` where ` + inside + `
			union all (
			select key, false, 1, key, original, supplementary, virement, frozen, released, reserved, committed, obligated, paid, provisional, carried, lapsed
			  from ` + lines + ` where ` + inside + ` and ` + beyond + ` order by key limit ` + limit + `)`
	}
	sql := `
		with grouped as (` + grouped + `
		)
		select ` + q.then.position("finance_line") + `, total, lines, coalesce(one, ''), array[` + texts(q.groups()) + `],
			original, supplementary, virement, frozen, released, reserved, committed, obligated, paid, provisional, carried, lapsed
		  from grouped
		 where total or ` + beyond + `
		 order by total desc, ` + groups + `
		 limit 1 + ` + limit
	rows, err := tx.Query(ctx, sql, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read the execution of %d: %w", q.Year, err)
	}
	var position int64
	var total bool
	var sums StageSums
	all := make([]ExecutionRow, 0, min(page.First+1, 64))
	of := func(row *ExecutionRow) ([]any, func()) {
		s := &sums
		return []any{
			&position, &total, &row.Lines, &row.LineKey, &row.codes,
			&s.Original, &s.Supplementary, &s.Virement, &s.Frozen, &s.Released, &s.Reserved, &s.Committed, &s.Obligated, &s.Paid, &s.Provisional, &s.Carried, &s.Lapsed,
		}, func() { row.Stages = s.Stages(currency) }
	}
	err = each(rows, of, func(row *ExecutionRow) {
		if total {
			report.Position, report.Lines, report.Total = r.position(position), row.Lines, row.Stages
			return
		}
		if row.Lines != 1 {
			row.LineKey = ""
		}
		all = append(all, *row)
	})
	if err != nil {
		return nil, fmt.Errorf("read the execution of %d: %w", q.Year, err)
	}
	return all, q.segments(ctx, tx, all)
}

// segments puts the row's codes beside their segments; a report by lines shows every segment of
// the key.
func (q ExecutionQuery) segments(ctx context.Context, tx pgx.Tx, rows []ExecutionRow) error {
	if len(q.GroupBy) > 0 {
		for i := range rows {
			for j, s := range q.GroupBy {
				rows[i].Segments = append(rows[i].Segments, SegmentLabel{Segment: s, Code: rows[i].codes[j]})
			}
		}
		return nil
	}
	keys := make([]string, len(rows))
	for i := range rows {
		keys[i] = rows[i].codes[0]
	}
	codes, err := codesOf(ctx, tx, q.Year, keys)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Segments = codes[keys[i]]
	}
	return nil
}

// codesOf reads the segments of lines.
func codesOf(ctx context.Context, tx pgx.Tx, year int, keys []string) (map[string][]SegmentLabel, error) {
	rows, err := tx.Query(ctx, `
		select key, array[fund, chapter, centre, programme, activity, item, source, governorate]
		  from read.finance_line where year = $1 and key = any($2)`, year, keys)
	if err != nil {
		return nil, fmt.Errorf("read segments of lines: %w", err)
	}
	defer rows.Close()
	all := make(map[string][]SegmentLabel, len(keys))
	for rows.Next() {
		var key string
		var codes []string
		if err := rows.Scan(&key, &codes); err != nil {
			return nil, fmt.Errorf("read segments of lines: %w", err)
		}
		for i, code := range codes {
			if code != "" {
				all[key] = append(all[key], SegmentLabel{Segment: Segments[i], Code: code})
			}
		}
	}
	return all, rows.Err()
}

// texts are the columns as text; a column that a total does not have is empty.
func texts(columns []string) string {
	return "coalesce(" + strings.Join(columns, "::text, ''), coalesce(") + "::text, '')"
}
