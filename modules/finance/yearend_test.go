package finance

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/modules/kernel"
	"diwan/projections"
	"diwan/projections/projectionstest"
)

// yearOffice is the Directorate of Roads at the end of 2026: finance.md §8, A11.
type yearOffice struct {
	*bureau
	db       *database.DB
	books    *YearBooks
	closes   Officer // Mazen
	signs    Officer // Huda
	po1, po2 string
}

// The two orders of A11 have the same ids wherever it is played.
func orderID(n int) uuid.UUID { return uuid.NewSHA1(uuid.Nil, fmt.Appendf(nil, "PO-%d", n)) }

func openYearOffice(t *testing.T, policy CarryPolicy) *yearOffice {
	t.Helper()
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, Categories()...)
	o := &yearOffice{
		bureau: newBureau(t, opened(t, log, err)), db: db, closes: officer("mazen", MayCloseYear, MayOpenYear, MaySetPolicy, MayDraftJournal),
		signs: officer("huda", MaySignFinalAccount, MayPostJournal),
	}
	views, err := projections.New(db, log, Views()...)
	if err != nil {
		t.Fatal(err)
	}
	o.books = o.YearBooksIn(db, func(ctx context.Context, _ string, _ int64) error { return views.CatchUp(ctx) })
	o.enact(Original, line1, "10000.000")
	o.release(line1, "10000.000")
	o.must(o.commit(orderID(1), line1, "1500.000"))
	o.must(o.commit(orderID(2), line1, "300.000"))
	o.po1, o.po2 = orderID(1).String(), orderID(2).String()
	o.must(o.ReserveFunds(o.ctx, rana(), ReserveFunds{
		Command: orderID(3), Year: 2026, Expires: "2026-12-31", Subject: "طلب شراء", Lines: lineInputs(line1, "500.000"),
	}))
	if err := o.onLine(line1, func(l BudgetLine) (eventstore.Event, error) {
		return asEvent(l.Oblige(fils(t, "6200.000"), 0, "invoice", "", ByAllotment))
	}); err != nil {
		t.Fatal(err)
	}
	o.post("2026-06-01", "221105", "6200.000", "331001") // the claims
	o.post("2026-06-02", "111001", "5000.000", "114001") // taxes that came in
	o.enactYear(2027, Original, line1, "9000.000")
	o.must(o.SetClosingRules(o.ctx, o.closes, SetClosingRules{
		Command: uuid.New(), From: "2026-01-01", Revenue: []string{"114*"}, Expense: []string{"22*"}, Suspense: []string{"3399*"}, Result: "341001",
	}))
	o.on("2026-12-20")
	_, err = o.RunYearEnd(o.ctx, o.closes, o.books, 2026, nil)
	o.refused("finance.yearend_not_started", err)
	o.must(o.StartYearEnd(o.ctx, o.closes, StartYearEnd{Command: orderID(4), Year: 2026, Policy: policy, Complementary: "2027-01-31"}))
	return o
}

// on sets the office's day.
func (o *bureau) on(day string) {
	d := on(o.t, day)
	o.clock = func() time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC) }
}

