package finance

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// AsOf is the time of a report on two axes: what is true on a day, as it was known on another day or at
// a place in the log. Empty is now on both.
type AsOf struct {
	TrueOn  *kernel.Date
	KnownOn *kernel.Date // at the end of this day
	KnownAt *int64       // at this place; wins over the day
}

// day is the calendar day a report speaks of; today when none was asked for.
func (a *AsOf) day(today kernel.Date) kernel.Date {
	switch {
	case a == nil:
	case a.TrueOn != nil:
		return *a.TrueOn
	case a.KnownOn != nil:
		return *a.KnownOn
	}
	return today
}

// moment is AsOf against one view: places in the log.
type moment struct {
	known int64 // everything up to here was known
	by    int64 // of it, up to here it was known by the end of the day asked for
	on    kernel.Date
	set   bool // anything but now
}

// dated tells that a day was asked for, and not only what was known.
func (m moment) dated() bool { return !m.on.IsZero() }

// momentOf finds the places for a view; days is its table of days. What is asked for beyond the view's
// end is the view's end.
func momentOf(ctx context.Context, tx pgx.Tx, view, days string, at *AsOf) (moment, error) {
	if at == nil || (at.TrueOn == nil && at.KnownOn == nil && at.KnownAt == nil) {
		return moment{}, nil
	}
	if at.KnownAt != nil && *at.KnownAt < 0 {
		return moment{}, kernel.Problem{Code: "finance.known_at", Path: "at.knownAt", Message: kernel.Text{
			Ar: "موضع السجل عدد صحيح لا يقل عن صفر.", En: "A place in the log is a whole number, zero or more.",
		}}
	}
	m := moment{set: true}
	err := tx.QueryRow(ctx, `select `+reached(view)).Scan(&m.known)
	if err != nil {
		return m, fmt.Errorf("read how far %s is: %w", view, err)
	}
	until := func(on kernel.Date) (n int64, err error) {
		err = tx.QueryRow(ctx, `select position from read.`+days+` where day <= $1 order by day desc limit 1`, date(on)).Scan(&n)
		if errors.Is(err, pgx.ErrNoRows) {
			return 0, nil
		}
		return n, err
	}
	switch {
	case at.KnownAt != nil:
		m.known = min(m.known, *at.KnownAt)
	case at.KnownOn != nil:
		n, err := until(*at.KnownOn)
		if err != nil {
			return m, fmt.Errorf("read what was known on %s: %w", *at.KnownOn, err)
		}
		m.known = min(m.known, n)
	}
	m.by = m.known
	if at.TrueOn != nil {
		m.on = *at.TrueOn
		n, err := until(m.on)
		if err != nil {
			return m, fmt.Errorf("read what was known on %s: %w", m.on, err)
		}
		m.by = min(m.by, n)
	}
	return m, nil
}

// position is SQL for the place a report's figures include everything up to.
func (m moment) position(view string) string {
	if m.set {
		return fmt.Sprintf("%d::bigint", m.known)
	}
	return reached(view)
}

// stageColumns are the columns of StageSums in their order.
func stageColumns() []string {
	return []string{"original", "supplementary", "virement", "frozen", "released", "reserved", "committed", "obligated", "paid", "provisional", "carried", "lapsed"}
}

// lines is SQL for the budget lines as they stood: finance_line itself, or its lines with the sums after
// the last move that was known. Only moves entered on another day than their own are looked at beside it:
// those known by the day but true later are taken out, those true by the day but known later are put in.
func (m moment) lines(year int) string {
	if !m.set {
		return "read.finance_line"
	}
	sums, memo := make([]string, len(stageColumns())), make([]string, len(Accounts))
	add := func(column string, i int) string {
		s := fmt.Sprintf("coalesce(b.%s[%d], 0)", column, i+1)
		if m.dated() {
			s += fmt.Sprintf(" + coalesce(c.%s[%d], 0)::bigint", column, i+1)
		}
		return s
	}
	for i, name := range stageColumns() {
		sums[i] = add("sums", i) + " as " + name
	}
	for i := range memo {
		memo[i] = add("memorandum", i)
	}
	sql := `(
			select l.year, l.key, l.fund, l.chapter, l.centre, l.programme, l.activity, l.item, l.source, l.governorate, l.currency, l.unit,
				` + strings.Join(sums, ", ") + `, array[` + strings.Join(memo, ", ") + `] as memorandum
			  from read.finance_line l
			  left join lateral (
				select m.sums, m.memorandum from read.finance_line_move m
				 where m.year = l.year and m.key = l.key and m.position <= ` + fmt.Sprint(m.by) + `
				 order by m.position desc limit 1
			  ) b on true`
	if m.dated() {
		sql += `
			  left join (` + m.offDayLines(year) + `
			  ) c on c.key = l.key`
	}
	return sql + fmt.Sprintf(`
			 where l.year = %d and l.opened <= %d) as finance_line`, year, m.known)
}

