package finance

import "context"

// Mutation carries out finance's acts. Officer tells who acts; every method answers refusals as
// problems of the payload.
type Mutation struct {
	Module  *Module
	Officer func(context.Context) Officer
}

// OpenYear: opens a fiscal year with its periods.
func (m *Mutation) OpenYear(ctx context.Context, input OpenYear) (*Act, error) {
	return carryOut(ctx, m, YearDocument, input, m.Module.OpenYear)
}

// SoftClosePeriod: leaves a period open only to those who may close it.
func (m *Mutation) SoftClosePeriod(ctx context.Context, input ChangePeriod) (*Act, error) {
	return carryOut(ctx, m, YearDocument, input, m.Module.SoftClosePeriod)
}

// ClosePeriod: closes a period.
func (m *Mutation) ClosePeriod(ctx context.Context, input ChangePeriod) (*Act, error) {
	return carryOut(ctx, m, YearDocument, input, m.Module.ClosePeriod)
}

// ReopenPeriod: asks to reopen a period; by a second person, reopens it.
func (m *Mutation) ReopenPeriod(ctx context.Context, input ChangePeriod) (*Act, error) {
	return carryOut(ctx, m, YearDocument, input, m.Module.ReopenPeriod)
}

// ConfigureSegment: sets a segment's length and the code a document takes that does not state one.
func (m *Mutation) ConfigureSegment(ctx context.Context, input ConfigureSegment) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.ConfigureSegment)
}

// ChooseBudgetKey: says which segments name a budget line, from a year on.
func (m *Mutation) ChooseBudgetKey(ctx context.Context, input ChooseBudgetKey) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.ChooseBudgetKey)
}

// SetValidityRule: allows or denies combinations by pattern.
func (m *Mutation) SetValidityRule(ctx context.Context, input SetValidityRule) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.SetValidityRule)
}

// AddSegmentValue: puts a code into the chart.
func (m *Mutation) AddSegmentValue(ctx context.Context, input AddSegmentValue) (*Act, error) {
	return carryOut(ctx, m, SegmentDocument, input, m.Module.AddSegmentValue)
}

// RenameSegmentValue: gives a code another name from a day on.
func (m *Mutation) RenameSegmentValue(ctx context.Context, input ChangeSegmentValue) (*Act, error) {
	return carryOut(ctx, m, SegmentDocument, input, m.Module.RenameSegmentValue)
}

// DeactivateSegmentValue: ends a code: nothing is posted to it from that day on.
func (m *Mutation) DeactivateSegmentValue(ctx context.Context, input ChangeSegmentValue) (*Act, error) {
	return carryOut(ctx, m, SegmentDocument, input, m.Module.DeactivateSegmentValue)
}

// MapToCofog: gives a programme its function of government.
func (m *Mutation) MapToCofog(ctx context.Context, input ChangeSegmentValue) (*Act, error) {
	return carryOut(ctx, m, SegmentDocument, input, m.Module.MapToCofog)
}

// MapToGfsm: gives a natural account its economic class.
func (m *Mutation) MapToGfsm(ctx context.Context, input ChangeSegmentValue) (*Act, error) {
	return carryOut(ctx, m, SegmentDocument, input, m.Module.MapToGfsm)
}

// ChooseCeiling: says what commitments are held against, from a day on.
func (m *Mutation) ChooseCeiling(ctx context.Context, input ChooseCeiling) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.ChooseCeiling)
}

// SetVirementRule: forbids virements between lines of two kinds.
func (m *Mutation) SetVirementRule(ctx context.Context, input SetVirementRule) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.SetVirementRule)
}

// SetWaitingTime: dates how long what has no due day may wait.
func (m *Mutation) SetWaitingTime(ctx context.Context, input SetWaitingTime) (*Act, error) {
	return carryOut(ctx, m, PolicyDocument, input, m.Module.SetWaitingTime)
}

// SetApprovalLimit: dates the most a role approves finally.
func (m *Mutation) SetApprovalLimit(ctx context.Context, input SetApprovalLimit) (*Act, error) {
	return carryOut(ctx, m, PolicyDocument, input, m.Module.SetApprovalLimit)
}

// SetPaymentRules: dates the rules of paying.
func (m *Mutation) SetPaymentRules(ctx context.Context, input SetPaymentRules) (*Act, error) {
	return carryOut(ctx, m, PolicyDocument, input, m.Module.SetPaymentRules)
}

