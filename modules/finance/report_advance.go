package finance

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// AdvanceSheet is money in an officer's hand (سلفة) as a screen shows it.
type AdvanceSheet struct {
	Sheet
	Kind                 AdvanceKind
	Purpose, Reason      string
	Amount, Outstanding  kernel.Money
	Waiting              kernel.Money // of settlements that are not decided
	Date, IssuedOn, Due  kernel.Date
	RequestedBy          Signer
	ApprovedBy, IssuedBy *Signer
	today                kernel.Date
}

// State is the state in the office's words.
func (s *AdvanceSheet) State() kernel.Text { return stateWords("advance_" + s.StateCode) }

// InWords is the amount in Arabic words (تفقيط).
func (s *AdvanceSheet) InWords() string { return AmountInWords(s.Amount.Amount, s.Amount.Currency) }

// Overdue is how many days an outstanding advance is past its day; 0 while it is not.
func (s *AdvanceSheet) Overdue() int {
	if AdvanceStage(s.StateCode) != AdvanceIsOut || !s.Due.Before(s.today) {
		return 0
	}
	at := func(d kernel.Date) time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC) }
	return int(at(s.today).Sub(at(s.Due)) / (24 * time.Hour))
}

// Advances lists advances, the newest first.
func (r *Reports) Advances(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[AdvanceSheet], error) {
	c, err := documents(ctx, r, by, q, func(s *AdvanceSheet) *Sheet { return &s.Sheet }, func(s *AdvanceSheet) string { return s.Amount.Currency },
		AdvanceDocument, "read.finance_advance", "state",
		`payee, kind, purpose, reason, currency, currency, currency, amount, outstanding, waiting, on_date, issued_on, due,
		 requested_by, nullif(approved_by, ''), nullif(issued_by, '')`,
		func(s *AdvanceSheet) []any {
			return []any{
				&s.PayeeID, &s.Kind, &s.Purpose, &s.Reason, &s.Amount.Currency, &s.Outstanding.Currency, &s.Waiting.Currency, &s.Amount.Amount,
				&s.Outstanding.Amount, &s.Waiting.Amount, (*day)(&s.Date), (*day)(&s.IssuedOn), (*day)(&s.Due), &s.RequestedBy, &s.ApprovedBy, &s.IssuedBy,
			}
		})
	if err != nil {
		return nil, err
	}
	for i := range c.Nodes {
		c.Nodes[i].today = r.today()
	}
	return c, nil
}

// SettlementSheet is what a part of an advance was spent on.
type SettlementSheet struct {
	Settlement        int
	Amount            kernel.Money
	Narration, Reason string
	StateCode         string
	Journal           *string
	Date              kernel.Date
	ProposedBy        Signer
	DecidedBy         *Signer
	Lines             []SettlementLine
}

// State is the state in the office's words.
func (s *SettlementSheet) State() kernel.Text { return stateWords("settlement_" + s.StateCode) }

// SettlementLine is one line of a settlement.
type SettlementLine struct {
	Line   int
	Key    string
	Amount kernel.Money
}

