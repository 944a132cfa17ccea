package finance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

func (o *bureau) importText(text string, opts ImportOptions) ImportResult {
	o.t.Helper()
	r, err := ImportBudget(o.ctx, o.Module, dima(), strings.NewReader(text), opts, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	if r.Rows != r.Accepted+r.Unchanged+r.Refused+r.Skipped+r.Quarantined {
		o.t.Errorf("the counts do not add up to the rows: %+v", r.ImportCounts)
	}
	return r
}

func (o *bureau) head() int64 {
	o.t.Helper()
	head, _, err := o.log.Head(o.ctx, eventstore.Main)
	if err != nil {
		o.t.Fatal(err)
	}
	return head
}

const ownHeader = "year,fund,chapter,programme,activity,item,source,amount\n"

// Every kind of bad row in one file: each counted where it belongs, with its line and its reason.
func TestEachRowOfABudgetFileIsAccountedFor(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	file := ownHeader +
		"2026,01,2501,4401,001,221105,001,1000.000\n" + // line 2
		"2026,01,2501,4401,001,221105,001,٢٥٠٫٥٠٠\n" + // 3: the same line, adds up
		"\n" + // 4: blank
		"2026,01,2501,4401,001,221106,001,-\n" + // 5: no amount
		"2026,01,2501,4401,001,221106,001,\n" + // 6: no amount
		"2026,01,2501,4401,001,221107,001,nfp\n" + // 7: text
		"2026,01,2501,4401,001,221108,001,-5.000\n" + // 8: negative
		"2026,01,2501,4401,001,221109,001,1.0005\n" + // 9: too precise
		"2026,01,2501,4401,001,2211\u200f10,001,1.000\n" + // 10: hidden mark
		"2026,01,25011,4401,001,221111,001,1.000\n" + // 11: too long
		"20x6,01,2501,4401,001,221112,001,1.000\n" + // 12: no year
		"2026,01,2501,,001,221113,001,1.000\n" + // 13: no code
		"2026,01,2501,4401,001,221114,001\n" + // 14: a column short
		"2026,01,2501,4401,001,\"221115,001,1.000\n" + // 15: unclosed quote swallows the rest
		""
	r := o.importText(file, ImportOptions{})
	want := ImportCounts{Rows: 14, Accepted: 2, Refused: 8, Skipped: 3, Quarantined: 1}
	if r.ImportCounts != want {
		t.Errorf("counts %+v, want %+v", r.ImportCounts, want)
	}
	codes := map[int]string{}
	for _, e := range r.Errors {
		codes[e.Row] = e.Code + " " + e.Column
		if e.Message.Ar == "" || e.Message.En == "" {
			t.Errorf("row %d has no sentence: %+v", e.Row, e)
		}
	}
	for row, code := range map[int]string{
		7: "money.not_a_number amount", 8: "import.negative amount", 9: "money.precision amount", 10: "code.hidden_character item",
		11: "import.code_length chapter", 12: "import.year_unreadable year", 13: "import.code_missing programme",
		14: "import.column_count ", 15: "import.row_unreadable ",
	} {
		if codes[row] != code {
			t.Errorf("row %d: got %q, want %q", row, codes[row], code)
		}
	}
	o.figure("original", o.line(line1).Original, "1250.500")
	if r.Totals["2026"] != "1250.500" {
		t.Errorf("totals %v", r.Totals)
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{`"kind":"budget"`, `"rows":14`, `"accepted":2`, `"unchanged":0`, `"refused":8`, `"skipped":3`, `"quarantined":1`, `"errors":[{"row":`, `"totals":{"2026":"1250.500"}`, `"position":"main.1.`} {
		if !bytes.Contains(data, []byte(field)) {
			t.Errorf("the JSON lacks %s: %s", field, data)
		}
	}

	before := o.head()
	again := o.importText(file, ImportOptions{})
	if again.Accepted != 0 || again.Unchanged != 2 || o.head() != before {
		t.Errorf("the second time: %+v, log from %d to %d", again.ImportCounts, before, o.head())
	}
}

func TestEncodingsDelimitersAndNumberStylesAreFoundFromTheFile(t *testing.T) {
	windows := func(s string) string {
		out, err := charmap.Windows1256.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("السنة\tالفصل\tاسم الفصل\tالبرنامج\tالبند\tالمبلغ\n2026\t2501\tوزارة الأشغال\t4401\t221105\t1234.500\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"commas":                    "السنة,الفصل,اسم الفصل,البرنامج,البند,المبلغ\n2026,2501,وزارة الأشغال,4401,221105,1234.500\n",
		"mark and semicolons":       "\ufeffالسنة;الفصل;اسم الفصل;البرنامج;البند;المبلغ\r\n2026;2501;وزارة الأشغال;4401;221105;1.234,500\r\n",
		"Windows-1256":              windows("السنة;الفصل;اسم الفصل;البرنامج;البند;المبلغ\n2026;2501;وزارة الأشغال;4401;221105;1234.5\n"),
		"tabs and Arabic digits":    "السنة\tالفصل\tاسم الفصل\tالبرنامج\tالبند\tالمبلغ\n٢٠٢٦\t٢٥٠١\tوزارة الأشغال\t٤٤٠١\t٢٢١١٠٥\t١٬٢٣٤٫٥٠٠\n",
		"quoted grouping":           "year,chapter,chapter_name,programme,item,amount\n2026,2501,\"وزارة الأشغال\",4401,221105,\"1,234.500\"\n",
		"UTF-16":                    utf16,
		"a quoted line break":       "year,chapter,chapter_name,programme,item,amount\n2026,2501,\"وزارة\nالأشغال\",4401,221105,1234.500\n",
		"European, commas only":     "year;chapter;chapter_name;programme;item;amount\n2026;2501;وزارة الأشغال;4401;221105;1234,5\n",
		"only part of it is Arabic": "year,chapter,chapter_name,programme,item,amount\n2026,2501," + windows("وزارة الأشغال") + ",4401,221105,1234.500\n",
	} {
		t.Run(name, func(t *testing.T) {
			o := newBureau(t, memoryLog(t))
			r := o.importText(file, ImportOptions{})
			if r.Accepted != 1 || r.Totals["2026"] != "1234.500" {
				t.Fatalf("%+v %v %v", r.ImportCounts, r.Totals, r.Errors)
			}
			o.figure("original", o.line(line1).Original, "1234.500")
			chapter, err := now[SegmentValue](o.ctx, o.Module, segmentCategory(), SegmentStream(Chapter, "2501"))
			if err != nil || chapter.Name(kernel.Date{}).Ar != "وزارة الأشغال" {
				t.Errorf("the chapter is named %+v (%v)", chapter.Names, err)
			}
		})
	}
}

func TestASupplementaryBudgetStatesNewTotalsOrAdditions(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.enact(Original, line1, "1000.000", line2, "500.000", line3, "300.000")
	row := func(item, amount string) string {
		return "2026,01,2501,4401,001," + item + ",001," + amount + "\n"
	}
	totals := ownHeader + row("221105", "1200.000") + row("221106", "400.000")
	r := o.importText(totals, ImportOptions{Vintage: Supplementary})
	if r.Accepted != 2 || len(r.Absent) != 1 || r.Absent[0] != "2026/"+line3 {
		t.Fatalf("%+v, absent %v, errors %v", r.ImportCounts, r.Absent, r.Errors)
	}
	o.figure("raised", o.line(line1).Supplementary, "200.000")
	o.figure("lowered", o.line(line2).Supplementary, "-100.000")
	o.figure("absent line", o.line(line3).Revised(), "300.000")
	if again := o.importText(totals, ImportOptions{Vintage: Supplementary}); again.Unchanged != 2 {
		t.Errorf("the second time: %+v", again.ImportCounts)
	}

	additions := ownHeader + row("221105", "50.000")
	for range 3 {
		o.importText(additions, ImportOptions{Vintage: Supplementary, Additions: true})
	}
	o.figure("added once, though imported three times", o.line(line1).Supplementary, "250.000")

	o.release(line2, "400.000")
	if r := o.importText(ownHeader+row("221106", "399.999"), ImportOptions{Vintage: Supplementary}); r.Refused != 1 || r.Errors[0].Code != "finance.budget_insufficient" {
		t.Errorf("released money was taken back by a law: %+v %v", r.ImportCounts, r.Errors)
	}
	if r := o.importText(ownHeader+row("221105", "1.000"), ImportOptions{}); r.Refused != 1 || r.Errors[0].Code != "finance.already_enacted" {
		t.Errorf("an original appropriation was replaced: %+v %v", r.ImportCounts, r.Errors)
	}
}

func TestOneFileHoldsSeveralYears(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	file := "Agency,Programme,2015-16,2016-17,2017-18\nRoads,Bridges,12.3456,\"1,000\",- \nRoads,Tunnels,,nfp,1\n"
	m := &ColumnMap{Currency: "AUD", Multiplier: 1000, Columns: map[string]string{
		"Agency": "chapter", "Programme": "programme", "2015-16": "amount.2015", "2016-17": "amount.2016", "2017-18": "amount.2017",
	}}
	r := o.importText(file, ImportOptions{Map: m})
	if r.Accepted != 1 || r.Refused != 1 || r.Totals["2015"] != "12345.60" || r.Totals["2016"] != "1000000.00" {
		t.Fatalf("%+v %v %v", r.ImportCounts, r.Totals, r.Errors)
	}
	year, err := now[FiscalYear](o.ctx, o.Module, yearCategory(), YearStream(2016))
	if err != nil || year.Currency != "AUD" {
		t.Errorf("2016 was opened in %q (%v)", year.Currency, err)
	}
	only := newBureau(t, memoryLog(t))
	if r := only.importText(file, ImportOptions{Map: m, Year: 2017}); r.Accepted != 1 || r.Skipped != 1 || r.Totals["2017"] != "1000.00" || len(r.Totals) != 1 {
		t.Errorf("with --year 2017: %+v %v %v", r.ImportCounts, r.Totals, r.Errors)
	}
	// The map is remembered for this header: the same shape is read without one.
	if r := o.importText(strings.Replace(file, "Bridges", "Ferries", 1), ImportOptions{}); r.Accepted != 1 {
		t.Errorf("without a map: %+v %v", r.ImportCounts, r.Errors)
	}
}

func TestAWholeFileIsRefusedWithEveryReason(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	for name, c := range map[string]struct {
		file string
		opts ImportOptions
		by   Officer
		code string
	}{
		"empty":              {"", ImportOptions{}, dima(), "import.empty"},
		"no segments":        {"a,b\n1,2\n", ImportOptions{}, dima(), "import.no_segment"},
		"no amount":          {"chapter,year\n1,2026\n", ImportOptions{}, dima(), "import.no_amount"},
		"no year":            {"chapter,amount\n1,2\n", ImportOptions{}, dima(), "import.no_year"},
		"column missing":     {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Map: &ColumnMap{Columns: map[string]string{"Chapitre": "chapter", "amount": "amount"}}}, dima(), "import.column_missing"},
		"field unknown":      {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Map: &ColumnMap{Columns: map[string]string{"chapter": "department", "amount": "amount"}}}, dima(), "import.field_unknown"},
		"encoding unknown":   {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Map: &ColumnMap{Encoding: "ebcdic"}}, dima(), "import.encoding_unknown"},
		"delimiter":          {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Map: &ColumnMap{Delimiter: "::"}}, dima(), "import.delimiter"},
		"currency":           {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Map: &ColumnMap{Currency: "XYZ", Columns: map[string]string{"chapter": "chapter", "amount": "amount"}}}, dima(), "money.currency_unknown"},
		"vintage":            {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Vintage: "final"}, dima(), "import.vintage"},
		"additions":          {"chapter,amount\n1,2\n", ImportOptions{Year: 2026, Additions: true}, dima(), "import.additions"},
		"year":               {"chapter,amount\n1,2\n", ImportOptions{Year: 26}, dima(), "finance.year_impossible"},
		"without permission": {"chapter,amount\n1,2\n", ImportOptions{Year: 2026}, rana(), "finance.not_permitted"},
	} {
		_, err := ImportBudget(o.ctx, o.Module, c.by, strings.NewReader(c.file), c.opts, nil)
		if kernel.ProblemsOf(err) == nil {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		o.refused(c.code, err)
	}
	if o.head() != 0 {
		t.Errorf("a refused file wrote up to position %d", o.head())
	}
}

