package finance

import (
	"fmt"

	"diwan/modules/kernel"
)

// LineInput is one line of a document as it was typed.
type LineInput struct {
	Key    string // budget line, "01-2501-4401-001-221105-001"
	Amount string // in the year's currency
}

// keys checks that a document has lines and that each names a budget line.
func (f *form) keys(lines []LineInput) []string {
	if len(lines) == 0 || len(lines) > mostLines {
		f.refuse("lines", "finance.lines_count", kernel.Text{
			Ar: fmt.Sprintf("للمستند %d سطر. المطلوب من 1 إلى %d.", len(lines), mostLines),
			En: fmt.Sprintf("The document has %d lines. From 1 to %d are needed.", len(lines), mostLines),
		})
		return nil
	}
	keys := make([]string, len(lines))
	for i, l := range lines {
		keys[i] = f.code(linePath(i, "key"), fieldName("key"), l.Key)
	}
	return keys
}

// amount reads a line's amount in the year's currency; negative ones only where signed.
func (f *form) amount(path, text, currency string, signed bool) int64 {
	n, err := kernel.ParseAmount(text, currency)
	if err != nil {
		f.add(path, err)
		return 0
	}
	if n == 0 || n < 0 && !signed {
		f.add(path, notPositive())
		return 0
	}
	if n > largestAmount || n < -largestAmount {
		f.refuse(path, "money.too_large", kernel.Text{
			Ar: "المبلغ أكبر مما يُقيَّد.", En: "The amount is larger than can be recorded.",
		})
	}
	return n
}

// touchedLine is a line of a document and the place of its budget line among the touches.
type touchedLine struct {
	LineAmount
	path  string // "lines.2"
	touch int
}

// read reads the typed amounts and adds up lines that name the same budget line.
func (f *form) read(lines []LineInput, keys []string, touch []int, currency string, signed bool) []touchedLine {
	var out []touchedLine
	place := map[string]int{}
	for i, l := range lines {
		amount := f.amount(linePath(i, "amount"), l.Amount, currency, signed)
		if at, twice := place[keys[i]]; twice {
			sum, ok := kernel.AddAmounts(out[at].Amount, amount)
			if !ok {
				f.add(linePath(i, "amount"), notPositive())
			}
			out[at].Amount = sum
			continue
		}
		place[keys[i]] = len(out)
		out = append(out, touchedLine{LineAmount{keys[i], amount}, linePath(i, ""), touch[i]})
	}
	return out
}

func lineAmounts(lines []touchedLine) []LineAmount {
	out := make([]LineAmount, len(lines))
	for i, l := range lines {
		out[i] = l.LineAmount
	}
	return out
}

// addLines touches the budget lines of a year.
func (t *touches) addLines(year int, keys []string) []int {
	places := make([]int, len(keys))
	for i, k := range keys {
		places[i] = t.add(LineStream(year, k))
	}
	return places
}

// lineKeys lists the keys of a document's stored lines.
func lineKeys(lines []LineAmount) []string {
	keys := make([]string, len(lines))
	for i, l := range lines {
		keys[i] = l.Key
	}
	return keys
}

// documentUnknown refuses an id under which no document of the kind exists.
func documentUnknown() kernel.Problem {
	return kernel.Problem{Code: "finance.document_unknown", Path: "id", Message: kernel.Text{
		Ar: "لم يُعثر على مستند بهذا الرقم.",
		En: "No document was found under this id.",
	}}
}

// documentDone refuses a step that the document's state no longer takes.
func documentDone(state kernel.Text) kernel.Problem {
	return kernel.Problem{Code: "finance.document_state", Path: "id", Message: kernel.Text{
		Ar: "المستند " + state.Ar + "، ولا يقبل هذا الإجراء.",
		En: "The document is " + state.En + " and does not take this step.",
	}}
}
