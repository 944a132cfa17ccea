package finance

import "diwan/eventstore"

// EventType names are stored for ever.
func (PayeeRegistered) EventType() string       { return "finance.payee_registered" }
func (BankAccountProposed) EventType() string   { return "finance.bank_account_proposed" }
func (BankAccountApproved) EventType() string   { return "finance.bank_account_approved" }
func (BankAccountRejected) EventType() string   { return "finance.bank_account_rejected" }
func (InvoiceRegistered) EventType() string     { return "finance.invoice_registered" }
func (InvoiceNumberTaken) EventType() string    { return "finance.invoice_number_taken" }
func (InvoiceNumberFreed) EventType() string    { return "finance.invoice_number_freed" }
func (InvoiceVerified) EventType() string       { return "finance.invoice_verified" }
func (InvoiceDisputed) EventType() string       { return "finance.invoice_disputed" }
func (InvoiceCancelled) EventType() string      { return "finance.invoice_cancelled" }
func (InvoiceVouchered) EventType() string      { return "finance.invoice_vouchered" }
func (InvoiceVoucherDropped) EventType() string { return "finance.invoice_voucher_dropped" }
func (VoucherPrepared) EventType() string       { return "finance.voucher_prepared" }
func (VoucherRevised) EventType() string        { return "finance.voucher_revised" }
func (VoucherAudited) EventType() string        { return "finance.voucher_audited" }
func (VoucherApproved) EventType() string       { return "finance.voucher_approved" }
func (VoucherReturned) EventType() string       { return "finance.voucher_returned" }
func (VoucherCancelled) EventType() string      { return "finance.voucher_cancelled" }
func (VoucherPaid) EventType() string           { return "finance.voucher_paid" }
func (VoucherReversed) EventType() string       { return "finance.voucher_reversed" }
func (RefundReceived) EventType() string        { return "finance.refund_received" }
func (JournalDrafted) EventType() string        { return "finance.journal_drafted" }
func (JournalSubmitted) EventType() string      { return "finance.journal_submitted" }
func (JournalReturned) EventType() string       { return "finance.journal_returned" }
func (JournalPosted) EventType() string         { return "finance.journal_posted" }
func (JournalReversed) EventType() string       { return "finance.journal_reversed" }
func (ApprovalLimitSet) EventType() string      { return "finance.approval_limit_set" }
func (PaymentRulesSet) EventType() string       { return "finance.payment_rules_set" }
func (WaitingTimeSet) EventType() string        { return "finance.waiting_time_set" }

// paymentEvents is the table of the payment side's stored events.
func paymentEvents() []eventstore.EventType {
	return []eventstore.EventType{
		eventstore.Type[PayeeRegistered](1, nil),
		eventstore.Type[BankAccountProposed](1, nil),
		eventstore.Type[BankAccountApproved](1, nil),
		eventstore.Type[BankAccountRejected](1, nil),
		eventstore.Type[InvoiceRegistered](1, nil),
		eventstore.Type[InvoiceNumberTaken](1, nil),
		eventstore.Type[InvoiceNumberFreed](1, nil),
		eventstore.Type[InvoiceVerified](1, nil),
		eventstore.Type[InvoiceDisputed](1, nil),
		eventstore.Type[InvoiceCancelled](1, nil),
		eventstore.Type[InvoiceVouchered](1, nil),
		eventstore.Type[InvoiceVoucherDropped](1, nil),
		eventstore.Type[VoucherPrepared](1, nil),
		eventstore.Type[VoucherRevised](1, nil),
		eventstore.Type[VoucherAudited](1, nil),
		eventstore.Type[VoucherApproved](1, nil),
		eventstore.Type[VoucherReturned](1, nil),
		eventstore.Type[VoucherCancelled](1, nil),
		eventstore.Type[VoucherPaid](1, nil),
		eventstore.Type[VoucherReversed](1, nil),
		eventstore.Type[RefundReceived](1, nil),
		eventstore.Type[JournalDrafted](1, nil),
		eventstore.Type[JournalSubmitted](1, nil),
		eventstore.Type[JournalReturned](1, nil),
		eventstore.Type[JournalPosted](1, nil),
		eventstore.Type[JournalReversed](1, nil),
		eventstore.Type[ApprovalLimitSet](1, nil),
		eventstore.Type[PaymentRulesSet](1, nil),
		eventstore.Type[WaitingTimeSet](1, nil),
	}
}
