package graph

import "testing"

// A budget is prepared without a screen: asked for by one, decided by another, and the law opens its lines.
func TestABudgetIsPreparedOverTheAPI(t *testing.T) {
	o := openOffice(t)
	rana, sami, mazen := o.as("rana"), o.as("sami"), o.as("mazen")
	sami.done("issueCircular", "IssueCircularInput", map[string]any{"year": 2027, "subject": "بلاغ موازنة 2027", "deadline": "2027-06-30"})
	rana.refused("forbidden", rana.act("setBudgetCeiling", "SetBudgetCeilingInput", map[string]any{"year": 2027, "chapter": "2501", "amounts": []string{"1"}}))
	sami.done("setBudgetCeiling", "SetBudgetCeilingInput", map[string]any{"year": 2027, "chapter": "2501", "amounts": []string{"1000.000", "1000.000", "1000.000"}})
	asks := func(amount string) map[string]any {
		return map[string]any{"year": 2027, "chapter": "2501", "programme": "4401", "lines": []map[string]any{
			{"codes": map[string]any{"fund": "01", "activity": "001", "item": "221105", "source": "001"}, "economic": "CURRENT", "amounts": []string{amount, "900.000", ""}},
		}}
	}
	rana.refused("finance.ceiling_exceeded", rana.act("submitBudgetRequest", "SubmitBudgetRequestInput", asks("1000.001")))
	if id := rana.done("submitBudgetRequest", "SubmitBudgetRequestInput", asks("1000.000")); id != "2027/2501/4401" {
		t.Errorf("the request is named %q", id)
	}
	sami.done("approveBudgetRequest", "DecideBudgetRequestInput", map[string]any{"year": 2027, "chapter": "2501", "programme": "4401"})
	sami.done("consolidateBudget", "StepBudgetInput", map[string]any{"year": 2027})
	sami.done("lockBudget", "StepBudgetInput", map[string]any{"year": 2027})
	sami.refused("forbidden", sami.act("enactBudget", "StepBudgetInput", map[string]any{"year": 2027, "law": "قانون رقم 1 لسنة 2027"}))
	if a := mazen.act("enactBudget", "StepBudgetInput", map[string]any{"year": 2027, "law": "قانون رقم 1 لسنة 2027"}); a.Document == nil || a.Document.StateCode != "cycle_enacted" {
		t.Fatalf("the law was answered with %+v", a)
	}

	var seen struct {
		BudgetCycle struct {
			StateCode, Law string
			Drafts         []struct{ Version int }
		}
		BudgetRequests struct {
			Nodes []struct {
				StateCode string
				Total     struct{ Amount string }
				Lines     []struct {
					Key     string
					Amounts []struct{ Amount string }
				}
			}
		}
		BudgetLine struct {
			Stages struct{ Original struct{ Amount string } }
		}
	}
	mazen.ask(&seen, `query($key: String!) {
		budgetCycle(year: 2027) { stateCode law drafts { version } }
		budgetRequests(year: 2027, first: 5) { nodes { stateCode total { amount } lines { key amounts { amount } } } }
		budgetLine(year: 2027, key: $key) { stages { original { amount } } }
	}`, map[string]any{"key": fuel})
	requests := seen.BudgetRequests.Nodes
	if seen.BudgetCycle.StateCode != "enacted" || seen.BudgetCycle.Law == "" || len(seen.BudgetCycle.Drafts) != 1 {
		t.Errorf("the preparation reads %+v", seen.BudgetCycle)
	}
	if len(requests) != 1 || requests[0].StateCode != "enacted" || requests[0].Total.Amount != "1000.000" || len(requests[0].Lines) != 1 || requests[0].Lines[0].Amounts[1].Amount != "900.000" {
		t.Errorf("the requests read %+v", requests)
	}
	if seen.BudgetLine.Stages.Original.Amount != "1000.000" {
		t.Errorf("the law gives the line %q, want 1000.000", seen.BudgetLine.Stages.Original.Amount)
	}
}
