package bankfile

import (
	"strings"
	"testing"
)

func TestRealMT940FilesAreRead(t *testing.T) {
	for path, want := range map[string]struct {
		statements int
		account    string
		opening    string
		lines      int
		sound      bool
	}{
		"mBank-mt940.sta":   {1, "PL29114010810000267002001002", "0.40", 3, true},
		"jejik-abnamro.sta": {2, "517852257", "3236.28", 8, false},
		"jejik-ing.sta":     {1, "0001234567", "0.00", 7, false},
		"cmxl-mt940.sta":    {3, "45050050/76198810", "84349.74", 11, true},
	} {
		all := read(t, shared(t, "mt940/"+path))
		s := all[0]
		if s.Account != want.account || len(s.Lines) != want.lines || money(s.Opening.Amount, s.Currency) != want.opening {
			t.Errorf("%s: %d statements; account %s, %d lines, opening %s", path, len(all), s.Account, len(s.Lines), money(s.Opening.Amount, s.Currency))
		}
		if len(all) != want.statements {
			t.Errorf("%s: %d statements, want %d", path, len(all), want.statements)
		}
		if found := s.Check(); (len(found) == 0) != want.sound {
			t.Errorf("%s: %v", path, found)
		}
	}
}

const sta = ":20:ST1\n:25:JO94CBJO0010000000000131000302\n:28C:7/1\n:60F:C260601JOD10000,000\n" +
	":61:2606010602D1234,567NTRFV-1//B77\n:86:دفعة مقاول\n:61:260601RC0,433NTRFNONREF\n:62F:C260602JOD8765,000\n-\n"

func TestFieldsOfAnMT940LineArrive(t *testing.T) {
	s := read(t, []byte(sta))[0]
	if found := s.Check(); len(found) != 0 {
		t.Fatal(found)
	}
	l := s.Lines[0]
	if l.EndToEnd != "V-1" || l.Reference != "B77" || l.Code != "NTRF" || l.Text != "دفعة مقاول" ||
		l.Value.String() != "2026-06-01" || l.Booked.String() != "2026-06-02" || money(l.Amount, "JOD") != "-1234.567" {
		t.Errorf("%+v", l)
	}
	if back := s.Lines[1]; !back.Reversal || money(back.Amount, "JOD") != "-0.433" || back.EndToEnd != "" {
		t.Errorf("a reversed credit is %+v", back)
	}
}

func TestAnEntryDayBesideNewYear(t *testing.T) {
	for value, want := range map[string]string{"261231": "2027-01-02", "270105": "2027-01-02"} {
		text := strings.Replace(sta, "2606010602D", value+"0102D", 1)
		if got := read(t, []byte(text))[0].Lines[0].Booked.String(); got != want {
			t.Errorf("value %s: entry day %s, want %s", value, got, want)
		}
	}
}

func TestGermanSubfieldsAreTakenApart(t *testing.T) {
	text := strings.Replace(sta, ":86:دفعة مقاول", ":86:166?00TRANSFER?20EREF+V-2026-9 KREF+X?21SVWZ+rent?31JO71CBJO0000?32Al-Amal\n?33 Co", 1)
	l := read(t, []byte(text))[0].Lines[0]
	if l.EndToEnd != "V-2026-9" || l.Counterparty != (Party{"Al-Amal Co", "JO71CBJO0000"}) {
		t.Errorf("%+v", l)
	}
}

func TestBrokenMT940IsRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, code, path string }{
		"no closing":            {":62F:C260602JOD8765,000\n-\n", "", "bankfile.cut", "rows.7.statement"},
		"a second beginning":    {":62F:", ":20:X\n:62F:", "bankfile.cut", "rows.8.statement"},
		"a line before opening": {":60F:C260601JOD10000,000\n", "", "bankfile.no_balance", "rows.4.balance"},
		"31 February":           {"2606010602D", "2602310602D", "bankfile.bad_date", "rows.5.value"},
		"four decimals":         {"1234,567N", "1234,5678N", "bankfile.bad_line", "rows.5.line"},
		"no type":               {"1234,567NTRFV-1//B77", "1234,567", "bankfile.bad_line", "rows.5.line"},
		"a balance of nothing":  {"C260601JOD10000,000", "hello", "bankfile.bad_balance", "rows.4.balance"},
		"an unknown currency":   {"C260601JOD", "C260601XXQ", "money.currency_unknown", "rows.4.balance"},
		"no account":            {":25:JO94CBJO0010000000000131000302\n", "", "bankfile.no_account", "rows.7.account"},
	} {
		t.Run(name, func(t *testing.T) {
			found := refused(t, strings.Replace(sta, c.old, c.new, 1), nil)
			code(t, found, c.code)
			if found[0].Path != c.path {
				t.Errorf("at %s, want %s", found[0].Path, c.path)
			}
		})
	}
}

// A file is whole or refused: whatever byte it ends at, no statement is read from half of one.
func TestAnMT940FileCutAnywhereIsNeverHalfRead(t *testing.T) {
	end := strings.Index(sta, "\n-\n")
	for n := range end - len("8765,000") {
		if all, err := Read(strings.NewReader(sta[:n]), &Profile{Booked: "none"}); err == nil {
			t.Fatalf("cut at %d: read %+v", n, all)
		}
	}
}
