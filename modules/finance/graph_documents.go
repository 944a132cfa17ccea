package finance

import (
	"context"

	"diwan/modules/kernel"
)

// DocumentKind is a kind of document that has a history.
type DocumentKind string

// The kinds by the category of their streams.
const (
	LineDocument        DocumentKind = "finance.budget"
	OrderDocument       DocumentKind = "finance.order"
	VirementDocument    DocumentKind = "finance.virement"
	ReservationDocument DocumentKind = "finance.reservation"
	CommitmentDocument  DocumentKind = "finance.commitment"
	InvoiceDocument     DocumentKind = "finance.invoice"
	VoucherDocument     DocumentKind = "finance.voucher"
	JournalDocument     DocumentKind = "finance.journal"
	PayeeDocument       DocumentKind = "finance.payee"
	YearDocument        DocumentKind = "finance.year"
	SegmentDocument     DocumentKind = "finance.segment"
	RulesDocument       DocumentKind = "finance.rules"
	PolicyDocument      DocumentKind = "finance.payment_policy"
	CycleDocument       DocumentKind = "finance.budget_cycle"
	RequestDocument     DocumentKind = "finance.budget_request"
)

// History answers what happened to a document.
func (q *Query) History(ctx context.Context, kind DocumentKind, id string, first int, after *string) (*EventConnection, error) {
	return q.Reports.History(ctx, q.Officer(ctx), string(kind), id, first, after)
}

func documentQuery(year *int, state, number, payee *string, first int, after *string) DocumentQuery {
	return DocumentQuery{Year: yearOr(year), State: textOr(state), Number: textOr(number), Payee: textOr(payee), First: first, After: after}
}

// one is the single row of a list asked for by id, or nothing.
func one[T any](c *kernel.Connection[T], err error) (*T, error) {
	if err != nil || len(c.Nodes) == 0 {
		return nil, err
	}
	return &c.Nodes[0], nil
}

func byID(id string) DocumentQuery { return DocumentQuery{ID: id, First: 1} }

// Orders answers financial orders.
func (q *Query) Orders(ctx context.Context, year *int, state, number *string, first int, after *string) (*OrderConnection, error) {
	return q.Reports.Orders(ctx, q.Officer(ctx), documentQuery(year, state, number, nil, first, after))
}

// Order answers one, or nothing.
func (q *Query) Order(ctx context.Context, id string) (*OrderSheet, error) {
	return one(q.Reports.Orders(ctx, q.Officer(ctx), byID(id)))
}

// Virements answers virements.
func (q *Query) Virements(ctx context.Context, year *int, state, number *string, first int, after *string) (*VirementConnection, error) {
	return q.Reports.Virements(ctx, q.Officer(ctx), documentQuery(year, state, number, nil, first, after))
}

// Virement answers one, or nothing.
func (q *Query) Virement(ctx context.Context, id string) (*VirementSheet, error) {
	return one(q.Reports.Virements(ctx, q.Officer(ctx), byID(id)))
}

// Reservations answers reservations.
func (q *Query) Reservations(ctx context.Context, year *int, state, number *string, first int, after *string) (*ReservationConnection, error) {
	return q.Reports.Reservations(ctx, q.Officer(ctx), documentQuery(year, state, number, nil, first, after))
}

// Reservation answers one, or nothing.
func (q *Query) Reservation(ctx context.Context, id string) (*ReservationSheet, error) {
	return one(q.Reports.Reservations(ctx, q.Officer(ctx), byID(id)))
}

// Commitments answers commitments.
func (q *Query) Commitments(ctx context.Context, year *int, state, number, payee *string, first int, after *string) (*CommitmentConnection, error) {
	return q.Reports.Commitments(ctx, q.Officer(ctx), documentQuery(year, state, number, payee, first, after))
}

// Commitment answers one, or nothing.
func (q *Query) Commitment(ctx context.Context, id string) (*CommitmentSheet, error) {
	return one(q.Reports.Commitments(ctx, q.Officer(ctx), byID(id)))
}

// Invoices answers claims.
func (q *Query) Invoices(ctx context.Context, year *int, state, number, payee *string, first int, after *string) (*InvoiceConnection, error) {
	return q.Reports.Invoices(ctx, q.Officer(ctx), documentQuery(year, state, number, payee, first, after))
}

// Invoice answers one, or nothing.
func (q *Query) Invoice(ctx context.Context, id string) (*InvoiceSheet, error) {
	return one(q.Reports.Invoices(ctx, q.Officer(ctx), byID(id)))
}

// Vouchers answers vouchers.
func (q *Query) Vouchers(ctx context.Context, year *int, state, number, payee *string, first int, after *string) (*VoucherConnection, error) {
	return q.Reports.Vouchers(ctx, q.Officer(ctx), documentQuery(year, state, number, payee, first, after))
}

// Voucher answers one, or nothing.
func (q *Query) Voucher(ctx context.Context, id string) (*VoucherSheet, error) {
	return one(q.Reports.Vouchers(ctx, q.Officer(ctx), byID(id)))
}

// Journals answers the register of entries.
func (q *Query) Journals(ctx context.Context, year *int, state, number *string, first int, after *string) (*JournalConnection, error) {
	return q.Reports.Journals(ctx, q.Officer(ctx), documentQuery(year, state, number, nil, first, after))
}

// Journal answers one, or nothing.
func (q *Query) Journal(ctx context.Context, id string) (*JournalSheet, error) {
	return one(q.Reports.Journals(ctx, q.Officer(ctx), byID(id)))
}

// Payees answers payees.
func (q *Query) Payees(ctx context.Context, first int, after *string) (*PayeeConnection, error) {
	return q.Reports.Payees(ctx, q.Officer(ctx), DocumentQuery{First: first, After: after})
}

// Payee answers one, or nothing.
func (q *Query) Payee(ctx context.Context, id string) (*PayeeSheet, error) {
	return one(q.Reports.Payees(ctx, q.Officer(ctx), byID(id)))
}
