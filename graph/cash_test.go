package graph

import "testing"

// chart adds natural accounts, and the rules of advances and trusts.
func (o *office) chart(items ...string) {
	o.t.Helper()
	dima := o.as("dima")
	for _, item := range items {
		dima.done("addSegmentValue", "AddSegmentValueInput", map[string]any{"segment": "ITEM", "code": item, "nameAr": "حساب " + item, "nameEn": "Account " + item})
	}
}

// A13 without a screen: an advance is settled by its bills and the cash that came back, an overdue one
// stops the next, and a trust pays no more than it holds.
func TestA13AnAdvanceAndATrust(t *testing.T) {
	o := openOffice(t)
	o.chart("132001", "333001")
	o.as("dima").done("addSegmentValue", "AddSegmentValueInput", map[string]any{"segment": "FUND", "code": "05", "nameAr": "الأمانات", "nameEn": "Trusts"})
	rana, omar, huda, lina, zaid, mazen := o.as("rana"), o.as("omar"), o.as("huda"), o.as("lina"), o.as("zaid"), o.as("mazen")
	if a := mazen.act("setAdvanceRules", "SetAdvanceRulesInput", map[string]any{
		"from": "2026-01-01", "days": 30, "block": true, "advanceItem": "132001", "trustFund": "05", "trustItem": "333001",
	}); len(a.Problems) > 0 {
		t.Fatalf("the rules were answered with %+v", a)
	}
	place := map[string]any{"fund": "01", "chapter": "2501"}
	ask := func(amount, on string) act {
		return rana.act("requestAdvance", "RequestAdvanceInput", map[string]any{
			"holder": o.supplier, "kind": "TEMPORARY", "purpose": "قطع غيار على الطريق", "year": 2026, "amount": amount, "codes": place, "on": on,
		})
	}
	a := ask("500.000", "2026-04-01")
	if a.Document == nil || a.Document.StateCode != "requested" {
		t.Fatalf("the request was answered with %+v", a)
	}
	id := a.Document.ID
	step := func(more map[string]any) map[string]any {
		in := map[string]any{"id": id}
		for name, value := range more {
			in[name] = value
		}
		return in
	}
	lina.refused("forbidden", lina.act("approveAdvance", "ActOnAdvanceInput", step(nil)))
	huda.done("approveAdvance", "ActOnAdvanceInput", step(map[string]any{"on": "2026-04-02"}))
	lina.done("issueAdvance", "ActOnAdvanceInput", step(map[string]any{"reference": "RTGS-9", "on": "2026-04-02"}))
	rana.refused("finance.advance_overdue", ask("1.000", "2026-06-02"))

	var seen struct {
		Advance struct {
			Number, StateCode    string
			Overdue              int
			Outstanding, Waiting struct{ Amount string }
			Payee                struct{ Name struct{ Ar string } }
			Settlements          []struct {
				StateCode string
				Lines     []struct{ Key string }
			}
		}
		Advances struct{ Nodes []struct{ ID string } }
	}
	look := func() {
		lina.ask(&seen, `query($id: ID!) { advance(id: $id) { number stateCode overdue outstanding { amount } waiting { amount } payee { name { ar } } settlements { stateCode lines { key } } }
			advances(year: 2026, state: "out") { nodes { id } } }`, map[string]any{"id": id})
	}
	look()
	if v := seen.Advance; v.StateCode != "out" || v.Overdue != 44 || v.Outstanding.Amount != "500.000" || v.Payee.Name.Ar != "شركة الطرق" || len(seen.Advances.Nodes) != 1 {
		t.Errorf("the advance shows %+v", v)
	}
	lines := []map[string]any{{"key": fuel, "amount": "430.250"}}
	rana.done("proposeSettlement", "ActOnAdvanceInput", step(map[string]any{"lines": lines, "reason": "فواتير"}))
	lina.refused("finance.above_outstanding", lina.act("returnAdvanceCash", "ActOnAdvanceInput", step(map[string]any{"amount": "69.751", "reference": "R-1"})))
	omar.done("verifySettlement", "ActOnAdvanceInput", step(map[string]any{"settlement": 1}))
	if a := lina.act("returnAdvanceCash", "ActOnAdvanceInput", step(map[string]any{"amount": "69.750", "reference": "R-2"})); a.Document == nil || a.Document.StateCode != "settled" {
		t.Fatalf("the cash was answered with %+v", a)
	}
	look()
	if v := seen.Advance; v.StateCode != "settled" || v.Outstanding.Amount != "0.000" || len(v.Settlements) != 1 || v.Settlements[0].StateCode != "settled" || v.Settlements[0].Lines[0].Key != fuel {
		t.Errorf("settled it shows %+v", v)
	}

	trust := lina.done("openTrust", "OpenTrustInput", map[string]any{"beneficiary": o.supplier, "purpose": "كفالة حسن تنفيذ", "codes": map[string]any{"chapter": "2501"}})
	lina.done("receiveDeposit", "ActOnTrustInput", map[string]any{"id": trust, "amount": "1000.000", "reference": "D-1"})
	rana.done("requestTrustPayment", "ActOnTrustInput", map[string]any{"id": trust, "amount": "400.000", "reason": "رد جزء"})
	zaid.done("payFromTrust", "ActOnTrustInput", map[string]any{"id": trust, "payment": 1, "reference": "RTGS-10"})
	rana.refused("finance.trust_insufficient", rana.act("requestTrustPayment", "ActOnTrustInput", map[string]any{"id": trust, "amount": "600.001", "reason": "رد الباقي"}))
	var held struct {
		Trust      struct{ Balance, Free struct{ Amount string } }
		TrustMoves struct {
			Nodes []struct {
				StateCode string
				Amount    struct{ Amount string }
				Balance   *struct{ Amount string }
			}
		}
		TrialBalance struct{ Balanced bool }
		BudgetLine   struct {
			Stages struct{ Paid struct{ Amount string } }
		}
	}
	zaid.ask(&held, `query($id: ID!, $key: String!) { trust(id: $id) { balance { amount } free { amount } }
		trustMoves(id: $id) { nodes { stateCode amount { amount } balance { amount } } }
		trialBalance(year: 2026, fund: "05") { balanced } budgetLine(year: 2026, key: $key) { stages { paid { amount } } } }`, map[string]any{"id": trust, "key": fuel})
	if m := held.TrustMoves.Nodes; held.Trust.Balance.Amount != "600.000" || len(m) != 2 || m[0].StateCode != "paid" || m[0].Balance.Amount != "600.000" || m[1].StateCode != "received" {
		t.Errorf("the trust shows %+v", held)
	}
	if !held.TrialBalance.Balanced || held.BudgetLine.Stages.Paid.Amount != "430.250" {
		t.Errorf("the fund of trusts and the budget show %+v", held)
	}
}

