package finance

import "diwan/eventstore"

// budgetCategories lists the streams of the budget side.
func budgetCategories() []eventstore.Category {
	return []eventstore.Category{
		yearCategory(),
		rulesCategory(),
		segmentCategory(),
		lineCategory(),
		orderCategory(),
		virementCategory(),
		reservationCategory(),
		commitmentCategory(),
		importCategory(),
	}
}