// An import killed in the middle goes on where it stopped: nothing twice, nothing left out.
func TestAKilledImportGoesOnWhereItStopped(t *testing.T) {
	onEveryStore(t, func(t *testing.T, o *bureau) {
		file := ownHeader
		for i := range 950 {
			file += fmt.Sprintf("2026,01,2501,4401,001,%s,001,1.001\n", itemCode(i))
		}
		for _, stopAt := range []int{300, 0, 800} {
			ctx, kill := context.WithCancel(o.ctx)
			_, err := ImportBudget(ctx, o.Module, dima(), strings.NewReader(file), ImportOptions{}, func(done, _ int) {
				if done >= stopAt {
					kill()
				}
			})
			kill()
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("killed at line %d: %v", stopAt, err)
			}
		}
		r := o.importText(file, ImportOptions{})
		if r.Accepted == 0 || r.Unchanged == 0 || r.Accepted+r.Unchanged != 950 || r.Totals["2026"] != "950.950" {
			t.Fatalf("%+v %v %v", r.ImportCounts, r.Totals, r.Errors)
		}
		for _, i := range []int{0, 299, 300, 301, 799, 800, 949} {
			o.figure("original of line "+itemCode(i), o.line("01-2501-4401-001-"+itemCode(i)+"-001").Original, "1.001")
		}
		if again := o.importText(file, ImportOptions{}); again.Unchanged != 950 {
			t.Errorf("once more: %+v", again.ImportCounts)
		}
	})
}

