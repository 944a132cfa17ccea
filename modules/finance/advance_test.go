package finance

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// advances sets the rules of the scenario: temporary advances are due after 30 days and block the next.
func (o *office) advances() {
	o.t.Helper()
	for _, code := range []string{"132001", "333001"} {
		o.given(SegmentStream(Item, code), SegmentValueAdded{Segment: Item, Code: code, Name: kernel.Text{En: code}})
	}
	o.must(o.m.SetAdvanceRules(o.ctx(), o.mazen, SetAdvanceRules{
		Command: uuid.New(), From: "2026-01-01", Days: 30, Block: true, AdvanceItem: "132001", TrustFund: "05", TrustItem: "333001",
	}))
}

func (o *office) requested(holder, amount, day string) (eventstore.Receipt, error) {
	return o.m.RequestAdvance(o.ctx(), o.rana, RequestAdvance{
		Command: uuid.New(), Holder: holder, Kind: TemporaryAdvance, Purpose: "Spare parts on the road", Year: 2026, Amount: amount,
		Codes: Codes{Fund: "01", Chapter: "2501"}, On: day,
	})
}

func (o *office) out(holder, amount, day string) string {
	o.t.Helper()
	id := o.must(o.requested(holder, amount, day))
	o.must(o.m.ApproveAdvance(o.ctx(), o.huda, ActOnAdvance{Command: uuid.New(), ID: id, On: day}))
	o.must(o.m.IssueAdvance(o.ctx(), o.lina, ActOnAdvance{Command: uuid.New(), ID: id, On: day, Reference: "RTGS-9"}))
	return id
}

func (o *office) advance(id string) Advance {
	return state[Advance](o, advanceCategory(), advanceStream(id))
}

// A13, advances: limit 30 days; issue 500.000; settle 430.250 + cash 69.750: outstanding 0.000; an
// officer overdue by a day asks for another: refused.
func TestA13AnAdvanceIsSettledAndAnOverdueOneBlocksTheNext(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		o.advances()
		holder, late := o.payee("Yazan Al-Masri"), o.payee("Hind Saleh")
		id := o.out(holder, "500.000", "2026-06-01")
		before := o.line(roadsFuel)
		if a := o.advance(id); a.Outstanding != 500_000 || a.Due.String() != "2026-07-01" || before.Obligated != 0 {
			t.Errorf("issued: %+v; the budget line %+v", a, before)
		}
		propose := func(amount string) (eventstore.Receipt, error) {
			return o.m.ProposeSettlement(o.ctx(), o.rana, ActOnAdvance{Command: uuid.New(), ID: id, Lines: []ChargeInput{{Key: roadsFuel, Amount: amount}}, On: "2026-06-10"})
		}
		r, err := propose("500.001")
		o.refused("finance.above_outstanding", "lines", r, err)
		o.must(propose("430.250"))
		r, err = o.m.ReturnAdvanceCash(o.ctx(), o.lina, ActOnAdvance{Command: uuid.New(), ID: id, Amount: "69.751", Reference: "R-1", On: "2026-06-10"})
		o.refused("finance.above_outstanding", "amount", r, err)
		r, err = o.m.VerifySettlement(o.ctx(), o.rana, ActOnAdvance{Command: uuid.New(), ID: id, Settlement: 1, On: "2026-06-11"})
		o.refused("finance.not_permitted", "*", r, err)
		o.must(o.m.VerifySettlement(o.ctx(), o.omar, ActOnAdvance{Command: uuid.New(), ID: id, Settlement: 1, On: "2026-06-11"}))
		r, err = o.m.VerifySettlement(o.ctx(), o.omar, ActOnAdvance{Command: uuid.New(), ID: id, Settlement: 1, On: "2026-06-11"})
		o.refused("finance.settlement_unknown", "settlement", r, err)
		o.must(o.m.ReturnAdvanceCash(o.ctx(), o.lina, ActOnAdvance{Command: uuid.New(), ID: id, Amount: "69.750", Reference: "R-2", On: "2026-06-12"}))
		if a := o.advance(id); a.Outstanding != 0 || a.Stage != AdvanceIsSettled {
			t.Errorf("settled: %+v", a)
		}
		after := o.line(roadsFuel)
		if after.Obligated-before.Obligated != 430_250 || after.Paid-before.Paid != 430_250 {
			t.Errorf("the budget shows %d obligated and %d paid of the settlement", after.Obligated-before.Obligated, after.Paid-before.Paid)
		}
		if books := o.books(); books.byAccount["01/132001"] != 0 {
			t.Errorf("the ledger still holds %d of the advance", books.byAccount["01/132001"])
		}
		o.must(o.requested(holder, "10.000", "2026-06-13")) // who settled may ask again

		o.out(late, "200.000", "2026-05-01") // due 31 May
		o.must(o.requested(late, "1.000", "2026-05-31"))
		r, err = o.requested(late, "1.000", "2026-06-01")
		if p := o.refused("finance.advance_overdue", "holder", r, err); !strings.Contains(p.Message.En, "2026-05-31") {
			t.Errorf("the sentence does not say since when: %s", p.Message.En)
		}
	})
}

