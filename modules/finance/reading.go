package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// PersonalDataRead says who saw personal data of which payees, or of whom a statement of a bank speaks: the log's actor, and what for. It
// stands in the access lane, and a reading that cannot be recorded is refused.
type PersonalDataRead struct {
	Payees    []string `json:"payees"`
	Receipts  []string `json:"receipts,omitempty"`  // whose payers were read
	Statement string   `json:"statement,omitempty"` // a bank's statement, whose lines name people
	Fields    []string `json:"fields"`              // "name", "iban"
	Purpose   string   `json:"purpose"`
}

// EventType is stored for ever.
func (PersonalDataRead) EventType() string { return "finance.personal_data_read" }

// readings counts what one reader has read.
type readings struct{ Count int64 }

// readingCategories are the module's streams in the access lane, finance.reading/{reader}.
func readingCategories() []eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[PersonalDataRead](1, nil))
	return []eventstore.Category{
		eventstore.CategoryOf("finance.reading", eventstore.Access, codec, readings{}, func(r readings, _ eventstore.Event) readings {
			r.Count++
			return r
		}).WithSnapshot("reading.1"),
	}
}

// recordReading writes who reads before anything is shown.
func recordReading(ctx context.Context, log eventstore.Store, tenant uuid.UUID, by Officer, e PersonalDataRead) error {
	id, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("make a command id: %w", err)
	}
	content, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write what is read: %w", err)
	}
	_, err = log.Execute(ctx, eventstore.Command{
		ID: id, Tenant: tenant, Actor: by.ID, OnBehalfOf: by.OnBehalfOf, Content: content,
		Touches: []eventstore.Touch{{
			Stream: eventstore.Stream{Category: "finance.reading", Key: by.ID}, Expected: eventstore.AnyVersion,
		}},
		Decide: func(d *eventstore.Decision) error {
			d.Record(0, e)
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("record that %s reads personal data: %w", by.ID, err)
	}
	return nil
}
