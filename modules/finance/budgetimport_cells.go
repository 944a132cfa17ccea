package finance

import (
	"fmt"
	"strconv"
	"strings"

	"diwan/modules/kernel"
)

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
