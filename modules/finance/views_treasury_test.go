package finance

import (
	"testing"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections/projectionstest"
)

// What the views of treasury, receipts, advances and trusts show comes from the log alone, however it is
// cut: statements matched and unmatched, one tried again, a day closed with a difference, an advance
// settled in two ways, a trust that was paid from.
func TestTheViewsOfTreasuryDependOnTheLogAlone(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, Categories()...)
	o := openOffice(t, opened(t, log, err))
	o.m.SealWith(openText{})
	o.advances()
	account := o.treasury()
	vouchers, names := o.sent(account)
	first := o.taken(bankFile(1, 10_000_000, bankLine{-1_234_567, names[0]}, bankLine{-433, ""}))[0]
	payment := o.voucher(vouchers[1]).Payment
	match := MatchLines{ID: first.ID, Lines: []int{2}, Journals: []string{payment}}
	for _, back := range []bool{true, false} {
		match.Command = uuid.New()
		o.must(o.m.MatchLines(o.ctx(), o.nour(), match))
		if back {
			o.must(o.m.UnmatchLines(o.ctx(), o.nour(), ActOnStatement{Command: uuid.New(), ID: first.ID, Group: 2, Reason: "wrong"}))
		}
	}
	o.must(o.m.ApproveReconciliation(o.ctx(), o.rita(), ActOnStatement{Command: uuid.New(), ID: first.ID}))
	gap := o.taken(bankFile(3, 9_000_000, bankLine{1_000, "x"}))[0]
	r, err := o.m.RetryStatement(o.ctx(), o.nour(), ActOnStatement{Command: uuid.New(), ID: gap.ID})
	o.refused("finance.statement_gap", "id", r, err)
	o.taken(bankFile(2, 8_765_000, bankLine{235_000, "receipt"}))
	o.must(o.m.RetryStatement(o.ctx(), o.nour(), ActOnStatement{Command: uuid.New(), ID: gap.ID}))
	if s := o.statement(gap.ID); s.Stage != StatementIsAccepted {
		t.Errorf("after the gap was closed the statement is %s", s.Stage)
	}

	book := o.counter()
	o.must(o.issue(book, "25.000", "2026-06-15"))
	wrong := o.must(o.issue(book, "10.500", "2026-06-15"))
	o.must(o.m.CancelReceipt(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), ID: wrong, Reason: "wrong amount"}))
	o.must(o.m.CloseCashierDay(o.ctx(), o.salma(), ActOnReceipt{Command: uuid.New(), Book: book, Counted: "24.000", Reason: "one note is missing"}))
	o.must(o.m.DepositCash(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), Book: book, Amount: "20", Reference: "SLIP-1"}))

	holder := o.payee("Yazan Al-Masri")
	id := o.out(holder, "500.000", "2026-06-01")
	settle := func(amount string) {
		o.must(o.m.ProposeSettlement(o.ctx(), o.rana, ActOnAdvance{Command: uuid.New(), ID: id, Lines: []ChargeInput{{Key: roadsFuel, Amount: amount}}, On: "2026-06-10"}))
	}
	settle("430.250")
	settle("10")
	o.must(o.m.ReturnSettlement(o.ctx(), o.omar, ActOnAdvance{Command: uuid.New(), ID: id, Settlement: 2, Reason: "no bill", On: "2026-06-11"}))
	o.must(o.m.VerifySettlement(o.ctx(), o.omar, ActOnAdvance{Command: uuid.New(), ID: id, Settlement: 1, On: "2026-06-11"}))
	o.must(o.m.ReturnAdvanceCash(o.ctx(), o.lina, ActOnAdvance{Command: uuid.New(), ID: id, Amount: "69.750", Reference: "R-2", On: "2026-06-12"}))

	trust := o.must(o.m.OpenTrust(o.ctx(), o.lina, OpenTrust{Command: uuid.New(), Beneficiary: holder, Purpose: "Guarantee", Codes: Codes{Chapter: "2501"}}))
	act := func() ActOnTrust {
		return ActOnTrust{Command: uuid.New(), ID: trust, Amount: "1000", Reference: "T", Reason: "as agreed", Payment: 1}
	}
	o.must(o.m.ReceiveDeposit(o.ctx(), o.lina, act()))
	ask := act()
	ask.Amount = "400"
	o.must(o.m.RequestTrustPayment(o.ctx(), o.rana, ask))
	o.must(o.m.PayFromTrust(o.ctx(), o.lina, act()))
	ask.Command = uuid.New()
	o.must(o.m.RequestTrustPayment(o.ctx(), o.rana, ask))
	second := act()
	second.Payment = 2
	o.must(o.m.RefuseTrustPayment(o.ctx(), o.zaid, second))

	projectionstest.CatchUp(t, db, o.log, Views()...)
	projectionstest.Equal(t, db, o.log, Views()...)
	reports, err := o.m.NewReports(o.ctx(), db)
	if err != nil {
		t.Fatal(err)
	}
	books, err := reports.CashierBooks(o.ctx(), reader, DocumentQuery{First: 5})
	if err != nil || len(books.Nodes) != 1 || books.Nodes[0].InHand.Amount != o.book(book).InHand || books.Nodes[0].InHand.Amount != 4_000 {
		t.Errorf("the book shows %+v (%v)", books, err)
	}
	trusts, err := reports.Trusts(o.ctx(), reader, byID(trust))
	if err != nil || len(trusts.Nodes) != 1 || trusts.Nodes[0].Balance.Amount != 600_000 || trusts.Nodes[0].Held.Amount != 0 {
		t.Errorf("the trust shows %+v (%v)", trusts, err)
	}
	advances, err := reports.Advances(o.ctx(), reader, byID(id))
	if err != nil || len(advances.Nodes) != 1 || advances.Nodes[0].Outstanding.Amount != 0 || advances.Nodes[0].Waiting.Amount != 0 || advances.Nodes[0].StateCode != "settled" {
		t.Errorf("the advance shows %+v (%v)", advances, err)
	}
}
