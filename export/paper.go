package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// table is a list on paper.
type table struct {
	Language  string
	Title     string
	Lines     []string
	Landscape bool
	Columns   []shownColumn
	Rows      [][]shownCell

	head Head
}

type shownColumn struct {
	Title  string
	Amount bool
}

type shownCell struct {
	Text     string
	Amount   bool
	Negative bool
}

func newTable(h Head, columns []sheet.Column, first []Cell) table {
	t := table{Language: h.Language, Title: h.Title(), Lines: h.Lines(), Landscape: len(columns) > 6, head: h}
	for i, c := range columns {
		currency := ""
		if i < len(first) {
			currency = first[i].Currency
		}
		t.Columns = append(t.Columns, shownColumn{h.column(c, currency), c.Kind == sheet.Money})
	}
	return t
}

func (t table) row(cells []Cell) []shownCell {
	row := make([]shownCell, len(cells))
	for i, c := range cells {
		row[i] = shownCell{Text: c.Text}
		if t.Columns[i].Amount {
			row[i] = amountCell(c.Text)
		}
	}
	return row
}

// amountCell writes an amount as people read it: grouped, with the true minus.
func amountCell(decimal string) shownCell {
	return shownCell{Text: Grouped(decimal), Amount: true, Negative: strings.HasPrefix(decimal, "-")}
}

// Grouped puts signs between thousands, and a true minus before.
func Grouped(decimal string) string {
	digits, negative := strings.CutPrefix(decimal, "-")
	whole, fraction, found := strings.Cut(digits, ".")
	var b strings.Builder
	if negative {
		b.WriteString("−")
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if found {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// foot names the list, its position and what was printed, so that a copy can be compared.
func (t table) foot() Foot {
	sum := sha256.New()
	for _, row := range t.Rows {
		for _, c := range row {
			fmt.Fprintf(sum, "%d:%s", len(c.Text), c.Text)
		}
	}
	return t.head.foot(t.head.Sheet.Name, sum.Sum(nil))
}

func (h Head) foot(what string, digest []byte) Foot {
	return Foot{h.Language, h.Printed(), "diwan:" + h.Log + ":" + h.Position + ":" + what + ":" + hex.EncodeToString(digest[:16])}
}

// Sheet of one document on paper: the answer itself, read by its template.
type paperForm struct {
	Language, Title string
	Copy            int
	D               map[string]any
}

// Words is a text of the document in the paper's language.
func (f paperForm) Words(v any) string {
	object, _ := v.(map[string]any)
	return kernel.Text{Ar: textOf(object["ar"]), En: textOf(object["en"])}.In(f.Language)
}

// Amount is an amount of the document, grouped.
func (f paperForm) Amount(v any) string {
	object, _ := v.(map[string]any)
	return Grouped(textOf(object["amount"]))
}

// Day is the day of a moment or a date.
func (f paperForm) Day(v any) string {
	text := textOf(v)
	return text[:min(len(text), 10)]
}

// Say picks one of two words by the paper's language.
func (f paperForm) Say(ar, en string) string { return kernel.Text{Ar: ar, En: en}.In(f.Language) }

// Paper prints one document by its form. Refusals: export.absent.
func Paper(ctx context.Context, to io.Writer, ask Ask, form sheet.Form, id string, h Head, copyNumber int, printer *Printer) (name string, err error) {
	data, err := ask(ctx, form.Document, map[string]any{"id": id})
	if err != nil {
		return "", err
	}
	var answer map[string]any
	if err := json.Unmarshal(data, &answer); err != nil {
		return "", fmt.Errorf("read %s %s: %w", form.Name, id, err)
	}
	document, _ := answer[form.Root].(map[string]any)
	if document == nil {
		return "", kernel.Problem{Code: "export.absent", Path: "id", Message: kernel.Text{
			Ar: "لم يُعثر على مستند بهذا الرقم.", En: "No document has this number.",
		}}
	}
	number := textOf(document["number"])
	sum := sha256.Sum256(data)
	page := paperForm{Language: h.Language, Title: form.Title.In(h.Language), Copy: copyNumber, D: document}
	return number, printer.print(ctx, to, form.Template, page, h.foot(form.Name+":"+plain(number), sum[:]))
}

// plain keeps a number free of what does not belong into a code or a file's name.
func plain(number string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || strings.ContainsRune(`/\:"*?<>| `, r) {
			return '-'
		}
		return r
	}, number)
}
