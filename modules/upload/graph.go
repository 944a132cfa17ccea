package upload

import (
	"context"

	"github.com/google/uuid"

	"diwan/modules/kernel"
)

// Query answers the root fields of uploads. Person tells who asks.
type Query struct {
	Module *Module
	Person func(context.Context) Person
}

// Mutation carries out acts on uploads.
type Mutation struct {
	Module *Module
	Person func(context.Context) Person
}

// Act is what became of an act.
type Act struct {
	Upload   *Upload
	Problems []kernel.Refusal
}

func (m *Module) act(u Upload, err error) (*Act, error) {
	a := &Act{Problems: []kernel.Refusal{}}
	if problems := kernel.ProblemsOf(err); problems != nil {
		for _, p := range problems {
			a.Problems = append(a.Problems, p)
		}
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	a.Upload = m.linked(u)
	return a, nil
}

// linked gives an upload the address that its bytes go to.
func (m *Module) linked(u Upload) *Upload {
	if u.State == Arriving {
		u.link = m.links.upload(u.ID, u.Owner, u.ExpiresAt)
	}
	return &u
}

// BeginUpload announces a file.
func (m *Mutation) BeginUpload(ctx context.Context, input Begin) (*Act, error) {
	return m.Module.act(m.Module.Begin(ctx, m.Person(ctx), input))
}

// CancelUpload gives an upload up.
func (m *Mutation) CancelUpload(ctx context.Context, id uuid.UUID) (*Act, error) {
	return m.Module.act(m.Module.Cancel(ctx, m.Person(ctx).ID, id))
}

// Upload is an upload of one's own.
func (q *Query) Upload(ctx context.Context, id uuid.UUID) (*Upload, error) {
	u, err := q.Module.Find(ctx, q.Person(ctx).ID, id)
	if kernel.ProblemsOf(err) != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return q.Module.linked(u), nil
}

// URL is the address to send bytes to; nil when nothing more is taken.
func (u *Upload) URL() *string {
	if u.link == "" {
		return nil
	}
	return &u.link
}

// HashText is the name of the kept file, as events refer to it.
func (u *Upload) HashText() *string {
	if u.Hash == nil {
		return nil
	}
	s := u.Hash.String()
	return &s
}

// Used tells whether it was used.
func (u *Upload) Used() bool { return u.UsedBy != nil }

// Problems are why its content was refused.
func (u *Upload) Problems() []kernel.Refusal {
	all := []kernel.Refusal{}
	for _, p := range u.refusal {
		all = append(all, p)
	}
	return all
}

// unlessRefused keeps failures and forgets refusals, which are recorded with the upload.
func unlessRefused(err error) error {
	if kernel.ProblemsOf(err) != nil {
		return nil
	}
	return err
}
