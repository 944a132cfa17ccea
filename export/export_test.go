package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// names is a list whose rows a test makes up.
func names() sheet.Sheet {
	return sheet.Sheet{
		Name: "test.names", Title: kernel.Text{Ar: "تنفيذ الموازنة", En: "Budget execution"}, Document: "query", Rows: []string{"list"}, Position: []string{"upTo"},
		Columns: func(map[string]any) []sheet.Column {
			return []sheet.Column{
				{Title: kernel.Text{Ar: "البند", En: "Line"}, Path: []string{"key"}},
				{Title: kernel.Text{Ar: "الاسم", En: "Name"}, Kind: sheet.Named, Path: []string{"segments", "0", "name"}},
				{Title: kernel.Text{Ar: "المبلغ", En: "Amount"}, Kind: sheet.Money, Path: []string{"amount"}},
			}
		},
		Asked: func(v map[string]any) []kernel.Text {
			return []kernel.Text{{Ar: fmt.Sprintf("السنة: %v", v["year"]), En: fmt.Sprintf("Year: %v", v["year"])}}
		},
	}
}

// answering answers pages of a list of so many rows.
func answering(total int, row func(i int) (key, name, amount string)) Ask {
	return func(_ context.Context, _ string, variables map[string]any) (json.RawMessage, error) {
		from := 0
		if after, ok := variables["after"].(string); ok {
			from, _ = strconv.Atoi(after)
		}
		upto := min(total, from+variables["first"].(int))
		nodes := []any{}
		for i := from; i < upto; i++ {
			key, name, amount := row(i)
			nodes = append(nodes, map[string]any{
				"key": key, "segments": []any{map[string]any{"name": map[string]any{"ar": name, "en": ""}}},
				"amount": map[string]any{"amount": amount, "currency": "JOD"},
			})
		}
		return json.Marshal(map[string]any{"upTo": "41", "list": map[string]any{
			"nodes": nodes, "pageInfo": map[string]any{"hasNextPage": upto < total, "endCursor": strconv.Itoa(upto)},
		}})
	}
}

func head(language string) Head {
	return Head{
		Sheet: names(), Variables: map[string]any{"year": 2026}, Language: language, By: kernel.Text{Ar: "رنا", En: "Rana"},
		At: time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC), Log: "diwan",
	}
}

func written(t *testing.T, f Format, ask Ask, h Head, mark bool, printer *Printer) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := List(t.Context(), &out, f, ask, h, mark, printer, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookHoldsEveryRowAndEveryDigit(t *testing.T) {
	amounts := []string{"1234.500", "-0.001", "0.000", "99999999999.999", "9223372036854775.807", "-5.000"}
	book := written(t, XLSX, answering(450, func(i int) (string, string, string) {
		return fmt.Sprintf("=cmd|' /C calc'!A%d", i), "بند", amounts[i%len(amounts)]
	}), head("ar"), false, nil)
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	view, err := f.GetSheetView(sheetName, 0)
	if err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Errorf("an Arabic sheet does not go from right to left: %v", err)
	}
	rows, err := f.GetRows(sheetName, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4+450 {
		t.Fatalf("%d lines, want title, filter, position, heads and 450 rows", len(rows))
	}
	if rows[0][0] != "تنفيذ الموازنة" || rows[1][0] != "السنة: 2026" || !strings.Contains(rows[2][0], "#41") || rows[3][2] != "المبلغ (JOD)" {
		t.Errorf("the head is %q", rows[:4])
	}
	for i, row := range rows[4:] {
		want := amounts[i%len(amounts)]
		if got := row[2]; !sameDigits(got, want) {
			t.Fatalf("row %d holds %s, want %s", i, got, want)
		}
	}
	for cell, want := range map[string]excelize.CellType{"A5": excelize.CellTypeInlineString, "C5": excelize.CellTypeUnset, "C9": excelize.CellTypeInlineString} {
		if kind, err := f.GetCellType(sheetName, cell); err != nil || kind != want {
			t.Errorf("%s is of type %v, want %v (%v)", cell, kind, want, err)
		}
	}
	if formula, err := f.GetCellFormula(sheetName, "A5"); err != nil || formula != "" {
		t.Errorf("text became the formula %q", formula)
	}
	if panes, err := f.GetPanes(sheetName); err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("the head is not frozen: %+v %v", panes, err)
	}
}

// sameDigits compares decimals but for zeros at the end.
func sameDigits(a, b string) bool {
	trim := func(s string) string {
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return strings.Replace(s, "-0", "0", min(1, strings.Count(s, "-0")-strings.Count(s, "-0.")))
	}
	return trim(a) == trim(b)
}

