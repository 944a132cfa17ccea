package graph

import (
	"context"
	"slices"

	"diwan/database"
	"diwan/projections"
)

// askerOf is who asks, in the words of the read models that cross modules.
func askerOf(ctx context.Context) projections.Asker {
	officer := officerOf(ctx)
	a := projections.Asker{Session: database.Session{Actor: officer.ID, OnBehalfOf: officer.OnBehalfOf}, Reach: map[string][]string{}}
	for permission, units := range officer.Units {
		a.Reach[string(permission)] = units
		for _, unit := range units {
			if !slices.Contains(a.Session.Scope, unit) {
				a.Session.Scope = append(a.Session.Scope, unit)
			}
		}
	}
	return a
}
