package finance

import (
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
