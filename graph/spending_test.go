package graph

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
)

// claim takes 12,500.000 from commitment to a prepared voucher and returns the voucher.
func (o *office) claim(rana, omar *caller, amount string) (commitment, voucher string) {
	o.t.Helper()
	lines := []map[string]any{{"key": fuel, "amount": amount}}
	commitment = rana.done("recordCommitment", "RecordCommitmentInput", map[string]any{
		"year": 2026, "subject": "صيانة طريق", "payee": o.supplier, "reference": "C-7", "lines": lines,
	})
	invoice := rana.done("registerInvoice", "RegisterInvoiceInput", map[string]any{
		"commitment": commitment, "payee": o.supplier, "number": uuid.NewString()[:8], "date": "2026-06-01", "receivedOn": "2026-06-02", "lines": lines,
	})
	omar.done("verifyInvoice", "ActOnInvoiceInput", map[string]any{"id": invoice})
	return commitment, rana.done("prepareVoucher", "PrepareVoucherInput", map[string]any{"invoice": invoice, "narration": "المطالبة 7"})
}

// A7: the approval chain, without any screen.
func TestA7TheApprovalChainHoldsWithoutAScreen(t *testing.T) {
	o := openOffice(t)
	rana, omar, huda, samar, zaid := o.as("rana"), o.as("omar"), o.as("huda"), o.as("samar"), o.as("zaid")
	_, voucher := o.claim(rana, omar, "12,500.000")
	step := func() map[string]any {
		return map[string]any{"id": voucher, "reason": "كما في الملف", "reference": "RTGS-1"}
	}
	rana.refused("forbidden", rana.act("auditVoucher", "ActOnVoucherInput", step()))
	zaid.refused("finance.voucher_not_at_step", zaid.act("payVoucher", "ActOnVoucherInput", step()))
	// Omar verified the claim of this voucher; he may audit the voucher only where the rules let him.
	if a := omar.act("auditVoucher", "ActOnVoucherInput", step()); a.Document == nil {
		t.Fatalf("the audit was answered with %+v", a)
	}
	first := huda.act("approveVoucher", "ActOnVoucherInput", step())
	if first.Document == nil || first.Document.StateCode != "spending_officer" {
		t.Fatalf("above her limit Huda's approval is not final, got %+v", first)
	}
	zaid.refused("finance.voucher_not_at_step", zaid.act("payVoucher", "ActOnVoucherInput", step()))
	omar.refused("forbidden", omar.act("approveVoucher", "ActOnVoucherInput", step()))
	if a := samar.act("approveVoucher", "ActOnVoucherInput", step()); a.Document == nil || a.Document.StateCode != "treasury" {
		t.Fatalf("the spending officer's approval is final, got %+v", a)
	}
	paid := zaid.act("payVoucher", "ActOnVoucherInput", step())
	if paid.Document == nil || paid.Document.StateCode != "paid" || paid.Document.Number == "" {
		t.Fatalf("payment was answered with %+v", paid)
	}

	// Zaid reads his own write: line, voucher, both ledgers, and the voucher's history.
	var seen struct {
		Voucher struct {
			StateCode, InWords string
			State              struct{ Ar string }
			Net                struct{ Amount string }
			Payee              struct{ Name struct{ En string } }
			PreparedBy         struct{ Name struct{ En string } }
			ApprovedBy         []struct{ ID string }
			History            struct {
				Nodes []struct{ Type, Number, Position string }
			}
		}
		BudgetLine struct {
			Stages struct {
				Committed, Obligated, Paid, AvailableNow struct{ Amount string }
			}
		}
		TrialBalance struct {
			Balanced bool
			Debit    struct{ Amount string }
		}
		BudgetLedger struct{ Net struct{ Amount string } }
	}
	r := zaid.ask(&seen, `query($id: ID!, $key: String!) {
		voucher(id: $id) { stateCode state { ar } inWords net { amount } payee { name { en } } preparedBy { name { en } } approvedBy { id }
			history(first: 20) { nodes { type number position } } }
		budgetLine(year: 2026, key: $key) { stages { committed { amount } obligated { amount } paid { amount } availableNow { amount } } }
		trialBalance(year: 2026) { balanced debit { amount } }
		budgetLedger(year: 2026) { net { amount } }
	}`, map[string]any{"id": voucher, "key": fuel})
	if r.Extensions["stale"] != nil {
		t.Error("the answer is stale")
	}
	v := seen.Voucher
	if v.StateCode != "paid" || v.State.Ar != "مدفوع" || v.Net.Amount != "12500.000" || v.Payee.Name.En != "Roads Company" ||
		v.PreparedBy.Name.En != "Rana Al-Khatib" || len(v.ApprovedBy) != 2 || !strings.Contains(v.InWords, "اثنا عشر ألف") {
		t.Errorf("the voucher shows %+v", v)
	}
	if n := len(v.History.Nodes); n != 5 || v.History.Nodes[0].Type != "finance.voucher_paid" || v.History.Nodes[n-1].Type != "finance.voucher_prepared" {
		t.Errorf("its history is %+v", v.History.Nodes)
	}
	s := seen.BudgetLine.Stages
	if s.Committed.Amount != "0.000" || s.Obligated.Amount != "12500.000" || s.Paid.Amount != "12500.000" || s.AvailableNow.Amount != "37500.000" {
		t.Errorf("the line shows %+v", s)
	}
	if !seen.TrialBalance.Balanced || seen.TrialBalance.Debit.Amount != "25000.000" || seen.BudgetLedger.Net.Amount != "0.000" {
		t.Errorf("the ledgers show %+v and %+v", seen.TrialBalance, seen.BudgetLedger)
	}
}

