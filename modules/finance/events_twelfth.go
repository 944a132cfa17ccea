package finance

import "diwan/modules/kernel"

// Spending before the budget law (الإنفاق بنسبة 1/12).
type (
	// TwelfthRuleSet dates what may be spent before a late budget law: one Share-th of last year's law for
	// each month that has begun, on lines of the economic types named.
	TwelfthRuleSet struct {
		From     kernel.Date    `json:"from"`
		Share    int            `json:"share"`
		Economic []EconomicType `json:"economic"`
	}
	// ProvisionalSpendingBegun switches the regime on for a year; stream finance.year/{year}.
	ProvisionalSpendingBegun struct {
		Reason string      `json:"reason"`
		On     kernel.Date `json:"on"`
		By     Signature   `json:"by"`
	}
	// TwelfthsAuthorised says that every line has its part up to a month.
	TwelfthsAuthorised struct {
		Month int       `json:"month"`
		By    Signature `json:"by"`
	}
	// ProvisionalSpendingEnded switches it off: the law is there.
	ProvisionalSpendingEnded struct {
		Law string      `json:"law"`
		On  kernel.Date `json:"on"`
		By  Signature   `json:"by"`
	}
	// ProvisionalTwelfthAuthorised gives a line its part up to a month, released at once.
	ProvisionalTwelfthAuthorised struct {
		Month  int   `json:"month"`
		Base   int64 `json:"base"` // last year's law
		Share  int   `json:"share"`
		Amount int64 `json:"amount"`
	}
	// ProvisionalAuthorityClosed takes authority back that the law replaced, or that nobody used.
	ProvisionalAuthorityClosed struct {
		Law    string `json:"law"` // where the law came from
		Amount int64  `json:"amount"`
	}
)

// Commitments that outlive their year (تدوير الالتزامات).
type (
	// CommitmentCarriedForward ends a commitment in its year: what is outstanding goes on as another one.
	CommitmentCarriedForward struct {
		To     string       `json:"to"` // the commitment of the next year
		Policy CarryPolicy  `json:"policy"`
		On     kernel.Date  `json:"on"`
		Lines  []LineAmount `json:"lines"`
		By     Signature    `json:"by"`
	}
	// CommitmentBroughtForward opens it in the next year.
	CommitmentBroughtForward struct {
		ID        string       `json:"id"`
		Number    string       `json:"number"`
		Year      int          `json:"year"`
		Currency  string       `json:"currency"`
		Subject   string       `json:"subject"`
		Payee     string       `json:"payee,omitempty"`
		Reference string       `json:"reference,omitempty"`
		From      string       `json:"origin"` // the commitment of the year before
		On        kernel.Date  `json:"on"`
		Lines     []LineAmount `json:"lines"`
		By        Signature    `json:"by"`
	}
	// CommitmentCarriedOut takes a commitment off the line of its year, and the appropriation with it
	// where the policy is so.
	CommitmentCarriedOut struct {
		Commitment    string `json:"commitment"`
		Amount        int64  `json:"amount"`
		Appropriation int64  `json:"appropriation,omitempty"`
		Withdrawn     int64  `json:"withdrawn,omitempty"` // allotment that goes with it
	}
	// CommitmentBroughtIn puts it on the line of the next year, with Appropriation brought along, or as a
	// charge on what the year has; Provisional is authority of its own before the law.
	CommitmentBroughtIn struct {
		Commitment    string `json:"commitment"`
		Amount        int64  `json:"amount"`
		Appropriation int64  `json:"appropriation,omitempty"`
		Provisional   int64  `json:"provisional,omitempty"`
		Released      int64  `json:"released,omitempty"` // allotment opened for it
	}
)
