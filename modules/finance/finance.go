// Package finance is the government's money: the budget law and what is released, reserved,
// committed, verified and paid of it, and the financial ledger behind it.
//
// Three things to know. A budget line (finance.budget/{year}/{key}) holds only sums, and every
// document moves its money there in the same command that posts the document, so the check and the
// move cannot come apart. Deciders are pure functions on states; the methods of Module only check
// the form of the input, name the streams and hand the decider to the log. Amounts are int64 minor
// units everywhere inside, kernel.Money at the edge.
package finance

import (
	"slices"

	"diwan/eventstore"
)

// Categories lists the streams of the module, for the store.
func Categories() []eventstore.Category {
	return slices.Concat(budgetCategories(), paymentCategories(), readingCategories(), []eventstore.Category{cycleCategory(), requestCategory(), yearEndCategory()})
}
