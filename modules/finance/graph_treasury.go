package finance

import (
	"context"

	"diwan/modules/kernel"
)

// Connections and edges of treasury's lists.
type (
	TreasuryAccountConnection = kernel.Connection[TreasuryAccountSheet]
	TreasuryAccountEdge       = kernel.Edge[TreasuryAccountSheet]
	BatchConnection           = kernel.Connection[BatchSheet]
	BatchEdge                 = kernel.Edge[BatchSheet]
)

// The kinds of treasury's documents by the category of their streams.
const (
	TreasuryAccountDocument DocumentKind = "finance.treasury_account"
	BatchDocument           DocumentKind = "finance.batch"
)

// TreasuryAccounts answers the government's own bank accounts.
func (q *Query) TreasuryAccounts(ctx context.Context, first int, after *string) (*TreasuryAccountConnection, error) {
	return q.Reports.TreasuryAccounts(ctx, q.Officer(ctx), DocumentQuery{First: first, After: after})
}

// TreasuryAccount answers one, or nothing.
func (q *Query) TreasuryAccount(ctx context.Context, id string) (*TreasuryAccountSheet, error) {
	return one(q.Reports.TreasuryAccounts(ctx, q.Officer(ctx), byID(id)))
}

// Batches answers payment batches.
func (q *Query) Batches(ctx context.Context, year *int, state, number *string, first int, after *string) (*BatchConnection, error) {
	return q.Reports.Batches(ctx, q.Officer(ctx), documentQuery(year, state, number, nil, first, after))
}

// Batch answers one, or nothing.
func (q *Query) Batch(ctx context.Context, id string) (*BatchSheet, error) {
	return one(q.Reports.Batches(ctx, q.Officer(ctx), byID(id)))
}

// PaymentBatches and BatchPayments resolve what rows of batches do not hold themselves.
type (
	PaymentBatches struct{ *Query }
	BatchPayments  struct{ *Query }
)

// Payments reads the batches' transfers.
func (q PaymentBatches) Payments(ctx context.Context, all []*BatchSheet) ([][]BatchPaymentSheet, error) {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	known, err := q.Reports.BatchPayments(ctx, q.Officer(ctx), ids)
	if err != nil {
		return nil, err
	}
	found := make([][]BatchPaymentSheet, len(all))
	for i, id := range ids {
		found[i] = known[id]
		if found[i] == nil {
			found[i] = []BatchPaymentSheet{}
		}
	}
	return found, nil
}

// Payee reads whom the transfers pay.
func (q BatchPayments) Payee(ctx context.Context, all []*BatchPaymentSheet) ([]*PayeeSheet, error) {
	return payeesOf(ctx, q.Query, all, func(p *BatchPaymentSheet) string { return p.PayeeID })
}

// OpenTreasuryAccount: opens one of the government's own bank accounts.
func (m *Mutation) OpenTreasuryAccount(ctx context.Context, input OpenTreasuryAccount) (*Act, error) {
	return carryOut(ctx, m, TreasuryAccountDocument, input, m.Module.OpenTreasuryAccount)
}

// BuildBatch: gathers vouchers that wait for treasury into one order to the bank (دفعة صرف).
func (m *Mutation) BuildBatch(ctx context.Context, input BuildBatch) (*Act, error) {
	return carryOut(ctx, m, BatchDocument, input, m.Module.BuildBatch)
}

// ReleaseBatch: the second person's step; every voucher of the batch is paid.
func (m *Mutation) ReleaseBatch(ctx context.Context, input ActOnBatch) (*Act, error) {
	return carryOut(ctx, m, BatchDocument, input, m.Module.ReleaseBatch)
}

// DropBatch: ends a batch that was not released.
func (m *Mutation) DropBatch(ctx context.Context, input ActOnBatch) (*Act, error) {
	return carryOut(ctx, m, BatchDocument, input, m.Module.DropBatch)
}

// AnswerBatch: records what the bank said of one payment.
func (m *Mutation) AnswerBatch(ctx context.Context, input AnswerBatch) (*Act, error) {
	return carryOut(ctx, m, BatchDocument, input, m.Module.AnswerBatch)
}
