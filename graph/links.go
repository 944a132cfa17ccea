package graph

import (
	"context"

	"diwan/modules/access"
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

// signer joins the signatures on finance's documents with the people who sign in.
type signer struct{ people *access.People }

// Name is the signer's full name; the sign-in name when nobody is known under it.
func (s signer) Name(_ context.Context, obj *finance.Signer) (*kernel.Text, error) {
	if person, known := s.people.Find(obj.ID()); known {
		return &person.Name, nil
	}
	return &kernel.Text{Ar: obj.ID(), En: obj.ID()}, nil
}
