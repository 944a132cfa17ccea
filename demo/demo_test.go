package demo

import (
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/finance"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func module(log eventstore.Store) Modules {
	government := uuid.MustParse("0192f000-0000-7000-8000-000000000001")
	return Modules{access.New(log, government, time.Now, time.UTC, officer.Catalogue()), finance.New(log, government, time.Now, time.UTC), directory.New(log, government, time.Now, time.UTC)}
}

func categories() []eventstore.Category {
	return slices.Concat(access.Categories(), directory.Categories(), finance.Categories())
}

func memory(t *testing.T) eventstore.Store {
	t.Helper()
	log, err := eventstore.NewMemory(categories()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	return log
}

func everything(t *testing.T, log eventstore.Store) []eventstore.Recorded {
	t.Helper()
	events, err := log.Read(t.Context(), eventstore.Main, 0, math.MaxInt32)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// The same seed makes the same government, event for event, and a second seeding changes nothing.
func TestTwoDemosAreTheSame(t *testing.T) {
	first, second := memory(t), memory(t)
	for _, log := range []eventstore.Store{first, second, first} {
		if err := Seed(t.Context(), module(log), nil); err != nil {
			t.Fatal(err)
		}
	}
	a, b := everything(t, first), everything(t, second)
	if len(a) != len(b) {
		t.Fatalf("%d events and %d", len(a), len(b))
	}
	for i := range a {
		if a[i].Stream != b[i].Stream || a[i].Type != b[i].Type || string(a[i].Data) != string(b[i].Data) {
			t.Fatalf("position %d differs:\n%s %s %s\n%s %s %s", a[i].Position, a[i].Stream, a[i].Type, a[i].Data, b[i].Stream, b[i].Type, b[i].Data)
		}
	}
	kinds := map[string]int{}
	for _, e := range a {
		kinds[e.Type]++
	}
	t.Logf("%d events: %v", len(a), kinds)
	for kind, least := range map[string]int{
		"finance.budget_line_opened": 70, "finance.financial_order_certified": 20, "finance.reservation_opened": 6, "finance.commitment_opened": 100,
		"finance.invoice_verified": 150, "finance.invoice_disputed": 1, "finance.invoice_cancelled": 1, "finance.voucher_paid": 150,
		"finance.voucher_returned": 2, "finance.voucher_cancelled": 1, "finance.voucher_reversed": 2, "finance.refund_received": 2,
		"finance.virement_approved": 2, "finance.virement_rejected": 1, "finance.appropriation_frozen": 3, "finance.supplementary_enacted": 2,
		"directory.body_founded": 10, "directory.unit_founded": 20, "directory.unit_merged": 1, "directory.post_held": 12, "directory.list_version_published": 9,
		"directory.calendar_holiday_moved": 1, "directory.term_accepted": 1, "directory.term_rejected": 1, "directory.term_proposed": 3,
		"finance.treasury_account_opened": 2, "finance.batch_built": 3, "finance.batch_released": 2, "finance.payment_returned": 1, "finance.receipt_issued": 9, "finance.cashier_day_closed": 2, "finance.advance_issued": 2, "finance.trust_paid": 1, "finance.batch_answered": 5, "finance.journal_reversed": 1, "finance.period_closed": 9, "finance.bank_account_approved": 18,
	} {
		if kinds[kind] < least {
			t.Errorf("%d of %s, at least %d make a demo", kinds[kind], kind, least)
		}
	}
}

// A seeding that was cut off anywhere goes on where it stopped, and ends as if it had not been.
func TestASeedingThatWasCutOffGoesOn(t *testing.T) {
	whole := memory(t)
	if err := Seed(t.Context(), module(whole), nil); err != nil {
		t.Fatal(err)
	}
	cut := memory(t)
	for _, after := range []int{1, 3, 40, 200, 777} {
		ctx, cancel := context.WithCancel(t.Context())
		err := Seed(ctx, module(cut), func(done, _ int) {
			if done == after {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cut after %d: %v", after, err)
		}
	}
	if err := Seed(t.Context(), module(cut), nil); err != nil {
		t.Fatal(err)
	}
	a, b := everything(t, whole), everything(t, cut)
	if !slices.EqualFunc(a, b, func(x, y eventstore.Recorded) bool { return x.Stream == y.Stream && string(x.Data) == string(y.Data) }) {
		t.Errorf("%d events in one go, %d with cuts", len(a), len(b))
	}
}

// Documents wait in every state that an office knows.
func TestDocumentsWaitInEveryState(t *testing.T) {
	log := memory(t)
	if err := Seed(t.Context(), module(log), nil); err != nil {
		t.Fatal(err)
	}
	stage := map[string]string{}
	for _, e := range everything(t, log) {
		switch e.Stream.Category {
		case "finance.voucher", "finance.invoice", "finance.journal", "finance.order", "finance.reservation", "finance.virement":
			stage[e.Stream.String()] = e.Type
		}
	}
	waiting := map[string]int{}
	for _, last := range stage {
		waiting[last]++
	}
	t.Logf("newest events: %v", waiting)
	for _, last := range []string{
		"voucher_prepared", "voucher_audited", "voucher_approved", "voucher_paid", "voucher_returned", "voucher_cancelled", "refund_received",
		"invoice_registered", "invoice_verified", "invoice_disputed", "invoice_cancelled", "journal_drafted", "journal_submitted", "journal_reversed",
		"financial_order_drafted", "reservation_opened", "reservation_ended", "reservation_converted", "virement_proposed",
	} {
		if waiting["finance."+last] == 0 {
			t.Errorf("nothing stands at %s", last)
		}
	}
}

// Roles speak of the modules' permissions and of no others, and every permission is somebody's.
func TestTheDemosRolesFitTheModulesPermissions(t *testing.T) {
	held := map[string]bool{}
	for _, r := range access.DemoRoles() {
		for _, p := range r.Permissions {
			held[p] = true
		}
	}
	var all []string
	for _, p := range finance.Permissions() {
		all = append(all, string(p))
	}
	for _, p := range directory.Permissions() {
		all = append(all, string(p))
	}
	for _, p := range all {
		if !held[p] {
			t.Errorf("nobody holds %s", p)
		}
		delete(held, p)
	}
	for p := range held {
		t.Errorf("%s is no permission of any module", p)
	}
}

func TestTheDemoOnPostgres(t *testing.T) {
	log, err := eventstore.OpenPostgres(t.Context(), dbtest.New(t), categories()...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	}()
	start, commands := time.Now(), 0
	if err := Seed(t.Context(), module(log), func(_, total int) { commands = total }); err != nil {
		t.Fatal(err)
	}
	head, _, err := log.Head(t.Context(), eventstore.Main)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d commands, %d events in %s", commands, head, time.Since(start).Round(time.Millisecond))
	if err := Seed(t.Context(), module(log), nil); err != nil {
		t.Fatal(err)
	}
	if again, _, err := log.Head(t.Context(), eventstore.Main); err != nil || again != head {
		t.Errorf("seeded again: head %d, was %d, %v", again, head, err)
	}
}