// FreezeBudget: holds appropriation back (تجميد).
func (m *Mutation) FreezeBudget(ctx context.Context, input FreezeBudget) (*Act, error) {
	return carryOut(ctx, m, LineDocument, input, m.Module.FreezeBudget)
}

// UnfreezeBudget: gives held-back appropriation free.
func (m *Mutation) UnfreezeBudget(ctx context.Context, input FreezeBudget) (*Act, error) {
	return carryOut(ctx, m, LineDocument, input, m.Module.UnfreezeBudget)
}

// DraftOrder: asks for the release of allotments by a financial order (أمر مالي).
func (m *Mutation) DraftOrder(ctx context.Context, input DraftOrder) (*Act, error) {
	return carryOut(ctx, m, OrderDocument, input, m.Module.DraftOrder)
}

// CertifyOrder: certifies an order and releases its allotments.
func (m *Mutation) CertifyOrder(ctx context.Context, input StepOrder) (*Act, error) {
	return carryOut(ctx, m, OrderDocument, input, m.Module.CertifyOrder)
}

// CancelOrder: cancels an order and withdraws what it released.
func (m *Mutation) CancelOrder(ctx context.Context, input StepOrder) (*Act, error) {
	return carryOut(ctx, m, OrderDocument, input, m.Module.CancelOrder)
}

// ProposeVirement: proposes to move appropriation between lines (مناقلة); what goes out is negative.
func (m *Mutation) ProposeVirement(ctx context.Context, input ProposeVirement) (*Act, error) {
	return carryOut(ctx, m, VirementDocument, input, m.Module.ProposeVirement)
}

// ApproveVirement: approves a virement of somebody else.
func (m *Mutation) ApproveVirement(ctx context.Context, input StepVirement) (*Act, error) {
	return carryOut(ctx, m, VirementDocument, input, m.Module.ApproveVirement)
}

// RejectVirement: rejects a virement.
func (m *Mutation) RejectVirement(ctx context.Context, input StepVirement) (*Act, error) {
	return carryOut(ctx, m, VirementDocument, input, m.Module.RejectVirement)
}

// ReserveFunds: holds money for a purchase in preparation (حجز).
func (m *Mutation) ReserveFunds(ctx context.Context, input ReserveFunds) (*Act, error) {
	return carryOut(ctx, m, ReservationDocument, input, m.Module.ReserveFunds)
}

// ReleaseReservation: frees a reservation before its day.
func (m *Mutation) ReleaseReservation(ctx context.Context, input EndReservation) (*Act, error) {
	return carryOut(ctx, m, ReservationDocument, input, m.Module.ReleaseReservation)
}

// ExpireReservation: frees a reservation after its last day.
func (m *Mutation) ExpireReservation(ctx context.Context, input EndReservation) (*Act, error) {
	return carryOut(ctx, m, ReservationDocument, input, m.Module.ExpireReservation)
}

// RecordCommitment: binds money to a contract or order (التزام).
func (m *Mutation) RecordCommitment(ctx context.Context, input RecordCommitment) (*Act, error) {
	return carryOut(ctx, m, CommitmentDocument, input, m.Module.RecordCommitment)
}

// AmendCommitment: raises lines of a commitment, or lowers them with negative amounts.
func (m *Mutation) AmendCommitment(ctx context.Context, input AmendCommitment) (*Act, error) {
	return carryOut(ctx, m, CommitmentDocument, input, m.Module.AmendCommitment)
}

// ReleaseCommitment: gives free what a commitment has outstanding.
func (m *Mutation) ReleaseCommitment(ctx context.Context, input ReleaseCommitment) (*Act, error) {
	return carryOut(ctx, m, CommitmentDocument, input, m.Module.ReleaseCommitment)
}

// RegisterPayee: registers a payee (مستفيد).
func (m *Mutation) RegisterPayee(ctx context.Context, input RegisterPayee) (*Act, error) {
	return carryOut(ctx, m, PayeeDocument, input, m.Module.RegisterPayee)
}

// ProposeBankAccount: proposes a bank account of a payee.
func (m *Mutation) ProposeBankAccount(ctx context.Context, input ProposeBankAccount) (*Act, error) {
	return carryOut(ctx, m, PayeeDocument, input, m.Module.ProposeBankAccount)
}