// Settlements reads what a page of advances was spent on, with two statements.
func (r *Reports) Settlements(ctx context.Context, by Officer, advances []string) (map[string][]SettlementSheet, error) {
	all := make(map[string][]SettlementSheet, len(advances))
	w := &where{}
	w.and("advance = any(?)", advances)
	w.within(by, "unit")
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select advance, settlement, currency, amount, narration, reason, state, nullif(journal, ''), on_date, by_person, nullif(decided_by, '')
			  from read.finance_settlement where `+w.String()+` order by advance, settlement`, w.args...)
		if err != nil {
			return err
		}
		var advance string
		err = each(rows, func(s *SettlementSheet) ([]any, func()) {
			return []any{
				&advance, &s.Settlement, &s.Amount.Currency, &s.Amount.Amount, &s.Narration, &s.Reason, &s.StateCode, &s.Journal, (*day)(&s.Date), &s.ProposedBy, &s.DecidedBy,
			}, func() { s.Lines = []SettlementLine{} }
		}, func(s *SettlementSheet) { all[advance] = append(all[advance], *s) })
		if err != nil {
			return err
		}
		rows, err = tx.Query(ctx, `
			select advance, settlement, line, key, amount from read.finance_settlement_line where `+w.String()+` order by advance, settlement, line`, w.args...)
		if err != nil {
			return err
		}
		var settlement int
		return each(rows, func(l *SettlementLine) ([]any, func()) {
			return []any{&advance, &settlement, &l.Line, &l.Key, &l.Amount.Amount}, func() {}
		}, func(l *SettlementLine) {
			s := &all[advance][settlement-1]
			l.Amount.Currency = s.Amount.Currency
			s.Lines = append(s.Lines, *l)
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read settlements: %w", err)
	}
	return all, nil
}

// TrustSheet is money held for somebody else (أمانة) as a screen shows it.
type TrustSheet struct {
	Sheet
	Purpose       string
	Balance, Held kernel.Money
	Date          kernel.Date
	OpenedBy      Signer
}

// State is the state in the office's words.
func (s *TrustSheet) State() kernel.Text { return stateWords("trust_" + s.StateCode) }

// Free is what may still be asked for.
func (s *TrustSheet) Free() kernel.Money {
	return kernel.Money{Amount: s.Balance.Amount - s.Held.Amount, Currency: s.Balance.Currency}
}

// Trusts lists what is held for others, the newest first.
func (r *Reports) Trusts(ctx context.Context, by Officer, q DocumentQuery) (*kernel.Connection[TrustSheet], error) {
	return documents(ctx, r, by, q, func(s *TrustSheet) *Sheet { return &s.Sheet }, func(s *TrustSheet) string { return s.Balance.Currency },
		TrustDocument, "read.finance_trust", "state", `payee, purpose, currency, currency, balance, held, on_date, opened_by`,
		func(s *TrustSheet) []any {
			return []any{&s.PayeeID, &s.Purpose, &s.Balance.Currency, &s.Held.Currency, &s.Balance.Amount, &s.Held.Amount, (*day)(&s.Date), &s.OpenedBy}
		})
}

// TrustMove is a deposit into a trust, or a payment out of it.
type TrustMove struct {
	Payment           int // 0: a deposit
	PayeeID           string
	Amount            kernel.Money
	After             *int64
	StateCode         string
	Reason, Reference string
	Journal           *string
	Date              kernel.Date
	By                Signer
	DecidedBy         *Signer
	Position          kernel.Position
}

// State is the state in the office's words.
func (m *TrustMove) State() kernel.Text { return stateWords("trust_" + m.StateCode) }

// Balance is what the trust holds after it; nothing while it waits.
func (m *TrustMove) Balance() *kernel.Money {
	if m.After == nil {
		return nil
	}
	return &kernel.Money{Amount: *m.After, Currency: m.Amount.Currency}
}

// TrustMoves lists what went into a trust and out of it, the newest first.
func (r *Reports) TrustMoves(ctx context.Context, by Officer, trust string, first int, after *string) (*kernel.Connection[TrustMove], error) {
	page, w, err := newestFirst(first, after, "position")
	if err != nil {
		return nil, err
	}
	w.and("trust = ?", trust)
	w.within(by, "unit")
	var c *kernel.Connection[TrustMove]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(m *TrustMove, k kernel.Key) kernel.Key { return k.Int(m.Position.N) },
			func(m *TrustMove) ([]any, func()) {
				return []any{
					&m.Position.N, &m.Payment, &m.PayeeID, &m.Amount.Currency, &m.Amount.Amount, &m.After, &m.StateCode, &m.Reason, &m.Reference,
					&m.Journal, (*day)(&m.Date), &m.By, &m.DecidedBy,
				}, func() { m.Position = r.position(m.Position.N) }
			}, `
			select position, payment, payee, currency, amount, balance, state, reason, reference, nullif(journal, ''), on_date, by_person, nullif(decided_by, '')
			  from read.finance_trust_move where `+w.String()+` order by position desc limit `+w.limit(), w.args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list moves of a trust: %w", err)
	}
	return c, nil
}
