package finance

import "diwan/modules/kernel"

// ThreeYears are the amounts of the budget year and the two indicative years after it (medium-term
// expenditure framework), in minor units.
type ThreeYears [3]int64

// BudgetCircularIssued opens the preparation of a year's budget (بلاغ الموازنة).
type BudgetCircularIssued struct {
	Year     int         `json:"year"`
	Currency string      `json:"currency"`
	Subject  string      `json:"subject"`
	Deadline kernel.Date `json:"deadline"` // the last day for requests
	Strict   bool        `json:"strict"`   // a request above its ceiling is refused; else it needs a reason and is marked
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// BudgetCeilingSet is the most a chapter, or one programme of it, may ask for. The newest counts.
type BudgetCeilingSet struct {
	Chapter   string       `json:"chapter"`
	Programme string       `json:"programme,omitempty"` // empty: the whole chapter
	Economic  EconomicType `json:"economic,omitempty"`  // empty: current and capital together
	Amounts   ThreeYears   `json:"amounts"`
	On        kernel.Date  `json:"on"`
	By        Signature    `json:"by"`
}

// RequestLine is one line that a body asks for.
type RequestLine struct {
	Line     int          `json:"line"` // 1, 2, 3 …
	Key      string       `json:"key"`  // of the budget line in the year
	Codes    Codes        `json:"codes"`
	Economic EconomicType `json:"economic"`
	Amounts  ThreeYears   `json:"amounts"`
	Reason   string       `json:"reason,omitempty"`
}

// CeilingBreach is a ceiling that a request goes beyond, and by how much.
type CeilingBreach struct {
	Chapter   string       `json:"chapter"`
	Programme string       `json:"programme,omitempty"`
	Economic  EconomicType `json:"economic,omitempty"`
	Over      ThreeYears   `json:"over"` // per year; 0 = within
}

// BudgetRequestSubmitted is what a body asks for one programme, all of it anew in every round.
type BudgetRequestSubmitted struct {
	Year      int             `json:"year"`
	Chapter   string          `json:"chapter"`
	Programme string          `json:"programme"`
	Round     int             `json:"round"` // 1, 2, 3 …
	Lines     []RequestLine   `json:"lines"`
	Total     int64           `json:"total"` // of the budget year
	Breaches  []CeilingBreach `json:"breaches,omitempty"`
	Reason    string          `json:"reason,omitempty"` // of the breaches
	On        kernel.Date     `json:"on"`
	By        Signature       `json:"by"`
}

// BudgetRequestReturned sends a request back to its body, with the reason.
type BudgetRequestReturned struct {
	Round  int         `json:"round"`
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// BudgetRequestApproved takes a request into the draft budget.
type BudgetRequestApproved struct {
	Round int         `json:"round"`
	On    kernel.Date `json:"on"`
	By    Signature   `json:"by"`
}

// BudgetRequestCounted keeps on the cycle what a request asks for now, so that ceilings are checked
// without reading every request.
type BudgetRequestCounted struct {
	Chapter   string     `json:"chapter"`
	Programme string     `json:"programme"`
	Round     int        `json:"round"`
	Current   ThreeYears `json:"current"`
	Capital   ThreeYears `json:"capital"`
	Lines     int        `json:"count"`
	Approved  bool       `json:"approved"`
}

// DraftBudgetConsolidated fixes a version of the draft budget: which round of each request is in it.
type DraftBudgetConsolidated struct {
	Version  int            `json:"version"`  // 1, 2, 3 …
	Requests map[string]int `json:"requests"` // "2501/4401" → round
	Current  ThreeYears     `json:"current"`
	Capital  ThreeYears     `json:"capital"`
	On       kernel.Date    `json:"on"`
	By       Signature      `json:"by"`
}

// BudgetLocked sends a version to the cabinet: nothing is asked for any more.
type BudgetLocked struct {
	Version int         `json:"version"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// BudgetEnacted is the law. The lines follow in batches.
type BudgetEnacted struct {
	Law     string      `json:"law"` // "Law no. 1 of 2027"
	Version int         `json:"version"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// RequestEnacted says that a request's lines stand in the budget.
type RequestEnacted struct {
	Request string `json:"request"` // "2501/4401"
	Count   int    `json:"count"`   // of its lines
}
