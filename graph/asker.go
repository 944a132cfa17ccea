package graph

import (
	"context"
	"slices"

	"diwan/database"
	"diwan/modules/access"
	"diwan/projections"
	"diwan/projections/paper"
)

// askerOf is who asks, in the words of the read models that cross modules. Row-level security is told
// all units they work in; which permission holds in which is the questions' matter.
func askerOf(ctx context.Context) projections.Asker {
	officer := officerOf(ctx)
	a := projections.Asker{
		Session: database.Session{Actor: officer.ID, OnBehalfOf: officer.OnBehalfOf},
		Reach:   map[string][]string{}, Roles: officer.Roles, Limit: officer.Limit,
	}
	for permission, units := range officer.Units {
		a.Reach[string(permission)] = units
		a.Session.Scope = append(a.Session.Scope, units...)
	}
	if s := standingOf(ctx); s != nil && s.Holds(access.MayAnswerEmergency) { // whoever answers emergencies answers those of every unit
		a.Reach[access.MayAnswerEmergency] = []string{paper.EmergencyUnit}
		a.Session.Scope = append(a.Session.Scope, paper.EmergencyUnit)
	}
	slices.Sort(a.Session.Scope)
	a.Session.Scope = slices.Compact(a.Session.Scope)
	a.Reach[signedIn] = []string{""}
	return a
}
