package access

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/modules/kernel"
)

// world is a random book: people with grants, clearances, delegations and emergencies, and objects
// with grades and lists, on paths three units deep.
func drawBook(t *rapid.T, b *Book) (people []string, objects []Object) {
	paths := []string{"jo", "jo.1", "jo.1.1", "jo.1.11", "jo.2", "jo.2.1"}
	day := kernel.DateOf(moment())
	period := func(name string) Period {
		return Period{From: day.AddDays(rapid.IntRange(-3, 2).Draw(t, name+" from")), To: day.AddDays(rapid.IntRange(-2, 3).Draw(t, name+" to"))}
	}
	acts := []string{"roads.read", "roads.audit", "other.read"}
	for _, name := range []string{"r1", "r2", "r3"} {
		held := rapid.SliceOfDistinct(rapid.SampledFrom(acts), rapid.ID[string]).Draw(t, name)
		b.roles[name] = role{Title: kernel.Text{En: name}, Sets: []RoleSet{{From: day.AddDays(-10), Permissions: held}}}
	}
	if rapid.Bool().Draw(t, "separated") {
		b.duties = duties{Pairs: []rolePair{{"r1", "r2"}}}
	}
	if rapid.Bool().Draw(t, "step up") {
		b.policy = policy{StepUps: []ApprovalsNeedStepUp{{From: day, Needed: true}}}
	}
	people = []string{"a", "b", "c"}
	for _, id := range people {
		p := person{Name: kernel.Text{En: id}, Since: day.AddDays(-10)}
		for i := range rapid.IntRange(0, 3).Draw(t, id+" grants") {
			p.Grants = append(p.Grants, grant{i + 1, rapid.SampledFrom([]string{"r1", "r2", "r3"}).Draw(t, "role"), rapid.SampledFrom(paths).Draw(t, "unit"), period("grant")})
		}
		if rapid.Bool().Draw(t, "cleared") {
			p.Clearances = []ClearanceGiven{{Level: Secrecy(rapid.IntRange(0, 3).Draw(t, "clearance")), Period: period("clearance")}}
		}
		if rapid.Bool().Draw(t, "delegates") {
			p.Given = []delegation{{ID: id, Delegate: rapid.SampledFrom(people).Draw(t, "delegate"), Acts: rapid.SliceOfDistinct(rapid.SampledFrom(acts), rapid.ID[string]).Draw(t, "delegated"), Period: period("delegation")}}
		}
		b.people[id] = p
		if rapid.IntRange(0, 3).Draw(t, "emergency") == 0 {
			opened := moment().Add(time.Duration(rapid.IntRange(-90, 10).Draw(t, "minutes")) * time.Minute)
			b.asked[id] = []string{id}
			b.emergencies[id] = emergency{Asked: EmergencyAsked{Person: id, Unit: rapid.SampledFrom(paths).Draw(t, "emergency in"), Secrecy: Secrecy(rapid.IntRange(0, 3).Draw(t, "up to")), Acts: []string{"roads.read"}, At: opened}, Until: opened.Add(time.Hour)}
		}
	}
	for i := range 12 {
		o := Object{Unit: rapid.SampledFrom([]string{"", ".", "jo.1.", "jo.1.1.", "jo.1.11.", "jo.2.1.", "1.", "1.1.", "2.1.", "22."}).Draw(t, "of"), Secrecy: Secrecy(rapid.IntRange(0, 3).Draw(t, "grade")), Key: fmt.Sprint("o", i)}
		var list object
		for _, id := range people {
			if rapid.Bool().Draw(t, "named") {
				list.Readers = append(list.Readers, reader{id, period("reader")})
			}
		}
		b.objects[o.Key], objects = list, append(objects, o)
	}
	return people, objects
}

func moment() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) }

// said is the rule in words, written a second time and slowly: what trust.md §3.1 says.
func said(b *Book, who, principal, act string, stepped bool, on Object) bool {
	day := kernel.DateOf(moment())
	within := func(unit string) bool {
		below, ok := strings.CutPrefix(unit, "jo.")
		return !ok || on.Unit == "" || strings.HasPrefix(on.Unit, unit+".") || strings.HasPrefix(on.Unit, below+".")
	}
	if principal == "" {
		for _, e := range b.emergencies {
			if e.Asked.Person == who && !moment().Before(e.Asked.At) && moment().Before(e.Until) && slices.Contains(e.Asked.Acts, act) && within(e.Asked.Unit) && on.Secrecy <= e.Asked.Secrecy {
				return true
			}
		}
	}
	me, of := b.people[who], b.people[who]
	clearance := me.clearanceOn(day)
	mine := []string{}
	for _, g := range me.Grants {
		if g.Period.On(day) {
			mine = append(mine, g.Role)
		}
	}
	if principal != "" {
		of = b.people[principal]
		clearance = min(clearance, of.clearanceOn(day))
		handed := false
		for _, d := range of.Given {
			handed = handed || d.Delegate == who && d.Period.On(day) && slices.Contains(d.Acts, act)
		}
		if !handed {
			return false
		}
	}
	held := false
	for _, g := range of.Grants {
		apart := false
		for _, m := range mine {
			apart = apart || principal != "" && b.duties.separated(g.Role, m)
		}
		held = held || g.Period.On(day) && !apart && slices.Contains(b.roles[g.Role].on(day).Permissions, act) && within(g.Unit)
	}
	for _, id := range []string{who, principal} {
		if id != "" && on.Secrecy >= Secret && !b.objects[on.Key].named(id, day) {
			return false
		}
	}
	return held && on.Secrecy <= clearance && (stepped || act != "roads.audit" || !b.policy.stepUpOn(day))
}

