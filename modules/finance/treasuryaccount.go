package finance

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// TreasuryAccount is one of the government's own bank accounts, stream finance.treasury_account/{id}:
// where money is paid from and received on, and how far its statements have been taken.
type TreasuryAccount struct {
	Opened     TreasuryAccountOpened
	Closing    int64  // of the last statement taken, or the opening of the book
	Statement  string // the last one taken
	Day        kernel.Date
	Statements int
}

// Known tells that the account was opened.
func (a TreasuryAccount) Known() bool { return a.Opened.IBAN != "" }

func (a TreasuryAccount) evolve(e eventstore.Event) TreasuryAccount {
	switch e := e.(type) {
	case TreasuryAccountOpened:
		a.Opened, a.Closing, a.Day = e, e.Opening, e.On
	case StatementTaken:
		a.Closing, a.Statement, a.Day = e.Closing, e.Statement, e.On
		a.Statements++
	}
	return a
}

func (a TreasuryAccount) mustBeKnown(path string) error {
	if a.Known() {
		return nil
	}
	return refused("finance.treasury_account_unknown", path,
		"لم يُعثر على حساب خزينة بهذا الرقم.", "Nothing found: no treasury account has this number.")
}

func treasuryAccountStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.treasury_account", Key: id}
}

// ibanStream keeps an IBAN to one treasury account.
func ibanStream(iban string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.treasury_iban", Key: iban}
}

// TreasuryIBAN is the guard of ibanStream.
type TreasuryIBAN struct{ Account string }

// TreasuryIBANTaken keeps an IBAN to one account.
type TreasuryIBANTaken struct {
	Account string `json:"account"`
}

func (i TreasuryIBAN) evolve(e eventstore.Event) TreasuryIBAN {
	if e, ok := e.(TreasuryIBANTaken); ok {
		i.Account = e.Account
	}
	return i
}
