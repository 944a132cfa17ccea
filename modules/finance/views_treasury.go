package finance

import (
	"context"
	"slices"

	"diwan/eventstore"
	"diwan/projections"
)

// treasuryView keeps the government's own bank accounts, the orders to their banks, and what their
// banks say of them. All of it is the treasury's, and nobody's below the government.
func (r viewReader) treasuryView() projections.View {
	return projections.View{
		Name: "finance_treasury", Version: 2, Lane: eventstore.Main,
		Tables: slices.Concat(batchTables(), statementTables()), Apply: r.applyTreasury,
	}
}

func batchTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_treasury_account", Columns: `
			id           text   not null primary key,
			name_ar      text   not null,
			name_en      text   not null,
			iban         text   not null,
			bic          text   not null,
			currency     text   not null,
			item         text   not null,
			main         text   not null,
			opening      bigint not null,
			on_date      date   not null, -- the book begins
			closing      bigint not null, -- of the last statement
			closing_on   date   not null,
			statements   int    not null,
			opened_by    text   not null,
			version      bigint not null,
			position     bigint not null,
			unit         text   not null default '.'` + hot},
		{Name: "finance_batch", Columns: `
			id          text   not null primary key,
			year        int    not null,
			number      text   not null,
			treasury    text   not null,
			currency    text   not null,
			pay_on      date   not null,
			total       bigint not null,
			payments    int    not null,
			answered    int    not null,
			rejected    int    not null,
			state       text   not null, -- built, released, settled, dropped
			reason      text   not null,
			form        text   not null,
			file        text   not null, -- SHA-256
			on_date     date   not null,
			built_by    text   not null,
			released_by text   not null,
			released_on date,
			version     bigint not null,
			position    bigint not null,
			unit        text   not null default '.'` + hot, Indexes: []string{"(year, position desc)", "(state, position desc)"}},
		{Name: "finance_batch_payment", Columns: `
			batch       text   not null,
			line        int    not null,
			voucher     text   not null,
			number      text   not null,
			payee       text   not null,
			account     int    not null,
			end_to_end  text   not null,
			currency    text   not null,
			amount      bigint not null,
			answer      text   not null, -- empty, settled, rejected
			code        text   not null,
			reason      text   not null,
			answered_on date,
			unit        text   not null default '.',
			primary key (batch, line)` + hot, Indexes: []string{"(voucher)"}},
	}
}

func (r viewReader) applyTreasury(ctx context.Context, b *projections.Batch) error {
	w := treasuryWriter{table: b.Table}
	for i := range b.Events {
		recorded := &b.Events[i]
		switch recorded.Stream.Category {
		case "finance.treasury_account", "finance.batch", "finance.statement":
		default:
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		w.at = recorded
		w.account(event)
		w.batchOf(event)
		w.statement(event)
	}
	return w.send(ctx, b.Tx)
}

// treasuryWriter turns events of accounts and batches into SQL.
type treasuryWriter struct {
	statements
	table func(string) string
	at    *eventstore.Recorded
}

func (w *treasuryWriter) id() string { return w.at.Stream.Key }

func (w *treasuryWriter) account(event eventstore.Event) {
	switch e := event.(type) {
	case TreasuryAccountOpened:
		w.do(`insert into `+w.table("finance_treasury_account")+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10, 0, $11, $12, $13)`,
			w.id(), e.Name.Ar, e.Name.En, e.IBAN, e.BIC, e.Currency, e.Item, e.Main, e.Opening, date(e.On), e.By.Person, w.at.Version, w.at.Position)
	case StatementTaken:
		w.do(`update `+w.table("finance_treasury_account")+` set closing = $2, closing_on = $3, statements = statements + 1, version = $4 where id = $1`,
			w.id(), e.Closing, date(e.On), w.at.Version)
	}
}

func (w *treasuryWriter) batchOf(event eventstore.Event) {
	switch e := event.(type) {
	case BatchBuilt:
		w.do(`insert into `+w.table("finance_batch")+` values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 'built', '', '', '', $9, $10, '', null, $11, $12)`,
			w.id(), e.Year, e.Number, e.Treasury, e.Currency, date(e.PayOn), e.Total, len(e.Payments), date(e.On), e.By.Person, w.at.Version, w.at.Position)
		for i, p := range e.Payments {
			w.do(`insert into `+w.table("finance_batch_payment")+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', null)`,
				w.id(), i+1, p.Voucher, p.Number, p.Payee, p.Account, p.EndToEnd, e.Currency, p.Amount)
		}
	case BatchReleased:
		w.do(`update `+w.table("finance_batch")+` set state = 'released', form = $2, released_by = $3, released_on = $4, version = $5 where id = $1`,
			w.id(), e.Form, e.By.Person, date(e.On), w.at.Version)
	case BatchDropped:
		w.do(`update `+w.table("finance_batch")+` set state = 'dropped', reason = $2, version = $3 where id = $1`, w.id(), e.Reason, w.at.Version)
	case BatchFileProduced:
		w.do(`update `+w.table("finance_batch")+` set file = $2, version = $3 where id = $1`, w.id(), e.SHA256, w.at.Version)
	case BatchAnswered:
		answer, rejected := "settled", 0
		if e.Rejected {
			answer, rejected = "rejected", 1
		}
		w.do(`update `+w.table("finance_batch_payment")+` set answer = $3, code = $4, reason = $5, answered_on = $6 where batch = $1 and voucher = $2`,
			w.id(), e.Voucher, answer, e.Code, e.Reason, date(e.On))
		w.do(`
			update `+w.table("finance_batch")+` set answered = answered + 1, rejected = rejected + $2, version = $3,
				state = case when answered + 1 = payments then 'settled' else state end
			 where id = $1`, w.id(), rejected, w.at.Version)
	}
}
