package finance

import "diwan/eventstore"

// paymentCategories lists the streams of the payment side.
func paymentCategories() []eventstore.Category { return nil }
