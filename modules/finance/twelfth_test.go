package finance

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
)

// beforeTheLaw draws a line's history before its law, then the law, and checks what the law leaves. With
// lenient the law is booked although less than was used: the planted bug.
func beforeTheLaw(t *rapid.T, lenient bool) error {
	line := BudgetLine{}.evolve(BudgetLineOpened{Year: 2026, Key: "k", Currency: "JOD", Economic: Current})
	base := rapid.Int64Range(1, 100_000).Draw(t, "base")
	rule := TwelfthRuleSet{Share: rapid.IntRange(1, 24).Draw(t, "share")}
	book := func(e eventstore.Event, err error) {
		if err == nil {
			line = line.evolve(e)
		}
	}
	var twelfths int64
	for month := range rapid.IntRange(1, 12).Draw(t, "months") {
		authorised, err := line.AuthoriseTwelfth(month+1, base, rule)
		if err != nil {
			return err
		}
		if authorised.Amount > 0 {
			line = line.evolve(authorised)
		}
		twelfths += authorised.Amount
		if most := base*int64(month+1)/int64(rule.Share) + int64(rule.Share); twelfths > min(base, most) {
			return fmt.Errorf("month %d has %d of %d with a share of %d", month+1, twelfths, base, rule.Share)
		}
		if again, _ := line.AuthoriseTwelfth(month+1, base, rule); again.Amount != 0 {
			return fmt.Errorf("month %d was authorised twice", month+1)
		}
		amount := rapid.Int64Range(1, base).Draw(t, "amount")
		book(asEvent(line.Commit(amount, "c", ByAllotment)))
		book(asEvent(line.Oblige(rapid.Int64Range(1, base).Draw(t, "claimed"), 0, "i", "", ByAllotment)))
		book(asEvent(line.BringIn(rapid.Int64Range(1, base).Draw(t, "carried"), "old", FirstCharge, true)))
		if line.Used() > line.Provisional {
			return fmt.Errorf("used %d of %d", line.Used(), line.Provisional)
		}
	}
	law, used := rapid.Int64Range(1, 2*base).Draw(t, "law"), line.Used()
	enacted, err := line.Enact(law, "law")
	if err != nil && !lenient {
		if law >= used {
			return fmt.Errorf("a law of %d was refused, %d are used: %w", law, used, err)
		}
		return nil
	}
	line = line.evolve(AppropriationEnacted{Amount: law, Import: enacted.Import})
	withdrawn, closed := line.CloseProvisional("law")
	line = line.evolve(withdrawn).evolve(closed)
	switch {
	case line.Provisional != 0:
		return fmt.Errorf("%d of the authority before the law are left", line.Provisional)
	case line.AvailableYear() != law-used:
		return fmt.Errorf("available %d of a law of %d with %d used", line.AvailableYear(), law, used)
	case line.Released != used:
		return fmt.Errorf("%d stay released, %d are used", line.Released, used)
	}
	return holds(line, ByAllotment)
}

func TestTheLawReplacesWhatWasAuthorisedBeforeIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := beforeTheLaw(t, false); err != nil {
			t.Fatal(err)
		}
	})
}

func TestALawOfLessThanWasUsedIsFound(t *testing.T) {
	for seed := range 2000 {
		if err := rapid.Custom(func(t *rapid.T) error { return beforeTheLaw(t, true) }).Example(seed); err != nil {
			t.Log(err)
			return
		}
	}
	t.Fatal("2,000 laws without the check left nothing wrong")
}

// theseLines lists keys as the year's lines.
func theseLines(keys ...string) YearLines {
	return func(_ context.Context, _ int, after string, limit int) ([]string, error) {
		from := slices.IndexFunc(keys, func(k string) bool { return k > after })
		if from < 0 {
			return nil, nil
		}
		return keys[from:min(len(keys), from+limit)], nil
	}
}

// law enacts lines of a year as a budget file does.
func (o *bureau) law(year int, amounts ...string) {
	o.t.Helper()
	o.enactYear(year, Original, amounts...)
}

