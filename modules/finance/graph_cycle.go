package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Connections and edges of the requests for a budget.
type (
	BudgetRequestConnection = kernel.Connection[RequestSheet]
	BudgetRequestEdge       = kernel.Edge[RequestSheet]
)

// BudgetCycles answers the preparations of budgets.
func (q *Query) BudgetCycles(ctx context.Context) ([]CycleSheet, error) {
	return q.Reports.Cycles(ctx, q.Officer(ctx), 0)
}

// BudgetCycle answers one, or nothing.
func (q *Query) BudgetCycle(ctx context.Context, year int) (*CycleSheet, error) {
	if year <= 0 {
		return nil, nil
	}
	all, err := q.Reports.Cycles(ctx, q.Officer(ctx), year)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// BudgetRequests answers what the programmes ask for.
func (q *Query) BudgetRequests(ctx context.Context, year int, chapter, state *string, first int, after *string) (*BudgetRequestConnection, error) {
	return q.Reports.Requests(ctx, q.Officer(ctx), RequestQuery{Year: year, Chapter: textOr(chapter), State: textOr(state), First: first, After: after})
}

// BudgetRequest answers one, or nothing.
func (q *Query) BudgetRequest(ctx context.Context, year int, chapter, programme string) (*RequestSheet, error) {
	if chapter == "" || programme == "" {
		return nil, nil
	}
	return one(q.Reports.Requests(ctx, q.Officer(ctx), RequestQuery{Year: year, Chapter: chapter, Programme: programme, First: 1}))
}

// BudgetBreaches answers which ceilings a request being typed would go beyond.
func (q *Query) BudgetBreaches(ctx context.Context, year int, chapter, programme string, current, capital []string) ([]BreachSheet, error) {
	return q.Reports.Breaches(ctx, q.Officer(ctx), year, chapter, programme, current, capital)
}

// IssueCircular: asks every body for its requests (بلاغ الموازنة).
func (m *Mutation) IssueCircular(ctx context.Context, input IssueCircular) (*Act, error) {
	return carryOut(ctx, m, CycleDocument, input, m.Module.IssueCircular)
}

// SetBudgetCeiling: sets the most a chapter or programme may ask for.
func (m *Mutation) SetBudgetCeiling(ctx context.Context, input SetBudgetCeiling) (*Act, error) {
	return carryOut(ctx, m, CycleDocument, input, m.Module.SetBudgetCeiling)
}

// SubmitBudgetRequest: asks for one programme, or asks anew.
func (m *Mutation) SubmitBudgetRequest(ctx context.Context, input SubmitBudgetRequest) (*Act, error) {
	return carryOut(ctx, m, RequestDocument, input, m.Module.SubmitBudgetRequest)
}

// ReturnBudgetRequest: sends a request back to its body.
func (m *Mutation) ReturnBudgetRequest(ctx context.Context, input DecideBudgetRequest) (*Act, error) {
	return carryOut(ctx, m, RequestDocument, input, m.Module.ReturnBudgetRequest)
}

// ApproveBudgetRequest: takes a request into the draft.
func (m *Mutation) ApproveBudgetRequest(ctx context.Context, input DecideBudgetRequest) (*Act, error) {
	return carryOut(ctx, m, RequestDocument, input, m.Module.ApproveBudgetRequest)
}

// ConsolidateBudget: fixes the next version of the draft.
func (m *Mutation) ConsolidateBudget(ctx context.Context, input StepCycle) (*Act, error) {
	return carryOut(ctx, m, CycleDocument, input, m.Module.ConsolidateBudget)
}

// LockBudget: sends the newest version to the cabinet.
func (m *Mutation) LockBudget(ctx context.Context, input StepCycle) (*Act, error) {
	return carryOut(ctx, m, CycleDocument, input, m.Module.LockBudget)
}

// EnactBudget: records the law and opens the year's lines.
func (m *Mutation) EnactBudget(ctx context.Context, input StepCycle) (*Act, error) {
	return carryOut(ctx, m, CycleDocument, input, func(ctx context.Context, by Officer, in StepCycle) (eventstore.Receipt, error) {
		if _, err := m.Module.EnactBudget(ctx, by, in); err != nil {
			return eventstore.Receipt{}, err
		}
		return m.Module.newest(ctx, cycleStream(in.Year))
	})
}
