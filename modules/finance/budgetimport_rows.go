package finance

import (
	"fmt"
	"strconv"
	"strings"

	"diwan/modules/kernel"
)

// ImportError is what is wrong with one row.
type ImportError struct {
	Row     int         `json:"row"` // line in the file, the header being line 1
	Column  string      `json:"column,omitempty"`
	Code    string      `json:"code"`
	Message kernel.Text `json:"message"`
}

// importLine is what a file says of one budget line, all its rows added up.
type importLine struct {
	year     int
	key      string
	codes    Codes
	amount   int64
	economic EconomicType
	row      int // the first one, for messages
}

// importRow is a readable row and the lines it feeds; most feed one.
type importRow struct {
	row   int
	lines []int
}

// valueName is what a file says of one segment value.
type valueName struct {
	name  kernel.Text
	cofog string
}

// budgetFile is a file read to its end: lines in file order and what is wrong with the other rows.
type budgetFile struct {
	columns  *columns
	rules    Rules
	width    int                       // columns of the header
	year     int                       // asked for; 0 = each row's own
	signed   bool                      // negative amounts are meant
	currency func(int) (string, error) // of a year
	values   map[Segment]map[string]valueName

	lines       []importLine
	place       map[lineName]int
	rows        []importRow
	total       int // data rows, whatever became of them
	skipped     int
	refused     int
	errors      []ImportError
	quarantined []QuarantinedRow
	totals      map[int]int64
}

type lineName struct {
	year int
	key  string
}

// cell is one amount of a row.
type cell struct {
	year   int
	amount int64
}

// take reads one row.
func (b *budgetFile) take(row int, cells []string) error {
	b.total++
	if blank(cells) {
		b.skipped++
		return nil
	}
	year, skip, bad := b.yearOf(cells)
	if bad == nil {
		bad = b.widthOf(cells)
	}
	if bad == nil && skip {
		b.skipped++
		return nil
	}
	var codes Codes
	var amounts []cell
	if bad == nil {
		codes, bad = b.codesOf(cells)
	}
	negative := (*ImportError)(nil)
	if bad == nil {
		var err error
		if amounts, negative, bad, err = b.amountsOf(cells, year); err != nil {
			return err
		}
	}
	switch {
	case bad != nil:
		bad.Row = row
		b.errors = append(b.errors, *bad)
		b.refused++
	case negative != nil:
		negative.Row = row
		b.errors = append(b.errors, *negative)
		b.quarantined = append(b.quarantined, QuarantinedRow{Row: row, Code: negative.Code, Cells: shortened(cells)})
	case len(amounts) == 0:
		b.skipped++
	default:
		b.book(row, codes, amounts, cells)
	}
	return nil
}

// book adds a good row to its lines.
func (b *budgetFile) book(row int, codes Codes, amounts []cell, cells []string) {
	r := importRow{row: row}
	for _, a := range amounts {
		if !b.fits(a, codes) {
			b.refused++
			b.errors = append(b.errors, ambiguous(row, b.lineOf(a.year, codes).key))
			return
		}
	}
	for _, a := range amounts {
		l := b.lineOf(a.year, codes)
		name := lineName{a.year, l.key}
		i, there := b.place[name]
		if !there {
			i = len(b.lines)
			b.place[name] = i
			l.row, l.economic = row, b.economicOf(l.codes, cells)
			b.lines = append(b.lines, l)
		}
		b.lines[i].amount += a.amount
		b.totals[a.year] += a.amount
		r.lines = append(r.lines, i)
	}
	b.rows = append(b.rows, r)
	b.remember(codes, cells)
}

// lineOf names the budget line of a combination in a year.
func (b *budgetFile) lineOf(year int, codes Codes) importLine {
	if b.columns.parts != nil {
		key, _ := KeyOf(codes, b.columns.parts)
		return importLine{year: year, key: key, codes: codes}
	}
	key, line := KeyOf(codes, b.rules.KeyParts(year))
	return importLine{year: year, key: key, codes: line}
}

// fits tells whether an amount can be added to its line: same codes, and sums within bounds.
func (b *budgetFile) fits(a cell, codes Codes) bool {
	l := b.lineOf(a.year, codes)
	if i, there := b.place[lineName{a.year, l.key}]; there {
		if sum := b.lines[i].amount; b.lines[i].codes != l.codes || sum > largestSum || sum < -largestSum {
			return false
		}
	}
	total := b.totals[a.year]
	return total < 8*largestSum && total > -8*largestSum
}

// yearOf reads the row's year: the column's, or the one asked for.
func (b *budgetFile) yearOf(cells []string) (year int, skip bool, bad *ImportError) {
	if b.columns.year == nil {
		return b.year, false, nil
	}
	text := strings.TrimSpace(kernel.WesternDigits(at0(cells, b.columns.year.index)))
	n, err := strconv.Atoi(text)
	if err != nil || n < 1900 || n > 2200 {
		return 0, false, &ImportError{Column: b.columns.year.name, Code: "import.year_unreadable", Message: kernel.Text{
			Ar: fmt.Sprintf("«%s» ليست سنة.", brief(text)), En: fmt.Sprintf("“%s” is not a year.", brief(text)),
		}}
	}
	return n, b.year != 0 && n != b.year, nil
}

// widthOf refuses a row that has not the header's columns.
func (b *budgetFile) widthOf(cells []string) *ImportError {
	if len(cells) == b.width || len(cells) > b.width && blank(cells[b.width:]) {
		return nil
	}
	return &ImportError{Code: "import.column_count", Message: kernel.Text{
		Ar: fmt.Sprintf("في السطر %d عموداً وفي العناوين %d.", len(cells), b.width),
		En: fmt.Sprintf("The row has %d columns, the header %d.", len(cells), b.width),
	}}
}

