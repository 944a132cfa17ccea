package finance

import (
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

func (o *bureau) period(no int) ChangePeriod {
	return ChangePeriod{Command: command(), Year: 2026, Period: no, Reason: "تصحيح طلبه ديوان المحاسبة"}
}

func TestAYearHasTwelveContiguousMonthsAndOneAdjustmentPeriod(t *testing.T) {
	for _, from := range []string{"2026-01-01", "2024-02-01", "2026-07-01"} {
		first := on(t, from)
		e, err := FiscalYear{}.open(first.Year(), "JOD", first, Signature{Person: "mazen"})
		if err != nil {
			t.Fatal(err)
		}
		y := FiscalYear{}.evolve(e)
		if len(y.Periods) != 13 || y.Periods[0].From != first || y.Periods[11].To != y.To || y.Periods[12].No != AdjustmentPeriod {
			t.Fatalf("periods of %s: %+v", from, y.Periods)
		}
		for n := 1; n < 12; n++ {
			if y.Periods[n].From != y.Periods[n-1].To.AddDays(1) {
				t.Errorf("%s: period %d begins on %s, the one before ends on %s", from, n+1, y.Periods[n].From, y.Periods[n-1].To)
			}
		}
		for day := y.From; !day.After(y.To); day = day.AddDays(1) {
			if no, err := y.Admit(day, Officer{}); err != nil || no < 1 || no > 12 {
				t.Fatalf("%s falls in period %d (%v)", day, no, err)
			}
		}
	}
}

func TestPeriodsCloseInOrderAndReopenByTwoPeople(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.must(o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026}))
	_, err := o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026})
	o.refused("finance.year_already_open", err)

	_, err = o.ClosePeriod(o.ctx, mazen(), o.period(2))
	o.refused("finance.earlier_period_open", err)
	o.must(o.SoftClosePeriod(o.ctx, mazen(), o.period(1)))
	_, err = o.SoftClosePeriod(o.ctx, mazen(), o.period(1))
	o.refused("finance.period_state", err)
	year := func() FiscalYear {
		y, err := now[FiscalYear](o.ctx, o.Module, yearCategory(), YearStream(2026))
		if err != nil {
			t.Fatal(err)
		}
		return y
	}
	if _, err := year().Admit(on(t, "2026-01-15"), rana()); err == nil {
		t.Error("a preparer posted into a softly closed period")
	}
	if _, err := year().Admit(on(t, "2026-01-15"), mazen()); err != nil {
		t.Errorf("whoever closes periods was kept out of a softly closed one: %v", err)
	}
	o.must(o.ClosePeriod(o.ctx, mazen(), o.period(1)))
	if _, err := year().Admit(on(t, "2026-01-15"), mazen()); err == nil {
		t.Error("a closed period took an entry")
	}

	o.must(o.ReopenPeriod(o.ctx, mazen(), o.period(1)))
	_, err = o.ReopenPeriod(o.ctx, mazen(), o.period(1))
	o.refused("finance.same_person", err)
	if _, err := year().Admit(on(t, "2026-01-15"), mazen()); err == nil {
		t.Error("one signature opened a closed period")
	}
	o.must(o.ReopenPeriod(o.ctx, officer("nadia", MayReopenPeriod), o.period(1)))
	if _, err := year().Admit(on(t, "2026-01-15"), rana()); err != nil {
		t.Errorf("the reopened period refuses: %v", err)
	}
	_, err = o.ReopenPeriod(o.ctx, mazen(), o.period(1))
	o.refused("finance.period_state", err)
	_, err = o.ClosePeriod(o.ctx, mazen(), o.period(14))
	o.refused("finance.period_unknown", err)
	_, err = o.ClosePeriod(o.ctx, rana(), o.period(1))
	o.refused("finance.not_permitted", err)
}

func TestDocumentsOfAClosedPeriodAreRefused(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "100.000")
	o.release(line1, "100.000")
	for no := 1; no <= 5; no++ {
		o.must(o.ClosePeriod(o.ctx, mazen(), o.period(no)))
	}
	ask := func(day string) error {
		_, err := o.RecordCommitment(o.ctx, rana(), RecordCommitment{Command: command(), Year: 2026, On: day, Subject: "عقد", Lines: lineInputs(line1, "1.000")})
		return err
	}
	if p := o.refused("finance.period_closed", ask("2026-05-31")); p.Path != "on" {
		t.Errorf("the refusal names %q", p.Path)
	}
	o.refused("finance.date_outside_year", ask("2027-01-01"))
	o.refused("date.not_a_day", ask("2026-02-31"))
	if err := ask("2026-06-01"); err != nil {
		t.Error(err)
	}
	if err := ask(""); err != nil {
		t.Error(err)
	}
	if got := (FiscalYear{From: on(t, "2012-01-01"), To: on(t, "2012-12-31")}).Day(kernel.Date{}, on(t, "2026-06-15")); got != on(t, "2012-12-31") {
		t.Errorf("a document of 2012 that states no day takes %s", got)
	}
}

func TestTheSameCommandTwiceIsDoneOnce(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "100.000")
		o.release(line1, "100.000")
		id := command()
		first := o.must(o.commit(id, line1, "40.000"))
		again := o.must(o.commit(id, line1, "40.000"))
		if !again.Replayed || again.First != first.First || again.Last != first.Last {
			t.Errorf("first %d–%d, again %d–%d", first.First, first.Last, again.First, again.Last)
		}
		if _, err := o.commit(id, line1, "41.000"); err == nil {
			t.Error("another command under the same id was taken")
		}
		o.figure("committed", o.line(line1).Committed, "40.000")
		var zero eventstore.Receipt
		if r, err := o.RecordCommitment(o.ctx, rana(), RecordCommitment{Year: 2026, Subject: "x", Lines: lineInputs(line1, "1")}); err == nil || r.First != zero.First {
			t.Error("a command without an id was taken")
		}
	})
}
