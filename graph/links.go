package graph

import (
	"context"

	"diwan/modules/access"
	"diwan/modules/access/signin"
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
