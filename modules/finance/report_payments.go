package finance

import (
	"context"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// InvoiceSheet is a supplier's claim (مطالبة) as a screen shows it.
type InvoiceSheet struct {
	Sheet
	InvoiceDate, ReceivedOn, DueOn kernel.Date
	Commitment, Journal, Voucher   *string
	Total                          kernel.Money
	Narration, Reason              string
	VerifiedOn                     kernel.Date
	RegisteredBy                   Signer
	VerifiedBy                     *Signer
}

// State is the state in the office's words.
func (s *InvoiceSheet) State() kernel.Text { return stateWords(s.StateCode) }

// Invoices lists claims.
func (r *Reports) Invoices(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[InvoiceSheet], error) {
	return documents(ctx, r, by, q, func(s *InvoiceSheet) *Sheet { return &s.Sheet }, func(s *InvoiceSheet) string { return s.Total.Currency },
		InvoiceDocument, "read.finance_invoice", "state",
		`invoice_date, received_on, due_on, payee, nullif(commitment, ''), currency, total, narration, reason,
		 verified_on, nullif(journal, ''), nullif(voucher, ''), registered_by, nullif(verified_by, '')`,
		func(s *InvoiceSheet) []any {
			return []any{
				(*day)(&s.InvoiceDate), (*day)(&s.ReceivedOn), (*day)(&s.DueOn), &s.PayeeID, &s.Commitment, &s.Total.Currency, &s.Total.Amount,
				&s.Narration, &s.Reason, (*day)(&s.VerifiedOn), &s.Journal, &s.Voucher, &s.RegisteredBy, &s.VerifiedBy,
			}
		})
}

// VoucherSheet is a payment voucher (مستند صرف) as a screen shows it.
type VoucherSheet struct {
	Sheet
	Kind                VoucherKind
	Invoice, Commitment *string
	Gross, Net          kernel.Money
	Kept                []Deduction
	Narration, Reason   string
	Date                kernel.Date
	PreparedBy          Signer
	AuditedBy, PaidBy   *Signer
	ApprovedBy          []Signer
	PaidOn, ReversedOn  kernel.Date
	BankItem, Reference string
	Recoverable         kernel.Money
}

// State is the state in the office's words.
func (s *VoucherSheet) State() kernel.Text { return stateWords("voucher_" + s.StateCode) }

// InWords is the net amount in Arabic words (تفقيط).
func (s *VoucherSheet) InWords() string { return AmountInWords(s.Net.Amount, s.Net.Currency) }

// Deductions are what is kept back from the payee.
func (s *VoucherSheet) Deductions() []DeductionSheet {
	kept := make([]DeductionSheet, len(s.Kept))
	for i, d := range s.Kept {
		kept[i] = DeductionSheet{Code: d.Code, Name: d.Name, Item: d.Item, Amount: kernel.Money{Amount: d.Amount, Currency: s.Net.Currency}}
	}
	return kept
}

// DeductionSheet is one deduction (اقتطاع) of a voucher.
type DeductionSheet struct {
	Code   string
	Name   kernel.Text
	Item   string
	Amount kernel.Money
}

// Vouchers lists vouchers; State is the stage whose worklist is wanted.
func (r *Reports) Vouchers(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[VoucherSheet], error) {
	return documents(ctx, r, by, q, func(s *VoucherSheet) *Sheet { return &s.Sheet }, func(s *VoucherSheet) string { return s.Gross.Currency },
		VoucherDocument, "read.finance_voucher", "stage",
		`kind, nullif(invoice, ''), nullif(commitment, ''), payee, currency, currency, currency, gross, net, deductions, narration, reason, on_date, prepared_by,
		 nullif(audited_by, ''), approved_by, nullif(paid_by, ''), paid_on, reversed_on, bank_item, reference, recoverable`,
		func(s *VoucherSheet) []any {
			return []any{
				&s.Kind, &s.Invoice, &s.Commitment, &s.PayeeID, &s.Gross.Currency, &s.Net.Currency, &s.Recoverable.Currency,
				&s.Gross.Amount, &s.Net.Amount, &s.Kept, &s.Narration, &s.Reason, (*day)(&s.Date), &s.PreparedBy, &s.AuditedBy,
				&s.ApprovedBy, &s.PaidBy, (*day)(&s.PaidOn), (*day)(&s.ReversedOn), &s.BankItem, &s.Reference, &s.Recoverable.Amount,
			}
		})
}

// JournalSheet is an entry of the financial ledger, or a draft of one, as the register shows it.
type JournalSheet struct {
	ID, Number                 string
	Year, Period               int // 0 while a draft
	Date                       kernel.Date
	StateCode                  string
	Source                     string
	Document, Reverses, Mirror *string
	Total                      kernel.Money
	Narration                  string
	DraftedBy, PostedBy        *Signer
	Version                    int64
	Position                   kernel.Position
	Lines                      []LedgerSheetLine
	trail
}

// State is the state in the office's words.
func (s *JournalSheet) State() kernel.Text { return stateWords(s.StateCode) }

// Journals lists the register of entries, the newest first.
func (r *Reports) Journals(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[JournalSheet], error) {
	page, w, err := newestFirst(q.First, q.After, "position")
	if err != nil {
		return nil, err
	}
	w.within(by, "unit")
	if q.Year != 0 {
		w.and("year = ?", q.Year)
	}
	if q.State != "" {
		w.and("state = ?", q.State)
	}
	if q.ID != "" {
		w.and("id = ?", q.ID)
	}
	if q.Number != "" {
		w.and("number = ?", q.Number)
	}
	var c *kernel.Connection[JournalSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(s *JournalSheet, k kernel.Key) kernel.Key { return k.Int(s.Position.N) }, r.journal, `
			select id, number, year, period, on_date, state, source, nullif(document, ''), nullif(reverses, ''), nullif(mirror, ''),
				currency, total, narration, nullif(drafted_by, ''), nullif(posted_by, ''), version, position
			  from read.finance_journal where `+w.String()+` order by position desc limit `+w.limit(), w.args...)
		if err != nil {
			return err
		}
		for i := range c.Nodes {
			c.Nodes[i].trail = trail{r, by, JournalDocument, c.Nodes[i].ID}
		}
		return r.journalLines(ctx, tx, by, c.Nodes)
	})
	return c, err
}

