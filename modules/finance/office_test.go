package finance

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// office is the fixture of the spending path: fiscal year 2026 in dinars, two lines of the
// Directorate of Roads with released money, a supplier with a bank account, and the people of the
// demo.
type office struct {
	t   testing.TB
	m   *Module
	log eventstore.Store
	day kernel.Date

	rana, omar, huda, samar, lina, zaid, mazen, dima Officer
	supplier                                         string
}

const (
	roadsFuel  = "01-2501-4401-001-221105-001"
	roadsParts = "01-2501-4401-001-221106-001"
)

func openOffice(t testing.TB, log eventstore.Store) *office {
	t.Helper()
	o := &office{t: t, log: log, day: on(t, "2026-06-15")}
	o.m = New(log, uuid.MustParse("0192f000-0000-7000-8000-000000000001"), func() time.Time {
		return time.Date(o.day.Year(), o.day.Month(), o.day.Day(), 9, 0, 0, 0, time.UTC)
	}, time.UTC)
	person := func(id, role string, limit int64, may ...Permission) Officer {
		held := map[Permission]bool{}
		for _, p := range may {
			held[p] = true
		}
		return Officer{ID: id, Roles: []string{role}, Permissions: held, Units: Everywhere(held), Limit: limit}
	}
	o.rana = person("rana", "preparer", 0, MayRecordCommitment, MayRegisterInvoice, MayPrepareVoucher, MayDraftJournal)
	o.omar = person("omar", "auditor", 0, MayVerifyInvoice, MayAuditVoucher)
	o.huda = person("huda", "finance_manager", 10_000_000, MayApproveVoucher, MayApproveBankAccount, MayPostJournal, MayReverseJournal)
	o.samar = person("samar", "spending_officer", Unlimited, MayApproveVoucherAbove)
	o.lina = person("lina", "treasury", 0, MayPayVoucher)
	o.zaid = person("zaid", "treasury", 0, MayPayVoucher)
	o.mazen = person("mazen", "accounts", 0, MayOpenYear, MayClosePeriod, MayPostJournal, MayReverseJournal, MayReverseVoucher, MaySetPolicy)
	o.dima = person("dima", "master_data", 0, MayRegisterPayee)

	o.must(o.m.OpenYear(o.ctx(), o.mazen, OpenYear{Command: uuid.New(), Year: 2026}))
	for s, codes := range map[Segment][]string{
		Fund: {"01", "05"}, Chapter: {"2501"}, Programme: {"4401"}, Activity: {"001"}, Source: {"001"},
		Item: {"221105", "221106", "22110501", "331001", "131001", "111001", "332001", "332002"},
	} {
		for _, code := range codes {
			o.given(SegmentStream(s, code), SegmentValueAdded{Segment: s, Code: code, Name: kernel.Text{En: code}})
		}
	}
	for _, item := range []string{"221105", "221106"} {
		key, codes := KeyOf(Codes{Fund: "01", Chapter: "2501", Programme: "4401", Activity: "001", Item: item, Source: "001"}, StandardRules().KeyParts(2026))
		o.given(LineStream(2026, key),
			BudgetLineOpened{Year: 2026, Key: key, Codes: codes, Currency: "JOD", Economic: Current},
			AppropriationEnacted{Amount: 60_000_000}, AllotmentReleased{Order: "o", Month: 1, Amount: 50_000_000})
	}
	o.must(o.m.SetPaymentRules(o.ctx(), o.mazen, SetPaymentRules{
		Command: uuid.New(), From: "2026-01-01", BankChangeDays: 7, PayableItem: "331001", RecoverItem: "131001", BankItems: []string{"111001"},
		Deductions: []DeductionRule{
			{Code: "tax", Name: kernel.Text{Ar: "ضريبة", En: "Tax"}, Item: "332001"},
			{Code: "retention", Name: kernel.Text{Ar: "محتجزات", En: "Retention"}, Item: "332002"},
		},
	}))
	o.must(o.m.SetApprovalLimit(o.ctx(), o.mazen, SetApprovalLimit{Command: uuid.New(), Role: "finance_manager", Limit: "10,000.000", From: "2026-01-01"}))
	o.must(o.m.SetApprovalLimit(o.ctx(), o.mazen, SetApprovalLimit{Command: uuid.New(), Role: "spending_officer", Limit: "unlimited", From: "2026-01-01"}))
	o.supplier = o.payee("Al-Urdun Roads Company")
	return o
}

func (o *office) ctx() context.Context { return context.Background() }

// given puts history in place that other parts of finance make.
func (o *office) given(s eventstore.Stream, events ...eventstore.Event) {
	o.t.Helper()
	var t touches
	i := t.add(s)
	o.must(o.m.execute(o.ctx(), o.mazen, uuid.New(), "given", s.String(), &t, func(d *eventstore.Decision) error {
		for _, e := range events {
			d.Record(i, e)
		}
		return nil
	}))
}

