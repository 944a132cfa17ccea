package finance

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/projectionstest"
)

// reader is Nour of the Audit Bureau: she may read finance and do nothing else.
var reader = officer("nour", MayReadFinance)

// shown is an office with a history of random commands, and its views.
type shown struct {
	*clerk
	db      *database.DB
	reports *Reports
}

func showOffice(t *testing.T, commands int) *shown {
	t.Helper()
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(context.Background(), db, Categories()...)
	o := openOffice(t, opened(t, log, err))
	s := &shown{clerk: newClerk(o, 7), db: db}
	for s.tried < commands {
		s.step()
	}
	projectionstest.CatchUp(t, db, o.log, Views()...)
	if s.reports, err = o.m.NewReports(o.ctx(), db); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReportsShowWhatTheDecidersDecided(t *testing.T) {
	s := showOffice(t, 400)
	report, err := s.reports.Execution(s.ctx(), reader, ExecutionQuery{Year: 2026, Months: true, First: 10})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Rows.Nodes) != 2 || report.Lines != 2 {
		t.Fatalf("the report has %d rows of %d lines, want the two lines of the office", len(report.Rows.Nodes), report.Lines)
	}
	var sum StageSums
	for _, row := range report.Rows.Nodes {
		l := s.line(row.LineKey)
		got, want := row.Stages, StageSums{
			Original: l.Original, Supplementary: l.Supplementary, Virement: l.VirementIn - l.VirementOut, Frozen: l.Frozen,
			Released: l.Released, Reserved: l.Reserved, Committed: l.Committed, Obligated: l.Obligated, Paid: l.Paid,
			Provisional: l.Provisional, Carried: l.Carried, Lapsed: l.Lapsed,
		}.Stages("JOD")
		if got != want {
			t.Errorf("line %s shows %+v\nand was decided as %+v", row.LineKey, got, want)
		}
		if got.AvailableNow.Amount != l.AvailableNow() || got.AvailableYear.Amount != l.AvailableYear() {
			t.Errorf("line %s shows other money as available than its decider knows", row.LineKey)
		}
		sum.Released += l.Released
		sum.Obligated += l.Obligated
		sum.Paid += l.Paid
		sameMonths(t, row.LineKey, row.Stages, row.Months)
	}
	if report.Total.Released.Amount != sum.Released || report.Total.Obligated.Amount != sum.Obligated || report.Total.Paid.Amount != sum.Paid {
		t.Errorf("the total %+v is not the sum of the lines %+v", report.Total, sum)
	}
	if sum.Paid == 0 {
		t.Error("the random history paid nothing: the test shows nothing")
	}
	sameMonths(t, "total", report.Total, report.Months)
}

// sameMonths requires that the months of a row add up to it.
func sameMonths(t *testing.T, row string, s Stages, months []MonthStages) {
	t.Helper()
	var released, obligated, paid int64
	for _, m := range months {
		released += m.Released.Amount
		obligated += m.Obligated.Amount
		paid += m.Paid.Amount
	}
	if released != s.Released.Amount || obligated != s.Obligated.Amount || paid != s.Paid.Amount {
		t.Errorf("%s: the months sum to released %d, obligated %d, paid %d, the row says %d, %d, %d",
			row, released, obligated, paid, s.Released.Amount, s.Obligated.Amount, s.Paid.Amount)
	}
}

