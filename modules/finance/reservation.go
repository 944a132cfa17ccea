package finance

import (
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Reservation holds money for a purchase in preparation until a day (حجز مبدئي).
type Reservation struct {
	ID      string
	Year    int
	Expires kernel.Date
	Lines   []LineAmount
	State   ReservationState
}

// ReservationState is where a reservation stands.
type ReservationState string

// The states of a reservation.
const (
	ReservationHeld      ReservationState = "held"
	ReservationCommitted ReservationState = "converted"
	ReservationFreed     ReservationState = "released"
	ReservationLapsed    ReservationState = "expired"
)

// ReservationStream names a reservation's stream.
func ReservationStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.reservation", Key: id}
}

// held refuses a reservation that no longer holds anything.
func (r Reservation) held() error {
	switch r.State {
	case ReservationHeld:
		return nil
	case ReservationCommitted:
		return documentDone(kernel.Text{Ar: "محوّل إلى التزام", En: "converted into a commitment"})
	case ReservationFreed:
		return documentDone(kernel.Text{Ar: "محرّر", En: "released"})
	case ReservationLapsed:
		return documentDone(kernel.Text{Ar: "منتهي المدة", En: "expired"})
	}
	return documentUnknown()
}

// convert ends the reservation in a commitment, until the day it expires.
func (r Reservation) convert(commitment string, on kernel.Date, by Signature) (ReservationConverted, error) {
	if err := r.held(); err != nil {
		return ReservationConverted{}, err
	}
	if on.After(r.Expires) {
		return ReservationConverted{}, kernel.Problem{Code: "finance.reservation_expired", Message: kernel.Text{
			Ar: fmt.Sprintf("انتهى الحجز في %s.", r.Expires),
			En: fmt.Sprintf("The reservation expired on %s.", r.Expires),
		}}
	}
	return ReservationConverted{Commitment: commitment, By: by}, nil
}

// end frees the reservation; it expires by itself only after its last day.
func (r Reservation) end(expired bool, reason string, today kernel.Date, by Signature) (ReservationEnded, error) {
	if err := r.held(); err != nil {
		return ReservationEnded{}, err
	}
	if expired && !today.After(r.Expires) {
		return ReservationEnded{}, kernel.Problem{Code: "finance.reservation_not_expired", Path: "id", Message: kernel.Text{
			Ar: fmt.Sprintf("الحجز نافذ حتى %s.", r.Expires),
			En: fmt.Sprintf("The reservation holds until %s.", r.Expires),
		}}
	}
	return ReservationEnded{Expired: expired, Reason: reason, By: by}, nil
}

func (r Reservation) evolve(e eventstore.Event) Reservation {
	switch e := e.(type) {
	case ReservationOpened:
		return Reservation{ID: e.ID, Year: e.Year, Expires: e.Expires, Lines: e.Lines, State: ReservationHeld}
	case ReservationConverted:
		r.State = ReservationCommitted
	case ReservationEnded:
		r.State = ReservationFreed
		if e.Expired {
			r.State = ReservationLapsed
		}
	}
	return r
}

// convertReservation ends the reservation at a touch in a commitment and frees its money, so that
// the commitment can take it.
func convertReservation(d *eventstore.Decision, t *touches, at, year int, commitment string, on kernel.Date, by Officer) error {
	r := eventstore.StateOf[Reservation](d, at)
	e, err := r.convert(commitment, on, by.Sign())
	if err == nil && r.Year != year {
		err = documentUnknown()
	}
	if err != nil {
		var f form
		f.add("reservation", err)
		return f.result()
	}
	d.Record(at, e)
	return eachLine(d, t, r.Year, r.Lines, func(l BudgetLine, amount int64) (eventstore.Event, error) {
		return l.ReleaseReservation(amount, r.ID)
	})
}

func reservationCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[ReservationOpened](1, nil),
		eventstore.Type[ReservationConverted](1, nil),
		eventstore.Type[ReservationEnded](1, nil),
	)
	return eventstore.CategoryOf("finance.reservation", eventstore.Main, codec, Reservation{}, Reservation.evolve)
}
