package finance

import (
	"context"
	"fmt"

	"diwan/eventstore"
	"diwan/projections"
)

// ledgerView keeps the financial ledger: entries, their lines with running balances, and the sums
// by month from which the trial balance is read without looking at any line.
func (r viewReader) ledgerView() projections.View {
	return projections.View{
		Name: "finance_ledger", Version: 4, Lane: eventstore.Main,
		Tables: append([]projections.Table{
			{Name: "finance_journal", Columns: `
				id         text   not null primary key,
				number     text   not null,
				year       int    not null, -- 0 while a draft
				period     int    not null,
				on_date    date,
				state      text   not null, -- draft, submitted, returned, posted, reversed
				source     text   not null,
				document   text   not null,
				reverses   text   not null,
				mirror     text   not null,
				currency   text   not null,
				total      bigint not null, -- of the debits
				narration  text   not null,
				drafted_by text   not null,
				posted_by  text   not null,
				version    bigint not null,
				position   bigint not null,
				unit       text   not null default '.'`, Indexes: []string{"(position desc)", "(year, position desc)", "(document)", "(unit)"}},
			{Name: "finance_ledger_line", Columns: `
				position  bigint not null,
				line      int    not null,
				journal   text   not null,
				number    text   not null,
				year      int    not null,
				period    int    not null,
				on_date   date   not null,
				fund      text   not null,
				account   text   not null,
				codes     json   not null,
				payee     text   not null,
				key       text   not null,
				currency  text   not null,
				narration text   not null,
				debit     bigint not null,
				credit    bigint not null,
				balance   bigint not null, -- of account, fund and currency after the line, in the whole government
				unit      text   not null, -- of the entry
				primary key (position, line)`, Indexes: []string{"(account, position, line)", "(account, fund, position, line)", "(journal)"}},
			{Name: "finance_balance", Columns: `
				year     int    not null,
				period   int    not null,
				fund     text   not null,
				account  text   not null,
				currency text   not null,
				debit    bigint not null,
				credit   bigint not null,
				unit     text   not null,
				primary key (year, period, fund, account, currency, unit)` + hot},
			{Name: "finance_account_total", Columns: `
				fund     text   not null,
				account  text   not null,
				currency text   not null,
				balance  bigint not null,
				unit     text   not null default '.', -- the whole government's
				primary key (fund, account, currency)` + hot},
		}, balanceMoveTables()...),
		Apply: r.applyLedger,
	}
}

// account is one account of one fund, which is what a balance belongs to.
type account struct{ fund, item, currency string }

type accountMonth struct {
	account
	year, period int
	unit         string
}

type movement struct{ debit, credit int64 }

// ledgerWriter gathers the lines of a batch.
type ledgerWriter struct {
	statements
	table    func(string) string
	posted   []*eventstore.Recorded
	entries  []JournalPosted
	months   map[accountMonth]*movement
	order    []accountMonth
	balances map[account]int64
	moves    balanceMoves
}

