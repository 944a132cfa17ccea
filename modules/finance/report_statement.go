package finance

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// StatementSheet is a bank's statement (كشف حساب) as a screen shows it.
type StatementSheet struct {
	ID, Treasury           string
	TreasuryName           kernel.Text
	BankID, Number         string
	Format, File, Currency string
	Opening, Closing       kernel.Money
	From, To               kernel.Date
	Lines, OpenLines       int
	AutoLines              int
	StateCode              string
	Reasons                []QuarantineReason
	Date                   kernel.Date
	ImportedBy             Signer
	ApprovedBy             *Signer
	ApprovedOn             kernel.Date
	Version                int64
	Position               kernel.Position
	trail
}

// State is the state in the office's words.
func (s *StatementSheet) State() kernel.Text { return stateWords("statement_" + s.StateCode) }

// StatementQuery asks for statements, the newest first.
type StatementQuery struct {
	Treasury, State, ID string // empty = all
	First               int
	After               *string
}

// Statements lists what banks have said.
func (r *Reports) Statements(ctx context.Context, by Officer, q StatementQuery) (*kernel.Connection[StatementSheet], error) {
	page, w, err := newestFirst(q.First, q.After, "s.position")
	if err != nil {
		return nil, err
	}
	w.within(by, "s.unit")
	for column, value := range map[string]string{"s.treasury": q.Treasury, "s.state": q.State, "s.id": q.ID} {
		if value != "" {
			w.and(column+" = ?", value)
		}
	}
	var c *kernel.Connection[StatementSheet]
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(s *StatementSheet, k kernel.Key) kernel.Key { return k.Int(s.Position.N) },
			func(s *StatementSheet) ([]any, func()) {
				targets := []any{
					&s.ID, &s.Treasury, &s.TreasuryName.Ar, &s.TreasuryName.En, &s.BankID, &s.Number, &s.Format, &s.File, &s.Currency,
					&s.Opening.Amount, &s.Closing.Amount, (*day)(&s.From), (*day)(&s.To), &s.Lines, &s.OpenLines, &s.AutoLines, &s.StateCode,
					&s.Reasons, (*day)(&s.Date), &s.ImportedBy, &s.ApprovedBy, (*day)(&s.ApprovedOn), &s.Version, &s.Position.N,
				}
				return targets, func() {
					s.Opening.Currency, s.Closing.Currency = s.Currency, s.Currency
					s.Position = r.position(s.Position.N)
				}
			}, `
			select s.id, s.treasury, a.name_ar, a.name_en, s.bank_id, s.number, s.format, s.file, s.currency, s.opening, s.closing, s.from_on, s.to_on,
			       s.lines, s.open_lines, s.auto_lines, s.state, s.reasons, s.on_date, s.imported_by, nullif(s.approved_by, ''), s.approved_on,
			       s.version, s.position
			  from read.finance_statement s join read.finance_treasury_account a on a.id = s.treasury
			 where `+w.String()+` order by s.position desc limit `+w.limit(), w.args...)
		if err != nil {
			return fmt.Errorf("list statements: %w", err)
		}
		for i := range c.Nodes {
			c.Nodes[i].trail = trail{r, by, StatementDocument, c.Nodes[i].ID}
		}
		return nil
	})
	return c, err
}

// StatementLineSheet is one entry of a statement. What it says of people is there for those who reconcile.
type StatementLineSheet struct {
	Line                      int
	Amount                    kernel.Money
	Booked, Value             kernel.Date
	Pending, Reversal         bool
	Code, Reference, EndToEnd string
	Group                     int // of its match; 0 = none
	Counterparty, Text        string
	Visibility                Visibility
}

// StatementLines lists the entries of a statement in their order; open leaves the matched ones out.
func (r *Reports) StatementLines(ctx context.Context, by Officer, statement string, open bool, first int, after *string) (*kernel.Connection[StatementLineSheet], error) {
	page, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	from, err := wholeOr(page.Key(0), 0)
	if err != nil {
		return nil, err
	}
	w := &where{}
	w.and("statement = ?", statement)
	w.and("line > ?", from)
	w.within(by, "unit")
	if open {
		w.and("grp = 0 and not pending")
	}
	var c *kernel.Connection[StatementLineSheet]
	parties := map[int][]byte{}
	err = r.read(ctx, by, func(tx pgx.Tx) error {
		c, err = list(ctx, tx, page, func(l *StatementLineSheet, k kernel.Key) kernel.Key { return k.Int(int64(l.Line)) }, statementLine,
			statementLineColumns+` where `+w.String()+` order by line limit `+w.limit(), w.args...)
		if err != nil {
			return fmt.Errorf("list lines of a statement: %w", err)
		}
		parties, err = sealedParties(ctx, tx, by, statement)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, r.openParties(ctx, by, statement, parties, c.Nodes)
}

const statementLineColumns = `
	select line, currency, amount, booked, value_on, pending, reversal, code, reference, end_to_end, grp from read.finance_statement_line`

func statementLine(l *StatementLineSheet) ([]any, func()) {
	return []any{
		&l.Line, &l.Amount.Currency, &l.Amount.Amount, (*day)(&l.Booked), (*day)(&l.Value), &l.Pending, &l.Reversal, &l.Code, &l.Reference, &l.EndToEnd, &l.Group,
	}, func() { l.Visibility = Hidden }
}

// reconciles tells whether an officer's work needs to know who stands on the other side of a line.
func reconciles(by Officer) bool { return by.May(MayReconcile) || by.May(MayApproveReconciled) }

func sealedParties(ctx context.Context, tx pgx.Tx, by Officer, statement string) (map[int][]byte, error) {
	parties := map[int][]byte{}
	if !reconciles(by) {
		return parties, nil
	}
	rows, err := tx.Query(ctx, `select first, sealed from read.finance_statement_party where statement = $1`, statement)
	if err != nil {
		return nil, fmt.Errorf("read the people of a statement: %w", err)
	}
	var first int
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&first, &sealed}, func() error {
		parties[first] = append([]byte(nil), sealed...)
		return nil
	})
	return parties, err
}

// openParties fills in who stands on the other side. That they were opened is recorded in the access
// lane before it is shown.
func (r *Reports) openParties(ctx context.Context, by Officer, statement string, parties map[int][]byte, lines []StatementLineSheet) error {
	id, err := uuid.Parse(statement)
	if err != nil || len(parties) == 0 || len(lines) == 0 || r.sealer == nil {
		return nil
	}
	if err := recordReading(ctx, r.log, r.tenant, by, PersonalDataRead{Statement: statement, Fields: []string{"name", "iban", "text"}, Purpose: "reconciliation"}); err != nil {
		return err
	}
	byLine := make(map[int]*StatementLineSheet, len(lines))
	for i := range lines {
		byLine[lines[i].Line] = &lines[i]
		lines[i].Visibility = Shown
	}
	for first, sealed := range parties {
		plain, err := r.sealer.Open(ctx, id, sealed)
		if err != nil { // the statement's key is gone
			for i := range lines {
				if l := &lines[i]; l.Line >= first && l.Line < first+linesInEvent {
					l.Visibility = Erased
				}
			}
			continue
		}
		var all []LineParty
		if err := json.Unmarshal(plain, &all); err != nil {
			return fmt.Errorf("read the people of statement %s: %w", statement, err)
		}
		for _, p := range all {
			if l := byLine[p.Line]; l != nil {
				l.Counterparty, l.Text = p.Name, p.Text
			}
		}
	}
	return nil
}
