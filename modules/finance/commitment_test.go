package finance

import (
	"strings"
	"testing"
	"time"

	"diwan/eventstore"
)

func (o *bureau) commitmentOf(id string) Commitment {
	o.t.Helper()
	c, err := now[Commitment](o.ctx, o.Module, commitmentCategory(), CommitmentStream(id))
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

func TestACommitmentIsAmendedAndReleased(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "100.000", line2, "100.000")
		o.release(line1, "100.000")
		o.release(line2, "100.000")
		contract := command()
		o.must(o.commit(contract, line1, "60.000", line1, "10.000"))
		id := contract.String()
		if c := o.commitmentOf(id); c.Number != "1/2026" || len(c.Lines) != 1 || c.Outstanding() != fils(t, "70.000") {
			t.Errorf("opened as %+v", c)
		}
		amend := func(lines ...string) error {
			_, err := o.AmendCommitment(o.ctx, rana(), AmendCommitment{Command: command(), ID: id, Reason: "ملحق العقد", Lines: lineInputs(lines...)})
			return err
		}
		if p := o.refused("finance.budget_insufficient", amend(line1, "30.001")); p.Details["available"] != "30.000" {
			t.Errorf("available %s", p.Details["available"])
		}
		if err := amend(line1, "-20.000", line2, "25.000"); err != nil {
			t.Fatal(err)
		}
		o.figure("committed on the first line", o.line(line1).Committed, "50.000")
		o.figure("committed on the second line", o.line(line2).Committed, "25.000")
		o.refused("finance.commitment_exceeded", amend(line2, "-25.001"))
		if p := o.refused("finance.commitment_exceeded", amend(line1, "10.000", line2, "-25.001")); p.Path != "lines.1.amount" {
			t.Errorf("refused at %s", p.Path)
		}
		o.figure("committed on the first line, unchanged", o.line(line1).Committed, "50.000")

		o.must(o.ReleaseCommitment(o.ctx, rana(), ReleaseCommitment{Command: command(), ID: id, Reason: "انتهى العقد"}))
		o.figure("committed on the first line", o.line(line1).Committed, "0.000")
		o.figure("committed on the second line", o.line(line2).Committed, "0.000")
		_, err := o.ReleaseCommitment(o.ctx, rana(), ReleaseCommitment{Command: command(), ID: id, Reason: "مرة أخرى"})
		o.refused("finance.document_state", err)
		_, err = o.ReleaseCommitment(o.ctx, rana(), ReleaseCommitment{Command: command(), ID: command().String(), Reason: "مجهول"})
		o.refused("finance.document_unknown", err)
	})
}

// Whoever opened the document before somebody else changed it is told, and nothing happens.
func TestAnEditFromAnOlderScreenIsAConflict(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "100.000")
	o.release(line1, "100.000")
	contract := command()
	o.must(o.commit(contract, line1, "10.000"))
	amend := func(seen int64) error {
		_, err := o.AmendCommitment(o.ctx, rana(), AmendCommitment{Command: command(), ID: contract.String(), Seen: seen, Reason: "ملحق", Lines: lineInputs(line1, "1.000")})
		return err
	}
	if err := amend(1); err != nil {
		t.Fatal(err)
	}
	if err := amend(1); err == nil || !strings.Contains(err.Error(), "has moved from version 1 to 2") {
		t.Errorf("got %v", err)
	}
	o.figure("committed", o.line(line1).Committed, "11.000")
}

func TestAClaimTakesNoMoreOfACommitmentThanIsOutstanding(t *testing.T) {
	c := Commitment{}.evolve(CommitmentOpened{ID: "c", Number: "1/2026", Year: 2026, Currency: "JOD", Lines: []LineAmount{{line1, 100}, {line2, 50}}})
	if _, err := c.Consume("i", []LineAmount{{line1, 100}, {line2, 51}}); err == nil {
		t.Error("more than outstanding was taken")
	}
	if _, err := c.Consume("i", []LineAmount{{line3, 1}}); err == nil {
		t.Error("a line the commitment does not have was taken from")
	}
	e, err := c.Consume("i", []LineAmount{{line1, 60}})
	if err != nil {
		t.Fatal(err)
	}
	after := c.evolve(e)
	if after.Outstanding() != 90 || c.Outstanding() != 150 {
		t.Errorf("outstanding %d, and %d before", after.Outstanding(), c.Outstanding())
	}
	if _, err := after.Restore("i", []LineAmount{{line1, 61}}); err == nil {
		t.Error("more was given back than taken")
	}
	back, err := after.Restore("i", []LineAmount{{line1, 60}})
	if err != nil || after.evolve(back).Outstanding() != 150 {
		t.Errorf("restored to %d (%v)", after.evolve(back).Outstanding(), err)
	}
}

