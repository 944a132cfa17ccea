package projections

import (
	"maps"
	"slices"

	"diwan/database"
)

// Asker is who reads a view that crosses modules: the session row-level security sees, and where
// which permission is held. Whoever acts for a principal asks with the principal's permissions.
type Asker struct {
	Session database.Session
	Reach   map[string][]string // prefixes of units by permission; one empty prefix is everywhere
	Roles   []string
	Limit   int64 // the most they approve finally, in minor units
}

// Held are the permissions and their prefixes in two lists of one length, for unnest in a condition.
func (a Asker) Held() (permissions, prefixes []string) {
	permissions, prefixes = []string{}, []string{}
	for _, permission := range slices.Sorted(maps.Keys(a.Reach)) {
		for _, prefix := range a.Reach[permission] {
			permissions, prefixes = append(permissions, permission), append(prefixes, prefix)
		}
	}
	return permissions, prefixes
}

// Person is whose work is asked for: the principal, when the actor acts for one.
func (a Asker) Person() string {
	if a.Session.OnBehalfOf != "" {
		return a.Session.OnBehalfOf
	}
	return a.Session.Actor
}

// Everybody is who may take a step in the asker's name: the actor, and the principal.
func (a Asker) Everybody() []string {
	if a.Session.OnBehalfOf != "" {
		return []string{a.Session.Actor, a.Session.OnBehalfOf}
	}
	return []string{a.Session.Actor}
}
