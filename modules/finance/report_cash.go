package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// CashierBookSheet is a cashier's book of receipts (دفتر مقبوضات) as a screen shows it.
type CashierBookSheet struct {
	ID                string
	Name              kernel.Text
	Cashier           Signer
	Currency          string
	CashItem, GapItem string
	Day, Closed       kernel.Date // the open day, and the last that was closed
	Today, InHand     kernel.Money
	Receipts          int // of the open day
	Date              kernel.Date
	Version           int64
	Position          kernel.Position
	trail
}

// Depositable is what closed days left in hand.
func (s *CashierBookSheet) Depositable() kernel.Money {
	return kernel.Money{Amount: s.InHand.Amount - s.Today.Amount, Currency: s.Currency}
}

// CashierBooks lists books of receipts, the newest first.
func (r *Reports) CashierBooks(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[CashierBookSheet], error) {
	page, w, err := newestFirst(q.First, q.After, "position")
	if err != nil {
		return nil, err
	}
	w.within(by, "unit")
	if q.ID != "" {
		w.and("id = ?", q.ID)
	}
	var c *kernel.Connection[CashierBookSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(s *CashierBookSheet, k kernel.Key) kernel.Key { return k.Int(s.Position.N) },
			func(s *CashierBookSheet) ([]any, func()) {
				targets := []any{
					&s.ID, &s.Name.Ar, &s.Name.En, &s.Cashier, &s.Currency, &s.CashItem, &s.GapItem, (*day)(&s.Day), (*day)(&s.Closed),
					&s.Today.Amount, &s.Receipts, &s.InHand.Amount, (*day)(&s.Date), &s.Version, &s.Position.N,
				}
				return targets, func() {
					s.Today.Currency, s.InHand.Currency, s.Position = s.Currency, s.Currency, r.position(s.Position.N)
				}
			}, `
			select id, name_ar, name_en, cashier, currency, cash_item, gap_item, day, closed, today, receipts, in_hand, on_date, version, position
			  from read.finance_cashier_book where `+w.String()+` order by position desc limit `+w.limit(), w.args...)
		if err != nil {
			return fmt.Errorf("list books of receipts: %w", err)
		}
		for i := range c.Nodes {
			c.Nodes[i].trail = trail{r, by, CashierBookDocument, c.Nodes[i].ID}
		}
		return nil
	})
	return c, err
}

// CashierDay is a day of a book that was closed.
type CashierDay struct {
	Day               kernel.Date
	Receipts          int
	Expected, Counted kernel.Money
	Reason            string
	Journal           *string
	ClosedBy          Signer
}

// Difference is what was counted beyond what the receipts say, or below.
func (d *CashierDay) Difference() kernel.Money {
	return kernel.Money{Amount: d.Counted.Amount - d.Expected.Amount, Currency: d.Counted.Currency}
}

// CashierDays lists the closed days of a book, the newest first.
func (r *Reports) CashierDays(ctx context.Context, by Officer, book string, first int, after *string) (*kernel.Connection[CashierDay], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	w := &where{}
	w.and("book = ?", book)
	w.within(by, "unit")
	if key := page.Key(0); key != nil {
		before, err := kernel.ParseDate(*key)
		if err != nil {
			return nil, err
		}
		w.and("day < ?", date(before))
	}
	var c *kernel.Connection[CashierDay]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(d *CashierDay, k kernel.Key) kernel.Key { return k.Text(d.Day.String()) },
			func(d *CashierDay) ([]any, func()) {
				return []any{(*day)(&d.Day), &d.Counted.Currency, &d.Receipts, &d.Expected.Amount, &d.Counted.Amount, &d.Reason, &d.Journal, &d.ClosedBy},
					func() { d.Expected.Currency = d.Counted.Currency }
			}, `
			select day, currency, receipts, expected, counted, reason, nullif(journal, ''), closed_by
			  from read.finance_cashier_day where `+w.String()+` order by day desc limit `+w.limit(), w.args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list closed days: %w", err)
	}
	return c, nil
}

