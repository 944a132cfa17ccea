package finance

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// books are all documents and lines of a log, as its events say.
type books struct {
	lines        map[string]BudgetLine
	commitments  map[string]Commitment
	reservations map[string]Reservation
	virements    map[string]Virement
	orders       map[string]FinancialOrder
	numbers      map[string]int64 // newest of each series
	ledger       map[Account]int64
}

// readBooks folds the whole log from its first position.
func readBooks(ctx context.Context, log eventstore.Store) (*books, error) {
	b := &books{
		lines: map[string]BudgetLine{}, commitments: map[string]Commitment{}, reservations: map[string]Reservation{},
		virements: map[string]Virement{}, orders: map[string]FinancialOrder{}, numbers: map[string]int64{}, ledger: map[Account]int64{},
	}
	codec := eventstore.NewCodec(budgetEvents()...)
	for after := int64(0); ; {
		events, err := log.Read(ctx, eventstore.Main, after, 1000)
		if err != nil || len(events) == 0 {
			return b, err
		}
		for _, r := range events {
			after = r.Position
			e, err := codec.Decode(r.Type, r.Schema, r.Data)
			if err != nil {
				return nil, err
			}
			key := r.Stream.Key
			switch r.Stream.Category {
			case "finance.budget":
				b.lines[key] = b.lines[key].evolve(e)
			case "finance.commitment":
				b.commitments[key] = b.commitments[key].evolve(e)
			case "finance.reservation":
				b.reservations[key] = b.reservations[key].evolve(e)
			case "finance.virement":
				if approved, ok := e.(VirementApproved); ok && approved.By.Person == b.virements[key].Proposed.Person {
					return nil, fmt.Errorf("virement %s was approved by its proposer", key)
				}
				b.virements[key] = b.virements[key].evolve(e)
			case "finance.order":
				if certified, ok := e.(FinancialOrderCertified); ok && certified.By.Person == b.orders[key].Drawn.Person {
					return nil, fmt.Errorf("order %s was certified by whoever drew it", key)
				}
				b.orders[key] = b.orders[key].evolve(e)
			case "finance.series":
				given := e.(NumberGiven)
				if given.Number != b.numbers[key]+1 {
					return nil, fmt.Errorf("series %s jumps from %d to %d", key, b.numbers[key], given.Number)
				}
				b.numbers[key] = given.Number
			}
			for _, move := range Transfers(e) {
				b.ledger[move.From] -= move.Amount
				b.ledger[move.To] += move.Amount
			}
		}
	}
}

// agree holds the lines against their own promises, against the documents, and the year against
// itself: what documents hold is what lines say they hold, and virements neither make nor lose money.
func (b *books) agree() error {
	reserved, committed, moved := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for _, r := range b.reservations {
		for _, l := range r.Lines {
			if r.State == ReservationHeld {
				reserved[l.Key] += l.Amount
			}
		}
	}
	for _, c := range b.commitments {
		for _, l := range c.Lines {
			if l.Outstanding() < 0 || l.Consumed < 0 {
				return fmt.Errorf("commitment %s has %d outstanding on %s", c.Number, l.Outstanding(), l.Key)
			}
			committed[l.Key] += l.Outstanding()
		}
	}
	for _, v := range b.virements {
		for _, l := range v.Lines {
			if v.State == VirementDone {
				moved[l.Key] += l.Amount
			}
		}
	}
	var in, out int64
	for _, l := range b.lines {
		if err := holds(l, ByAllotment); err != nil {
			return fmt.Errorf("line %s: %w", l.Key, err)
		}
		in, out = in+l.VirementIn, out+l.VirementOut
		switch {
		case l.Reserved != reserved[l.Key]:
			return fmt.Errorf("line %s has %d reserved, the reservations %d", l.Key, l.Reserved, reserved[l.Key])
		case l.Committed != committed[l.Key]:
			return fmt.Errorf("line %s has %d committed, the commitments %d", l.Key, l.Committed, committed[l.Key])
		case l.VirementIn-l.VirementOut != moved[l.Key]:
			return fmt.Errorf("line %s gained %d by virement, the virements say %d", l.Key, l.VirementIn-l.VirementOut, moved[l.Key])
		}
	}
	if in != out {
		return fmt.Errorf("virements moved %d in and %d out", in, out)
	}
	var sum int64
	for _, n := range b.ledger {
		sum += n
	}
	if sum != 0 {
		return fmt.Errorf("the budget ledger is out by %d", sum)
	}
	return nil
}

