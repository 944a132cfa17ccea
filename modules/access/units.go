package access

import (
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Units tells what a unit covers.
type Units interface {
	// Reach is what a unit and everything below it cover on a day, as prefixes of unit paths and of
	// budget units; one empty prefix is everything. ok is false when the unit does not stand that day.
	Reach(unit string, on kernel.Date) (prefixes []string, ok bool)
}

// tree is the tree of units as the directory's events tell it.
type tree struct{}

func newTree() *tree { return &tree{} }

func (t *tree) fold(*eventstore.Recorded) (bool, error) { return false, nil }

// Reach reads a unit's path: the root covers everything, a body its budget chapter, a unit below it
// its budget centre.
func (t *tree) Reach(unit string, _ kernel.Date) ([]string, bool) {
	_, below, found := strings.Cut(unit, ".")
	if !found {
		return []string{""}, unit != ""
	}
	return []string{unit + ".", below + "."}, true
}
