package finance

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// LineSheet is one appropriation line with its stages, as a screen shows it.
type LineSheet struct {
	Year     int
	Key      string
	Segments []SegmentLabel
	Stages   Stages
	Version  int64
	Months   []MonthStages
	trail
}

// Holds is what holds the line's money, the largest first.
func (l *LineSheet) Holds(ctx context.Context, first int, after *string) (*HoldConnection, error) {
	return l.reports.Holds(ctx, l.by, l.Year, l.Key, first, after)
}

// ID names the line.
func (l *LineSheet) ID() string { return fmt.Sprintf("%d/%s", l.Year, l.Key) }

// Line reads one line; nil when there is none.
func (r *Reports) Line(ctx context.Context, by Officer, year int, key string) (*LineSheet, error) {
	l := &LineSheet{Year: year, Key: key}
	l.trail = trail{r, by, LineDocument, l.ID()}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		var s StageSums
		var currency string
		err := tx.QueryRow(ctx, `
			select currency, version, original, supplementary, virement, frozen, released, reserved, committed, obligated, paid, provisional, carried, lapsed
			  from read.finance_line where year = $1 and key = $2 and unit ^@ any($3::text[])`, year, key, by.Units[MayReadFinance]).
			Scan(&currency, &l.Version, &s.Original, &s.Supplementary, &s.Virement, &s.Frozen, &s.Released, &s.Reserved, &s.Committed, &s.Obligated, &s.Paid, &s.Provisional, &s.Carried, &s.Lapsed)
		if err != nil {
			return err
		}
		l.Stages = s.Stages(currency)
		codes, err := codesOf(ctx, tx, year, []string{key})
		if err != nil {
			return err
		}
		l.Segments = codes[key]
		return l.readMonths(ctx, tx, currency)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return l, err
}

func (l *LineSheet) readMonths(ctx context.Context, tx pgx.Tx, currency string) error {
	rows, err := tx.Query(ctx, `
		select month, released, committed, obligated, paid from read.finance_month
		 where year = $1 and key = $2 order by month`, l.Year, l.Key)
	if err != nil {
		return fmt.Errorf("read the months of line %s: %w", l.ID(), err)
	}
	defer rows.Close()
	for rows.Next() {
		var m MonthStages
		if err := rows.Scan(&m.Month, &m.Released.Amount, &m.Committed.Amount, &m.Obligated.Amount, &m.Paid.Amount); err != nil {
			return fmt.Errorf("read the months of line %s: %w", l.ID(), err)
		}
		for _, money := range []*kernel.Money{&m.Released, &m.Committed, &m.Obligated, &m.Paid} {
			money.Currency = currency
		}
		l.Months = append(l.Months, m)
	}
	return rows.Err()
}

// HoldKind is a kind of document that holds money of a line.
type HoldKind string

// The kinds of hold.
const (
	HeldByReservation HoldKind = "reservation" // حجز
	HeldByCommitment  HoldKind = "commitment"  // التزام
	HeldByClaim       HoldKind = "claim"       // مستحق غير مدفوع
)

// Hold is a document that holds money of a line (ما الذي يمسك المال في هذا البند؟).
type Hold struct {
	Kind      HoldKind
	Document  string // what to open: the voucher of a claim when it has one
	Voucher   bool   // Document is a voucher
	Number    string
	Title     string
	Amount    kernel.Money
	Due       kernel.Date
	StateCode string
	held      string
}

// ID names the hold on its line.
func (h *Hold) ID() string { return string(h.Kind) + "/" + h.held }

// State is the document's state in the office's words.
func (h *Hold) State() kernel.Text { return stateWords(h.StateCode) }

// Holds reads what holds the money of a line, the largest first.
func (r *Reports) Holds(ctx context.Context, by Officer, year int, key string, first int, after *string) (*kernel.Connection[Hold], error) {
	page, err := kernel.NewPage(first, after, 3)
	if err != nil {
		return nil, err
	}
	amount, err := wholeOr(page.Key(0), 1<<62)
	if err != nil {
		return nil, err
	}
	var c *kernel.Connection[Hold]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page,
			func(h *Hold, k kernel.Key) kernel.Key {
				return k.Int(h.Amount.Amount).Text(string(h.Kind)).Text(h.held)
			},
			func(h *Hold) ([]any, func()) {
				return []any{&h.Kind, &h.held, &h.Document, &h.Voucher, &h.Number, &h.Title, &h.Amount.Amount, &h.Amount.Currency, (*day)(&h.Due), &h.StateCode},
					func() {}
			}, `
			select h.kind, h.document, coalesce(v.id, h.document), v.id is not null,
				coalesce(r.number, c.number, v.number, i.number, ''),
				coalesce(r.subject, c.subject, nullif(v.narration, ''), nullif(i.narration, ''), ''),
				h.amount, coalesce(r.currency, c.currency, v.currency, i.currency, (select l.currency from read.finance_line l where l.year = $1 and l.key = $2)),
				coalesce(r.expires, i.due_on),
				coalesce(r.state, c.state, 'voucher_' || v.stage, 'invoice_' || i.state, '')
			  from read.finance_hold h
			  left join read.finance_reservation r on h.kind = 'reservation' and r.id = h.document and r.unit ^@ any($6::text[])
			  left join read.finance_commitment  c on h.kind = 'commitment'  and c.id = h.document and c.unit ^@ any($6::text[])
			  left join read.finance_invoice     i on h.kind = 'claim'       and i.id = h.document and i.unit ^@ any($6::text[])
			  left join read.finance_voucher     v on h.kind = 'claim'       and v.id = coalesce(nullif(i.voucher, ''), h.document) and v.unit ^@ any($6::text[])
			 where h.year = $1 and h.key = $2 and h.amount > 0 and h.unit ^@ any($6::text[])
			   and (-h.amount, h.kind, h.document) > (-$3::bigint, $4::text, $5::text)
			 order by -h.amount, h.kind, h.document
			 limit $7`, year, key, amount, textOr(page.Key(1)), textOr(page.Key(2)), by.Units[MayReadFinance])
		return err
	})
	return c, err
}

// wholeOr reads a number of a cursor, or takes the given one when there is no cursor.
func wholeOr(s *string, otherwise int64) (int64, error) {
	if s == nil {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(*s, 10, 64)
	if err != nil {
		return 0, kernel.Problem{Code: "cursor", Path: "after", Message: kernel.Text{
			Ar: "علامة الصفحة ليست من هذه القائمة.", En: "The cursor does not come from this list.",
		}}
	}
	return n, nil
}

func textOr(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
