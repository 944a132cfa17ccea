package bankfile

import (
	"bufio"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"diwan/modules/kernel"
)

// readMT940 reads SWIFT MT940 statements, one or many, with or without the envelope of the network.
// Field 61 follows the published form; banks' usual departures (no decimals after the comma, an entry
// date left out, field 28 for 28C) are read. Bytes that are not UTF-8 are read as Windows-1252.
func readMT940(r io.Reader) ([]Statement, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), 1<<20)
	m := mt940{form: field61()}
	for lines.Scan() {
		m.row++
		text := strings.TrimRight(lines.Text(), "\r")
		if m.row == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if !utf8.ValidString(text) {
			text, _ = charmap.Windows1252.NewDecoder().String(text)
		}
		if err := m.line(text); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if err := m.field(); err != nil {
		return nil, err
	}
	if m.open {
		return nil, problem("bankfile.cut", at(m.row, "statement"),
			"الملف ينتهي قبل الرصيد الختامي (:62F:).", "The file ends before the closing balance (:62F:).")
	}
	return m.all, nil
}

// mt940 is the reader's place: the statement being read and the field whose lines are gathered.
type mt940 struct {
	form     *regexp.Regexp // of field 61
	all      []Statement
	s        Statement
	open     bool // a statement has begun and its closing balance is not read
	closed   bool // the closing balance is read; what follows belongs to the statement, not to a line
	row      int
	fieldRow int
	tag      string
	text     []string
}

// line takes one line: the beginning of a field, more of one, or the end of a statement.
func (m *mt940) line(text string) error {
	if tag, rest, ok := cutTag(text); ok {
		if err := m.field(); err != nil {
			return err
		}
		m.tag, m.text, m.fieldRow = tag, []string{rest}, m.row
		return nil
	}
	// "-" ends a statement, "-}" its envelope too; ING writes "-XXX".
	if strings.HasPrefix(text, "-") && (len(text) == 1 || text[1] == '}' || strings.HasPrefix(text, "-XXX")) {
		err := m.field()
		m.closed = false
		return err
	}
	if m.tag != "" && strings.TrimSpace(text) != "" {
		m.text = append(m.text, text)
	}
	return nil
}

// cutTag splits ":61:…"; a tag is two digits and at most one letter.
func cutTag(line string) (tag, rest string, ok bool) {
	if len(line) < 4 || line[0] != ':' {
		return "", "", false
	}
	end := strings.IndexByte(line[1:], ':')
	if end != 2 && end != 3 {
		return "", "", false
	}
	tag = line[1 : 1+end]
	if tag[0] < '0' || tag[0] > '9' || tag[1] < '0' || tag[1] > '9' {
		return "", "", false
	}
	return tag, line[end+2:], true
}

// field takes the field whose lines are gathered.
func (m *mt940) field() error {
	tag, text := m.tag, m.text
	m.tag, m.text = "", nil
	if tag == "" {
		return nil
	}
	if tag != "20" && !m.open && !m.closed {
		return problem("bankfile.out_of_order", at(m.fieldRow, "tag"),
			"الحقل :%[1]s: خارج كشف؛ يبدأ الكشف بالحقل :20:.", "Field :%[1]s: stands outside a statement; one begins with :20:.", tag)
	}
	first := strings.TrimSpace(text[0])
	switch tag {
	case "20":
		if m.open {
			return problem("bankfile.cut", at(m.fieldRow, "statement"),
				"كشف جديد يبدأ قبل الرصيد الختامي للكشف %[1]s.", "A statement begins before the closing balance of %[1]s.", m.s.ID)
		}
		m.s, m.open, m.closed = Statement{Format: MT940, ID: first, Last: true}, true, false
	case "25", "25P":
		m.s.Account = account(first)
	case "28", "28C":
		m.s.Number = first
		if _, page, ok := strings.Cut(first, "/"); ok {
			m.s.Page, _ = strconv.Atoi(page)
		}
	case "60F", "60M":
		b, err := balance(first, m.fieldRow)
		if err != nil {
			return err
		}
		b.Intermediate = tag == "60M"
		m.s.Opening, m.s.Currency = &b, b.Currency
	case "61":
		return m.entry(text)
	case "86":
		m.remark(text)
	case "62F", "62M":
		return m.close(first, tag == "62M")
	}
	return nil
}

// entry takes a field 61, and its second line where there is one.
func (m *mt940) entry(text []string) error {
	if m.s.Opening == nil {
		return problem("bankfile.no_balance", at(m.fieldRow, "balance"),
			"حركة قبل الرصيد الافتتاحي (:60F:).", "A line stands before the opening balance (:60F:).")
	}
	if m.closed {
		return problem("bankfile.out_of_order", at(m.fieldRow, "tag"),
			"حركة بعد الرصيد الختامي (:62F:).", "A line stands after the closing balance (:62F:).")
	}
	l, err := entry61(m.form.FindStringSubmatch(text[0]), text[0], m.s.Currency, m.fieldRow)
	if err != nil {
		return err
	}
	if len(text) > 1 {
		l.Text = strings.TrimSpace(strings.Join(text[1:], " "))
	}
	m.s.Lines = append(m.s.Lines, l)
	return nil
}

// remark takes a field 86: it belongs to the line before it, or to the statement once that is closed.
func (m *mt940) remark(text []string) {
	if m.closed || len(m.s.Lines) == 0 {
		return
	}
	l := &m.s.Lines[len(m.s.Lines)-1]
	l.describe(text)
}

// close takes the closing balance and with it the statement.
func (m *mt940) close(text string, page bool) error {
	b, err := balance(text, m.fieldRow)
	if err != nil {
		return err
	}
	b.Intermediate = page
	m.s.Closing, m.s.Last = &b, !page
	if m.s.Account == "" {
		return problem("bankfile.no_account", at(m.fieldRow, "account"), "الكشف %[1]s لا يذكر رقم الحساب (:25:).", "Statement %[1]s does not name its account (:25:).", m.s.ID)
	}
	m.all = append(m.all, m.s)
	m.open, m.closed = false, true
	return nil
}

// account is the number as printed without the currency some banks add; a bank code before a slash stays.
func account(text string) string {
	text = strings.ReplaceAll(text, " ", "")
	if n := len(text) - 3; n > 15 && strings.ToUpper(text[:2]) == text[:2] {
		if _, known := kernel.Exponent(text[n:]); known {
			return text[:n]
		}
	}
	return text
}
