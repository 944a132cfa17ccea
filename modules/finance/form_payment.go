package finance

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// Bounds of the payment side's forms.
const (
	longestNarration = 4000
	mostLines        = 500
	// largestAmount of one document line: a thousand times a state's yearly budget, and far from
	// where a sum of lines leaves int64.
	largestAmount int64 = 1_000_000_000_000_000
)

func linePath(i int, field string) string {
	if field == "" {
		return fmt.Sprintf("lines.%d", i)
	}
	return fmt.Sprintf("lines.%d.%s", i, field)
}

// payment reads an amount above zero, in any digits, exactly.
func (f *form) payment(path, value, currency string) int64 {
	n, err := kernel.ParseAmount(value, currency)
	switch {
	case err != nil:
		f.add(path, err)
	case n <= 0:
		f.add(path, notPositive())
	case n > largestAmount:
		f.add(path, refused("money.too_large", "",
			"المبلغ %s أكبر مما يُقيَّد في مستند.", "The amount %s is larger than a document can record.", kernel.GroupAmount(n, currency)))
	default:
		return n
	}
	return 0
}

// narration reads the document's text (البيان), up to two pages.
func (f *form) narration(path, value string) string {
	field := kernel.Text{Ar: "البيان", En: "Narration"}
	switch {
	case len(value) > 4*longestNarration || utf8.RuneCountInString(value) > longestNarration:
		f.add(path, refused("text.too_long", "",
			"البيان أطول من %s حرف.", "The narration is longer than %s characters.", "4,000"))
		return ""
	default:
		return strings.TrimSpace(f.optionalText(path, field, value))
	}
}

// lines bounds how many lines a document has.
func (f *form) lines(n, least int) {
	if n < least {
		f.add("lines", refused("finance.lines_missing", "",
			"أسطر المستند أقل من %d.", "The document has fewer than %d lines.", least))
	}
	if n > mostLines {
		f.add("lines", refused("finance.lines_too_many", "",
			"أسطر المستند أكثر من %d.", "The document has more than %d lines.", mostLines))
	}
}

// currency reads a currency, dinars when none is named. What it returns can always be counted in.
func (f *form) currency(path, value string) string {
	if value == "" {
		return "JOD"
	}
	if err := kernel.CheckCurrency(value); err != nil {
		f.add(path, err)
		return "JOD"
	}
	return value
}

// codes reads a combination; parts that are not given stay empty.
func (f *form) codes(path string, in Codes) Codes {
	var out Codes
	for _, s := range Segments {
		out = out.With(s, f.optionalCode(path+"."+string(s), StandardRules().Segments[s].Name, in.Of(s)))
	}
	return out
}