// checkRule compares the pure rule with the words, over a random world.
func checkRule(t *rapid.T, o *office, spoil func(s *Standing)) error {
	b := NewBook(o.log, o.m.Catalogue(), amman(o.t))
	people, objects := drawBook(t, b)
	for _, who := range people {
		for _, principal := range append([]string{""}, people...) {
			if principal == who {
				continue
			}
			stepped := rapid.Bool().Draw(t, "stepped up")
			s, ok := b.Standing(who, Acting{OnBehalfOf: principal, SteppedUp: stepped}, moment())
			if spoil != nil {
				spoil(&s)
			}
			for _, act := range []string{"roads.read", "roads.audit", "other.read", "roads.prepare"} {
				for _, on := range objects {
					if got, want := ok && s.May(act, on).Allowed, said(b, who, principal, act, stepped, on); got != want {
						return fmt.Errorf("%s for %q, %s on %+v: rule %v, words %v", who, principal, act, on, got, want)
					}
				}
			}
		}
	}
	return nil
}

func TestTheRuleIsWhatTheWordsSay(t *testing.T) {
	o := newOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		if err := checkRule(t, o, nil); err != nil {
			t.Fatal(err)
		}
	})
}

// dbAnswer is what the database says: which of the objects somebody sees through one of the walls.
func dbAnswer(t *rapid.T, db *database.DB, session database.Session, where string, args []any) map[string]bool {
	seen := map[string]bool{}
	err := db.Read(context.Background(), session, func(tx pgx.Tx) error {
		rows, err := tx.Query(context.Background(), `select key from read.trial where `+where, args...)
		if err != nil {
			return err
		}
		keys, err := pgx.CollectRows(rows, pgx.RowTo[string])
		for _, k := range keys {
			seen[k] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// The same rule three times: in Go for commands, in the SQL of lists, and in the policies of
// row-level security; over random worlds each says the same of every object.
func TestTheRuleInGoInSQLAndInThePoliciesIsOne(t *testing.T) {
	o, db, ctx := newOffice(t), dbtest.New(t), t.Context()
	err := db.Project(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			create table read.trial (key text primary key, unit text not null, secrecy int not null, readers text[] not null);
			create policy reading on read.trial for select to diwan_app using (`+database.Guarded("unit", "secrecy", "readers")+`);
			create policy writing on read.trial to diwan_projector using (true) with check (true);
			alter table read.trial enable row level security;
			alter table read.trial force row level security;
			grant select on read.trial to diwan_app`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	open := dbtest.AdminURL(t, db.Config()) // the first wall alone: policies do not hold for this one
	config := db.Config()
	config.URL = open
	first, err := database.Open(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(first.Close)
	day := kernel.DateOf(moment())
	rapid.Check(t, func(t *rapid.T) {
		b := NewBook(o.log, o.m.Catalogue(), amman(o.t))
		people, objects := drawBook(t, b)
		err := db.Project(ctx, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `delete from read.trial`); err != nil {
				return err
			}
			for _, on := range objects {
				readers := []string{}
				for _, r := range b.objects[on.Key].Readers {
					if r.Period.On(day) {
						readers = append(readers, r.Person)
					}
				}
				if _, err := tx.Exec(ctx, `insert into read.trial values ($1, $2, $3, $4)`, on.Key, on.Unit, int(on.Secrecy), readers); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		who, principal := rapid.SampledFrom(people).Draw(t, "who"), rapid.SampledFrom(append([]string{""}, people...)).Draw(t, "for")
		s, _ := b.Standing(who, Acting{OnBehalfOf: principal, SteppedUp: rapid.Bool().Draw(t, "stepped up")}, moment())
		for _, act := range []string{"roads.read", "roads.audit", "other.read"} {
			where, args := s.Filter(act).Where(1)
			byFilter := dbAnswer(t, first, database.System, where, args)
			byPolicy := dbAnswer(t, db, s.Session(act, ""), "true", nil)
			for _, on := range objects {
				rule := s.May(act, on).Allowed
				if byFilter[on.Key] != rule || byPolicy[on.Key] != rule {
					t.Fatalf("%s for %q, %s on %+v: rule %v, filter %v, policy %v", who, principal, act, on, rule, byFilter[on.Key], byPolicy[on.Key])
				}
			}
		}
	})
}
