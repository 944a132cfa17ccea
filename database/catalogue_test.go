package database_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"diwan/database"
	"diwan/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func list(t *testing.T, conn *pgx.Conn, sql string, args ...any) []string {
	t.Helper()
	rows, err := conn.Query(context.Background(), sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Every function that runs with its owner's rights is named in definers.txt and has a fixed path.
func TestFunctionsWithTheOwnersRightsAreListed(t *testing.T) {
	config := dbtest.NewConfig(t)
	owner := connect(t, config.OwnerURL)
	text, err := os.ReadFile("definers.txt")
	if err != nil {
		t.Fatal(err)
	}
	const definers = `select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') order by 1`
	want := strings.Fields(string(text))
	if got := list(t, owner, definers); !slices.Equal(got, want) {
		t.Errorf("the database has the definer functions\n%v\nand definers.txt lists\n%v", got, want)
	}
	const loose = `select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
		and not coalesce('search_path=pg_catalog, pg_temp' = any(p.proconfig), false)`
	if got := list(t, owner, loose); len(got) > 0 {
		t.Errorf("definer functions without a fixed search_path: %v", got)
	}
	const open = `select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('es', 'read', 'vault') and has_function_privilege('public', p.oid, 'execute') and p.prosecdef`
	if got := list(t, owner, open); len(got) > 0 {
		t.Errorf("everybody may call %v", got)
	}
	if _, err := owner.Exec(context.Background(), `create function es.planted() returns int language sql security definer as 'select 1'`); err != nil {
		t.Fatal(err)
	}
	if len(list(t, owner, definers)) == len(want) || len(list(t, owner, loose)) != 1 || len(list(t, owner, open)) != 1 {
		t.Error("the planted function was not found")
	}
}

func TestRunningRolesOwnNothingOfTheLog(t *testing.T) {
	config := dbtest.NewConfig(t)
	owner := connect(t, config.OwnerURL)
	const owned = `select c.relname::text from pg_class c where pg_get_userbyid(c.relowner) = 'diwan_app'
		union all select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = 'es' and pg_get_userbyid(c.relowner) <> 'diwan_owner'`
	if got := list(t, owner, owned); len(got) > 0 {
		t.Errorf("owned by a running role: %v", got)
	}
	const strong = `select rolname::text from pg_roles where rolname like 'diwan%'
		and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`
	if got := list(t, owner, strong); len(got) > 0 {
		t.Errorf("roles with more than they need: %v", got)
	}
	const create = `select r || ' in ' || n.nspname from unnest(array['diwan_app', 'diwan_projector']) r, pg_namespace n
		where n.nspname !~ '^pg_' and has_schema_privilege(r, n.oid, 'create') and not (r = 'diwan_projector' and n.nspname = 'read')`
	if got := list(t, owner, create); len(got) > 0 {
		t.Errorf("may create objects: %v", got)
	}
}

func TestRunningRolesCannotTouchAnEvent(t *testing.T) {
	config := dbtest.NewConfig(t)
	tables := list(t, connect(t, config.OwnerURL), `select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = 'es' and c.relkind in ('r', 'p') and c.relname in
		('event', 'event_main', 'event_access', 'frame', 'stream', 'command', 'log', 'snapshot') order by 1`)
	if len(tables) != 8 {
		t.Fatalf("the log has the tables %v", tables)
	}
	for role, url := range map[string]string{"diwan_app": config.URL, "diwan_projector": config.ProjectorURL} {
		conn := connect(t, url)
		refused := func(sql string) {
			t.Helper()
			_, err := conn.Exec(context.Background(), sql)
			var pg *pgconn.PgError
			if !errors.As(err, &pg) || pg.Code != "42501" {
				t.Errorf("%s: %s was not refused for want of permission: %v", role, sql, err)
			}
		}
		for _, table := range tables {
			refused("delete from es." + table)
			refused("truncate es." + table)
			refused("insert into es." + table + " default values")
			refused("create rule r as on update to es." + table + " do instead nothing")
			refused("alter table es." + table + " disable trigger all")
			refused("drop table es." + table)
		}
		refused("update es.event set actor = 'x'")
		refused("update es.event_main set data = '{}'")
		refused("update es.log set epoch = 9")
		refused("update es.frame set raw = ''")
		refused("create table es.mine ()")
		refused("create table public.mine ()")
		refused("create temporary table mine ()")
		refused("create schema mine")
		refused("set role diwan_owner")
	}
}

func TestEveryTransactionCarriesItsSession(t *testing.T) {
	db := dbtest.New(t)
	ctx := context.Background()
	s := database.Session{Actor: `rana o'neill \ "x"`, OnBehalfOf: "هدى", Scope: []string{"amman/roads", `a,"b"\`}, Clearance: 3, Purpose: "payroll"}
	show := func(tx pgx.Tx) (actor, behalf, purpose string, clearance int, scope []string) {
		err := tx.QueryRow(ctx, `select current_setting('diwan.actor'), current_setting('diwan.on_behalf_of'), current_setting('diwan.purpose'),
			current_setting('diwan.clearance')::int, current_setting('diwan.scope')::text[]`).Scan(&actor, &behalf, &purpose, &clearance, &scope)
		if err != nil {
			t.Error(err)
		}
		return
	}
	for name, open := range map[string]func(context.Context, database.Session, func(pgx.Tx) error) error{"read": db.Read, "write": db.Write} {
		err := open(ctx, s, func(tx pgx.Tx) error {
			actor, behalf, purpose, clearance, scope := show(tx)
			if actor != s.Actor || behalf != s.OnBehalfOf || purpose != s.Purpose || clearance != 3 || !slices.Equal(scope, s.Scope) {
				t.Errorf("%s sees %q %q %q %d %q", name, actor, behalf, purpose, clearance, scope)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := open(ctx, database.System, func(tx pgx.Tx) error {
			if actor, _, _, _, scope := show(tx); actor != "system" || len(scope) != 0 {
				t.Errorf("the session before was left behind: %q %q", actor, scope)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Read(ctx, database.Session{Actor: "a\x00b"}, func(pgx.Tx) error { return nil }); err == nil {
		t.Error("a zero byte in a session was taken")
	}
}
