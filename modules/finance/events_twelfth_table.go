package finance

import "diwan/eventstore"

// EventType names are stored for ever.
func (TwelfthRuleSet) EventType() string { return "finance.twelfth_rule_set" }

func (ProvisionalSpendingBegun) EventType() string { return "finance.provisional_spending_begun" }
func (TwelfthsAuthorised) EventType() string       { return "finance.twelfths_authorised" }
func (ProvisionalSpendingEnded) EventType() string { return "finance.provisional_spending_ended" }

func (ProvisionalTwelfthAuthorised) EventType() string {
	return "finance.provisional_twelfth_authorised"
}

func (ProvisionalAuthorityClosed) EventType() string { return "finance.provisional_authority_closed" }

func (CommitmentCarriedForward) EventType() string { return "finance.commitment_carried_forward" }

func (CommitmentBroughtForward) EventType() string { return "finance.commitment_brought_forward" }
func (CommitmentCarriedOut) EventType() string     { return "finance.commitment_carried_out" }
func (CommitmentBroughtIn) EventType() string      { return "finance.commitment_brought_in" }
func (AppropriationLapsed) EventType() string      { return "finance.appropriation_lapsed" }

func (ClosingRulesSet) EventType() string          { return "finance.closing_rules_set" }
func (NewCommitmentsStopped) EventType() string    { return "finance.new_commitments_stopped" }
func (NewClaimsStopped) EventType() string         { return "finance.new_claims_stopped" }
func (FiscalYearClosed) EventType() string         { return "finance.fiscal_year_closed" }
func (JournalForAdjustment) EventType() string     { return "finance.journal_for_adjustment" }
func (YearEndStarted) EventType() string           { return "finance.year_end_started" }
func (YearEndWaiverAsked) EventType() string       { return "finance.year_end_waiver_asked" }
func (YearEndWaived) EventType() string            { return "finance.year_end_waived" }
func (YearEndCommitmentDecided) EventType() string { return "finance.year_end_commitment_decided" }
func (YearEndConfirmed) EventType() string         { return "finance.year_end_confirmed" }
func (YearEndStepCompleted) EventType() string     { return "finance.year_end_step_completed" }
func (FinalAccountProduced) EventType() string     { return "finance.final_account_produced" }

// yearEvents is the table of the stored events of what passes from year to year.
func yearEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[TwelfthRuleSet](1, nil),
		eventstore.Type[ProvisionalSpendingBegun](1, nil),
		eventstore.Type[TwelfthsAuthorised](1, nil),
		eventstore.Type[ProvisionalSpendingEnded](1, nil),
		eventstore.Type[ProvisionalTwelfthAuthorised](1, nil),
		eventstore.Type[ProvisionalAuthorityClosed](1, nil),
		eventstore.Type[CommitmentCarriedForward](1, nil),
		eventstore.Type[CommitmentBroughtForward](1, nil),
		eventstore.Type[CommitmentCarriedOut](1, nil),
		eventstore.Type[CommitmentBroughtIn](1, nil),
		eventstore.Type[AppropriationLapsed](1, nil),
		eventstore.Type[ClosingRulesSet](1, nil),
		eventstore.Type[NewCommitmentsStopped](1, nil),
		eventstore.Type[NewClaimsStopped](1, nil),
		eventstore.Type[FiscalYearClosed](1, nil),
		eventstore.Type[JournalForAdjustment](1, nil),
		eventstore.Type[YearEndStarted](1, nil),
		eventstore.Type[YearEndWaiverAsked](1, nil),
		eventstore.Type[YearEndWaived](1, nil),
		eventstore.Type[YearEndCommitmentDecided](1, nil),
		eventstore.Type[YearEndConfirmed](1, nil),
		eventstore.Type[YearEndStepCompleted](1, nil),
		eventstore.Type[FinalAccountProduced](1, nil),
	}
}
