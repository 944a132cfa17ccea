package inbox_test

import (
	"context"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/inbox"
	"diwan/projections/projectionstest"
	"diwan/projections/search"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// house is a log with documents on their way, and the two views over it.
type house struct {
	t   *testing.T
	db  *database.DB
	log eventstore.Store
	box *inbox.Inbox
}

func by(person string) finance.Signature { return finance.Signature{Person: person} }

func day(month time.Month, d int) kernel.Date {
	return kernel.DateOf(time.Date(2026, month, d, 0, 0, 0, 0, time.UTC))
}

func roads(centre string) finance.Codes {
	return finance.Codes{Fund: "01", Chapter: "2501", Centre: centre, Programme: "4401", Activity: "001", Item: "221105", Source: "001"}
}

const key = "01-2501-4401-001-221105-001"

func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.New(t)}
	var err error
	if h.log, err = eventstore.OpenPostgres(t.Context(), h.db, finance.Categories()...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.log.Close(); err != nil {
			t.Error(err)
		}
	})
	h.box = inbox.New(h.db, 1, func() time.Time { return time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC) }, time.UTC)
	return h
}

// record puts events into the log as their deciders would.
func (h *house) record(category, id string, events ...eventstore.Event) {
	h.t.Helper()
	_, err := h.log.Execute(h.t.Context(), eventstore.Command{
		ID: uuid.New(), Tenant: uuid.MustParse("0192f000-0000-7000-8000-000000000001"), Actor: "system",
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: category, Key: id}, Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			for _, e := range events {
				d.Record(0, e)
			}
			return nil
		},
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) voucher(id, payee, centre string, gross int64, after ...eventstore.Event) {
	h.t.Helper()
	h.record("finance.voucher", id, append([]eventstore.Event{finance.VoucherPrepared{
		Number: id + "/2026", On: day(time.June, 1), By: by("rana"), Content: finance.VoucherContent{
			Kind: finance.ForInvoice, Invoice: "i-" + id, Payee: payee, Year: 2026, Currency: "JOD", Gross: gross, Net: gross, Narration: "صيانة الطرق",
			Lines: []finance.ChargeLine{{Line: 1, Key: key, Codes: roads(centre), Amount: gross}},
		},
	}}, after...)...)
}

func (h *house) show() {
	h.t.Helper()
	projectionstest.CatchUp(h.t, h.db, h.log, inbox.View(), search.View())
}

// asker is somebody who holds permissions in some units.
func asker(person string, limit int64, units []string, permissions ...finance.Permission) projections.Asker {
	a := projections.Asker{Session: database.Session{Actor: person, Scope: units}, Limit: limit, Reach: map[string][]string{"signed_in": {""}}}
	for _, p := range permissions {
		a.Reach[string(p)] = units
	}
	return a
}

