package finance

import "diwan/eventstore"

// EventType names are stored for ever.
func (BudgetCircularIssued) EventType() string    { return "finance.budget_circular_issued" }
func (BudgetCeilingSet) EventType() string        { return "finance.budget_ceiling_set" }
func (BudgetRequestSubmitted) EventType() string  { return "finance.budget_request_submitted" }
func (BudgetRequestReturned) EventType() string   { return "finance.budget_request_returned" }
func (BudgetRequestApproved) EventType() string   { return "finance.budget_request_approved" }
func (BudgetRequestCounted) EventType() string    { return "finance.budget_request_counted" }
func (DraftBudgetConsolidated) EventType() string { return "finance.draft_budget_consolidated" }
func (BudgetLocked) EventType() string            { return "finance.budget_locked" }
func (BudgetEnacted) EventType() string           { return "finance.budget_enacted" }
func (RequestEnacted) EventType() string          { return "finance.request_enacted" }

// cycleEvents is the table of the budget preparation's stored events.
func cycleEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[BudgetCircularIssued](1, nil),
		eventstore.Type[BudgetCeilingSet](1, nil),
		eventstore.Type[BudgetRequestSubmitted](1, nil),
		eventstore.Type[BudgetRequestReturned](1, nil),
		eventstore.Type[BudgetRequestApproved](1, nil),
		eventstore.Type[BudgetRequestCounted](1, nil),
		eventstore.Type[DraftBudgetConsolidated](1, nil),
		eventstore.Type[BudgetLocked](1, nil),
		eventstore.Type[BudgetEnacted](1, nil),
		eventstore.Type[RequestEnacted](1, nil),
	}
}

func cycleCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.budget_cycle", eventstore.Main, eventstore.NewCodec(cycleEvents()...), BudgetCycle{}, BudgetCycle.evolve)
}

func requestCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.budget_request", eventstore.Main, eventstore.NewCodec(cycleEvents()...), BudgetRequest{}, BudgetRequest.evolve)
}
