package finance

import "context"

// YearEndDocument is the close of a year.
const YearEndDocument DocumentKind = "finance.yearend"

// YearClose answers how far the close of a year is.
func (q *Query) YearClose(ctx context.Context, year int) (*YearCloseSheet, error) {
	return q.Reports.YearClose(ctx, q.Officer(ctx), year)
}

// SetClosingRules: dates which accounts a close empties.
func (m *Mutation) SetClosingRules(ctx context.Context, input SetClosingRules) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.SetClosingRules)
}

// SetTwelfthRule: dates what may be spent before a late law.
func (m *Mutation) SetTwelfthRule(ctx context.Context, input SetTwelfthRule) (*Act, error) {
	return carryOut(ctx, m, RulesDocument, input, m.Module.SetTwelfthRule)
}

// BeginProvisionalSpending: puts a year under spending before its law.
func (m *Mutation) BeginProvisionalSpending(ctx context.Context, input SpendProvisionally) (*Act, error) {
	return carryOut(ctx, m, YearDocument, input, m.Module.BeginProvisionalSpending)
}

// StartYearClose: starts the close of a year.
func (m *Mutation) StartYearClose(ctx context.Context, input StartYearEnd) (*Act, error) {
	return carryOut(ctx, m, YearEndDocument, input, m.Module.StartYearEnd)
}

// AskYearCloseWaiver: asks to close although something is open.
func (m *Mutation) AskYearCloseWaiver(ctx context.Context, input StepYearEnd) (*Act, error) {
	return carryOut(ctx, m, YearEndDocument, input, m.Module.AskYearEndWaiver)
}

// WaiveYearCloseBlocker: the second person's yes.
func (m *Mutation) WaiveYearCloseBlocker(ctx context.Context, input StepYearEnd) (*Act, error) {
	return carryOut(ctx, m, YearEndDocument, input, m.Module.WaiveBlocker)
}

// DecideYearCloseCommitment: chooses what becomes of a commitment.
func (m *Mutation) DecideYearCloseCommitment(ctx context.Context, input StepYearEnd) (*Act, error) {
	return carryOut(ctx, m, YearEndDocument, input, m.Module.DecideCommitment)
}

// ConfirmAdjustments: says that the adjusting entries are posted.
func (m *Mutation) ConfirmAdjustments(ctx context.Context, input StepYearEnd) (*Act, error) {
	return carryOut(ctx, m, YearEndDocument, input, m.Module.ConfirmAdjustments)
}

// SignFinalAccount: signs the final account.
func (m *Mutation) SignFinalAccount(ctx context.Context, input StepYearEnd) (*Act, error) {
	return carryOut(ctx, m, YearEndDocument, input, m.Module.SignFinalAccount)
}