func TestRefusalsComeInTheReadersLanguageWithTheirField(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	before, _, err := o.log.Head(t.Context(), eventstore.Main)
	must(t, err)
	for _, c := range []struct {
		name, amount, key, code, path, en, ar string
	}{
		{"too much", "50,000.001", fuel, "finance.budget_insufficient", "lines.0", "50,000.000", "50,000.000"},
		{"too precise", "1.0005", fuel, "money.precision", "lines.0.amount", "more decimals", "منازل"},
		{"negative", "-5", fuel, "", "lines.0.amount", "", ""},
		{"zero", "٠٫٠٠٠", fuel, "", "lines.0.amount", "", ""},
		{"text", "كثير", fuel, "money.not_a_number", "lines.0.amount", "not an amount", "ليس مبلغاً"},
		{"huge", "1e18", fuel, "money.not_a_number", "lines.0.amount", "not an amount", "ليس مبلغاً"},
		{"unknown line", "1.000", "01-9999-0000-000-000000-000", "", "lines.0", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for language, want := range map[string]string{"en": c.en, "ar-JO": c.ar} {
				rana.language = language
				a := rana.act("recordCommitment", "RecordCommitmentInput", map[string]any{
					"year": 2026, "subject": "اختبار", "lines": []map[string]any{{"key": c.key, "amount": c.amount}},
				})
				if a.Document != nil || len(a.Problems) == 0 {
					t.Fatalf("%s was taken: %+v", c.amount, a)
				}
				p := a.Problems[0]
				if c.code != "" && p.Code != c.code || !strings.HasPrefix(p.Path, c.path) || !strings.Contains(p.Message, want) {
					t.Errorf("in %s: %s at %q: %s", language, p.Code, p.Path, p.Message)
				}
				if arabic := strings.ContainsAny(strings.ReplaceAll(p.Message, c.amount, ""), "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"); arabic != (language != "en") {
					t.Errorf("in %s the sentence is %q", language, p.Message)
				}
			}
		})
	}
	after, _, err := o.log.Head(t.Context(), eventstore.Main)
	must(t, err)
	if after != before {
		t.Errorf("refusals moved the log from %d to %d", before, after)
	}
}

