package graph

import (
	"context"

	"diwan/database"
	"diwan/desk"
)

// sitter gives the desk the facts about whoever asks.
func sitter(ctx context.Context) desk.Person {
	officer := officerOf(ctx)
	return desk.Person{Session: database.Session{Actor: officer.ID, OnBehalfOf: officer.OnBehalfOf}, Roles: officer.Roles}
}