func TestGroupsInAnyOrderHaveOneTotal(t *testing.T) {
	s := showOffice(t, 60)
	var totals []Stages
	for _, by := range [][]Segment{nil, {Fund}, {Chapter, Programme}, {Item, Chapter}, {Programme, Activity, Item, Source}} {
		report, err := s.reports.Execution(s.ctx(), reader, ExecutionQuery{Year: 2026, GroupBy: by, First: 1})
		if err != nil {
			t.Fatal(err)
		}
		var rows StageSums
		for after := (*string)(nil); ; {
			page, err := s.reports.Execution(s.ctx(), reader, ExecutionQuery{Year: 2026, GroupBy: by, First: 1, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page.Rows.Nodes {
				rows.Paid += row.Stages.Paid.Amount
				rows.Original += row.Stages.Original.Amount
			}
			if !page.Rows.More {
				break
			}
			after = page.Rows.PageInfo().EndCursor
		}
		if rows.Paid != report.Total.Paid.Amount || rows.Original != report.Total.Original.Amount {
			t.Errorf("by %v the pages sum to %+v, the total says %+v", by, rows, report.Total)
		}
		totals = append(totals, report.Total)
	}
	for i := range totals {
		if totals[i] != totals[0] {
			t.Errorf("another grouping has another total: %+v and %+v", totals[0], totals[i])
		}
	}
}

func TestHoldsAddUpToWhatALineHasNotPaid(t *testing.T) {
	s := showOffice(t, 400)
	for key := range s.lines {
		l := s.line(key)
		held := map[HoldKind]int64{}
		for after := (*string)(nil); ; {
			page, err := s.reports.Holds(s.ctx(), reader, 2026, key, 3, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range page.Nodes {
				held[h.Kind] += h.Amount.Amount
				if h.Number == "" || h.State().Ar == "" || h.StateCode == "" {
					t.Errorf("a hold without number or state: %+v", h)
				}
			}
			if !page.More {
				break
			}
			after = page.PageInfo().EndCursor
		}
		if held[HeldByCommitment] != l.Committed || held[HeldByReservation] != l.Reserved || held[HeldByClaim] != l.Obligated-l.Paid {
			t.Errorf("line %s: documents hold %v, the line says reserved %d, committed %d, unpaid %d", key, held, l.Reserved, l.Committed, l.Obligated-l.Paid)
		}
	}
}

func TestBothLedgersBalanceInTheirReports(t *testing.T) {
	s := showOffice(t, 300)
	b, err := s.reports.TrialBalance(s.ctx(), reader, TrialBalanceQuery{Year: 2026, FromMonth: 1, ToMonth: 13, First: 100})
	if err != nil {
		t.Fatal(err)
	}
	if !b.Balanced || b.Debit != b.Credit || b.Debit.Amount == 0 {
		t.Errorf("debit %s, credit %s, balanced %t", b.Debit, b.Credit, b.Balanced)
	}
	var closing int64
	for _, row := range b.Rows.Nodes {
		closing += row.Closing.Amount
		lines := s.ledgerOf(row.Fund.Code, row.Account.Code)
		if last := lines[len(lines)-1]; last.Balance != row.Closing {
			t.Errorf("account %s closes at %s in the trial balance and at %s in the ledger", row.Account.Code, row.Closing, last.Balance)
		}
	}
	if closing != 0 {
		t.Errorf("the closing balances sum to %d", closing)
	}
	budget, err := s.reports.BudgetLedger(s.ctx(), reader, 2026, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if budget.Net.Amount != 0 || len(budget.Accounts) != len(Accounts) || budget.Accounts[0].Balance.Amount >= 0 {
		t.Errorf("the budget ledger is %+v", budget)
	}
}

// ledgerOf reads an account to its end, in pages of three.
func (s *shown) ledgerOf(fund, item string) []LedgerSheetLine {
	s.t.Helper()
	var all []LedgerSheetLine
	for after := (*string)(nil); ; {
		page, err := s.reports.Ledger(s.ctx(), reader, LedgerQuery{Account: item, Fund: fund, First: 3, After: after})
		if err != nil {
			s.t.Fatal(err)
		}
		all = append(all, page.Nodes...)
		if !page.More {
			return all
		}
		after = page.PageInfo().EndCursor
	}
}

func TestViewsDependOnTheLogAlone(t *testing.T) {
	s := showOffice(t, 150)
	projectionstest.Equal(t, s.db, s.log, Views()...)

	// A view that counts batches instead of events must be found.
	wrong := Views()[0]
	wrong.Name, wrong.Tables = "finance_wrong", []projections.Table{{Name: "finance_wrong", Columns: "n int not null"}}
	wrong.Apply = func(ctx context.Context, b *projections.Batch) error {
		_, err := b.Tx.Exec(ctx, "insert into "+b.Table("finance_wrong")+" values ($1)", len(b.Events))
		return err
	}
	projectionstest.CatchUp(t, s.db, s.log, wrong)
	if len(projectionstest.Compare(t, s.db, s.log, wrong)) == 0 {
		t.Error("the planted view that counts batches was not found")
	}
}

func TestWhoMayNotReadFinanceReadsNothing(t *testing.T) {
	s := showOffice(t, 1)
	nobody := officer("nobody")
	for name, err := range map[string]error{
		"execution":     errorOf(s.reports.Execution(s.ctx(), nobody, ExecutionQuery{Year: 2026, First: 1})),
		"trial balance": errorOf(s.reports.TrialBalance(s.ctx(), nobody, TrialBalanceQuery{Year: 2026, FromMonth: 1, ToMonth: 13, First: 1})),
		"holds":         errorOf(s.reports.Holds(s.ctx(), nobody, 2026, roadsFuel, 1, nil)),
		"ledger":        errorOf(s.reports.Ledger(s.ctx(), nobody, LedgerQuery{Account: "331001", First: 1})),
		"payees":        errorOf(s.reports.Payees(s.ctx(), nobody, DocumentQuery{First: 1})),
		"history":       errorOf(s.reports.History(s.ctx(), nobody, "finance.budget", "2026/"+roadsFuel, 1, nil)),
	} {
		if p := kernel.ProblemsOf(err); len(p) != 1 || p[0].Code != "forbidden" {
			t.Errorf("%s answered somebody without the permission: %v", name, err)
		}
	}
}

func errorOf[T any](_ T, err error) error { return err }

// locker is a vault of one key for each person; forgetting takes the key away.
type locker struct{ forgotten map[uuid.UUID]bool }

func (l *locker) Seal(_ context.Context, _ uuid.UUID, plain []byte) ([]byte, error) {
	return append([]byte("sealed:"), plain...), nil
}

func (l *locker) Open(_ context.Context, person uuid.UUID, sealed []byte) ([]byte, error) {
	if l.forgotten[person] {
		return nil, context.Canceled
	}
	return sealed[len("sealed:"):], nil
}

func TestANaturalPersonsNameIsShownByNeedAndRecorded(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(context.Background(), db, Categories()...)
	o := openOffice(t, opened(t, log, err))
	person := uuid.New()
	vault := &locker{forgotten: map[uuid.UUID]bool{}}
	o.m.SealWith(vault)
	id := o.must(o.m.RegisterPayee(o.ctx(), o.dima, RegisterPayee{
		Command: uuid.New(), Kind: Person, Person: person, Personal: PersonalData{Name: "محمد العلي", National: "9901012345"},
	}))
	projectionstest.CatchUp(t, db, o.log, Views()...)
	reports, err := o.m.NewReports(o.ctx(), db)
	if err != nil {
		t.Fatal(err)
	}
	look := func(by Officer) PayeeSheet {
		t.Helper()
		c, err := reports.Payees(o.ctx(), by, DocumentQuery{ID: id, First: 1})
		if err != nil || len(c.Nodes) != 1 {
			t.Fatalf("%v, %v", c, err)
		}
		return c.Nodes[0]
	}
	if p := look(reader); p.Visibility != Hidden || p.Name != (kernel.Text{}) {
		t.Errorf("a reader without need saw %+v", p)
	}
	before, _, _ := o.log.Head(o.ctx(), eventstore.Access)
	auditor := officer("omar", MayReadFinance, MayAuditVoucher)
	if p := look(auditor); p.Visibility != Shown || p.Name.Ar != "محمد العلي" {
		t.Errorf("the auditor saw %+v", p)
	}
	if after, _, _ := o.log.Head(o.ctx(), eventstore.Access); after != before+1 {
		t.Errorf("the access lane went from %d to %d, want one reading", before, after)
	}
	vault.forgotten[person] = true
	if p := look(auditor); p.Visibility != Erased || p.Name.En != "erased" {
		t.Errorf("after the key was destroyed the auditor saw %+v", p)
	}
}

func TestAReportSaysHowMuchOfTheYearHasPassed(t *testing.T) {
	y := YearSheet{First: on(t, "2026-01-01"), Last: on(t, "2026-12-31")}
	for day, want := range map[string]string{"2025-12-31": "0.0", "2026-01-01": "0.0", "2026-11-22": "89.0", "2026-12-31": "99.7", "2027-01-01": "100.0"} {
		if got := y.elapsed(on(t, day)); got != want {
			t.Errorf("on %s %s %% of the year have passed, want %s", day, got, want)
		}
	}
}