// post books a debit and a credit of the directorate, as documents do.
func (o *yearOffice) post(day, debit, amount, credit string) {
	o.t.Helper()
	var t touches
	id := uuid.NewSHA1(uuid.Nil, []byte(day+debit+amount+credit))
	p := touchPosting(&t, id, 2026)
	codes := Codes{Fund: "01", Chapter: "2501", Programme: "4401"}
	_, err := o.execute(o.ctx, rana(), id, "given", nil, &t, func(d *eventstore.Decision) error {
		_, err := p.post(d, rana(), on(o.t, day), "JOD", JournalSource{Kind: ManualEntry}, "", numbered([]LedgerLine{
			{Codes: codes.With(Item, debit), Debit: fils(o.t, amount)}, {Codes: codes.With(Item, credit), Credit: fils(o.t, amount)},
		}), "")
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// raw records an event that other parts of finance make.
func (o *yearOffice) raw(s eventstore.Stream, e eventstore.Event) {
	o.t.Helper()
	var t touches
	at := t.add(s)
	o.must(o.execute(o.ctx, o.closes, uuid.New(), "given", s.Key, &t, func(d *eventstore.Decision) error { d.Record(at, e); return nil }))
}

func (o *yearOffice) run() YearEndReport {
	o.t.Helper()
	r, err := o.RunYearEnd(o.ctx, o.closes, o.books, 2026, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// step runs until the close waits at a step.
func (o *yearOffice) waits(at int) YearEndReport {
	o.t.Helper()
	r := o.run()
	if r.Done != at-1 || r.Waiting == (kernel.Text{}) {
		o.t.Fatalf("the close has done %d steps and waits for %q, want it to wait at step %d", r.Done, r.Waiting.En, at)
	}
	return r
}

// decided takes the close to its end: every act of a person that it waits for.
func (o *yearOffice) decided(run func()) {
	o.t.Helper()
	step := func(r eventstore.Receipt, err error) { o.t.Helper(); o.must(r, err) }
	run()
	o.on("2027-02-01")
	run()
	step(o.ConfirmAdjustments(o.ctx, o.closes, StepYearEnd{Command: uuid.New(), Year: 2026}))
	run()
	step(o.DecideCommitment(o.ctx, o.closes, StepYearEnd{Command: uuid.New(), Year: 2026, Commitment: o.po1, Rule: CarryThem, Reason: "العمل مستمر"}))
	step(o.DecideCommitment(o.ctx, o.closes, StepYearEnd{Command: uuid.New(), Year: 2026, Commitment: o.po2, Rule: LapseThem, Reason: "انتهى الطلب"}))
	run()
	step(o.SignFinalAccount(o.ctx, o.signs, StepYearEnd{Command: uuid.New(), Year: 2026}))
	run()
}

func (o *yearOffice) next() BudgetLine {
	o.t.Helper()
	l, err := now[BudgetLine](o.ctx, o.Module, lineCategory(), LineStream(2027, line1))
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

func (o *yearOffice) events() []eventstore.Recorded {
	o.t.Helper()
	all, err := o.log.Read(o.ctx, eventstore.Main, 0, math.MaxInt32)
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

// A11 with policy B, first charge on the new year, and every stop on the way.
func TestScenarioA11ClosesAYearWithCommitments(t *testing.T) {
	o := openYearOffice(t, FirstCharge)
	reports, err := o.NewReports(o.ctx, o.db)
	if err != nil {
		t.Fatal(err)
	}
	voucher := eventstore.Stream{Category: "finance.voucher", Key: "v-1"}
	o.raw(voucher, VoucherPrepared{Number: "1/2026", Content: VoucherContent{Kind: "direct", Year: 2026, Currency: "JOD", Gross: 1000, Net: 1000}, On: on(t, "2026-12-20"), By: rana().Sign()})
	o.raw(eventstore.Stream{Category: "finance.advance", Key: "a-1"}, AdvanceRequested{Year: 2026, Currency: "JOD", Amount: 5_000, Codes: Codes{Chapter: "2501"}, On: on(t, "2026-11-01")})
	o.raw(eventstore.Stream{Category: "finance.advance", Key: "a-1"}, AdvanceIssued{Number: "1/2026", On: on(t, "2026-11-02"), Due: on(t, "2026-12-02")})

	report := o.waits(StepChecklist)
	found := map[string]int{}
	for _, b := range report.Blockers {
		found[b.Code] = b.Count
		if b.Worklist() == "" || b.Title().Ar == "" {
			t.Errorf("blocker %s leads nowhere", b.Code)
		}
	}
	if len(found) != 2 || found["vouchers"] != 1 || found["advances"] != 1 {
		t.Fatalf("blockers %v", found)
	}
	sheet, err := reports.YearClose(o.ctx, reader, 2026)
	if err != nil || sheet == nil || sheet.Done() != 2 || len(sheet.Blockers) != 2 || sheet.Undecided != 2 || sheet.Steps()[2].State != "NEXT" || sheet.Account() != nil {
		t.Errorf("the screen shows %+v (%v)", sheet, err)
	}
	samar := officer("samar", MayReadFinance)
	samar.Units = map[Permission][]string{MayReadFinance: {"2501."}}
	if sheet, err := reports.YearClose(o.ctx, samar, 2026); sheet != nil || err != nil {
		t.Errorf("one chapter's officer sees the government's close (%v)", err)
	}
	if l := o.line(line1); l.Reserved != 0 {
		t.Errorf("%d stays reserved", l.Reserved)
	}
	_, err = o.commit(uuid.New(), line1, "1.000")
	o.refused("finance.new_commitments_stopped", err)

	waiver := StepYearEnd{Command: uuid.New(), Year: 2026, Blocker: "vouchers", Reason: "مستعجل"}
	_, err = o.AskYearEndWaiver(o.ctx, o.closes, waiver)
	o.refused("finance.blocker_hard", err)
	o.raw(voucher, VoucherCancelled{Reason: "خطأ", On: on(t, "2026-12-20")})
	o.waits(StepChecklist)
	waiver.Command, waiver.Blocker = uuid.New(), "advances"
	o.must(o.AskYearEndWaiver(o.ctx, o.closes, waiver))
	both := o.closes
	both.Permissions = map[Permission]bool{MaySignFinalAccount: true}
	both.Units = Everywhere(both.Permissions)
	waiver.Command = uuid.New()
	_, err = o.WaiveBlocker(o.ctx, both, waiver)
	o.refused("finance.same_person", err)
	o.waits(StepChecklist)
	waiver.Command = uuid.New()
	o.must(o.WaiveBlocker(o.ctx, o.signs, waiver))

	o.waits(StepComplementary)
	o.on("2027-02-01")
	o.waits(StepAdjustments)
	// An accrual in period 13: fuel that came in December.
	codes := Codes{Fund: "01", Chapter: "2501", Programme: "4401"}
	o.raw(SegmentStream(Item, "331001"), SegmentValueAdded{Segment: Item, Code: "331001", Name: kernel.Text{Ar: "ذمم", En: "Payable"}})
	accrual := DraftJournal{Command: uuid.New(), On: "2026-12-31", Submit: true, Adjusts: true, Lines: []EntryLine{
		{Codes: codes.With(Item, "221105"), Debit: "10.000"}, {Codes: codes.With(Item, "331001"), Credit: "10.000"},
	}}
	o.must(o.DraftJournal(o.ctx, o.closes, accrual))
	o.must(o.ConfirmAdjustments(o.ctx, o.closes, StepYearEnd{Command: uuid.New(), Year: 2026}))
	if r := o.waits(StepAdjustments); len(r.Blockers) == 0 || r.Blockers[0].Code != "journals" {
		t.Errorf("a draft entry does not stop the close: %+v", r.Blockers)
	}
	o.must(o.PostJournal(o.ctx, o.signs, ActOnJournal{Command: uuid.New(), ID: accrual.Command.String()}))

	if r := o.waits(StepCommitments); len(r.Undecide) != 2 {
		t.Errorf("undecided are %v", r.Undecide)
	}
	o.must(o.DecideCommitment(o.ctx, o.closes, StepYearEnd{Command: uuid.New(), Year: 2026, Commitment: o.po1, Rule: CarryThem, Reason: "العمل مستمر"}))
	o.must(o.DecideCommitment(o.ctx, o.closes, StepYearEnd{Command: uuid.New(), Year: 2026, Commitment: o.po2, Rule: LapseThem, Reason: "انتهى الطلب"}))
	o.waits(StepFinal)
	starter := o.closes
	starter.Permissions = map[Permission]bool{MaySignFinalAccount: true}
	starter.Units = Everywhere(starter.Permissions)
	_, err = o.SignFinalAccount(o.ctx, starter, StepYearEnd{Command: uuid.New(), Year: 2026})
	o.refused("finance.same_person", err)
	o.must(o.SignFinalAccount(o.ctx, o.signs, StepYearEnd{Command: uuid.New(), Year: 2026}))
	if r := o.run(); r.Done != StepFinal || r.Waiting != (kernel.Text{}) {
		t.Fatalf("the close ended at %+v", r)
	}

	o.figure("lapsed", o.line(line1).Lapsed, "3800.000") // 2,300 and 1,500 more
	o.figure("available of the new year", o.next().AvailableYear(), "7500.000")
	o.figure("committed in the new year", o.next().Committed, "1500.000")
	end, err := o.YearEndOf(o.ctx, 2026)
	if err != nil {
		t.Fatal(err)
	}
	o.figure("revenue", end.Account.Revenue, "5000.000")
	o.figure("expense", end.Account.Expense, "6210.000")
	o.figure("lapsed in the account", end.Account.Lapsed, "3800.000")
	closing, opening, _, net, err := o.books.proof(o.ctx, 2026, "JOD")
	if err != nil || closing != opening || net != 0 || closing != end.Account.Balances {
		t.Errorf("closing %s, opening %s, in the account %s, net %d (%v)", closing, opening, end.Account.Balances, net, err)
	}
	balances, err := o.books.balances(o.ctx, 2026, "JOD")
	if err != nil || len(balances) != 3 {
		t.Errorf("left are %v (%v), want bank, payable and net result", balances, err)
	}
	if sheet, err = reports.YearClose(o.ctx, reader, 2026); err != nil || sheet.Done() != StepFinal || sheet.Account().Lapsed.Amount != end.Account.Lapsed {
		t.Errorf("at the end the screen shows %+v (%v)", sheet, err)
	}
	head := len(o.events())
	if r := o.run(); r.Done != StepFinal {
		t.Errorf("run again the close says %+v", r)
	}
	if n := len(o.events()); n != head {
		t.Errorf("run again the log grew by %d events", n-head)
	}
	_, err = o.DraftJournal(o.ctx, o.closes, DraftJournal{Command: uuid.New(), On: "2026-12-31", Lines: accrual.Lines, Adjusts: true})
	o.refused("finance.period_closed", err)
}

// A11 with policy A: the appropriation goes along.
func TestScenarioA11CarriesTheAppropriationAlong(t *testing.T) {
	o := openYearOffice(t, WithAppropriation)
	o.decided(func() { o.run() })
	o.figure("lapsed", o.line(line1).Lapsed, "2300.000")
	o.figure("revised of the old year", o.line(line1).Revised(), "8500.000")
	o.figure("available of the new year", o.next().AvailableYear(), "9000.000")
	o.figure("revised of the new year", o.next().Revised(), "10500.000")
	o.figure("committed in the new year", o.next().Committed, "1500.000")
	projectionstest.Equal(t, o.db, o.log, Views()...)
}

// dying is a log whose program is killed after every commit that wrote something, before it hears of it.
type dying struct{ eventstore.Store }

var errKilled = errors.New("killed")

func (d dying) Execute(ctx context.Context, c eventstore.Command) (eventstore.Receipt, error) {
	before, _, err := d.Head(ctx, eventstore.Main)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	r, err := d.Store.Execute(ctx, c)
	if err != nil {
		return r, err
	}
	if after, _, err := d.Head(ctx, eventstore.Main); err != nil || after > before {
		return eventstore.Receipt{}, errors.Join(err, errKilled)
	}
	return r, nil
}

// Killed after every single commit and resumed, a close writes what one that nobody disturbed writes.
func TestACloseKilledAtEveryCommandWritesTheSame(t *testing.T) {
	whole := openYearOffice(t, FirstCharge)
	whole.decided(func() { whole.run() })
	cut := openYearOffice(t, FirstCharge)
	log, kills := cut.log, 0
	cut.decided(func() {
		for {
			cut.log = dying{log}
			_, err := cut.RunYearEnd(cut.ctx, cut.closes, cut.books, 2026, nil)
			cut.log = log
			if err == nil {
				return
			}
			if !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			if kills++; kills > 100 {
				t.Fatal("the close never ends")
			}
		}
	})
	if kills < 8 {
		t.Errorf("killed %d times only", kills)
	}
	a, b := whole.events(), cut.events()
	begin := slices.IndexFunc(a, func(e eventstore.Recorded) bool { return e.Type == (YearEndStarted{}).EventType() })
	for i := range min(len(a), len(b)) {
		if a[i].Position < a[begin].Position { // what the office did before has ids of its own
			continue
		}
		if a[i].Type != b[i].Type || a[i].Stream != b[i].Stream || !bytes.Equal(a[i].Data, b[i].Data) {
			t.Fatalf("event %d is %s %s %s\nand killed on the way %s %s %s", i+1, a[i].Type, a[i].Stream, a[i].Data, b[i].Type, b[i].Stream, b[i].Data)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d events, killed on the way %d", len(a), len(b))
	}
}
