// Package directory is the national central registry (السجل الوطني المركزي): government bodies, their
// units and posts as a dated tree, agreed terms, code lists, and the working calendar. All modules
// refer to it and none of them owns it.
//
// Three things to know. Every fact holds from a day on, past or future, and nothing is overwritten:
// the tree can be asked as it was on any day, and as it was known at any earlier moment. A change is
// tried on the whole register and then held against one list of rules on every day it reaches, so no
// unit can come to stand below itself, nor a post have two holders. Readers ask a Registry, which
// holds the register in memory and follows the log; other modules read events with structs of their
// own, and ask through interfaces of their own.
package directory

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Categories lists the streams of the directory.
func Categories() []eventstore.Category {
	return append([]eventstore.Category{dayCategory(), treeCategory(), listCategory(), calendarCategory()}, termCategories()...)
}

// TreeStream holds every act on bodies, units, posts and holders, in one order.
func TreeStream() eventstore.Stream {
	return eventstore.Stream{Category: "directory.tree", Key: "government"}
}

func treeCategory() eventstore.Category {
	return eventstore.CategoryOf("directory.tree", eventstore.Main, eventstore.NewCodec(treeEvents()...), register{}, register.evolve)
}

// Permission is one act in the directory that a clerk may hold. The names are stored in role tables
// and never renamed.
type Permission string

// The permissions of the directory.
const (
	MayRead            Permission = "directory.read"
	MayChangeStructure Permission = "directory.structure.change"
	MayFillPost        Permission = "directory.post.fill"
	MayProposeTerm     Permission = "directory.term.propose"
	MayVoteOnTerm      Permission = "directory.term.vote"
	MayDecideTerm      Permission = "directory.term.decide"
	MayChangeList      Permission = "directory.list.change"
	MayChangeCalendar  Permission = "directory.calendar.change"
	MaySetPolicy       Permission = "directory.policy.set"
)

// Permissions lists all of them.
func Permissions() []Permission {
	return []Permission{
		MayRead, MayChangeStructure, MayFillPost, MayProposeTerm, MayVoteOnTerm, MayDecideTerm, MayChangeList, MayChangeCalendar, MaySetPolicy,
	}
}

// Clerk is who acts, resolved at the edge from the session.
type Clerk struct {
	ID          string // of the person at the keyboard
	OnBehalfOf  string // the principal, when ID acts under a delegation
	Permissions []Permission
	Reach       map[Permission][]string // prefixes of paths in which a permission is held; none = everywhere
}

// May tells whether the clerk holds a permission.
func (c Clerk) May(p Permission) bool { return slices.Contains(c.Permissions, p) }

// Is tells whether the clerk, or the principal acted for, is the named person.
func (c Clerk) Is(person string) bool {
	return person != "" && (c.ID == person || c.OnBehalfOf == person)
}

// moved refuses an edit that was begun on an older screen; 0 = the caller did not look.
func moved(item string, expected, actual int64) error {
	if expected == 0 || expected == actual {
		return nil
	}
	return conflict(item, expected, actual)
}

func conflict(item string, expected, actual int64) kernel.Problem {
	return kernel.Problem{
		Code: "conflict", Path: "expected",
		Message: kernel.Text{
			Ar: "تغير القيد منذ فتحته: كان على النسخة " + itoa(expected) + " وصار على " + itoa(actual) + ".",
			En: "The entry has changed since you opened it: it was at version " + itoa(expected) + " and is at " + itoa(actual) + " now.",
		},
		Details: map[string]string{"item": item, "expected": itoa(expected), "actual": itoa(actual)},
	}
}
