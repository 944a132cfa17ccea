// Package access is who signs in and what they may do.
//
// Three things to know. Roles are a fixed table here, for the demo; they become dated decisions in
// the log with the directory of bodies. A permission is only a name to this package: the module that
// owns the act also owns its rules, and decides them inside its own commands. Nothing here tells a
// caller whether a name exists: a wrong name and a wrong password cost the same time and get the
// same answer.
package access

import (
	"context"
	"errors"
	"fmt"

	"diwan/modules/kernel"
)

// Role is a set of permissions under a name that policies are dated for.
type Role struct {
	ID          string
	Title       kernel.Text
	Permissions []string // "finance.voucher.audit"
	Limit       int64    // the most its holder approves finally, in minor units; 0 = nothing
}

// Person is somebody who can sign in.
type Person struct {
	ID    string // "rana"
	Name  kernel.Text
	Title kernel.Text // what their post is called
	Role  Role
}

// May tells whether the person's role holds a permission.
func (p Person) May(permission string) bool {
	for _, held := range p.Role.Permissions {
		if held == permission {
			return true
		}
	}
	return false
}

// People are those who can sign in, with their passwords' hashes.
type People struct {
	order  []string
	byID   map[string]Person
	hashes map[string]string
	nobody string // checked when the name is unknown, so that this takes as long
	gate   *gate
}

// ErrSignIn is the one answer to a wrong name and to a wrong password.
var ErrSignIn = errors.New("the name or the password is wrong")

// NewPeople lets people sign in with one password, as the demo does. At most busy passwords are
// checked at a time; others wait their turn.
func NewPeople(people []Person, password string, busy int) (*People, error) {
	p := &People{byID: map[string]Person{}, hashes: map[string]string{}, gate: newGate(busy)}
	var err error
	if p.nobody, err = hashPassword("nobody's password"); err != nil {
		return nil, fmt.Errorf("prepare sign-in: %w", err)
	}
	shared, err := hashPassword(password) // they share the password, so a salt each would hide nothing
	if err != nil {
		return nil, fmt.Errorf("prepare sign-in: %w", err)
	}
	for _, one := range people {
		if _, twice := p.byID[one.ID]; twice {
			return nil, fmt.Errorf("prepare sign-in: %s is there twice", one.ID)
		}
		p.order = append(p.order, one.ID)
		p.byID[one.ID], p.hashes[one.ID] = one, shared
	}
	return p, nil
}

// Find returns a person by id.
func (p *People) Find(id string) (Person, bool) {
	one, ok := p.byID[id]
	return one, ok
}

// All lists the people in their table's order.
func (p *People) All() []Person {
	all := make([]Person, len(p.order))
	for i, id := range p.order {
		all[i] = p.byID[id]
	}
	return all
}

// SignIn checks a name and password. Errors: ErrSignIn; the context's, when it ends before the
// password's turn came.
func (p *People) SignIn(ctx context.Context, id, password string) (Person, error) {
	hash, known := p.hashes[id]
	if !known {
		hash = p.nobody
	}
	leave, err := p.gate.enter(ctx)
	if err != nil {
		return Person{}, fmt.Errorf("wait to check a password: %w", err)
	}
	defer leave()
	fits, err := checkPassword(hash, password)
	if err != nil {
		return Person{}, fmt.Errorf("check a password: %w", err)
	}
	if !fits || !known {
		return Person{}, ErrSignIn
	}
	return p.byID[id], nil
}

// gate lets a few through at a time.
type gate struct{ places chan struct{} }

func newGate(busy int) *gate { return &gate{make(chan struct{}, max(1, busy))} }

func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.places <- struct{}{}:
		return func() { <-g.places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
