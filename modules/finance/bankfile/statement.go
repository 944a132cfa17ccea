// Package bankfile reads the files that banks send about accounts (ISO 20022 camt.053 and camt.054,
// SWIFT MT940, tables with a profile) and writes the payment orders they take (ISO 20022 pain.001).
// It says what a file says and nothing more: whether a statement fits an account's book is decided
// where the book is kept. A file that cannot be read is refused whole, with the place that is wrong.
package bankfile

import (
	"diwan/modules/kernel"
)

// Format is the form a file is written in.
type Format string

// The forms that are read. A camt message is named by its whole version.
const (
	MT940 Format = "MT940"
	Table Format = "CSV"
)

// Statement is what a bank says of one account: a statement (camt.053, MT940, a table) with its
// balances, or a notification of single movements (camt.054), which has none.
type Statement struct {
	Format   Format
	ID       string // the bank's own name of it
	Account  string // IBAN, or the number as the bank writes it
	Number   string // its place in the row of statements, as written: "12312", "27/01"
	Page     int    // 0 when the bank did not cut it into pages
	Last     bool   // nothing follows this page
	Copy     bool   // the bank says that it sent this before
	Currency string // of the account: of its first balance, else of the account, else of its first line
	Opening  *Balance
	Closing  *Balance
	Lines    []Line
}

// Balance is what an account held at the end or the beginning of a day.
type Balance struct {
	Amount       int64 // minor units of Currency; below zero: the account owes
	Currency     string
	Date         kernel.Date
	Intermediate bool // of a page, not of the whole statement
}

// Line is one entry of the account.
type Line struct {
	Amount       int64 // minor units; above zero: came in, below zero: went out
	Currency     string
	Booked       kernel.Date
	Value        kernel.Date
	Pending      bool // announced, not booked: it is not part of the balance
	Reversal     bool // undoes an earlier entry
	Code         string
	Reference    string // the bank's own
	Counterparty Party
	Text         string
	EndToEnd     string  // the name the payer gave the payment, when the line is one payment
	Parts        []Part  // the payments a collected entry is made of
	Row          int     // where it stands in the file: line (MT940, CSV) or number of the entry (camt)
	Original     *Amount // in the currency it was ordered in, when that is another
}

// Amount is money in a currency other than the account's.
type Amount struct {
	Minor    int64
	Currency string
}

// Part is one payment inside a collected entry.
type Part struct {
	Amount       int64 // signed like Line.Amount; 0 when the bank does not say
	Currency     string
	EndToEnd     string
	Instruction  string // the name of the instruction it came from
	Reference    string
	Counterparty Party
	Text         string
	Returned     string // the bank's reason code, when the payment came back
}

// Party is who stands on the other side.
type Party struct {
	Name    string
	Account string
}

// Check returns why a statement cannot be set against a book: a missing balance, more than one
// currency, a sum that does not come out. A statement without problems has Opening + Σ Lines = Closing.
func (s *Statement) Check() kernel.Problems {
	if s.Opening == nil || s.Closing == nil {
		return kernel.Problems{problem("bankfile.no_balance", "",
			"الكشف %[1]s بلا رصيد افتتاحي أو ختامي، فلا يُطابق به الحساب.",
			"Statement %[1]s has no opening or no closing balance, so no book can be set against it.", s.ID)}
	}
	var found kernel.Problems
	sum, ok := s.Opening.Amount, true
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Currency != s.Currency {
			found = append(found, problem("bankfile.mixed_currencies", at(l.Row, "currency"),
				"حركة بعملة %[1]s في كشف بعملة %[2]s.",
				"A line in %[1]s stands in a statement in %[2]s.", l.Currency, s.Currency))
		}
		if l.Pending {
			continue
		}
		if sum, ok = kernel.AddAmounts(sum, l.Amount); !ok {
			return append(found, problem("bankfile.too_large", at(l.Row, "amount"),
				"مجموع الحركات أكبر من أي مبلغ يُحفظ.", "The lines add up to more than any amount that can be kept."))
		}
	}
	for _, b := range []*Balance{s.Opening, s.Closing} {
		if b.Currency != s.Currency {
			found = append(found, problem("bankfile.mixed_currencies", "balance",
				"رصيد بعملة %[1]s في كشف بعملة %[2]s.",
				"A balance in %[1]s stands in a statement in %[2]s.", b.Currency, s.Currency))
		}
	}
	if len(found) == 0 && sum != s.Closing.Amount {
		found = append(found, problem("bankfile.does_not_add_up", "closing",
			"الافتتاحي %[1]s مع الحركات يساوي %[2]s، والختامي المكتوب %[3]s.",
			"The opening %[1]s and the lines make %[2]s; the closing written is %[3]s.",
			kernel.GroupAmount(s.Opening.Amount, s.Currency), kernel.GroupAmount(sum, s.Currency),
			kernel.GroupAmount(s.Closing.Amount, s.Currency)))
	}
	return found
}
