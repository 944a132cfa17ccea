package finance

import (
	"context"
	"slices"

	"diwan/eventstore"
	"diwan/projections"
)

// cashView keeps what comes in at the counter, what officers have in hand, and what is held for others.
func (r viewReader) cashView() projections.View {
	return projections.View{
		Name: "finance_cash", Version: 1, Lane: eventstore.Main,
		Tables: slices.Concat(receiptTables(), advanceTables(), trustTables()), Apply: r.applyCash,
	}
}

func receiptTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_cashier_book", Columns: `
			id        text   not null primary key,
			name_ar   text   not null,
			name_en   text   not null,
			cashier   text   not null,
			currency  text   not null,
			cash_item text   not null,
			gap_item  text   not null,
			day       date,            -- the open one
			closed    date,            -- the last that was closed
			today     bigint not null, -- of the open day's receipts
			receipts  int    not null, -- of the open day
			in_hand   bigint not null,
			on_date   date   not null,
			version   bigint not null,
			position  bigint not null,
			unit      text   not null` + hot, Indexes: []string{"(cashier)", "(unit)"}},
		{Name: "finance_receipt", Columns: `
			id        text   not null primary key,
			year      int    not null,
			number    text   not null,
			book      text   not null,
			currency  text   not null,
			how       text   not null,
			cheque    text   not null,
			total     bigint not null,
			journal   text   not null,
			state     text   not null, -- issued, cancelled
			reason    text   not null,
			on_date   date   not null,
			issued_by text   not null,
			sealed    bytea,           -- the payer's name
			version   bigint not null,
			position  bigint not null,
			unit      text   not null`, Indexes: []string{"(book, on_date, position desc)", "(position desc)", "(unit)"}},
		{Name: "finance_receipt_line", Columns: `
			receipt  text   not null,
			line     int    not null,
			item     text   not null,
			currency text   not null,
			amount   bigint not null,
			text     text   not null,
			unit     text   not null,
			primary key (receipt, line)`},
		{Name: "finance_cashier_day", Columns: `
			book      text   not null,
			day       date   not null,
			currency  text   not null,
			receipts  int    not null,
			expected  bigint not null,
			counted   bigint not null,
			reason    text   not null, -- of a difference
			journal   text   not null, -- of a difference
			closed_by text   not null,
			unit      text   not null,
			primary key (book, day)`},
		{Name: "finance_cash_deposit", Columns: `
			position  bigint not null primary key,
			book      text   not null,
			currency  text   not null,
			amount    bigint not null,
			in_hand   bigint not null, -- what is left
			bank_item text   not null,
			reference text   not null,
			journal   text   not null,
			on_date   date   not null,
			by_person text   not null,
			unit      text   not null`, Indexes: []string{"(book, position desc)"}},
	}
}

func (r viewReader) applyCash(ctx context.Context, b *projections.Batch) error {
	w := cashWriter{table: b.Table}
	for i := range b.Events {
		recorded := &b.Events[i]
		switch recorded.Stream.Category {
		case "finance.cashier_book", "finance.receipt", "finance.advance", "finance.trust":
		default:
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		w.at = recorded
		w.receipt(event)
		w.advance(event)
		w.trust(event)
	}
	return w.send(ctx, b.Tx)
}

// cashWriter turns events of books, advances and trusts into SQL.
type cashWriter struct {
	statements
	table func(string) string
	at    *eventstore.Recorded
}

func (w *cashWriter) id() string { return w.at.Stream.Key }

// ofBook is SQL for a column of a book.
func (w *cashWriter) ofBook(column, book string) string {
	return `(select b.` + column + ` from ` + w.table("finance_cashier_book") + ` b where b.id = ` + book + `)`
}

func (w *cashWriter) receipt(event eventstore.Event) {
	books, receipts := w.table("finance_cashier_book"), w.table("finance_receipt")
	switch e := event.(type) {
	case CashierBookOpened:
		w.do(`insert into `+books+` values ($1, $2, $3, $4, $5, $6, $7, null, null, 0, 0, 0, $8, $9, $10, $11)`,
			w.id(), e.Name.Ar, e.Name.En, e.Cashier, e.Currency, e.CashItem, e.GapItem, date(e.On), w.at.Version, w.at.Position, e.Codes.unit())
	case ReceiptBooked:
		count := 1
		if e.Amount < 0 {
			count = -1
		}
		w.do(`update `+books+` set day = $2, today = today + $3, in_hand = in_hand + $3, receipts = receipts + $4, version = $5 where id = $1`,
			w.id(), date(e.On), e.Amount, count, w.at.Version)
	case CashierDayClosed:
		w.do(`insert into `+w.table("finance_cashier_day")+` values ($1, $2, `+w.ofBook("currency", "$1")+`, $3, $4, $5, $6, $7, $8, `+w.ofBook("unit", "$1")+`)`,
			w.id(), date(e.Day), e.Receipts, e.Expected, e.Counted, e.Reason, e.Journal, e.By.Person)
		w.do(`update `+books+` set day = null, closed = $2, today = 0, receipts = 0, in_hand = $3, version = $4 where id = $1`,
			w.id(), date(e.Day), e.Counted, w.at.Version)
	case CashDeposited:
		w.do(`insert into `+w.table("finance_cash_deposit")+` values ($2, $1, `+w.ofBook("currency", "$1")+`, $3, $4, $5, $6, $7, $8, $9, `+w.ofBook("unit", "$1")+`)`,
			w.id(), w.at.Position, e.Amount, e.InHand, e.BankItem, e.Reference, e.Journal, date(e.On), e.By.Person)
		w.do(`update `+books+` set in_hand = $2, version = $3 where id = $1`, w.id(), e.InHand, w.at.Version)
	case ReceiptIssued:
		w.do(`insert into `+receipts+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'issued', '', $10, $11, $12, $13, $14, coalesce(`+w.ofBook("unit", "$4")+`, '.'))`,
			w.id(), e.Year, e.Number, e.Book, e.Currency, string(e.How), e.Cheque, e.Total, e.Journal, date(e.On), e.By.Person, w.at.Sealed, w.at.Version, w.at.Position)
		for _, l := range e.Lines {
			w.do(`insert into `+w.table("finance_receipt_line")+` values ($1, $2, $3, $4, $5, $6, coalesce(`+w.ofBook("unit", "$7")+`, '.'))`,
				w.id(), l.Line, l.Item, e.Currency, l.Amount, l.Text, e.Book)
		}
	case ReceiptCancelled:
		w.do(`update `+receipts+` set state = 'cancelled', reason = $2, version = $3 where id = $1`, w.id(), e.Reason, w.at.Version)
	}
}
