package bankfile

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func bank() *Profile {
	return &Profile{
		Account: "JO94CBJO0010000000000131000302", Currency: "JOD", Booked: "التاريخ", Debit: "مدين", Credit: "دائن",
		Balance: "الرصيد", Text: "البيان", EndToEnd: "المرجع", Day: "DMY", Delimiter: ";",
	}
}

const rows = "التاريخ;البيان;المرجع;مدين;دائن;الرصيد\n" +
	"01/06/2026;دفعة;V-1;1,234.567;;8,765.433\n" +
	"٠٢/٠٦/٢٠٢٦;دفعة;V-2;٠٫٤٣٣;;8,765.000\n" +
	"3/6/26;إيداع;;;500.000;9,265.000\n"

func TestATableOfABankIsRead(t *testing.T) {
	lines := strings.SplitAfter(rows, "\n")
	newestFirst := lines[0] + lines[3] + lines[2] + lines[1]
	arabic, err := charmap.Windows1256.NewEncoder().String(strings.ReplaceAll(strings.ReplaceAll(rows, "٠٢/٠٦/٢٠٢٦", "02/06/2026"), "٠٫٤٣٣", "0.433"))
	if err != nil {
		t.Fatal(err)
	}
	old := bank()
	old.Arabic = true
	for name, c := range map[string]struct {
		text    string
		profile *Profile
	}{
		"oldest first": {rows, bank()}, "newest first": {newestFirst, bank()}, "a mark before": {"\ufeff" + rows, bank()},
		"Windows-1256": {arabic, old}, "blank rows": {rows + ";;;;;\n\n", bank()},
	} {
		t.Run(name, func(t *testing.T) {
			all, err := Read(strings.NewReader(c.text), c.profile)
			if err != nil {
				t.Fatal(err)
			}
			s := all[0]
			if found := s.Check(); len(found) != 0 {
				t.Error(found)
			}
			if money(s.Opening.Amount, "JOD") != "10000.000" || money(s.Closing.Amount, "JOD") != "9265.000" || len(s.Lines) != 3 {
				t.Errorf("opening %d, closing %d, %d lines", s.Opening.Amount, s.Closing.Amount, len(s.Lines))
			}
		})
	}
}

func TestATableThatDoesNotFitIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, code, path string }{
		"another bank's columns": {"مدين", "سحب", "bankfile.no_column", "header"},
		"a balance that jumps":   {"8,765.000", "8,765.001", "bankfile.does_not_add_up", "rows.3.balance"},
		"31 February":            {"01/06/2026", "31/02/2026", "bankfile.bad_date", "rows.2.booked"},
		"text for an amount":     {"1,234.567", "كثير", "money.not_a_number", "rows.2.amount"},
		"four decimals":          {"500.000", "500.0001", "money.precision", "rows.4.amount"},
	} {
		t.Run(name, func(t *testing.T) {
			found := refused(t, strings.Replace(rows, c.old, c.new, 1), bank())
			code(t, found, c.code)
			if found[0].Path != c.path {
				t.Errorf("at %s, want %s", found[0].Path, c.path)
			}
		})
	}
}