// A12: no budget law on 1 January.
func TestScenarioA12NoLawOnTheFirstOfJanuary(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		minister, lines := officer("dima", MaySpendProvisionally, MayCloseYear), theseLines(line1, line3)
		o.law(2025, line1, "120000.000", line3, "60000.000")
		o.must(o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026}))
		// A contract of 2025 on the project that goes on.
		order := command()
		o.must(o.DraftOrder(o.ctx, rana(), DraftOrder{
			Command: order, Year: 2025, Kind: GeneralOrder, Subject: "حوالة", Lines: []OrderLineInput{{Key: line3, Months: []int{12}, Amount: "60000.000"}},
		}))
		o.must(o.CertifyOrder(o.ctx, sami(), StepOrder{Command: command(), ID: order.String()}))
		old := command()
		o.must(o.RecordCommitment(o.ctx, rana(), RecordCommitment{Command: old, Year: 2025, Subject: "جسر وادي الموجب", Lines: lineInputs(line3, "8000.000")}))

		_, err := o.CarryCommitment(o.ctx, minister, CarryCommitment{Command: command(), ID: old.String(), Policy: FirstCharge})
		o.refused("finance.budget_insufficient", err) // 2026 has neither a law nor the regime

		begin := SpendProvisionally{Command: command(), Year: 2026, Reason: "لم يُقر قانون الموازنة", On: "2026-01-01"}
		_, err = o.BeginProvisionalSpending(o.ctx, rana(), begin)
		o.refused("finance.not_permitted", err)
		o.must(o.BeginProvisionalSpending(o.ctx, minister, begin))
		for range 2 { // the second time changes nothing
			if err := o.AuthoriseTwelfths(o.ctx, minister, lines, SpendProvisionally{Command: command(), Year: 2026, Month: 1}); err != nil {
				t.Fatal(err)
			}
		}
		o.refused("finance.month_not_begun", o.AuthoriseTwelfths(o.ctx, minister, lines, SpendProvisionally{Command: command(), Year: 2026, Month: 7}))
		o.figure("the twelfth", o.line(line1).AvailableNow(), "10000.000")
		january := func(lines ...string) (eventstore.Receipt, error) {
			return o.RecordCommitment(o.ctx, rana(), RecordCommitment{Command: command(), Year: 2026, On: "2026-01-20", Subject: "وقود", Lines: lineInputs(lines...)})
		}
		o.must(january(line1, "10000.000"))
		_, err = january(line1, "0.001")
		o.refused("finance.budget_insufficient", err)
		_, err = january(line3, "1.000")
		o.refused("finance.provisional_no_new_contract", err)
		_, err = o.ReserveFunds(o.ctx, rana(), ReserveFunds{Command: command(), Year: 2026, On: "2026-01-20", Expires: "2026-03-01", Subject: "مناقصة", Lines: lineInputs(line3, "1.000")})
		o.refused("finance.provisional_no_new_contract", err)

		// The old contract is paid.
		o.must(o.CarryCommitment(o.ctx, minister, CarryCommitment{Command: command(), ID: old.String(), Policy: FirstCharge}))
		carried := carriedID(old.String(), 2026)
		if err := o.onLine(line3, func(l BudgetLine) (eventstore.Event, error) {
			return asEvent(l.Oblige(fils(t, "8000.000"), fils(t, "8000.000"), "invoice", carried, ByAllotment))
		}); err != nil {
			t.Fatal(err)
		}
		if err := o.onLine(line3, func(l BudgetLine) (eventstore.Event, error) { return asEvent(l.Pay(fils(t, "8000.000"), "voucher")) }); err != nil {
			t.Fatal(err)
		}
		_, err = january(line3, "0.001")
		o.refused("finance.provisional_no_new_contract", err)

		// February has begun; the law comes on 1 March.
		if err := o.AuthoriseTwelfths(o.ctx, minister, lines, SpendProvisionally{Command: command(), Year: 2026, Month: 2}); err != nil {
			t.Fatal(err)
		}
		o.figure("two twelfths", o.line(line1).Provisional, "20000.000")
		o.enact(Original, line1, "115000.000", line3, "70000.000")
		end := SpendProvisionally{Command: command(), Year: 2026, Law: "قانون رقم 1 لسنة 2026", On: "2026-03-01"}
		for range 2 {
			if err := o.EndProvisionalSpending(o.ctx, minister, lines, end); err != nil {
				t.Fatal(err)
			}
			end.Command = uuid.New()
		}
		l := o.line(line1)
		o.figure("available of the year", l.AvailableYear(), "105000.000") // 115,000 − 10,000 used so far
		o.figure("authority before the law", l.Provisional, "0.000")
		o.figure("available of the project", o.line(line3).AvailableYear(), "62000.000")
		o.figure("authority of the project", o.line(line3).Provisional, "0.000")
		_, err = o.BeginProvisionalSpending(o.ctx, minister, SpendProvisionally{Command: command(), Year: 2026, Reason: "مرة أخرى"})
		o.refused("finance.provisional_known", err)
	})
}

func TestALineThatTheLawLeftOutKeepsOnlyWhatItUsed(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		minister, lines := officer("dima", MaySpendProvisionally), theseLines(line1)
		o.law(2025, line1, "1200.000")
		o.must(o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026}))
		o.must(o.BeginProvisionalSpending(o.ctx, minister, SpendProvisionally{Command: command(), Year: 2026, Reason: "تأخر القانون"}))
		if err := o.AuthoriseTwelfths(o.ctx, minister, lines, SpendProvisionally{Command: command(), Year: 2026, Month: 3}); err != nil {
			t.Fatal(err)
		}
		o.must(o.commit(command(), line1, "120.500"))
		if err := o.EndProvisionalSpending(o.ctx, minister, lines, SpendProvisionally{Command: command(), Year: 2026, Law: "قانون"}); err != nil {
			t.Fatal(err)
		}
		l := o.line(line1)
		o.figure("authority", l.Provisional, "120.500")
		o.figure("available", l.AvailableNow(), "0.000")
		_, err := o.commit(command(), line1, "0.001")
		o.refused("finance.budget_insufficient", err)
	})
}
