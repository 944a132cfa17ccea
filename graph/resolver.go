package graph

import (
	"context"

	"diwan/desk"
	"diwan/graph/generated"
	"diwan/graph/house"
	"diwan/graph/work"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
	"diwan/modules/upload"
	"diwan/projections/inbox"
	"diwan/projections/search"
)

// Aliases give the embedded fields of the modules distinct names.
type (
	financeQuery      = finance.Query
	financeMutation   = finance.Mutation
	uploadQuery       = upload.Query
	uploadMutation    = upload.Mutation
	jobQuery          = job.Query
	jobMutation       = job.Mutation
	workMutation      = work.Mutation
	deskQuery         = desk.Query
	deskMutation      = desk.Mutation
	inboxQuery        = inbox.Query
	searchQuery       = search.Query
	directoryQuery    = directory.Query
	houseQuery        = house.Query
	directoryMutation = directory.Mutation
	accessQuery       = access.Query
	accessMutation    = access.Mutation
)

// root joins the modules' resolvers. A method that is missing, or that two modules have, does not
// compile.
type root struct {
	query    query
	mutation mutation
	book     *access.Book
	watching watching
	accounts account
	units    scopeUnit
}

func newRoot(c Config) *root {
	var book *access.Book // without it nobody may do anything, and the schema can still be looked at
	if c.Access != nil {
		book = c.Access.Book()
	}
	return &root{
		query: query{
			&finance.Query{Reports: c.Reports, Officer: officerOf},
			&upload.Query{Module: c.Uploads, Person: sender},
			&job.Query{Module: c.Jobs, Person: worker},
			&desk.Query{Desk: c.Desk, Who: sitter},
			&inbox.Query{Box: c.Inbox, Who: askerOf, Name: book.Name},
			&search.Query{Index: c.Search, Who: askerOf},
			&directory.Query{Registry: c.Registry, Reports: c.DirectoryReports, Clerk: clerkOf, Clock: c.clock(), Zone: c.zone()},
			&house.Query{Look: c.Health, Decided: c.Policies},
			&access.Query{Module: c.Access, Reports: c.AccessReports, Who: standingOf},
		},
		mutation: mutation{
			&finance.Mutation{Module: c.Finance, Officer: officerOf},
			&upload.Mutation{Module: c.Uploads, Person: sender},
			&job.Mutation{Module: c.Jobs, Person: worker},
			&work.Mutation{Jobs: c.Jobs, Uploads: c.Uploads, Views: c.Views, Sheets: c.Sheets, Forms: c.Forms, Person: worker, Finance: c.Finance, Officer: officerOf},
			&desk.Mutation{Desk: c.Desk, Who: sitter},
			&directory.Mutation{Module: c.Directory, Clerk: clerkOf},
			&access.Mutation{Module: c.Access, Who: standingOf},
		},
		book:     book,
		watching: watching{c.Live, c.Reports},
		accounts: account{c.SignIn},
		units:    scopeUnit{c.Registry},
	}
}

type query struct {
	*financeQuery
	*uploadQuery
	*jobQuery
	*deskQuery
	*inboxQuery
	*searchQuery
	*directoryQuery
	*houseQuery
	*accessQuery
}

// Person answers one person; other modules call by this name whoever asks.
func (q query) Person(ctx context.Context, id string, at *kernel.Date) (*access.PersonSheet, error) {
	return q.accessQuery.Person(ctx, id, at)
}

type mutation struct {
	*financeMutation
	*uploadMutation
	*jobMutation
	*workMutation
	*deskMutation
	*directoryMutation
	*accessMutation
}

// Query returns the resolvers of questions.
func (r *root) Query() generated.QueryResolver { return r.query }

// Mutation returns the resolvers of acts.
func (r *root) Mutation() generated.MutationResolver { return r.mutation }

// Subscription returns the resolvers of what happens while somebody looks on.
func (r *root) Subscription() generated.SubscriptionResolver { return r.watching }

// Refused returns the resolvers of refusals.
func (r *root) Refused() generated.RefusedResolver { return refused{} }

// Conflict returns the resolvers of conflicts.
func (r *root) Conflict() generated.ConflictResolver { return conflict{} }

// Signer returns the resolvers of people who signed.
func (r *root) Signer() generated.SignerResolver { return signer{r.book} }

// SegmentLabel returns the resolvers of segment values.
func (r *root) SegmentLabel() generated.SegmentLabelResolver {
	return finance.Labels{Query: r.query.financeQuery}
}

// BudgetRequest returns the resolvers of what programmes ask for.
func (r *root) BudgetRequest() generated.BudgetRequestResolver {
	return finance.BudgetRequests{Query: r.query.financeQuery}
}

// LedgerLine returns the resolvers of lines of the ledger.
func (r *root) LedgerLine() generated.LedgerLineResolver {
	return finance.LedgerLines{Query: r.query.financeQuery}
}

// DocumentLine returns the resolvers of lines of documents.
func (r *root) DocumentLine() generated.DocumentLineResolver {
	return finance.DocumentLines{Query: r.query.financeQuery}
}

// Commitment returns the resolvers of commitments.
func (r *root) Commitment() generated.CommitmentResolver {
	return commitments{finance.Commitments{Query: r.query.financeQuery}, r.query.inboxQuery}
}

// Invoice returns the resolvers of claims.
func (r *root) Invoice() generated.InvoiceResolver {
	return finance.Claims{Query: r.query.financeQuery}
}

// Voucher returns the resolvers of payment vouchers.
func (r *root) Voucher() generated.VoucherResolver {
	return vouchers{finance.PaymentVouchers{Query: r.query.financeQuery}, r.query.inboxQuery}
}

// Batch returns the resolvers of payment batches.
func (r *root) Batch() generated.BatchResolver {
	return finance.PaymentBatches{Query: r.query.financeQuery}
}

// Statement returns the resolvers of bank statements.
func (r *root) Statement() generated.StatementResolver {
	return finance.BankStatements{Query: r.query.financeQuery}
}

// Receipt returns the resolvers of receipts.
func (r *root) Receipt() generated.ReceiptResolver {
	return finance.CashReceipts{Query: r.query.financeQuery}
}

// Advance returns the resolvers of advances.
func (r *root) Advance() generated.AdvanceResolver {
	return finance.Advances{Query: r.query.financeQuery}
}

// Trust returns the resolvers of trusts.
func (r *root) Trust() generated.TrustResolver {
	return finance.Trusts{Query: r.query.financeQuery}
}

// TrustMove returns the resolvers of moves of trusts.
func (r *root) TrustMove() generated.TrustMoveResolver {
	return finance.TrustMoves{Query: r.query.financeQuery}
}

// BatchPayment returns the resolvers of transfers of batches.
func (r *root) BatchPayment() generated.BatchPaymentResolver {
	return finance.BatchPayments{Query: r.query.financeQuery}
}

// Holder returns the resolvers of people in posts.
func (r *root) Holder() generated.HolderResolver { return holder{r.book} }

// Person returns the resolvers of people who sign in.
func (r *root) Person() generated.PersonResolver { return r.accounts }

// ScopeUnit returns the resolvers of units that something holds in.
func (r *root) ScopeUnit() generated.ScopeUnitResolver { return r.units }
