package finance

import "diwan/modules/kernel"

// PayeeKind says whether the payee's name is personal data.
type PayeeKind string

// The kinds of payee.
const (
	Company PayeeKind = "company" // companies and public bodies
	Person  PayeeKind = "person"  // natural persons; their data is sealed
)

// VoucherKind says what a voucher pays.
type VoucherKind string

// The kinds of voucher.
const (
	ForInvoice   VoucherKind = "invoice" // a verified invoice
	DirectCharge VoucherKind = "direct"  // without commitment or invoice
)

// VoucherStage is where a voucher stands, named after who has it.
type VoucherStage string

// The stages of a voucher in their order.
const (
	AtAudit            VoucherStage = "audit"
	AtApproval         VoucherStage = "approval"
	AtSpendingOfficer  VoucherStage = "spending_officer"
	AtTreasury         VoucherStage = "treasury"
	VoucherIsScheduled VoucherStage = "scheduled" // in a payment batch
	VoucherIsPaid      VoucherStage = "paid"
	VoucherIsReturned  VoucherStage = "returned"
	VoucherIsCancelled VoucherStage = "cancelled"
	VoucherIsReversed  VoucherStage = "reversed"
)

// Amounts are minor units of the event's currency. A signature stands inside the event because
// separation of duties is decided from it; the log's own actor column says the same.

