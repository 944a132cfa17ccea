package finance

import "diwan/modules/kernel"

// TreasuryAccountOpened opens one of the government's own bank accounts. A zero-balance account
// belongs to a main account, which takes what it holds at the end of each day.
type TreasuryAccountOpened struct {
	Name     kernel.Text `json:"name"`
	IBAN     string      `json:"iban"`
	BIC      string      `json:"bic,omitempty"`
	Currency string      `json:"currency"`
	Item     string      `json:"item"`           // natural account of the ledger
	Main     string      `json:"main,omitempty"` // the account a zero-balance account is swept into
	Opening  int64       `json:"opening"`        // what the bank held when the book began
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// StatementTaken moves the account on to the end of a statement: the next one opens there.
type StatementTaken struct {
	Statement string      `json:"statement"`
	Number    string      `json:"number,omitempty"`
	Opening   int64       `json:"opening"`
	Closing   int64       `json:"closing"`
	On        kernel.Date `json:"on"` // day of the closing balance
}

// BatchPayment is one transfer of a batch.
type BatchPayment struct {
	Voucher  string `json:"voucher"`
	Number   string `json:"number"` // of the voucher
	Payee    string `json:"payee"`
	Account  int    `json:"account"`    // of the payee's bank accounts
	EndToEnd string `json:"end_to_end"` // the name the bank's statement brings back
	Amount   int64  `json:"amount"`
}

// BatchBuilt gathers approved vouchers into one order to the bank (دفعة صرف).
type BatchBuilt struct {
	Number   string         `json:"number"` // "17/2026"
	Year     int            `json:"year"`
	Treasury string         `json:"treasury"` // the account the money leaves
	Currency string         `json:"currency"`
	PayOn    kernel.Date    `json:"pay_on"` // the bank is asked to pay on
	Payments []BatchPayment `json:"payments"`
	Total    int64          `json:"total"`
	On       kernel.Date    `json:"on"`
	By       Signature      `json:"by"`
}

// BatchReleased sends the batch: every voucher in it is paid. Form is the version of the file.
type BatchReleased struct {
	Form string      `json:"form"` // "pain.001.001.03"
	On   kernel.Date `json:"on"`
	By   Signature   `json:"by"`
}

// BatchDropped ends a batch that was never released; its vouchers are free again.
type BatchDropped struct {
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// BatchFileProduced says that the file was made, and what it was: whoever asks again gets these bytes.
type BatchFileProduced struct {
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// BatchAnswered records what the bank said of one payment: settled, or rejected with its reason.
type BatchAnswered struct {
	Voucher  string      `json:"voucher"`
	Rejected bool        `json:"rejected,omitempty"`
	Code     string      `json:"code,omitempty"` // ISO 20022 external reason, "AC01"
	Reason   string      `json:"reason,omitempty"`
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// VoucherScheduled puts a voucher into a batch: it is paid there and nowhere else.
type VoucherScheduled struct {
	Batch string      `json:"batch"`
	On    kernel.Date `json:"on"`
	By    Signature   `json:"by"`
}

// VoucherUnscheduled takes it out of a batch that was dropped.
type VoucherUnscheduled struct {
	Batch string      `json:"batch"`
	On    kernel.Date `json:"on"`
	By    Signature   `json:"by"`
}

// PaymentReturned undoes a payment that the bank sent back: the voucher waits for treasury again, its
// obligation stands, Journal is the mirror of the payment's entry.
type PaymentReturned struct {
	Batch   string      `json:"batch"`
	Reason  string      `json:"reason"`
	Journal string      `json:"journal"`
	On      kernel.Date `json:"on"`
	By      Signature   `json:"by"`
}

// EntryCleared says that an entry's movement stands on the account's statement.
type EntryCleared struct {
	Statement string `json:"statement"`
	Group     int    `json:"group"` // of the statement's matches
}

// EntryUncleared takes that back.
type EntryUncleared struct {
	Statement string `json:"statement"`
	Group     int    `json:"group"`
}
