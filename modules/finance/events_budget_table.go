package finance

import "diwan/eventstore"

// EventType names are stored for ever.
func (FiscalYearOpened) EventType() string        { return "finance.fiscal_year_opened" }
func (PeriodSoftClosed) EventType() string        { return "finance.period_soft_closed" }
func (PeriodClosed) EventType() string            { return "finance.period_closed" }
func (PeriodReopenAsked) EventType() string       { return "finance.period_reopen_asked" }
func (PeriodReopened) EventType() string          { return "finance.period_reopened" }
func (SegmentConfigured) EventType() string       { return "finance.segment_configured" }
func (BudgetKeyChosen) EventType() string         { return "finance.budget_key_chosen" }
func (ValidityRuleSet) EventType() string         { return "finance.validity_rule_set" }
func (SegmentValueAdded) EventType() string       { return "finance.segment_value_added" }
func (SegmentValueRenamed) EventType() string     { return "finance.segment_value_renamed" }
func (SegmentValueDeactivated) EventType() string { return "finance.segment_value_deactivated" }
func (CofogMapped) EventType() string             { return "finance.cofog_mapped" }
func (GfsmMapped) EventType() string              { return "finance.gfsm_mapped" }
func (CeilingChosen) EventType() string           { return "finance.ceiling_chosen" }
func (VirementRuleSet) EventType() string         { return "finance.virement_rule_set" }
func (BudgetLineOpened) EventType() string        { return "finance.budget_line_opened" }
func (AppropriationEnacted) EventType() string    { return "finance.appropriation_enacted" }
func (SupplementaryEnacted) EventType() string    { return "finance.supplementary_enacted" }
func (VirementApplied) EventType() string         { return "finance.virement_applied" }
func (AppropriationFrozen) EventType() string     { return "finance.appropriation_frozen" }
func (AppropriationUnfrozen) EventType() string   { return "finance.appropriation_unfrozen" }
func (AllotmentReleased) EventType() string       { return "finance.allotment_released" }
func (AllotmentWithdrawn) EventType() string      { return "finance.allotment_withdrawn" }
func (FundsReserved) EventType() string           { return "finance.funds_reserved" }
func (ReservationReleased) EventType() string     { return "finance.reservation_released" }
func (CommitmentRecorded) EventType() string      { return "finance.commitment_recorded" }
func (CommitmentReduced) EventType() string       { return "finance.commitment_reduced" }
func (ObligationRecorded) EventType() string      { return "finance.obligation_recorded" }
func (ObligationReversed) EventType() string      { return "finance.obligation_reversed" }
func (PaymentRecorded) EventType() string         { return "finance.payment_recorded" }
func (PaymentReversed) EventType() string         { return "finance.payment_reversed" }
func (FinancialOrderDrafted) EventType() string   { return "finance.financial_order_drafted" }
func (FinancialOrderCertified) EventType() string { return "finance.financial_order_certified" }
func (FinancialOrderCancelled) EventType() string { return "finance.financial_order_cancelled" }
func (VirementProposed) EventType() string        { return "finance.virement_proposed" }
func (VirementApproved) EventType() string        { return "finance.virement_approved" }
func (VirementRejected) EventType() string        { return "finance.virement_rejected" }
func (ReservationOpened) EventType() string       { return "finance.reservation_opened" }
func (ReservationConverted) EventType() string    { return "finance.reservation_converted" }
func (ReservationEnded) EventType() string        { return "finance.reservation_ended" }
func (CommitmentOpened) EventType() string        { return "finance.commitment_opened" }
func (CommitmentAmended) EventType() string       { return "finance.commitment_amended" }
func (CommitmentConsumed) EventType() string      { return "finance.commitment_consumed" }
func (CommitmentRestored) EventType() string      { return "finance.commitment_restored" }
func (CommitmentReleased) EventType() string      { return "finance.commitment_released" }
func (NumberGiven) EventType() string             { return "finance.number_given" }
func (BudgetImportStarted) EventType() string     { return "finance.budget_import_started" }
func (BudgetBatchImported) EventType() string     { return "finance.budget_batch_imported" }
func (ImportRowsQuarantined) EventType() string   { return "finance.import_rows_quarantined" }
func (ImportSourceKept) EventType() string        { return "finance.import_source_kept" }
func (BudgetImportFinished) EventType() string    { return "finance.budget_import_finished" }
func (ColumnMapRemembered) EventType() string     { return "finance.column_map_remembered" }

// budgetEvents is the table of the budget side's stored events.
func budgetEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[FiscalYearOpened](1, nil),
		eventstore.Type[PeriodSoftClosed](1, nil),
		eventstore.Type[PeriodClosed](1, nil),
		eventstore.Type[PeriodReopenAsked](1, nil),
		eventstore.Type[PeriodReopened](1, nil),
		eventstore.Type[SegmentConfigured](1, nil),
		eventstore.Type[BudgetKeyChosen](1, nil),
		eventstore.Type[ValidityRuleSet](1, nil),
		eventstore.Type[SegmentValueAdded](1, nil),
		eventstore.Type[SegmentValueRenamed](1, nil),
		eventstore.Type[SegmentValueDeactivated](1, nil),
		eventstore.Type[CofogMapped](1, nil),
		eventstore.Type[GfsmMapped](1, nil),
		eventstore.Type[CeilingChosen](1, nil),
		eventstore.Type[VirementRuleSet](1, nil),
		eventstore.Type[BudgetLineOpened](1, nil),
		eventstore.Type[AppropriationEnacted](1, nil),
		eventstore.Type[SupplementaryEnacted](1, nil),
		eventstore.Type[VirementApplied](1, nil),
		eventstore.Type[AppropriationFrozen](1, nil),
		eventstore.Type[AppropriationUnfrozen](1, nil),
		eventstore.Type[AllotmentReleased](1, nil),
		eventstore.Type[AllotmentWithdrawn](1, nil),
		eventstore.Type[FundsReserved](1, nil),
		eventstore.Type[ReservationReleased](1, nil),
		eventstore.Type[CommitmentRecorded](1, nil),
		eventstore.Type[CommitmentReduced](1, nil),
		eventstore.Type[ObligationRecorded](1, nil),
		eventstore.Type[ObligationReversed](1, nil),
		eventstore.Type[PaymentRecorded](1, nil),
		eventstore.Type[PaymentReversed](1, nil),
		eventstore.Type[FinancialOrderDrafted](1, nil),
		eventstore.Type[FinancialOrderCertified](1, nil),
		eventstore.Type[FinancialOrderCancelled](1, nil),
		eventstore.Type[VirementProposed](1, nil),
		eventstore.Type[VirementApproved](1, nil),
		eventstore.Type[VirementRejected](1, nil),
		eventstore.Type[ReservationOpened](1, nil),
		eventstore.Type[ReservationConverted](1, nil),
		eventstore.Type[ReservationEnded](1, nil),
		eventstore.Type[CommitmentOpened](1, nil),
		eventstore.Type[CommitmentAmended](1, nil),
		eventstore.Type[CommitmentConsumed](1, nil),
		eventstore.Type[CommitmentRestored](1, nil),
		eventstore.Type[CommitmentReleased](1, nil),
		eventstore.Type[NumberGiven](1, nil),
		eventstore.Type[BudgetImportStarted](1, nil),
		eventstore.Type[BudgetBatchImported](1, nil),
		eventstore.Type[ImportRowsQuarantined](1, nil),
		eventstore.Type[ImportSourceKept](1, nil),
		eventstore.Type[BudgetImportFinished](1, nil),
		eventstore.Type[ColumnMapRemembered](1, nil),
	}
}