// Any amount of minor units keeps all its digits, as a number or as text.
func TestNoDigitIsLost(t *testing.T) {
	property := func(cell func(string) any) func(*rapid.T) {
		return func(t *rapid.T) {
			decimal := kernel.FormatAmount(rapid.OneOf(rapid.Int64(), rapid.Int64Min(1_000_000_000_000_000_000)).Draw(t, "minor"), "JOD")
			var back string
			switch v := cell(decimal).(type) {
			case string:
				back = v
			case float64:
				back = strconv.FormatFloat(v, 'f', -1, 64)
			}
			if !sameDigits(back, decimal) {
				t.Fatalf("%s became %s", decimal, back)
			}
		}
	}
	found := &complaints{TB: t}
	rapid.Check(found, property(func(s string) any { v, _ := strconv.ParseFloat(s, 64); return v }))
	if !found.some {
		t.Fatal("the planted fault was not found")
	}
	rapid.Check(t, property(exact))
}

type complaints struct {
	rapid.TB
	some bool
}

func (c *complaints) Errorf(string, ...any) { c.some = true }
func (c *complaints) Fatalf(string, ...any) { c.some = true }
func (c *complaints) Logf(string, ...any)   {}
func (c *complaints) FailNow()              {}
func (c *complaints) Failed() bool          { return c.some }

func TestCSVHasNoFormulas(t *testing.T) {
	evil := []string{"=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "−5", "＝1", "|calc", "plain", "-5.000", "12"}
	text := written(t, CSVs, answering(len(evil), func(i int) (string, string, string) { return evil[i], evil[i], "-5.000" }), head("en"), true, nil)
	if !bytes.HasPrefix(text, []byte("\ufeff")) {
		t.Error("there is no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(text[3:])).ReadAll()
	if err != nil || len(rows) != len(evil)+1 || rows[0][2] != "Amount (JOD)" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		want := "'" + evil[i]
		if number(evil[i]) || evil[i] == "plain" {
			want = evil[i]
		}
		if row[0] != want || row[2] != "-5.000" {
			t.Errorf("%q is written as %q, %q", evil[i], row[0], row[2])
		}
	}
	if bytes.HasPrefix(written(t, CSVs, answering(0, nil), head("en"), false, nil), []byte("\ufeff")) {
		t.Error("a mark nobody asked for")
	}
}

func TestWhatMayNotBeSeenIsNotSaved(t *testing.T) {
	forbidden := kernel.Problem{Code: "forbidden"}
	ask := func(context.Context, string, map[string]any) (json.RawMessage, error) { return nil, forbidden }
	for _, f := range []Format{XLSX, CSVs, PDF} {
		var out bytes.Buffer
		_, err := List(t.Context(), &out, f, ask, head("ar"), false, nil, nil)
		if problems := kernel.ProblemsOf(err); problems == nil || problems[0].Code != "forbidden" || out.Len() > 0 {
			t.Errorf("%s: answered %v and %d bytes", f, err, out.Len())
		}
	}
}

func TestPaper(t *testing.T) {
	printer, err := NewPrinter(FindChromium(""))
	if err != nil {
		t.Fatal(err)
	}
	if printer.program == "" {
		t.Skip("skipped: no Chromium on this machine")
	}
	pdf := written(t, PDF, answering(120, func(i int) (string, string, string) {
		return fmt.Sprintf("01-%d<script>", i), "صيانة الطرق", "-1234.500"
	}), head("ar"), false, printer)
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || bytes.Count(pdf, []byte("/Type /Page\n")) < 3 {
		t.Errorf("120 rows are printed on %d pages", bytes.Count(pdf, []byte("/Type /Page\n")))
	}
	for _, font := range []string{"NotoNaskhArabic", "Amiri"} {
		if !bytes.Contains(pdf, []byte(font)) {
			t.Errorf("the font %s is not in the paper", font)
		}
	}
	var out bytes.Buffer
	_, err = List(t.Context(), &out, PDF, answering(mostPrinted+1, func(int) (string, string, string) { return "k", "n", "1.000" }), head("ar"), false, printer, nil)
	if problems := kernel.ProblemsOf(err); problems == nil || problems[0].Code != "export.too_long" {
		t.Errorf("a list too long for paper was answered %v", err)
	}
	none, err := NewPrinter("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := List(t.Context(), io.Discard, PDF, answering(1, func(int) (string, string, string) { return "k", "n", "1.000" }), head("ar"), false, none, nil); kernel.ProblemsOf(err) == nil {
		t.Errorf("without Chromium it was answered %v", err)
	}
}

func TestGrouping(t *testing.T) {
	for in, want := range map[string]string{"1234567.500": "1,234,567.500", "-1.000": "−1.000", "0.000": "0.000", "123": "123", "-1234": "−1,234"} {
		if got := Grouped(in); got != want {
			t.Errorf("%s is shown as %s", in, got)
		}
	}
}
