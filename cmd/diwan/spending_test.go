package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// officeDay is a day on which the demo's periods are open, whatever the calendar says when this runs.
const officeDay = "2026-11-24"

// act carries out one act of a person and returns the document's id and state.
func act(t *testing.T, home, person string, args ...string) (id, state string) {
	t.Helper()
	a := runProgram(t, home, append([]string{"finance"}, append(args, "--as", person, "--json")...)...)
	v := oneValue(t, a.out)
	document, _ := v["document"].(map[string]any)
	if a.status != exitDone || document == nil {
		t.Fatalf("%s %v: status %d\n%s%s", person, args, a.status, a.out, a.err)
	}
	return document["id"].(string), document["stateCode"].(string)
}

// refused requires that an act is refused with a sentence, and that nothing else happens.
func refused(t *testing.T, home, person, code string, args ...string) {
	t.Helper()
	a := runProgram(t, home, append([]string{"finance"}, append(args, "--as", person, "--json")...)...)
	if a.status != exitRefused || !strings.Contains(a.out, `"`+code) {
		t.Fatalf("%s %v: status %d, want a refusal %s\n%s%s", person, args, a.status, code, a.out, a.err)
	}
	oneValue(t, a.out)
}

// A stranger takes money of the law to a paid voucher by command line, through different people,
// beside the running demo, and has the log prove it.
func TestMoneyFromTheLawToThePayeeByCommandLine(t *testing.T) {
	_, home := demoOffice(t)
	report := oneValue(t, runProgram(t, home, "finance", "execution", "--year", "2026", "--filter", "segment=chapter,code=2501", "--filter", "segment=item,code=221107", "--as", "nour", "--json").out)
	line := report["rows"].(map[string]any)["nodes"].([]any)[0].(map[string]any)
	key := line["key"].(string)

	payee, _ := act(t, home, "dima", "register-payee", "--kind", "company", "--name", "ar=مكتبة الاختبار,en=Test Stationers", "--register", "99"+uuid.NewString()[:6], "--on", "2026-11-01")
	act(t, home, "dima", "propose-bank-account", "--payee", payee, "--iban", "JO94CBJO0010000000000131000302", "--on", "2026-11-01")
	refused(t, home, "dima", "forbidden", "approve-bank-account", "--payee", payee, "--account", "1")
	act(t, home, "huda", "approve-bank-account", "--payee", payee, "--account", "1", "--on", "2026-11-02")

	command := uuid.Must(uuid.NewV7()).String()
	commit := []string{"commit", "--year", "2026", "--subject", "قرطاسية", "--payee", payee, "--line", "key=" + key + ",amount=1,250.500", "--on", officeDay, "--command", command}
	commitment, _ := act(t, home, "rana", commit...)
	if again, _ := act(t, home, "rana", commit...); again != commitment {
		t.Errorf("the same command twice made two commitments: %s and %s", commitment, again)
	}
	refused(t, home, "rana", "finance.budget_insufficient", "commit", "--year", "2026", "--subject", "too much", "--payee", payee, "--line", "key="+key+",amount=999999999.000", "--on", officeDay)
	refused(t, home, "rana", "", "commit", "--year", "2026", "--subject", "four decimals", "--payee", payee, "--line", "key="+key+",amount=1.2345", "--on", officeDay)

	invoice, _ := act(t, home, "rana", "register-invoice", "--commitment", commitment, "--payee", payee, "--number", "INV-1", "--date", officeDay, "--received-on", officeDay, "--line", "key="+key+",amount=٧٥٠٫٢٥٠")
	refused(t, home, "rana", "forbidden", "verify-invoice", "--id", invoice)
	if _, state := act(t, home, "omar", "verify-invoice", "--id", invoice, "--on", officeDay); state != "verified" {
		t.Errorf("the claim is %s", state)
	}
	voucher, _ := act(t, home, "rana", "prepare-voucher", "--invoice", invoice, "--on", officeDay)
	refused(t, home, "rana", "forbidden", "audit-voucher", "--id", voucher)
	refused(t, home, "huda", "finance", "approve-voucher", "--id", voucher, "--on", officeDay) // not audited
	act(t, home, "omar", "audit-voucher", "--id", voucher, "--on", officeDay)
	act(t, home, "huda", "approve-voucher", "--id", voucher, "--on", officeDay)
	if _, state := act(t, home, "lina", "pay-voucher", "--id", voucher, "--on", officeDay, "--reference", "CBJ-1"); state != "paid" {
		t.Errorf("the voucher is %s", state)
	}
	refused(t, home, "lina", "finance", "pay-voucher", "--id", voucher, "--on", officeDay, "--reference", "CBJ-2")

	after := oneValue(t, runProgram(t, home, "finance", "line", "--year", "2026", "--key", key, "--as", "nour", "--json").out)
	stages := after["stages"].(map[string]any)
	if stages["paid"] == line["stages"].(map[string]any)["paid"] {
		t.Errorf("the line does not show the payment: %v", stages)
	}
	balance := oneValue(t, runProgram(t, home, "finance", "trial-balance", "--year", "2026", "--as", "nour", "--json").out)
	if balance["balanced"] != true || balance["debit"] != balance["credit"] {
		t.Errorf("the trial balance does not balance: %v %v", balance["debit"], balance["credit"])
	}
	ledger := oneValue(t, runProgram(t, home, "finance", "budget-ledger", "--year", "2026", "--as", "nour", "--json").out)
	if ledger["net"] != "0.000" {
		t.Errorf("the budget ledger nets to %v", ledger["net"])
	}
}

// What was done is sealed, verified, and proved to somebody who has no database.
func TestTheDemoIsProved(t *testing.T) {
	o, home := demoOffice(t)
	a := runProgram(t, home, "verify", "--json")
	v := oneValue(t, a.out)
	if a.status != exitDone || v["ok"] != true || v["projections_ok"] != true {
		t.Fatalf("status %d\n%s%s", a.status, a.out, a.err)
	}
	if status, body := o.get(t, "/log/checkpoint"); status != 200 || !strings.Contains(body, "diwan/main/epoch-1") {
		t.Errorf("the newest checkpoint is not published: %d %s", status, body)
	}
	a = runProgram(t, home, "prove", "3000") // of finance
	if a.status != exitDone {
		t.Fatalf("status %d\n%s", a.status, a.err)
	}
	proof := filepath.Join(t.TempDir(), "proof.txt")
	if err := os.WriteFile(proof, []byte(a.out), 0o600); err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere") // a home without a database
	if a := runProgram(t, nowhere, "prove", "--check", proof, "--key", filepath.Join(home, "keys", "log.key.pub"), "--json"); a.status != exitDone || oneValue(t, a.out)["trusted"] != true {
		t.Errorf("our checker: status %d\n%s%s", a.status, a.out, a.err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Log("the checker in JavaScript was left out: there is no node here")
	} else if out, err := exec.Command(node, "../../docs/checker.js", proof).CombinedOutput(); err != nil {
		t.Errorf("the checker in JavaScript: %v\n%s", err, out)
	}
	if err := os.WriteFile(proof, []byte(strings.Replace(a.out, "finance", "finanse", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := runProgram(t, nowhere, "prove", "--check", proof, "--json"); a.status != exitRefused {
		t.Errorf("a changed proof is accepted: status %d\n%s", a.status, a.out)
	}
	if _, err := os.Stat(filepath.Join(nowhere, "postgres")); err == nil {
		t.Error("checking a proof made a database")
	}
}
