// Package search is the one search over all modules.
//
// Three things to know. Texts are analysed in Go, the same way when they are indexed and when they
// are asked for (package arabic), and stand as tsvector and arrays without any parser of the
// database's. A hit says why it is one: its number, the word as written, the word's stem, or a
// spelling that is near. Rights are conditions of the SQL, so counts tell nothing either.
package search

import (
	"context"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/paper"
	"diwan/projections/search/arabic"
)

// ViewName is the view's name, for waiting.
const ViewName = "search"

// View keeps what can be found.
func View() projections.View {
	return projections.View{
		Name: ViewName, Version: 3, Lane: eventstore.Main,
		Tables: []projections.Table{
			{
				Name: "search_entry", Columns: `
				kind       text     not null,
				id         text     not null,
				title_ar   text     not null,
				title_en   text     not null,
				number     text     not null,
				detail     text     not null, -- what else is found: the payee's name, a reference
				permission text     not null, -- which reads it
				unit       text     not null, -- the lowest that all of it belongs to; empty for none
				words      tsvector not null,
				stems      tsvector not null,
				grams      text[]   not null,
				position   bigint   not null,
				from_on    date     not null default '-infinity', -- the days on which it is called so
				until_on   date     not null default 'infinity',
				primary key (kind, id, from_on)`,
				Indexes:  []string{"using gin (words)", "using gin (stems)", "using gin (grams)", "(number)"},
				Policies: []string{readable()},
			},
			{Name: "search_line", Columns: `
				year int  not null,
				key  text not null,
				unit text not null,
				primary key (year, key)`},
			{Name: "search_name", Columns: `
				id       text   not null, -- of a body, a unit or a post
				act      text   not null,
				from_on  date   not null,
				position bigint not null,
				kind     text   not null, -- of what is founded; empty for what changes
				name_ar  text   not null,
				name_en  text   not null,
				code     text   not null,
				ends     bool   not null,
				primary key (id, position)`, Indexes: []string{"(act)"}},
			{Name: "search_payee", Columns: `
				id      text not null primary key,
				name_ar text not null,
				name_en text not null`, Policies: []string{someone}},
		},
		Apply: apply,
	}
}

// someone is the second wall: a transaction that does not say who reads sees no row.
const someone = "for select using (nullif(current_setting('diwan.actor', true), '') is not null)"

// names is the permission of entries that everybody who works here may find: bodies, units, posts and
// people. What belongs to a unit is found by those who work in it.
const names = "signed_in"

// readable is the second wall of the entries.
func readable() string {
	return "for select using (permission = '" + names + "' and " + database.Somebody() + " or " + database.InScope("unit") + ")"
}

// entry is one thing that can be found.
type entry struct {
	kind, id, ar, en, number, detail, permission, amount string
	from, until                                          string // the days it holds; empty = always
}

func apply(ctx context.Context, b *projections.Batch) error {
	w := writer{tx: b.Tx, entry: b.Table("search_entry"), line: b.Table("search_line"), payee: b.Table("search_payee"), name: b.Table("search_name")}
	for i := range b.Events {
		e := &b.Events[i]
		f, ok, err := paper.Of(e)
		if err != nil {
			return err
		}
		if ok && f.Kind == "emergency" { // a use of the emergency way in is not looked for
			continue
		}
		if ok {
			if err := w.fact(ctx, f); err != nil {
				return err
			}
			continue
		}
		if err := w.registry(ctx, e); err != nil {
			return err
		}
	}
	return w.flush(ctx)
}

type writer struct {
	tx                       pgx.Tx
	batch                    pgx.Batch
	entry, line, payee, name string
}

func (w *writer) do(sql string, args ...any) { w.batch.Queue(sql, args...) }

func (w *writer) flush(ctx context.Context) error {
	err := w.tx.SendBatch(ctx, &w.batch).Close()
	w.batch = pgx.Batch{}
	return err
}

