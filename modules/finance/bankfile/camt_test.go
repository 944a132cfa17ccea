package bankfile

import (
	"fmt"
	"strings"
	"testing"
)

func TestSamplesOfEveryVersionAreRead(t *testing.T) {
	for path, want := range map[string]struct {
		format        Format
		account, line string
		lines         int
	}{
		"camt053.v2.minimal.xml":        {"camt.053.001.02", "NL26VAYB8060476890", "8.85 EUR", 1},
		"camt053.v2.with-party-ids.xml": {"camt.053.001.02", "NL26VAYB8060476890", "8.85 EUR", 1},
		"camt053.v8.xml":                {"camt.053.001.08", "NL26VAYB8060476890", "8.85 EUR", 1},
		"camt054.v8.xml":                {"camt.054.001.08", "CH2801234000123456789", "-200000.00 SEK", 1},
	} {
		s := read(t, shared(t, "iso20022/samples/"+path))[0]
		if s.Format != want.format || s.Account != want.account || len(s.Lines) < want.lines {
			t.Errorf("%s: %+v", path, s)
			continue
		}
		if got := money(s.Lines[0].Amount, s.Lines[0].Currency) + " " + s.Lines[0].Currency; got != want.line {
			t.Errorf("%s: first line %s, want %s", path, got, want.line)
		}
	}
}

func TestWhatASampleSaysOfItsLineArrives(t *testing.T) {
	l := read(t, shared(t, "iso20022/samples/camt053.v8.xml"))[0].Lines[0]
	if l.EndToEnd != "MUELL/FINP/RA12345" || l.Counterparty != (Party{"NAME NAME", "NL56AGDH9619008421"}) ||
		l.Reference != "AAAASESS-FP-CN_98765/01" || l.Code != "PMNT-RCDT-BOOK" || l.Text != "4654654654654654" ||
		l.Booked.String() != "2014-12-31" || l.Value.String() != "2015-01-02" || l.Pending {
		t.Errorf("%+v", l)
	}
	n := read(t, shared(t, "iso20022/samples/camt054.v8.xml"))[0].Lines[0]
	if len(n.Parts) != 3 || n.Parts[0].EndToEnd != "UXC06170000006PI00001EE00001" || money(n.Parts[0].Amount, "CHF") != "3.10" {
		t.Errorf("%+v", n.Parts)
	}
}

// Samples that mix currencies or whose balances do not come out are read, and no book is set against them.
func TestUnsoundSamplesAreReadAndNotAccepted(t *testing.T) {
	mixed := read(t, shared(t, "iso20022/samples/camt053.v8.xml"))[0]
	code(t, mixed.Check(), "bankfile.mixed_currencies")
	for _, s := range read(t, shared(t, "iso20022/samples/camt053.v2.all-balance-types.xml")) {
		if len(s.Check()) == 0 {
			t.Errorf("%s is accepted, opening %+v closing %+v", s.ID, s.Opening, s.Closing)
		}
	}
	note := read(t, shared(t, "iso20022/samples/camt054.v8.xml"))[0]
	code(t, note.Check(), "bankfile.no_balance")
}

// statement writes a camt.053 with an opening of 10,000.000 JOD.
func statement(closing string, entries ...string) string {
	return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S-1</Id>` +
		`<Acct><Id><IBAN>JO94CBJO0010000000000131000302</IBAN></Id><Ccy>JOD</Ccy></Acct>` +
		balanceXML("OPBD", "10000.000") + balanceXML("CLBD", closing) + strings.Join(entries, "") + `</Stmt></BkToCstmrStmt></Document>`
}

func balanceXML(kind, amount string) string {
	return fmt.Sprintf(`<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="JOD">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-06-01</Dt></Dt></Bal>`, kind, amount)
}

func entryXML(amount, side, id string) string {
	return fmt.Sprintf(`<Ntry><Amt Ccy="JOD">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-06-01</Dt></BookgDt>`+
		`<NtryDtls><TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`, amount, side, id)
}

// The statement of scenario A10: 10,000.000 − 1,234.567 − 0.433 + 500.000 = 9,265.000.
func TestAStatementInDinarsAddsUp(t *testing.T) {
	entries := []string{entryXML("1234.567", "DBIT", "V-1"), entryXML("0.433", "DBIT", "V-2"), entryXML("500.000", "CRDT", "NOTPROVIDED")}
	s := read(t, []byte(statement("9265.000", entries...)))[0]
	if found := s.Check(); len(found) != 0 {
		t.Error(found)
	}
	if s.Lines[0].EndToEnd != "V-1" || s.Lines[2].EndToEnd != "" || money(s.Lines[1].Amount, "JOD") != "-0.433" {
		t.Errorf("%+v", s.Lines)
	}
	wrong := read(t, []byte(statement("9265.001", entries...)))[0]
	code(t, wrong.Check(), "bankfile.does_not_add_up")
	if text := wrong.Check()[0].Message.In("en"); !strings.Contains(text, "9,265.000") || !strings.Contains(text, "9,265.001") {
		t.Errorf("the sentence hides the figures: %s", text)
	}
}

func TestWhatNoBankSendsIsRefused(t *testing.T) {
	whole := statement("9265.000", entryXML("1.000", "DBIT", "V-1"))
	for name, c := range map[string]struct{ content, code string }{
		"empty":                  {"  \n", "bankfile.empty"},
		"a letter":               {"Dear Sir", "bankfile.unknown_form"},
		"another message":        {strings.ReplaceAll(whole, "camt.053", "camt.052"), "bankfile.unknown_message"},
		"cut":                    {whole[:len(whole)-40], "bankfile.broken_xml"},
		"cut in an entry":        {whole[:strings.Index(whole, "BOOK")], "bankfile.broken_xml"},
		"an entity of its own":   {strings.Replace(whole, `<Document`, `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document`, 1), "bankfile.document_type"},
		"an entity undeclared":   {strings.Replace(whole, "S-1", "&xxe;", 1), "bankfile.broken_xml"},
		"four decimals":          {strings.Replace(whole, "1.000<", "1.0005<", 1), "money.precision"},
		"a negative amount":      {strings.Replace(whole, ">1.000<", ">-1.000<", 1), "bankfile.negative"},
		"31 February":            {strings.Replace(whole, "<BookgDt><Dt>2026-06-01", "<BookgDt><Dt>2026-02-31", 1), "bankfile.bad_date"},
		"no side":                {strings.Replace(whole, "DBIT", "", 1), "bankfile.no_side"},
		"no account":             {strings.Replace(whole, "<IBAN>JO94CBJO0010000000000131000302</IBAN>", "", 1), "bankfile.no_account"},
		"an unknown currency":    {strings.ReplaceAll(whole, `Ccy="JOD"`, `Ccy="XJD"`), "money.currency_unknown"},
		"elements without end":   {strings.Replace(whole, "<Stmt>", strings.Repeat("<a>", 1000), 1), "bankfile.too_deep"},
		"nothing in the cover":   {`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>`, "bankfile.no_statement"},
		"a page of the web":      {"<!DOCTYPE html><html></html>", "bankfile.document_type"},
		"an amount of no bounds": {strings.Replace(whole, ">1.000<", ">"+strings.Repeat("9", 400)+"<", 1), "money.too_large"},
	} {
		t.Run(name, func(t *testing.T) { code(t, refused(t, c.content, nil), c.code) })
	}
}
