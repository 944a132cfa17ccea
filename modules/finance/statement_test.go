package finance

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// openText keeps sealed data as it is: what these tests look at is not the sealing.
type openText struct{}

func (openText) Seal(_ context.Context, _ uuid.UUID, plain []byte) ([]byte, error) { return plain, nil }

func (openText) Open(_ context.Context, _ uuid.UUID, sealed []byte) ([]byte, error) {
	return sealed, nil
}

// bankLine is one entry of a statement written as MT940.
type bankLine struct {
	amount int64 // fils
	name   string
}

// bankFile writes an MT940 statement of the fixture's account.
func bankFile(number int, opening int64, lines ...bankLine) []byte {
	text := func(n int64) string { return strings.Replace(kernel.FormatAmount(max(n, -n), "JOD"), ".", ",", 1) }
	side := func(n int64) string {
		if n < 0 {
			return "D"
		}
		return "C"
	}
	var b strings.Builder
	fmt.Fprintf(&b, ":20:S%d\n:25:JO71CBJO0000000000001234567890\n:28C:%d\n:60F:%s260615JOD%s\n", number, number, side(opening), text(opening))
	for _, l := range lines {
		fmt.Fprintf(&b, ":61:2606150615%s%sNTRFNONREF//B1\n:86:166?20EREF+%s ?32شركة\n", side(l.amount), text(l.amount), l.name)
		opening += l.amount
	}
	fmt.Fprintf(&b, ":62F:%s260615JOD%s\n-\n", side(opening), text(opening))
	return []byte(b.String())
}

func (o *office) nour() Officer {
	held := map[Permission]bool{MayReconcile: true}
	return Officer{ID: "nour", Permissions: held, Units: Everywhere(held)}
}

func (o *office) rita() Officer {
	held := map[Permission]bool{MayApproveReconciled: true, MayReconcile: true}
	return Officer{ID: "rita", Permissions: held, Units: Everywhere(held)}
}

func (o *office) taken(file []byte) []StatementOutcome {
	o.t.Helper()
	out, err := o.m.ImportStatements(o.ctx(), o.nour(), ImportStatements{Command: uuid.New(), Content: file})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func (o *office) statement(id string) Statement {
	return state[Statement](o, statementCategory(), statementStream(id))
}

// sent is three vouchers paid in one batch; it returns them and their names for the bank.
func (o *office) sent(treasury string) (vouchers, names []string) {
	o.t.Helper()
	vouchers = []string{o.approved("1,234.567"), o.approved("0.433")}
	batch := o.built(treasury, vouchers...)
	o.must(o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: batch}))
	for _, p := range state[PaymentBatch](o, batchCategory(), batchStream(batch)).Built.Payments {
		names = append(names, p.EndToEnd)
	}
	return vouchers, names
}

// A10: book 10,000.000; the statement brings −1,234.567, −0.433 and +500.000 and closes with 9,265.000.
func TestA10AStatementIsTakenAndMatched(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		o.m.SealWith(openText{})
		vouchers, names := o.sent(o.treasury())
		file := bankFile(1, 10_000_000, bankLine{-1_234_567, names[0]}, bankLine{-433, names[1]}, bankLine{500_000, "receipt"})
		got := o.taken(file)[0]
		if got.Stage != StatementIsAccepted || got.New != 3 || got.Matched != 2 {
			t.Fatalf("%+v", got)
		}
		s := o.statement(got.ID)
		if s.Imported.Closing != 9_265_000 || s.Matched[1] == 0 || s.Matched[2] == 0 || s.Matched[3] != 0 {
			t.Errorf("matched %v, closing %d", s.Matched, s.Imported.Closing)
		}
		if j := o.entry(o.voucher(vouchers[0]).Payment); j.Cleared != got.ID {
			t.Error("the payment's entry does not say which statement shows it")
		}
		if again := o.taken(file)[0]; again.New != 0 || again.ID != got.ID || again.Stage != StatementIsAccepted {
			t.Errorf("the same file again: %+v", again)
		}
		copied := strings.Replace(string(file), ":20:S1", ":20:COPY", 1)
		if again := o.taken([]byte(copied))[0]; again.New != 0 {
			t.Errorf("a copy of the statement: %+v", again)
		}
		gap := o.taken(bankFile(3, 9_000_000, bankLine{1_000, "x"}))[0]
		if gap.Stage != StatementInQuarantine || len(gap.Reasons) != 1 || gap.Reasons[0].Code != "finance.statement_gap" {
			t.Errorf("a statement that does not open where the last closed: %+v", gap)
		}
		if text := gap.Reasons[0].Message.En; !strings.Contains(text, "9,000.000") || !strings.Contains(text, "9,265.000") {
			t.Errorf("the reason hides the figures: %s", text)
		}
		// The missing one comes, and the quarantined one is tried again.
		o.taken(bankFile(2, 9_265_000, bankLine{-265_000, "fee"}))
		if after := o.taken(bankFile(3, 9_000_000, bankLine{1_000, "x"}))[0]; after.Stage != StatementIsAccepted || after.New != 0 {
			t.Errorf("after the gap was closed: %+v", after)
		}
	})
}

