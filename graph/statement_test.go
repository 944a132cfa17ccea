package graph

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/finance/bankfile"
	"diwan/modules/kernel"
)

// appoint gives a person of the demo another role, in the whole government.
func (o *office) appoint(person, role string) {
	o.t.Helper()
	var all []string
	for _, a := range access.Acts() {
		all = append(all, a.Name)
	}
	_, err := o.config.Access.GrantRole(o.t.Context(), access.Program("test", all...), access.GrantRole{Command: uuid.New(), Person: person, Role: role, Unit: "jo", From: "2026-01-01"})
	must(o.t, err)
}

// bankSays takes a table of the treasury's bank as a person: its lines are amount, account after it, name.
func (o *office) bankSays(person string, lines ...string) []finance.StatementOutcome {
	o.t.Helper()
	standing, ok := o.config.Access.Standing(person, access.Acting{})
	if !ok {
		o.t.Fatalf("%s is nobody", person)
	}
	out, err := o.config.Finance.ImportStatements(o.t.Context(), officer.Finance(&standing), finance.ImportStatements{
		Command: uuid.New(), Content: []byte("day,amount,balance,name\n" + strings.Join(lines, "\n") + "\n"),
		Profile: &bankfile.Profile{Account: "JO71CBJO0000000000001234567890", Currency: "JOD", Booked: "day", Amount: "amount", Balance: "balance", EndToEnd: "name"},
	})
	must(o.t, err)
	return out
}

