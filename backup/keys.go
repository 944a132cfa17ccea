package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore/vault"
	"diwan/migrations"
)

// MaxKeyAge is how long a backup of keys may be kept: what was erased longer ago stays erased even
// for somebody who holds every backup and the master key.
const MaxKeyAge = 30 * 24 * time.Hour

const keysPrefix = "keys-"

// Keys writes the wrapped keys of persons into a new folder under root and removes the folders there
// that are older than MaxKeyAge. root must not lie inside a backup of events.
func Keys(ctx context.Context, db *database.DB, root string, o Options) (dir string, m Manifest, err error) {
	now := o.Now().UTC()
	if err := dropOldKeys(root, now); err != nil {
		return "", m, err
	}
	dir = filepath.Join(root, keysPrefix+now.Format("20060102T150405.000Z"))
	if err := emptyFolder(dir); err != nil {
		return "", m, err
	}
	applied, _, err := migrations.State(ctx, db.Config().OwnerURL)
	if err != nil {
		return "", m, err
	}
	m = Manifest{Kind: kindKeys, Format: Format, Program: o.Program, Migration: applied, CreatedAt: now}
	err = snapshot(ctx, db, func(conn *pgx.Conn, tx pgx.Tx) error {
		t := Table{
			Name: "vault.person_key", File: "vault.person_key.zst",
			Columns: []string{"person", "version", "master", "wrapped", "made_at", "destroyed_at"},
		}
		return m.copyOut(ctx, conn, dir, t, o.Progress)
	})
	if err != nil {
		return "", m, fmt.Errorf("back up the keys: %w", err)
	}
	return dir, m, m.finish(dir)
}

func dropOldKeys(root string, now time.Time) error {
	found, err := filepath.Glob(filepath.Join(root, keysPrefix+"*"))
	if err != nil {
		return fmt.Errorf("look for old backups of keys: %w", err)
	}
	for _, dir := range found {
		at, err := time.Parse("20060102T150405.000Z", strings.TrimPrefix(filepath.Base(dir), keysPrefix))
		if err != nil || now.Sub(at) < MaxKeyAge {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("remove an old backup of keys: %w", err)
		}
	}
	return nil
}

// RestoreKeys brings a backup of keys into a database that has none, and destroys those of the
// forgotten in the same transaction. A backup older than MaxKeyAge is refused.
func RestoreKeys(ctx context.Context, dir, ownerURL string, forgotten vault.Forgotten, now time.Time, progress Progress) (Manifest, error) {
	m, err := check(dir, kindKeys, progress)
	if err != nil {
		return Manifest{}, err
	}
	switch age := now.Sub(m.CreatedAt); {
	case age > MaxKeyAge:
		return Manifest{}, refuse("these keys are %d days old; keys are kept %d days, so that what was erased stays erased", int(age.Hours()/24), int(MaxKeyAge.Hours()/24))
	case len(m.Tables) != 1 || m.Tables[0].Name != "vault.person_key":
		return Manifest{}, refuse("it holds other tables than the keys")
	}
	if err := refuseNewer(ctx, m, ownerURL); err != nil {
		return Manifest{}, err
	}
	gone, err := forgotten.List()
	if err != nil {
		return Manifest{}, err
	}
	if err := migrations.Up(ctx, ownerURL, nil); err != nil {
		return Manifest{}, err
	}
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore the keys: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		var used bool
		if err := tx.QueryRow(ctx, `select exists (select from vault.person_key where wrapped is not null)`).Scan(&used); err != nil {
			return err
		}
		if used {
			return refuse("the database holds keys already")
		}
		if err := m.Tables[0].copyIn(ctx, conn, tx, dir, progress); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `select vault.destroy_keys($1)`, gone)
		return err
	})
	if err != nil {
		return Manifest{}, fmt.Errorf("restore the keys: %w", err)
	}
	return m, nil
}