func TestNobodyHoldsTwoStepsOfAnAdvance(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	o.advances()
	holder := o.payee("Yazan Al-Masri")
	all := o.rana
	all.Limit = Unlimited
	all.Permissions = map[Permission]bool{MayPrepareVoucher: true, MayApproveVoucher: true, MayPayVoucher: true, MayVerifyInvoice: true}
	all.Units = Everywhere(all.Permissions)
	id := o.must(o.m.RequestAdvance(o.ctx(), all, RequestAdvance{
		Command: uuid.New(), Holder: holder, Kind: PermanentAdvance, Purpose: "Imprest", Year: 2026, Amount: "300", Codes: Codes{Fund: "01", Chapter: "2501"},
	}))
	act := ActOnAdvance{Command: uuid.New(), ID: id, Reference: "R", Reason: "no"}
	r, err := o.m.ApproveAdvance(o.ctx(), all, act)
	o.refused("finance.same_person", "id", r, err)
	r, err = o.m.RefuseAdvance(o.ctx(), all, act)
	o.refused("finance.same_person", "id", r, err)
	act.Command = uuid.New()
	o.must(o.m.ApproveAdvance(o.ctx(), o.huda, act))
	act.Command = uuid.New()
	r, err = o.m.IssueAdvance(o.ctx(), all, act)
	o.refused("finance.same_person", "id", r, err)
	act.Command = uuid.New()
	o.must(o.m.IssueAdvance(o.ctx(), o.lina, act))
	if a := o.advance(id); a.Due.String() != "2026-12-31" {
		t.Errorf("a permanent advance is due %s", a.Due)
	}
	act.Command, act.Lines = uuid.New(), []ChargeInput{{Key: roadsFuel, Amount: "1"}}
	o.must(o.m.ProposeSettlement(o.ctx(), all, act))
	act.Command, act.Lines, act.Settlement = uuid.New(), nil, 1
	r, err = o.m.VerifySettlement(o.ctx(), all, act)
	o.refused("finance.same_person", "settlement", r, err)
}

func (o *office) trust(id string) Trust { return state[Trust](o, trustCategory(), trustStream(id)) }