func TestACommandSentTwiceIsDoneOnceAndAConflictTellsWhatChanged(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	input := map[string]any{
		"command": uuid.NewString(), "year": 2026, "subject": "عقد", "lines": []map[string]any{{"key": fuel, "amount": "١٠٠٫٥٠٠"}},
	}
	first := rana.act("recordCommitment", "RecordCommitmentInput", input)
	again := rana.act("recordCommitment", "RecordCommitmentInput", input)
	if first.Document == nil || again.Document == nil || !again.Replayed || again.Document.Number != first.Document.Number || again.Position != first.Position {
		t.Fatalf("first %+v\nagain %+v", first, again)
	}
	input["subject"] = "عقد آخر"
	rana.refused("command.id_reused", rana.act("recordCommitment", "RecordCommitmentInput", input))

	amend := func(expected string) act {
		return rana.act("amendCommitment", "AmendCommitmentInput", map[string]any{
			"id": first.Document.ID, "expected": expected, "reason": "زيادة", "lines": []map[string]any{{"key": fuel, "amount": "1.000"}},
		})
	}
	if a := amend(first.Document.Version); a.Document == nil || a.Document.Version != "2" {
		t.Fatalf("the first amendment was answered with %+v", a)
	}
	stale := amend(first.Document.Version)
	rana.refused("conflict", stale)
	if p := stale.Problems[0]; p.Typename != "Conflict" || p.Expected != "1" || p.Actual != "2" || len(p.Changed) != 1 ||
		p.Changed[0].Type != "finance.commitment_amended" || p.Changed[0].Actor != "rana" {
		t.Errorf("the conflict tells %+v", p)
	}
}

func TestTheExecutionReportDrillsFromProgrammeToWhatHoldsTheMoney(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	commitment := rana.done("recordCommitment", "RecordCommitmentInput", map[string]any{
		"year": 2026, "subject": "عقد صيانة طريق", "lines": []map[string]any{{"key": fuel, "amount": "1,240.000"}},
	})
	var report struct {
		ExecutionReport struct {
			Lines   int
			UpTo    string
			Elapsed string
			Total   struct {
				Original, Committed struct{ Amount, Currency string }
			}
			Rows struct {
				Nodes []struct {
					Key      *string
					Lines    int
					Segments []struct {
						Segment, Code string
						Name          struct{ Ar string }
					}
				}
				PageInfo struct{ HasNextPage bool }
			}
		}
	}
	text := `query($by: [SegmentName!]!, $filter: [SegmentFilter!]!) { executionReport(year: 2026, groupBy: $by, filter: $filter) {
		lines upTo elapsed total { original { amount currency } committed { amount currency } }
		rows { nodes { key lines segments { segment code name { ar } } } pageInfo { hasNextPage } } } }`
	rana.ask(&report, text, map[string]any{"by": []string{"PROGRAMME"}, "filter": []any{}})
	e := report.ExecutionReport
	if e.Lines != 2 || e.Total.Original.Amount != "67000.500" || e.Total.Committed.Amount != "1240.000" || e.Total.Original.Currency != "JOD" || e.UpTo == "0" {
		t.Errorf("the report's head is %+v", e)
	}
	if len(e.Rows.Nodes) != 2 || e.Rows.Nodes[0].Segments[0].Code != "4401" || e.Rows.Nodes[0].Segments[0].Name.Ar != "صيانة الطرق" {
		t.Fatalf("its rows are %+v", e.Rows.Nodes)
	}
	rana.ask(&report, text, map[string]any{"by": []string{"ITEM"}, "filter": []any{map[string]any{"segment": "PROGRAMME", "code": "4401"}}})
	row := report.ExecutionReport.Rows.Nodes[0]
	if len(report.ExecutionReport.Rows.Nodes) != 1 || row.Key == nil || *row.Key != fuel {
		t.Fatalf("below programme 4401 are %+v", report.ExecutionReport.Rows.Nodes)
	}
	var held struct {
		Holds struct {
			Nodes []struct {
				Kind, Document, Number, Title, StateCode string
				Amount                                   struct{ Amount string }
			}
		}
	}
	rana.ask(&held, `query($key: String!) { holds(year: 2026, key: $key) { nodes { kind document number title stateCode amount { amount } } } }`, map[string]any{"key": *row.Key})
	if n := held.Holds.Nodes; len(n) != 1 || n[0].Document != commitment || n[0].Kind != "COMMITMENT" || n[0].Amount.Amount != "1240.000" || n[0].Title != "عقد صيانة طريق" {
		t.Errorf("the money is held by %+v", held.Holds.Nodes)
	}
}
