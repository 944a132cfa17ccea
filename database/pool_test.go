package database_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
)

// callers is far more than there are connections, so that every one of them is handed on all the time.
const callers = 64

// reads is how often each caller reads.
func reads() int {
	if os.Getenv("DIWAN_SOAK") != "" {
		return 100_000 / callers
	}
	return 40
}

// shelf makes a table whose rows belong to two bodies, under the second wall alone.
func shelf(t *testing.T, config database.Config) {
	t.Helper()
	projector := connect(t, config.ProjectorURL)
	if _, err := projector.Exec(context.Background(), `
		create table read.trial (unit text not null);
		insert into read.trial select case when n % 2 = 0 then '2501.' else '2601.' end from generate_series(1, 20) n;
		create policy reading on read.trial for select to diwan_app using (`+database.InScope("unit")+`);
		alter table read.trial enable row level security;
		alter table read.trial force row level security;
		grant select on read.trial to diwan_app`); err != nil {
		t.Fatal(err)
	}
}

// person is who a caller acts for: one half belongs to each body, and one in eight to nobody.
func person(n int) (s database.Session, own string) {
	if n%8 == 7 {
		return database.Session{}, ""
	}
	own = []string{"2501.", "2601."}[n%2]
	return database.Session{Actor: fmt.Sprint("person", n), Scope: []string{own}, Clearance: n % 4, Purpose: fmt.Sprint("purpose", n)}, own
}

var errPlanned = errors.New("planned")

// foreign lets many people read at once through few connections, while some give up in the middle,
// some fail and some panic. It tells every setting or row that was somebody else's.
func foreign(t *testing.T, db *database.DB, do func(context.Context, database.Session, func(pgx.Tx) error) error) []string {
	t.Helper()
	var mu sync.Mutex
	var found []string
	told := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		found = append(found, fmt.Sprintf(format, args...))
	}
	var wait sync.WaitGroup
	for n := range callers {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), 1))
			s, own := person(n)
			for range reads() {
				ctx, cancel := context.WithCancel(context.Background())
				one(ctx, do, s, r, cancel, func(actor, purpose string, clearance int, units []string) {
					if actor != s.Actor || purpose != s.Purpose || clearance != s.Clearance {
						told("%q with %d for %q acts as %q with %d for %q", s.Actor, s.Clearance, s.Purpose, actor, clearance, purpose)
					}
					for _, unit := range units {
						if unit != own {
							told("%q of %q sees a row of %q", s.Actor, own, unit)
						}
					}
					if own != "" && len(units) != 10 {
						told("%q sees %d of 10 rows", s.Actor, len(units))
					}
				})
				cancel()
			}
		})
	}
	wait.Wait()
	return found
}

// one is a transaction that may end in any way.
func one(ctx context.Context, do func(context.Context, database.Session, func(pgx.Tx) error) error, s database.Session, r *rand.Rand, cancel func(), look func(actor, purpose string, clearance int, units []string)) {
	way := r.IntN(40)
	defer func() { _ = recover() }()       // the planned panic
	_ = do(ctx, s, func(tx pgx.Tx) error { // how it ends does not matter here
		if way == 0 {
			time.AfterFunc(time.Duration(r.IntN(500))*time.Microsecond, cancel)
		}
		var actor, purpose string
		var clearance int
		var units []string
		err := tx.QueryRow(ctx, `select coalesce(current_setting('diwan.actor', true), ''), coalesce(current_setting('diwan.purpose', true), ''),
			coalesce(nullif(current_setting('diwan.clearance', true), '')::int, 0), array(select unit from read.trial)`).Scan(&actor, &purpose, &clearance, &units)
		if err != nil {
			return err // given up
		}
		look(actor, purpose, clearance, units)
		switch way {
		case 1:
			return errPlanned
		case 2:
			panic(errPlanned)
		case 3:
			_, err := tx.Exec(ctx, "select 1 / 0")
			return err
		}
		return nil
	})
}

func open(t *testing.T, config database.Config) *database.DB {
	t.Helper()
	config.MaxConns = 2
	db, err := database.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

func TestSettingsNeverPassFromOnePersonToAnother(t *testing.T) {
	config := dbtest.NewConfig(t)
	shelf(t, config)
	db := open(t, config)
	for _, f := range foreign(t, db, db.Read) {
		t.Error(f)
	}
	for _, f := range foreign(t, db, db.Write) {
		t.Error(f)
	}
	t.Logf("%d transactions of %d people over 2 connections", 2*callers*reads(), callers)
}

// A session that stays on its connection is what must not be; it is found.
func TestASessionThatStaysOnItsConnectionIsFound(t *testing.T) {
	config := dbtest.NewConfig(t)
	shelf(t, config)
	db := open(t, config)
	first, _ := person(0)
	conn, err := db.Connect(context.Background(), first)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var turn sync.Mutex
	found := foreign(t, db, func(_ context.Context, _ database.Session, do func(pgx.Tx) error) error {
		turn.Lock()
		defer turn.Unlock()
		return pgx.BeginFunc(context.Background(), conn, do)
	})
	if len(found) == 0 {
		t.Error("a session that was left behind was not found")
	} else if !strings.Contains(strings.Join(found, " "), "sees a row of") {
		t.Errorf("no foreign row was seen: %s", found[0])
	}
}
