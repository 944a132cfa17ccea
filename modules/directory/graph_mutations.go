package directory

import "context"

// FoundBody: founds a ministry, department, independent body or municipality; the first one is the state.
func (m *Mutation) FoundBody(ctx context.Context, input FoundBody) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.FoundBody)
}

// FoundUnit: founds a directorate, section or division.
func (m *Mutation) FoundUnit(ctx context.Context, input FoundUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.FoundUnit)
}

// FoundPost: founds a post of a unit.
func (m *Mutation) FoundPost(ctx context.Context, input FoundPost) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.FoundPost)
}

// RenameUnit: gives a body or unit another name from a day on.
func (m *Mutation) RenameUnit(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.RenameUnit)
}

// MoveUnit: puts a body or unit, with all below it, under another parent, or gives it another code.
func (m *Mutation) MoveUnit(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.MoveUnit)
}

// CloseUnit: ends a body or unit that has nothing open below it.
func (m *Mutation) CloseUnit(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.CloseUnit)
}

// SetUnitChapter: gives a body its chapter of the budget.
func (m *Mutation) SetUnitChapter(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetChapter)
}

// SetUnitCentre: gives a unit its financial centre.
func (m *Mutation) SetUnitCentre(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetCentre)
}

// SetUnitLevel: gives a unit another level.
func (m *Mutation) SetUnitLevel(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetLevel)
}

// SetBodyKind: makes a body one of another kind.
func (m *Mutation) SetBodyKind(ctx context.Context, input ChangeUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetBodyKind)
}

// MergeUnits: merges bodies or units into another one, which takes over all that stands below them.
func (m *Mutation) MergeUnits(ctx context.Context, input MergeUnits) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.MergeUnits)
}

// SplitUnit: splits a body or unit into new ones beside it.
func (m *Mutation) SplitUnit(ctx context.Context, input SplitUnit) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SplitUnit)
}

// WithdrawAct: takes an act back whole, as when a decision is postponed.
func (m *Mutation) WithdrawAct(ctx context.Context, input WithdrawAct) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.WithdrawAct)
}

// RenamePost: gives a post another title.
func (m *Mutation) RenamePost(ctx context.Context, input ChangePost) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.RenamePost)
}

// MovePost: gives a post to another unit, its holder with it.
func (m *Mutation) MovePost(ctx context.Context, input ChangePost) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.MovePost)
}

// ClosePost: ends a post that nobody holds.
func (m *Mutation) ClosePost(ctx context.Context, input ChangePost) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.ClosePost)
}

// FillPost: puts a person into a post, or has them act in it.
func (m *Mutation) FillPost(ctx context.Context, input FillPost) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.FillPost)
}

// LeavePost: ends a person's time in a post.
func (m *Mutation) LeavePost(ctx context.Context, input LeavePost) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.LeavePost)
}

// PublishList: publishes a version of a code list.
func (m *Mutation) PublishList(ctx context.Context, input PublishList) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.PublishList)
}

// SetWeekend: says which days of the week are free, from a day on.
func (m *Mutation) SetWeekend(ctx context.Context, input SetWeekend) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetWeekend)
}

// SetOfficeHours: says when offices are open.
func (m *Mutation) SetOfficeHours(ctx context.Context, input SetOfficeHours) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetOfficeHours)
}

// DeclareHoliday: declares a public holiday.
func (m *Mutation) DeclareHoliday(ctx context.Context, input DeclareHoliday) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.DeclareHoliday)
}

// MoveHoliday: puts a holiday on another day, or confirms an estimated one.
func (m *Mutation) MoveHoliday(ctx context.Context, input ChangeHoliday) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.MoveHoliday)
}

// WithdrawHoliday: takes a holiday back.
func (m *Mutation) WithdrawHoliday(ctx context.Context, input ChangeHoliday) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.WithdrawHoliday)
}

// DeclareWorkingDay: has offices work on a day that would be free.
func (m *Mutation) DeclareWorkingDay(ctx context.Context, input DeclareWorkingDay) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.DeclareWorkingDay)
}

// ProposeTerm: puts a term before the bodies.
func (m *Mutation) ProposeTerm(ctx context.Context, input ProposeTerm) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.ProposeTerm)
}

// CommentOnTerm: records a body's remark on a proposal.
func (m *Mutation) CommentOnTerm(ctx context.Context, input VoteOnTerm) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.CommentOnTerm)
}

// VoteOnTerm: gives a body's vote on a proposal; a later one takes its place.
func (m *Mutation) VoteOnTerm(ctx context.Context, input VoteOnTerm) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.VoteOnTerm)
}

// DecideTerm: ends a vote by its rule.
func (m *Mutation) DecideTerm(ctx context.Context, input ActOnTerm) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.DecideTerm)
}

// MergeTerms: ends a term that means the same as another one, and leads there.
func (m *Mutation) MergeTerms(ctx context.Context, input ActOnTerm) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.MergeTerms)
}

// ChangeSynonyms: lists other words for an agreed term.
func (m *Mutation) ChangeSynonyms(ctx context.Context, input ActOnTerm) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.ChangeSynonyms)
}

// SetTermRule: says who votes on terms and what carries, from a day on.
func (m *Mutation) SetTermRule(ctx context.Context, input SetTermRule) (*Act, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetTermRule)
}