// PayeeRegistered opens a payee (مستفيد). A natural person's name and national number are sealed
// with Person's key and absent here; a company's name is public.
type PayeeRegistered struct {
	Kind     PayeeKind   `json:"kind"`
	Person   string      `json:"person,omitempty"`   // whose key seals the rest; natural persons only
	Name     kernel.Text `json:"name,omitzero"`      // companies and bodies only
	Register string      `json:"register,omitempty"` // number in the companies' register
	Officer  string      `json:"officer,omitempty"`  // when the payee is an officer: who, so that he cannot approve it
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// BankAccountProposed asks for the payee's n-th bank account; it pays nothing before a second
// person approves it. A natural person's IBAN is sealed and absent here.
type BankAccountProposed struct {
	Account int         `json:"account"`
	IBAN    string      `json:"iban,omitempty"`
	Bank    string      `json:"bank,omitempty"` // BIC or the bank's name
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// BankAccountApproved lets payments go to the account from UsableFrom on; the account before stays
// in use until then.
type BankAccountApproved struct {
	Account    int         `json:"account"`
	UsableFrom kernel.Date `json:"usable_from"`
	On         kernel.Date `json:"on"`
	By         Signature   `json:"by"`
}

// BankAccountRejected ends a proposal.
type BankAccountRejected struct {
	Account int         `json:"account"`
	Reason  string      `json:"reason"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// ChargeLine is one amount on one account combination, and the budget line it uses.
type ChargeLine struct {
	Line   int    `json:"line"` // 1, 2, 3 …
	Key    string `json:"key"`  // of the budget line in the document's year
	Codes  Codes  `json:"codes"`
	Amount int64  `json:"amount"`
}

// InvoiceRegistered records a supplier's claim (مطالبة / فاتورة) as it came; it has no effect on money.
type InvoiceRegistered struct {
	Payee      string       `json:"payee"`
	Number     string       `json:"number"` // the supplier's
	Date       kernel.Date  `json:"date"`
	ReceivedOn kernel.Date  `json:"received_on"`
	DueOn      kernel.Date  `json:"due_on,omitzero"`
	Year       int          `json:"year"`
	Commitment string       `json:"commitment"` // every line uses it
	Currency   string       `json:"currency"`
	Lines      []ChargeLine `json:"lines"`
	Total      int64        `json:"total"`
	Narration  string       `json:"narration,omitempty"`
	By         Signature    `json:"by"`
}

// InvoiceNumberTaken keeps a payee's invoice number and date to one invoice.
type InvoiceNumberTaken struct {
	Invoice string `json:"invoice"`
}

// InvoiceNumberFreed gives the number back after the invoice was cancelled.
type InvoiceNumberFreed struct {
	Invoice string `json:"invoice"`
}

// InvoiceVerified (تدقيق الفاتورة) makes the claim an obligation: committed money becomes obligated
// and Journal posts the expense against the payable, in the same commit.
type InvoiceVerified struct {
	On      kernel.Date `json:"on"`
	Journal string      `json:"journal"`
	By      Signature   `json:"by"`
}

// InvoiceDisputed stops an invoice until it is verified after all or cancelled.
type InvoiceDisputed struct {
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// InvoiceCancelled ends an invoice that was never verified.
type InvoiceCancelled struct {
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// InvoiceVouchered binds the invoice to the voucher that pays it.
type InvoiceVouchered struct {
	Voucher string `json:"voucher"`
}

// InvoiceVoucherDropped frees the invoice after its voucher was cancelled.
type InvoiceVoucherDropped struct {
	Voucher string `json:"voucher"`
}

// Deduction (اقتطاع) is kept back from the payee and owed to somebody else.
type Deduction struct {
	Code   string      `json:"code"` // "tax", "retention", "stamp", from the dated policy
	Name   kernel.Text `json:"name"`
	Item   string      `json:"item"` // natural account it is owed on
	Amount int64       `json:"amount"`
}

// VoucherContent is what a voucher says; it changes only after a return.
type VoucherContent struct {
	Kind       VoucherKind  `json:"kind"`              // "invoice" or "direct"
	Invoice    string       `json:"invoice,omitempty"` // the verified invoice it pays
	Commitment string       `json:"commitment,omitempty"`
	Payee      string       `json:"payee"`
	Year       int          `json:"year"`
	Currency   string       `json:"currency"`
	Lines      []ChargeLine `json:"lines"`
	Gross      int64        `json:"gross"`
	Deductions []Deduction  `json:"deductions,omitempty"`
	Net        int64        `json:"net"`
	Narration  string       `json:"narration,omitempty"`
}

// VoucherPrepared (مستند صرف) submits a voucher under its number; from here it is not edited.
type VoucherPrepared struct {
	Number  string         `json:"number"` // "11874/2026"
	Content VoucherContent `json:"content"`
	On      kernel.Date    `json:"on"`
	By      Signature      `json:"by"`
}

// VoucherRevised submits a returned voucher again, under the same number.
type VoucherRevised struct {
	Content VoucherContent `json:"content"`
	On      kernel.Date    `json:"on"`
	By      Signature      `json:"by"`
}

// VoucherAudited passes internal control. A direct charge becomes an obligation here, and Journal
// posts it; for an invoice, its verification did that.
type VoucherAudited struct {
	On      kernel.Date `json:"on"`
	Journal string      `json:"journal,omitempty"`
	By      Signature   `json:"by"`
}

// VoucherApproved is one approval. When it is not final the amount was above the officer's limit
// and the voucher waits for the spending officer; it is not payable before.
type VoucherApproved struct {
	Stage VoucherStage `json:"stage"` // where it stood: "approval" or "spending_officer"
	Limit int64        `json:"limit"` // of the officer on that day
	Final bool         `json:"final"`
	On    kernel.Date  `json:"on"`
	By    Signature    `json:"by"`
}

// VoucherReturned sends the voucher back to its preparer. A direct charge's obligation is undone,
// with Journal as the mirror.
type VoucherReturned struct {
	Stage   VoucherStage `json:"stage"`
	Reason  string       `json:"reason"`
	Journal string       `json:"journal,omitempty"`
	On      kernel.Date  `json:"on"`
	By      Signature    `json:"by"`
}

// VoucherCancelled ends an unpaid voucher; its number stays used. A direct charge's obligation is
// undone, with Journal as the mirror.
type VoucherCancelled struct {
	Stage   VoucherStage `json:"stage"`
	Reason  string       `json:"reason"`
	Journal string       `json:"journal,omitempty"`
	On      kernel.Date  `json:"on"`
	By      Signature    `json:"by"`
}

// VoucherPaid records that treasury paid; Journal moves the payable to the bank.
type VoucherPaid struct {
	On           kernel.Date `json:"on"`
	BankItem     string      `json:"bank_item"` // natural account of our bank account
	Reference    string      `json:"reference"` // the bank's
	PayeeAccount int         `json:"payee_account"`
	Journal      string      `json:"journal"`
	By           Signature   `json:"by"`
}

// VoucherReversed undoes a paid voucher in an open period. What was paid is to be recovered from
// the payee; the original and its journals stay as they are.
type VoucherReversed struct {
	Reason      string      `json:"reason"`
	On          kernel.Date `json:"on"`
	Journal     string      `json:"journal"`
	Recoverable int64       `json:"recoverable"`
	By          Signature   `json:"by"`
}

// RefundReceived records what the payee gave back after a reversal.
type RefundReceived struct {
	Amount    int64       `json:"amount"`
	On        kernel.Date `json:"on"`
	BankItem  string      `json:"bank_item"`
	Reference string      `json:"reference"`
	Journal   string      `json:"journal"`
	Left      int64       `json:"left"`
	By        Signature   `json:"by"`
}