// A13, trusts: deposit 1,000.000, pay 400.000, pay 600.001: balance 600.000, the last refused; the budget
// shows none of it; the trust fund balances.
func TestA13ATrustIsNeverBelowZeroAndNotInTheBudget(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		o.advances()
		id := o.must(o.m.OpenTrust(o.ctx(), o.lina, OpenTrust{
			Command: uuid.New(), Beneficiary: o.supplier, Purpose: "Performance deposit", Codes: Codes{Chapter: "2501"}, On: "2026-06-01",
		}))
		act := func(by Officer, amount string, payment int, do func(*Module, ActOnTrust) (eventstore.Receipt, error)) (eventstore.Receipt, error) {
			return do(o.m, ActOnTrust{Command: uuid.New(), ID: id, Amount: amount, Payment: payment, Reference: "R-1", Reason: "work done", On: "2026-06-02"})
		}
		deposit := func(m *Module, in ActOnTrust) (eventstore.Receipt, error) {
			return m.ReceiveDeposit(o.ctx(), o.lina, in)
		}
		request := func(m *Module, in ActOnTrust) (eventstore.Receipt, error) {
			return m.RequestTrustPayment(o.ctx(), o.rana, in)
		}
		pay := func(m *Module, in ActOnTrust) (eventstore.Receipt, error) { return m.PayFromTrust(o.ctx(), o.zaid, in) }
		refuse := func(m *Module, in ActOnTrust) (eventstore.Receipt, error) {
			return m.RefuseTrustPayment(o.ctx(), o.zaid, in)
		}
		before := o.line(roadsFuel)
		o.must(act(o.lina, "1,000.000", 0, deposit))
		o.must(act(o.rana, "400.000", 0, request))
		r, err := act(o.rana, "600.001", 0, request) // 400.000 are held by the request
		o.refused("finance.trust_insufficient", "amount", r, err)
		o.must(act(o.zaid, "", 1, pay))
		r, err = act(o.rana, "600.001", 0, request)
		if p := o.refused("finance.trust_insufficient", "amount", r, err); !strings.Contains(p.Message.En, "600.000") {
			t.Errorf("the sentence hides what is free: %s", p.Message.En)
		}
		r, err = act(o.zaid, "", 1, pay)
		o.refused("finance.trust_payment_unknown", "payment", r, err)
		o.must(act(o.rana, "600.000", 0, request))
		o.must(act(o.zaid, "", 2, refuse))
		if s := o.trust(id); s.Balance != 600_000 || s.Free() != 600_000 {
			t.Errorf("balance %d, free %d", s.Balance, s.Free())
		}
		books := o.books()
		if books.byFund["05"] != 0 || books.byAccount["05/333001"] != -600_000 {
			t.Errorf("the trust fund is out by %d and holds %d", books.byFund["05"], books.byAccount["05/333001"])
		}
		if after := o.line(roadsFuel); after != before {
			t.Errorf("a budget line moved from %+v to %+v", before, after)
		}
	})
}

// Whatever is asked for in whatever order, a trust never goes below zero, and requests never hold more
// than it has. planted takes requests without looking, which the test must notice.
func TestATrustNeverPaysMoreThanItHas(t *testing.T) {
	if err := trustHolds(t, Trust.request); err != nil {
		t.Error(err)
	}
	planted := func(s Trust, p TrustPaymentRequested) (TrustPaymentRequested, error) {
		p.Payment = len(s.Asked) + 1
		return p, nil
	}
	if trustHolds(t, planted) == nil {
		t.Error("a trust that takes any request was not noticed")
	}
}

func trustHolds(t *testing.T, request func(Trust, TrustPaymentRequested) (TrustPaymentRequested, error)) (broken error) {
	t.Helper()
	by, other := Officer{ID: "lina"}, Officer{ID: "rana"}
	rapid.Check(t, func(t *rapid.T) {
		s := Trust{}.evolve(TrustOpened{Beneficiary: "p", Currency: "JOD"})
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			amount := rapid.Int64Range(1, 1_000).Draw(t, "amount")
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				s = s.evolve(DepositReceived{Amount: amount, Balance: s.Balance + amount})
			case 1:
				if e, err := request(s, TrustPaymentRequested{Amount: amount, Payee: "p", By: other.Sign()}); err == nil {
					s = s.evolve(e)
				}
			default:
				n := rapid.IntRange(0, len(s.Asked)+1).Draw(t, "payment")
				if p, err := s.asked(n, by, Payee{}, kernel.Date{}); err == nil {
					s = s.evolve(TrustPaid{Payment: n, Amount: p.Amount, Balance: s.Balance - p.Amount})
				}
			}
			if s.Balance < 0 || s.Free() < 0 {
				broken = errors.New("the trust is below zero")
			}
		}
	})
	return broken
}
