package search_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/directory"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/projectionstest"
	"diwan/projections/search"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// Bodies, units and posts are found under the names they have on the day of asking: a name that begins
// later is not theirs yet, one that was taken back never becomes theirs, and what has ended is gone.
func TestTheRegistryIsFoundAsItStandsThatDay(t *testing.T) {
	ctx := t.Context()
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(ctx, db, directory.Categories()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	today := time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC)
	m := directory.New(log, uuid.Nil, func() time.Time { return today }, time.UTC)
	if err := m.PublishShipped(ctx); err != nil {
		t.Fatal(err)
	}
	by := directory.Clerk{ID: "registrar", Permissions: directory.Permissions()}
	act := func(r eventstore.Receipt, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r.Events[0].Command.String()
	}
	name := func(en string) kernel.Text { return kernel.Text{Ar: "اسم " + en, En: en} }
	id := uuid.New
	act(m.FoundBody(ctx, by, directory.FoundBody{Command: id(), ID: "state", Code: "jo", Name: name("Kingdom"), Kind: "state", From: "2000-01-01"}))
	act(m.FoundBody(ctx, by, directory.FoundBody{Command: id(), ID: "works", Parent: "state", Code: "2501", Name: name("Works"), Kind: "ministry", Chapter: "2501", From: "2000-01-01"}))
	act(m.FoundUnit(ctx, by, directory.FoundUnit{Command: id(), ID: "roads", Parent: "works", Code: "10", Name: name("Highways"), Level: 3, From: "2000-01-01"}))
	act(m.FoundUnit(ctx, by, directory.FoundUnit{Command: id(), ID: "bridges", Parent: "works", Code: "20", Name: name("Viaducts"), Level: 3, From: "2000-01-01"}))
	act(m.FoundUnit(ctx, by, directory.FoundUnit{Command: id(), ID: "tunnels", Parent: "works", Code: "30", Name: name("Tunnels"), Level: 3, From: "2027-01-01"}))
	act(m.FoundPost(ctx, by, directory.FoundPost{Command: id(), ID: "head", Unit: "roads", Code: "1", Title: name("Surveyor"), From: "2000-01-01"}))
	act(m.RenameUnit(ctx, by, directory.ChangeUnit{Command: id(), ID: "roads", From: "2026-09-01", Name: name("Motorways")}))
	closing := act(m.CloseUnit(ctx, by, directory.ChangeUnit{Command: id(), ID: "bridges", From: "2026-08-01"}))
	renaming := act(m.RenameUnit(ctx, by, directory.ChangeUnit{Command: id(), ID: "works", From: "2026-07-01", Name: name("Infrastructure")}))
	projectionstest.CatchUp(t, db, log, search.View())

	titles := func(day, text string) (all []string) {
		t.Helper()
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		a := projections.Asker{Session: database.Session{Actor: "nour", Scope: []string{""}}, Reach: map[string][]string{"signed_in": {""}}}
		groups, err := search.New(db).At(func() time.Time { return at }, time.UTC).Find(ctx, a, text, nil, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			for _, h := range g.Hits {
				if h.Why != search.BySpelling {
					all = append(all, h.ID+" "+h.Title.En)
				}
			}
		}
		slices.Sort(all)
		return all
	}
	check := func(day, text string, want ...string) {
		t.Helper()
		if got := titles(day, text); !slices.Equal(got, want) {
			t.Errorf("on %s %q finds %q, want %q", day, text, got, want)
		}
	}
	check("2026-06-15", "highways", "unit:roads Highways")
	check("2026-06-15", "motorways")
	check("2026-09-01", "motorways", "unit:roads Motorways")
	check("2026-09-01", "highways", "unit:roads Motorways") // its name before still finds it
	check("2026-07-31", "viaducts", "unit:bridges Viaducts")
	check("2026-08-01", "viaducts")
	check("2026-12-31", "tunnels")
	check("2027-01-01", "tunnels", "unit:tunnels Tunnels")
	check("2026-07-02", "infrastructure", "body:works Infrastructure")
	check("2026-06-15", "surveyor", "post:head Surveyor")

	act(m.WithdrawAct(ctx, by, directory.WithdrawAct{Command: id(), Act: closing, Reason: "postponed"}))
	act(m.WithdrawAct(ctx, by, directory.WithdrawAct{Command: id(), Act: renaming, Reason: "postponed"}))
	projectionstest.CatchUp(t, db, log, search.View())
	check("2026-08-01", "viaducts", "unit:bridges Viaducts")
	check("2026-07-02", "infrastructure")
	check("2026-07-02", "works", "body:works Works")
	projectionstest.Equal(t, db, log, search.View()) // however the log is cut
}
