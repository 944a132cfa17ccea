package finance

import (
	"context"
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

// This file keeps what the sums of a month's account were after each entry, as views_line_moves.go does
// for budget lines.

func balanceMoveTables() []projections.Table {
	return []projections.Table{{
		Name: "finance_balance_move",
		Columns: `
			year     int    not null,
			period   int    not null,
			fund     text   not null,
			account  text   not null,
			currency text   not null,
			unit     text   not null,
			position bigint not null,
			on_date  date   not null,
			known_on date   not null,
			entries  bigint not null, -- so far, this one included
			debit    bigint not null, -- of all of them
			credit   bigint not null,
			primary key (year, period, fund, account, currency, unit, position)`,
		Indexes: []string{"(year, period) where on_date <> known_on"},
	}, dayTable("finance_ledger_day")}
}

// balanceMoves writes the moves of a batch.
type balanceMoves struct {
	days  dayMarks
	rows  []balanceMove
	sums  map[accountMonth]*balanceSums
	order []accountMonth
}

type balanceSums struct {
	movement
	entries int64
}

type balanceMove struct {
	month     accountMonth
	position  int64
	on, known kernel.Date
	movement  // of this entry
}

func (m *balanceMoves) open(ctx context.Context, b *projections.Batch) error {
	m.sums = map[accountMonth]*balanceSums{}
	return m.days.open(ctx, b, "finance_ledger_day")
}

func (m *balanceMoves) add(at *eventstore.Recorded, e JournalPosted) {
	unit := unitOfEntry(e.Lines)
	first := len(m.rows)
	for _, l := range e.Lines {
		month := accountMonth{account{l.Codes.Fund, l.Codes.Item, e.Currency}, e.Year, e.Period, unit}
		if m.sums[month] == nil {
			m.sums[month] = &balanceSums{}
			m.order = append(m.order, month)
		}
		i := first
		for i < len(m.rows) && m.rows[i].month != month {
			i++
		}
		if i == len(m.rows) {
			m.rows = append(m.rows, balanceMove{month: month, position: at.Position, on: e.On, known: m.days.today})
		}
		m.rows[i].debit += l.Debit
		m.rows[i].credit += l.Credit
	}
}

func (m *balanceMoves) save(ctx context.Context, b *projections.Batch) error {
	if err := m.days.save(ctx, b, "finance_ledger_day"); err != nil {
		return err
	}
	if err := m.load(ctx, b); err != nil {
		return err
	}
	rows := make([][]any, len(m.rows))
	for i, r := range m.rows {
		s := m.sums[r.month]
		s.entries, s.debit, s.credit = s.entries+1, s.debit+r.debit, s.credit+r.credit
		a := r.month
		rows[i] = []any{
			int32(a.year), int32(a.period), a.fund, a.item, a.currency, a.unit, r.position, date(r.on), date(r.known), s.entries, s.debit, s.credit,
		}
	}
	err := b.Copy(ctx, "finance_balance_move", []string{
		"year", "period", "fund", "account", "currency", "unit", "position", "on_date", "known_on", "entries", "debit", "credit",
	}, rows)
	if err != nil {
		return fmt.Errorf("write %d moves of accounts: %w", len(rows), err)
	}
	return nil
}

// load reads the sums that the batch goes on from.
func (m *balanceMoves) load(ctx context.Context, b *projections.Batch) error {
	if len(m.order) == 0 {
		return nil
	}
	var years, periods []int32
	var funds, items, currencies, units []string
	for _, a := range m.order {
		years, periods = append(years, int32(a.year)), append(periods, int32(a.period))
		funds, items, currencies, units = append(funds, a.fund), append(items, a.item), append(currencies, a.currency), append(units, a.unit)
	}
	rows, err := b.Tx.Query(ctx, `
		select t.year, t.period, t.fund, t.account, t.currency, t.unit, m.entries, m.debit, m.credit
		  from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[]) as t(year, period, fund, account, currency, unit)
		  cross join lateral (
			select entries, debit, credit from `+b.Table("finance_balance_move")+` m
			 where (m.year, m.period, m.fund, m.account, m.currency, m.unit) = (t.year, t.period, t.fund, t.account, t.currency, t.unit)
			 order by position desc limit 1) m`, years, periods, funds, items, currencies, units)
	if err != nil {
		return fmt.Errorf("read the sums of %d accounts: %w", len(m.order), err)
	}
	defer rows.Close()
	for rows.Next() {
		var a accountMonth
		var s balanceSums
		if err := rows.Scan(&a.year, &a.period, &a.fund, &a.item, &a.currency, &a.unit, &s.entries, &s.debit, &s.credit); err != nil {
			return fmt.Errorf("read the sums of %d accounts: %w", len(m.order), err)
		}
		*m.sums[a] = s
	}
	return rows.Err()
}