// ReceiptSheet is a receipt voucher (مستند قبض) as a screen shows it. The payer's name is there for those
// who receive, cancel or deposit.
type ReceiptSheet struct {
	Sheet
	Book       string
	BookName   kernel.Text
	How        PaidBy
	Cheque     string
	Total      kernel.Money
	Journal    string
	Reason     string
	Date       kernel.Date
	IssuedBy   Signer
	Payer      string
	Visibility Visibility
	sealed     []byte
}

// State is the state in the office's words.
func (s *ReceiptSheet) State() kernel.Text { return stateWords("receipt_" + s.StateCode) }

// InWords is the total in Arabic words (تفقيط).
func (s *ReceiptSheet) InWords() string { return AmountInWords(s.Total.Amount, s.Total.Currency) }

// Receipts lists receipts, the newest first.
func (r *Reports) Receipts(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[ReceiptSheet], error) {
	c, err := documents(ctx, r, by, q, func(s *ReceiptSheet) *Sheet { return &s.Sheet }, func(s *ReceiptSheet) string { return s.Total.Currency },
		ReceiptDocument, "read.finance_receipt", "state",
		`book, (select name_ar from read.finance_cashier_book b where b.id = book), (select name_en from read.finance_cashier_book b where b.id = book),
		 how, cheque, currency, total, journal, reason, on_date, issued_by, sealed`,
		func(s *ReceiptSheet) []any {
			return []any{
				&s.Book, &s.BookName.Ar, &s.BookName.En, &s.How, &s.Cheque, &s.Total.Currency, &s.Total.Amount, &s.Journal, &s.Reason, (*day)(&s.Date), &s.IssuedBy, &s.sealed,
			}
		})
	if err != nil {
		return nil, err
	}
	return c, r.openPayers(ctx, by, c.Nodes)
}

// openPayers fills in who paid, for whom the reader's work needs it; recorded before it is shown.
func (r *Reports) openPayers(ctx context.Context, by Officer, receipts []ReceiptSheet) error {
	var named []string
	for i := range receipts {
		receipts[i].Visibility = Shown
		if receipts[i].sealed != nil {
			receipts[i].Visibility = Hidden
			named = append(named, receipts[i].ID)
		}
	}
	if len(named) == 0 || r.sealer == nil || !by.May(MayReceive) && !by.May(MayCancelReceipt) && !by.May(MayDepositCash) {
		return nil
	}
	if err := recordReading(ctx, r.log, r.tenant, by, PersonalDataRead{Receipts: named, Fields: []string{"name"}, Purpose: "receipt"}); err != nil {
		return err
	}
	for i := range receipts {
		s := &receipts[i]
		if s.sealed == nil {
			continue
		}
		id, err := uuid.Parse(s.ID)
		if err != nil {
			return fmt.Errorf("read the payer of receipt %s: %w", s.ID, err)
		}
		data, err := r.unseal(ctx, id, s.sealed)
		if err != nil { // the receipt's key is gone
			s.Visibility = Erased
			continue
		}
		s.Payer, s.Visibility = data.Name, Shown
	}
	return nil
}

// ReceiptRevenue is one revenue of a receipt.
type ReceiptRevenue struct {
	Line   int
	Item   SegmentLabel
	Amount kernel.Money
	Text   string
}

// ReceiptLines reads the revenues of a page of receipts, with one statement.
func (r *Reports) ReceiptLines(ctx context.Context, by Officer, receipts []string) (map[string][]ReceiptRevenue, error) {
	all := make(map[string][]ReceiptRevenue, len(receipts))
	w := &where{}
	w.and("receipt = any(?)", receipts)
	w.within(by, "unit")
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select receipt, line, item, currency, amount, text from read.finance_receipt_line where `+w.String()+` order by receipt, line`, w.args...)
		if err != nil {
			return fmt.Errorf("read lines of receipts: %w", err)
		}
		var receipt string
		return each(rows, func(l *ReceiptRevenue) ([]any, func()) {
			return []any{&receipt, &l.Line, &l.Item.Code, &l.Amount.Currency, &l.Amount.Amount, &l.Text}, func() { l.Item.Segment = Item }
		}, func(l *ReceiptRevenue) { all[receipt] = append(all[receipt], *l) })
	})
	return all, err
}
