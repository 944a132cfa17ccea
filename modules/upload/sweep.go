package upload

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
)

// Run sweeps every hour until ctx ends.
func (m *Module) Run(ctx context.Context, failed func(error)) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := m.Sweep(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Sweep ends uploads whose time is over, forgets what arrived of them, and makes files of those that
// arrived whole just before a stop. The file of an unused upload stays in the store: another may have
// sent the same, and only who knows all references may remove it.
func (m *Module) Sweep(ctx context.Context) error {
	var ended []uuid.UUID
	var whole []Upload
	err := m.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			update file.upload set status = 'expired', hash = null, holder = null, held_until = null
			 where status in ('arriving', 'kept') and used_by is null and expires_at <= $1
			   and (held_until is null or held_until <= $1) returning id`, m.now())
		if err != nil {
			return err
		}
		if ended, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID]); err != nil {
			return err
		}
		rows, err = tx.Query(ctx, `
			select `+columns+` from file.upload where status = 'arriving' and received = size and (held_until is null or held_until <= $1)`, m.now())
		if err != nil {
			return err
		}
		whole, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Upload, error) { return scanUpload(row) })
		return err
	})
	if err != nil {
		return fmt.Errorf("sweep uploads: %w", err)
	}
	var failures []error
	for _, id := range ended {
		failures = append(failures, m.files.Unstage(ctx, id.String()))
	}
	for _, u := range whole {
		if _, err := m.keep(ctx, u); err != nil && u.State == Arriving {
			failures = append(failures, unlessRefused(err))
		}
	}
	return errors.Join(failures...)
}
