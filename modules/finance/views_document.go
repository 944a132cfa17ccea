package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/projections"
)

// documentView keeps the documents of the spending path as people see them in lists, what each of
// them holds on its lines, and what each month saw.
func (r viewReader) documentView() projections.View {
	return projections.View{
		Name: "finance_document", Version: 2, Lane: eventstore.Main,
		Tables: append(budgetDocumentTables(), paymentDocumentTables()...),
		Apply:  r.applyDocuments,
	}
}

func budgetDocumentTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_order", Columns: `
			id           text   not null primary key,
			year         int    not null,
			number       text   not null,
			kind         text   not null,
			subject      text   not null,
			currency     text   not null,
			total        bigint not null,
			state        text   not null, -- draft, certified, cancelled
			reason       text   not null,
			on_date      date,
			drafted_by   text   not null,
			certified_by text   not null,
			version      bigint not null,
			position     bigint not null,
			unit         text   not null default '.'`, Indexes: []string{"(year, position desc)", "(unit)"}},
		{Name: "finance_virement", Columns: `
			id          text   not null primary key,
			year        int    not null,
			number      text   not null,
			reason      text   not null,
			currency    text   not null,
			total       bigint not null, -- what goes out
			state       text   not null, -- proposed, approved, rejected
			refusal     text   not null,
			on_date     date,
			proposed_by text   not null,
			decided_by  text   not null,
			version     bigint not null,
			position    bigint not null,
			unit        text   not null default '.'`, Indexes: []string{"(year, position desc)", "(unit)"}},
		{Name: "finance_reservation", Columns: `
			id         text   not null primary key,
			year       int    not null,
			number     text   not null,
			subject    text   not null,
			currency   text   not null,
			total      bigint not null,
			on_date    date,
			expires    date,
			state      text   not null, -- held, converted, released, expired
			commitment text   not null,
			opened_by  text   not null,
			version    bigint not null,
			position   bigint not null,
			unit       text   not null default '.'`, Indexes: []string{"(year, position desc)", "(unit)"}},
		{Name: "finance_commitment", Columns: `
			id          text   not null primary key,
			year        int    not null,
			number      text   not null,
			subject     text   not null,
			payee       text   not null,
			reference   text   not null,
			reservation text   not null,
			currency    text   not null,
			total       bigint not null, -- as opened and amended
			outstanding bigint not null,
			state       text   not null, -- open, consumed, released
			on_date     date,
			opened_by   text   not null,
			version     bigint not null,
			position    bigint not null,
			unit        text   not null default '.'` + hot, Indexes: []string{"(year, position desc)", "(unit)"}},
		{Name: "finance_document_line", Columns: `
			document text   not null,
			line     int    not null,
			year     int    not null,
			key      text   not null,
			codes    json,
			month    int    not null, -- of an allotment, else 0
			amount   bigint not null,
			unit     text   not null default '.', -- of the document
			primary key (document, line)`},
		{Name: "finance_hold", Columns: `
			year     int    not null,
			key      text   not null,
			kind     text   not null, -- reservation, commitment, claim
			document text   not null,
			amount   bigint not null,
			unit     text   not null default '.',
			primary key (year, key, kind, document)` + hot, Indexes: []string{"(document)"}},
		{Name: "finance_month", Columns: `
			year      int    not null,
			key       text   not null,
			month     int    not null,
			released  bigint not null,
			committed bigint not null,
			obligated bigint not null,
			paid      bigint not null,
			unit      text   not null default '.',
			primary key (year, key, month)` + hot},
		{Name: "finance_line_unit", Columns: `
			year int  not null,
			key  text not null,
			unit text not null,
			primary key (year, key)`},
	}
}

func (r viewReader) applyDocuments(ctx context.Context, b *projections.Batch) error {
	w := documentWriter{table: b.Table}
	if err := r.lineUnits(ctx, b); err != nil {
		return err
	}
	for i := range b.Events {
		recorded := &b.Events[i]
		switch recorded.Stream.Category {
		case "finance.budget", "finance.order", "finance.virement", "finance.reservation", "finance.commitment",
			"finance.invoice", "finance.voucher":
		default:
			continue
		}
		event, err := r.event(recorded)
		if err != nil {
			return err
		}
		w.at = recorded
		w.budget(event)
		w.payment(event)
	}
	if err := w.flushMonths(); err != nil {
		return err
	}
	return w.send(ctx, b.Tx)
}

// documentWriter turns events of documents into SQL.
type documentWriter struct {
	statements
	table  func(string) string
	at     *eventstore.Recorded
	months map[monthID]*monthDelta // of events that name line and month themselves
	order  []monthID
}

func (w *documentWriter) id() string { return w.at.Stream.Key }

// budget writes the documents of the budget side.
func (w *documentWriter) budget(event eventstore.Event) {
	switch e := event.(type) {
	case AllotmentReleased, AllotmentWithdrawn, ProvisionalTwelfthAuthorised, CommitmentBroughtIn, CommitmentCarriedOut, AppropriationLapsed:
		w.allotment(event)
	case FinancialOrderDrafted:
		var total int64
		for i, l := range e.Lines {
			total += l.Amount
			w.line(i+1, e.Year, ChargeLine{Key: l.Key, Amount: l.Amount}, l.Month)
		}
		w.do(`insert into `+w.table("finance_order")+` values ($1, $2, '', $3, $4, $5, $6, 'draft', '', null, $7, '', $8, $9)`,
			w.id(), e.Year, string(e.Kind), e.Subject, e.Currency, total, e.By.Person, w.at.Version, w.at.Position)
		w.place("finance_order")
	case FinancialOrderCertified:
		w.do(`update `+w.table("finance_order")+` set state = 'certified', number = $2, on_date = $3, certified_by = $4, version = $5 where id = $1`,
			w.id(), e.Number, date(e.On), e.By.Person, w.at.Version)
	case FinancialOrderCancelled:
		w.do(`update `+w.table("finance_order")+` set state = 'cancelled', reason = $2, version = $3 where id = $1`,
			w.id(), e.Reason, w.at.Version)
	case VirementProposed:
		var out int64
		for i, l := range e.Lines {
			out += max(0, -l.Amount)
			w.line(i+1, e.Year, ChargeLine{Key: l.Key, Amount: l.Amount}, 0)
		}
		w.do(`insert into `+w.table("finance_virement")+` values ($1, $2, '', $3, $4, $5, 'proposed', '', null, $6, '', $7, $8)`,
			w.id(), e.Year, e.Reason, e.Currency, out, e.By.Person, w.at.Version, w.at.Position)
		w.place("finance_virement")
	case VirementApproved:
		w.do(`update `+w.table("finance_virement")+` set state = 'approved', number = $2, on_date = $3, decided_by = $4, version = $5 where id = $1`,
			w.id(), e.Number, date(e.On), e.By.Person, w.at.Version)
	case VirementRejected:
		w.do(`update `+w.table("finance_virement")+` set state = 'rejected', refusal = $2, decided_by = $3, version = $4 where id = $1`,
			w.id(), e.Reason, e.By.Person, w.at.Version)
	case ReservationOpened:
		w.do(`insert into `+w.table("finance_reservation")+` values ($1, $2, $3, $4, $5, $6, $7, $8, 'held', '', $9, $10, $11)`,
			w.id(), e.Year, e.Number, e.Subject, e.Currency, sumOf(e.Lines), date(e.On), date(e.Expires), e.By.Person, w.at.Version, w.at.Position)
		w.lines(e.Year, e.Lines)
		w.place("finance_reservation")
		w.hold("reservation", e.Year, e.Lines, 1)
	case ReservationConverted:
		w.do(`update `+w.table("finance_reservation")+` set state = 'converted', commitment = $2, version = $3 where id = $1`,
			w.id(), e.Commitment, w.at.Version)
		w.letGo("reservation", w.id())
	case ReservationEnded:
		state := "released"
		if e.Expired {
			state = "expired"
		}
		w.do(`update `+w.table("finance_reservation")+` set state = $2, version = $3 where id = $1`, w.id(), state, w.at.Version)
		w.letGo("reservation", w.id())
	default:
		w.commitment(event)
	}
}

// line keeps one line of the document as it was written.
func (w *documentWriter) line(no, year int, l ChargeLine, month int) {
	var codes any
	if l.Codes != (Codes{}) {
		codes = codesJSON(l.Codes)
	}
	unit := w.unitOf(`$3`, `$4`)
	if codes != nil {
		unit = `$8`
	} else {
		unit = `coalesce($8, ` + unit + `)`
	}
	w.do(`insert into `+w.table("finance_document_line")+` values ($1, $2, $3, $4, $5, $6, $7, `+unit+`)`,
		w.id(), no, year, l.Key, codes, month, l.Amount, unitOrNothing(l.Codes))
}

func (w *documentWriter) lines(year int, lines []LineAmount) {
	for i, l := range lines {
		w.line(i+1, year, ChargeLine{Key: l.Key, Amount: l.Amount}, 0)
	}
}

// hold says that the document holds money of its lines.
func (w *documentWriter) hold(kind string, year int, lines []LineAmount, sign int64) {
	for _, l := range lines {
		w.do(`
			insert into `+w.table("finance_hold")+` as hold values ($1, $2, $3, $4, $5, `+w.unitOf(`$1`, `$2`)+`)
			on conflict (year, key, kind, document) do update set amount = hold.amount + excluded.amount`,
			year, l.Key, kind, w.id(), sign*l.Amount)
	}
}

// letGo says that a document holds nothing any more.
func (w *documentWriter) letGo(kind, document string) {
	w.do(`delete from `+w.table("finance_hold")+` where document = $1 and kind = $2`, document, kind)
}

func sumOf(lines []LineAmount) int64 {
	var sum int64
	for _, l := range lines {
		sum += l.Amount
	}
	return sum
}
