package access

import (
	"fmt"

	"diwan/database"
)

// Filter is the rule for a list, to be written into its SQL.
type Filter struct {
	Scope     []string // prefixes of units
	Clearance Secrecy
	Readers   []string // all of whom a need-to-know list must name
	// The emergency way in, when it is open: where, and up to which grade.
	EmergencyScope     []string
	EmergencyClearance Secrecy
}

// Filter is the rule for one act of reading.
func (s *Standing) Filter(act string) Filter {
	f := Filter{Scope: s.Scope(act), Clearance: s.Clearance, Readers: []string{s.Person}, EmergencyScope: []string{}}
	if s.OnBehalfOf != "" {
		f.Readers = append(f.Readers, s.OnBehalfOf)
	}
	if s.stepUp[act] && !s.steppedUp {
		f.Scope = []string{}
		return f
	}
	if s.open != nil {
		for _, a := range s.open.Asked.Acts {
			if a == act {
				f.EmergencyScope, f.EmergencyClearance = s.openReach, s.open.Asked.Secrecy
			}
		}
	}
	return f
}

// Where is the condition on rows with the columns unit, secrecy and readers; next is the number of
// its first argument.
func (f Filter) Where(next int) (condition string, args []any) {
	condition = fmt.Sprintf(`((cardinality($%[1]d::text[]) > 0 and (unit = '' or unit ^@ any($%[1]d::text[])) and secrecy <= $%[2]d
		and (secrecy < %[6]d or readers @> $%[3]d::text[]))
		or (cardinality($%[4]d::text[]) > 0 and (unit = '' or unit ^@ any($%[4]d::text[])) and secrecy <= $%[5]d))`,
		next, next+1, next+2, next+3, next+4, Secret)
	return condition, []any{f.Scope, int(f.Clearance), f.Readers, f.EmergencyScope, int(f.EmergencyClearance)}
}

// Session is the second wall's side of the same rule: what a transaction tells row-level security.
func (s *Standing) Session(act, purpose string) database.Session {
	f := s.Filter(act)
	return database.Session{
		Actor: s.Person, OnBehalfOf: s.OnBehalfOf, Scope: f.Scope, Clearance: int(f.Clearance), Purpose: purpose,
		EmergencyScope: f.EmergencyScope, EmergencyClearance: int(f.EmergencyClearance),
	}
}
