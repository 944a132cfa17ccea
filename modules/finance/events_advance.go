package finance

import "diwan/modules/kernel"

// AdvanceRulesSet dates the rules of advances and trusts: how long a temporary advance may be out,
// whether an overdue one stops the next, and the accounts that entries are made on.
type AdvanceRulesSet struct {
	From        kernel.Date `json:"from"`
	Days        int         `json:"days"`  // a temporary advance is due this long after its issue
	Block       bool        `json:"block"` // nobody with an overdue advance gets another
	AdvanceItem string      `json:"advance_item"`
	TrustFund   string      `json:"trust_fund"` // the fund of trusts, outside the budget
	TrustItem   string      `json:"trust_item"` // what is held for others
	By          Signature   `json:"by"`
}

// AdvanceKind says how long an advance is out.
type AdvanceKind string

// The kinds of advance (سلفة).
const (
	TemporaryAdvance AdvanceKind = "temporary" // for one purpose, due after the days of the rules
	PermanentAdvance AdvanceKind = "permanent" // imprest (سلفة مستديمة), due at the end of the year
)

// AdvanceRequested asks for money in an officer's hand.
type AdvanceRequested struct {
	Holder   string      `json:"holder"` // payee: who receives it and answers for it
	Kind     AdvanceKind `json:"kind"`
	Purpose  string      `json:"purpose"`
	Year     int         `json:"year"`
	Currency string      `json:"currency"`
	Codes    Codes       `json:"codes"` // where it belongs; the rules give the account
	Amount   int64       `json:"amount"`
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// AdvanceApproved lets treasury pay it.
type AdvanceApproved struct {
	Limit int64       `json:"limit"` // of the officer on that day
	On    kernel.Date `json:"on"`
	By    Signature   `json:"by"`
}

// AdvanceRefused ends a request, with the reason.
type AdvanceRefused struct {
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// AdvanceIssued pays it: the holder owes what was paid until it is settled.
type AdvanceIssued struct {
	Number    string      `json:"number"` // "12/2026"
	Due       kernel.Date `json:"due"`
	BankItem  string      `json:"bank_item"`
	Reference string      `json:"reference"`
	Account   int         `json:"account"` // of the holder's bank accounts
	Journal   string      `json:"journal"`
	On        kernel.Date `json:"on"`
	By        Signature   `json:"by"`
}

// SettlementProposed says what part of an advance was spent on; it has no effect on money.
type SettlementProposed struct {
	Settlement int          `json:"settlement"` // 1, 2, 3 …
	Lines      []ChargeLine `json:"lines"`
	Amount     int64        `json:"amount"`
	Narration  string       `json:"narration,omitempty"`
	On         kernel.Date  `json:"on"`
	By         Signature    `json:"by"`
}

// SettlementReturned sends a proposed settlement back, with the reason.
type SettlementReturned struct {
	Settlement int         `json:"settlement"`
	Reason     string      `json:"reason"`
	On         kernel.Date `json:"on"`
	By         Signature   `json:"by"`
}

// AdvanceSettled makes a settlement an expense of the budget, paid already.
type AdvanceSettled struct {
	Settlement  int         `json:"settlement"`
	Amount      int64       `json:"amount"`
	Outstanding int64       `json:"outstanding"`
	Journal     string      `json:"journal"`
	On          kernel.Date `json:"on"`
	By          Signature   `json:"by"`
}

// AdvanceCashReturned records what the holder gave back.
type AdvanceCashReturned struct {
	Amount      int64       `json:"amount"`
	Outstanding int64       `json:"outstanding"`
	BankItem    string      `json:"bank_item"`
	Reference   string      `json:"reference"`
	Journal     string      `json:"journal"`
	On          kernel.Date `json:"on"`
	By          Signature   `json:"by"`
}

// AdvanceTaken keeps on a holder's own stream what is out and when it is due.
type AdvanceTaken struct {
	Advance string      `json:"advance"`
	Due     kernel.Date `json:"due"`
}

// AdvanceCleared takes it off: nothing of it is outstanding.
type AdvanceCleared struct {
	Advance string `json:"advance"`
}

// TrustOpened begins an account of money held for somebody else (أمانة).
type TrustOpened struct {
	Beneficiary string      `json:"beneficiary"` // payee
	Purpose     string      `json:"purpose"`
	Currency    string      `json:"currency"`
	Codes       Codes       `json:"codes"` // where it belongs; the rules give fund and account
	On          kernel.Date `json:"on"`
	By          Signature   `json:"by"`
}

// DepositReceived puts money into a trust.
type DepositReceived struct {
	Amount    int64       `json:"amount"`
	Balance   int64       `json:"balance"`
	BankItem  string      `json:"bank_item"`
	Reference string      `json:"reference"`
	Journal   string      `json:"journal"`
	On        kernel.Date `json:"on"`
	By        Signature   `json:"by"`
}

// TrustPaymentRequested asks for a payment out of a trust; the amount is held from here on.
type TrustPaymentRequested struct {
	Payment int         `json:"payment"` // 1, 2, 3 …
	Payee   string      `json:"payee"`
	Amount  int64       `json:"amount"`
	Reason  string      `json:"reason"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// TrustPaymentRefused gives the held amount free, with the reason.
type TrustPaymentRefused struct {
	Payment int         `json:"payment"`
	Reason  string      `json:"reason"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// TrustPaid pays it.
type TrustPaid struct {
	Payment   int         `json:"payment"`
	Amount    int64       `json:"amount"`
	Balance   int64       `json:"balance"`
	Account   int         `json:"account"` // of the payee's bank accounts
	BankItem  string      `json:"bank_item"`
	Reference string      `json:"reference"`
	Journal   string      `json:"journal"`
	On        kernel.Date `json:"on"`
	By        Signature   `json:"by"`
}
