// Package inbox is the one box of everybody who decides (صندوقي): what waits for whom, since when,
// until when; and, apart from it, what happened to documents one had a hand in.
//
// Three things to know. A document waits for at most one step at a time, and the step names the
// permission it needs or the person it went back to; whoever signed an earlier step is not offered
// the next. Rights are conditions of the SQL, so counts leak nothing. The order is urgency against the
// time left: a moment that comes nearer by itself, so pages stay in order.
package inbox

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/paper"
)

// Section is what is asked of a person.
type Section string

// The sections in the order of the page.
const (
	Approve  Section = "approve"
	Sign     Section = "sign"
	Complete Section = "complete"
	Read     Section = "read"
)

// ViewName is the view's name, for waiting.
const ViewName = "inbox"

// View keeps what waits and what happened.
func View() projections.View {
	return projections.View{
		Name: ViewName, Version: 4, Lane: eventstore.Main,
		Tables: []projections.Table{
			{
				Name: "inbox_item", Columns: `
				kind       text        not null,
				document   text        not null,
				waiting    bool        not null,
				section    text        not null,
				step       text        not null,
				permission text        not null, -- who may take it; empty when it went to a person
				person     text        not null,
				signed     text[]      not null, -- who may not, having signed before
				number     text        not null,
				subject    text        not null,
				payee      text        not null,
				year       int         not null,
				currency   text        not null,
				amount     bigint      not null,
				gross      bigint      not null, -- what approval limits are compared with
				reason     text        not null,
				since      timestamptz not null,
				due        date,
				opens      date,                 -- nobody is asked before
				rank       timestamptz not null,
				started_by text        not null,
				hands      text[]      not null, -- who had a hand in it
				unit       text        not null, -- the lowest that all its lines belong to; empty for none
				position   bigint      not null,
				primary key (kind, document)) with (fillfactor = 70`,
				Indexes:  []string{"(permission, rank, kind, document) where waiting", "(person, rank, kind, document) where waiting"},
				Policies: []string{inScope()},
			},
			{Name: "inbox_payee", Columns: `
				id      text not null primary key,
				name_ar text not null,
				name_en text not null,
				-- who works here and is this payee; empty for others
				officer text not null`, Policies: []string{someone}},
			{Name: "inbox_limit", Columns: `
				role   text   not null,
				since  date   not null,
				most   bigint not null,
				primary key (role, since)`, Policies: []string{someone}},
			{Name: "inbox_waiting", Columns: `
				since  date   not null primary key,
				days   bigint not null`, Policies: []string{someone}},
			stepTable(),
			{Name: "inbox_line", Columns: `
				year int  not null,
				key  text not null,
				unit text not null,
				primary key (year, key)`},
			{
				Name: "inbox_notice", Columns: `
				position bigint      not null,
				person   text        not null,
				kind     text        not null,
				document text        not null,
				step     text        not null,
				actor    text        not null,
				reason   text        not null,
				at       timestamptz not null,
				primary key (person, position)`,
				Indexes: []string{"(person, kind, document, position desc)"},
				// A notice is between the log and one person.
				Policies: []string{"for select using (person = nullif(current_setting('diwan.actor', true), '') or person = nullif(current_setting('diwan.on_behalf_of', true), ''))"},
			},
		},
		Apply: apply,
	}
}

// someone is the second wall: a transaction that does not say who reads sees no row.
const someone = "for select using (nullif(current_setting('diwan.actor', true), '') is not null)"

// inScope lets nobody see what waits outside the units they work in, whatever a question forgets.
func inScope() string { return "for select using (" + database.InScope("unit") + ")" }

func apply(ctx context.Context, b *projections.Batch) error {
	w := writer{
		item: b.Table("inbox_item"), payee: b.Table("inbox_payee"), notice: b.Table("inbox_notice"), line: b.Table("inbox_line"),
		limit: b.Table("inbox_limit"), waiting: b.Table("inbox_waiting"), step: b.Table("inbox_step"),
	}
	for i := range b.Events {
		f, ok, err := paper.Of(&b.Events[i])
		if err != nil {
			return err
		}
		if ok {
			w.fact(f)
		}
	}
	return b.Tx.SendBatch(ctx, &w.batch).Close()
}

// writer turns facts into SQL.
type writer struct {
	batch               pgx.Batch
	item, payee, notice string
	line, limit, step   string
	waiting             string
}

func (w *writer) do(sql string, args ...any) { w.batch.Queue(sql, args...) }

// wait is what a step leaves behind: who is asked next.
type wait struct {
	section    Section
	step       string
	permission string // or
	toStarter  bool   // whoever began the document
	again      bool   // earlier signatures no longer count
	opens      int    // days before its due day on which it is asked for; 0 = at once
	urgency    int    // 0 usual, 1 pressing, 2 at once
}

