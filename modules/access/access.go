// Package access is who signs in and what they may do.
//
// Three things to know. Roles are a fixed table here, for the demo; they become dated decisions in
// the log with the directory of bodies. A permission is only a name to this package: the module that
// owns the act also owns its rules, and decides them inside its own commands. How people prove who
// they are is the package signin below.
package access

import (
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

// People are those who can sign in.
type People struct {
	order []string
	byID  map[string]Person
}

// NewPeople is a fixed table of people.
func NewPeople(people []Person) (*People, error) {
	p := &People{byID: map[string]Person{}}
	for _, one := range people {
		if _, twice := p.byID[one.ID]; twice {
			return nil, fmt.Errorf("people: %s is there twice", one.ID)
		}
		p.order = append(p.order, one.ID)
		p.byID[one.ID] = one
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