func (r *Reports) journal(s *JournalSheet) ([]any, func()) {
	return []any{
		&s.ID, &s.Number, &s.Year, &s.Period, (*day)(&s.Date), &s.StateCode, &s.Source, &s.Document, &s.Reverses, &s.Mirror,
		&s.Total.Currency, &s.Total.Amount, &s.Narration, &s.DraftedBy, &s.PostedBy, &s.Version, &s.Position.N,
	}, func() { s.Position = r.position(s.Position.N) }
}

// journalLines gives posted entries their lines; a draft's are not in the ledger.
func (r *Reports) journalLines(ctx context.Context, tx pgx.Tx, by Officer, sheets []JournalSheet) error {
	byID, ids := map[string]*JournalSheet{}, make([]string, len(sheets))
	for i := range sheets {
		ids[i] = sheets[i].ID
		byID[ids[i]] = &sheets[i]
	}
	rows, err := tx.Query(ctx, `
		select position, line, journal, number, on_date, fund, account, codes, payee, key, narration, currency, debit, credit, `+balanceFor(by, 2)+`
		  from read.finance_ledger_line line where journal = any($1) and unit ^@ any($2::text[]) order by position, line`, ids, by.Units[MayReadFinance])
	if err != nil {
		return err
	}
	return each(rows, r.ledgerLine, func(l *LedgerSheetLine) {
		s := byID[l.Journal]
		s.Lines = append(s.Lines, *l)
	})
}