func (w *writer) fact(ctx context.Context, f paper.Fact) error {
	switch f.Kind {
	case "line":
		w.do(`insert into `+w.line+` values ($1, $2, $3)`, f.Year, f.ID, f.Unit)
		return nil
	case "payee":
		if f.Name == (kernel.Text{}) {
			return nil // a natural person: sealed, so not found by name
		}
		w.do(`insert into `+w.payee+` values ($1, $2, $3)`, f.ID, f.Name.Ar, f.Name.En)
		w.write(f, entry{kind: "payee", id: f.ID, ar: f.Name.Ar, en: f.Name.En, number: f.Reference, permission: "finance.read"})
		return nil
	case "segment":
		switch f.Step {
		case "added", "renamed":
			w.write(f, entry{kind: "segment", id: f.Segment + "/" + f.Code, ar: f.Name.Ar, en: f.Name.En, number: f.Code, detail: f.Segment, permission: "finance.read"})
		}
		return nil
	case "period", "bank_account":
		return nil
	}
	return w.document(ctx, f)
}

// document indexes a document when it is written, and again when it gets its number.
func (w *writer) document(ctx context.Context, f paper.Fact) error {
	if f.Subject == "" && f.Number == "" {
		return nil
	}
	switch f.Step {
	case "drafted", "proposed", "opened", "registered", "prepared", "revised", "certified", "approved", "posted", "submitted":
	default:
		return nil
	}
	if err := w.flush(ctx); err != nil { // what follows reads what was written
		return err
	}
	e := entry{kind: f.Kind, id: f.ID, ar: f.Subject, number: f.Number, detail: f.Reference, permission: "finance.read"}
	var ar, number, detail string
	err := w.tx.QueryRow(ctx, `select title_ar, number, detail from `+w.entry+` where kind = $1 and id = $2`, f.Kind, f.ID).Scan(&ar, &number, &detail)
	switch {
	case err == nil:
		if f.Step == "certified" || f.Step == "approved" || e.ar == "" {
			e.ar = ar
		}
		if e.number == "" {
			e.number = number
		}
		if e.detail == "" {
			e.detail = detail
		}
	case err != pgx.ErrNoRows:
		return err
	}
	if f.Payee != "" {
		var payeeAr, payeeEn string
		if err := w.tx.QueryRow(ctx, `select name_ar, name_en from `+w.payee+` where id = $1`, f.Payee).Scan(&payeeAr, &payeeEn); err == nil {
			e.detail = joined(f.Reference, payeeAr, payeeEn)
		} else if err != pgx.ErrNoRows {
			return err
		}
	}
	w.write(f, e)
	return nil
}

// write indexes an entry, new or again. The unit stays what it was when nothing is said about lines.
func (w *writer) write(f paper.Fact, e entry) {
	if f.Amount != 0 && f.Currency != "" {
		e.amount = kernel.Money{Amount: f.Amount, Currency: f.Currency}.Decimal()
	}
	w.keep(e, f.Position, f.Year, f.Keys, f.Unit)
}

// keep writes an entry. It belongs to the unit its lines say, else to that of the budget lines it
// names, the whole government when they are unknown; what has no lines belongs to none.
func (w *writer) keep(e entry, position int64, year int, keys []string, unit string) {
	x := arabic.IndexOf(e.ar, e.en, e.number, e.detail, e.amount)
	w.do(`
		insert into `+w.entry+` as entry values ($1, $2, $3, $4, $5, $6, $7,
			coalesce(nullif($14::text, ''), case when cardinality($13::text[]) = 0 then '' end,
				(select case when count(*) < (select count(distinct k) from unnest($13::text[]) k) then '.'
					when count(distinct unit) = 1 then min(unit)
					when count(distinct split_part(unit, '.', 1)) = 1 then split_part(min(unit), '.', 1) || '.' else '.' end
				from `+w.line+` where year = $12 and key = any ($13))),
			array_to_tsvector($8::text[]), array_to_tsvector($9::text[]), $10, $11,
			coalesce(nullif($15::text, ''), '-infinity')::date, coalesce(nullif($16::text, ''), 'infinity')::date)
		on conflict (kind, id, from_on) do update set title_ar = excluded.title_ar, title_en = excluded.title_en, number = excluded.number,
			detail = excluded.detail, unit = case when excluded.unit = '' then entry.unit else excluded.unit end,
			words = excluded.words, stems = excluded.stems, grams = excluded.grams, until_on = excluded.until_on`,
		e.kind, e.id, e.ar, e.en, e.number, e.detail, e.permission, x.Words, x.Stems, x.Grams, position, year, append([]string{}, keys...), unit, e.from, e.until)
}

func joined(parts ...string) string {
	all := ""
	for _, one := range parts {
		if one == "" {
			continue
		}
		if all != "" {
			all += " · "
		}
		all += one
	}
	return all
}
