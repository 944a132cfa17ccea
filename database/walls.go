package database

import (
	"context"
	_ "embed" // definers.txt
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// The second wall fails silently in many ways: a view that reads with its owner's rights, a table whose
// owner is not held by its policies, a function that runs as somebody else. Every one of them stands
// in the catalogue of the database, and Holes looks there.

//go:embed definers.txt
var definers string

// Definers names the functions that run with their owner's rights, each on purpose.
func Definers() []string { return strings.Fields(definers) }

// guarded are the schemas whose rows are somebody's. The log itself is not among them: whoever reads
// it is the program.
const guarded = `('read', 'signin', 'file', 'desk')`

// foreign are the schemas that are not PostgreSQL's own.
const foreign = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'`

// hole is one way around the second wall: a query that names every object that stands open.
type hole struct{ what, sql string }

// liveRead are the tables that the names readers use point to.
const liveRead = `select c.oid, c.relname, c.relforcerowsecurity from es.projection p, unnest(p.tables) t,
	pg_class c where p.status = 'live' and c.relnamespace = 'read'::regnamespace and c.relname = t || '_g' || p.generation`

func holes() []hole {
	return []hole{
		{"row security is off", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname in ` + guarded},
		{
			"row security does not hold for the owner of what people read",
			`select 'read.' || relname from (` + liveRead + `) live where not relforcerowsecurity`,
		},
		{"rows of a unit are shown without regard to the unit", `select 'read.' || c.relname || ': ' || p.polname
			from pg_policy p join pg_class c on c.oid = p.polrelid
			where c.relnamespace = 'read'::regnamespace and p.polpermissive and p.polcmd in ('r', '*') and (p.polroles = '{0}' or 'diwan_app'::regrole = any (p.polroles))
			  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'unit' and not a.attisdropped)
			  and (pg_get_expr(p.polqual, p.polrelid) !~ '\munit\M' or pg_get_expr(p.polqual, p.polrelid) !~ 'diwan\.scope')`},
		{"a policy shows everything to whoever is not named", `select n.nspname || '.' || c.relname || ': ' || p.polname
			from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
			where n.nspname in ` + guarded + ` and p.polpermissive and (p.polroles = '{0}' or 'diwan_app'::regrole = any (p.polroles))
			  and pg_get_expr(p.polqual, p.polrelid) !~ 'current_setting|EXISTS'`},
		{"a policy calls a function that is not PostgreSQL's own", `select c.relname || ': ' || p.polname || ' calls ' || d.refobjid::regprocedure
			from pg_policy p join pg_class c on c.oid = p.polrelid
			join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass`},
		{"a view reads with its owner's rights", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind = 'v' and ` + foreign + ` and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)`},
		{"a materialised view keeps rows that no policy holds", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind = 'm' and ` + foreign},
		{"a function runs with its owner's rights and is not in definers.txt", `select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			where p.prosecdef and ` + foreign + ` and not n.nspname || '.' || p.proname = any ($1::text[])`},
		{"a function with its owner's rights finds names where its caller says", `select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			where p.prosecdef and ` + foreign + ` and not coalesce('search_path=pg_catalog, pg_temp' = any (p.proconfig), false)`},
		{"everybody may call a function with its owner's rights", `select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			where p.prosecdef and ` + foreign + ` and has_function_privilege('public', p.oid, 'execute')`},
		{"a function is said not to leak", `select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			where p.proleakproof and ` + foreign},
		{"a role is stronger than it needs", `select rolname::text from pg_roles where rolname like 'diwan%'
			and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`},
		{"the role that serves is a member of another", `select roleid::regrole::text from pg_auth_members where member = 'diwan_app'::regrole`},
		{"the role that serves owns something", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relowner = 'diwan_app'::regrole
			union all select p.oid::regprocedure::text from pg_proc p where p.proowner = 'diwan_app'::regrole
			union all select 'schema ' || n.nspname from pg_namespace n where n.nspowner = 'diwan_app'::regrole`},
		{"the role that serves may create", `select 'in ' || n.nspname from pg_namespace n where ` + foreign + ` and has_schema_privilege('diwan_app', n.oid, 'create')
			union all select 'in the database' from pg_database where datname = current_database() and has_database_privilege('diwan_app', oid, 'create, temporary')`},
		{"the role that serves may empty a table, refer to it or put triggers on it", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p', 'v') and ` + foreign + ` and has_table_privilege('diwan_app', c.oid, 'truncate, references, trigger')`},
		{"the role that serves writes what people read", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = 'read' and has_table_privilege('diwan_app', c.oid, 'insert, update, delete')`},
		{"everybody has a right to a table", `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
			where a.grantee = 0 and ` + foreign},
		{"a foreign key looks past the policies", `select conrelid::regclass::text || ': ' || conname from pg_constraint
			where contype = 'f' and connamespace = 'read'::regnamespace`},
		{"a unique key tells of rows that are hidden", `select n.nspname || '.' || c.relname || ': ' || i.indexrelid::regclass::text
			from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
			where i.indisunique and n.nspname in ('file', 'desk') and has_table_privilege('diwan_app', c.oid, 'insert, update')
			  and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = any (i.indkey) and (a.attname = 'owner' or a.atttypid = 'uuid'::regtype))`},
		{"a trigger or a rule works on what people read", `select c.relname || ': ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
			where not t.tgisinternal and c.relnamespace = 'read'::regnamespace
			union all select c.relname || ': ' || r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
			where c.relnamespace = 'read'::regnamespace and c.relkind in ('r', 'p')`},
		{"a role turns row security or the search path another way", `select coalesce(s.setrole::regrole::text, 'all') || ': ' || v from pg_db_role_setting s, unnest(s.setconfig) v
			where v ~ '^(row_security|search_path|session_preload_libraries|local_preload_libraries|diwan\.)'`},
	}
}

// Holes tells what stands open in the second wall, one sentence a finding; none is well.
func Holes(ctx context.Context, tx pgx.Tx) ([]string, error) {
	var found []string
	for _, h := range holes() {
		var args []any
		if strings.Contains(h.sql, "$1") {
			args = append(args, Definers())
		}
		rows, err := tx.Query(ctx, h.sql+" order by 1", args...)
		if err != nil {
			return nil, fmt.Errorf("look whether %s: %w", h.what, err)
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return nil, fmt.Errorf("look whether %s: %w", h.what, err)
		}
		for _, name := range names {
			found = append(found, h.what+": "+name)
		}
	}
	return found, nil
}