// A row refused for a closed period is booked by the same file once the period is open again.
func TestRefusedRowsAreTriedAgainByTheSameFile(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	o.must(o.OpenYear(o.ctx, mazen(), OpenYear{Command: command(), Year: 2026}))
	o.must(o.SetValidityRule(o.ctx, dima(), SetValidityRule{Command: command(), ID: "no_fuel", Effect: Deny, Pattern: Codes{Item: "221105"}, MessageAr: "البند موقوف.", MessageEn: "The item is suspended."}))
	file := ownHeader + "2026,01,2501,4401,001,221105,001,10.000\n2026,01,2501,4401,001,221106,001,20.000\n"
	r := o.importText(file, ImportOptions{})
	if r.Accepted != 1 || r.Refused != 1 || r.Errors[0].Row != 2 || r.Errors[0].Message.En != "The item is suspended." || r.Totals["2026"] != "20.000" {
		t.Fatalf("%+v %v %v", r.ImportCounts, r.Errors, r.Totals)
	}
	o.must(o.SetValidityRule(o.ctx, dima(), SetValidityRule{Command: command(), ID: "no_fuel", Effect: Deny, Pattern: Codes{Item: "221105"}, To: "2026-01-31"}))
	r = o.importText(file, ImportOptions{})
	if r.Accepted != 1 || r.Unchanged != 1 || r.Refused != 0 {
		t.Fatalf("%+v %v", r.ImportCounts, r.Errors)
	}
	o.figure("original", o.line(line1).Original, "10.000")
	o.figure("original", o.line(line2).Original, "20.000")
}

// Codes longer than an index holds, and codes that join into the same name, are kept apart.
func TestLongAndAmbiguousCodesStayThemselves(t *testing.T) {
	o := newBureau(t, memoryLog(t))
	long := strings.Repeat("Outcome 1: the formulation of standards, ", 30)
	m := &ColumnMap{Columns: map[string]string{"p": "chapter", "o": "programme", "amount": "amount"}}
	r := o.importText("p,o,amount\nA,\""+long+"1\",1.000\nA,\""+long+"2\",2.000\nA-B,C,3.000\nA,B-C,4.000\n", ImportOptions{Year: 2026, Map: m})
	if r.Accepted != 3 || r.Refused != 1 || r.Errors[0].Code != "finance.key_ambiguous" || r.Errors[0].Row != 5 {
		t.Fatalf("%+v %v", r.ImportCounts, r.Errors)
	}
	if r.Totals["2026"] != "6.000" {
		t.Errorf("totals %v", r.Totals)
	}
}
