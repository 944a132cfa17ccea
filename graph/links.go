package graph

import (
	"context"

	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/projections/inbox"
)

// This file joins two modules; nothing else does.

// SignInPeople tells sign-in who somebody is.
type SignInPeople struct{ Access *access.Module }

// Person finds a person by their sign-in name; whoever may do nothing is not there.
func (p SignInPeople) Person(id string) (signin.Person, bool) {
	s, there := p.Access.Standing(id, access.Acting{})
	return signin.Person{ID: s.Person, Name: s.Name, Post: s.Title, Rights: s.Rights(), Acts: s.Acts()}, there
}

// signer joins the signatures on finance's documents with the people who sign in.
type signer struct{ book *access.Book }

// Name are the signers' full names; the sign-in name when nobody is known under it.
func (s signer) Name(_ context.Context, all []*finance.Signer) ([]*kernel.Text, error) {
	names := make([]*kernel.Text, len(all))
	for i, one := range all {
		names[i] = &kernel.Text{Ar: one.ID(), En: one.ID()}
		if name, known := s.book.Name(one.ID()); known {
			names[i] = &name
		}
	}
	return names, nil
}

// clerkOf gives the directory the facts about whoever asks that its deciders need.
func clerkOf(ctx context.Context) directory.Clerk { return officer.Directory(standingOf(ctx)) }

// holder joins the holders of the directory's posts with the people who sign in.
type holder struct{ book *access.Book }

// Name are the holders' full names; the id when nobody is known under it.
func (h holder) Name(_ context.Context, all []*directory.HolderSheet) ([]*kernel.Text, error) {
	names := make([]*kernel.Text, len(all))
	for i, one := range all {
		names[i] = &kernel.Text{Ar: one.Person, En: one.Person}
		if name, known := h.book.Name(one.Person); known {
			names[i] = &name
		}
	}
	return names, nil
}

// commitments and vouchers join documents of finance with their way.
type (
	commitments struct {
		finance.Commitments
		ways *inbox.Query
	}
	vouchers struct {
		finance.PaymentVouchers
		ways *inbox.Query
	}
)

// Tracker reads the commitments' ways.
func (c commitments) Tracker(ctx context.Context, all []*finance.CommitmentSheet) ([]*inbox.Tracker, error) {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	return c.ways.Trackers(ctx, "commitment", ids)
}

// Tracker reads the vouchers' ways.
func (v vouchers) Tracker(ctx context.Context, all []*finance.VoucherSheet) ([]*inbox.Tracker, error) {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	return v.ways.Trackers(ctx, "voucher", ids)
}

// account joins people with how they sign in.
type account struct{ house *signin.House }

// Account answers for all people of a list at once; nothing for those without an account.
func (a account) Account(ctx context.Context, all []*access.PersonSheet) ([]*signin.Account, error) {
	found := make([]*signin.Account, len(all))
	if a.house == nil { // the command line has no sign-in
		return found, nil
	}
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	accounts, err := a.house.AccountsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if one, there := accounts[id]; there {
			found[i] = &one
		}
	}
	return found, nil
}

// scopeUnit joins what access grants with the units of the directory.
type scopeUnit struct{ registry *directory.Registry }

// Name are the units' names on the day; the id or path when no unit is known under it.
func (u scopeUnit) Name(_ context.Context, all []*access.ScopeUnit) ([]*kernel.Text, error) {
	names := make([]*kernel.Text, len(all))
	for i, one := range all {
		names[i] = &kernel.Text{Ar: one.ID, En: one.ID}
		if u.registry == nil {
			continue
		}
		units := u.registry.UnitsAt(one.On)
		if found, _, known := units.Known(one.ID); known {
			names[i] = &found.Name
		} else if found, stands := units.At(one.ID); stands {
			names[i] = &found.Name
		}
	}
	return names, nil
}