// A day at the counter: receipts numbered without a gap, one voided by a second person, the day counted,
// and the cash brought to the bank by another person than the cashier.
func TestACashiersDayWithoutAScreen(t *testing.T) {
	o := openOffice(t)
	o.chart("111002", "229001", "142001")
	o.appoint("nour", "cashier")
	nour, lina, mazen := o.as("nour"), o.as("lina"), o.as("mazen")
	book := mazen.done("openCashierBook", "OpenCashierBookInput", map[string]any{
		"name": map[string]any{"ar": "صندوق الترخيص", "en": "Licensing counter"}, "cashier": "nour", "codes": map[string]any{"fund": "01", "chapter": "2501"},
		"cashItem": "111002", "gapItem": "229001", "on": "2026-01-02",
	})
	issue := func(amount string) act {
		return nour.act("issueReceipt", "IssueReceiptInput", map[string]any{"book": book, "how": "CASH", "lines": []map[string]any{{"item": "142001", "amount": amount, "text": "رخصة"}}})
	}
	first, second := issue("25.000"), issue("10.500")
	if first.Document == nil || first.Document.Number != "1/2026" || second.Document == nil || second.Document.Number != "2/2026" {
		t.Fatalf("the receipts were answered with %+v and %+v", first, second)
	}
	nour.refused("forbidden", nour.act("cancelReceipt", "CancelReceiptInput", map[string]any{"id": second.Document.ID, "reason": "خطأ"}))
	lina.done("cancelReceipt", "CancelReceiptInput", map[string]any{"id": second.Document.ID, "reason": "خطأ في المبلغ"})
	lina.refused("finance.above_cash_in_hand", lina.act("depositCash", "DepositCashInput", map[string]any{"book": book, "amount": "25.000", "reference": "SLIP-1"}))
	nour.refused("finance.count_differs", nour.act("closeCashierDay", "CloseCashierDayInput", map[string]any{"book": book, "counted": "24.000"}))
	if a := nour.act("closeCashierDay", "CloseCashierDayInput", map[string]any{"book": book, "counted": "25.000"}); a.Document == nil || a.Document.StateCode != "closed" {
		t.Fatalf("the close was answered with %+v", a)
	}
	lina.done("depositCash", "DepositCashInput", map[string]any{"book": book, "amount": "25.000", "reference": "SLIP-1"})
	var seen struct {
		CashierBook struct {
			Day                 *string
			Closed              string
			InHand, Depositable struct{ Amount string }
			Cashier             struct{ ID string }
		}
		CashierDays struct {
			Nodes []struct {
				Receipts            int
				Counted, Difference struct{ Amount string }
			}
		}
		Receipts struct {
			Nodes []struct {
				Number, StateCode string
				Lines             []struct {
					Item struct{ Code string }
					Text string
				}
			}
		}
		TrialBalance struct{ Balanced bool }
	}
	lina.ask(&seen, `query($id: ID!) { cashierBook(id: $id) { day closed inHand { amount } depositable { amount } cashier { id } }
		cashierDays(id: $id) { nodes { receipts counted { amount } difference { amount } } }
		receipts(book: $id, on: "2026-06-15") { nodes { number stateCode lines { item { code } text } } } trialBalance(year: 2026) { balanced } }`, map[string]any{"id": book})
	if b := seen.CashierBook; b.Day != nil || b.Closed != "2026-06-15" || b.InHand.Amount != "0.000" || b.Cashier.ID != "nour" {
		t.Errorf("the book shows %+v", b)
	}
	if d := seen.CashierDays.Nodes; len(d) != 1 || d[0].Receipts != 1 || d[0].Counted.Amount != "25.000" || d[0].Difference.Amount != "0.000" {
		t.Errorf("its days are %+v", d)
	}
	if r := seen.Receipts.Nodes; len(r) != 2 || r[0].StateCode != "cancelled" || r[1].Number != "1/2026" || r[1].Lines[0].Item.Code != "142001" || !seen.TrialBalance.Balanced {
		t.Errorf("receipts are %+v", r)
	}
}
