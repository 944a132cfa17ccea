package finance

import (
	"context"

	"diwan/modules/kernel"
)

// Connections and edges of receipts, advances and trusts.
type (
	CashierBookConnection = kernel.Connection[CashierBookSheet]
	CashierBookEdge       = kernel.Edge[CashierBookSheet]
	CashierDayConnection  = kernel.Connection[CashierDay]
	CashierDayEdge        = kernel.Edge[CashierDay]
	ReceiptConnection     = kernel.Connection[ReceiptSheet]
	ReceiptEdge           = kernel.Edge[ReceiptSheet]
	AdvanceConnection     = kernel.Connection[AdvanceSheet]
	AdvanceEdge           = kernel.Edge[AdvanceSheet]
	TrustConnection       = kernel.Connection[TrustSheet]
	TrustEdge             = kernel.Edge[TrustSheet]
	TrustMoveConnection   = kernel.Connection[TrustMove]
	TrustMoveEdge         = kernel.Edge[TrustMove]
)

// The kinds of these documents by the category of their streams.
const (
	CashierBookDocument DocumentKind = "finance.cashier_book"
	ReceiptDocument     DocumentKind = "finance.receipt"
	AdvanceDocument     DocumentKind = "finance.advance"
	TrustDocument       DocumentKind = "finance.trust"
)

// CashierBooks answers books of receipts.
func (q *Query) CashierBooks(ctx context.Context, first int, after *string) (*CashierBookConnection, error) {
	return q.Reports.CashierBooks(ctx, q.Officer(ctx), DocumentQuery{First: first, After: after})
}

// CashierBook answers one, or nothing.
func (q *Query) CashierBook(ctx context.Context, id string) (*CashierBookSheet, error) {
	return one(q.Reports.CashierBooks(ctx, q.Officer(ctx), byID(id)))
}

// CashierDays answers the closed days of a book.
func (q *Query) CashierDays(ctx context.Context, id string, first int, after *string) (*CashierDayConnection, error) {
	return q.Reports.CashierDays(ctx, q.Officer(ctx), id, first, after)
}

// Receipts answers receipts.
func (q *Query) Receipts(ctx context.Context, book *string, on *kernel.Date, year *int, state, number *string, first int, after *string) (*ReceiptConnection, error) {
	asked := documentQuery(year, state, number, nil, first, after)
	asked.Book = textOr(book)
	if on != nil {
		asked.On = *on
	}
	return q.Reports.Receipts(ctx, q.Officer(ctx), asked)
}

// Receipt answers one, or nothing.
func (q *Query) Receipt(ctx context.Context, id string) (*ReceiptSheet, error) {
	return one(q.Reports.Receipts(ctx, q.Officer(ctx), byID(id)))
}

// Advances answers advances.
func (q *Query) Advances(ctx context.Context, year *int, state, number, payee *string, first int, after *string) (*AdvanceConnection, error) {
	return q.Reports.Advances(ctx, q.Officer(ctx), documentQuery(year, state, number, payee, first, after))
}

// Advance answers one, or nothing.
func (q *Query) Advance(ctx context.Context, id string) (*AdvanceSheet, error) {
	return one(q.Reports.Advances(ctx, q.Officer(ctx), byID(id)))
}

// Trusts answers what is held for others.
func (q *Query) Trusts(ctx context.Context, payee *string, first int, after *string) (*TrustConnection, error) {
	return q.Reports.Trusts(ctx, q.Officer(ctx), documentQuery(nil, nil, nil, payee, first, after))
}

// Trust answers one, or nothing.
func (q *Query) Trust(ctx context.Context, id string) (*TrustSheet, error) {
	return one(q.Reports.Trusts(ctx, q.Officer(ctx), byID(id)))
}

// TrustMoves answers what went into a trust and out of it.
func (q *Query) TrustMoves(ctx context.Context, id string, first int, after *string) (*TrustMoveConnection, error) {
	return q.Reports.TrustMoves(ctx, q.Officer(ctx), id, first, after)
}

// The resolvers of what rows of receipts, advances and trusts do not hold themselves.
type (
	CashReceipts struct{ *Query }
	Advances     struct{ *Query }
	Trusts       struct{ *Query }
	TrustMoves   struct{ *Query }
)

// Lines reads the receipts' revenues.
func (q CashReceipts) Lines(ctx context.Context, all []*ReceiptSheet) ([][]ReceiptRevenue, error) {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	known, err := q.Reports.ReceiptLines(ctx, q.Officer(ctx), ids)
	return inOrder(ids, known), err
}

// Payee reads who has the advances in hand.
func (q Advances) Payee(ctx context.Context, all []*AdvanceSheet) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(s *AdvanceSheet) string { return s.PayeeID })
}

// Settlements reads what the advances were spent on.
func (q Advances) Settlements(ctx context.Context, all []*AdvanceSheet) ([][]SettlementSheet, error) {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	known, err := q.Reports.Settlements(ctx, q.Officer(ctx), ids)
	return inOrder(ids, known), err
}

// Payee reads for whom the trusts are held.
func (q Trusts) Payee(ctx context.Context, all []*TrustSheet) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(s *TrustSheet) string { return s.PayeeID })
}

// Payee reads whom the payments pay.
func (q TrustMoves) Payee(ctx context.Context, all []*TrustMove) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(m *TrustMove) string { return m.PayeeID })
}

// inOrder gives every id its rows; none is an empty list.
func inOrder[T any](ids []string, known map[string][]T) [][]T {
	found := make([][]T, len(ids))
	for i, id := range ids {
		if found[i] = known[id]; found[i] == nil {
			found[i] = []T{}
		}
	}
	return found
}
