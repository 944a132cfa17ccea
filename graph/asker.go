package graph

import (
	"context"

	"diwan/database"
	"diwan/modules/finance"
	"diwan/projections"
)

// askerOf is who asks, in the words of the read models that cross modules.
func askerOf(ctx context.Context) projections.Asker {
	officer := officerOf(ctx)
	a := projections.Asker{Session: database.Session{Actor: officer.ID, OnBehalfOf: officer.OnBehalfOf}, Reach: map[string][]string{}}
	for _, p := range finance.Permissions() {
		if officer.May(p) {
			a.Reach[string(p)] = []string{""}
		}
	}
	return a
}
