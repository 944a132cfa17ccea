package finance

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// The people of the acceptance scenarios. Facts about them come from the edge, so here they are.
func officer(id string, permissions ...Permission) Officer {
	o := Officer{ID: id, Permissions: map[Permission]bool{}}
	for _, p := range permissions {
		o.Permissions[p] = true
	}
	o.Units = Everywhere(o.Permissions)
	return o
}

func rana() Officer {
	return officer("rana", MayRecordCommitment, MayReserveFunds, MayProposeVirement, MayApproveVirement, MayDraftOrder, MayReadFinance)
}

func sami() Officer {
	return officer("sami", MayDraftOrder, MayCertifyOrder, MayApproveVirement, MayFreezeBudget, MayImportBudget)
}

func mazen() Officer { return officer("mazen", MayOpenYear, MayClosePeriod, MayReopenPeriod) }

func dima() Officer {
	return officer("dima", MayChangeChart, MaySetPolicy, MayImportBudget, MayOpenYear)
}

// The budget lines of fixture F.
const (
	line1 = "01-2501-4401-001-221105-001"
	line2 = "01-2501-4401-001-221106-001"
	line3 = "01-2501-4401-002-311201-001" // a capital project
)

// onEveryStore runs a scenario on memory and on PostgreSQL.
func onEveryStore(t *testing.T, scenario func(*testing.T, *bureau)) {
	t.Helper()
	onBothStores(t, func(t *testing.T, log eventstore.Store) { scenario(t, newBureau(t, log)) })
}

// bureau is a finance module on a day of 2026, and short ways to act in it.
type bureau struct {
	*Module
	t   testing.TB
	ctx context.Context
}

func newBureau(t testing.TB, store eventstore.Store) *bureau {
	tenant := uuid.MustParse("019aa000-0000-7000-8000-000000000001")
	noon := time.Date(2026, time.June, 15, 12, 0, 0, 0, time.UTC)
	m := New(store, tenant, func() time.Time { return noon }, time.UTC)
	return &bureau{Module: m, t: t, ctx: context.Background()}
}

func command() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// must is for steps that a scenario takes for granted.
func (o *bureau) must(r eventstore.Receipt, err error) eventstore.Receipt {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// refused asserts the refusal's code and returns the first problem.
func (o *bureau) refused(code string, err error) kernel.Problem {
	o.t.Helper()
	problems := kernel.ProblemsOf(err)
	if len(problems) == 0 {
		o.t.Fatalf("got %v, want the refusal %s", err, code)
	}
	for _, p := range problems {
		if p.Message.Ar == "" || p.Message.En == "" {
			o.t.Errorf("refusal %s lacks a sentence: %+v", p.Code, p)
		}
	}
	for _, p := range problems {
		if p.Code == code {
			return p
		}
	}
	o.t.Fatalf("got %v, want the refusal %s", err, code)
	return kernel.Problem{}
}

// enact imports original appropriations given as key and amount.
func (o *bureau) enact(vintage Vintage, amounts ...string) {
	o.t.Helper()
	o.enactYear(2026, vintage, amounts...)
}

func (o *bureau) enactYear(year int, vintage Vintage, amounts ...string) {
	o.t.Helper()
	csv := "year,fund,chapter,programme,activity,item,source,amount\n"
	for i := 0; i < len(amounts); i += 2 {
		csv += strconv.Itoa(year) + "," + strings.ReplaceAll(amounts[i], "-", ",") + "," + amounts[i+1] + "\n"
	}
	r, err := ImportBudget(o.ctx, o.Module, dima(), strings.NewReader(csv), ImportOptions{Vintage: vintage, Additions: vintage == Supplementary}, nil)
	if err != nil || r.Accepted != len(amounts)/2 {
		o.t.Fatalf("enact %v: %+v (%v)", amounts, r, err)
	}
}

// release drafts and certifies an order over this year's first months.
func (o *bureau) release(key, amount string) {
	o.t.Helper()
	order := command()
	o.must(o.DraftOrder(o.ctx, rana(), DraftOrder{
		Command: order, Year: 2026, Kind: GeneralOrder, Subject: "الأمر المالي العام",
		Lines: []OrderLineInput{{Key: key, Months: []int{1, 2, 3}, Amount: amount}},
	}))
	o.must(o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: order.String()}))
}

// commit asks for a commitment on lines given as key and amount.
func (o *bureau) commit(id uuid.UUID, lines ...string) (eventstore.Receipt, error) {
	return o.RecordCommitment(o.ctx, rana(), RecordCommitment{
		Command: id, Year: 2026, Subject: "عقد صيانة طرق", Lines: lineInputs(lines...),
	})
}

func lineInputs(lines ...string) []LineInput {
	var in []LineInput
	for i := 0; i < len(lines); i += 2 {
		in = append(in, LineInput{Key: lines[i], Amount: lines[i+1]})
	}
	return in
}

// line reads a line's newest state from the log.
func (o *bureau) line(key string) BudgetLine {
	o.t.Helper()
	l, err := now[BudgetLine](o.ctx, o.Module, lineCategory(), LineStream(2026, key))
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

// onLine makes a move on a line as a document of the payment side does.
func (o *bureau) onLine(key string, move func(BudgetLine) (eventstore.Event, error)) error {
	_, err := o.log.Execute(o.ctx, eventstore.Command{
		ID: command(), Tenant: o.tenant, Actor: "omar",
		Touches: []eventstore.Touch{{Stream: LineStream(2026, key), Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			e, err := move(eventstore.StateOf[BudgetLine](d, 0))
			if err == nil {
				d.Record(0, e)
			}
			return err
		},
	})
	return err
}

// fils is an amount of dinars in minor units.
func fils(t testing.TB, dinars string) int64 {
	t.Helper()
	n, err := kernel.ParseAmount(dinars, "JOD")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// figure asserts one sum of a line.
func (o *bureau) figure(name string, got int64, want string) {
	o.t.Helper()
	if kernel.FormatAmount(got, "JOD") != want {
		o.t.Errorf("%s is %s, want %s", name, kernel.FormatAmount(got, "JOD"), want)
	}
}

// sharedFile opens real data kept beside the repository; without it the test says so and stops.
func sharedFile(t testing.TB, path string) *os.File {
	t.Helper()
	for _, root := range []string{os.Getenv("DIWAN_SHARED"), "../../../shared"} {
		if root == "" {
			continue
		}
		f, err := os.Open(filepath.Join(root, path))
		if err == nil {
			t.Cleanup(func() { _ = f.Close() })
			return f
		}
		if !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	t.Skipf("not run: %s is not beside the repository (DIWAN_SHARED)", path)
	return nil
}

// releaseAll releases one amount on many lines by one order.
func (o *bureau) releaseAll(keys []string, amount string) {
	o.t.Helper()
	order, lines := command(), make([]OrderLineInput, len(keys))
	for i, key := range keys {
		lines[i] = OrderLineInput{Key: key, Months: []int{6}, Amount: amount}
	}
	o.must(o.DraftOrder(o.ctx, rana(), DraftOrder{Command: order, Year: 2026, Kind: GeneralOrder, Subject: "حوالة حزيران", Lines: lines}))
	o.must(o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: order.String()}))
}
