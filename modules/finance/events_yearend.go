package finance

import "diwan/modules/kernel"

// The close of a year (إقفال السنة المالية), stream finance.yearend/{year}.
type (
	// YearEndStarted begins it. Commitments follow Rule unless they are decided one by one.
	YearEndStarted struct {
		Year          int            `json:"year"`
		Policy        CarryPolicy    `json:"policy"`
		Rule          CommitmentRule `json:"rule"`
		StopFrom      kernel.Date    `json:"stop_from"`     // no new commitments from this day on
		Complementary kernel.Date    `json:"complementary"` // last day of the complementary period (الفترة المتممة)
		On            kernel.Date    `json:"on"`
		By            Signature      `json:"by"`
	}
	// YearEndWaiverAsked asks to close although something is open.
	YearEndWaiverAsked struct {
		Blocker string    `json:"blocker"`
		Reason  string    `json:"reason"`
		By      Signature `json:"by"`
	}
	// YearEndWaived is the second person's yes.
	YearEndWaived struct {
		Blocker string    `json:"blocker"`
		By      Signature `json:"by"`
	}
	// YearEndCommitmentDecided says what becomes of one commitment, whatever the rule.
	YearEndCommitmentDecided struct {
		Commitment string         `json:"commitment"`
		Rule       CommitmentRule `json:"rule"`
		Reason     string         `json:"reason"`
		By         Signature      `json:"by"`
	}
	// YearEndConfirmed is a person's word that a step waits for: the adjustments are posted, the final
	// account is signed.
	YearEndConfirmed struct {
		Step int         `json:"step"`
		On   kernel.Date `json:"on"`
		By   Signature   `json:"by"`
	}
	// YearEndStepCompleted says that a step is done, with its figures.
	YearEndStepCompleted struct {
		Step   int         `json:"step"`
		Count  int64       `json:"count,omitempty"`
		Amount int64       `json:"amount,omitempty"`
		Hash   string      `json:"hash,omitempty"`
		On     kernel.Date `json:"on"`
		By     Signature   `json:"by"`
	}
	// FinalAccountProduced is the year in its figures (الحساب الختامي).
	FinalAccountProduced struct {
		Original  int64       `json:"original"`
		Revised   int64       `json:"revised"`
		Obligated int64       `json:"obligated"`
		Paid      int64       `json:"paid"`
		Carried   int64       `json:"carried"` // appropriation that went on with commitments, below zero when it left
		Lapsed    int64       `json:"lapsed"`
		Revenue   int64       `json:"revenue"`
		Expense   int64       `json:"expense"`
		Balances  string      `json:"balances"` // hash of the closing balances
		Hash      string      `json:"hash"`     // of all of it
		On        kernel.Date `json:"on"`
		By        Signature   `json:"by"`
	}
)

// What the close writes elsewhere.
type (
	// NewCommitmentsStopped lets a year take no reservation or commitment from a day on.
	NewCommitmentsStopped struct {
		From kernel.Date `json:"from"`
		By   Signature   `json:"by"`
	}
	// NewClaimsStopped lets it take no claim: what is verified is paid in the complementary period.
	NewClaimsStopped struct {
		By Signature `json:"by"`
	}
	// JournalForAdjustment puts a draft entry into the adjustment period.
	JournalForAdjustment struct {
		By Signature `json:"by"`
	}
	// FiscalYearClosed locks it under the hash of its final account.
	FiscalYearClosed struct {
		Hash string    `json:"hash"`
		By   Signature `json:"by"`
	}
	// ClosingRulesSet dates which natural accounts are closed to the net result, and which must be empty.
	ClosingRulesSet struct {
		From     kernel.Date `json:"from"`
		Revenue  []string    `json:"revenue"` // patterns such as "11*"
		Expense  []string    `json:"expense"`
		Suspense []string    `json:"suspense,omitempty"`
		Result   string      `json:"result"` // natural account of the net result
	}
)

// CommitmentRule is what becomes of a commitment that is open at the year's end.
type CommitmentRule string

// The rules.
const (
	DecideEach  CommitmentRule = "decide" // one by one
	CarryThem   CommitmentRule = "carry"
	LapseThem   CommitmentRule = "lapse"
	noDirection CommitmentRule = ""
)
