// Package access is who signs in and what they may do.
//
// Three things to know. People, roles, grants, delegations and emergencies are dated decisions in the
// log; the Book holds them in memory and follows the log, and Standing.May is the one rule over them.
// A permission is only a name to this package: the module that owns the act also owns its rules, and
// decides them inside its own commands. How people prove who they are is the package signin below.
package access

import "diwan/modules/kernel"

// Role is a role of the demo.
type Role struct {
	ID          string
	Title       kernel.Text
	Permissions []string // "finance.voucher.audit"
	Limit       int64    // the most its holder approves finally, in minor units; 0 = nothing
}

// Person is somebody of the demo.
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
