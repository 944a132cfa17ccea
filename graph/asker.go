package graph

import (
	"context"

	"diwan/database"
	"diwan/projections"
)

// askerOf is who asks, in the words of the read models that cross modules.
func askerOf(ctx context.Context) projections.Asker {
	officer := officerOf(ctx)
	a := projections.Asker{Session: database.Session{Actor: officer.ID, OnBehalfOf: officer.OnBehalfOf}, Reach: map[string][]string{}}
	for permission, units := range officer.Units {
		a.Reach[string(permission)] = units
	}
	return a
}
