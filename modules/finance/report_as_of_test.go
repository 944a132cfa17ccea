package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections/projectionstest"
)

// beginning is a log that ends at an earlier place.
type beginning struct {
	eventstore.Store
	end int64
}

func (b beginning) Head(ctx context.Context, lane eventstore.Lane) (int64, int32, error) {
	head, epoch, err := b.Store.Head(ctx, lane)
	if lane == eventstore.Main {
		head = min(head, b.end)
	}
	return head, epoch, err
}

func (b beginning) Read(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]eventstore.Recorded, error) {
	if lane == eventstore.Main {
		limit = min(limit, int(max(0, b.end-after)))
	}
	if limit == 0 {
		return nil, nil
	}
	return b.Store.Read(ctx, lane, after, limit)
}

// reportsOf are all reports that take a time, as text to compare.
func reportsOf(t *testing.T, s *shown, r *Reports, at *AsOf) map[string]string {
	t.Helper()
	all := map[string]string{}
	keep := func(name string, report any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	for _, by := range [][]Segment{nil, {Item}, {Programme}} {
		e, err := r.Execution(s.ctx(), reader, ExecutionQuery{Year: 2026, GroupBy: by, First: 50, At: at})
		if e != nil {
			e.Position, e.Elapsed = kernel.Position{}, ""
		}
		keep(fmt.Sprintf("execution by %v", by), e, err)
	}
	for _, months := range [][2]int{{1, 13}, {6, 6}} {
		b, err := r.TrialBalance(s.ctx(), reader, TrialBalanceQuery{Year: 2026, FromMonth: months[0], ToMonth: months[1], First: 100, At: at})
		if b != nil {
			b.Position = kernel.Position{}
		}
		keep(fmt.Sprintf("trial balance %v", months), b, err)
	}
	b, err := r.BudgetLedger(s.ctx(), reader, 2026, "", at)
	if b != nil {
		b.Position = kernel.Position{}
	}
	keep("budget ledger", b, err)
	for _, account := range []string{"331001", "111001"} {
		l, err := r.Ledger(s.ctx(), reader, LedgerQuery{Account: account, First: 200, At: at})
		keep("ledger of "+account, l, err)
	}
	return all
}

func differing(a, b map[string]string) (names []string) {
	for name := range a {
		if a[name] != b[name] {
			names = append(names, name+":\n  "+a[name]+"\n  "+b[name])
		}
	}
	return names
}

// What a report says as known at a place is what a projection fresh from the events up to there says.
func TestAReportAsKnownAtAPlaceIsThatOfTheEventsUpToThere(t *testing.T) {
	s := showDays(t, 260)
	head, _, err := s.log.Head(s.ctx(), eventstore.Main)
	if err != nil {
		t.Fatal(err)
	}
	places := 5
	if testing.Short() {
		places = 2
	}
	random := rand.New(rand.NewPCG(11, 20))
	found := false
	for range places {
		p := head/3 + random.Int64N(head-head/3)
		db := dbtest.New(t)
		projectionstest.CatchUp(t, db, beginning{s.log, p}, Views()...)
		fresh, err := s.m.NewReports(s.ctx(), db)
		if err != nil {
			t.Fatal(err)
		}
		want := reportsOf(t, s, fresh, nil)
		for _, name := range differing(want, reportsOf(t, s, s.reports, &AsOf{KnownAt: &p})) {
			t.Errorf("known at %d of %d, %s", p, head, name)
		}
		// A report that is some events too early must be found.
		early := p - 25
		found = found || len(differing(want, reportsOf(t, s, s.reports, &AsOf{KnownAt: &early}))) > 0
	}
	if !found {
		t.Error("a report of 25 events before was not told from the right one")
	}
	if all := differing(reportsOf(t, s, s.reports, nil), reportsOf(t, s, s.reports, &AsOf{KnownAt: &head})); len(all) > 0 {
		t.Errorf("known at the end is not now: %v", all)
	}
}

// What is true on a day is the sum of all moves that are true by then and were known.
func TestAReportAsTrueOnADayCountsWhatIsTrueByThen(t *testing.T) {
	s := showDays(t, 260)
	head, _, _ := s.log.Head(s.ctx(), eventstore.Main)
	var days []kernel.Date
	s.query(`select distinct on_date from read.finance_balance_move order by 1`, func(rows pgx.Rows) error {
		var on kernel.Date
		err := rows.Scan((*day)(&on))
		days = append(days, on)
		return err
	})
	if len(days) < 2 {
		t.Fatalf("the history has entries on %d days: the test shows nothing", len(days))
	}
	days = append(days, days[0].AddDays(-1), on(t, "2030-01-01"))
	changed := false
	for _, known := range []int64{head, head / 2} {
		for _, d := range days {
			at := &AsOf{TrueOn: &d, KnownAt: &known}
			report, err := s.reports.Execution(s.ctx(), reader, ExecutionQuery{Year: 2026, First: 10, At: at})
			if err != nil {
				t.Fatal(err)
			}
			var original, committed, paid int64
			s.query(fmt.Sprintf(`
				select coalesce(sum(now.sums[1] - coalesce(was[1], 0)), 0)::bigint, coalesce(sum(now.sums[7] - coalesce(was[7], 0)), 0)::bigint,
					coalesce(sum(now.sums[9] - coalesce(was[9], 0)), 0)::bigint
				  from (select *, lag(sums) over (partition by year, key order by position) as was from read.finance_line_move) now
				 where on_date <= '%s' and position <= %d`, d, known), func(rows pgx.Rows) error { return rows.Scan(&original, &committed, &paid) })
			if got := report.Total; got.Original.Amount != original || got.Committed.Amount != committed || got.Paid.Amount != paid {
				t.Errorf("on %s as known at %d: original %d, committed %d, paid %d; the moves say %d, %d, %d",
					d, known, got.Original.Amount, got.Committed.Amount, got.Paid.Amount, original, committed, paid)
			}
			b, err := s.reports.TrialBalance(s.ctx(), reader, TrialBalanceQuery{Year: 2026, FromMonth: 1, ToMonth: 13, First: 100, At: at})
			if err != nil {
				t.Fatal(err)
			}
			var debit, last int64
			var account string
			s.query(fmt.Sprintf(`select coalesce(sum(debit), 0)::bigint from read.finance_ledger_line where on_date <= '%s' and position <= %d`, d, known),
				func(rows pgx.Rows) error { return rows.Scan(&debit) })
			if b.Debit.Amount != debit || !b.Balanced {
				t.Errorf("on %s as known at %d the trial balance has %d, its lines %d; balanced %t", d, known, b.Debit.Amount, debit, b.Balanced)
			}
			changed = changed || d != days[len(days)-1] && debit > 0 && known == head && debit < s.debits() && d.Before(on(t, "2029-01-01"))
			for _, row := range b.Rows.Nodes {
				account, last = row.Account.Code, row.Closing.Amount
				l, err := s.reports.Ledger(s.ctx(), reader, LedgerQuery{Account: account, Fund: row.Fund.Code, First: 500, At: at})
				if err != nil {
					t.Fatal(err)
				}
				if n := len(l.Nodes); n == 0 || l.Nodes[n-1].Balance.Amount != last {
					t.Errorf("on %s account %s closes at %d and its ledger at %v", d, account, last, l.Nodes)
				}
			}
		}
	}
	if !changed {
		t.Error("no day showed less than the whole year: the test shows nothing")
	}
}

// showDays is showOffice over some days: what happens on one of them is entered on another.
func showDays(t *testing.T, commands int) *shown {
	t.Helper()
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(context.Background(), db, Categories()...)
	o := openOffice(t, opened(t, log, err))
	s := &shown{clerk: newClerk(o, 11), db: db}
	for s.tried < commands {
		if s.tried%40 == 0 {
			o.day = o.day.AddDays(1)
		}
		s.step()
	}
	projectionstest.CatchUp(t, db, o.log, Views()...)
	if s.reports, err = o.m.NewReports(o.ctx(), db); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *shown) debits() (sum int64) {
	s.query(`select coalesce(sum(debit), 0)::bigint from read.finance_ledger_line`, func(rows pgx.Rows) error { return rows.Scan(&sum) })
	return sum
}

// query reads the tables as their owner's program does.
func (s *shown) query(sql string, row func(pgx.Rows) error) {
	s.t.Helper()
	err := s.reports.read(s.ctx(), reader, func(tx pgx.Tx) error {
		rows, err := tx.Query(s.ctx(), sql)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := row(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestTheMonthsOfAnotherTimeAreRefused(t *testing.T) {
	s := showOffice(t, 1)
	var none int64
	_, err := s.reports.Execution(s.ctx(), reader, ExecutionQuery{Year: 2026, Months: true, First: 1, At: &AsOf{KnownAt: &none}})
	if p := kernel.ProblemsOf(err); len(p) != 1 || p[0].Code != "finance.months_now" {
		t.Errorf("answered with %v", err)
	}
}
