package finance

import (
	"diwan/eventstore"
	"diwan/projections"
)

func advanceTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_advance", Columns: `
			id           text   not null primary key,
			year         int    not null,
			number       text   not null, -- once it is paid
			payee        text   not null, -- the holder
			kind         text   not null,
			purpose      text   not null,
			currency     text   not null,
			amount       bigint not null,
			outstanding  bigint not null,
			waiting      bigint not null, -- of proposed settlements
			state        text   not null, -- requested, approved, refused, out, settled
			reason       text   not null, -- of a refusal
			on_date      date   not null,
			issued_on    date,
			due          date,
			requested_by text   not null,
			approved_by  text   not null,
			issued_by    text   not null,
			version      bigint not null,
			position     bigint not null,
			unit         text   not null` + hot, Indexes: []string{"(state, due)", "(payee)", "(position desc)", "(unit)"}},
		{Name: "finance_settlement", Columns: `
			advance    text   not null,
			settlement int    not null,
			currency   text   not null,
			amount     bigint not null,
			narration  text   not null,
			state      text   not null, -- proposed, returned, settled
			reason     text   not null,
			journal    text   not null,
			on_date    date   not null,
			by_person  text   not null,
			decided_by text   not null,
			unit       text   not null,
			primary key (advance, settlement)` + hot},
		{Name: "finance_settlement_line", Columns: `
			advance    text   not null,
			settlement int    not null,
			line       int    not null,
			key        text   not null,
			amount     bigint not null,
			unit       text   not null,
			primary key (advance, settlement, line)`},
	}
}

func (w *cashWriter) advance(event eventstore.Event) {
	advances, settlements := w.table("finance_advance"), w.table("finance_settlement")
	unit := `(select a.unit from ` + advances + ` a where a.id = $1)`
	switch e := event.(type) {
	case AdvanceRequested:
		w.do(`insert into `+advances+` values ($1, $2, '', $3, $4, $5, $6, $7, 0, 0, 'requested', '', $8, null, null, $9, '', '', $10, $11, $12)`,
			w.id(), e.Year, e.Holder, string(e.Kind), e.Purpose, e.Currency, e.Amount, date(e.On), e.By.Person, w.at.Version, w.at.Position, e.Codes.unit())
	case AdvanceApproved:
		w.do(`update `+advances+` set state = 'approved', approved_by = $2, version = $3 where id = $1`, w.id(), e.By.Person, w.at.Version)
	case AdvanceRefused:
		w.do(`update `+advances+` set state = 'refused', reason = $2, approved_by = $3, version = $4 where id = $1`, w.id(), e.Reason, e.By.Person, w.at.Version)
	case AdvanceIssued:
		w.do(`update `+advances+` set state = 'out', number = $2, due = $3, issued_on = $4, issued_by = $5, outstanding = amount, version = $6 where id = $1`,
			w.id(), e.Number, date(e.Due), date(e.On), e.By.Person, w.at.Version)
	case SettlementProposed:
		w.do(`insert into `+settlements+` select $1, $2, a.currency, $3, $4, 'proposed', '', '', $5, $6, '', a.unit from `+advances+` a where a.id = $1`,
			w.id(), e.Settlement, e.Amount, e.Narration, date(e.On), e.By.Person)
		for i, l := range e.Lines {
			w.do(`insert into `+w.table("finance_settlement_line")+` values ($1, $2, $3, $4, $5, `+unit+`)`, w.id(), e.Settlement, i+1, l.Key, l.Amount)
		}
		w.do(`update `+advances+` set waiting = waiting + $2, version = $3 where id = $1`, w.id(), e.Amount, w.at.Version)
	case SettlementReturned:
		w.do(`
			update `+advances+` set version = $3, waiting = waiting - (select s.amount from `+settlements+` s where s.advance = $1 and s.settlement = $2)
			 where id = $1`, w.id(), e.Settlement, w.at.Version)
		w.do(`update `+settlements+` set state = 'returned', reason = $3, decided_by = $4 where advance = $1 and settlement = $2`,
			w.id(), e.Settlement, e.Reason, e.By.Person)
	case AdvanceSettled:
		w.do(`update `+settlements+` set state = 'settled', journal = $3, decided_by = $4 where advance = $1 and settlement = $2`,
			w.id(), e.Settlement, e.Journal, e.By.Person)
		w.do(`update `+advances+` set waiting = waiting - $2 where id = $1`, w.id(), e.Amount)
		w.left(e.Outstanding)
	case AdvanceCashReturned:
		w.left(e.Outstanding)
	}
}

// left says what the holder still owes.
func (w *cashWriter) left(outstanding int64) {
	w.do(`update `+w.table("finance_advance")+` set outstanding = $2::bigint, state = case when $2::bigint = 0 then 'settled' else state end, version = $3 where id = $1`,
		w.id(), outstanding, w.at.Version)
}

func trustTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_trust", Columns: `
			id        text   not null primary key,
			year      int    not null,
			number    text   not null,
			payee     text   not null, -- for whom it is held
			purpose   text   not null,
			currency  text   not null,
			balance   bigint not null,
			held      bigint not null, -- by payments that were asked for
			state     text   not null, -- open
			on_date   date   not null,
			opened_by text   not null,
			version   bigint not null,
			position  bigint not null,
			unit      text   not null` + hot, Indexes: []string{"(payee)", "(position desc)", "(unit)"}},
		{Name: "finance_trust_move", Columns: `
			position  bigint not null primary key,
			trust     text   not null,
			payment   int    not null, -- 0: a deposit
			payee     text   not null, -- of a payment
			currency  text   not null,
			amount    bigint not null,
			balance   bigint,          -- after it
			state     text   not null, -- received, asked, paid, refused
			reason    text   not null,
			reference text   not null,
			journal   text   not null,
			on_date   date   not null,
			by_person text   not null,
			decided_by text  not null,
			unit      text   not null`, Indexes: []string{"(trust, payment)"}},
	}
}

func (w *cashWriter) trust(event eventstore.Event) {
	trusts, moves := w.table("finance_trust"), w.table("finance_trust_move")
	insert := func(payment int, payee string, amount int64, balance any, state, reason, reference, journal string, on any, by string) {
		w.do(`insert into `+moves+` select $2, $1, $3, $4, t.currency, $5, $6::bigint, $7, $8, $9, $10, $11, $12, '', t.unit from `+trusts+` t where t.id = $1`,
			w.id(), w.at.Position, payment, payee, amount, balance, state, reason, reference, journal, on, by)
	}
	switch e := event.(type) {
	case TrustOpened:
		w.do(`insert into `+trusts+` values ($1, $2, '', $3, $4, $5, 0, 0, 'open', $6, $7, $8, $9, $10)`,
			w.id(), e.On.Year(), e.Beneficiary, e.Purpose, e.Currency, date(e.On), e.By.Person, w.at.Version, w.at.Position, e.Codes.unit())
	case DepositReceived:
		insert(0, "", e.Amount, e.Balance, "received", "", e.Reference, e.Journal, date(e.On), e.By.Person)
		w.do(`update `+trusts+` set balance = $2, version = $3 where id = $1`, w.id(), e.Balance, w.at.Version)
	case TrustPaymentRequested:
		insert(e.Payment, e.Payee, e.Amount, nil, "asked", e.Reason, "", "", date(e.On), e.By.Person)
		w.do(`update `+trusts+` set held = held + $2, version = $3 where id = $1`, w.id(), e.Amount, w.at.Version)
	case TrustPaymentRefused:
		w.do(`
			update `+trusts+` set version = $3, held = held - (select m.amount from `+moves+` m where m.trust = $1 and m.payment = $2) where id = $1`,
			w.id(), e.Payment, w.at.Version)
		w.do(`update `+moves+` set state = 'refused', reason = $3, decided_by = $4 where trust = $1 and payment = $2`, w.id(), e.Payment, e.Reason, e.By.Person)
	case TrustPaid:
		w.do(`update `+trusts+` set balance = $2, held = held - $3, version = $4 where id = $1`, w.id(), e.Balance, e.Amount, w.at.Version)
		w.do(`update `+moves+` set state = 'paid', balance = $3, reference = $4, journal = $5, decided_by = $6 where trust = $1 and payment = $2`,
			w.id(), e.Payment, e.Balance, e.Reference, e.Journal, e.By.Person)
	}
}