// must requires success and returns the id of the document that the command made.
func (o *office) must(r eventstore.Receipt, err error) string {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	return r.Events[0].Command.String()
}

// refused requires a refusal with a code, at a field when path is not "*", with a sentence in both
// languages, and nothing written.
func (o *office) refused(code, path string, r eventstore.Receipt, err error) kernel.Problem {
	o.t.Helper()
	if r.First != 0 {
		o.t.Fatalf("refusal expected, but positions %d to %d were written", r.First, r.Last)
	}
	for _, p := range kernel.ProblemsOf(err) {
		if p.Code == code && (path == "*" || p.Path == path) {
			if p.Message.Ar == "" || p.Message.En == "" {
				o.t.Fatalf("%s has no sentence in one of the languages: %+v", code, p.Message)
			}
			return p
		}
	}
	o.t.Fatalf("got %v, want %s at %q", err, code, path)
	return kernel.Problem{}
}

func (o *office) payee(name string) string {
	o.t.Helper()
	id := o.must(o.m.RegisterPayee(o.ctx(), o.dima, RegisterPayee{Command: uuid.New(), Kind: Company, Name: kernel.Text{En: name}}))
	o.must(o.m.ProposeBankAccount(o.ctx(), o.dima, ProposeBankAccount{Command: uuid.New(), Payee: id, IBAN: "JO94CBJO0010000000000131000302", On: "2026-01-02"}))
	o.must(o.m.ApproveBankAccount(o.ctx(), o.huda, DecideBankAccount{Command: uuid.New(), Payee: id, Account: 1, On: "2026-01-03"}))
	return id
}

// commitment, verified and prepared are documents on their way.
func (o *office) commitment(amount string) string {
	o.t.Helper()
	return o.must(o.m.RecordCommitment(o.ctx(), o.rana, RecordCommitment{
		Command: uuid.New(), Year: 2026, Subject: "Fuel for the northern roads", Payee: o.supplier, Lines: []LineInput{{roadsFuel, amount}},
	}))
}

func (o *office) registered(amount string) string {
	o.t.Helper()
	c := o.commitment(amount)
	return o.must(o.m.RegisterInvoice(o.ctx(), o.rana, RegisterInvoice{
		Command: uuid.New(), Commitment: c, Payee: o.supplier, Number: "INV-" + uuid.NewString()[:8], Date: "2026-03-01",
		ReceivedOn: "2026-03-02", Lines: []ChargeInput{{Key: roadsFuel, Amount: amount}},
	}))
}

func (o *office) verified(amount, day string) string {
	o.t.Helper()
	i := o.registered(amount)
	o.must(o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: i, On: day}))
	return i
}

func (o *office) prepared(amount, day string) string {
	o.t.Helper()
	i := o.registered(amount)
	yusuf := o.omar
	yusuf.ID = "yusuf" // another verifier, so that omar is free to audit in every order
	o.must(o.m.VerifyInvoice(o.ctx(), yusuf, ActOnInvoice{Command: uuid.New(), ID: i, On: day}))
	return o.must(o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Invoice: i, On: day}))
}

func (o *office) paid(amount, day string) string {
	o.t.Helper()
	v := o.prepared(amount, day)
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, day)))
	o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, day)))
	o.must(o.m.PayVoucher(o.ctx(), o.lina, act(v, day)))
	return v
}

// act is a step on a voucher with everything any step needs.
func act(voucher, day string) ActOnVoucher {
	return ActOnVoucher{Command: uuid.New(), ID: voucher, On: day, Reason: "as the file says", Reference: "RTGS-1"}
}

func on(t interface{ Fatal(...any) }, day string) kernel.Date {
	d, err := kernel.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// line, voucher and entry read newest states.
func (o *office) line(key string) BudgetLine {
	return state[BudgetLine](o, lineCategory(), LineStream(2026, key))
}

func (o *office) voucher(id string) Voucher {
	return state[Voucher](o, voucherCategory(), voucherStream(id))
}

func (o *office) entry(id string) JournalEntry {
	return state[JournalEntry](o, journalCategory(), journalStream(id))
}

func state[S any](o *office, c eventstore.Category, s eventstore.Stream) S {
	o.t.Helper()
	got, err := now[S](o.ctx(), o.m, c, s)
	if err != nil {
		o.t.Fatal(err)
	}
	return got
}

// everything reads the whole log and decodes it.
func (o *office) everything() []eventstore.Event {
	o.t.Helper()
	codec := eventstore.NewCodec(slices.Concat(budgetEvents(), paymentEvents(), treasuryEvents(), cycleEvents(), yearEvents())...)
	recorded, err := o.log.Read(o.ctx(), eventstore.Main, 0, math.MaxInt32)
	if err != nil {
		o.t.Fatal(err)
	}
	events := make([]eventstore.Event, len(recorded))
	for i, r := range recorded {
		if events[i], err = codec.Decode(r.Type, r.Schema, r.Data); err != nil {
			o.t.Fatal(err)
		}
	}
	return events
}
