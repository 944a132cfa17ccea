package finance

import (
	"context"

	"diwan/modules/kernel"
)

// The resolvers below answer one field for all rows of a list at once.

// Labels resolves the names of segment values.
type Labels struct{ *Query }

// Name reads the values' names.
func (q Labels) Name(ctx context.Context, labels []*SegmentLabel) ([]*kernel.Text, error) {
	all := make([]SegmentLabel, len(labels))
	for i, l := range labels {
		all[i] = *l
	}
	return q.Reports.SegmentNames(ctx, q.Officer(ctx), all)
}

// LedgerLines resolves what lines of the ledger do not hold themselves.
type LedgerLines struct{ *Query }

// AccountName reads the names of the lines' accounts.
func (q LedgerLines) AccountName(ctx context.Context, lines []*LedgerSheetLine) ([]*kernel.Text, error) {
	all := make([]SegmentLabel, len(lines))
	for i, l := range lines {
		all[i] = SegmentLabel{Segment: Item, Code: l.Account}
	}
	return q.Reports.SegmentNames(ctx, q.Officer(ctx), all)
}

// DocumentLines resolves what lines of documents do not hold themselves.
type DocumentLines struct{ *Query }

// Segments reads the segments of the lines' budget keys.
func (q DocumentLines) Segments(ctx context.Context, lines []*DocumentLine) ([][]SegmentLabel, error) {
	return q.Reports.LineSegments(ctx, q.Officer(ctx), lines)
}

// Commitments, Claims and PaymentVouchers resolve the payees of documents.
type (
	Commitments     struct{ *Query }
	Claims          struct{ *Query }
	PaymentVouchers struct{ *Query }
)

// Payee reads to whom.
func (q Commitments) Payee(ctx context.Context, all []*CommitmentSheet) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(s *CommitmentSheet) string { return s.PayeeID })
}

// Payee reads from whom.
func (q Claims) Payee(ctx context.Context, all []*InvoiceSheet) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(s *InvoiceSheet) string { return s.PayeeID })
}

// Payee reads whom they pay.
func (q PaymentVouchers) Payee(ctx context.Context, all []*VoucherSheet) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(s *VoucherSheet) string { return s.PayeeID })
}

// payeesOf reads the payees of documents; nil for a document without.
func payeesOf[T any](ctx context.Context, q *Query, all []*T, payee func(*T) string) ([]*PayeeSheet, error) {
	found := make([]*PayeeSheet, len(all))
	var ids []string
	for _, one := range all {
		if id := payee(one); id != "" {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	known, err := q.Reports.PayeesByID(ctx, q.Officer(ctx), ids)
	if err != nil {
		return nil, err
	}
	for i, one := range all {
		found[i] = known[payee(one)]
	}
	return found, nil
}
