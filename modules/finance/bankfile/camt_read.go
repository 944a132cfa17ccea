package bankfile

import (
	"strconv"
	"strings"

	"diwan/modules/kernel"
)

// statement reads what a camt statement says; row counts the entries of the whole file.
func (w *camtStatement) statement(format Format, row *int) (Statement, error) {
	s := Statement{
		Format: format, ID: strings.TrimSpace(w.ID), Account: w.Account.number(), Number: w.Number,
		Page: w.Page.Number, Last: w.Page.Last || w.Page.Number == 0,
		Copy: w.Copy == "DUPL" || w.Copy == "CODU", Currency: w.Account.Currency,
	}
	if s.Number == "" {
		s.Number = w.Electronic
	}
	if s.Account == "" {
		return s, problem("bankfile.no_account", "account", "الكشف %[1]s لا يذكر رقم الحساب.", "Statement %[1]s does not name its account.", s.ID)
	}
	for i, b := range w.Balances {
		if err := s.take(b, "balances."+strconv.Itoa(i+1)); err != nil {
			return s, err
		}
	}
	if s.Opening != nil {
		s.Currency = s.Opening.Currency
	}
	for i := range w.Entries {
		*row++
		l, err := w.Entries[i].line(*row)
		if err != nil {
			return s, err
		}
		s.Lines = append(s.Lines, l)
	}
	if s.Currency == "" && len(s.Lines) > 0 {
		s.Currency = s.Lines[0].Currency
	}
	return s, nil
}

// take keeps the balances a book is set against: of the account, opening booked or previously closed
// booked, and closing booked. Of a page's, the first and the last.
func (s *Statement) take(b camtBalance, path string) error {
	opens := b.Type == "OPBD" || b.Type == "PRCD"
	if !opens && b.Type != "CLBD" {
		return nil
	}
	amount, err := signed(b.Amount, b.Sign, path)
	if err != nil {
		return err
	}
	day, err := kernel.ParseDate(b.Date.text())
	if err != nil {
		return badDate(path+".date", b.Date.text())
	}
	balance := &Balance{Amount: amount, Currency: b.Amount.Currency, Date: day, Intermediate: b.Sub == "ITRM" || b.Type == "ITBD"}
	switch {
	case !opens:
		s.Closing = balance
	case s.Opening == nil || b.Type == "OPBD":
		s.Opening = balance
	}
	return nil
}

func (e *camtEntry) line(row int) (Line, error) {
	amount, err := signed(e.Amount, e.Sign, at(row, "amount"))
	if err != nil {
		return Line{}, err
	}
	l := Line{
		Amount: amount, Currency: e.Amount.Currency, Pending: e.status() != "BOOK", Code: e.Code.String(),
		Reversal: e.Reversal == "true" || e.Reversal == "1", Reference: strings.TrimSpace(e.Reference),
		Text: strings.TrimSpace(e.Text), Row: row,
	}
	if l.Booked, err = day(e.Booked, at(row, "booked")); err != nil {
		return l, err
	}
	if l.Value, err = day(e.Value, at(row, "value")); err != nil {
		return l, err
	}
	if l.Booked.IsZero() {
		l.Booked = l.Value
	}
	if l.Booked.IsZero() && !l.Pending {
		return l, problem("bankfile.no_date", at(row, "booked"), "حركة مقيدة بلا تاريخ.", "A booked line has no date.")
	}
	if l.Value.IsZero() {
		l.Value = l.Booked
	}
	for i := range e.Parts {
		p, err := e.Parts[i].part(amount > 0, row)
		if err != nil {
			return l, err
		}
		l.Parts = append(l.Parts, p)
	}
	if len(l.Parts) == 1 {
		l.only(e.Parts[0], row)
	}
	return l, nil
}

// day reads a day that may be left out.
func day(written camtDay, path string) (kernel.Date, error) {
	text := written.text()
	if text == "" {
		return kernel.Date{}, nil
	}
	d, err := kernel.ParseDate(text)
	if err != nil {
		return d, badDate(path, text)
	}
	return d, nil
}

// only lifts what the single payment of an entry says to the entry itself.
func (l *Line) only(t camtTransaction, row int) {
	p := l.Parts[0]
	l.EndToEnd, l.Counterparty = p.EndToEnd, p.Counterparty
	if l.Text == "" {
		l.Text = p.Text
	}
	if t.Instructed.Currency != "" && t.Instructed.Currency != l.Currency {
		if minor, err := signed(t.Instructed, "CRDT", at(row, "instructed")); err == nil {
			l.Original = &Amount{minor, t.Instructed.Currency}
		}
	}
}

func (t *camtTransaction) part(in bool, row int) (Part, error) {
	p := Part{
		EndToEnd: strings.TrimSpace(t.EndToEnd), Instruction: strings.TrimSpace(t.Instruction),
		Reference: strings.TrimSpace(t.Reference), Text: t.text(), Returned: t.Returned,
	}
	if p.EndToEnd == "NOTPROVIDED" {
		p.EndToEnd = ""
	}
	p.Counterparty = Party{t.Creditor.name(), t.CreditAcct.number()}
	if in {
		p.Counterparty = Party{t.Debtor.name(), t.DebtorAcct.number()}
	}
	amount := t.Amount
	if amount.Currency == "" {
		amount = t.Inside
	}
	if amount.Currency == "" {
		return p, nil
	}
	sign := t.Sign
	if sign == "" {
		sign = "DBIT"
		if in {
			sign = "CRDT"
		}
	}
	minor, err := signed(amount, sign, at(row, "parts.amount"))
	p.Amount, p.Currency = minor, amount.Currency
	return p, err
}

// signed reads an amount and its side: CRDT came in, DBIT went out.
func signed(a camtAmount, side, path string) (int64, error) {
	text := strings.TrimSpace(a.Text)
	if e, known := kernel.Exponent(a.Currency); known {
		if whole, fraction, ok := strings.Cut(text, "."); ok && len(fraction) > e { // banks write "8.850" in euros
			text = strings.TrimSuffix(whole+"."+fraction[:e]+strings.TrimRight(fraction[e:], "0"), ".")
		}
	}
	minor, err := kernel.ParseStyledAmount(text, a.Currency, kernel.AmountStyle{Thousands: '\''})
	if err != nil {
		return 0, moved(err, path)
	}
	if minor < 0 {
		return 0, problem("bankfile.negative", path, "المبلغ %[1]s سالب، والجهة تُكتب مدين أو دائن.", "The amount %[1]s is negative; its side is written as credit or debit.", a.Text)
	}
	switch side {
	case "CRDT":
		return minor, nil
	case "DBIT":
		return -minor, nil
	}
	return 0, problem("bankfile.no_side", path, "المبلغ بلا جهة (CRDT أو DBIT).", "The amount has no side (CRDT or DBIT).")
}