// A10 without a screen: two lines are matched by their names, one receipt is not; the rest is matched by
// hand, and a second person approves. A statement that does not open where the last closed waits.
func TestA10AStatementIsMatchedByNameThenByHandAndApprovedByAnother(t *testing.T) {
	o := openOffice(t)
	account := o.account()
	lina, zaid := o.as("lina"), o.as("zaid")
	batch := lina.done("buildBatch", "BuildBatchInput", map[string]any{"treasury": account, "vouchers": []string{o.approved("1,234.567"), o.approved("0.433")}})
	zaid.done("releaseBatch", "ActOnBatchInput", map[string]any{"id": batch})
	var sent struct {
		Batch struct{ Payments []struct{ EndToEnd string } }
	}
	zaid.ask(&sent, `query($id: ID!) { batch(id: $id) { payments { endToEnd } } }`, map[string]any{"id": batch})
	o.appoint("omar", "reconciler")
	omar, mazen := o.as("omar"), o.as("mazen")

	taken := o.bankSays("omar", "2026-06-16,-1234.567,8765.433,"+sent.Batch.Payments[0].EndToEnd, "2026-06-16,-0.433,8765.000,"+sent.Batch.Payments[1].EndToEnd, "2026-06-16,500.000,9265.000,")
	if len(taken) != 1 || taken[0].New != 3 || taken[0].Matched != 2 || taken[0].Stage != finance.StatementIsAccepted {
		t.Fatalf("the file was taken as %+v", taken)
	}
	gap := o.bankSays("omar", "2026-06-18,-1.000,11.000,")
	if gap[0].Stage != finance.StatementInQuarantine {
		t.Fatalf("what opens elsewhere was taken as %+v", gap)
	}
	id := taken[0].ID
	omar.after = kernel.Position{Lane: "main", Epoch: o.config.Epoch, N: o.head(t)}.String()
	type money struct{ Amount string }
	look := func() (seen struct {
		Statement struct {
			StateCode, Version   string
			OpenLines, AutoLines int
			Closing              money
			Reconciliation       struct{ Bank, Book, Difference, OpenLines, OpenEntries money }
			ImportedBy           struct{ ID string }
		}
		Statements struct {
			Nodes []struct {
				ID, StateCode string
				Reasons       []struct{ Message struct{ Ar string } }
			}
		}
		StatementLines struct {
			Nodes []struct {
				Line   int
				Amount money
			}
		}
		OpenEntries struct {
			Nodes []struct {
				ID     string
				Amount money
			}
		}
		StatementMatches struct {
			Nodes []struct {
				Group          int
				Auto           bool
				Lines, Entries []struct{ Amount money }
			}
		}
	},
	) {
		omar.ask(&seen, `query($id: ID!, $account: ID!) {
			statement(id: $id) { stateCode version openLines autoLines closing { amount } importedBy { id }
				reconciliation { bank { amount } book { amount } difference { amount } openLines { amount } openEntries { amount } } }
			statements { nodes { id stateCode reasons { message { ar } } } }
			statementLines(id: $id, open: true) { nodes { line amount { amount } } }
			openEntries(id: $account) { nodes { id amount { amount } } }
			statementMatches(id: $id) { nodes { group auto lines { amount { amount } } entries { amount { amount } } } }
		}`, map[string]any{"id": id, "account": account})
		return seen
	}
	s := look()
	if s.Statement.StateCode != "accepted" || s.Statement.OpenLines != 1 || s.Statement.AutoLines != 2 || s.Statement.ImportedBy.ID != "omar" {
		t.Errorf("the statement shows %+v", s.Statement)
	}
	if r := s.Statement.Reconciliation; r.Bank.Amount != "9265.000" || r.Book.Amount != "8765.000" || r.Difference.Amount != "500.000" || r.OpenLines.Amount != "500.000" || r.OpenEntries.Amount != "0.000" {
		t.Errorf("set against the book it shows %+v", r)
	}
	if n := s.StatementLines.Nodes; len(n) != 1 || n[0].Line != 3 || n[0].Amount.Amount != "500.000" {
		t.Errorf("open lines are %+v", n)
	}
	if m := s.StatementMatches.Nodes; len(m) != 2 || !m[0].Auto || len(m[0].Entries) != 1 || m[0].Entries[0].Amount.Amount != "-1234.567" {
		t.Errorf("matches are %+v", m)
	}
	if all := s.Statements.Nodes; len(all) != 2 || all[0].StateCode != "quarantined" || len(all[0].Reasons) != 1 || !strings.Contains(all[0].Reasons[0].Message.Ar, "9,265.000") {
		t.Errorf("statements are %+v", all)
	}
	omar.refused("finance.statement_gap", omar.act("retryStatement", "ActOnStatementInput", map[string]any{"id": gap[0].ID}))
	mazen.refused("finance.lines_unmatched", mazen.act("approveReconciliation", "ActOnStatementInput", map[string]any{"id": id}))

	// The receipt is entered by hand in two entries, and the line is matched with both.
	rana, huda := o.as("rana"), o.as("huda")
	var journals []string
	for _, amount := range []string{"200.000", "300.000"} {
		codes := map[string]any{"fund": "01", "chapter": "2501", "item": "111001"}
		j := rana.done("draftJournal", "DraftJournalInput", map[string]any{"on": "2026-06-15", "narration": "إيراد", "submit": true, "lines": []map[string]any{
			{"codes": codes, "debit": amount}, {"codes": map[string]any{"fund": "01", "chapter": "2501", "item": "332001"}, "credit": amount},
		}})
		huda.done("postJournal", "ActOnJournalInput", map[string]any{"id": j})
		journals = append(journals, j)
	}
	omar.refused("finance.match_differs", omar.act("matchLines", "MatchLinesInput", map[string]any{"id": id, "lines": []int{3}, "journals": journals[:1]}))
	if a := omar.act("matchLines", "MatchLinesInput", map[string]any{"id": id, "lines": []int{3}, "journals": journals}); a.Document == nil {
		t.Fatalf("the match was answered with %+v", a)
	}
	omar.done("unmatchLines", "ActOnStatementInput", map[string]any{"id": id, "group": 3, "reason": "تجربة"})
	omar.done("matchLines", "MatchLinesInput", map[string]any{"id": id, "lines": []int{3}, "journals": journals})
	if s = look(); s.Statement.OpenLines != 0 || s.Statement.Reconciliation.Difference.Amount != "0.000" || len(s.OpenEntries.Nodes) != 0 || len(s.StatementMatches.Nodes) != 3 {
		t.Errorf("matched by hand it shows %+v", s)
	}
	omar.refused("forbidden", omar.act("approveReconciliation", "ActOnStatementInput", map[string]any{"id": id}))
	if a := mazen.act("approveReconciliation", "ActOnStatementInput", map[string]any{"id": id}); a.Document == nil || a.Document.StateCode != "reconciled" {
		t.Fatalf("the approval was answered with %+v", a)
	}
}
