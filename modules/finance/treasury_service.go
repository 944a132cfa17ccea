package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// OpenTreasuryAccount opens one of the government's bank accounts under the command's id.
type OpenTreasuryAccount struct {
	Command  uuid.UUID
	Name     kernel.Text
	IBAN     string
	BIC      string
	Currency string // empty = JOD
	Item     string // natural account of the ledger that its money stands on
	Main     string // of a zero-balance account: the account it is swept into
	Opening  string // what the bank held when the book began; empty = nothing
	On       string // empty = today
}

// OpenTreasuryAccount begins the account's book at the opening balance: the first statement opens there.
func (m *Module) OpenTreasuryAccount(ctx context.Context, by Officer, in OpenTreasuryAccount) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MaySetPolicy) {
		return eventstore.Receipt{}, f.result()
	}
	e := TreasuryAccountOpened{
		Name: f.name("name", in.Name), BIC: f.optionalCode("bic", kernel.Text{Ar: "رمز البنك", En: "Bank code"}, in.BIC),
		Currency: f.currency("currency", in.Currency), Item: f.code("item", kernel.Text{Ar: "حساب الأستاذ", En: "Ledger account"}, in.Item),
		Main: f.optionalCode("main", kernel.Text{Ar: "الحساب الرئيس", En: "Main account"}, in.Main),
		On:   m.dayOr(&f, in.On), By: by.Sign(),
	}
	var err error
	e.IBAN, err = ParseIBAN(in.IBAN, "iban")
	f.add("", err)
	if in.Opening != "" {
		e.Opening = f.balance("opening", in.Opening, e.Currency)
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	id := in.Command.String()
	var t touches
	account, iban, item := t.add(treasuryAccountStream(id)), t.add(ibanStream(e.IBAN)), t.add(SegmentStream(Item, e.Item))
	main := -1
	if e.Main != "" {
		main = t.add(treasuryAccountStream(e.Main))
	}
	return m.execute(ctx, by, in.Command, "OpenTreasuryAccount", in, &t, func(d *eventstore.Decision) error {
		var f form
		if taken := eventstore.StateOf[TreasuryIBAN](d, iban); taken.Account != "" {
			f.add("iban", refused("finance.iban_taken", "", "لحساب خزينة آخر هذا الآيبان.", "Another treasury account has this IBAN."))
		}
		f.add("item", unplaced(eventstore.StateOf[SegmentValue](d, item).Postable(Item, e.Item, e.On)))
		if main >= 0 {
			f.add("main", e.sweptInto(eventstore.StateOf[TreasuryAccount](d, main)))
		}
		if err := f.result(); err != nil {
			return err
		}
		d.Record(account, e)
		d.Record(iban, TreasuryIBANTaken{Account: id})
		return nil
	})
}

// sweptInto refuses a main account that cannot take a zero-balance account's money.
func (e TreasuryAccountOpened) sweptInto(main TreasuryAccount) error {
	switch {
	case !main.Known():
		return main.mustBeKnown("")
	case main.Opened.Main != "":
		return refused("finance.not_a_main_account", "",
			"الحساب الرئيس هو نفسه صفري الرصيد.", "The main account is itself a zero-balance account.")
	case main.Opened.Currency != e.Currency:
		return refused("finance.currency_differs", "",
			"الحساب الرئيس بعملة %s وهذا بعملة %s.", "The main account is in %s, this one in %s.", main.Opened.Currency, e.Currency)
	}
	return nil
}

// balance reads what an account holds; it may be below zero.
func (f *form) balance(path, text, currency string) int64 {
	n, err := kernel.ParseAmount(text, currency)
	switch {
	case err != nil:
		f.add(path, err)
	case n > largestAmount || n < -largestAmount:
		f.refuse(path, "money.too_large", kernel.Text{Ar: "المبلغ أكبر مما يُقيَّد.", En: "The amount is larger than can be recorded."})
	default:
		return n
	}
	return 0
}
