package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/modules/finance/bankfile"
	"diwan/modules/kernel"
)

// RetryStatement tries a statement in quarantine again, from what the log keeps of it: once the one
// missing between has been taken, it fits. The outcome says why it still does not.
func (m *Module) RetryStatement(ctx context.Context, by Officer, in ActOnStatement) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayReconcile) {
		return eventstore.Receipt{}, f.result()
	}
	id, on := f.code("id", fieldName("id"), in.ID), m.dayOr(&f, in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	known, err := prior[Statement](ctx, m, by, "RetryStatement", statementCategory(), statementStream(id))
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if !known.Known() {
		return eventstore.Receipt{}, missing("id")
	}
	var t touches
	statement, account := t.expect(statementStream(id), seen(in.Seen)), t.add(treasuryAccountStream(known.Imported.Treasury))
	receipt, err := m.execute(ctx, by, in.Command, "RetryStatement", in, &t, func(d *eventstore.Decision) error {
		s, a := eventstore.StateOf[Statement](d, statement), eventstore.StateOf[TreasuryAccount](d, account)
		if err := s.mustBe(StatementInQuarantine); err != nil {
			return err
		}
		if why := whyNot(s.asRead(), s.Imported, a); len(why) > 0 {
			var all kernel.Problems
			for _, one := range why {
				all = append(all, kernel.Problem{Code: one.Code, Path: "id", Message: one.Message})
			}
			return all
		}
		d.Record(statement, StatementAccepted{On: on, By: by.Sign()})
		d.Record(account, StatementTaken{Statement: id, Number: s.Imported.Number, Opening: s.Imported.Opening, Closing: s.Imported.Closing, On: s.Imported.To})
		return nil
	})
	if err != nil {
		return receipt, err
	}
	_, err = m.matchByName(ctx, by, id, on)
	return receipt, err
}

// asRead is the statement as its file said it, as far as a book is set against it.
func (s Statement) asRead() *bankfile.Statement {
	read := &bankfile.Statement{
		Format: bankfile.Format(s.Imported.Format), ID: s.Imported.ID, Number: s.Imported.Number, Currency: s.Imported.Currency,
	}
	if !s.Imported.From.IsZero() {
		read.Opening = &bankfile.Balance{Amount: s.Imported.Opening, Currency: s.Imported.Currency, Date: s.Imported.From}
	}
	if !s.Imported.To.IsZero() {
		read.Closing = &bankfile.Balance{Amount: s.Imported.Closing, Currency: s.Imported.Currency, Date: s.Imported.To}
	}
	for _, l := range s.Lines {
		read.Lines = append(read.Lines, bankfile.Line{Amount: l.Amount, Currency: s.Imported.Currency, Pending: l.Pending, Row: l.Line})
	}
	return read
}
