package finance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/modules/kernel"
)

// expiryOfficer is who frees reservations after their last day: the program itself.
func expiryOfficer() Officer {
	held := map[Permission]bool{MayReserveFunds: true}
	return Officer{ID: "reservation-expiry", Permissions: held, Units: Everywhere(held)}
}

// DueReservations lists reservations that still hold money and whose last day lies before day, as
// of a position of the log.
type DueReservations func(ctx context.Context, day kernel.Date, position int64) ([]string, error)

// ReservationExpiry is the process that gives back what reservations hold after their last day
// (انتهاء الحجز): at the begin of every day it frees those that are due. What another officer ended
// meanwhile is left alone, and the same day begun again frees nothing twice.
func (m *Module) ReservationExpiry(due DueReservations) feed.Process {
	const name = "finance.reservation_expiry"
	return feed.Process{Name: name, Topic: "main/directory.day", Handle: func(ctx context.Context, e eventstore.Recorded) error {
		if e.Type != "directory.day_begun" {
			return nil
		}
		var begun struct {
			Day kernel.Date `json:"day"`
		}
		if err := json.Unmarshal(e.Data, &begun); err != nil {
			return fmt.Errorf("read which day began at position %d: %w", e.Position, err)
		}
		ids, err := due(ctx, begun.Day, e.Position)
		if err != nil {
			return fmt.Errorf("find the reservations that expired before %s: %w", begun.Day, err)
		}
		var failures []error
		for _, id := range ids {
			_, err := m.ExpireReservation(ctx, expiryOfficer(), EndReservation{Command: feed.CommandID(name, e, id), ID: id})
			if err != nil && !ended(err) {
				failures = append(failures, fmt.Errorf("free reservation %s: %w", id, err))
			}
		}
		return errors.Join(failures...)
	}}
}

// ended tells whether a reservation was no longer held when its turn came.
func ended(err error) bool {
	problems := kernel.ProblemsOf(err)
	return len(problems) == 1 && problems[0].Code == documentDone(kernel.Text{}).Code
}

// DueReservationsIn reads them from the documents people see, once these have come to the position.
func DueReservationsIn(db *database.DB, wait func(ctx context.Context, view string, position int64) error) DueReservations {
	return func(ctx context.Context, day kernel.Date, position int64) (ids []string, err error) {
		if err := wait(ctx, "finance_document", position); err != nil {
			return nil, err
		}
		err = db.Read(ctx, database.Session{Actor: expiryOfficer().ID, Scope: []string{""}}, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, `select id from read.finance_reservation where state = 'held' and expires < $1::date order by id`, day.String())
			if err != nil {
				return err
			}
			ids, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
		return ids, err
	}
}
