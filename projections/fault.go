package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Fault says why a view stands still: the event it could not apply, and what went wrong.
type Fault struct {
	View      string
	Position  int64
	EventType string
	Reason    string
	Since     time.Time // when it first failed at this event
}

// Error is the sentence an operator reads.
func (f *Fault) Error() string {
	return fmt.Sprintf("view %s stopped at position %d (%s): %s", f.View, f.Position, f.EventType, f.Reason)
}

// applyError is a failure that belongs to the view and its events, not to the database's condition.
type applyError struct{ err error }

func (e *applyError) Error() string { return e.err.Error() }
func (e *applyError) Unwrap() error { return e.err }

// sqlState is the error's code in the database, or empty.
func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// passing tells whether an error comes from the database's condition and goes away without anybody
// changing the view: connections, lack of resources, locks, shutdown, a server in recovery.
func passing(code string) bool {
	switch {
	case code == "":
		return false
	case code[:2] == "08", code[:2] == "53", code[:2] == "57", code[:2] == "58", code[:2] == "40":
		return true
	}
	return code == "55P03" || code == "25006" || code == "25P03"
}

// judge decides whether an error that ended a batch is the view's own fault. inApply: it came out of
// Apply over a connection that still stood.
func judge(ctx context.Context, err error, inApply bool) error {
	if err == nil || ctx.Err() != nil || errors.Is(err, errNotClaimed) {
		return err
	}
	code := sqlState(err)
	if passing(code) || (code == "" && !inApply) {
		return err
	}
	return &applyError{err}
}

// recordFault stops the generation at the event, visibly. The same event failing again keeps the
// time of its first failure.
func (r *Runner) recordFault(ctx context.Context, g *generation, e *eventstore.Recorded, cause error) error {
	f := &Fault{View: g.view, Position: e.Position, EventType: e.Type, Reason: cause.Error()}
	err := r.db.Project(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			update es.projection
			   set fault = $4, fault_position = $5, fault_type = $6,
			       fault_since = case when fault_position = $5 then coalesce(fault_since, clock_timestamp()) else clock_timestamp() end
			 where name = $1 and generation = $2 and position = $3 and fault is null
			returning fault_since`, g.view, g.number, g.position, f.Reason, f.Position, f.EventType).Scan(&f.Since)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return errNotClaimed
	}
	if err != nil {
		return fmt.Errorf("record that %s: %w", f.Error(), err)
	}
	return f
}

// Retry lets a stopped view try its event again, in whichever process runs it.
func (r *Runner) Retry(ctx context.Context, view string) error {
	p, err := r.projection(view)
	if err != nil {
		return err
	}
	if err := r.clearFaults(ctx, []string{view}); err != nil {
		return err
	}
	p.nudge()
	return nil
}

// clearFaults lets views run again. The position and time of the fault stay until it is overcome.
func (r *Runner) clearFaults(ctx context.Context, views []string) error {
	err := r.db.Project(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update es.projection set fault = null where name = any($1) and fault is not null`, views)
		return err
	})
	if err != nil {
		return fmt.Errorf("let views run again: %w", err)
	}
	return nil
}
