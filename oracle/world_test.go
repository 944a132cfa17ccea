package oracle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/desk"
	"diwan/eventstore"
	"diwan/eventstore/blob"
	"diwan/graph"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
	"diwan/modules/upload"
	"diwan/projections"
	"diwan/projections/inbox"
	"diwan/projections/search"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// bodies are the three of the world, by their chapters.
func bodies() []string { return []string{"2501", "2601", "2701"} }

// token marks the data of a body.
func token(body string) string { return "Qx" + body + "zq" }

// amount is one that no other body has.
func amount(body string) string { return body[:2] + "7." + body[1:] }

// lineKey is the budget line of a body.
func lineKey(body string) string { return "01-" + body + "-4401-001-221105-001" }

// lines collects a log.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write takes a line.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// Bytes is everything so far.
func (l *lines) Bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.text.Bytes())
}

// world is a small government with marked data in every kind of document.
type world struct {
	t      testing.TB
	db     *database.DB
	access *access.Module
	local  *graph.Local
	log    eventstore.Store
	logged lines // what the program logged
	now    time.Time
	ids    []string // of documents, with the body each belongs to
	of     map[string]string
	payee  string
}

func (w *world) must(r eventstore.Receipt, err error) string {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	if len(r.Events) == 0 {
		return ""
	}
	return r.Events[0].Command.String()
}

