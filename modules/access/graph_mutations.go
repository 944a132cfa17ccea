package access

import "context"

// RegisterPerson registers a person, who holds nothing yet.
func (m *Mutation) RegisterPerson(ctx context.Context, input RegisterPerson) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.RegisterPerson)
}

// RenamePerson gives a person another name and title.
func (m *Mutation) RenamePerson(ctx context.Context, input ChangePerson) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.RenamePerson)
}

// SuspendPerson takes everything away until the person is reinstated.
func (m *Mutation) SuspendPerson(ctx context.Context, input ChangePerson) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SuspendPerson)
}

// ReinstatePerson ends a suspension.
func (m *Mutation) ReinstatePerson(ctx context.Context, input ChangePerson) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.ReinstatePerson)
}

// EndPerson ends a person for good after their last day.
func (m *Mutation) EndPerson(ctx context.Context, input ChangePerson) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.EndPerson)
}

// GiveClearance sets the highest grade of secrecy a person may see.
func (m *Mutation) GiveClearance(ctx context.Context, input GiveClearance) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.GiveClearance)
}

// GrantRole gives a person a role in a unit and what is below it.
func (m *Mutation) GrantRole(ctx context.Context, input GrantRole) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.GrantRole)
}

// EndGrant ends a grant of a person.
func (m *Mutation) EndGrant(ctx context.Context, input EndGrant) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.EndGrant)
}

// SeparateRoles forbids two roles to meet in one person.
func (m *Mutation) SeparateRoles(ctx context.Context, input SeparateRoles) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SeparateRoles)
}

// JoinRoles lets two roles meet again.
func (m *Mutation) JoinRoles(ctx context.Context, input SeparateRoles) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.JoinRoles)
}

// Delegate hands kinds of one's own acts to somebody for some days.
func (m *Mutation) Delegate(ctx context.Context, input Delegate) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.Delegate)
}

// WithdrawDelegation ends a delegation.
func (m *Mutation) WithdrawDelegation(ctx context.Context, input WithdrawDelegation) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.WithdrawDelegation)
}

// ClassifyObject sets the grade of secrecy of an object.
func (m *Mutation) ClassifyObject(ctx context.Context, input ClassifyObject) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.ClassifyObject)
}

// NameReader puts a person on an object's need-to-know list.
func (m *Mutation) NameReader(ctx context.Context, input NameReader) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.NameReader)
}

// StrikeReader takes a person off it.
func (m *Mutation) StrikeReader(ctx context.Context, input NameReader) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.StrikeReader)
}

// OpenService makes an account for a program.
func (m *Mutation) OpenService(ctx context.Context, input OpenService) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.OpenService)
}

// ReplaceServiceKey gives a service another key for another time.
func (m *Mutation) ReplaceServiceKey(ctx context.Context, input ReplaceServiceKey) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.ReplaceServiceKey)
}

// AskEmergency is the emergency way in.
func (m *Mutation) AskEmergency(ctx context.Context, input AskEmergency) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.AskEmergency)
}

// AnswerEmergency is the second person's answer.
func (m *Mutation) AnswerEmergency(ctx context.Context, input AnswerEmergency) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.AnswerEmergency)
}

// SetStepUp says from which day on approvals need a fresh proof of who acts.
func (m *Mutation) SetStepUp(ctx context.Context, input SetStepUp) (*Done, error) {
	return carryOut(ctx, m, input.Command, input, m.Module.SetStepUp)
}
