package finance

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// CarryPolicy is what a commitment that outlives its year takes with it.
type CarryPolicy string

// The two policies.
const (
	WithAppropriation CarryPolicy = "with_appropriation" // its appropriation goes along (policy A)
	FirstCharge       CarryPolicy = "first_charge"       // it is the first charge on the next year's own money (policy B)
)

// CarryOut takes outstanding commitment off the line, and its appropriation where it goes along.
func (l BudgetLine) CarryOut(amount int64, commitment string, policy CarryPolicy) (CommitmentCarriedOut, error) {
	e := CommitmentCarriedOut{Commitment: commitment, Amount: amount}
	if err := l.ready(amount); err != nil {
		return e, err
	}
	if amount > l.Committed {
		return e, beyondStage(l, committedStage, amount, l.Committed)
	}
	if policy == WithAppropriation {
		e.Appropriation = amount
		e.Withdrawn = max(0, l.Released-(l.Spendable()-amount))
	}
	return e, nil
}

// BringIn puts a commitment of the year before on the line, with allotment to pay it from.
func (l BudgetLine) BringIn(amount int64, commitment string, policy CarryPolicy, provisional bool) (CommitmentBroughtIn, error) {
	e := CommitmentBroughtIn{Commitment: commitment, Amount: amount}
	if err := l.ready(amount); err != nil {
		return e, err
	}
	switch {
	case policy == WithAppropriation:
		e.Appropriation, e.Released = amount, amount
	case provisional && l.Original == 0:
		e.Provisional, e.Released = amount, amount
	case amount > l.AvailableYear():
		return e, insufficient(l, amount, l.AvailableYear())
	default:
		e.Released = min(amount, l.Spendable()-l.Released)
		return e, nil
	}
	return e, l.bounded(amount)
}

// carriedID is the id of the commitment that goes on in a year.
func carriedID(commitment string, year int) string {
	return uuid.NewSHA1(uuid.Nil, []byte("carried/"+commitment+"/"+strconv.Itoa(year))).String()
}

// CarryCommitment asks to go on with a commitment in the next year.
type CarryCommitment struct {
	Command uuid.UUID
	ID      string
	Policy  CarryPolicy
}

// CarryCommitment ends a commitment in its year and opens what is outstanding of it in the next. One that
// was carried, or has nothing outstanding, is left as it is.
func (m *Module) CarryCommitment(ctx context.Context, by Officer, in CarryCommitment) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayCloseYear) {
		return eventstore.Receipt{}, f.result()
	}
	id := f.code("id", fieldName("id"), in.ID)
	if in.Policy != WithAppropriation && in.Policy != FirstCharge {
		f.add("policy", carryPolicyUnknown())
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return untilStill(func() (eventstore.Receipt, error) {
		before, err := prior[Commitment](ctx, m, by, "CarryCommitment", commitmentCategory(), CommitmentStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !before.Exists() {
			return eventstore.Receipt{}, documentUnknown()
		}
		year, next := before.Year, before.Year+1
		to := carriedID(id, next)
		var t touches
		document, target := t.add(CommitmentStream(id)), t.add(CommitmentStream(to))
		at, series := t.addSetting(year), t.add(seriesStream(commitmentSeries, next))
		fiscal := t.add(YearStream(next))
		for _, l := range before.Lines {
			t.add(LineStream(year, l.Key))
			t.add(LineStream(next, l.Key))
		}
		return m.execute(ctx, by, in.Command, "CarryCommitment", in, &t, func(d *eventstore.Decision) error {
			c := eventstore.StateOf[Commitment](d, document)
			s, coming := at.of(d, kernel.Date{}, kernel.Date{}), eventstore.StateOf[FiscalYear](d, fiscal)
			lines := c.outstanding()
			if len(lines) == 0 {
				return nil
			}
			if !s.year.Exists() || !coming.Exists() {
				return yearNotOpen()
			}
			d.Record(document, CommitmentCarriedForward{To: to, Policy: in.Policy, On: s.year.To, Lines: lines, By: by.Sign()})
			d.Record(target, CommitmentBroughtForward{
				ID: to, Number: takeNumber(d, series, next, to), Year: next, Currency: c.Currency, Subject: c.Subject, Payee: c.Payee,
				Reference: c.Reference, From: id, On: coming.From, Lines: lines, By: by.Sign(),
			})
			var f form
			for i, l := range lines {
				f.add(linePath(i, "amount"), carryLine(d, &t, year, l, c.ID, to, in.Policy, coming.Provisional))
			}
			return f.result()
		})
	})
}

// carryLine moves one line's part from year to year.
func carryLine(d *eventstore.Decision, t *touches, year int, l LineAmount, from, to string, policy CarryPolicy, provisional bool) error {
	here, touched := t.index[LineStream(year, l.Key)]
	there := t.index[LineStream(year+1, l.Key)]
	if !touched {
		return errMoved
	}
	old, line := eventstore.StateOf[BudgetLine](d, here), eventstore.StateOf[BudgetLine](d, there)
	out, err := old.CarryOut(l.Amount, from, policy)
	if err != nil {
		return err
	}
	var opened *BudgetLineOpened
	if !line.Exists() {
		opened = &BudgetLineOpened{Year: year + 1, Key: old.Key, Codes: old.Codes, Currency: old.Currency, Economic: old.Economic}
		line = line.evolve(*opened)
	}
	in, err := line.BringIn(l.Amount, to, policy, provisional)
	if err != nil {
		return err
	}
	if opened != nil {
		d.Record(there, *opened)
	}
	d.Record(here, out)
	d.Record(there, in)
	return nil
}

func carryPolicyUnknown() kernel.Problem {
	return kernel.Problem{Code: "finance.carry_policy", Path: "policy", Message: kernel.Text{
		Ar: fmt.Sprintf("تُدوّر الالتزامات مع مخصصاتها (%s) أو حملاً أول على السنة الجديدة (%s).", WithAppropriation, FirstCharge),
		En: fmt.Sprintf("Commitments are carried with their appropriation (%s) or as first charge on the new year (%s).", WithAppropriation, FirstCharge),
	}}
}
