package paper

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// stored is an event as its producer promises to store it.
func stored(t *testing.T, name, key string) *eventstore.Recorded {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../modules/finance/testdata/events", name+".v1.json"))
	if err != nil {
		t.Fatal(err)
	}
	category := strings.TrimSuffix(name, "_")
	return &eventstore.Recorded{Type: name, Schema: 1, Data: data, Stream: eventstore.Stream{Category: category, Key: key}}
}

func day(t *testing.T, s string) kernel.Date {
	t.Helper()
	d, err := kernel.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFactsAreReadFromTheProducersOwnSamples(t *testing.T) {
	fuel, parts := "01-2501-4401-001-221105-001", "01-2501-4401-001-221106-001"
	for name, want := range map[string]Fact{
		"finance.voucher_prepared": {
			Kind: "voucher", Step: "prepared", Number: "11874/2026", Subject: "المستخلص السابع", Payee: "p-1", Year: 2026, Amount: 392112500,
			Gross: 412750000, Currency: "JOD", Unit: "2501.0012.", Parents: []Parent{{"invoice", "i-1"}, {"commitment", "c-1"}},
		},
		"finance.invoice_registered": {
			Kind: "invoice", Step: "registered", Number: "77/26", Subject: "المستخلص السابع", Payee: "p-1", Year: 2026, Amount: 412750000,
			Currency: "JOD", Unit: "2501.0012.", Due: day(t, "2026-04-15"), Parents: []Parent{{"commitment", "c-1"}},
		},
		"finance.voucher_approved": {Kind: "voucher", Step: "approved", Final: true},
		"finance.voucher_returned": {Kind: "voucher", Step: "returned", Reason: "تنقص صورة محضر الاستلام"},
		"finance.reservation_opened": {
			Kind: "reservation", Step: "opened", Number: "12/2026", Subject: "طلب شراء", Year: 2026, Amount: 1234501, Currency: "JOD",
			Due: day(t, "2026-09-30"), Keys: []string{fuel, parts},
		},
		"finance.virement_proposed": {
			Kind: "virement", Step: "proposed", Subject: "نقص الوقود", Reason: "نقص الوقود", Year: 2026, Amount: 200000, Currency: "JOD", Keys: []string{fuel, parts},
		},
		"finance.journal_drafted": {
			Kind: "journal", Step: "drafted", Subject: "تصحيح التبويب", Amount: 412750000, Currency: "JOD", Unit: "2501.0012.",
		},
	} {
		got, ok, err := Of(stored(t, name, "d-1"))
		if err != nil || !ok {
			t.Errorf("%s is not read: %v", name, err)
			continue
		}
		want.ID, want.By, want.For = "d-1", "rana", "huda"
		got.At = want.At
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as\n%+v\nwant\n%+v", name, got, want)
		}
	}
}

func TestWhatIsNoDocumentIsReadToo(t *testing.T) {
	line, _, err := Of(stored(t, "finance.budget_line_opened", "2026/01"))
	if err != nil || line.Kind != "line" || line.Unit != "2501.0012." || line.ID != "01-2501-4401-001-221105-001" || line.Year != 2026 {
		t.Errorf("a budget line is read as %+v, %v", line, err)
	}
	limit, _, err := Of(stored(t, "finance.approval_limit_set", "p"))
	if err != nil || limit.Kind != "limit" || limit.ID != "finance_manager" || limit.Amount != 10_000_000 || limit.Due != day(t, "2026-01-01") {
		t.Errorf("a limit is read as %+v, %v", limit, err)
	}
	waiting, _, err := Of(stored(t, "finance.waiting_time_set", "p"))
	if err != nil || waiting.Kind != "waiting" || waiting.Amount != 7 || waiting.Due != day(t, "2026-01-01") {
		t.Errorf("a waiting time is read as %+v, %v", waiting, err)
	}
	payee, _, err := Of(stored(t, "finance.payee_registered", "p-1"))
	if err != nil || payee.Officer != "rana" || payee.Name.En != "North Roads" {
		t.Errorf("a payee is read as %+v, %v", payee, err)
	}
	account, _, err := Of(stored(t, "finance.bank_account_proposed", "p-1"))
	if err != nil || account.ID != "p-1/1" || account.Payee != "p-1" {
		t.Errorf("a bank account is read as %+v, %v", account, err)
	}
}

// Whatever finance stores is read without an error, or left alone.
func TestEverySampleOfTheProducerIsReadable(t *testing.T) {
	files, err := filepath.Glob("../../modules/finance/testdata/events/*.v1.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	read := 0
	for _, file := range files {
		_, ok, err := Of(stored(t, strings.TrimSuffix(filepath.Base(file), ".v1.json"), "2026/1"))
		if err != nil {
			t.Error(err)
		}
		if ok {
			read++
		}
	}
	if read < 40 {
		t.Errorf("only %d of %d samples are steps of documents", read, len(files))
	}
}
