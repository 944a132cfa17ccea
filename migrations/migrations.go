// Package migrations brings a database to the shape this program needs. Migrations are forward
// only; each file is one transaction, so a run that is killed leaves the last whole step behind it.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"diwan/faultpoint"
)

//go:embed *.sql
var files embed.FS

//go:embed setup/roles.sql
var roles string

// Roles is the SQL that a superuser runs once for each server: it creates the three login roles.
// Running it again changes nothing.
func Roles() string { return roles }

// Up applies what is missing as the owner and tells progress one line a migration. Two programs that
// migrate at once take turns.
func Up(ctx context.Context, ownerURL string, progress func(string)) error {
	provider, err := open(ownerURL, files)
	if err != nil {
		return err
	}
	defer provider.Close()
	for {
		faultpoint.Reached(faultpoint.MigrateStatement)
		result, err := provider.UpByOne(ctx)
		if err == goose.ErrNoNextVersion {
			return nil
		}
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		if progress != nil {
			progress(fmt.Sprintf("%s (%d ms)", path.Base(result.Source.Path), result.Duration.Milliseconds()))
		}
	}
}

// State returns the newest migration of the database and the newest this program knows.
func State(ctx context.Context, ownerURL string) (applied, known int64, err error) {
	provider, err := open(ownerURL, files)
	if err != nil {
		return 0, 0, err
	}
	defer provider.Close()
	if applied, known, err = provider.GetVersions(ctx); err != nil {
		return 0, 0, fmt.Errorf("read migration state: %w", err)
	}
	return applied, known, nil
}

func open(ownerURL string, from fs.FS) (*goose.Provider, error) {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	config.RuntimeParams["application_name"] = "diwan migrate"
	var db *sql.DB = stdlib.OpenDB(*config)
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, from, goose.WithSessionLocker(locker))
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return provider, nil
}