func (h *house) waits(a projections.Asker) []string {
	h.t.Helper()
	page, err := h.box.Items(h.t.Context(), a, "", 50, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	all := []string{}
	for _, one := range page.Nodes {
		all = append(all, one.Document+" "+one.Step)
	}
	slices.Sort(all)
	counts, err := h.box.Count(h.t.Context(), a)
	if err != nil || counts.Total() != len(all) {
		h.t.Errorf("%s is shown %v and counted %d, %v", a.Session.Actor, all, counts.Total(), err)
	}
	return all
}

func (h *house) expect(who string, a projections.Asker, want ...string) {
	h.t.Helper()
	if got := h.waits(a); !slices.Equal(got, append([]string{}, want...)) {
		h.t.Errorf("%s is shown %v, want %v", who, got, want)
	}
}

var everywhere = []string{""}

const noLimit = math.MaxInt64

// history has one document at each step that matters.
func (h *house) history() {
	h.record("finance.budget", "2026/"+key, finance.BudgetLineOpened{Year: 2026, Key: key, Codes: roads("0012"), Currency: "JOD"})
	h.record("finance.payee", "huda-herself", finance.PayeeRegistered{Kind: finance.Company, Name: kernel.Text{Ar: "هدى", En: "Huda"}, Officer: "huda", On: day(time.January, 2), By: by("dima")})
	h.voucher("v1", "p-1", "0012", 5_000_000)
	h.voucher("v2", "p-1", "0013", 5_000_000, finance.VoucherAudited{On: day(time.June, 2), By: by("omar")})
	h.voucher("v3", "p-1", "0012", 50_000_000, finance.VoucherAudited{On: day(time.June, 2), By: by("omar")},
		finance.VoucherApproved{Stage: finance.AtApproval, Limit: 10_000_000, On: day(time.June, 3), By: by("huda")})
	h.voucher("v4", "huda-herself", "0012", 1_000, finance.VoucherAudited{On: day(time.June, 2), By: by("omar")})
	h.voucher("v5", "p-1", "0012", 1_000, finance.VoucherReturned{Stage: finance.AtAudit, Reason: "ناقص", On: day(time.June, 2), By: by("omar")})
	h.record("finance.virement", "m1", finance.VirementProposed{
		ID: "m1", Year: 2026, Currency: "JOD", Reason: "نقص", By: by("rana"),
		Lines: []finance.LineAmount{{Key: key, Amount: -5}, {Key: "unknown", Amount: 5}},
	})
	h.show()
}

func TestEachIsShownOnlyTheStepsTheyMayTake(t *testing.T) {
	h := openHouse(t)
	h.history()
	h.expect("the auditor", asker("omar", 0, everywhere, finance.MayAuditVoucher), "v1 audit")
	h.expect("an auditor who signed nothing, elsewhere", asker("yusuf", 0, []string{"2601."}, finance.MayAuditVoucher))
	h.expect("the manager of one centre, not for herself", asker("huda", 10_000_000, []string{"2501.0013."}, finance.MayApproveVoucher), "v2 approve")
	h.expect("the manager of the chapter, who is a payee", asker("huda", 10_000_000, []string{"2501."}, finance.MayApproveVoucher), "v2 approve")
	h.expect("another manager", asker("hadi", 10_000_000, []string{"2501."}, finance.MayApproveVoucher), "v2 approve", "v4 approve")
	h.expect("the spending officer", asker("samar", noLimit, everywhere, finance.MayApproveVoucherAbove), "v3 sign")
	h.expect("a spending officer with a limit below it", asker("sami", 20_000_000, everywhere, finance.MayApproveVoucherAbove))
	h.expect("the manager who approved it already", asker("huda", noLimit, everywhere, finance.MayApproveVoucherAbove))
	h.expect("the preparer", asker("rana", 0, everywhere, finance.MayPrepareVoucher), "v5 correct")
	h.expect("another preparer", asker("ruba", 0, everywhere, finance.MayPrepareVoucher))
	h.expect("who may take no step", asker("nour", 0, everywhere, finance.MayReadFinance))
	h.expect("the budget department", asker("sami", 0, everywhere, finance.MayApproveVirement), "m1 approve")
	h.expect("somebody of the chapter, for a line nobody knows", asker("sawsan", 0, []string{"2501."}, finance.MayApproveVirement))
	h.expect("who proposed it", asker("rana", 0, everywhere, finance.MayApproveVirement), "v5 correct")
	delegate := asker("omar", 0, everywhere, finance.MayApproveVoucher)
	delegate.Session.OnBehalfOf = "huda"
	h.expect("the auditor acting for the manager", delegate)
}

func TestADatedLimitOfTheRoleCounts(t *testing.T) {
	h := openHouse(t)
	h.record("finance.payment_policy", "jordan",
		finance.ApprovalLimitSet{Role: "spending_officer", Limit: 20_000_000, From: day(time.January, 1), By: by("mazen")},
		finance.ApprovalLimitSet{Role: "spending_officer", Limit: noLimit, From: day(time.July, 1), By: by("mazen")})
	h.history()
	samar := asker("samar", noLimit, everywhere, finance.MayApproveVoucherAbove)
	samar.Roles = []string{"spending_officer"}
	h.expect("the spending officer before July", samar)
	h.box = inbox.New(h.db, 1, func() time.Time { return time.Date(2026, time.July, 2, 9, 0, 0, 0, time.UTC) }, time.UTC)
	h.expect("the spending officer in July", samar, "v3 sign")
}

// Row-level security alone, without any condition of ours.
func TestTheSecondWallKeepsUnitsAndPeopleApart(t *testing.T) {
	h := openHouse(t)
	h.history()
	count := func(s database.Session, table string) (n int) {
		t.Helper()
		err := h.db.Read(t.Context(), s, func(tx pgx.Tx) error {
			return tx.QueryRow(t.Context(), `select count(*) from read.`+table).Scan(&n)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, table := range []string{"inbox_item", "inbox_step"} {
		for scope, some := range map[string]bool{"": true, "2501.0013.": true, "2601.": false} {
			if n := count(database.Session{Actor: "x", Scope: []string{scope}}, table); (n > 0) != some {
				t.Errorf("scope %q sees %d rows of %s", scope, n, table)
			}
		}
		if n := count(database.Session{Actor: "x"}, table); n > 0 {
			t.Errorf("without a scope %d rows of %s are seen", n, table)
		}
	}
	if n := count(database.Session{Actor: "rana", Scope: everywhere}, "inbox_notice"); n == 0 {
		t.Error("the preparer is told nothing")
	}
	if n := count(database.Session{Actor: "nour", Scope: everywhere}, "inbox_notice"); n > 0 {
		t.Errorf("somebody else reads %d notices", n)
	}
}

func TestTheViewsComeToTheSameRowsHoweverTheLogIsCut(t *testing.T) {
	h := openHouse(t)
	h.history()
	projectionstest.Equal(t, h.db, h.log, inbox.View(), search.View())

	forgetful := inbox.View() // a fault: only the first event of a batch counts
	whole := forgetful.Apply
	forgetful.Apply = func(ctx context.Context, b *projections.Batch) error {
		b.Events = b.Events[:1]
		return whole(ctx, b)
	}
	if projectionstest.Compare(t, h.db, h.log, forgetful) == nil {
		t.Error("a view that forgets events was not found")
	}
}

func TestADocumentsWayIsToldToThoseWhoMaySeeIt(t *testing.T) {
	h := openHouse(t)
	h.history()
	track := func(units []string, kind, id string) *inbox.Tracker {
		t.Helper()
		way, err := h.box.Track(t.Context(), asker("nour", 0, units, finance.MayReadFinance), kind, id)
		if err != nil {
			t.Fatal(err)
		}
		return way
	}
	way := track(everywhere, "voucher", "v3")
	var told []string
	for _, s := range way.Steps {
		told = append(told, string(s.State)+" "+s.Step)
		if s.What.Ar == "" || s.What.Ar == s.Step || s.What.En == "" {
			t.Errorf("step %s is called %+v", s.Step, s.What)
		}
	}
	if want := []string{"done prepared", "done audited", "done approved", "waiting sign"}; !slices.Equal(told, want) {
		t.Errorf("the way is %v, want %v", told, want)
	}
	if last := way.Steps[len(way.Steps)-1]; last.Whom == nil || last.Whom.En != "Spending officer" || *way.Money != inbox.Reserved || *way.Steps[1].By != "omar" {
		t.Errorf("it waits as %+v, money %s", last, *way.Money)
	}
	returned := track(everywhere, "voucher", "v5").Steps
	if s := returned[1]; s.State != inbox.Refused || s.Reason != "ناقص" || *returned[2].By != "rana" {
		t.Errorf("a return is told as %+v", returned)
	}
	if track([]string{"2601."}, "voucher", "v3") != nil || track(everywhere, "voucher", "nothing") != nil {
		t.Error("a document of another unit is told apart from one that is not there")
	}
}

func TestSearchKeepsToTheAskersUnits(t *testing.T) {
	h := openHouse(t)
	h.history()
	index := search.New(h.db)
	find := func(units []string, text string) (all []string) {
		t.Helper()
		groups, err := index.Find(t.Context(), asker("nour", 0, units, finance.MayReadFinance), text, nil, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			if g.Count != len(g.Hits) {
				t.Errorf("%q counts %d of %s and shows %d", text, g.Count, g.Kind, len(g.Hits))
			}
			for _, hit := range g.Hits {
				all = append(all, hit.Target)
			}
		}
		slices.Sort(all)
		return all
	}
	for _, c := range []struct {
		units []string
		text  string
		want  []string
	}{
		{everywhere, "صيانه", []string{"v1", "v2", "v3", "v4", "v5"}},
		{[]string{"2501.0013."}, "صيانه", []string{"v2"}},
		{[]string{"2601."}, "صيانه", nil},
		{everywhere, "#v3/2026", []string{"v3"}},
		{everywhere, "٥٠٬٠٠٠٫٠٠٠", []string{"v3"}},
		{everywhere, "50,000", []string{"v3"}},
		{everywhere, "@صيانه", nil},
	} {
		if got := find(c.units, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q in %v finds %v, want %v", c.text, c.units, got, c.want)
		}
	}
}
