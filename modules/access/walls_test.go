package access

import (
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
)

// Clearance, the list of those who need to know, and the unit are three walls. Each object of the
// trial lacks one of them for the reader, so each wall holds it back alone; in the statements of lists
// and, without those, in the policies. A wall that is taken out of a policy is found.
func TestEachWallHoldsAlone(t *testing.T) {
	db, ctx := dbtest.New(t), t.Context()
	admin, err := pgx.Connect(ctx, dbtest.AdminURL(t, db.Config()))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(ctx)
	do := func(sql string) {
		t.Helper()
		if _, err := admin.Exec(ctx, sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	do(`create table read.walls (key text primary key, unit text not null, secrecy int not null, readers text[] not null);
		alter table read.walls owner to diwan_projector;
		grant select on read.walls to diwan_app;
		alter table read.walls enable row level security;
		alter table read.walls force row level security;
		insert into read.walls values
		('open', '2501.', 0, '{}'), ('limited', '2501.', 1, '{}'), ('named', '2501.', 2, '{omar}'),
		('not cleared', '2501.', 3, '{omar}'), ('not named', '2501.', 2, '{rana}'), ('named for another', '2501.', 2, '{huda}'), ('elsewhere', '2601.', 0, '{omar}')`)
	all := []string{"elsewhere", "limited", "named", "named for another", "not cleared", "not named", "open"}
	omar := database.Session{Actor: "omar", Scope: []string{"2501."}, Clearance: int(Secret)}
	through := func(s database.Session, where string, args ...any) (keys []string) {
		t.Helper()
		err := db.Read(ctx, s, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, `select key from read.walls where `+where+` order by key`, args...)
			if err != nil {
				return err
			}
			keys, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	policy := func(using string) {
		t.Helper()
		do(`drop policy if exists reading on read.walls; create policy reading on read.walls for select to diwan_app using (` + using + `)`)
	}
	want := []string{"limited", "named", "open"}

	whole := database.Guarded("unit", "secrecy", "readers")
	policy(whole)
	if got := through(omar, "true"); !slices.Equal(got, want) {
		t.Errorf("the policies alone show %q, want %q", got, want)
	}
	for name, s := range map[string]database.Session{
		"nobody": {}, "without a unit": {Actor: "omar", Clearance: 3}, "without a name": {Scope: []string{"2501."}, Clearance: 2},
	} {
		for _, key := range through(s, "true") {
			if key != "open" && key != "limited" || name != "without a name" {
				t.Errorf("%s sees %s", name, key)
			}
		}
	}
	if got := through(database.Session{Actor: "omar", OnBehalfOf: "huda", Scope: []string{"2501."}, Clearance: int(Secret)}, "true"); !slices.Equal(got, []string{"limited", "open"}) {
		t.Errorf("acting for somebody who is not named shows %q", got)
	}
	policy("true") // the statement's own condition alone
	filter := Filter{Scope: omar.Scope, Clearance: Secret, Readers: []string{"omar"}, EmergencyScope: []string{}}
	where, args := filter.Where(1)
	if got := through(omar, where, args...); !slices.Equal(got, want) {
		t.Errorf("the statement alone shows %q, want %q", got, want)
	}
	for wall, planted := range map[string][2]string{
		"clearance":    {"secrecy <= ", "secrecy - 9 <= "},
		"need to know": {"secrecy < 2 or", "secrecy < 9 or"},
	} {
		broken := strings.Replace(whole, planted[0], planted[1], 1)
		if broken == whole {
			t.Fatalf("the policy has no %q: %s", planted[0], whole)
		}
		policy(broken)
		if got := through(omar, "true"); slices.Equal(got, want) {
			t.Errorf("the policy without its wall of %s shows the same", wall)
		}
	}
	policy("true")
	if got := through(omar, "true"); !slices.Equal(got, all) {
		t.Errorf("the trial itself shows %q", got)
	}
}