func newWorld(t testing.TB) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{t: t, db: dbtest.New(t), now: time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC), of: map[string]string{}}
	log, err := eventstore.OpenPostgres(ctx, w.db, slices.Concat(access.Categories(), finance.Categories(), directory.Categories())...)
	if err != nil {
		t.Fatal(err)
	}
	w.log = log
	clock := func() time.Time { return w.now }
	w.access = access.New(log, uuid.Nil, clock, time.UTC, officer.Catalogue())
	module := finance.New(log, uuid.Nil, clock, time.UTC)
	views, err := projections.New(w.db, log, slices.Concat(finance.Views(), directory.Views(), []projections.View{access.StepView(), inbox.View(), search.View()})...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	w.people()
	w.documents(module)
	if err := views.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	reports, err := module.NewReports(ctx, w.db)
	if err != nil {
		t.Fatal(err)
	}
	registrar, registry := directory.New(log, uuid.Nil, clock, time.UTC), directory.NewRegistry(log, uuid.Nil)
	if err := errors.Join(registrar.PublishShipped(ctx), registry.CatchUp(ctx)); err != nil {
		t.Fatal(err)
	}
	files, err := blob.OpenFolder(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	address := func(person string, _ blob.Hash, name, _ string) string { return "/" + person + "/" + name }
	w.local = graph.NewLocal(graph.Config{
		Desk: desk.New(w.db, clock), Directory: registrar, Registry: registry, DirectoryReports: directory.NewReports(w.db, 1), Zone: time.UTC,
		Uploads: upload.New(w.db, files, upload.NewLinks(bytes.Repeat([]byte{1}, 32), clock), clock, upload.DefaultQuota(),
			upload.Purpose{Name: "finance.budget", Permission: "finance.budget.import", Most: 1 << 20, Types: []string{upload.Text}}),
		Jobs: job.New(w.db, files, clock, address), Sheets: finance.Sheets(), Forms: finance.Forms(), Views: finance.ViewNames(),
		Log: slog.New(slog.NewTextHandler(&w.logged, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: clock,
		Access: w.access, AccessReports: access.NewReports(w.db, 1, w.access.Book()), Finance: module, Reports: reports, Inbox: inbox.New(w.db, 1, clock, time.UTC), Search: search.New(w.db), FreeText: true,
	})
	return w
}

// documents gives every body one of each kind, marked.
func (w *world) documents(m *finance.Module) {
	w.t.Helper()
	ctx := context.Background()
	by := func(person string) finance.Officer {
		held := map[finance.Permission]bool{}
		for _, p := range finance.Permissions() {
			held[p] = true
		}
		return finance.Officer{ID: person, Permissions: held, Units: finance.Everywhere(held), Limit: finance.Unlimited}
	}
	id := uuid.New
	w.must(m.OpenYear(ctx, by("root"), finance.OpenYear{Command: id(), Year: 2026}))
	for _, item := range []string{"331001", "131001", "111001", "332001"} {
		w.must(m.AddSegmentValue(ctx, by("root"), finance.AddSegmentValue{Command: id(), Segment: finance.Item, Code: item, NameAr: "حساب", NameEn: "Account"}))
	}
	var budget strings.Builder
	budget.WriteString("year,fund,chapter,programme,activity,item,source,amount\n")
	for _, b := range bodies() {
		fmt.Fprintf(&budget, "2026,01,%s,4401,001,221105,001,%s00.%s\n2026,01,%s,4401,001,221106,001,900000.000\n", b, b, b[1:], b)
	}
	if _, err := finance.ImportBudget(ctx, m, by("root"), strings.NewReader(budget.String()), finance.ImportOptions{Vintage: finance.Original}, nil); err != nil {
		w.t.Fatal(err)
	}
	w.must(m.SetPaymentRules(ctx, by("root"), finance.SetPaymentRules{Command: id(), From: "2026-01-01", PayableItem: "331001", RecoverItem: "131001", BankItems: []string{"111001"}}))
	w.must(m.SetApprovalLimit(ctx, by("root"), finance.SetApprovalLimit{Command: id(), Role: "manager", Limit: "unlimited", From: "2026-01-01"}))
	w.payee = w.must(m.RegisterPayee(ctx, by("root"), finance.RegisterPayee{Command: id(), Kind: finance.Company, Name: kernel.Text{Ar: "شركة الطرق", En: "Roads Company"}}))
	w.must(m.ProposeBankAccount(ctx, by("root"), finance.ProposeBankAccount{Command: id(), Payee: w.payee, IBAN: "JO94CBJO0010000000000131000302", On: "2026-01-02"}))
	w.must(m.ApproveBankAccount(ctx, by("second"), finance.DecideBankAccount{Command: id(), Payee: w.payee, Account: 1, On: "2026-01-03"}))
	for _, body := range bodies() {
		mark, key, sum := token(body), lineKey(body), amount(body)
		keep := func(document string) string {
			w.ids, w.of[document] = append(w.ids, document), body
			return document
		}
		lines := []finance.LineInput{{Key: key, Amount: sum}}
		order := keep(w.must(m.DraftOrder(ctx, by("a"), finance.DraftOrder{
			Command: id(), Year: 2026, Kind: finance.GeneralOrder, Subject: "order " + mark,
			Lines: []finance.OrderLineInput{{Key: key, Months: []int{1}, Amount: "100000.000"}},
		})))
		w.must(m.CertifyOrder(ctx, by("b"), finance.StepOrder{Command: id(), ID: order}))
		keep(w.must(m.ProposeVirement(ctx, by("a"), finance.ProposeVirement{
			Command: id(), Year: 2026, Reason: "virement " + mark,
			Lines: []finance.LineInput{{Key: key, Amount: "-1.000"}, {Key: strings.Replace(key, "221105", "221106", 1), Amount: "1.000"}},
		})))
		keep(w.must(m.ReserveFunds(ctx, by("a"), finance.ReserveFunds{Command: id(), Year: 2026, Expires: "2026-12-31", Subject: "reservation " + mark, Lines: lines})))
		commitment := keep(w.must(m.RecordCommitment(ctx, by("a"), finance.RecordCommitment{
			Command: id(), Year: 2026, Subject: "commitment " + mark, Payee: w.payee, Reference: "PO-" + mark, Lines: []finance.LineInput{{Key: key, Amount: "9000.000"}},
		})))
		invoice := keep(w.must(m.RegisterInvoice(ctx, by("a"), finance.RegisterInvoice{
			Command: id(), Commitment: commitment, Payee: w.payee, Number: "I-" + mark, Date: "2026-06-01", ReceivedOn: "2026-06-02", DueOn: "2026-07-15",
			Lines: []finance.ChargeInput{{Key: key, Amount: sum}}, Narration: "claim " + mark,
		})))
		w.must(m.VerifyInvoice(ctx, by("b"), finance.ActOnInvoice{Command: id(), ID: invoice}))
		voucher := keep(w.must(m.PrepareVoucher(ctx, by("a"), finance.PrepareVoucher{Command: id(), Invoice: invoice, Narration: "voucher " + mark})))
		w.must(m.ReturnVoucher(ctx, by("b"), finance.ActOnVoucher{Command: id(), ID: voucher, Reason: "returned " + mark}))
		codes := finance.Codes{Fund: "01", Chapter: body, Programme: "4401", Activity: "001", Item: "221105", Source: "001"}
		journal := keep(w.must(m.DraftJournal(ctx, by("a"), finance.DraftJournal{
			Command: id(), On: "2026-06-10", Narration: "entry " + mark, Submit: true,
			Lines: []finance.EntryLine{{Codes: codes, Debit: sum}, {Codes: codes.With(finance.Item, "111001"), Credit: sum}},
		})))
		w.must(m.PostJournal(ctx, by("b"), finance.ActOnJournal{Command: id(), ID: journal}))
	}
}
