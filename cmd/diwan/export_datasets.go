package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/projections"
)

// fieldKind is how a column is written.
type fieldKind int

const (
	text   fieldKind = iota
	number           // a whole number
	money            // minor units of the row's currency
)

// field is one column of a data set.
type field struct {
	name string
	kind fieldKind
}

// dataset is a table that leaves Diwan. A row's values are strings and int64s; a money value stands
// beside the row's currency.
type dataset struct {
	name, about string
	fields      []field
	currency    int // index of the column that holds the currency of the money columns; -1 = none
	view, table string
	from        string // the select's order, after the table's name
}

// eventsSet is the log itself, without what is sealed.
const eventsSet = "events"

func datasets() []dataset {
	stages := []field{}
	for _, name := range []string{"original", "supplementary", "virement", "frozen", "released", "reserved", "committed", "obligated", "paid", "provisional", "carried", "lapsed"} {
		stages = append(stages, field{name, money})
	}
	segments := []field{{"year", number}, {"key", text}}
	for _, name := range []string{"fund", "chapter", "centre", "programme", "activity", "item", "source", "governorate", "economic", "currency"} {
		segments = append(segments, field{name, text})
	}
	return []dataset{
		{
			name: "budget-execution", about: "every budget line with its stages", fields: append(segments, stages...), currency: 11,
			view: "finance_line", table: "finance_line", from: "order by year, key",
		},
		{
			name: "trial-balance", about: "debits and credits of each account, fund and month", currency: 4,
			fields: []field{{"year", number}, {"period", number}, {"fund", text}, {"account", text}, {"currency", text}, {"debit", money}, {"credit", money}},
			view:   "finance_ledger", table: "finance_balance", from: "order by year, period, fund, account, currency",
		},
		{
			name: "ledger", about: "every line of the financial ledger in posting order", currency: 11,
			fields: []field{
				{"position", number},
				{"line", number},
				{"journal", text},
				{"number", text},
				{"year", number},
				{"period", number},
				{"on_date", text},
				{"fund", text},
				{"account", text},
				{"payee", text},
				{"key", text},
				{"currency", text},
				{"narration", text},
				{"debit", money},
				{"credit", money},
			},
			view: "finance_ledger", table: "finance_ledger_line", from: "order by position, line",
		},
		{
			name: eventsSet, about: "the log of the lane main, without what is sealed for persons", currency: -1,
			fields: []field{
				{"position", number},
				{"recorded_at", text},
				{"category", text},
				{"key", text},
				{"version", number},
				{"type", text},
				{"schema", number},
				{"command", text},
				{"actor", text},
				{"on_behalf_of", text},
				{"data", text},
			},
		},
	}
}

// rows hands every row of a data set to write, in order, as it stood at a position (0 = now).
func (a *app) rows(ctx context.Context, by *access.Standing, d dataset, asOf int64, write func([]any) error) error {
	if d.name == eventsSet {
		return a.eventRows(ctx, asOf, write)
	}
	if asOf == 0 {
		return a.db.Read(ctx, by.Session(string(finance.MayReadFinance), "export"), func(tx pgx.Tx) error { return d.read(ctx, tx, "read."+d.table, write) })
	}
	for _, v := range views() {
		if v.Name == d.view {
			return projections.AsOf(ctx, a.db, a.store, v, asOf, func(tx pgx.Tx, name func(string) string) error {
				return d.read(ctx, tx, name(d.table), write)
			})
		}
	}
	return fmt.Errorf("there is no view %s", d.view)
}

// read streams the rows of a table; its names are this program's own.
func (d dataset) read(ctx context.Context, tx pgx.Tx, table string, write func([]any) error) error {
	columns := make([]string, len(d.fields))
	for i, f := range d.fields {
		columns[i] = f.name + "::bigint"
		if f.kind == text {
			columns[i] = f.name + "::text"
		}
	}
	rows, err := tx.Query(ctx, "select "+strings.Join(columns, ", ")+" from "+table+" "+d.from)
	if err != nil {
		return fmt.Errorf("read %s: %w", d.name, err)
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return fmt.Errorf("read %s: %w", d.name, err)
		}
		if err := write(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (a *app) eventRows(ctx context.Context, asOf int64, write func([]any) error) error {
	for after := int64(0); ; {
		page, err := a.store.Read(ctx, eventstore.Main, after, 1000)
		if err != nil {
			return err
		}
		for i := range page {
			e := &page[i]
			if asOf > 0 && e.Position > asOf {
				return nil
			}
			err := write([]any{
				e.Position, e.RecordedAt.UTC().Format("2006-01-02T15:04:05.000Z"), e.Stream.Category, e.Stream.Key, e.Version, e.Type,
				int64(e.Schema), e.Command.String(), e.Actor, e.OnBehalfOf, string(e.Data),
			})
			if err != nil {
				return err
			}
			after = e.Position
		}
		if len(page) == 0 {
			return nil
		}
	}
}

// decimal writes a money value of a row.
func (d dataset) decimal(values []any, i int) string {
	currency, _ := values[d.currency].(string)
	minor, _ := values[i].(int64)
	return kernel.FormatAmount(minor, currency)
}
