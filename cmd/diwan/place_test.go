package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A private database is started when it is down and left as found; only root may enter this home,
// and PostgreSQL does not run as root.
func TestMigrateLeavesThePrivateDatabaseAsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: starts PostgreSQL, which the fast part leaves out")
	}
	home := filepath.Join(t.TempDir(), "بيت ديوان")
	t.Cleanup(func() {
		if elsewhere, err := os.ReadFile(filepath.Join(home, "postgres.place")); err == nil {
			os.RemoveAll(strings.TrimSpace(string(elsewhere)))
		}
	})
	env := map[string]string{"DIWAN_HOME": home}
	for range 2 {
		a := command(t, env, "migrate", "--json")
		if v := oneValue(t, a.out); a.status != exitDone || v["applied"] != v["known"] {
			t.Fatalf("status %d\n%s%s", a.status, a.out, a.err)
		}
		if postgresRuns(home) {
			t.Fatal("PostgreSQL still runs")
		}
	}
}

func TestADatabaseThatIsDownIsStatusThree(t *testing.T) {
	env := map[string]string{"DIWAN_HOME": t.TempDir(), "DIWAN_DATABASE_URL": "postgres://diwan_app@127.0.0.1:1/diwan"}
	for _, args := range [][]string{{"migrate"}} {
		a := command(t, env, append(args, "--json")...)
		oneValue(t, a.out)
		if a.status != exitMissing || strings.Count(a.err, "\n") != 1 {
			t.Errorf("%v: status %d\n%s", args, a.status, a.err)
		}
	}
}

func TestRolesThatHaveNoAddressAreAtTheSamePlace(t *testing.T) {
	s := settings{databaseURL: "postgres://diwan_app:secret@db.example:5433/gov?sslmode=require", ownerURL: "postgres://o@db.example/gov"}
	c, err := s.namedDatabase()
	if err != nil || c.OwnerURL != s.ownerURL || c.ProjectorURL != "postgres://diwan_projector@db.example:5433/gov?sslmode=require" {
		t.Fatalf("%+v %v", c, err)
	}
}
