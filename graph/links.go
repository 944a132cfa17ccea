package graph

import (
	"context"

	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// This file joins two modules; nothing else does.

// OfficerOf gives finance the facts about a person that its deciders need.
func OfficerOf(p access.Person) finance.Officer {
	held := make(map[finance.Permission]bool, len(p.Role.Permissions))
	for _, name := range p.Role.Permissions {
		held[finance.Permission(name)] = true
	}
	return finance.Officer{ID: p.ID, Name: p.Name, Roles: []string{p.Role.ID}, Permissions: held, Limit: p.Role.Limit}
}

// SignInPeople tells sign-in who somebody is.
type SignInPeople struct{ People *access.People }

// Person finds a person by their sign-in name.
func (p SignInPeople) Person(id string) (signin.Person, bool) {
	one, known := p.People.Find(id)
	return signin.Person{ID: one.ID, Name: one.Name, Post: one.Title, Rights: one.Role.ID, Acts: one.Role.Permissions}, known
}

// signer joins the signatures on finance's documents with the people who sign in.
type signer struct{ people *access.People }

// Name are the signers' full names; the sign-in name when nobody is known under it.
func (s signer) Name(_ context.Context, all []*finance.Signer) ([]*kernel.Text, error) {
	names := make([]*kernel.Text, len(all))
	for i, one := range all {
		names[i] = &kernel.Text{Ar: one.ID(), En: one.ID()}
		if person, known := s.people.Find(one.ID()); known {
			names[i] = &person.Name
		}
	}
	return names, nil
}

// clerkOf gives the directory the facts about whoever asks that its deciders need.
func clerkOf(ctx context.Context) directory.Clerk { return ClerkOf(officerOf(ctx)) }

// ClerkOf is an officer with what they may do in the directory.
func ClerkOf(o finance.Officer) directory.Clerk {
	c := directory.Clerk{ID: o.ID, OnBehalfOf: o.OnBehalfOf}
	for _, p := range directory.Permissions() {
		if o.Permissions[finance.Permission(p)] {
			c.Permissions = append(c.Permissions, p)
		}
	}
	return c
}

// holder joins the holders of the directory's posts with the people who sign in.
type holder struct{ people *access.People }

// Name are the holders' full names; the id when nobody is known under it.
func (h holder) Name(_ context.Context, all []*directory.HolderSheet) ([]*kernel.Text, error) {
	names := make([]*kernel.Text, len(all))
	for i, one := range all {
		names[i] = &kernel.Text{Ar: one.Person, En: one.Person}
		if person, known := h.people.Find(one.Person); known {
			names[i] = &person.Name
		}
	}
	return names, nil
}
