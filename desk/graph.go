package desk

import (
	"context"

	"github.com/google/uuid"

	"diwan/modules/kernel"
)

// The lists of the API under the names gqlgen binds.
type (
	DraftConnection = kernel.Connection[Draft]
	DraftEdge       = kernel.Edge[Draft]
)

// Query answers what lies on the desk of whoever asks.
type Query struct {
	Desk *Desk
	Who  func(context.Context) Person
}

// Mutation keeps what they put there.
type Mutation struct {
	Desk *Desk
	Who  func(context.Context) Person
}

// Act is the answer to an act on the desk.
type Act struct{ Problems []kernel.Refusal }

// Drafts answers the person's drafts.
func (q *Query) Drafts(ctx context.Context, kind *string, first int, after *string) (*DraftConnection, error) {
	return q.Desk.Drafts(ctx, q.Who(ctx), kind, first, after)
}

// Draft answers one draft, or nothing.
func (q *Query) Draft(ctx context.Context, id uuid.UUID) (*Draft, error) {
	return q.Desk.Draft(ctx, q.Who(ctx), id)
}

// SavedViews answers the views of a page.
func (q *Query) SavedViews(ctx context.Context, page string) ([]SavedView, error) {
	return q.Desk.SavedViews(ctx, q.Who(ctx), page)
}

// SavedView answers one view, or nothing.
func (q *Query) SavedView(ctx context.Context, id uuid.UUID) (*SavedView, error) {
	return q.Desk.SavedView(ctx, q.Who(ctx), id)
}

// Preferences answers what holds on a device.
func (q *Query) Preferences(ctx context.Context, device string) ([]Preference, error) {
	return q.Desk.Preferences(ctx, q.Who(ctx), device)
}

// SaveDraft keeps a draft.
func (m *Mutation) SaveDraft(ctx context.Context, input SaveDraft) (*Saved, error) {
	saved, err := m.Desk.SaveDraft(ctx, m.Who(ctx), input)
	if saved.Problems, err = told(err); err != nil {
		return nil, err
	}
	return &saved, nil
}

// DiscardDraft throws a draft away.
func (m *Mutation) DiscardDraft(ctx context.Context, id uuid.UUID) (*Act, error) {
	return done(m.Desk.DiscardDraft(ctx, m.Who(ctx), id))
}

// LendDraft lets others work on a draft.
func (m *Mutation) LendDraft(ctx context.Context, id uuid.UUID, hands []string) (*Act, error) {
	return done(m.Desk.LendDraft(ctx, m.Who(ctx), id, hands))
}

// SaveView keeps a view.
func (m *Mutation) SaveView(ctx context.Context, input SaveView) (*SavedAs, error) {
	view, err := m.Desk.SaveView(ctx, m.Who(ctx), input)
	problems, err := told(err)
	if err != nil {
		return nil, err
	}
	return &SavedAs{View: view, Problems: problems}, nil
}

// RemoveView removes a view.
func (m *Mutation) RemoveView(ctx context.Context, id uuid.UUID) (*Act, error) {
	return done(m.Desk.RemoveView(ctx, m.Who(ctx), id))
}

// SetPreferences keeps choices.
func (m *Mutation) SetPreferences(ctx context.Context, device string, values []PreferenceInput) (*Act, error) {
	return done(m.Desk.SetPreferences(ctx, m.Who(ctx), device, values))
}

// MarkRead moves read marks.
func (m *Mutation) MarkRead(ctx context.Context, marks []ReadMark) (*Act, error) {
	return done(m.Desk.MarkRead(ctx, m.Who(ctx), marks))
}

// done answers an act; a refusal is part of the answer, a failure is not.
func done(err error) (*Act, error) {
	problems, err := told(err)
	if err != nil {
		return nil, err
	}
	return &Act{problems}, nil
}

func told(err error) ([]kernel.Refusal, error) {
	problems := kernel.ProblemsOf(err)
	if problems == nil {
		return nil, err
	}
	all := make([]kernel.Refusal, len(problems))
	for i, p := range problems {
		all[i] = p
	}
	return all, nil
}
