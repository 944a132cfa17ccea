package graph

import "testing"

// approved takes a claim of the amount to where it waits for treasury.
func (o *office) approved(amount string) string {
	o.t.Helper()
	rana, omar, huda := o.as("rana"), o.as("omar"), o.as("huda")
	_, voucher := o.claim(rana, omar, amount)
	omar.done("auditVoucher", "ActOnVoucherInput", map[string]any{"id": voucher})
	huda.done("approveVoucher", "ActOnVoucherInput", map[string]any{"id": voucher})
	return voucher
}

// account opens the treasury's account at the central bank: 10,000.000 dinars.
func (o *office) account() string {
	o.t.Helper()
	return o.as("mazen").done("openTreasuryAccount", "OpenTreasuryAccountInput", map[string]any{
		"name": map[string]any{"ar": "حساب الخزينة العامة", "en": "General treasury"}, "iban": "JO71CBJO0000000000001234567890", "bic": "CBJOJOAX",
		"item": "111001", "opening": "10,000.000", "on": "2026-01-02",
	})
}

// A9 without a screen: one builds, another releases, the bank sends the second payment back.
func TestA9ABatchIsTheWorkOfTwoPeopleAndOfTheirBank(t *testing.T) {
	o := openOffice(t)
	account := o.account()
	vouchers := []string{o.approved("1,234.567"), o.approved("0.433"), o.approved("10.000")}
	lina, zaid, rana := o.as("lina"), o.as("zaid"), o.as("rana")
	build := map[string]any{"treasury": account, "vouchers": vouchers, "payOn": "2026-06-16"}
	rana.refused("forbidden", rana.act("buildBatch", "BuildBatchInput", build))
	a := lina.act("buildBatch", "BuildBatchInput", build)
	if a.Document == nil || a.Document.StateCode != "built" || a.Document.Number == "" {
		t.Fatalf("building was answered with %+v", a)
	}
	batch := a.Document.ID
	step := func() map[string]any { return map[string]any{"id": batch} }
	lina.refused("finance.same_person", lina.act("releaseBatch", "ActOnBatchInput", step()))
	if a := zaid.act("releaseBatch", "ActOnBatchInput", step()); a.Document == nil || a.Document.StateCode != "released" {
		t.Fatalf("the release was answered with %+v", a)
	}
	answer := func(n int, rejected bool) act {
		return zaid.act("answerBatch", "AnswerBatchInput", map[string]any{
			"id": batch, "voucher": vouchers[n], "rejected": rejected, "code": map[bool]string{true: "AC01"}[rejected], "reason": map[bool]string{true: "رقم الحساب خطأ"}[rejected],
		})
	}
	answer(0, false)
	answer(1, true)
	if a := answer(2, false); a.Document == nil || a.Document.StateCode != "settled" {
		t.Fatalf("the last answer was answered with %+v", a)
	}

	var seen struct {
		Batch struct {
			Number, StateCode, InWords string
			State, TreasuryName        struct{ Ar string }
			Total                      struct{ Amount string }
			Count, Answered, Rejected  int
			BuiltBy, ReleasedBy        struct{ ID string }
			Payments                   []struct {
				AnswerCode, Code, Reason, EndToEnd string
				Answer                             *struct{ Ar string }
				Payee                              struct{ Name struct{ Ar string } }
			}
			History struct {
				Nodes []struct {
					Type  string
					Title struct{ Ar string }
				}
			}
		}
		Batches          struct{ Nodes []struct{ ID string } }
		Voucher          struct{ StateCode string }
		TreasuryAccounts struct {
			Nodes []struct{ BookBalance, BankBalance struct{ Amount string } }
		}
		TrialBalance struct{ Balanced bool }
	}
	zaid.ask(&seen, `query($id: ID!, $voucher: ID!) {
		batch(id: $id) { number stateCode state { ar } treasuryName { ar } inWords total { amount } count answered rejected builtBy { id } releasedBy { id }
			payments { answerCode code reason endToEnd answer { ar } payee { name { ar } } } history(first: 20) { nodes { type title { ar } } } }
		batches(year: 2026, state: "settled") { nodes { id } }
		voucher(id: $voucher) { stateCode }
		treasuryAccounts { nodes { bookBalance { amount } bankBalance { amount } } }
		trialBalance(year: 2026) { balanced }
	}`, map[string]any{"id": batch, "voucher": vouchers[1]})
	b := seen.Batch
	if b.Total.Amount != "1245.000" || b.Count != 3 || b.Answered != 3 || b.Rejected != 1 || b.BuiltBy.ID != "lina" || b.ReleasedBy.ID != "zaid" ||
		b.TreasuryName.Ar != "حساب الخزينة العامة" || b.State.Ar == "" || b.InWords == "" {
		t.Errorf("the batch shows %+v", b)
	}
	if p := b.Payments[1]; p.AnswerCode != "rejected" || p.Code != "AC01" || p.Reason != "رقم الحساب خطأ" || p.Answer == nil || p.Payee.Name.Ar != "شركة الطرق" {
		t.Errorf("the payment that was sent back shows %+v", p)
	}
	if n := len(b.History.Nodes); n != 5 || b.History.Nodes[n-1].Title.Ar != "جُهزت دفعة الصرف" {
		t.Errorf("its history is %+v", b.History.Nodes)
	}
	if len(seen.Batches.Nodes) != 1 || seen.Voucher.StateCode != "treasury" || !seen.TrialBalance.Balanced {
		t.Errorf("the list, the voucher and the ledger show %+v", seen)
	}
	if a := seen.TreasuryAccounts.Nodes; len(a) != 1 || a[0].BookBalance.Amount != "8755.433" || a[0].BankBalance.Amount != "10000.000" {
		t.Errorf("the account shows %+v", a)
	}
}
