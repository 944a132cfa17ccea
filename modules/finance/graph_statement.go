package finance

import (
	"context"

	"diwan/modules/kernel"
)

// Connections and edges of what banks say.
type (
	StatementConnection     = kernel.Connection[StatementSheet]
	StatementEdge           = kernel.Edge[StatementSheet]
	StatementLineConnection = kernel.Connection[StatementLineSheet]
	StatementLineEdge       = kernel.Edge[StatementLineSheet]
	BookEntryConnection     = kernel.Connection[BookEntry]
	BookEntryEdge           = kernel.Edge[BookEntry]
	MatchConnection         = kernel.Connection[MatchSheet]
	MatchEdge               = kernel.Edge[MatchSheet]
)

// StatementDocument is the kind of bank statements.
const StatementDocument DocumentKind = "finance.statement"

// Statements answers what banks have said.
func (q *Query) Statements(ctx context.Context, treasury, state *string, first int, after *string) (*StatementConnection, error) {
	return q.Reports.Statements(ctx, q.Officer(ctx), StatementQuery{Treasury: textOr(treasury), State: textOr(state), First: first, After: after})
}

// Statement answers one, or nothing.
func (q *Query) Statement(ctx context.Context, id string) (*StatementSheet, error) {
	return one(q.Reports.Statements(ctx, q.Officer(ctx), StatementQuery{ID: id, First: 1}))
}

// StatementLines answers the entries of a statement.
func (q *Query) StatementLines(ctx context.Context, id string, open bool, first int, after *string) (*StatementLineConnection, error) {
	return q.Reports.StatementLines(ctx, q.Officer(ctx), id, open, first, after)
}

// StatementMatches answers how a statement was matched with the book.
func (q *Query) StatementMatches(ctx context.Context, id string, first int, after *string) (*MatchConnection, error) {
	return q.Reports.Matches(ctx, q.Officer(ctx), id, first, after)
}

// OpenEntries answers what of the book no statement has shown yet.
func (q *Query) OpenEntries(ctx context.Context, id string, until *kernel.Date, first int, after *string) (*BookEntryConnection, error) {
	var to kernel.Date
	if until != nil {
		to = *until
	}
	return q.Reports.OpenEntries(ctx, q.Officer(ctx), id, to, first, after)
}

// BankStatements resolves what rows of statements do not hold themselves.
type BankStatements struct{ *Query }

// Reconciliation sets the statements against the book.
func (q BankStatements) Reconciliation(ctx context.Context, all []*StatementSheet) ([]*Reconciliation, error) {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	known, err := q.Reports.Reconciliations(ctx, q.Officer(ctx), ids)
	if err != nil {
		return nil, err
	}
	found := make([]*Reconciliation, len(all))
	for i, id := range ids {
		found[i] = known[id]
	}
	return found, nil
}

// RetryStatement: tries a statement in quarantine again.
func (m *Mutation) RetryStatement(ctx context.Context, input ActOnStatement) (*Act, error) {
	return carryOut(ctx, m, StatementDocument, input, m.Module.RetryStatement)
}

// MatchLines: says that lines of a statement and entries of the book are the same movements.
func (m *Mutation) MatchLines(ctx context.Context, input MatchLines) (*Act, error) {
	return carryOut(ctx, m, StatementDocument, input, m.Module.MatchLines)
}

// UnmatchLines: takes a match back.
func (m *Mutation) UnmatchLines(ctx context.Context, input ActOnStatement) (*Act, error) {
	return carryOut(ctx, m, StatementDocument, input, m.Module.UnmatchLines)
}

// ApproveReconciliation: the second person's step on a statement whose every line is matched.
func (m *Mutation) ApproveReconciliation(ctx context.Context, input ActOnStatement) (*Act, error) {
	return carryOut(ctx, m, StatementDocument, input, m.Module.ApproveReconciliation)
}
