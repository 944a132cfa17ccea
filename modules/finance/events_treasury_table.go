package finance

import "diwan/eventstore"

// EventType names are stored for ever.
func (TreasuryAccountOpened) EventType() string  { return "finance.treasury_account_opened" }
func (TreasuryIBANTaken) EventType() string      { return "finance.treasury_iban_taken" }
func (StatementTaken) EventType() string         { return "finance.statement_taken" }
func (BatchBuilt) EventType() string             { return "finance.batch_built" }
func (BatchReleased) EventType() string          { return "finance.batch_released" }
func (BatchDropped) EventType() string           { return "finance.batch_dropped" }
func (BatchFileProduced) EventType() string      { return "finance.batch_file_produced" }
func (BatchAnswered) EventType() string          { return "finance.batch_answered" }
func (VoucherScheduled) EventType() string       { return "finance.voucher_scheduled" }
func (VoucherUnscheduled) EventType() string     { return "finance.voucher_unscheduled" }
func (PaymentReturned) EventType() string        { return "finance.payment_returned" }
func (EntryCleared) EventType() string           { return "finance.entry_cleared" }
func (EntryUncleared) EventType() string         { return "finance.entry_uncleared" }
func (StatementImported) EventType() string      { return "finance.statement_imported" }
func (StatementLinesRead) EventType() string     { return "finance.statement_lines_read" }
func (StatementAccepted) EventType() string      { return "finance.statement_accepted" }
func (StatementQuarantined) EventType() string   { return "finance.statement_quarantined" }
func (LinesMatched) EventType() string           { return "finance.lines_matched" }
func (LinesUnmatched) EventType() string         { return "finance.lines_unmatched" }
func (ReconciliationApproved) EventType() string { return "finance.reconciliation_approved" }
func (AdvanceRulesSet) EventType() string        { return "finance.advance_rules_set" }
func (AdvanceRequested) EventType() string       { return "finance.advance_requested" }
func (AdvanceApproved) EventType() string        { return "finance.advance_approved" }
func (AdvanceRefused) EventType() string         { return "finance.advance_refused" }
func (AdvanceIssued) EventType() string          { return "finance.advance_issued" }
func (SettlementProposed) EventType() string     { return "finance.settlement_proposed" }
func (SettlementReturned) EventType() string     { return "finance.settlement_returned" }
func (AdvanceSettled) EventType() string         { return "finance.advance_settled" }
func (AdvanceCashReturned) EventType() string    { return "finance.advance_cash_returned" }
func (AdvanceTaken) EventType() string           { return "finance.advance_taken" }
func (AdvanceCleared) EventType() string         { return "finance.advance_cleared" }
func (TrustOpened) EventType() string            { return "finance.trust_opened" }
func (DepositReceived) EventType() string        { return "finance.deposit_received" }
func (TrustPaymentRequested) EventType() string  { return "finance.trust_payment_requested" }
func (TrustPaymentRefused) EventType() string    { return "finance.trust_payment_refused" }
func (TrustPaid) EventType() string              { return "finance.trust_paid" }
func (CashierBookOpened) EventType() string      { return "finance.cashier_book_opened" }
func (ReceiptIssued) EventType() string          { return "finance.receipt_issued" }
func (ReceiptCancelled) EventType() string       { return "finance.receipt_cancelled" }
func (ReceiptBooked) EventType() string          { return "finance.receipt_booked" }
func (CashierDayClosed) EventType() string       { return "finance.cashier_day_closed" }
func (CashDeposited) EventType() string          { return "finance.cash_deposited" }

// treasuryEvents is the table of treasury's stored events.
func treasuryEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[TreasuryAccountOpened](1, nil),
		eventstore.Type[TreasuryIBANTaken](1, nil),
		eventstore.Type[StatementTaken](1, nil),
		eventstore.Type[BatchBuilt](1, nil),
		eventstore.Type[BatchReleased](1, nil),
		eventstore.Type[BatchDropped](1, nil),
		eventstore.Type[BatchFileProduced](1, nil),
		eventstore.Type[BatchAnswered](1, nil),
		eventstore.Type[VoucherScheduled](1, nil),
		eventstore.Type[VoucherUnscheduled](1, nil),
		eventstore.Type[PaymentReturned](1, nil),
		eventstore.Type[EntryCleared](1, nil),
		eventstore.Type[EntryUncleared](1, nil),
		eventstore.Type[StatementImported](1, nil),
		eventstore.Type[StatementLinesRead](1, nil),
		eventstore.Type[StatementAccepted](1, nil),
		eventstore.Type[StatementQuarantined](1, nil),
		eventstore.Type[LinesMatched](1, nil),
		eventstore.Type[LinesUnmatched](1, nil),
		eventstore.Type[ReconciliationApproved](1, nil),
		eventstore.Type[AdvanceRulesSet](1, nil),
		eventstore.Type[AdvanceRequested](1, nil),
		eventstore.Type[AdvanceApproved](1, nil),
		eventstore.Type[AdvanceRefused](1, nil),
		eventstore.Type[AdvanceIssued](1, nil),
		eventstore.Type[SettlementProposed](1, nil),
		eventstore.Type[SettlementReturned](1, nil),
		eventstore.Type[AdvanceSettled](1, nil),
		eventstore.Type[AdvanceCashReturned](1, nil),
		eventstore.Type[AdvanceTaken](1, nil),
		eventstore.Type[AdvanceCleared](1, nil),
		eventstore.Type[TrustOpened](1, nil),
		eventstore.Type[DepositReceived](1, nil),
		eventstore.Type[TrustPaymentRequested](1, nil),
		eventstore.Type[TrustPaymentRefused](1, nil),
		eventstore.Type[TrustPaid](1, nil),
		eventstore.Type[CashierBookOpened](1, nil),
		eventstore.Type[ReceiptIssued](1, nil),
		eventstore.Type[ReceiptCancelled](1, nil),
		eventstore.Type[ReceiptBooked](1, nil),
		eventstore.Type[CashierDayClosed](1, nil),
		eventstore.Type[CashDeposited](1, nil),
	}
}