// ApproveBankAccount: approves a bank account that somebody else proposed.
func (m *Mutation) ApproveBankAccount(ctx context.Context, input DecideBankAccount) (*Act, error) {
	return carryOut(ctx, m, PayeeDocument, input, m.Module.ApproveBankAccount)
}

// RejectBankAccount: rejects a proposed bank account.
func (m *Mutation) RejectBankAccount(ctx context.Context, input DecideBankAccount) (*Act, error) {
	return carryOut(ctx, m, PayeeDocument, input, m.Module.RejectBankAccount)
}

// RegisterInvoice: records a supplier's claim (مطالبة).
func (m *Mutation) RegisterInvoice(ctx context.Context, input RegisterInvoice) (*Act, error) {
	return carryOut(ctx, m, InvoiceDocument, input, m.Module.RegisterInvoice)
}

// VerifyInvoice: verifies a claim: committed money becomes obligated (تدقيق الفاتورة).
func (m *Mutation) VerifyInvoice(ctx context.Context, input ActOnInvoice) (*Act, error) {
	return carryOut(ctx, m, InvoiceDocument, input, m.Module.VerifyInvoice)
}

// DisputeInvoice: stops a claim.
func (m *Mutation) DisputeInvoice(ctx context.Context, input ActOnInvoice) (*Act, error) {
	return carryOut(ctx, m, InvoiceDocument, input, m.Module.DisputeInvoice)
}

// CancelInvoice: ends a claim that was never verified.
func (m *Mutation) CancelInvoice(ctx context.Context, input ActOnInvoice) (*Act, error) {
	return carryOut(ctx, m, InvoiceDocument, input, m.Module.CancelInvoice)
}

// PrepareVoucher: prepares a payment voucher (مستند صرف).
func (m *Mutation) PrepareVoucher(ctx context.Context, input PrepareVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.PrepareVoucher)
}

// ReviseVoucher: submits a returned voucher again.
func (m *Mutation) ReviseVoucher(ctx context.Context, input ReviseVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.ReviseVoucher)
}

// AuditVoucher: passes internal control (تدقيق).
func (m *Mutation) AuditVoucher(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.AuditVoucher)
}

// ApproveVoucher: approves up to the own limit; above it the spending officer (آمر الصرف) does.
func (m *Mutation) ApproveVoucher(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.ApproveVoucher)
}

// ReturnVoucher: sends a voucher back to its preparer.
func (m *Mutation) ReturnVoucher(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.ReturnVoucher)
}

// CancelVoucher: ends an unpaid voucher; its preparer does.
func (m *Mutation) CancelVoucher(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.CancelVoucher)
}

// PayVoucher: records that the treasury paid.
func (m *Mutation) PayVoucher(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.PayVoucher)
}

// ReverseVoucher: undoes a paid voucher in an open period.
func (m *Mutation) ReverseVoucher(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.ReverseVoucher)
}

// RecordRefund: records what the payee gave back after a reversal.
func (m *Mutation) RecordRefund(ctx context.Context, input ActOnVoucher) (*Act, error) {
	return carryOut(ctx, m, VoucherDocument, input, m.Module.RecordRefund)
}

// DraftJournal: drafts a manual entry (مستند قيد).
func (m *Mutation) DraftJournal(ctx context.Context, input DraftJournal) (*Act, error) {
	return carryOut(ctx, m, JournalDocument, input, m.Module.DraftJournal)
}

// SubmitJournal: hands a draft to whoever posts.
func (m *Mutation) SubmitJournal(ctx context.Context, input ActOnJournal) (*Act, error) {
	return carryOut(ctx, m, JournalDocument, input, m.Module.SubmitJournal)
}

// ReturnJournal: sends a submitted draft back.
func (m *Mutation) ReturnJournal(ctx context.Context, input ActOnJournal) (*Act, error) {
	return carryOut(ctx, m, JournalDocument, input, m.Module.ReturnJournal)
}

// PostJournal: posts an entry.
func (m *Mutation) PostJournal(ctx context.Context, input ActOnJournal) (*Act, error) {
	return carryOut(ctx, m, JournalDocument, input, m.Module.PostJournal)
}

// ReverseJournal: mirrors a posted entry in an open period.
func (m *Mutation) ReverseJournal(ctx context.Context, input ActOnJournal) (*Act, error) {
	return carryOut(ctx, m, JournalDocument, input, m.Module.ReverseJournal)
}
