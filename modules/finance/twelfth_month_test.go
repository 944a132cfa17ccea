package finance

import (
	"context"
	"testing"
	"time"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections"
)

// On the first of February the program gives the lines of a year whose law is late their second part, and
// the day delivered again gives nothing.
func TestTwelfthsAreAuthorisedWhenAMonthBegins(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, append(Categories(), days())...)
	log = opened(t, log, err)
	o := newBureau(t, log)
	o.clock = func() time.Time { return time.Date(2026, time.February, 1, 5, 0, 0, 0, time.UTC) }
	o.enactYear(2025, Original, line1, "120000.000", line2, "0.005", line3, "60000.000")
	o.must(o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026}))
	o.must(o.BeginProvisionalSpending(o.ctx, twelfthOfficer(), SpendProvisionally{Command: command(), Year: 2026, Reason: "تأخر القانون"}))

	views, err := projections.New(db, log, Views()...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- views.Run(ctx) }()
	process := o.MonthlyTwelfth(o.YearLinesIn(db, views.Wait))
	day := o.begin("2026-02-01")
	for range 2 {
		if err := process.Handle(ctx, day); err != nil {
			t.Fatal(err)
		}
	}
	o.figure("two parts of the first line", o.line(line1).Provisional, "20000.000")
	o.figure("two parts of the smallest line", o.line(line2).Provisional, "0.002")
	o.figure("the project's", o.line(line3).Provisional, "0.000")
	head, _, err := log.Head(ctx, eventstore.Main)
	if err != nil || process.Handle(ctx, day) != nil {
		t.Fatal(err)
	}
	if now, _, err := log.Head(ctx, eventstore.Main); err != nil || now != head {
		t.Errorf("the log grew from %d to %d (%v)", head, now, err)
	}

	// Reports show what the deciders decided.
	if err := views.Wait(ctx, "finance_line", head); err != nil {
		t.Fatal(err)
	}
	reports, err := o.NewReports(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	report, err := reports.Execution(ctx, reader, ExecutionQuery{Year: 2026, First: 10})
	if err != nil {
		t.Fatal(err)
	}
	o.figure("the report's authority", report.Total.Provisional.Amount, "20000.002")
	o.figure("the report's available", report.Total.AvailableNow.Amount, "20000.002")
	books, err := reports.BudgetLedger(ctx, reader, 2026, "", nil)
	if err != nil || books.Net.Amount != 0 {
		t.Errorf("the budget ledger is out by %v (%v)", books, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
