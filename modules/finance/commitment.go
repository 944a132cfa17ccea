package finance

import (
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Commitment binds money of one year to a contract, order or decision (التزام، ارتباط).
type Commitment struct {
	ID                 string
	Number             string
	Year               int
	Currency           string
	Payee              string
	Subject, Reference string
	Lines              []CommittedLine
}

// CommittedLine is what a commitment binds on one budget line.
type CommittedLine struct {
	Key      string
	Amount   int64 // with all amendments and releases
	Consumed int64 // taken by verified claims
}

// Outstanding is what no claim has taken yet.
func (l CommittedLine) Outstanding() int64 { return l.Amount - l.Consumed }

// CommitmentStream names a commitment's stream.
func CommitmentStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.commitment", Key: id}
}

// Exists tells whether the commitment was ever opened.
func (c Commitment) Exists() bool { return c.ID != "" }

// Outstanding is the commitment's total that no claim has taken yet.
func (c Commitment) Outstanding() int64 {
	var sum int64
	for _, l := range c.Lines {
		sum += l.Outstanding()
	}
	return sum
}

// Line finds the commitment's part on a budget line.
func (c Commitment) Line(key string) (CommittedLine, bool) {
	for _, l := range c.Lines {
		if l.Key == key {
			return l, true
		}
	}
	return CommittedLine{}, false
}

// Consume takes the part a verified claim uses; no line gives more than it has outstanding.
func (c Commitment) Consume(document string, lines []LineAmount) (CommitmentConsumed, error) {
	e := CommitmentConsumed{Document: document, Lines: lines}
	if !c.Exists() {
		return e, documentUnknown()
	}
	var problems kernel.Problems
	for i, l := range lines {
		held, _ := c.Line(l.Key)
		if l.Amount <= 0 || l.Amount > held.Outstanding() {
			problems = append(problems, c.exceeded(l, held.Outstanding()).At(linePath(i, "amount")))
		}
	}
	if problems != nil {
		return e, problems
	}
	return e, nil
}

// Restore gives back what a reversed claim had taken.
func (c Commitment) Restore(document string, lines []LineAmount) (CommitmentRestored, error) {
	e := CommitmentRestored{Document: document, Lines: lines}
	if !c.Exists() {
		return e, documentUnknown()
	}
	for i, l := range lines {
		held, _ := c.Line(l.Key)
		if l.Amount <= 0 || l.Amount > held.Consumed {
			return e, kernel.Problems{c.exceeded(l, held.Consumed).At(linePath(i, "amount"))}
		}
	}
	return e, nil
}

func (c Commitment) exceeded(l LineAmount, holds int64) kernel.Problem {
	asked, held := kernel.GroupAmount(l.Amount, c.Currency), kernel.GroupAmount(holds, c.Currency)
	return kernel.Problem{
		Code: "finance.commitment_exceeded",
		Message: kernel.Text{
			Ar: fmt.Sprintf("الالتزام %s على البند %s: المطلوب %s والقائم %s.", c.Number, l.Key, asked, held),
			En: fmt.Sprintf("Commitment %s on line %s: %s asked, %s outstanding.", c.Number, l.Key, asked, held),
		},
		Details: map[string]string{
			"key": l.Key, "asked": kernel.FormatAmount(l.Amount, c.Currency), "outstanding": kernel.FormatAmount(holds, c.Currency),
		},
	}
}

// amend checks a change of lines: raises are held against the budget by the lines themselves,
// reductions take only what is outstanding.
func (c Commitment) amend(lines []touchedLine) error {
	var f form
	for _, l := range lines {
		held, _ := c.Line(l.Key)
		if l.Amount < 0 && -l.Amount > held.Outstanding() {
			f.add(l.path+".amount", c.exceeded(LineAmount{l.Key, -l.Amount}, held.Outstanding()))
		}
	}
	return f.result()
}

// outstanding lists what is outstanding, line by line.
func (c Commitment) outstanding() []LineAmount {
	var lines []LineAmount
	for _, l := range c.Lines {
		if n := l.Outstanding(); n > 0 {
			lines = append(lines, LineAmount{l.Key, n})
		}
	}
	return lines
}

func (c Commitment) evolve(e eventstore.Event) Commitment {
	switch e := e.(type) {
	case CommitmentOpened:
		c = Commitment{ID: e.ID, Number: e.Number, Year: e.Year, Currency: e.Currency, Payee: e.Payee, Subject: e.Subject, Reference: e.Reference}
		return c.change(e.Lines, 1, 0)
	case CommitmentAmended:
		return c.change(e.Lines, 1, 0)
	case CommitmentConsumed:
		return c.change(e.Lines, 0, 1)
	case CommitmentRestored:
		return c.change(e.Lines, 0, -1)
	case CommitmentReleased:
		return c.change(e.Lines, -1, 0)
	case CommitmentCarriedForward:
		return c.change(e.Lines, -1, 0)
	case CommitmentBroughtForward:
		c = Commitment{ID: e.ID, Number: e.Number, Year: e.Year, Currency: e.Currency, Payee: e.Payee, Subject: e.Subject, Reference: e.Reference}
		return c.change(e.Lines, 1, 0)
	}
	return c
}

// change returns the commitment with amounts added to its lines, times the given signs.
func (c Commitment) change(lines []LineAmount, amount, consumed int64) Commitment {
	c.Lines = append([]CommittedLine(nil), c.Lines...)
next:
	for _, l := range lines {
		for i := range c.Lines {
			if c.Lines[i].Key == l.Key {
				c.Lines[i].Amount += amount * l.Amount
				c.Lines[i].Consumed += consumed * l.Amount
				continue next
			}
		}
		c.Lines = append(c.Lines, CommittedLine{Key: l.Key, Amount: amount * l.Amount, Consumed: consumed * l.Amount})
	}
	return c
}

func commitmentCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[CommitmentOpened](1, nil),
		eventstore.Type[CommitmentAmended](1, nil),
		eventstore.Type[CommitmentConsumed](1, nil),
		eventstore.Type[CommitmentRestored](1, nil),
		eventstore.Type[CommitmentReleased](1, nil),
		eventstore.Type[CommitmentCarriedForward](1, nil),
		eventstore.Type[CommitmentBroughtForward](1, nil),
	)
	return eventstore.CategoryOf("finance.commitment", eventstore.Main, codec, Commitment{}, Commitment.evolve)
}
