package directory

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"diwan/eventstore"
	"diwan/modules/kernel"

	"github.com/google/uuid"
)

// DayBegun says that a calendar day has begun in the office's time zone. Work that falls due by
// date waits for it. Days on which no node ran are not made up for.
type DayBegun struct {
	Day kernel.Date `json:"day"`
}

// EventType is the stored name.
func (DayBegun) EventType() string { return "directory.day_begun" }

// DayStream is the one-event stream of a day.
func DayStream(day kernel.Date) eventstore.Stream {
	return eventstore.Stream{Category: "directory.day", Key: day.String()}
}

func dayCategory() eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[DayBegun](1, nil))
	return eventstore.CategoryOf("directory.day", eventstore.Main, codec, false, func(bool, eventstore.Event) bool { return true })
}

// Calendar tells the log which day it is.
type Calendar struct {
	log    eventstore.Store
	tenant uuid.UUID
	clock  func() time.Time
	zone   *time.Location
}

// NewCalendar returns a calendar over a log. clock gives the moment, zone the day it falls on.
func NewCalendar(log eventstore.Store, tenant uuid.UUID, clock func() time.Time, zone *time.Location) *Calendar {
	return &Calendar{log: log, tenant: tenant, clock: clock, zone: zone}
}

// Begin records that today has begun, once, whichever node asks and however often.
func (c *Calendar) Begin(ctx context.Context) (eventstore.Receipt, error) {
	day := kernel.DateOf(c.clock().In(c.zone))
	receipt, err := c.log.Execute(ctx, eventstore.Command{
		ID: uuid.NewSHA1(c.tenant, []byte("directory.day\n"+day.String())), Tenant: c.tenant, Actor: "calendar",
		Content: []byte(day.String()),
		Touches: []eventstore.Touch{{Stream: DayStream(day), Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			if !eventstore.StateOf[bool](d, 0) {
				d.RecordLast(0, DayBegun{Day: day})
			}
			return nil
		},
	})
	if err != nil {
		return receipt, fmt.Errorf("begin the day %s: %w", day, err)
	}
	return receipt, nil
}

// Run begins each day as it comes until ctx ends.
func (c *Calendar) Run(ctx context.Context) error {
	var begun kernel.Date
	every := time.NewTicker(30 * time.Second)
	defer every.Stop()
	for {
		if day := kernel.DateOf(c.clock().In(c.zone)); day != begun {
			if _, err := c.Begin(ctx); err == nil {
				begun = day
			} else if ctx.Err() == nil {
				slog.WarnContext(ctx, "the day is not begun yet", "day", day.String(), "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
	}
}
