package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections"
)

// Row-level security of everything this program reads, from the catalogue: a table that a module adds
// is looked at here without anybody naming it. Each way around it is then opened on purpose.
func TestNoWayAroundTheSecondWallStandsInTheCatalogue(t *testing.T) {
	ctx := context.Background()
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(ctx, db, categories()...)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	runner, err := projections.New(db, log, views()...)
	if err != nil {
		t.Fatal(err)
	}
	if err := runner.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	admin, err := pgx.Connect(ctx, dbtest.AdminURL(t, db.Config()))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(ctx)
	for _, found := range holesWith(t, admin, "") {
		t.Error(found)
	}
	for _, name := range tablesOfUnits(t, admin) {
		own := strings.HasPrefix(name, "search_line_g") || strings.HasPrefix(name, "inbox_line_g") // the views' own memory, which nobody else reads
		if policies := policiesFor(t, admin, name); (policies == 0) != own {
			t.Errorf("read.%s has rows of units and %d policies", name, policies)
		}
	}
	line := liveTable(t, admin, "finance_line")
	for what, sql := range map[string]string{
		"row security is off: read." + line:                                `alter table read.` + line + ` disable row level security`,
		"does not hold for the owner of what people read: read." + line:    `alter table read.` + line + ` no force row level security`,
		"without regard to the unit: read." + line:                         `create policy planted on read.` + line + ` for select using (nullif(current_setting('diwan.actor', true), '') is not null)`,
		"shows everything to whoever is not named: read." + line:           `create policy planted on read.` + line + ` for select using (true)`,
		"shows everything to whoever is not named: desk.draft":             `create policy planted on desk.draft for select to diwan_app using (version > 0)`,
		"not PostgreSQL's own: " + line:                                    `create function es.planted(text) returns bool language sql as 'select true'; create policy planted on read.` + line + ` for select using (es.planted(unit) and current_setting('diwan.scope', true) <> '')`,
		"a view reads with its owner's rights: read.planted":               `create view read.planted as select * from read.` + line,
		"a view reads with its owner's rights: read.finance_line":          `create or replace view read.finance_line with (security_invoker = false) as select * from read.` + line,
		"a materialised view":                                              `create materialized view read.planted as select * from read.` + line,
		"not in definers.txt: es.planted":                                  `create function es.planted() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1'; revoke all on function es.planted() from public`,
		"finds names where its caller says: es.append":                     `do $$ declare f text; begin select oid::regprocedure into f from pg_proc where proname = 'append' and pronamespace = 'es'::regnamespace; execute 'alter function ' || f || ' reset search_path'; end $$`,
		"everybody may call a function with its owner's rights: es.seal":   `do $$ declare f text; begin select oid::regprocedure into f from pg_proc where proname = 'seal' and pronamespace = 'es'::regnamespace; execute 'grant execute on function ' || f || ' to public'; end $$`,
		"said not to leak: es.planted":                                     `create function es.planted() returns int language sql leakproof as 'select 1'`,
		"stronger than it needs: diwan_app":                                `alter role diwan_app bypassrls`,
		"is a member of another: diwan_projector":                          `grant diwan_projector to diwan_app`,
		"owns something: read.planted":                                     `create table read.planted (a int); alter table read.planted enable row level security; alter table read.planted owner to diwan_app`,
		"may create: in read":                                              `grant create on schema read to diwan_app`,
		"may create: in the database":                                      `do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$`,
		"may empty a table, refer to it or put triggers on it: read.":      `grant truncate on read.` + line + ` to diwan_app`,
		"put triggers on it: desk.draft":                                   `grant references on desk.draft to diwan_app`,
		"writes what people read: read." + line:                            `grant update on read.` + line + ` to diwan_app`,
		"everybody has a right to a table: read." + line:                   `grant select on read.` + line + ` to public`,
		"a foreign key looks past the policies":                            `create table read.planted (n int primary key); create table read.other (n int references read.planted)`,
		"a unique key tells of rows that are hidden: desk.saved_view":      `create unique index planted on desk.saved_view (name)`,
		"a trigger or a rule works on what people read: " + line:           `create rule planted as on update to read.` + line + ` do instead nothing`,
		"turns row security or the search path another way: diwan_app":     `alter role diwan_app set row_security = off`,
		"a policy shows everything to whoever is not named: file.job: all": `create policy "all" on file.job using (owner <> '')`,
	} {
		if found := holesWith(t, admin, sql); !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, what) }) {
			t.Errorf("planted and not found: %s\nfound: %q", what, found)
		}
	}
}

// holesWith looks for holes after something was done, which is then undone.
func holesWith(t *testing.T, admin *pgx.Conn, sql string) (found []string) {
	t.Helper()
	ctx := context.Background()
	tx, err := admin.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // nothing of it stays
	if _, err := tx.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if found, err = database.Holes(ctx, tx); err != nil {
		t.Fatal(err)
	}
	return found
}

// liveTable is the table behind a name that people read.
func liveTable(t *testing.T, admin *pgx.Conn, name string) (table string) {
	t.Helper()
	err := admin.QueryRow(context.Background(), `select relname from pg_class where relnamespace = 'read'::regnamespace and relkind = 'r' and relname ~ ('^' || $1 || '_g[0-9]+$')`, name).Scan(&table)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// tablesOfUnits are the tables of read that say which unit a row belongs to, and that a name readers use
// points to.
func tablesOfUnits(t *testing.T, admin *pgx.Conn) []string {
	t.Helper()
	rows, err := admin.Query(context.Background(), `
		select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'unit' and not a.attisdropped
		 where c.relnamespace = 'read'::regnamespace and c.relkind = 'r' and has_table_privilege('diwan_app', c.oid, 'select')`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 15 {
		t.Fatalf("%d tables have rows of units: %v", len(names), names)
	}
	return names
}

func policiesFor(t *testing.T, admin *pgx.Conn, table string) (n int) {
	t.Helper()
	err := admin.QueryRow(context.Background(), `select count(*) from pg_policy where polrelid = ('read.' || $1)::regclass and (polroles = '{0}' or 'diwan_app'::regrole = any (polroles))`, table).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