func (w *writer) fact(f paper.Fact) {
	if f.Kind == "line" {
		w.do(`insert into `+w.line+` values ($1, $2, $3)`, f.Year, f.ID, f.Unit)
		return
	}
	if f.Kind == "payee" {
		w.do(`insert into `+w.payee+` values ($1, $2, $3, $4) on conflict do nothing`, f.ID, f.Name.Ar, f.Name.En, f.Officer)
		return
	}
	if f.Kind == "limit" {
		w.do(`insert into `+w.limit+` values ($1, $2, $3) on conflict (role, since) do update set most = excluded.most`, f.ID, day(f.Due), f.Amount)
		return
	}
	if f.Kind == "waiting" {
		w.do(`insert into `+w.waiting+` values ($1, $2) on conflict (since) do update set days = excluded.days`, day(f.Due), f.Amount)
		return
	}
	if f.Kind == "segment" {
		return
	}
	if begins(f) {
		w.do(`
			insert into `+w.item+` as item values ($1, $2, false, '', '', '', '', '{}', $3, $4, $5, $6, $7, $8, $14, '', $9, $10, null, $9, $11, '{}', `+w.unit("$6::int", "$13::text[]", "$15::text")+`, $12)
			on conflict (kind, document) do update set subject = excluded.subject, payee = excluded.payee, amount = excluded.amount,
				gross = excluded.gross, currency = excluded.currency, started_by = excluded.started_by, due = coalesce(excluded.due, item.due),
				unit = case when excluded.unit = '' then item.unit else excluded.unit end`,
			f.Kind, f.ID, f.Number, f.Subject, f.Payee, f.Year, f.Currency, f.Amount, f.At, day(f.Due), f.Owner(), f.Position, append([]string{}, f.Keys...), f.Gross, f.Unit)
		w.inherit(f)
	}
	if f.Number != "" && !begins(f) {
		w.do(`update `+w.item+` set number = $3 where kind = $1 and document = $2 and number = ''`, f.Kind, f.ID, f.Number)
	}
	w.tell(f)
	if f.Kind != "emergency" { // it is followed on its own page
		w.took(f)
	}
	w.do(`update `+w.item+` set hands = hands || $3::text where kind = $1 and document = $2 and not ($3::text = any (hands))`, f.Kind, f.ID, f.By)
	if f.For != "" {
		w.do(`update `+w.item+` set hands = hands || $3::text where kind = $1 and document = $2 and not ($3::text = any (hands))`, f.Kind, f.ID, f.For)
	}
	if next, asked := nextStep(f); asked {
		w.ask(f, next)
	} else if settles(f) {
		w.do(`update `+w.item+` set waiting = false, position = $3 where kind = $1 and document = $2`, f.Kind, f.ID, f.Position)
	}
	for _, p := range f.Parents { // a voucher settles "prepare a voucher" of its claim
		if f.Kind == "voucher" && f.Step == "prepared" && p.Kind == "invoice" || f.Kind == "commitment" && f.Step == "opened" && p.Kind == "reservation" {
			w.do(`update `+w.item+` set waiting = false, position = $3 where kind = $1 and document = $2`, p.Kind, p.ID, f.Position)
		}
	}
}

// unit is SQL for the lowest unit that a document belongs to: what its lines say themselves, else
// that of the budget lines it names; the whole government when they are unknown, nothing without lines.
func (w *writer) unit(year, keys, said string) string {
	return `coalesce(nullif(` + said + `, ''), case when cardinality(` + keys + `) = 0 then '' end, (select case
			when count(*) < (select count(distinct k) from unnest(` + keys + `) k) then '.'
			when count(distinct unit) = 1 then min(unit)
			when count(distinct split_part(unit, '.', 1)) = 1 then split_part(min(unit), '.', 1) || '.' else '.' end
		from ` + w.line + ` where year = ` + year + ` and key = any (` + keys + `)))`
}

// inherit takes what a document does not say itself from the one it goes on from.
func (w *writer) inherit(f paper.Fact) {
	for _, p := range f.Parents {
		w.do(`
			update `+w.item+` child set due = coalesce(child.due, parent.due),
				payee = case when child.payee = '' then parent.payee else child.payee end,
				subject = case when child.subject = '' then parent.subject else child.subject end
			from `+w.item+` parent where child.kind = $1 and child.document = $2 and parent.kind = $3 and parent.document = $4`,
			f.Kind, f.ID, p.Kind, p.ID)
	}
}

// usualWait is SQL for how long something without a due day may wait, as was decided for the day on which
// it begins to; where nothing was decided it stands by the day it began.
func (w *writer) usualWait() string {
	return `interval '1 day' * coalesce((select days from ` + w.waiting + ` where since <= ($10::timestamptz at time zone 'Asia/Amman')::date order by since desc limit 1), 0)`
}

func (w *writer) ask(f paper.Fact, n wait) {
	w.do(`
		update `+w.item+` set waiting = true, section = $3, step = $4, permission = $5,
			person = case when $6::bool then started_by else '' end,
			signed = case when $7::bool then array[$8::text] else case when $8::text = any (signed) then signed else signed || $8::text end end
				|| case when $9::text = '' or $6::bool then '{}'::text[] else array[$9::text] end,
			since = $10::timestamptz, reason = $11, position = $12,
			opens = case when $13::int > 0 then due - $13::int end,
			rank = coalesce(due::timestamp at time zone 'UTC', $10::timestamptz + `+w.usualWait()+`) - interval '2 days' * $14::int
		where kind = $1 and document = $2`,
		f.Kind, f.ID, string(n.section), n.step, n.permission, n.toStarter, n.again || n.toStarter, f.By, f.For, f.At, f.Reason, f.Position,
		n.opens, n.urgency)
}

// tell writes what happened to everybody who had a hand in the document before, but not to whoever did it.
func (w *writer) tell(f paper.Fact) {
	if !news(f) {
		return
	}
	w.do(`
		insert into `+w.notice+`
		select $3::bigint, h.hand, kind, document, $4::text, $5::text, $6::text, $7::timestamptz from `+w.item+`, unnest(hands) as h(hand)
		 where kind = $1 and document = $2 and h.hand <> $5 and h.hand <> $8
		on conflict do nothing`,
		f.Kind, f.ID, f.Position, f.Step, f.By, f.Reason, f.At, f.For)
}

func day(d kernel.Date) any {
	if d.IsZero() {
		return nil
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}
