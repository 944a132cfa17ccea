package finance

import (
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Virement moves appropriation between lines of a year without changing its total (مناقلة).
type Virement struct {
	ID       string
	Year     int
	Lines    []LineAmount // out negative
	Proposed Signature
	State    VirementState
}

// VirementState is where a virement stands.
type VirementState string

// The states of a virement.
const (
	VirementWaiting VirementState = "proposed"
	VirementDone    VirementState = "approved"
	VirementRefused VirementState = "rejected"
)

// VirementStream names a virement's stream.
func VirementStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.virement", Key: id}
}

// waiting refuses a virement that is no longer, or never was, proposed.
func (v Virement) waiting() error {
	switch v.State {
	case VirementWaiting:
		return nil
	case VirementDone:
		return documentDone(kernel.Text{Ar: "معتمد", En: "approved"})
	case VirementRefused:
		return documentDone(kernel.Text{Ar: "مرفوض", En: "rejected"})
	}
	return documentUnknown()
}

// decidedBy refuses the proposer as the second person.
func (v Virement) decidedBy(by Officer) error {
	if err := v.waiting(); err != nil {
		return err
	}
	if by.Signed(v.Proposed) {
		return samePerson(kernel.Text{Ar: "مُقترِح المناقلة", En: "Whoever proposed the virement"})
	}
	return nil
}

// virementLine is a line of a virement with the state of its budget line.
type virementLine struct {
	LineAmount
	path  string
	touch int
	line  BudgetLine
}

// checkVirement holds a virement against the rules in force: what goes out comes in, each source has
// the money free, and no rule forbids a pair of lines. All refusals are named.
func checkVirement(rules Rules, on kernel.Date, currency string, lines []virementLine) error {
	var f form
	var sum int64
	ins, outs := 0, 0
	for _, l := range lines {
		sum += l.Amount
		var err error
		switch {
		case l.Amount < 0:
			outs++
			_, _, err = l.line.MoveOut(-l.Amount, "")
		case l.Amount > 0:
			ins++
			_, err = l.line.MoveIn(l.Amount, "")
		default:
			err = notPositive()
		}
		f.add(l.path+".amount", err)
	}
	if ins == 0 || outs == 0 || sum != 0 {
		f.refuse("lines", "finance.virement_unbalanced", kernel.Text{
			Ar: fmt.Sprintf("المناقلة غير متوازنة: الفرق بين المنقول منه والمنقول إليه %s.", kernel.GroupAmount(sum, currency)),
			En: fmt.Sprintf("The virement does not balance: what comes in differs from what goes out by %s.", kernel.GroupAmount(sum, currency)),
		})
	}
	for _, from := range lines {
		for _, to := range lines {
			if from.Amount < 0 && to.Amount > 0 && from.line.Exists() && to.line.Exists() {
				f.add(from.path, rules.CheckVirement(from.line, to.line, on))
			}
		}
	}
	return f.result()
}

func (v Virement) evolve(e eventstore.Event) Virement {
	switch e := e.(type) {
	case VirementProposed:
		return Virement{ID: e.ID, Year: e.Year, Lines: e.Lines, Proposed: e.By, State: VirementWaiting}
	case VirementApproved:
		v.State = VirementDone
	case VirementRejected:
		v.State = VirementRefused
	}
	return v
}

func virementCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[VirementProposed](1, nil),
		eventstore.Type[VirementApproved](1, nil),
		eventstore.Type[VirementRejected](1, nil),
	)
	return eventstore.CategoryOf("finance.virement", eventstore.Main, codec, Virement{}, Virement.evolve)
}