// codesOf reads the row's codes; what the file lacks takes the segment's default.
func (b *budgetFile) codesOf(cells []string) (Codes, *ImportError) {
	var codes Codes
	for _, s := range Segments {
		codes = codes.With(s, b.rules.Segments[s].Default)
	}
	for _, c := range b.columns.codes {
		segment := b.rules.Segments[c.segment]
		code, err := kernel.NormaliseCode(at0(cells, c.index), "", segment.Name)
		if err != nil {
			p := kernel.ProblemsOf(err)[0]
			return codes, &ImportError{Column: c.name, Code: p.Code, Message: p.Message}
		}
		if code == "" {
			code = segment.Default
		}
		switch {
		case code == "":
			return codes, &ImportError{Column: c.name, Code: "import.code_missing", Message: kernel.Text{
				Ar: segment.Name.Ar + ": الرمز فارغ.", En: segment.Name.En + ": the code is empty.",
			}}
		case b.columns.strict && len([]rune(code)) > segment.Length:
			return codes, &ImportError{Column: c.name, Code: "import.code_length", Message: kernel.Text{
				Ar: fmt.Sprintf("%s: الرمز «%s» أطول من %d خانات.", segment.Name.Ar, brief(code), segment.Length),
				En: fmt.Sprintf("%s: code “%s” is longer than %d characters.", segment.Name.En, brief(code), segment.Length),
			}}
		}
		codes = codes.With(c.segment, code)
	}
	return codes, nil
}

// amountsOf reads the row's amounts. A blank one or a dash says nothing; text refuses the row; a
// negative appropriation contradicts itself and is quarantined.
func (b *budgetFile) amountsOf(cells []string, rowYear int) (amounts []cell, negative, bad *ImportError, err error) {
	for _, c := range b.columns.amounts {
		year := c.year
		if year == 0 {
			year = rowYear
		} else if b.year != 0 && year != b.year {
			continue
		}
		text := strings.TrimSpace(at0(cells, c.index))
		if text == "" || strings.Trim(text, "-–—− ") == "" {
			continue
		}
		currency, err := b.currency(year)
		if err != nil {
			return nil, nil, nil, err
		}
		n, err := kernel.ParseStyledAmount(text, currency, b.columns.style)
		if err == nil && (n > largestAmount || n < -largestAmount) {
			err = refused("money.too_large", "", "المبلغ أكبر مما يُقيَّد.", "The amount is larger than can be recorded.")
		}
		switch {
		case err != nil:
			p := kernel.ProblemsOf(err)[0]
			return nil, nil, &ImportError{Column: c.name, Code: p.Code, Message: p.Message}, nil
		case n < 0 && !b.signed:
			shown := kernel.GroupAmount(n, currency)
			negative = &ImportError{Column: c.name, Code: "import.negative", Message: kernel.Text{
				Ar: "اعتماد سالب: " + shown + ".", En: "A negative appropriation: " + shown + ".",
			}}
		default:
			amounts = append(amounts, cell{year, n})
		}
	}
	return amounts, negative, nil, nil
}

// economicOf is the line's economic type: the file's column; with Diwan's own codes the natural
// account's class (GFSM 31, non-financial assets, is capital); else current.
func (b *budgetFile) economicOf(codes Codes, cells []string) EconomicType {
	if c := b.columns.economic; c != nil {
		switch strings.ToLower(strings.TrimSpace(at0(cells, c.index))) {
		case "capital", "رأسمالية", "رأسمالي":
			return Capital
		}
		return Current
	}
	if b.columns.strict && strings.HasPrefix(codes.Item, "31") {
		return Capital
	}
	return Current
}

// remember keeps the names of codes; the first one in the file stands.
func (b *budgetFile) remember(codes Codes, cells []string) {
	for _, c := range b.columns.names {
		v, name := b.value(c.segment, codes.Of(c.segment)), strings.Join(strings.Fields(at0(cells, c.index)), " ")
		if c.kind == nameField && v.name.Ar == "" {
			v.name.Ar = name
		}
		if c.kind == nameEnField && v.name.En == "" {
			v.name.En = name
		}
		b.values[c.segment][codes.Of(c.segment)] = v
	}
	if c := b.columns.cofog; c != nil && codes.Programme != "" {
		v := b.value(Programme, codes.Programme)
		if v.cofog == "" {
			v.cofog = strings.TrimSpace(at0(cells, c.index))
		}
		b.values[Programme][codes.Programme] = v
	}
}

func (b *budgetFile) value(s Segment, code string) valueName {
	if b.values[s] == nil {
		b.values[s] = map[string]valueName{}
	}
	return b.values[s][code]
}

func ambiguous(row int, key string) ImportError {
	return ImportError{Row: row, Code: "finance.key_ambiguous", Message: kernel.Text{
		Ar: fmt.Sprintf("البند %s يعني رموزاً أخرى، أو مجموعه أكبر مما يُقيَّد.", brief(key)),
		En: fmt.Sprintf("Line %s stands for other codes, or its total is larger than can be recorded.", brief(key)),
	}}
}

func at0(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// brief keeps what a sentence quotes short.
func brief(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// shortened bounds a kept row.
func shortened(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.ToValidUTF8(c, "�")
		if r := []rune(out[i]); len(r) > 500 {
			out[i] = string(r[:500]) + "…"
		}
	}
	return out
}
