package finance

import (
	"context"
	"fmt"
	"strings"

	"diwan/database"
	"diwan/projections"
)

// This file puts every row where it belongs: in the lowest unit that holds all lines of its document.

// commonTables are what everybody who works with finance may see: the chart, the years, the payees'
// register. Personal data in the last is sealed, and opened only for those whose work needs it.
func commonTables() []string {
	return []string{
		"finance_segment", "finance_year", "finance_period", "finance_budget_key", "finance_payee", "finance_payee_account",
		"finance_line_day", "finance_ledger_day", "finance_cycle",
	}
}

// wallOf is the condition of a table's row-level security.
func wallOf(table string) string {
	for _, common := range commonTables() {
		if table == common {
			return database.Somebody()
		}
	}
	return database.InScope("unit")
}

// unitOfColumns is kernel.BudgetUnit in SQL.
func unitOfColumns(chapter, centre string) string {
	escaped := func(column string) string {
		return `replace(replace(` + column + `, '%', '%25'), '.', '%2E') || '.'`
	}
	return `case when ` + chapter + ` = '' then '.' when ` + centre + ` = '' then ` + escaped(chapter) +
		` else ` + escaped(chapter) + ` || ` + escaped(centre) + ` end`
}

// commonUnit is kernel.UnitAbove over many rows in SQL.
const commonUnit = `case when count(distinct unit) = 1 then min(unit)
	when count(distinct split_part(unit, '.', 1)) = 1 then split_part(min(unit), '.', 1) || '.' else '.' end`

// unitOfEntry is the unit of a ledger entry.
func unitOfEntry(lines []LedgerLine) string {
	units := make([]string, len(lines))
	for i, l := range lines {
		units[i] = l.Codes.unit()
	}
	return unitAbove(units)
}

// unitOrNothing is the unit of stated codes; null when none are stated.
func unitOrNothing(c Codes) any {
	if c == (Codes{}) {
		return nil
	}
	return c.unit()
}

// lineUnits remembers the units of the lines that a batch opens, before anything asks for them.
func (r viewReader) lineUnits(ctx context.Context, b *projections.Batch) error {
	var years []int32
	var keys, units []string
	for i := range b.Events {
		if b.Events[i].Type != (BudgetLineOpened{}).EventType() {
			continue
		}
		event, err := r.event(&b.Events[i])
		if err != nil {
			return err
		}
		opened := event.(BudgetLineOpened)
		years, keys, units = append(years, int32(opened.Year)), append(keys, opened.Key), append(units, opened.Codes.unit())
	}
	if len(keys) == 0 {
		return nil
	}
	_, err := b.Tx.Exec(ctx, `insert into `+b.Table("finance_line_unit")+`
		select * from unnest($1::int[], $2::text[], $3::text[]) on conflict do nothing`, years, keys, units)
	if err != nil {
		return fmt.Errorf("write the units of %d lines: %w", len(keys), err)
	}
	return nil
}

// unitOf is SQL for the unit of a budget line.
func (w *documentWriter) unitOf(year, key string) string {
	return `coalesce((select u.unit from ` + w.table("finance_line_unit") + ` u where u.year = ` + year + ` and u.key = ` + key + `), '.')`
}

// place puts a document, and its lines with it, into the unit above all of its lines.
func (w *documentWriter) place(table string) {
	lines := w.table("finance_document_line")
	w.do(strings.Join([]string{
		`with above as (select `, commonUnit, ` as unit from `, lines, ` where document = $1),
		moved as (update `, lines, ` l set unit = above.unit from above where l.document = $1 and l.unit <> above.unit)
		update `, w.table(table), ` d set unit = above.unit from above where d.id = $1`,
	}, ""), w.id())
}
