package graph

import (
	"context"

	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/finance"
	"diwan/modules/kernel"
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
