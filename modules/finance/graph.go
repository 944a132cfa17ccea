package finance

import (
	"context"
	"math"
	"slices"

	"diwan/modules/kernel"
)

// Connections and edges of finance's lists.
type (
	ExecutionRowConnection    = kernel.Connection[ExecutionRow]
	ExecutionRowEdge          = kernel.Edge[ExecutionRow]
	HoldConnection            = kernel.Connection[Hold]
	HoldEdge                  = kernel.Edge[Hold]
	TrialBalanceRowConnection = kernel.Connection[TrialBalanceRow]
	TrialBalanceRowEdge       = kernel.Edge[TrialBalanceRow]
	LedgerLineConnection      = kernel.Connection[LedgerSheetLine]
	LedgerLineEdge            = kernel.Edge[LedgerSheetLine]
	SegmentValueConnection    = kernel.Connection[SegmentSheet]
	SegmentValueEdge          = kernel.Edge[SegmentSheet]
	EventConnection           = kernel.Connection[TimelineEvent]
	EventEdge                 = kernel.Edge[TimelineEvent]
	OrderConnection           = kernel.Connection[OrderSheet]
	OrderEdge                 = kernel.Edge[OrderSheet]
	VirementConnection        = kernel.Connection[VirementSheet]
	VirementEdge              = kernel.Edge[VirementSheet]
	ReservationConnection     = kernel.Connection[ReservationSheet]
	ReservationEdge           = kernel.Edge[ReservationSheet]
	CommitmentConnection      = kernel.Connection[CommitmentSheet]
	CommitmentEdge            = kernel.Edge[CommitmentSheet]
	InvoiceConnection         = kernel.Connection[InvoiceSheet]
	InvoiceEdge               = kernel.Edge[InvoiceSheet]
	VoucherConnection         = kernel.Connection[VoucherSheet]
	VoucherEdge               = kernel.Edge[VoucherSheet]
	JournalConnection         = kernel.Connection[JournalSheet]
	JournalEdge               = kernel.Edge[JournalSheet]
	PayeeConnection           = kernel.Connection[PayeeSheet]
	PayeeEdge                 = kernel.Edge[PayeeSheet]
)

// Query answers finance's root fields. Officer tells who asks; the directive on each field has
// refused whoever may not.
type Query struct {
	Reports *Reports
	Officer func(context.Context) Officer
}

// Me is the person who has signed in.
type Me struct{ officer Officer }

// Me answers who has signed in.
func (q *Query) Me(ctx context.Context) (*Me, error) { return &Me{q.Officer(ctx)}, nil }

// ID is the sign-in name.
func (m *Me) ID() string { return m.officer.ID }

// Name is the full name.
func (m *Me) Name() kernel.Text { return m.officer.Name }

// OnBehalfOf is the principal, when acting under a delegation.
func (m *Me) OnBehalfOf() *string {
	if m.officer.OnBehalfOf == "" {
		return nil
	}
	return &m.officer.OnBehalfOf
}

// Roles are the roles held now.
func (m *Me) Roles() []string { return append([]string{}, m.officer.Roles...) }

// Permissions are held now, sorted.
func (m *Me) Permissions() []string {
	names := []string{}
	for p, held := range m.officer.Permissions {
		if held {
			names = append(names, string(p))
		}
	}
	slices.Sort(names)
	return names
}

// Limit is the most this person approves finally; nil is no bound.
func (m *Me) Limit() *kernel.Money {
	if m.officer.Limit == math.MaxInt64 {
		return nil
	}
	return &kernel.Money{Amount: m.officer.Limit, Currency: "JOD"}
}

// FiscalYears lists the years.
func (q *Query) FiscalYears(ctx context.Context) ([]YearSheet, error) {
	return q.Reports.FiscalYears(ctx, q.Officer(ctx))
}

// ExecutionReport answers the execution of a year's budget.
func (q *Query) ExecutionReport(ctx context.Context, year int, groupBy []Segment, filter []SegmentFilter, belowPercent *int, withMonths bool, at *AsOf, first int, after *string) (*ExecutionReport, error) {
	return q.Reports.Execution(ctx, q.Officer(ctx), ExecutionQuery{
		Year: year, GroupBy: groupBy, Filter: filter, BelowPercent: belowPercent, Months: withMonths, At: at, First: first, After: after,
	})
}

// BudgetLine answers one line, or nothing.
func (q *Query) BudgetLine(ctx context.Context, year int, key string) (*LineSheet, error) {
	return q.Reports.Line(ctx, q.Officer(ctx), year, key)
}

// Holds answers what holds the money of a line.
func (q *Query) Holds(ctx context.Context, year int, key string, first int, after *string) (*HoldConnection, error) {
	return q.Reports.Holds(ctx, q.Officer(ctx), year, key, first, after)
}

// TrialBalance answers the trial balance.
func (q *Query) TrialBalance(ctx context.Context, year, fromMonth, toMonth int, fund *string, at *AsOf, first int, after *string) (*TrialBalance, error) {
	return q.Reports.TrialBalance(ctx, q.Officer(ctx), TrialBalanceQuery{
		Year: year, FromMonth: fromMonth, ToMonth: toMonth, Fund: textOr(fund), At: at, First: first, After: after,
	})
}

// BudgetLedger answers the memorandum accounts.
func (q *Query) BudgetLedger(ctx context.Context, year int, key *string, at *AsOf) (*BudgetLedgerSheet, error) {
	return q.Reports.BudgetLedger(ctx, q.Officer(ctx), year, textOr(key), at)
}

// Ledger answers the general ledger of an account.
func (q *Query) Ledger(ctx context.Context, account string, fund *string, year *int, at *AsOf, first int, after *string) (*LedgerLineConnection, error) {
	return q.Reports.Ledger(ctx, q.Officer(ctx), LedgerQuery{Account: account, Fund: textOr(fund), Year: yearOr(year), At: at, First: first, After: after})
}

// SegmentValues answers the values of a segment.
func (q *Query) SegmentValues(ctx context.Context, segment Segment, first int, after *string) (*SegmentValueConnection, error) {
	return q.Reports.SegmentValues(ctx, q.Officer(ctx), segment, first, after)
}

func yearOr(y *int) int {
	if y == nil {
		return 0
	}
	return *y
}
