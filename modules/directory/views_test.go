package directory

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections/projectionstest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// Every view is what the log says, however it is cut into batches, and answers what was done.
func TestViewsAreTheLogAndNothingElse(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, Categories()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	o := officeOn(t, log)
	o.found()
	o.seatCommittee()
	agreed, twin, open := o.propose("حجز", "2026-02-01"), o.propose("ارتباط", "2026-02-01"), o.propose("سُلفة", "2026-02-01")
	for _, id := range []string{agreed, twin} {
		for person, body := range map[string]string{"rana": "works", "omar": "health", "huda": "jo"} {
			o.vote(person, body, id, VoteFor, "2026-02-03")
		}
		o.must(o.m.DecideTerm(o.ctx, registrar(), decide(id, "2026-02-04")))
	}
	o.vote("rana", "works", open, VoteAgainst, "2026-02-03")
	o.must(o.m.MergeTerms(o.ctx, registrar(), ActOnTerm{Command: uuid.New(), ID: twin, Into: agreed, On: "2026-03-01"}))
	if _, err := o.m.ImportTerms(o.ctx, registrar(), strings.NewReader(termFile), TermImport{}, nil); err != nil {
		t.Fatal(err)
	}
	act := uuid.New()
	o.must(o.m.MergeUnits(o.ctx, registrar(), MergeUnits{Command: act, Units: []string{"buildings"}, Into: "roads", From: "2027-01-01", Basis: "قرار 7"}))
	o.must(o.m.WithdrawAct(o.ctx, registrar(), WithdrawAct{Command: uuid.New(), Act: act.String(), Reason: "أُجّل"}))
	projectionstest.CatchUp(t, db, log, Views()...)
	projectionstest.Equal(t, db, log, Views()...)

	r := NewReports(db, 1)
	found, err := r.Terms(o.ctx, registrar(), TermQuery{Search: "الإرتباط"}, 10, nil)
	if err != nil || len(found.Nodes) != 2 {
		t.Fatalf("searching the synonym finds %+v, %v", found, err)
	}
	if one, err := r.Term(o.ctx, registrar(), twin); err != nil || one.State != TermIsMerged || one.Next != agreed {
		t.Errorf("the merged term is %+v, %v", one, err)
	}
	if one, err := r.Term(o.ctx, registrar(), open); err != nil || one.VotesAgainst != 1 || one.Voters != 3 || one.Closes != on(t, "2026-02-11") {
		t.Errorf("the open term is %+v, %v", one, err)
	}
	if none, err := r.Term(o.ctx, registrar(), "nothing"); none != nil || err != nil {
		t.Errorf("no term is %+v, %v", none, err)
	}
	// Every page leads to the next, and together they are the list.
	var names []string
	var after *string
	for {
		page, err := r.Terms(o.ctx, registrar(), TermQuery{}, 2, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range page.Nodes {
			names = append(names, one.Name.Ar)
		}
		info := page.PageInfo()
		if !info.HasNextPage {
			break
		}
		after = info.EndCursor
	}
	if len(names) != 5 {
		t.Errorf("the pages hold %v", names)
	}
	acts, err := r.Acts(o.ctx, registrar(), "buildings", 10, nil)
	if err != nil || len(acts.Nodes) != 3 || acts.Nodes[0].Type != "directory.act_withdrawn" || !acts.Nodes[1].Withdrawn || acts.Nodes[1].Basis != "قرار 7" || acts.Nodes[2].Withdrawn {
		t.Errorf("the acts on buildings are %+v, %v", acts, err)
	}
	if _, err := r.Terms(o.ctx, Clerk{ID: "nobody"}, TermQuery{}, 10, nil); kernel.ProblemsOf(err) == nil {
		t.Errorf("whoever may not read got %v", err)
	}
	// The second wall: a transaction that does not say who reads sees nothing.
	err = db.Read(o.ctx, database.Session{}, func(tx pgx.Tx) error {
		var n int
		if err := tx.QueryRow(o.ctx, "select (select count(*) from read.directory_term) + (select count(*) from read.directory_act)").Scan(&n); err != nil {
			return err
		}
		if n != 0 {
			t.Errorf("nobody sees %d rows", n)
		}
		return nil
	})
	if err != nil {
		t.Logf("nobody is refused: %v", err)
	}
}

// BenchmarkPath measures where a unit of a government with ten thousand stands.
func BenchmarkPath(b *testing.B) {
	var r register
	day, _ := kernel.NewDate(2026, time.January, 1)
	i := Instrument{Act: "0", From: day}
	r = r.evolve(BodyFounded{Instrument: i, ID: "jo", Code: "jo"})
	for n := range 10_000 {
		parent := "jo"
		if n >= 10 {
			parent = itoa(int64(n / 10))
		}
		r = r.evolve(UnitFounded{Instrument: i, ID: itoa(int64(n)), Parent: parent, Code: itoa(int64(n % 10))})
	}
	u := Units{r: r, day: day}
	b.ReportAllocs()
	for b.Loop() {
		u.Path("9999")
	}
}
