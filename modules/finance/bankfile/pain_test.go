package bankfile

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"diwan/modules/kernel"
)

func dayOf(t testing.TB, s string) kernel.Date {
	t.Helper()
	d, err := kernel.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// orders are the three vouchers of scenario A9: 1,234.567 + 0.433 + 10.000 = 1,245.000.
func orders(t testing.TB, v Version) Orders {
	t.Helper()
	o := Orders{
		Version: v, ID: "B-2026-000017", Made: time.Date(2026, 6, 3, 9, 30, 0, 0, time.UTC), Initiator: "وزارة المالية",
		Debtor: Payer{"الخزينة العامة", "JO94CBJO0010000000000131000302", "CBJOJOAX"}, Day: dayOf(t, "2026-06-04"), Currency: "JOD",
	}
	for i, p := range []struct {
		amount int64
		name   string
	}{{1_234_567, "شركة الأمل للمقاولات"}, {433, "مؤسسة النور & إخوانه"}, {10_000, "Amman <Office> Supplies"}} {
		o.Payments = append(o.Payments, Payment{
			EndToEnd: fmt.Sprintf("V-2026-%06d", i+1), Amount: p.amount, Name: p.name,
			IBAN: "JO94CBJO0010000000000131000302", BIC: "CBJOJOAX", Country: "JO", Text: "مطالبة رقم ٧",
		})
	}
	return o
}

func written(t testing.TB, o Orders) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A9: the file is valid to its schema; 3 payments, control sum 1245.000, Arabic names kept; the same
// bytes the second time.
func TestThePaymentFileIsValidToItsSchema(t *testing.T) {
	file := written(t, orders(t, Pain03))
	for _, want := range []string{"<NbOfTxs>3</NbOfTxs>", "<CtrlSum>1245.000</CtrlSum>", "<Nm>شركة الأمل للمقاولات</Nm>", "<Nm>مؤسسة النور &amp; إخوانه</Nm>"} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if again := written(t, orders(t, Pain03)); !bytes.Equal(file, again) {
		t.Error("the second time the file has other bytes")
	}
	valid(t, "iso20022/xsd/pain.001.001.03.xsd", file)
	noBank := orders(t, Pain03)
	noBank.Debtor.BIC, noBank.Payments[0].BIC, noBank.Payments[1].Country, noBank.Payments[2].Text = "", "", "", ""
	valid(t, "iso20022/xsd/pain.001.001.03.xsd", written(t, noBank))
}

// valid has xmllint hold a file against a schema, and makes sure that the schema can refuse.
func valid(t *testing.T, schema string, file []byte) {
	t.Helper()
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("not run: xmllint is not installed (scripts/setup.sh test brings it)")
	}
	against := func(content []byte) ([]byte, error) {
		c := exec.CommandContext(t.Context(), lint, "--noout", "--nonet", "--schema", filepath.Clean(sharedPath(t, schema)), "-")
		c.Stdin = bytes.NewReader(content)
		return c.CombinedOutput()
	}
	if said, err := against(file); err != nil {
		t.Errorf("the schema refuses the file: %s", said)
	}
	if _, err := against(bytes.Replace(file, []byte("<PmtMtd>TRF"), []byte("<PmtMtd>XXX"), 1)); err == nil {
		t.Error("the schema takes a broken file, so it proves nothing")
	}
}

func TestTheNinthVersionDiffersInDayAndBank(t *testing.T) {
	file := string(written(t, orders(t, Pain09)))
	for _, want := range []string{"pain.001.001.09", "<ReqdExctnDt>\n        <Dt>2026-06-04</Dt>", "<BICFI>CBJOJOAX</BICFI>"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if err := xml.Unmarshal([]byte(file), new(struct{})); err != nil {
		t.Error(err)
	}
}

func TestWhatABankWouldRefuseIsNotWritten(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Orders)
		code  string
		path  string
	}{
		"no payment":     {func(o *Orders) { o.Payments = nil }, "bankfile.no_payment", "payments"},
		"36 characters":  {func(o *Orders) { o.Payments[1].EndToEnd = strings.Repeat("x", 36) }, "bankfile.bad_id", "rows.2.endToEnd"},
		"an Arabic id":   {func(o *Orders) { o.ID = "دفعة-1" }, "bankfile.bad_id", "id"},
		"the same twice": {func(o *Orders) { o.Payments[2].EndToEnd = o.Payments[0].EndToEnd }, "bankfile.doubled_id", "rows.3.endToEnd"},
		"nothing":        {func(o *Orders) { o.Payments[0].Amount = 0 }, "bankfile.not_positive", "rows.1.amount"},
		"less":           {func(o *Orders) { o.Payments[0].Amount = -1 }, "bankfile.not_positive", "rows.1.amount"},
		"too much":       {func(o *Orders) { o.Payments[0].Amount = 1<<63 - 1 }, "bankfile.too_large", "payments"},
		"no name":        {func(o *Orders) { o.Payments[0].Name = " " }, "bankfile.no_name", "rows.1.name"},
		"a long text":    {func(o *Orders) { o.Payments[0].Text = strings.Repeat("ن", 141) }, "bankfile.too_long_text", "rows.1.text"},
		"a bell":         {func(o *Orders) { o.Payments[0].Name = "A\aB" }, "bankfile.bad_name", "rows.1.name"},
		"no day":         {func(o *Orders) { o.Day = kernel.Date{} }, "bankfile.no_date", "day"},
	} {
		t.Run(name, func(t *testing.T) {
			o := orders(t, Pain03)
			c.spoil(&o)
			var b bytes.Buffer
			found := kernel.ProblemsOf(o.Write(&b))
			code(t, found, c.code)
			if len(found) > 0 && found[0].Path != c.path || b.Len() > 0 {
				t.Errorf("at %s, want %s; %d bytes written", found[0].Path, c.path, b.Len())
			}
		})
	}
}
