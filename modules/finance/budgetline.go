package finance

import (
	"fmt"

	"diwan/eventstore"
)

// BudgetLine is one appropriation line of one year (بند اعتماد): only sums, so that a command costs
// the same on a line of ten documents and of ten thousand.
type BudgetLine struct {
	Year     int          `json:"year"`
	Key      string       `json:"key"`
	Codes    Codes        `json:"codes"`
	Currency string       `json:"currency"`
	Economic EconomicType `json:"economic"`

	Original      int64 `json:"original"`
	Supplementary int64 `json:"supplementary"`
	VirementIn    int64 `json:"virement_in"`
	VirementOut   int64 `json:"virement_out"`
	Frozen        int64 `json:"frozen"`
	Released      int64 `json:"released"`
	Reserved      int64 `json:"reserved"`
	Committed     int64 `json:"committed"` // outstanding: what no claim has taken yet
	Obligated     int64 `json:"obligated"` // verified claims and direct charges, paid ones included
	Paid          int64 `json:"paid"`

	// Provisional is the authority to spend before the budget law (see twelfth.go), until TwelfthMonth.
	Provisional  int64 `json:"provisional"`
	TwelfthMonth int   `json:"twelfth_month"`
	Carried      int64 `json:"carried"` // appropriation brought in with commitments, or taken out with them
	Lapsed       int64 `json:"lapsed"`  // returned to the treasury at the year's end
}

// LineStream names a budget line's stream.
func LineStream(year int, key string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.budget", Key: fmt.Sprintf("%d/%s", year, key)}
}

// Exists tells whether the line was ever opened.
func (l BudgetLine) Exists() bool { return l.Key != "" }

// Revised is the appropriation in force: original + supplementary + virements in − out, with what was
// carried between years and what is authorised before the law.
func (l BudgetLine) Revised() int64 {
	return l.Original + l.Supplementary + l.VirementIn - l.VirementOut + l.Carried + l.Provisional
}

// Spendable is the revised appropriation without what is frozen, or lapsed.
func (l BudgetLine) Spendable() int64 { return l.Revised() - l.Frozen - l.Lapsed }

// Used is all that documents hold: reserved, committed and obligated.
func (l BudgetLine) Used() int64 { return l.Reserved + l.Committed + l.Obligated }

// AvailableYear is what is left of the year's spendable appropriation.
func (l BudgetLine) AvailableYear() int64 { return l.Spendable() - l.Used() }

// AvailableNow is what is left of the released allotments. It is negative where capital contracts
// run ahead of the releases.
func (l BudgetLine) AvailableNow() int64 { return l.Released - l.Used() }

// Available is the most that may be reserved or committed under a ceiling.
func (l BudgetLine) Available(c Ceiling) int64 {
	if c == ByAppropriation {
		return l.AvailableYear()
	}
	return l.AvailableNow()
}

// Obligable is the most that may become an obligation, whatever the ceiling: claims are only
// verified, and paid, out of released money.
func (l BudgetLine) Obligable() int64 { return l.Released - l.Obligated }

// Withdrawable is the most of the released allotments that no document needs.
func (l BudgetLine) Withdrawable(c Ceiling) int64 {
	if c == ByAppropriation {
		return l.Obligable()
	}
	return min(l.AvailableNow(), l.Obligable())
}

func (l BudgetLine) evolve(e eventstore.Event) BudgetLine {
	switch e := e.(type) {
	case BudgetLineOpened:
		l.Year, l.Key, l.Codes, l.Currency, l.Economic = e.Year, e.Key, e.Codes, e.Currency, e.Economic
	case AppropriationEnacted:
		l.Original += e.Amount
	case SupplementaryEnacted:
		l.Supplementary += e.Amount
	case VirementApplied:
		if e.Amount >= 0 {
			l.VirementIn += e.Amount
		} else {
			l.VirementOut -= e.Amount
		}
	case AppropriationFrozen:
		l.Frozen += e.Amount
	case AppropriationUnfrozen:
		l.Frozen -= e.Amount
	case AllotmentReleased:
		l.Released += e.Amount
	case AllotmentWithdrawn:
		l.Released -= e.Amount
	case FundsReserved:
		l.Reserved += e.Amount
	case ReservationReleased:
		l.Reserved -= e.Amount
	case CommitmentRecorded:
		l.Committed += e.Amount
	case CommitmentReduced:
		l.Committed -= e.Amount
	case ObligationRecorded:
		l.Committed -= e.FromCommitment
		l.Obligated += e.Amount
	case ObligationReversed:
		l.Committed += e.ToCommitment
		l.Obligated -= e.Amount
	case PaymentRecorded:
		l.Paid += e.Amount
	case PaymentReversed:
		l.Paid -= e.Amount
	case ProvisionalTwelfthAuthorised:
		l.Provisional += e.Amount
		l.Released += e.Amount
		l.TwelfthMonth = e.Month
	case ProvisionalAuthorityClosed:
		l.Provisional -= e.Amount
	case CommitmentCarriedOut:
		l.Committed -= e.Amount
		l.Carried -= e.Appropriation
		l.Released -= e.Withdrawn
	case CommitmentBroughtIn:
		l.Committed += e.Amount
		l.Released += e.Released
		l.Carried += e.Appropriation
		l.Provisional += e.Provisional
	case AppropriationLapsed:
		l.Lapsed += e.Amount
		l.Frozen -= e.Unfrozen
		l.Released -= e.Withdrawn
	}
	return l
}

// lineCategory keeps snapshots: a line of payroll sees thousands of documents a year.
func lineCategory() eventstore.Category {
	codec := eventstore.NewCodec(
		eventstore.Type[BudgetLineOpened](1, nil),
		eventstore.Type[AppropriationEnacted](1, nil),
		eventstore.Type[SupplementaryEnacted](1, nil),
		eventstore.Type[VirementApplied](1, nil),
		eventstore.Type[AppropriationFrozen](1, nil),
		eventstore.Type[AppropriationUnfrozen](1, nil),
		eventstore.Type[AllotmentReleased](1, nil),
		eventstore.Type[AllotmentWithdrawn](1, nil),
		eventstore.Type[FundsReserved](1, nil),
		eventstore.Type[ReservationReleased](1, nil),
		eventstore.Type[CommitmentRecorded](1, nil),
		eventstore.Type[CommitmentReduced](1, nil),
		eventstore.Type[ObligationRecorded](1, nil),
		eventstore.Type[ObligationReversed](1, nil),
		eventstore.Type[PaymentRecorded](1, nil),
		eventstore.Type[PaymentReversed](1, nil),
		eventstore.Type[ProvisionalTwelfthAuthorised](1, nil),
		eventstore.Type[ProvisionalAuthorityClosed](1, nil),
		eventstore.Type[CommitmentCarriedOut](1, nil),
		eventstore.Type[CommitmentBroughtIn](1, nil),
		eventstore.Type[AppropriationLapsed](1, nil),
	)
	return eventstore.CategoryOf("finance.budget", eventstore.Main, codec, BudgetLine{}, BudgetLine.evolve).WithSnapshot("line.2")
}
