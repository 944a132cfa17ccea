package upload

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore/blob"
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
// arrived whole just before a stop. The file of an unused upload leaves the store with it, unless another
// upload has the same or the log refers to it.
func (m *Module) Sweep(ctx context.Context) error {
	var ended []uuid.UUID
	var left []blob.Hash
	var whole []Upload
	err := m.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select distinct hash from file.upload where status = 'kept' and used_by is null and expires_at <= $1
			   and (held_until is null or held_until <= $1)`, m.now())
		if err != nil {
			return err
		}
		var hash []byte
		if _, err = pgx.ForEachRow(rows, []any{&hash}, func() error {
			left = append(left, blob.Hash(hash))
			return nil
		}); err != nil {
			return err
		}
		rows, err = tx.Query(ctx, `
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
	for _, h := range left {
		failures = append(failures, m.forget(ctx, h))
	}
	for _, u := range whole {
		if _, err := m.keep(ctx, u); err != nil && u.State == Arriving {
			failures = append(failures, unlessRefused(err))
		}
	}
	return errors.Join(failures...)
}

// settled is how long nobody may have put a file again that is to be removed: whoever just did is about to
// record it.
const settled = time.Hour

// forget removes a file that was kept for an upload nobody used.
func (m *Module) forget(ctx context.Context, h blob.Hash) error {
	if m.referred == nil {
		return nil
	}
	var another bool
	err := m.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select exists (select from file.upload where hash = $1)`, h[:]).Scan(&another)
	})
	if err != nil || another {
		return err
	}
	if there, err := m.referred(ctx, h); err != nil || there {
		return err
	}
	return m.files.Remove(ctx, h, m.now().Add(-settled))
}
