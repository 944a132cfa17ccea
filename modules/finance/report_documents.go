package finance

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// DocumentQuery asks for a list of documents, the newest first.
type DocumentQuery struct {
	Year   int         // 0 = all
	State  string      // empty = all
	Payee  string      // commitments, invoices and vouchers; empty = all
	ID     string      // one document
	Number string      // documents with this number
	Book   string      // receipts of this book; empty = all
	On     kernel.Date // receipts of this day
	First  int
	After  *string
}

// DocumentLine is one line of a document as it was written.
type DocumentLine struct {
	Line   int
	Key    string
	Month  int // of an allotment, else 0
	Amount kernel.Money
	Stated Codes // the whole combination, where the document states it
	year   int
}

// Codes are the parts of the combination that the document states.
func (l *DocumentLine) Codes() []SegmentLabel {
	labels := []SegmentLabel{}
	for _, s := range Segments {
		if code := l.Stated.Of(s); code != "" {
			labels = append(labels, SegmentLabel{Segment: s, Code: code})
		}
	}
	return labels
}

// Sheet is what every document's sheet has.
type Sheet struct {
	ID        string
	Year      int
	Number    string // empty while it has none
	StateCode string
	Version   int64
	Position  kernel.Position // where it began
	PayeeID   string          // of commitments, invoices and vouchers
	Lines     []DocumentLine
	trail
}

// trail leads to what happened to a document, for the officer who read it.
type trail struct {
	reports *Reports
	by      Officer
	kind    DocumentKind
	key     string
}

// History is what happened to the document, the newest first.
func (t trail) History(ctx context.Context, first int, after *string) (*EventConnection, error) {
	return t.reports.History(ctx, t.by, string(t.kind), t.key, first, after)
}

// OrderSheet is a financial order (أمر مالي) as a screen shows it.
type OrderSheet struct {
	Sheet
	Kind        OrderKind
	Subject     string
	Total       kernel.Money
	Reason      string
	Date        kernel.Date
	DraftedBy   Signer
	CertifiedBy *Signer
}

// State is the state in the office's words.
func (s *OrderSheet) State() kernel.Text { return stateWords(s.StateCode) }

// Orders lists financial orders.
func (r *Reports) Orders(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[OrderSheet], error) {
	return documents(ctx, r, by, q, func(s *OrderSheet) *Sheet { return &s.Sheet }, func(s *OrderSheet) string { return s.Total.Currency },
		OrderDocument, "read.finance_order", "state", `kind, subject, currency, total, reason, on_date, drafted_by, nullif(certified_by, '')`,
		func(s *OrderSheet) []any {
			return []any{&s.Kind, &s.Subject, &s.Total.Currency, &s.Total.Amount, &s.Reason, (*day)(&s.Date), &s.DraftedBy, &s.CertifiedBy}
		})
}

// VirementSheet is a virement (مناقلة) as a screen shows it.
type VirementSheet struct {
	Sheet
	Reason     string
	Total      kernel.Money // what goes out
	Refusal    string
	Date       kernel.Date
	ProposedBy Signer
	DecidedBy  *Signer
}

// State is the state in the office's words.
func (s *VirementSheet) State() kernel.Text { return stateWords(s.StateCode) }

// Virements lists virements.
func (r *Reports) Virements(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[VirementSheet], error) {
	return documents(ctx, r, by, q, func(s *VirementSheet) *Sheet { return &s.Sheet }, func(s *VirementSheet) string { return s.Total.Currency },
		VirementDocument, "read.finance_virement", "state", `reason, currency, total, refusal, on_date, proposed_by, nullif(decided_by, '')`,
		func(s *VirementSheet) []any {
			return []any{&s.Reason, &s.Total.Currency, &s.Total.Amount, &s.Refusal, (*day)(&s.Date), &s.ProposedBy, &s.DecidedBy}
		})
}

// ReservationSheet is a reservation (حجز) as a screen shows it.
type ReservationSheet struct {
	Sheet
	Subject       string
	Total         kernel.Money
	Date, Expires kernel.Date
	Commitment    *string
	OpenedBy      Signer
}

// State is the state in the office's words.
func (s *ReservationSheet) State() kernel.Text { return stateWords(s.StateCode) }

