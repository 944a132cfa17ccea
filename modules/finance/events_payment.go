package finance

import "diwan/eventstore"

// paymentEvents is the table of the payment side's stored events.
func paymentEvents() []eventstore.EventType { return nil }

// paymentCategories lists the streams of the payment side.
func paymentCategories() []eventstore.Category { return nil }
