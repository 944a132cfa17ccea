package finance

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// TreasuryAccountSheet is one of the government's own bank accounts (حساب الخزينة) as a screen shows it.
type TreasuryAccountSheet struct {
	ID, IBAN, BIC, Currency, Item string
	Name                          kernel.Text
	Main                          *string
	Opening, BankBalance          kernel.Money
	BookBalance                   kernel.Money // of the ledger, from the day the book begins
	Date, BankDay                 kernel.Date
	Statements                    int
	OpenedBy                      Signer
	Version                       int64
	Position                      kernel.Position
	trail
}

// Difference is what the bank holds more than the book says, or less.
func (s *TreasuryAccountSheet) Difference() kernel.Money {
	return kernel.Money{Amount: s.BankBalance.Amount - s.BookBalance.Amount, Currency: s.Currency}
}

// TreasuryAccounts lists the government's own bank accounts, the newest first. The book's balance is read
// from the ledger in the same snapshot.
func (r *Reports) TreasuryAccounts(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[TreasuryAccountSheet], error) {
	page, w, err := newestFirst(q.First, q.After, "a.position")
	if err != nil {
		return nil, err
	}
	w.within(by, "a.unit")
	if q.ID != "" {
		w.and("a.id = ?", q.ID)
	}
	var c *kernel.Connection[TreasuryAccountSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(s *TreasuryAccountSheet, k kernel.Key) kernel.Key { return k.Int(s.Position.N) },
			func(s *TreasuryAccountSheet) ([]any, func()) {
				targets := []any{
					&s.ID, &s.Name.Ar, &s.Name.En, &s.IBAN, &s.BIC, &s.Currency, &s.Item, &s.Main, &s.Opening.Amount, (*day)(&s.Date),
					&s.BankBalance.Amount, (*day)(&s.BankDay), &s.Statements, &s.OpenedBy, &s.Version, &s.Position.N, &s.BookBalance.Amount,
				}
				return targets, func() {
					s.Opening.Currency, s.BankBalance.Currency, s.BookBalance.Currency = s.Currency, s.Currency, s.Currency
					s.Position = r.position(s.Position.N)
				}
			}, `
			select a.id, a.name_ar, a.name_en, a.iban, a.bic, a.currency, a.item, nullif(a.main, ''), a.opening, a.on_date,
			       a.closing, a.closing_on, a.statements, a.opened_by, a.version, a.position,
			       a.opening + coalesce((select sum(l.debit - l.credit) from read.finance_ledger_line l
			                              where l.account = a.item and l.currency = a.currency and l.on_date >= a.on_date), 0)::bigint
			  from read.finance_treasury_account a where `+w.String()+` order by a.position desc limit `+w.limit(), w.args...)
		if err != nil {
			return fmt.Errorf("list treasury accounts: %w", err)
		}
		for i := range c.Nodes {
			c.Nodes[i].trail = trail{r, by, TreasuryAccountDocument, c.Nodes[i].ID}
		}
		return nil
	})
	return c, err
}

// BatchSheet is an order to the bank for many vouchers (دفعة صرف) as a screen shows it.
type BatchSheet struct {
	Sheet
	Treasury     string
	TreasuryName kernel.Text
	PayOn        kernel.Date
	Total        kernel.Money
	Count        int
	Answered     int
	Rejected     int
	Reason, Form string
	File         string // SHA-256 of the file, once it was made
	Date         kernel.Date
	BuiltBy      Signer
	ReleasedBy   *Signer
	ReleasedOn   kernel.Date
}

// State is the state in the office's words.
func (s *BatchSheet) State() kernel.Text { return stateWords("batch_" + s.StateCode) }

// InWords is the total in Arabic words (تفقيط).
func (s *BatchSheet) InWords() string { return AmountInWords(s.Total.Amount, s.Total.Currency) }

// Batches lists payment batches.
func (r *Reports) Batches(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[BatchSheet], error) {
	return documents(ctx, r, by, q, func(s *BatchSheet) *Sheet { return &s.Sheet }, func(s *BatchSheet) string { return s.Total.Currency },
		BatchDocument, "read.finance_batch", "state",
		`treasury, (select name_ar from read.finance_treasury_account a where a.id = treasury),
		 (select name_en from read.finance_treasury_account a where a.id = treasury),
		 pay_on, currency, total, payments, answered, rejected, reason, form, file, on_date, built_by, nullif(released_by, ''), released_on`,
		func(s *BatchSheet) []any {
			return []any{
				&s.Treasury, &s.TreasuryName.Ar, &s.TreasuryName.En, (*day)(&s.PayOn), &s.Total.Currency, &s.Total.Amount, &s.Count, &s.Answered,
				&s.Rejected, &s.Reason, &s.Form, &s.File, (*day)(&s.Date), &s.BuiltBy, &s.ReleasedBy, (*day)(&s.ReleasedOn),
			}
		})
}

// BatchPaymentSheet is one transfer of a batch, and what the bank said of it.
type BatchPaymentSheet struct {
	Line         int
	Voucher      string
	Number       string // of the voucher
	PayeeID      string
	Account      int // of the payee's bank accounts
	EndToEnd     string
	Amount       kernel.Money
	AnswerCode   string // empty while the bank has not answered
	Code, Reason string // of a rejection
	AnsweredOn   kernel.Date
}

// Answer is the bank's word in the office's.
func (p *BatchPaymentSheet) Answer() *kernel.Text {
	if p.AnswerCode == "" {
		return nil
	}
	words := stateWords("payment_" + p.AnswerCode)
	return &words
}

// BatchPayments reads the transfers of a page of batches, with one statement.
func (r *Reports) BatchPayments(ctx context.Context, by Officer, ids []string) (map[string][]BatchPaymentSheet, error) {
	all := make(map[string][]BatchPaymentSheet, len(ids))
	w := &where{}
	w.and("batch = any(?)", ids)
	w.within(by, "unit")
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select batch, line, voucher, number, payee, account, end_to_end, currency, amount, answer, code, reason, answered_on
			  from read.finance_batch_payment where `+w.String()+` order by batch, line`, w.args...)
		if err != nil {
			return fmt.Errorf("read payments of batches: %w", err)
		}
		var batch string
		return each(rows, func(p *BatchPaymentSheet) ([]any, func()) {
			return []any{
				&batch, &p.Line, &p.Voucher, &p.Number, &p.PayeeID, &p.Account, &p.EndToEnd, &p.Amount.Currency, &p.Amount.Amount,
				&p.AnswerCode, &p.Code, &p.Reason, (*day)(&p.AnsweredOn),
			}, func() {}
		}, func(p *BatchPaymentSheet) { all[batch] = append(all[batch], *p) })
	})
	return all, err
}
