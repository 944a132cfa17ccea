package finance

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/modules/kernel"
	"diwan/projections"
)

// Two purchases at the Directorate of Roads are prepared with reserved money. One reservation ends
// with September, the other with the year; on 1 October the first gives its money back by itself.
func TestReservationsExpireByThemselves(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, append(Categories(), days())...)
	log = opened(t, log, err)
	o := newBureau(t, log)
	o.enact(Original, line1, "100.000")
	o.release(line1, "100.000")
	reserve := func(expires, amount string) string {
		id := command()
		o.must(o.ReserveFunds(o.ctx, rana(), ReserveFunds{Command: id, Year: 2026, Expires: expires, Subject: "طلب شراء", Lines: lineInputs(line1, amount)}))
		return id.String()
	}
	first, freed, second := reserve("2026-09-30", "60.000"), reserve("2026-09-30", "5.000"), reserve("2026-12-31", "30.000")
	o.clock = func() time.Time { return time.Date(2026, time.October, 1, 5, 0, 0, 0, time.UTC) }

	views, err := projections.New(db, log, Views()...)
	if err != nil {
		t.Fatal(err)
	}
	due := DueReservationsIn(db, views.Wait)
	calls := make(chan []string, 10)
	process := o.ReservationExpiry(func(ctx context.Context, day kernel.Date, position int64) ([]string, error) {
		ids, err := due(ctx, day, position)
		if len(ids) == 3 {
			t.Errorf("all of %v are due on %s", ids, day)
		}
		calls <- ids
		// Rana frees one of them herself between the look and the act.
		if o.reservation(freed).State == ReservationHeld {
			o.must(o.ReleaseReservation(o.ctx, rana(), EndReservation{Command: command(), ID: freed, Reason: "أُلغي الطلب"}))
		}
		return ids, err
	})
	processes, err := feed.NewProcesses(db, log, process)
	if err != nil {
		t.Fatal(err)
	}
	processes.Log = slog.New(slog.DiscardHandler)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	go func() { ended <- views.Run(ctx) }()
	go func() { ended <- processes.Run(ctx) }()

	grown := log.Watch(ctx, eventstore.Main)
	day := o.begin("2026-10-01")
	for o.reservation(first).State == ReservationHeld {
		<-grown
	}
	if ids := <-calls; len(ids) != 2 {
		t.Errorf("due were %v", ids)
	}
	o.figure("reserved", o.line(line1).Reserved, "30.000")
	if s := o.reservation(first).State; s != ReservationLapsed {
		t.Errorf("the first reservation is %s", s)
	}
	if s := o.reservation(second).State; s != ReservationHeld {
		t.Errorf("the second reservation is %s", s)
	}

	// The same day delivered again changes nothing.
	head, _, err := log.Head(ctx, eventstore.Main)
	if err != nil {
		t.Fatal(err)
	}
	again := o.ReservationExpiry(func(context.Context, kernel.Date, int64) ([]string, error) { return []string{first, freed}, nil })
	if err := again.Handle(ctx, day); err != nil {
		t.Errorf("the day delivered again: %v", err)
	}
	if now, _, err := log.Head(ctx, eventstore.Main); err != nil || now != head {
		t.Errorf("the log grew from %d to %d (%v)", head, now, err)
	}
	if parked, err := processes.Parked(ctx); err != nil || len(parked) != 0 {
		t.Errorf("parked %v (%v)", parked, err)
	}
	stop()
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// dayBegun is the calendar's event, as another module writes it.
type dayBegun struct {
	Day string `json:"day"`
}

func (dayBegun) EventType() string { return "directory.day_begun" }

func days() eventstore.Category {
	return eventstore.CategoryOf("directory.day", eventstore.Main, eventstore.NewCodec(eventstore.Type[dayBegun](1, nil)), 0,
		func(n int, _ eventstore.Event) int { return n + 1 })
}

func (o *bureau) begin(day string) eventstore.Recorded {
	o.t.Helper()
	return o.must(o.log.Execute(o.ctx, eventstore.Command{
		ID: command(), Tenant: o.tenant, Actor: "calendar", Content: []byte(day),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "directory.day", Key: day}, Expected: 0}},
		Decide:  func(d *eventstore.Decision) error { d.Record(0, dayBegun{day}); return nil },
	})).Events[0]
}

func (o *bureau) reservation(id string) Reservation {
	o.t.Helper()
	r, err := now[Reservation](o.ctx, o.Module, reservationCategory(), ReservationStream(id))
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}
