package finance

import "diwan/modules/kernel"

// CashierBookOpened opens a cashier's book of receipts (دفتر مقبوضات): its numbers have no gap within a
// year, and its cash is counted every day.
type CashierBookOpened struct {
	Name     kernel.Text `json:"name"`
	Cashier  string      `json:"cashier"` // who issues its receipts
	Currency string      `json:"currency"`
	Codes    Codes       `json:"codes"`     // where its revenue belongs
	CashItem string      `json:"cash_item"` // natural account of the cash in hand
	GapItem  string      `json:"gap_item"`  // natural account of what a count finds missing or over
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// PaidBy is how a payer paid.
type PaidBy string

// The ways a payer pays.
const (
	InCash   PaidBy = "cash"
	ByCheque PaidBy = "cheque"
)

// ReceiptLine is one revenue of a receipt.
type ReceiptLine struct {
	Line   int    `json:"line"` // 1, 2, 3 …
	Item   string `json:"item"` // natural account of the revenue
	Amount int64  `json:"amount"`
	Text   string `json:"text,omitempty"`
}

// ReceiptIssued is a receipt voucher (مستند قبض) under its number. The payer's name is sealed beside it.
type ReceiptIssued struct {
	Book     string        `json:"book"`
	Number   string        `json:"number"` // "118/2026", of the book
	Year     int           `json:"year"`
	Currency string        `json:"currency"`
	How      PaidBy        `json:"how"`
	Cheque   string        `json:"cheque,omitempty"` // its number
	Lines    []ReceiptLine `json:"receipt_lines"`
	Total    int64         `json:"total"`
	Journal  string        `json:"journal"`
	On       kernel.Date   `json:"on"`
	By       Signature     `json:"by"`
}

// ReceiptCancelled voids a receipt of a day that is not closed; its number stays used. Journal is the
// mirror.
type ReceiptCancelled struct {
	Reason  string      `json:"reason"`
	Journal string      `json:"journal"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// ReceiptBooked adds a receipt to the book's open day, or takes a cancelled one off.
type ReceiptBooked struct {
	Receipt string      `json:"receipt"`
	Amount  int64       `json:"amount"` // below zero: cancelled
	How     PaidBy      `json:"how"`
	On      kernel.Date `json:"on"`
}

// CashierDayClosed ends a day: what was counted stands against what the receipts say. A difference is
// booked, with the reason.
type CashierDayClosed struct {
	Day      kernel.Date `json:"day"`
	Receipts int         `json:"receipts"`
	Expected int64       `json:"expected"` // cash and cheques in hand
	Counted  int64       `json:"counted"`
	Reason   string      `json:"reason,omitempty"`  // of a difference
	Journal  string      `json:"journal,omitempty"` // of a difference
	By       Signature   `json:"by"`
}

// CashDeposited brings what is in hand to the bank; another person than the cashier confirms it.
type CashDeposited struct {
	Amount    int64       `json:"amount"`
	BankItem  string      `json:"bank_item"`
	Reference string      `json:"reference"` // the bank's slip
	InHand    int64       `json:"in_hand"`   // what is left
	Journal   string      `json:"journal"`
	On        kernel.Date `json:"on"`
	By        Signature   `json:"by"`
}
