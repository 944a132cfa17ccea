package finance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance/bankfile"
	"diwan/modules/kernel"
)

// ImportStatements is a file from a bank.
type ImportStatements struct {
	Command uuid.UUID
	Content []byte
	Stored  string            // name in the store of files, where it is kept; empty = nowhere
	Profile *bankfile.Profile // of a table
	On      string            // empty = today
}

// StatementOutcome is what became of one statement of a file.
type StatementOutcome struct {
	ID       string
	New      int // lines that were not there before
	Matched  int // of the statement's lines, automatically
	Stage    StatementStage
	Reasons  []QuarantineReason
	Position int64
}

// ImportStatements reads every statement of a file into the books of the accounts it names. One that
// stands there already brings nothing new; one that does not fit waits in quarantine with the reason.
// Done again after it was cut off, it goes on.
func (m *Module) ImportStatements(ctx context.Context, by Officer, in ImportStatements) ([]StatementOutcome, error) {
	var f form
	if !f.permit(by, MayReconcile) {
		return nil, f.result()
	}
	on := m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return nil, err
	}
	all, err := bankfile.Read(bytes.NewReader(in.Content), in.Profile)
	if err != nil {
		return nil, at("file", err)
	}
	sum := sha256.Sum256(in.Content)
	file := hex.EncodeToString(sum[:])
	if in.Stored != "" {
		file = in.Stored
	}
	out := make([]StatementOutcome, len(all))
	for i := range all {
		o, err := m.importStatement(ctx, by, in.Command, &all[i], file, on)
		if err != nil {
			return out[:i], at(fmt.Sprintf("statements.%d", i+1), err)
		}
		if o.Stage == StatementIsAccepted {
			if o.Matched, err = m.matchByName(ctx, by, o.ID, on); err != nil {
				return out[:i], err
			}
		}
		out[i] = o
	}
	return out, nil
}

// statementID names a statement after what it says: not the form it came in, nor whether it is a copy.
func statementID(s *bankfile.Statement) (uuid.UUID, error) {
	type line struct {
		Amount            int64
		Booked, Value     kernel.Date
		Pending, Reversal bool
		Reference, Name   string
	}
	content := struct {
		Account, Number, Currency string
		Opening, Closing          *bankfile.Balance
		Lines                     []line
	}{Account: s.Account, Number: s.Number, Currency: s.Currency, Opening: s.Opening, Closing: s.Closing}
	for _, l := range s.Lines {
		content.Lines = append(content.Lines, line{l.Amount, l.Booked, l.Value, l.Pending, l.Reversal, l.Reference, l.EndToEnd})
	}
	text, err := json.Marshal(content)
	if err != nil {
		return uuid.Nil, fmt.Errorf("name the statement %s: %w", s.ID, err)
	}
	sum := sha256.Sum256(text)
	return uuid.NewSHA1(uuid.NameSpaceOID, sum[:]), nil
}

