package bankfile

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"diwan/modules/kernel"
)

// Profile says how a bank writes its table of movements. Column names are those of the header row.
// Either Amount (signed) or Debit and Credit are given; with Balance, the account after each line, the
// opening and closing are known and the lines are checked one by one.
type Profile struct {
	Account   string `json:"account"`
	Currency  string `json:"currency"`
	Booked    string `json:"booked"`
	Value     string `json:"value,omitempty"`
	Amount    string `json:"amount,omitempty"`
	Debit     string `json:"debit,omitempty"`  // went out
	Credit    string `json:"credit,omitempty"` // came in
	Balance   string `json:"balance,omitempty"`
	Reference string `json:"reference,omitempty"`
	EndToEnd  string `json:"endToEnd,omitempty"`
	Name      string `json:"name,omitempty"`
	Other     string `json:"other,omitempty"` // the other side's account
	Text      string `json:"text,omitempty"`
	Skip      int    `json:"skip,omitempty"`      // lines above the header row
	Day       string `json:"day,omitempty"`       // "DMY", "MDY"; else year first
	Decimal   string `json:"decimal,omitempty"`   // "." when empty
	Thousands string `json:"thousands,omitempty"` // "," when empty
	Delimiter string `json:"delimiter,omitempty"` // "," when empty
	Arabic    bool   `json:"arabic,omitempty"`    // Windows-1256
}

func (p Profile) style() kernel.AmountStyle {
	one := func(s string) rune {
		for _, r := range s {
			return r
		}
		return 0
	}
	return kernel.AmountStyle{Decimal: one(p.Decimal), Thousands: one(p.Thousands)}
}

// readTable reads a bank's table. It is one statement; the oldest line may stand first or last.
func readTable(r io.Reader, p Profile) ([]Statement, error) {
	if p.Arabic {
		r = transform.NewReader(r, charmap.Windows1256.NewDecoder())
	}
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	for _, d := range p.Delimiter {
		c.Comma = d
		break
	}
	t := table{p: p, style: p.style(), s: Statement{Format: Table, Account: p.Account, Currency: p.Currency, Last: true}}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		row, _ := c.FieldPos(0)
		switch {
		case row <= p.Skip:
		case t.at == nil:
			if err := t.header(cells); err != nil {
				return nil, err
			}
		default:
			if err := t.line(cells, row); err != nil {
				return nil, err
			}
		}
	}
	if t.at == nil {
		return nil, problem("bankfile.no_header", "header", "لا سطر عناوين في الجدول.", "The table has no header row.")
	}
	if err := t.balances(); err != nil {
		return nil, err
	}
	return []Statement{t.s}, nil
}

type table struct {
	p     Profile
	style kernel.AmountStyle
	at    map[string]int
	s     Statement
	after []int64 // the account after each line, when the table says so
}

// header finds the columns that the profile names.
func (t *table) header(cells []string) error {
	t.at = map[string]int{}
	for i, c := range cells {
		t.at[strings.TrimSpace(strings.TrimPrefix(c, "\ufeff"))] = i
	}
	for _, name := range []string{
		t.p.Booked, t.p.Value, t.p.Amount, t.p.Debit, t.p.Credit, t.p.Balance, t.p.Reference, t.p.EndToEnd,
		t.p.Name, t.p.Other, t.p.Text,
	} {
		if _, found := t.at[name]; name != "" && !found {
			return problem("bankfile.no_column", "header",
				"لا عمود باسم «%[1]s» في جدول البنك؛ نموذج الأعمدة لا يطابقه.",
				"The bank's table has no column “%[1]s”; the description of its columns does not fit it.", name)
		}
	}
	return nil
}

func (t *table) line(cells []string, row int) error {
	cell := func(name string) string {
		if i, found := t.at[name]; found && name != "" && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	l := Line{
		Currency: t.p.Currency, Row: row, Reference: cell(t.p.Reference), EndToEnd: cell(t.p.EndToEnd),
		Counterparty: Party{cell(t.p.Name), cell(t.p.Other)}, Text: cell(t.p.Text),
	}
	var err error
	if l.Booked, err = t.day(cell(t.p.Booked)); err != nil {
		return badDate(at(row, "booked"), cell(t.p.Booked))
	}
	l.Value = l.Booked
	if text := cell(t.p.Value); text != "" {
		if l.Value, err = t.day(text); err != nil {
			return badDate(at(row, "value"), text)
		}
	}
	if l.Amount, err = t.amount(cell); err != nil {
		return moved(err, at(row, "amount"))
	}
	t.s.Lines = append(t.s.Lines, l)
	if t.p.Balance == "" {
		return nil
	}
	after, err := kernel.ParseStyledAmount(cell(t.p.Balance), t.p.Currency, t.style)
	if err != nil {
		return moved(err, at(row, "balance"))
	}
	t.after = append(t.after, after)
	return nil
}

// amount is the signed column, or what came in less what went out.
func (t *table) amount(cell func(string) string) (int64, error) {
	if t.p.Amount != "" {
		return kernel.ParseStyledAmount(cell(t.p.Amount), t.p.Currency, t.style)
	}
	var sides [2]int64
	for i, name := range []string{t.p.Credit, t.p.Debit} {
		text := cell(name)
		if text == "" {
			continue
		}
		minor, err := kernel.ParseStyledAmount(text, t.p.Currency, t.style)
		if err != nil {
			return 0, err
		}
		sides[i] = max(minor, -minor)
	}
	return sides[0] - sides[1], nil
}

// day reads a day in the order the bank writes it, with any sign between its parts.
func (t *table) day(text string) (kernel.Date, error) {
	parts := strings.FieldsFunc(kernel.WesternDigits(text), func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) < 3 {
		return kernel.Date{}, errors.New("not a day")
	}
	y, m, d := parts[0], parts[1], parts[2]
	switch t.p.Day {
	case "DMY":
		d, m, y = parts[0], parts[1], parts[2]
	case "MDY":
		m, d, y = parts[0], parts[1], parts[2]
	}
	if len(y) == 2 {
		y = "20" + y
	}
	pad := func(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s }
	return kernel.ParseDate(y + "-" + pad(m) + "-" + pad(d))
}

// balances finds the opening and the closing from the running balance, the newest line first or last,
// and names the first line at which it does not run.
func (t *table) balances() error {
	n := len(t.after)
	if n == 0 {
		return nil
	}
	runs := func(newestFirst bool) (broken int) {
		for i := 1; i < n; i++ {
			before, l := i-1, i
			if newestFirst {
				before, l = i, i-1
			}
			if t.after[before]+t.s.Lines[l].Amount != t.after[l] {
				return i
			}
		}
		return -1
	}
	first, last := 0, n-1
	if broken := runs(false); broken >= 0 {
		if runs(true) >= 0 {
			l := t.s.Lines[broken]
			return problem("bankfile.does_not_add_up", at(l.Row, "balance"),
				"الرصيد بعد السطر %[1]s هو %[2]s، ولا يساوي ما قبله مع الحركة.",
				"The balance after row %[1]s is %[2]s, which is not the one before with the line.",
				strconv.Itoa(l.Row), kernel.GroupAmount(t.after[broken], t.p.Currency))
		}
		first, last = last, first
	}
	t.s.Opening = &Balance{Amount: t.after[first] - t.s.Lines[first].Amount, Currency: t.p.Currency, Date: t.s.Lines[first].Booked}
	t.s.Closing = &Balance{Amount: t.after[last], Currency: t.p.Currency, Date: t.s.Lines[last].Booked}
	return nil
}
