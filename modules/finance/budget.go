package finance

import "diwan/eventstore"

// budgetCategories lists the streams of the budget side.
func budgetCategories() []eventstore.Category { return nil }