func TestAReservationBecomesACommitmentOrReturns(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		o.enact(Original, line1, "100.000", line2, "100.000")
		o.release(line1, "100.000")
		o.release(line2, "100.000")
		reserve := func(lines ...string) (string, error) {
			id := command()
			_, err := o.ReserveFunds(o.ctx, rana(), ReserveFunds{Command: id, Year: 2026, Expires: "2026-09-30", Subject: "طلب شراء", Lines: lineInputs(lines...)})
			return id.String(), err
		}
		first, err := reserve(line1, "80.000", line2, "30.000")
		if err != nil {
			t.Fatal(err)
		}
		_, err = reserve(line1, "20.001")
		o.refused("finance.budget_insufficient", err)

		// The contract is dearer on one line than the reservation, and leaves the other alone.
		contract := command()
		convert := RecordCommitment{Command: contract, Year: 2026, Subject: "عقد", Reservation: first, Lines: lineInputs(line1, "90.000")}
		o.must(o.RecordCommitment(o.ctx, rana(), convert))
		o.figure("reserved", o.line(line1).Reserved, "0.000")
		o.figure("committed", o.line(line1).Committed, "90.000")
		o.figure("the rest returned", o.line(line2).AvailableNow(), "100.000")
		convert.Command = command()
		_, err = o.RecordCommitment(o.ctx, rana(), convert)
		o.refused("finance.document_state", err)

		second, err := reserve(line2, "40.000")
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.ExpireReservation(o.ctx, rana(), EndReservation{Command: command(), ID: second})
		o.refused("finance.reservation_not_expired", err)
		o.clock = func() time.Time { return time.Date(2026, time.October, 1, 8, 0, 0, 0, time.UTC) }
		_, err = o.RecordCommitment(o.ctx, rana(), RecordCommitment{Command: command(), Year: 2026, Subject: "عقد", Reservation: second, Lines: lineInputs(line2, "1.000")})
		if p := o.refused("finance.reservation_expired", err); p.Path != "reservation" {
			t.Errorf("refused at %s", p.Path)
		}
		o.must(o.ExpireReservation(o.ctx, rana(), EndReservation{Command: command(), ID: second}))
		o.figure("reserved after expiry", o.line(line2).Reserved, "0.000")
		_, err = o.ReleaseReservation(o.ctx, rana(), EndReservation{Command: command(), ID: second, Reason: "مرة أخرى"})
		o.refused("finance.document_state", err)
		third, err := reserve(line2, "5.000")
		if err == nil {
			t.Fatalf("a reservation that expires before it begins was taken: %s", third)
		}
		o.refused("finance.expiry_before_date", err)
	})
}

// The numbers of a year have no gap: refused commands take none.
func TestDocumentNumbersHaveNoGap(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "3.000")
	o.release(line1, "3.000")
	var numbers []string
	for _, amount := range []string{"1.000", "9.000", "1.000", "x", "1.000", "1.000"} {
		id := command()
		if _, err := o.commit(id, line1, amount); err == nil {
			numbers = append(numbers, o.commitmentOf(id.String()).Number)
		}
	}
	if strings.Join(numbers, " ") != "1/2026 2/2026 3/2026" {
		t.Errorf("numbers %v", numbers)
	}
	events, err := o.log.ReadStream(o.ctx, o.tenant, eventstore.Stream{Category: "finance.series", Key: "commitment/2026"}, 0)
	if err != nil || len(events) != 3 {
		t.Errorf("%d numbers were given (%v)", len(events), err)
	}
}
