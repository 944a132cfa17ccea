package finance

import "diwan/modules/kernel"

// StatementImported keeps what a bank says of an account, once: the stream is named after the content,
// so the same statement in another file, or a copy of it, is the same statement.
type StatementImported struct {
	Treasury string      `json:"treasury"`
	ID       string      `json:"id,omitempty"`     // the bank's own name of it
	Number   string      `json:"number,omitempty"` // its place in the row of statements
	Format   string      `json:"format"`           // "camt.053.001.08", "MT940", "CSV"
	File     string      `json:"file"`             // SHA-256 of the file it came in, or its name in the store of files
	Currency string      `json:"currency"`
	Opening  int64       `json:"opening"`
	Closing  int64       `json:"closing"`
	From     kernel.Date `json:"from"`
	To       kernel.Date `json:"to"`
	Count    int         `json:"count"` // of its lines
	On       kernel.Date `json:"on"`
	By       Signature   `json:"by"`
}

// StatementLine is one entry of a statement. What it says of people is sealed beside the event.
type StatementLine struct {
	Line      int         `json:"line"`   // 1, 2, 3 …
	Amount    int64       `json:"amount"` // above zero: came in
	Booked    kernel.Date `json:"booked"`
	Value     kernel.Date `json:"value"`
	Pending   bool        `json:"pending,omitempty"` // announced, not part of the balance
	Reversal  bool        `json:"reversal,omitempty"`
	Code      string      `json:"code,omitempty"`
	Reference string      `json:"reference,omitempty"`
	EndToEnd  string      `json:"end_to_end,omitempty"`
}

// StatementLinesRead holds lines of a statement in their order, at most linesInEvent of them. Who
// stands on the other side of each, and its text, are sealed with the statement's own key.
type StatementLinesRead struct {
	Lines []StatementLine `json:"lines"`
}

// StatementAccepted takes the statement into the account's book: it opens where the last one closed.
type StatementAccepted struct {
	On kernel.Date `json:"on"`
	By Signature   `json:"by"`
}

// QuarantineReason is one reason why a statement is not set against the book.
type QuarantineReason struct {
	Code    string      `json:"code"`
	Message kernel.Text `json:"message"`
}

// StatementQuarantined keeps a statement out of the book, with the reasons, until it is tried again.
type StatementQuarantined struct {
	Reasons []QuarantineReason `json:"reasons"`
	On      kernel.Date        `json:"on"`
	By      Signature          `json:"by"`
}

// MatchedEntry is an entry of the ledger with its movement on the account.
type MatchedEntry struct {
	Journal string `json:"journal"`
	Amount  int64  `json:"amount"` // debit − credit on the account's item
}

// LinesMatched says that lines of the statement and entries of the book are the same movements; their
// sums are equal. Auto: the bank brought back the name that we had given.
type LinesMatched struct {
	Group   int            `json:"group"` // 1, 2, 3 …
	Lines   []int          `json:"statement_lines"`
	Entries []MatchedEntry `json:"entries,omitempty"` // none: the lines undo each other
	Auto    bool           `json:"auto,omitempty"`
	On      kernel.Date    `json:"on"`
	By      Signature      `json:"by"`
}

// LinesUnmatched takes a match back, with the reason.
type LinesUnmatched struct {
	Group  int         `json:"group"`
	Reason string      `json:"reason"`
	On     kernel.Date `json:"on"`
	By     Signature   `json:"by"`
}

// ReconciliationApproved ends the work on a statement whose every line is matched; from here nothing of
// it changes.
type ReconciliationApproved struct {
	On kernel.Date `json:"on"`
	By Signature   `json:"by"`
}
