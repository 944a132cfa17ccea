package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"diwan/database"
	"diwan/migrations"
	"diwan/web"
)

// finding is one thing the doctor looked at. A fix is a line to run, or what to do.
type finding struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
	Fix    string `json:"fix,omitempty"`
}

// doctorCommand says what is missing or wrong, and the line that repairs it.
func doctorCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what is missing or wrong here, and the line that repairs it",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := readSettings(t.env)
			if err != nil {
				return err
			}
			found := examine(c.Context(), t, s)
			well := true
			for _, f := range found {
				well = well && f.OK
			}
			t.answer(map[string]any{"ok": well, "findings": found}, func(w io.Writer) {
				for _, f := range found {
					mark := "ok     "
					if !f.OK {
						mark = "wrong  "
					}
					fmt.Fprintf(w, "%s%-18s %s\n", mark, f.Name, f.Detail)
					if f.Fix != "" {
						fmt.Fprintf(w, "       %-18s %s\n", "", f.Fix)
					}
				}
			})
			if !well {
				return missing(nil, "Something is missing or wrong; the lines above say how to repair it")
			}
			return nil
		},
	}
}

// examine looks at everything; what cannot be looked at because of an earlier finding is left out.
func examine(ctx context.Context, t *terminal, s settings) []finding {
	found := []finding{examineHome(s), examineApp(), examineFiles(ctx, s), examinePrinter(t)}
	p, err := reach(ctx, t, s)
	if err != nil {
		return append(found, finding{Name: "database", Detail: oneLine(err.Error()), Fix: fixFor(s)})
	}
	defer p.leave() //nolint:errcheck // a doctor only looks
	db, err := database.Open(ctx, p.config)
	if err != nil {
		return append(found, finding{Name: "database", Detail: oneLine(err.Error()), Fix: fixFor(s)})
	}
	defer db.Close()
	found = append(found, examineServer(ctx, db)...)
	applied, known, err := migrations.State(ctx, p.config.OwnerURL)
	switch {
	case err != nil:
		found = append(found, finding{Name: "migrations", Detail: oneLine(err.Error()), Fix: "set DIWAN_OWNER_URL to the owner of the log's tables"})
	case applied < known:
		found = append(found, finding{Name: "migrations", Detail: fmt.Sprintf("the database is at %d, this program needs %d", applied, known), Fix: "diwan migrate"})
	case applied > known:
		found = append(found, finding{Name: "migrations", Detail: fmt.Sprintf("the database is at %d, this program knows only %d", applied, known), Fix: "install the newer Diwan that migrated it"})
	default:
		found = append(found, finding{Name: "migrations", OK: true, Detail: fmt.Sprintf("at %d", applied)})
		found = append(found, examineRights(ctx, db), examineWalls(ctx, db), examineReferences(ctx, db, s))
	}
	return found
}

// fixFor is what brings a database that does not answer.
func fixFor(s settings) string {
	if s.databaseURL != "" {
		return "start the server that DIWAN_DATABASE_URL names, or correct the address"
	}
	return "apt-get install postgresql"
}

func examineHome(s settings) finding {
	f := finding{Name: "home", Detail: s.home}
	if err := os.MkdirAll(s.home, 0o755); err != nil {
		f.Detail, f.Fix = oneLine(err.Error()), "set DIWAN_HOME to a folder that may be written"
		return f
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(s.home, &disk); err != nil {
		f.Detail = oneLine(err.Error())
		return f
	}
	free := disk.Bavail * uint64(disk.Bsize) >> 20
	f.OK = free >= 1024
	f.Detail = fmt.Sprintf("%s, %d MiB free", s.home, free)
	if !f.OK {
		f.Fix = "make room: Diwan wants 1024 MiB free"
	}
	return f
}

func examineApp() finding {
	if _, built := web.Files(); !built {
		return finding{Name: "staff app", Detail: "not inside this program", Fix: "make build"}
	}
	return finding{Name: "staff app", OK: true, Detail: "inside this program"}
}

// examineServer checks what durability rests on.
func examineServer(ctx context.Context, db *database.DB) []finding {
	var version int
	var name, fsync, pages, commit string
	err := db.Read(ctx, database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			select current_setting('server_version_num')::int / 10000, current_setting('server_version'),
			       current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')`,
		).Scan(&version, &name, &fsync, &pages, &commit)
	})
	if err != nil {
		return []finding{{Name: "database", Detail: oneLine(err.Error())}}
	}
	found := []finding{{Name: "database", OK: version >= 15, Detail: "PostgreSQL " + name}}
	if version < 15 {
		found[0].Fix = "move to PostgreSQL 15 or newer"
	}
	durable := finding{Name: "durability", OK: true, Detail: "what is acknowledged is on disk"}
	for _, setting := range []struct{ name, value string }{{"fsync", fsync}, {"full_page_writes", pages}, {"synchronous_commit", commit}} {
		if setting.value == "off" {
			durable = finding{
				Name: "durability", Detail: setting.name + " is off: a power cut loses what was acknowledged",
				Fix: "alter system set " + setting.name + " = on; select pg_reload_conf();",
			}
		}
	}
	return append(found, durable)
}

// examineRights checks that the role that serves cannot change the past.
func examineRights(ctx context.Context, db *database.DB) finding {
	f := finding{Name: "rights", OK: true, Detail: "the role that serves cannot change an event"}
	var role string
	var super, writes bool
	err := db.Read(ctx, database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			select current_user, rolsuper, has_table_privilege('es.event', 'insert, update, delete, truncate')
			  from pg_roles where rolname = current_user`).Scan(&role, &super, &writes)
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
	case err != nil:
		return finding{Name: f.Name, Detail: oneLine(err.Error())}
	case super || writes:
		f.OK, f.Detail = false, fmt.Sprintf("the role %s, as which Diwan serves, can change events", role)
		f.Fix = "let DIWAN_DATABASE_URL name the role diwan_app (diwan migrate --roles)"
	}
	return f
}