func (m *Module) importStatement(ctx context.Context, by Officer, command uuid.UUID, s *bankfile.Statement, file string, on kernel.Date) (StatementOutcome, error) {
	name, err := statementID(s)
	if err != nil {
		return StatementOutcome{}, err
	}
	id := name.String()
	known, err := now[Statement](ctx, m, statementCategory(), statementStream(id))
	if err != nil {
		return StatementOutcome{}, err
	}
	if known.Known() && known.Stage != StatementInQuarantine {
		return StatementOutcome{ID: id, Stage: known.Stage}, nil
	}
	iban, err := now[TreasuryIBAN](ctx, m, treasuryIBANCategory(), ibanStream(s.Account))
	if err != nil {
		return StatementOutcome{}, err
	}
	if iban.Account == "" {
		return StatementOutcome{}, refused("finance.treasury_account_unknown", "account",
			"الكشف للحساب %s، وليس من حسابات الخزينة.", "The statement is of account %s, which is none of the treasury's.", s.Account)
	}
	e := imported(s, iban.Account, file, on, by)
	sealed, err := m.sealParties(ctx, name, s)
	if err != nil {
		return StatementOutcome{}, err
	}
	outcome := StatementOutcome{ID: id, New: len(s.Lines)}
	if known.Known() {
		outcome.New = 0
	}
	var t touches
	stream, account := t.add(statementStream(id)), t.add(treasuryAccountStream(iban.Account))
	receipt, err := m.execute(ctx, by, uuid.NewSHA1(command, name[:]), "ImportStatement", e, &t, func(d *eventstore.Decision) error {
		a, state := eventstore.StateOf[TreasuryAccount](d, account), eventstore.StateOf[Statement](d, stream)
		if state.Known() && state.Stage != StatementInQuarantine {
			return errMoved
		}
		if !state.Known() {
			d.Record(stream, e)
			for first := 0; first < len(s.Lines); first += linesInEvent {
				d.RecordSealed(stream, StatementLinesRead{linesOf(s, first)}, sealed[first/linesInEvent])
			}
		}
		outcome.Reasons = whyNot(s, e, a)
		if len(outcome.Reasons) > 0 {
			outcome.Stage = StatementInQuarantine
			if !state.Known() {
				d.Record(stream, StatementQuarantined{Reasons: outcome.Reasons, On: on, By: by.Sign()})
			}
			return nil
		}
		outcome.Stage = StatementIsAccepted
		d.Record(stream, StatementAccepted{On: on, By: by.Sign()})
		d.Record(account, StatementTaken{Statement: id, Number: e.Number, Opening: e.Opening, Closing: e.Closing, On: e.To})
		return nil
	})
	if err != nil {
		return StatementOutcome{}, err
	}
	outcome.Position = receipt.Last
	if outcome.Stage == "" { // this very command was carried out before
		outcome.Stage, outcome.New = known.Stage, 0
	}
	return outcome, nil
}

// whyNot gathers why a statement is kept out of the book.
func whyNot(s *bankfile.Statement, e StatementImported, a TreasuryAccount) []QuarantineReason {
	var why []QuarantineReason
	for _, p := range s.Check() {
		why = append(why, QuarantineReason{p.Code, p.Message})
	}
	if s.Opening == nil {
		return why
	}
	return append(why, e.follows(a)...)
}

// imported is the statement's first event.
func imported(s *bankfile.Statement, treasury, file string, on kernel.Date, by Officer) StatementImported {
	e := StatementImported{
		Treasury: treasury, ID: s.ID, Number: s.Number, Format: string(s.Format), File: file, Currency: s.Currency,
		Count: len(s.Lines), On: on, By: by.Sign(),
	}
	if s.Opening != nil {
		e.Opening, e.From = s.Opening.Amount, s.Opening.Date
	}
	if s.Closing != nil {
		e.Closing, e.To = s.Closing.Amount, s.Closing.Date
	}
	return e
}

func linesOf(s *bankfile.Statement, first int) []StatementLine {
	var out []StatementLine
	for i := first; i < min(first+linesInEvent, len(s.Lines)); i++ {
		l := s.Lines[i]
		out = append(out, StatementLine{
			Line: i + 1, Amount: l.Amount, Booked: l.Booked, Value: l.Value, Pending: l.Pending, Reversal: l.Reversal,
			Code: l.Code, Reference: l.Reference, EndToEnd: l.EndToEnd,
		})
	}
	return out
}

// LineParty is what a statement's line says of people, sealed beside the event.
type LineParty struct {
	Line    int    `json:"line"`
	Name    string `json:"name,omitempty"`
	Account string `json:"account,omitempty"`
	Text    string `json:"text,omitempty"`
}

// sealParties seals what each group of lines says of people with the statement's own key.
func (m *Module) sealParties(ctx context.Context, statement uuid.UUID, s *bankfile.Statement) ([][]byte, error) {
	var out [][]byte
	for first := 0; first < len(s.Lines); first += linesInEvent {
		var parties []LineParty
		for i := first; i < min(first+linesInEvent, len(s.Lines)); i++ {
			if l := s.Lines[i]; l.Counterparty != (bankfile.Party{}) || l.Text != "" {
				parties = append(parties, LineParty{i + 1, l.Counterparty.Name, l.Counterparty.Account, l.Text})
			}
		}
		if parties == nil {
			out = append(out, nil)
			continue
		}
		sealed, err := m.seal(ctx, statement, parties)
		if err != nil {
			return nil, err
		}
		out = append(out, sealed)
	}
	return out, nil
}