// officeLife draws a history of an office: documents of every kind on three lines, by several people.
func officeLife(t *rapid.T, o *bureau) {
	o.enact(Original, line1, "500.000", line2, "300.000", line3, "200.000")
	o.release(line1, "400.000")
	o.release(line2, "200.000")
	var orders, virements, reservations, commitments []string
	amount := func(sign string) string {
		return sign + kernel.FormatAmount(rapid.Int64Range(1, 90_000).Draw(t, "amount"), "JOD")
	}
	key := func() string { return rapid.SampledFrom([]string{line1, line2, line3}).Draw(t, "line") }
	of := func(ids []string) string {
		if len(ids) == 0 {
			return "none"
		}
		return rapid.SampledFrom(ids).Draw(t, "document")
	}
	person := func() Officer {
		all := []Permission{MayRecordCommitment, MayReserveFunds, MayProposeVirement, MayApproveVirement, MayDraftOrder, MayCertifyOrder, MayFreezeBudget}
		return officer(rapid.SampledFrom([]string{"rana", "sami", "huda"}).Draw(t, "person"), all...)
	}
	keep := func(ids *[]string, act func(id string) error) func() error {
		return func() error {
			c := command()
			id := c.String()
			*ids = append(*ids, id)
			return act(id)
		}
	}
	only := func(_ eventstore.Receipt, err error) error { return err }
	acts := []func() error{
		keep(&orders, func(id string) error {
			return only(o.DraftOrder(o.ctx, person(), DraftOrder{Command: uuid.MustParse(id), Year: 2026, Kind: GeneralOrder, Subject: "أمر", Lines: []OrderLineInput{{key(), []int{1, 2, 3}, amount("")}, {key(), []int{4}, amount("")}}}))
		}),
		func() error {
			return only(o.CertifyOrder(o.ctx, person(), StepOrder{Command: command(), ID: of(orders)}))
		},
		func() error {
			return only(o.CertifyOrder(o.ctx, person(), StepOrder{Command: command(), ID: of(orders)}))
		},
		func() error {
			return only(o.CancelOrder(o.ctx, person(), StepOrder{Command: command(), ID: of(orders), Reason: "خطأ"}))
		},
		keep(&virements, func(id string) error {
			n := amount("")
			return only(o.ProposeVirement(o.ctx, person(), ProposeVirement{Command: uuid.MustParse(id), Year: 2026, Reason: "نقص", Lines: lineInputs(key(), "-"+n, key(), n)}))
		}),
		func() error {
			return only(o.ApproveVirement(o.ctx, person(), StepVirement{Command: command(), ID: of(virements)}))
		},
		keep(&reservations, func(id string) error {
			return only(o.ReserveFunds(o.ctx, person(), ReserveFunds{Command: uuid.MustParse(id), Year: 2026, Expires: "2026-12-31", Subject: "شراء", Lines: lineInputs(key(), amount(""), key(), amount(""))}))
		}),
		func() error {
			return only(o.ReleaseReservation(o.ctx, person(), EndReservation{Command: command(), ID: of(reservations), Reason: "أُلغي"}))
		},
		keep(&commitments, func(id string) error {
			return only(o.RecordCommitment(o.ctx, person(), RecordCommitment{Command: uuid.MustParse(id), Year: 2026, Subject: "عقد", Lines: lineInputs(key(), amount(""), key(), amount(""))}))
		}),
		keep(&commitments, func(id string) error {
			return only(o.RecordCommitment(o.ctx, person(), RecordCommitment{Command: uuid.MustParse(id), Year: 2026, Subject: "عقد", Reservation: of(reservations), Lines: lineInputs(key(), amount(""))}))
		}),
		func() error {
			sign := rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign")
			return only(o.AmendCommitment(o.ctx, person(), AmendCommitment{Command: command(), ID: of(commitments), Reason: "ملحق", Lines: lineInputs(key(), amount(sign))}))
		},
		func() error {
			return only(o.ReleaseCommitment(o.ctx, person(), ReleaseCommitment{Command: command(), ID: of(commitments), Reason: "انتهى"}))
		},
		func() error {
			return only(o.FreezeBudget(o.ctx, person(), FreezeBudget{Command: command(), Year: 2026, Reason: "قرار", Lines: lineInputs(key(), amount(""))}))
		},
		func() error {
			return only(o.UnfreezeBudget(o.ctx, person(), FreezeBudget{Command: command(), Year: 2026, Reason: "قرار", Lines: lineInputs(key(), amount(""))}))
		},
	}
	for range rapid.IntRange(1, 80).Draw(t, "length") {
		if err := rapid.SampledFrom(acts).Draw(t, "act")(); err != nil && kernel.ProblemsOf(err) == nil {
			t.Fatalf("a command failed otherwise than by a refusal: %v", err)
		}
	}
}

