package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/blob"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/faultpoint"
	"diwan/migrations"
)

// caches are rebuilt after a restore and not backed up; nor are sign-ins that stand: after a restore
// everybody signs in again.
var caches = []string{"es.snapshot", "es.projection", "signin.session", "signin.attempt", "signin.used"}

// Options of a backup.
type Options struct {
	Program  string                 // version of this program, for the manifest
	Public   []checkpoint.PublicKey // every key that ever signed the log, so that a new machine can check it
	Files    blob.Store             // that events refer to; nil = the backup holds none
	Now      func() time.Time
	Progress Progress // may be nil
}

// Backup writes the event database, as it is at this moment, into dir, which must be new or empty. The
// log goes on meanwhile. Keys of persons are not in it: see Keys.
func Backup(ctx context.Context, db *database.DB, dir string, o Options) (Manifest, error) {
	if err := emptyFolder(dir); err != nil {
		return Manifest{}, err
	}
	applied, _, err := migrations.State(ctx, db.Config().OwnerURL)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Kind: kindEvents, Format: Format, Program: o.Program, Migration: applied, CreatedAt: o.Now().UTC()}
	for _, k := range o.Public {
		m.Public = append(m.Public, k.String())
	}
	err = snapshot(ctx, db, func(conn *pgx.Conn, tx pgx.Tx) error {
		if err := m.lanes(ctx, tx); err != nil {
			return err
		}
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if err := m.copyOut(ctx, conn, dir, t, o.Progress); err != nil {
				return err
			}
		}
		return tx.QueryRow(ctx, `show server_version`).Scan(&m.Server)
	})
	if err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	if o.Files != nil { // after the log: a file is kept before an event refers to it
		if err := m.copyFilesOut(ctx, o.Files, dir, o.Progress); err != nil {
			return Manifest{}, fmt.Errorf("back up the files: %w", err)
		}
	}
	return m, m.finish(dir)
}

// snapshot runs do in one read-only transaction that sees one moment of the database throughout.
func snapshot(ctx context.Context, db *database.DB, do func(*pgx.Conn, pgx.Tx) error) error {
	conn, err := db.Connect(ctx, database.Session{Actor: database.System.Actor, Purpose: "backup"}) // sign-in's tables show themselves to a backup
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	return errors.Join(do(conn, tx), tx.Rollback(context.WithoutCancel(ctx)))
}

// lanes notes size, epoch and root of every lane.
func (m *Manifest) lanes(ctx context.Context, tx pgx.Tx) error {
	book := seal.Within(tx)
	for _, lane := range eventstore.Lanes {
		_, epoch, err := book.Head(ctx, lane)
		if err != nil {
			return err
		}
		size, root, err := seal.RootOf(ctx, book, lane)
		if err != nil {
			return err
		}
		m.Lanes = append(m.Lanes, Lane{Lane: lane.String(), Epoch: epoch, Size: size, Root: root.String()})
	}
	return nil
}

// tablesOf lists every table that holds something of its own: all but read tables, keys and caches.
func tablesOf(ctx context.Context, tx pgx.Tx) ([]Table, error) {
	rows, err := tx.Query(ctx, `
		select n.nspname || '.' || c.relname,
		       array(select a.attname::text from pg_attribute a
		              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum)
		  from pg_class c join pg_namespace n on n.oid = c.relnamespace
		 where c.relkind in ('r', 'p') and not c.relispartition
		   and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'read', 'vault')
		   and n.nspname || '.' || c.relname <> all($1)
		 order by n.nspname <> 'es', c.relname <> 'log', 1`, caches)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Table, error) {
		var t Table
		err := row.Scan(&t.Name, &t.Columns)
		t.File = t.Name + ".zst"
		return t, err
	})
}

func (m *Manifest) copyOut(ctx context.Context, conn *pgx.Conn, dir string, t Table, progress Progress) error {
	file, err := createFile(filepath.Join(dir, t.File), func(rows int64) { progress.say("writing "+t.Name, rows, 0) })
	if err != nil {
		return err
	}
	tag, err := conn.PgConn().CopyTo(ctx, file, `copy (select `+t.columnList()+` from `+quoted(t.Name)+`) to stdout`)
	if err := errors.Join(err, file.finish(&t)); err != nil {
		return fmt.Errorf("copy %s: %w", t.Name, err)
	}
	if tag.RowsAffected() != t.Rows {
		return fmt.Errorf("copy %s: %d rows came, %d were written", t.Name, tag.RowsAffected(), t.Rows)
	}
	faultpoint.Reached(faultpoint.BackupMid)
	progress.say("wrote "+t.Name, t.Rows, t.Rows)
	m.Tables = append(m.Tables, t)
	return nil
}

func (t Table) columnList() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = pgx.Identifier{c}.Sanitize()
	}
	return strings.Join(names, ", ")
}

// belongs tells whether a table may be part of a backup of events.
func (t Table) belongs() bool {
	schema, _, found := strings.Cut(t.Name, ".")
	return found && !strings.HasPrefix(schema, "pg_") && schema != "information_schema" && schema != "public" && schema != "read" && schema != "vault"
}

func quoted(table string) string { return pgx.Identifier(strings.SplitN(table, ".", 2)).Sanitize() }

func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the backup's folder: %w", err)
	}
	present, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look into the backup's folder: %w", err)
	}
	if len(present) > 0 {
		return fmt.Errorf("%s is not empty: a backup goes into a new folder", dir)
	}
	return nil
}
