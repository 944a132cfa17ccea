package finance

import "context"

// OpenCashierBook: opens a cashier's book of receipts.
func (m *Mutation) OpenCashierBook(ctx context.Context, input OpenCashierBook) (*Act, error) {
	return carryOut(ctx, m, CashierBookDocument, input, m.Module.OpenCashierBook)
}

// IssueReceipt: takes a payment at the counter (مستند قبض).
func (m *Mutation) IssueReceipt(ctx context.Context, input IssueReceipt) (*Act, error) {
	return carryOut(ctx, m, ReceiptDocument, input, m.Module.IssueReceipt)
}

// CancelReceipt: voids a receipt while its day is open; a second person does.
func (m *Mutation) CancelReceipt(ctx context.Context, input ActOnReceipt) (*Act, error) {
	return carryOut(ctx, m, ReceiptDocument, input, m.Module.CancelReceipt)
}

// CloseCashierDay: counts what is in hand at the end of a day.
func (m *Mutation) CloseCashierDay(ctx context.Context, input ActOnReceipt) (*Act, error) {
	return carryOut(ctx, m, CashierBookDocument, input, m.Module.CloseCashierDay)
}

// DepositCash: brings cash of closed days to the bank.
func (m *Mutation) DepositCash(ctx context.Context, input ActOnReceipt) (*Act, error) {
	return carryOut(ctx, m, CashierBookDocument, input, m.Module.DepositCash)
}

// SetAdvanceRules: dates the rules of advances and trusts.
func (m *Mutation) SetAdvanceRules(ctx context.Context, input SetAdvanceRules) (*Act, error) {
	return carryOut(ctx, m, PolicyDocument, input, m.Module.SetAdvanceRules)
}

// RequestAdvance: asks for money in a payee's hand (سلفة).
func (m *Mutation) RequestAdvance(ctx context.Context, input RequestAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.RequestAdvance)
}

// ApproveAdvance: the finance manager's step.
func (m *Mutation) ApproveAdvance(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.ApproveAdvance)
}

// RefuseAdvance: ends a request.
func (m *Mutation) RefuseAdvance(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.RefuseAdvance)
}

// IssueAdvance: treasury's payment: the holder owes the amount from here on.
func (m *Mutation) IssueAdvance(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.IssueAdvance)
}

// ReturnAdvanceCash: records what the holder gave back.
func (m *Mutation) ReturnAdvanceCash(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.ReturnAdvanceCash)
}

// ProposeSettlement: says what part of an advance was spent on.
func (m *Mutation) ProposeSettlement(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.ProposeSettlement)
}

// VerifySettlement: internal control's step: the lines become expense, paid already.
func (m *Mutation) VerifySettlement(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.VerifySettlement)
}

// ReturnSettlement: sends a proposed settlement back.
func (m *Mutation) ReturnSettlement(ctx context.Context, input ActOnAdvance) (*Act, error) {
	return carryOut(ctx, m, AdvanceDocument, input, m.Module.ReturnSettlement)
}

// OpenTrust: begins an account of money held for a payee (أمانة).
func (m *Mutation) OpenTrust(ctx context.Context, input OpenTrust) (*Act, error) {
	return carryOut(ctx, m, TrustDocument, input, m.Module.OpenTrust)
}

// ReceiveDeposit: puts money into a trust.
func (m *Mutation) ReceiveDeposit(ctx context.Context, input ActOnTrust) (*Act, error) {
	return carryOut(ctx, m, TrustDocument, input, m.Module.ReceiveDeposit)
}

// RequestTrustPayment: asks for a payment out of a trust; the amount is held.
func (m *Mutation) RequestTrustPayment(ctx context.Context, input ActOnTrust) (*Act, error) {
	return carryOut(ctx, m, TrustDocument, input, m.Module.RequestTrustPayment)
}

// PayFromTrust: treasury's step: another person pays what was asked for.
func (m *Mutation) PayFromTrust(ctx context.Context, input ActOnTrust) (*Act, error) {
	return carryOut(ctx, m, TrustDocument, input, m.Module.PayFromTrust)
}

// RefuseTrustPayment: gives what a request holds free.
func (m *Mutation) RefuseTrustPayment(ctx context.Context, input ActOnTrust) (*Act, error) {
	return carryOut(ctx, m, TrustDocument, input, m.Module.RefuseTrustPayment)
}