func TestLinesAndEntriesAreMatchedManyToManyAndTakenBack(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	o.m.SealWith(openText{})
	vouchers, _ := o.sent(o.treasury())
	id := o.taken(bankFile(1, 10_000_000, bankLine{-1_000_000, ""}, bankLine{-235_000, ""}))[0].ID
	var journals []string
	for _, v := range vouchers {
		journals = append(journals, o.voucher(v).Payment)
	}
	match := func(lines []int, journals ...string) (eventstore.Receipt, error) {
		return o.m.MatchLines(o.ctx(), o.nour(), MatchLines{Command: uuid.New(), ID: id, Lines: lines, Journals: journals})
	}
	r, err := match([]int{1}, journals[0])
	if p := o.refused("finance.match_differs", "lines", r, err); !strings.Contains(p.Message.En, "234.567") {
		t.Errorf("the sentence hides the difference: %s", p.Message.En)
	}
	r, err = match([]int{1, 9}, journals...)
	o.refused("finance.statement_line_unknown", "lines.1", r, err)
	r, err = match([]int{1, 1}, journals...)
	o.refused("finance.line_matched", "lines.1", r, err)
	r, err = match(nil, journals...)
	o.refused("finance.match_size", "lines", r, err)
	r, err = match([]int{1, 2}, uuid.NewString())
	o.refused("finance.entry_not_posted", "journals.0", r, err)
	r, err = o.m.ApproveReconciliation(o.ctx(), o.rita(), ActOnStatement{Command: uuid.New(), ID: id})
	o.refused("finance.lines_unmatched", "id", r, err)

	o.must(match([]int{1, 2}, journals...))
	r, err = match([]int{2}, journals[0])
	o.refused("finance.entry_cleared", "journals.0", r, err)
	r, err = o.m.UnmatchLines(o.ctx(), o.nour(), ActOnStatement{Command: uuid.New(), ID: id, Group: 7, Reason: "wrong"})
	o.refused("finance.match_unknown", "group", r, err)
	o.must(o.m.UnmatchLines(o.ctx(), o.nour(), ActOnStatement{Command: uuid.New(), ID: id, Group: 1, Reason: "another payment"}))
	if s := o.statement(id); len(s.Matched) != 0 || o.entry(journals[0]).Cleared != "" {
		t.Errorf("after it was taken back: %v", s.Matched)
	}
	o.must(match([]int{1, 2}, journals...))
	nour := o.nour()
	nour.Permissions[MayApproveReconciled], nour.Units[MayApproveReconciled] = true, []string{""}
	r, err = o.m.ApproveReconciliation(o.ctx(), nour, ActOnStatement{Command: uuid.New(), ID: id})
	o.refused("finance.same_person", "id", r, err)
	o.must(o.m.ApproveReconciliation(o.ctx(), o.rita(), ActOnStatement{Command: uuid.New(), ID: id}))
	r, err = o.m.UnmatchLines(o.ctx(), o.nour(), ActOnStatement{Command: uuid.New(), ID: id, Group: 2, Reason: "late"})
	o.refused("finance.statement_stage", "id", r, err)
}

func TestAStatementOfNobodysAccountIsRefused(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	o.m.SealWith(openText{})
	_, err := o.m.ImportStatements(o.ctx(), o.nour(), ImportStatements{Command: uuid.New(), Content: bankFile(1, 0)})
	o.refused("finance.treasury_account_unknown", "statements.1.account", eventstore.Receipt{}, err)
	_, err = o.m.ImportStatements(o.ctx(), o.nour(), ImportStatements{Command: uuid.New(), Content: []byte("Dear Sir")})
	o.refused("bankfile.unknown_form", "file", eventstore.Receipt{}, err)
	_, err = o.m.ImportStatements(o.ctx(), o.rana, ImportStatements{Command: uuid.New(), Content: bankFile(1, 0)})
	o.refused("finance.not_permitted", "*", eventstore.Receipt{}, err)
}

// Whatever files come, in whatever order and how often: the book moves only along statements that open
// where the last one closed, each once, and every entry stands on at most one line's match. planted
// leaves out the check that the statement follows, which the test must notice.
func TestTheBookFollowsItsStatements(t *testing.T) {
	broken := func(s StatementImported, _ TreasuryAccount) []QuarantineReason { return nil }
	if err := bookFollows(t, StatementImported.follows); err != nil {
		t.Error(err)
	}
	if bookFollows(t, broken) == nil {
		t.Error("a book that takes any statement was not noticed")
	}
}

// bookFollows folds random statements by a rule and looks whether the book has a gap or a double.
func bookFollows(t *testing.T, follows func(StatementImported, TreasuryAccount) []QuarantineReason) (broken error) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		a := TreasuryAccount{Opened: TreasuryAccountOpened{IBAN: "x", Currency: "JOD", Opening: 100}, Closing: 100}
		for i := range rapid.IntRange(1, 30).Draw(t, "statements") {
			before := a.Closing
			s := StatementImported{
				Currency: "JOD", Opening: rapid.SampledFrom([]int64{100, 0, before, before + 1}).Draw(t, "opening"),
				Closing: rapid.Int64Range(0, 200).Draw(t, "closing"),
			}
			if len(follows(s, a)) == 0 {
				a = a.evolve(StatementTaken{Statement: fmt.Sprint(i), Opening: s.Opening, Closing: s.Closing})
				if s.Opening != before {
					broken = fmt.Errorf("the book went from %d to a statement that opens with %d", before, s.Opening)
				}
			} else if s.Opening == before {
				broken = fmt.Errorf("a statement that follows was kept out")
			}
		}
	})
	return broken
}
