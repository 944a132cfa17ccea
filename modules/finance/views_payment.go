package finance

import (
	"encoding/json"

	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
)

func paymentDocumentTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_invoice", Columns: `
			id            text   not null primary key,
			number        text   not null, -- the supplier's
			invoice_date  date,
			received_on   date,
			due_on        date,
			year          int    not null,
			payee         text   not null,
			commitment    text   not null,
			currency      text   not null,
			total         bigint not null,
			narration     text   not null,
			state         text   not null, -- registered, verified, disputed, cancelled
			reason        text   not null,
			verified_on   date,
			journal       text   not null,
			voucher       text   not null,
			registered_by text   not null,
			verified_by   text   not null,
			version       bigint not null,
			position      bigint not null,
			unit          text   not null default '.'`, Indexes: []string{"(year, position desc)", "(commitment)", "(unit)"}},
		{Name: "finance_voucher", Columns: `
			id          text   not null primary key,
			number      text   not null,
			kind        text   not null,
			invoice     text   not null,
			commitment  text   not null,
			payee       text   not null,
			year        int    not null,
			currency    text   not null,
			gross       bigint not null,
			deductions  json   not null,
			net         bigint not null,
			narration   text   not null,
			stage       text   not null,
			reason      text   not null, -- of a return, cancellation or reversal
			on_date     date,
			prepared_by text   not null,
			audited_by  text   not null,
			approved_by text[] not null,
			paid_by     text   not null,
			paid_on     date,
			bank_item   text   not null,
			reference   text   not null,
			reversed_on date,
			recoverable bigint not null,
			charged     bool   not null, -- a direct charge that is an obligation now
			version     bigint not null,
			position    bigint not null,
			unit        text   not null default '.'` + hot, Indexes: []string{"(year, position desc)", "(stage, position desc)", "(invoice)", "(unit)"}},
	}
}

// payment writes the documents of the payment side.
func (w *documentWriter) payment(event eventstore.Event) {
	switch e := event.(type) {
	case InvoiceRegistered:
		w.do(`insert into `+w.table("finance_invoice")+` values
			($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'registered', '', null, '', '', $12, '', $13, $14)`,
			w.id(), e.Number, date(e.Date), date(e.ReceivedOn), date(e.DueOn), e.Year, e.Payee, e.Commitment, e.Currency, e.Total,
			e.Narration, e.By.Person, w.at.Version, w.at.Position)
		for i, l := range e.Lines {
			w.line(i+1, e.Year, l, 0)
		}
		w.place("finance_invoice")
	case InvoiceVerified:
		w.do(`update `+w.table("finance_invoice")+` set state = 'verified', reason = '', verified_on = $2, journal = $3, verified_by = $4, version = $5 where id = $1`,
			w.id(), date(e.On), e.Journal, e.By.Person, w.at.Version)
		w.claim()
		w.moved("obligated", e.On, 1)
	case InvoiceDisputed:
		w.do(`update `+w.table("finance_invoice")+` set state = 'disputed', reason = $2, version = $3 where id = $1`, w.id(), e.Reason, w.at.Version)
	case InvoiceCancelled:
		w.do(`update `+w.table("finance_invoice")+` set state = 'cancelled', reason = $2, version = $3 where id = $1`, w.id(), e.Reason, w.at.Version)
	case InvoiceVouchered:
		w.do(`update `+w.table("finance_invoice")+` set voucher = $2, version = $3 where id = $1`, w.id(), e.Voucher, w.at.Version)
	case InvoiceVoucherDropped:
		w.do(`update `+w.table("finance_invoice")+` set voucher = '', version = $2 where id = $1`, w.id(), w.at.Version)
	default:
		w.voucher(event)
	}
}

func (w *documentWriter) voucher(event eventstore.Event) {
	switch e := event.(type) {
	case VoucherPrepared:
		c := e.Content
		w.do(`insert into `+w.table("finance_voucher")+` values
			($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'audit', '', $13, $14, '', '{}', '', null, '', '', null, 0, false, $15, $16)`,
			w.id(), e.Number, string(c.Kind), c.Invoice, c.Commitment, c.Payee, c.Year, c.Currency, c.Gross, deductions(c), c.Net,
			c.Narration, date(e.On), e.By.Person, w.at.Version, w.at.Position)
		w.voucherLines(c)
	case VoucherRevised:
		c := e.Content
		w.do(`
			update `+w.table("finance_voucher")+` set kind = $2, invoice = $3, commitment = $4, payee = $5, year = $6, currency = $7,
				gross = $8, deductions = $9, net = $10, narration = $11, stage = 'audit', reason = '', on_date = $12, prepared_by = $13,
				audited_by = '', approved_by = '{}', version = $14
			where id = $1`,
			w.id(), string(c.Kind), c.Invoice, c.Commitment, c.Payee, c.Year, c.Currency, c.Gross, deductions(c), c.Net, c.Narration,
			date(e.On), e.By.Person, w.at.Version)
		w.do(`delete from `+w.table("finance_document_line")+` where document = $1`, w.id())
		w.voucherLines(c)
	case VoucherAudited:
		w.do(`update `+w.table("finance_voucher")+` set stage = 'approval', audited_by = $2, charged = kind = 'direct', version = $3 where id = $1`,
			w.id(), e.By.Person, w.at.Version)
		if e.Journal != "" { // a direct charge becomes an obligation here
			w.claim()
			w.moved("obligated", e.On, 1)
		}
	case VoucherApproved:
		stage := AtSpendingOfficer
		if e.Final {
			stage = AtTreasury
		}
		w.do(`update `+w.table("finance_voucher")+` set stage = $2, approved_by = approved_by || $3::text, version = $4 where id = $1`,
			w.id(), string(stage), e.By.Person, w.at.Version)
	case VoucherReturned:
		w.stopped(VoucherIsReturned, e.Reason, e.Journal, e.On)
	case VoucherCancelled:
		w.stopped(VoucherIsCancelled, e.Reason, e.Journal, e.On)
	case VoucherPaid:
		w.do(`
			update `+w.table("finance_voucher")+` set stage = 'paid', paid_by = $2, paid_on = $3, bank_item = $4, reference = $5, version = $6
			where id = $1`, w.id(), e.By.Person, date(e.On), e.BankItem, e.Reference, w.at.Version)
		w.do(`
			delete from `+w.table("finance_hold")+` where kind = 'claim' and document in (
				select unnest(array[id, invoice]) from `+w.table("finance_voucher")+` where id = $1)`, w.id())
		w.moved("paid", e.On, 1)
	case VoucherScheduled:
		w.do(`update `+w.table("finance_voucher")+` set stage = 'scheduled', version = $2 where id = $1`, w.id(), w.at.Version)
	case VoucherUnscheduled:
		w.do(`update `+w.table("finance_voucher")+` set stage = 'treasury', version = $2 where id = $1`, w.id(), w.at.Version)
	case PaymentReturned:
		w.do(`
			update `+w.table("finance_voucher")+` set stage = 'treasury', reason = $2, paid_by = '', paid_on = null, bank_item = '', reference = '', version = $3
			where id = $1`, w.id(), e.Reason, w.at.Version)
		w.moved("paid", e.On, -1)
		w.owedAgain()
	case VoucherReversed:
		w.do(`
			update `+w.table("finance_voucher")+` set stage = 'reversed', reason = $2, reversed_on = $3, recoverable = $4, version = $5
			where id = $1`, w.id(), e.Reason, date(e.On), e.Recoverable, w.at.Version)
		w.moved("paid", e.On, -1)
		w.moved("obligated", e.On, -1)
	case RefundReceived:
		w.do(`update `+w.table("finance_voucher")+` set recoverable = $2, version = $3 where id = $1`, w.id(), e.Left, w.at.Version)
	}
}

// stopped takes a voucher off its way, returned or cancelled; a direct charge's obligation is undone with it.
func (w *documentWriter) stopped(stage VoucherStage, reason, journal string, on kernel.Date) {
	w.do(`update `+w.table("finance_voucher")+` set stage = $2, reason = $3, charged = false, version = $4 where id = $1`,
		w.id(), string(stage), reason, w.at.Version)
	if journal != "" {
		w.letGo("claim", w.id())
		w.moved("obligated", on, -1)
	}
}

func (w *documentWriter) voucherLines(c VoucherContent) {
	for i, l := range c.Lines {
		w.line(i+1, c.Year, l, 0)
	}
	w.place("finance_voucher")
}

// claim says that the document's lines are owed.
func (w *documentWriter) claim() {
	w.do(`
		insert into `+w.table("finance_hold")+`
		select year, key, 'claim', document, sum(amount), `+w.unitOf(`l.year`, `l.key`)+` from `+w.table("finance_document_line")+` l
		where document = $1 group by 1, 2, 4`, w.id())
}

// owedAgain restores the claim that a payment had settled: the invoice's, or a direct charge's own.
func (w *documentWriter) owedAgain() {
	w.do(`
		insert into `+w.table("finance_hold")+`
		select l.year, l.key, 'claim', coalesce(nullif(v.invoice, ''), v.id), sum(l.amount), `+w.unitOf(`l.year`, `l.key`)+`
		  from `+w.table("finance_voucher")+` v join `+w.table("finance_document_line")+` l on l.document = coalesce(nullif(v.invoice, ''), v.id)
		 where v.id = $1 group by l.year, l.key, 4`, w.id())
}

// moved adds the document's lines to one column of a month.
func (w *documentWriter) moved(column string, on kernel.Date, sign int64) {
	w.do(`
		insert into `+w.table("finance_month")+` as m (year, key, month, released, committed, obligated, paid, unit)
		select year, key, $2, 0, 0,
			case when $3 = 'obligated' then $4 * sum(amount) else 0 end,
			case when $3 = 'paid'      then $4 * sum(amount) else 0 end, `+w.unitOf(`l.year`, `l.key`)+`
		from `+w.table("finance_document_line")+` l where document = $1 group by 1, 2
		on conflict (year, key, month) do update set
			obligated = m.obligated + excluded.obligated,
			paid      = m.paid + excluded.paid`, w.id(), int(on.Month()), column, sign)
}

func deductions(c VoucherContent) string {
	if len(c.Deductions) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(c.Deductions) // texts and numbers always marshal
	return string(text)
}