// Reservations lists reservations.
func (r *Reports) Reservations(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[ReservationSheet], error) {
	return documents(ctx, r, by, q, func(s *ReservationSheet) *Sheet { return &s.Sheet }, func(s *ReservationSheet) string { return s.Total.Currency },
		ReservationDocument, "read.finance_reservation", "state", `subject, currency, total, on_date, expires, nullif(commitment, ''), opened_by`,
		func(s *ReservationSheet) []any {
			return []any{&s.Subject, &s.Total.Currency, &s.Total.Amount, (*day)(&s.Date), (*day)(&s.Expires), &s.Commitment, &s.OpenedBy}
		})
}

// CommitmentSheet is a commitment (التزام) as a screen shows it.
type CommitmentSheet struct {
	Sheet
	Subject            string
	Reference          string
	Reservation        *string
	Total, Outstanding kernel.Money
	Date               kernel.Date
	OpenedBy           Signer
}

// State is the state in the office's words.
func (s *CommitmentSheet) State() kernel.Text { return stateWords(s.StateCode) }

// Commitments lists commitments.
func (r *Reports) Commitments(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[CommitmentSheet], error) {
	return documents(ctx, r, by, q, func(s *CommitmentSheet) *Sheet { return &s.Sheet }, func(s *CommitmentSheet) string { return s.Total.Currency },
		CommitmentDocument, "read.finance_commitment", "state", `subject, payee, reference, nullif(reservation, ''), currency, currency, total, outstanding, on_date, opened_by`,
		func(s *CommitmentSheet) []any {
			return []any{
				&s.Subject, &s.PayeeID, &s.Reference, &s.Reservation, &s.Total.Currency, &s.Outstanding.Currency,
				&s.Total.Amount, &s.Outstanding.Amount, (*day)(&s.Date), &s.OpenedBy,
			}
		})
}

// documents reads a page of documents of one kind, with their lines: two statements.
func documents[T any](ctx context.Context, r *Reports, by Officer, q DocumentQuery, head func(*T) *Sheet, currency func(*T) string,
	kind DocumentKind, table, state, columns string, targets func(*T) []any,
) (*kernel.Connection[T], error) {
	page, w, err := newestFirst(q.First, q.After, "position")
	if err != nil {
		return nil, err
	}
	w.within(by, "unit")
	if q.Year != 0 {
		w.and("year = ?", q.Year)
	}
	for column, value := range map[string]string{state: q.State, "id": q.ID, "number": q.Number, "payee": q.Payee, "book": q.Book} {
		if value != "" {
			w.and(column+" = ?", value)
		}
	}
	if !q.On.IsZero() {
		w.and("on_date = ?", date(q.On))
	}
	var c *kernel.Connection[T]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page,
			func(one *T, k kernel.Key) kernel.Key { return k.Int(head(one).Position.N) },
			func(one *T) ([]any, func()) {
				s := head(one)
				return append([]any{&s.ID, &s.Year, &s.Number, &s.StateCode, &s.Version, &s.Position.N}, targets(one)...),
					func() { s.Position = r.position(s.Position.N) }
			}, `
			select id, year, number, `+state+`, version, position, `+columns+`
			  from `+table+` where `+w.String()+` order by position desc limit `+w.limit(), w.args...)
		if err != nil {
			return fmt.Errorf("list %s: %w", table, err)
		}
		byID := make(map[string]*T, len(c.Nodes))
		for i := range c.Nodes {
			s := head(&c.Nodes[i])
			s.trail = trail{r, by, kind, s.ID}
			byID[s.ID] = &c.Nodes[i]
		}
		return documentLines(ctx, tx, byID, head, currency)
	})
	return c, err
}

// documentLines gives the documents of a page their lines.
func documentLines[T any](ctx context.Context, tx pgx.Tx, byID map[string]*T, head func(*T) *Sheet, currency func(*T) string) error {
	ids := make([]string, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	rows, err := tx.Query(ctx, `
		select document, line, key, coalesce(codes, '{}'), month, amount
		  from read.finance_document_line where document = any($1) order by document, line`, ids)
	if err != nil {
		return fmt.Errorf("read lines of documents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var l DocumentLine
		if err := rows.Scan(&id, &l.Line, &l.Key, &l.Stated, &l.Month, &l.Amount.Amount); err != nil {
			return fmt.Errorf("read lines of documents: %w", err)
		}
		l.Amount.Currency = currency(byID[id])
		s := head(byID[id])
		l.year = s.Year
		s.Lines = append(s.Lines, l)
	}
	return rows.Err()
}

// Signer is somebody who signed, by the name they sign in with; empty for nobody.
type Signer string

// ID is the name they sign in with.
func (s Signer) ID() string { return string(s) }
