package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// PayeeSheet is a payee (مستفيد) as a screen shows it. A natural person's name is there for those
// whose work needs it, "erased" once the person's key is destroyed, and "hidden" for all others.
type PayeeSheet struct {
	ID           string
	Kind         PayeeKind
	Name         kernel.Text
	Visibility   Visibility
	Register     string
	Officer      *string
	Accounts     []AccountSheet
	RegisteredBy Signer
	Version      int64
	Position     kernel.Position

	person string
	sealed []byte
	trail
}

// Visibility tells what became of personal data on its way to the reader.
type Visibility string

// What a reader sees of personal data.
const (
	Shown  Visibility = "shown"
	Hidden Visibility = "hidden" // the reader's work does not need it
	Erased Visibility = "erased" // the person's key is destroyed
)

// AccountSheet is one bank account of a payee.
type AccountSheet struct {
	Account    int
	IBAN       string // empty where hidden or erased
	Bank       string
	StateCode  string
	UsableFrom kernel.Date
	sealed     []byte
}

// State is the state in the office's words.
func (a *AccountSheet) State() kernel.Text { return stateWords(a.StateCode) }

// needsNames tells whether an officer's work needs the names of natural persons.
func needsNames(by Officer) bool {
	for _, p := range []Permission{
		MayRegisterPayee, MayApproveBankAccount, MayPrepareVoucher, MayAuditVoucher, MayApproveVoucher, MayApproveVoucherAbove,
		MayPayVoucher, MayReverseVoucher, MayVerifyInvoice, MayRegisterInvoice,
	} {
		if by.May(p) {
			return true
		}
	}
	return false
}

// Payees lists payees, the newest first. Opening a natural person's data is recorded in the access
// lane before it is shown.
func (r *Reports) Payees(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[PayeeSheet], error) {
	page, w, err := newestFirst(q.First, q.After, "position")
	if err != nil {
		return nil, err
	}
	if q.ID != "" {
		w.and("id = ?", q.ID)
	}
	c, err := r.payees(ctx, by, page, w)
	if err != nil {
		return nil, err
	}
	return c, r.open(ctx, by, c.Nodes)
}

// PayeesByID reads the payees of a page of documents, with one statement.
func (r *Reports) PayeesByID(ctx context.Context, by Officer, ids []string) (map[string]*PayeeSheet, error) {
	w := &where{}
	w.and("id = any(?)", ids)
	c, err := r.payees(ctx, by, kernel.Page{First: kernel.MostRows}, w)
	if err != nil {
		return nil, err
	}
	if err := r.open(ctx, by, c.Nodes); err != nil {
		return nil, err
	}
	all := make(map[string]*PayeeSheet, len(c.Nodes))
	for i := range c.Nodes {
		all[c.Nodes[i].ID] = &c.Nodes[i]
	}
	return all, nil
}

func (r *Reports) payees(ctx context.Context, by Officer, page kernel.Page, w *where) (*kernel.Connection[PayeeSheet], error) {
	var c *kernel.Connection[PayeeSheet]
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		var err error
		c, err = list(ctx, tx, page, func(s *PayeeSheet, k kernel.Key) kernel.Key { return k.Int(s.Position.N) },
			func(s *PayeeSheet) ([]any, func()) {
				return []any{
					&s.ID, &s.Kind, &s.person, &s.Name.Ar, &s.Name.En, &s.sealed, &s.Register, &s.Officer, &s.RegisteredBy, &s.Version, &s.Position.N,
				}, func() { s.Position, s.Visibility = r.position(s.Position.N), Shown }
			}, `
			select id, kind, person, name_ar, name_en, sealed, register, nullif(officer, ''), registered_by, version, position
			  from read.finance_payee where `+w.String()+` order by position desc limit `+w.limit(), w.args...)
		if err != nil {
			return err
		}
		for i := range c.Nodes {
			c.Nodes[i].trail = trail{r, by, PayeeDocument, c.Nodes[i].ID}
		}
		return payeeAccounts(ctx, tx, c.Nodes)
	})
	return c, err
}

func payeeAccounts(ctx context.Context, tx pgx.Tx, payees []PayeeSheet) error {
	byID, ids := map[string]*PayeeSheet{}, make([]string, len(payees))
	for i := range payees {
		ids[i] = payees[i].ID
		byID[ids[i]] = &payees[i]
	}
	rows, err := tx.Query(ctx, `
		select payee, account, iban, sealed, bank, state, usable_from
		  from read.finance_payee_account where payee = any($1) order by payee, account`, ids)
	if err != nil {
		return fmt.Errorf("read bank accounts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var payee string
		var a AccountSheet
		if err := rows.Scan(&payee, &a.Account, &a.IBAN, &a.sealed, &a.Bank, &a.StateCode, (*day)(&a.UsableFrom)); err != nil {
			return fmt.Errorf("read bank accounts: %w", err)
		}
		byID[payee].Accounts = append(byID[payee].Accounts, a)
	}
	return rows.Err()
}

// open fills in the names and accounts of natural persons, for whom the reader may see them.
func (r *Reports) open(ctx context.Context, by Officer, payees []PayeeSheet) error {
	var natural []string
	for i := range payees {
		if p := &payees[i]; p.Kind == Person {
			p.Visibility = Hidden
			natural = append(natural, p.ID)
		}
	}
	if len(natural) == 0 || !needsNames(by) || r.sealer == nil {
		return nil
	}
	err := recordReading(ctx, r.log, r.tenant, by, PersonalDataRead{Payees: natural, Fields: []string{"name", "iban"}, Purpose: "payment"})
	if err != nil {
		return err
	}
	for i := range payees {
		if p := &payees[i]; p.Kind == Person {
			r.openOne(ctx, p)
		}
	}
	return nil
}

func (r *Reports) openOne(ctx context.Context, p *PayeeSheet) {
	p.Visibility = Erased
	person, err := uuid.Parse(p.person)
	if err != nil {
		return
	}
	data, err := r.unseal(ctx, person, p.sealed)
	if err != nil {
		p.Name = kernel.Text{Ar: "محذوف", En: "erased"}
		return
	}
	p.Visibility, p.Name = Shown, kernel.Text{Ar: data.Name}
	for i := range p.Accounts {
		if a := &p.Accounts[i]; a.sealed != nil {
			if data, err := r.unseal(ctx, person, a.sealed); err == nil {
				a.IBAN = data.IBAN
			}
		}
	}
}

func (r *Reports) unseal(ctx context.Context, person uuid.UUID, sealed []byte) (PersonalData, error) {
	var data PersonalData
	plain, err := r.sealer.Open(ctx, person, sealed)
	if err != nil {
		return data, err
	}
	return data, json.Unmarshal(plain, &data)
}