// offDayLines sums, for each line, what its sums by the day lack or have too much.
func (m moment) offDayLines(year int) string {
	parts := func(column string, n int) string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf("sum(sign * (now.%[1]s[%[2]d] - coalesce(was.%[1]s[%[2]d], 0)))", column, i+1)
		}
		return "array[" + strings.Join(all, ", ") + "] as " + column
	}
	return fmt.Sprintf(`
				select now.key, %s, %s
				  from (select *, case when position <= %d then -1 else 1 end as sign
				          from read.finance_line_move
				         where year = %d and on_date <> known_on and position <= %d
				           and case when position <= %d then on_date > %s else on_date <= %s end) now
				  left join lateral (
					select w.sums, w.memorandum from read.finance_line_move w
					 where w.year = now.year and w.key = now.key and w.position < now.position order by w.position desc limit 1
				  ) was on true
				 group by now.key`,
		parts("sums", len(stageColumns())), parts("memorandum", len(Accounts)), m.by, year, m.known, m.by, m.literal(), m.literal())
}

// literal is the day in SQL; a Date holds nothing but digits.
func (m moment) literal() string { return "date '" + m.on.String() + "'" }

// balances is SQL for the sums of the accounts' months as they stood, in the way of lines.
func (m moment) balances(year int) string {
	if !m.set {
		return "read.finance_balance"
	}
	const group = "year, period, fund, account, currency, unit"
	same := func(a, b string) string {
		var terms []string
		for _, column := range strings.Split(group, ", ") {
			terms = append(terms, a+"."+column+" = "+b+"."+column)
		}
		return strings.Join(terms, " and ")
	}
	if !m.dated() {
		return fmt.Sprintf(`(
			select g.year, g.period, g.fund, g.account, g.currency, g.unit, b.debit, b.credit
			  from read.finance_balance g
			  cross join lateral (
				select m.debit, m.credit from read.finance_balance_move m
				 where %s and m.position <= %d order by m.position desc limit 1
			  ) b
			 where g.year <= %d) as finance_balance`, same("m", "g"), m.by, year)
	}
	return fmt.Sprintf(`(
			select g.year, g.period, g.fund, g.account, g.currency, g.unit,
				(coalesce(b.debit, 0) + coalesce(c.debit, 0))::bigint as debit, (coalesce(b.credit, 0) + coalesce(c.credit, 0))::bigint as credit
			  from read.finance_balance g
			  left join lateral (
				select m.entries, m.debit, m.credit from read.finance_balance_move m
				 where %s and m.position <= %d order by m.position desc limit 1
			  ) b on true
			  left join (
				select %s, sum(sign) as entries, sum(sign * (now.debit - coalesce(was.debit, 0))) as debit,
					sum(sign * (now.credit - coalesce(was.credit, 0))) as credit
				  from (select *, case when position <= %d then -1 else 1 end as sign
				          from read.finance_balance_move
				         where year <= %d and on_date <> known_on and position <= %d
				           and case when position <= %d then on_date > %s else on_date <= %s end) now
				  left join lateral (
					select w.debit, w.credit from read.finance_balance_move w
					 where %s and w.position < now.position order by w.position desc limit 1
				  ) was on true
				 group by %s
			  ) c using (%s)
			 where g.year <= %d and coalesce(b.entries, 0) + coalesce(c.entries, 0) > 0) as finance_balance`,
		same("m", "g"), m.by, "now."+strings.ReplaceAll(group, ", ", ", now."), m.by, year, m.known, m.by, m.literal(), m.literal(),
		same("w", "now"), "now."+strings.ReplaceAll(group, ", ", ", now."), group, year)
}