func TestTheBooksAgreeAfterAnyHistory(t *testing.T) {
	reached := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		o := newBureau(t, memoryLog(t))
		officeLife(r, o)
		b, err := readBooks(o.ctx, o.log)
		if err == nil {
			err = b.agree()
		}
		if err != nil {
			r.Fatal(err)
		}
		for _, v := range b.virements {
			reached["virement "+string(v.State)]++
		}
		for _, v := range b.reservations {
			reached["reservation "+string(v.State)]++
		}
		for _, v := range b.orders {
			reached["order "+string(v.State)]++
		}
		reached["commitment"] += len(b.commitments)
	})
	t.Log(reached)
	if testing.Short() {
		return // a fifth of the histories: what they reach is chance
	}
	for _, state := range []string{"virement approved", "reservation converted", "reservation released", "order certified", "order cancelled", "commitment"} {
		if reached[state] == 0 {
			t.Errorf("no history reached: %s (%v)", state, reached)
		}
	}
}

// What a document's step would leave behind if it forgot one of its lines, took a number too many,
// or let the same person sign twice: the comparison above must notice each.
func TestBooksThatDoNotAgreeAreNoticed(t *testing.T) {
	record := func(o *bureau, s eventstore.Stream, events ...eventstore.Event) {
		var touched touches
		i := touched.add(s)
		o.must(o.execute(o.ctx, rana(), command(), "bug", nil, &touched, func(d *eventstore.Decision) error {
			for _, e := range events {
				d.Record(i, e)
			}
			return nil
		}))
	}
	by := Signature{Person: "rana"}
	for name, bug := range map[string]func(o *bureau, commitment, reservation, virement string){
		"a commitment released without its line": func(o *bureau, c, _, _ string) {
			record(o, CommitmentStream(c), CommitmentReleased{Lines: []LineAmount{{line1, 10_000}}, By: by})
		},
		"a commitment amended without its line": func(o *bureau, c, _, _ string) {
			record(o, CommitmentStream(c), CommitmentAmended{Lines: []LineAmount{{line1, 1}}, By: by})
		},
		"a claim beyond its commitment": func(o *bureau, c, _, _ string) {
			record(o, CommitmentStream(c), CommitmentConsumed{Document: "i", Lines: []LineAmount{{line1, 10_001}}})
		},
		"a reservation converted and not freed": func(o *bureau, _, r, _ string) {
			record(o, ReservationStream(r), ReservationConverted{Commitment: "c", By: by})
		},
		"a virement approved on one side": func(o *bureau, _, _, v string) {
			record(o, VirementStream(v), VirementApproved{Number: "9/2026", By: Signature{Person: "sami"}})
			record(o, LineStream(2026, line1), VirementApplied{Virement: v, Amount: -5_000})
		},
		"a virement approved by its proposer": func(o *bureau, _, _, v string) {
			record(o, VirementStream(v), VirementApproved{Number: "9/2026", By: by})
		},
		"a number skipped": func(o *bureau, _, _, _ string) {
			record(o, seriesStream(commitmentSeries, 2026), NumberGiven{Number: 3, Document: "x"})
		},
		"a commitment beyond the allotment": func(o *bureau, _, _, _ string) {
			record(o, LineStream(2026, line1), CommitmentRecorded{Commitment: "x", Amount: 90_000})
			record(o, CommitmentStream("x"), CommitmentOpened{ID: "x", Year: 2026, Lines: []LineAmount{{line1, 90_000}}, By: by})
		},
	} {
		o := newBureau(t, memoryLog(t))
		o.enact(Original, line1, "100.000", line2, "100.000")
		o.release(line1, "100.000")
		c, r, v := command(), command(), command()
		o.must(o.commit(c, line1, "10.000"))
		o.must(o.ReserveFunds(o.ctx, rana(), ReserveFunds{Command: r, Year: 2026, Expires: "2026-12-31", Subject: "شراء", Lines: lineInputs(line1, "10.000")}))
		o.must(o.ProposeVirement(o.ctx, rana(), ProposeVirement{Command: v, Year: 2026, Reason: "نقص", Lines: lineInputs(line1, "-5.000", line2, "5.000")}))
		compare := func() error {
			b, err := readBooks(o.ctx, o.log)
			if err != nil {
				return err
			}
			return b.agree()
		}
		if err := compare(); err != nil {
			t.Fatalf("before the bug: %v", err)
		}
		bug(o, c.String(), r.String(), v.String())
		if compare() == nil {
			t.Errorf("not noticed: %s", name)
		}
	}
}