func (r viewReader) applyLedger(ctx context.Context, b *projections.Batch) error {
	w := ledgerWriter{table: b.Table, months: map[accountMonth]*movement{}, balances: map[account]int64{}}
	if err := w.moves.open(ctx, b); err != nil {
		return err
	}
	for i := range b.Events {
		recorded := &b.Events[i]
		w.moves.days.see(recorded)
		if recorded.Stream.Category != "finance.journal" {
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		w.journal(recorded, event)
		if e, ok := event.(JournalPosted); ok {
			w.posted, w.entries = append(w.posted, recorded), append(w.entries, e)
			w.sum(e)
			w.moves.add(recorded, e)
		}
	}
	if err := w.opening(ctx, b); err != nil {
		return err
	}
	if err := w.moves.save(ctx, b); err != nil {
		return err
	}
	w.lines()
	w.sums()
	return w.send(ctx, b.Tx)
}

// journal keeps the entry itself, draft or posted.
func (w *ledgerWriter) journal(at *eventstore.Recorded, event eventstore.Event) {
	id, t := at.Stream.Key, w.table("finance_journal")
	switch e := event.(type) {
	case JournalDrafted:
		w.do(`
			insert into `+t+` values ($1, '', 0, 0, $2, 'draft', 'manual', '', '', '', $3, $4, $5, $6, '', $7, $8, $9)
			on conflict (id) do update set unit = excluded.unit, on_date = excluded.on_date, state = 'draft', currency = excluded.currency,
				total = excluded.total, narration = excluded.narration, drafted_by = excluded.drafted_by, version = excluded.version`,
			id, date(e.On), e.Currency, debits(e.Lines), e.Narration, e.By.Person, at.Version, at.Position, unitOfEntry(e.Lines))
	case JournalSubmitted:
		w.do(`update `+t+` set state = 'submitted', version = $2 where id = $1`, id, at.Version)
	case JournalReturned:
		w.do(`update `+t+` set state = 'returned', version = $2 where id = $1`, id, at.Version)
	case JournalPosted:
		w.do(`
			insert into `+t+` values ($1, $2, $3, $4, $5, 'posted', $6, $7, $8, '', $9, $10, $11, '', $12, $13, $14, $15)
			on conflict (id) do update set unit = excluded.unit, number = excluded.number, year = excluded.year, period = excluded.period,
				on_date = excluded.on_date, state = 'posted', source = excluded.source, document = excluded.document,
				reverses = excluded.reverses, currency = excluded.currency, total = excluded.total, narration = excluded.narration,
				posted_by = excluded.posted_by, version = excluded.version`,
			id, e.Number, e.Year, e.Period, date(e.On), string(e.Source.Kind), e.Source.ID, e.Reverses, e.Currency, debits(e.Lines),
			e.Narration, e.By.Person, at.Version, at.Position, unitOfEntry(e.Lines))
	case JournalReversed:
		w.do(`update `+t+` set state = 'reversed', mirror = $2, version = $3 where id = $1`, id, e.Mirror, at.Version)
	}
}

func debits(lines []LedgerLine) int64 {
	var sum int64
	for _, l := range lines {
		sum += l.Debit
	}
	return sum
}

// sum adds an entry to its month.
func (w *ledgerWriter) sum(e JournalPosted) {
	for _, l := range e.Lines {
		a := account{l.Codes.Fund, l.Codes.Item, e.Currency}
		month := accountMonth{a, e.Year, e.Period, unitOfEntry(e.Lines)}
		m := w.months[month]
		if m == nil {
			m = &movement{}
			w.months[month] = m
			w.order = append(w.order, month)
		}
		m.debit += l.Debit
		m.credit += l.Credit
		w.balances[a] = 0
	}
}

// opening reads the balances the batch starts from.
func (w *ledgerWriter) opening(ctx context.Context, b *projections.Batch) error {
	if len(w.balances) == 0 {
		return nil
	}
	var funds, items, currencies []string
	for a := range w.balances {
		funds, items, currencies = append(funds, a.fund), append(items, a.item), append(currencies, a.currency)
	}
	rows, err := b.Tx.Query(ctx, `
		select t.fund, t.account, t.currency, t.balance
		  from `+b.Table("finance_account_total")+` t
		  join unnest($1::text[], $2::text[], $3::text[]) as a(fund, account, currency) using (fund, account, currency)`,
		funds, items, currencies)
	if err != nil {
		return fmt.Errorf("read opening balances: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a account
		var balance int64
		if err := rows.Scan(&a.fund, &a.item, &a.currency, &balance); err != nil {
			return fmt.Errorf("read opening balances: %w", err)
		}
		w.balances[a] = balance
	}
	return rows.Err()
}

// lines writes every line with the balance after it.
func (w *ledgerWriter) lines() {
	for i, e := range w.entries {
		at := w.posted[i]
		for _, l := range e.Lines {
			a := account{l.Codes.Fund, l.Codes.Item, e.Currency}
			w.balances[a] += l.Debit - l.Credit
			w.do(`insert into `+w.table("finance_ledger_line")+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
				at.Position, l.Line, at.Stream.Key, e.Number, e.Year, e.Period, date(e.On), a.fund, a.item, codesJSON(l.Codes), l.Payee, l.Key,
				e.Currency, e.Narration, l.Debit, l.Credit, w.balances[a], unitOfEntry(e.Lines))
		}
	}
}

// sums writes the months and the running balances.
func (w *ledgerWriter) sums() {
	for _, month := range w.order {
		m := w.months[month]
		w.do(`
			insert into `+w.table("finance_balance")+` as b values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict (year, period, fund, account, currency, unit) do update set
				debit = b.debit + excluded.debit, credit = b.credit + excluded.credit`,
			month.year, month.period, month.fund, month.item, month.currency, m.debit, m.credit, month.unit)
	}
	for a, balance := range w.balances {
		w.do(`
			insert into `+w.table("finance_account_total")+` values ($1, $2, $3, $4)
			on conflict (fund, account, currency) do update set balance = excluded.balance`, a.fund, a.item, a.currency, balance)
	}
}
