package finance

import "diwan/modules/kernel"

// JournalKind says what kind of document made an entry.
type JournalKind string

// The kinds of entry.
const (
	ManualEntry   JournalKind = "manual"
	InvoiceEntry  JournalKind = "invoice"  // verification: expense against payable
	ChargeEntry   JournalKind = "voucher"  // a direct charge, at its audit
	PaymentEntry  JournalKind = "payment"  // payable against bank and deductions
	RecoveryEntry JournalKind = "recovery" // reversal of a paid voucher
	RefundEntry   JournalKind = "refund"   // what the payee gave back
	AdvanceEntry  JournalKind = "advance"  // an advance paid, settled or given back
	ReceiptEntry  JournalKind = "receipt"  // revenue taken by a cashier, a count's difference, a deposit
	TrustEntry    JournalKind = "trust"    // money held for others
	ClosingEntry  JournalKind = "closing"  // revenue and expense into the net result
	MirrorEntry   JournalKind = "mirror"   // undoes the entry it names
)

// LedgerLine is one side of a journal entry: exactly one of Debit and Credit is not zero.
type LedgerLine struct {
	Line   int    `json:"line"`
	Codes  Codes  `json:"codes"` // entries balance per fund, the first of them
	Debit  int64  `json:"debit,omitempty"`
	Credit int64  `json:"credit,omitempty"`
	Payee  string `json:"payee,omitempty"`
	Key    string `json:"key,omitempty"` // budget line an expense belongs to
}

// JournalSource says which document made an entry.
type JournalSource struct {
	Kind JournalKind `json:"kind"`         // "manual", "invoice", "voucher", "payment", …
	ID   string      `json:"id,omitempty"` // the document's
}

// JournalDrafted keeps a manual entry (مستند قيد) as its preparer wrote it, without effect.
type JournalDrafted struct {
	On        kernel.Date  `json:"on"`
	Currency  string       `json:"currency"`
	Lines     []LedgerLine `json:"lines"`
	Narration string       `json:"narration"`
	By        Signature    `json:"by"`
}

// JournalSubmitted hands the draft to whoever posts.
type JournalSubmitted struct {
	On kernel.Date `json:"on"`
	By Signature   `json:"by"`
}

// JournalReturned sends a submitted draft back.
type JournalReturned struct {
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// JournalPosted is the financial ledger's only event: balanced per fund, under its number, never
// changed. Reverses names the entry it mirrors.
type JournalPosted struct {
	Number    string        `json:"number"`
	Year      int           `json:"year"`
	Period    int           `json:"period"`
	On        kernel.Date   `json:"on"`
	Source    JournalSource `json:"source"`
	Reverses  string        `json:"reverses,omitempty"`
	Currency  string        `json:"currency"`
	Lines     []LedgerLine  `json:"lines"`
	Narration string        `json:"narration,omitempty"`
	By        Signature     `json:"by"`
}

// JournalReversed links a posted entry to its mirror; the entry itself is not changed.
type JournalReversed struct {
	Mirror string      `json:"mirror"`
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// ApprovalLimitSet dates the most a role approves finally.
type ApprovalLimitSet struct {
	Role  string      `json:"role"`
	Limit int64       `json:"limit"`
	From  kernel.Date `json:"from"`
	By    Signature   `json:"by"`
}

// PaymentRulesSet dates the rules of paying: waiting time of a changed bank account, the natural
// accounts that entries are made on, and the deductions there are.
type PaymentRulesSet struct {
	From           kernel.Date     `json:"from"`
	BankChangeDays int             `json:"bank_change_days"`
	PayableItem    string          `json:"payable_item"`
	RecoverItem    string          `json:"recover_item"` // receivable from payees after a reversal
	BankItems      []string        `json:"bank_items"`
	Deductions     []DeductionRule `json:"deductions,omitempty"`
	By             Signature       `json:"by"`
}

// WaitingTimeSet dates how long what has no due day may wait before it comes to the front of the inbox.
type WaitingTimeSet struct {
	From kernel.Date `json:"from"`
	Days int         `json:"days"`
	By   Signature   `json:"by"`
}

// DeductionRule is one kind of deduction and the account it is owed on.
type DeductionRule struct {
	Code string      `json:"code"`
	Name kernel.Text `json:"name"`
	Item string      `json:"item"`
}
