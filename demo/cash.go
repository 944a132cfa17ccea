package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// roads is where the counter, the advances and the trusts of the demo belong.
func roads() finance.Codes { return finance.Codes{Fund: "01", Chapter: "2501"} }

// cash plans what comes in at the counter, what officers have in hand, and what is held for others.
func (s *seeding) cash() {
	s.act("", "fund/trusts", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.AddSegmentValue(s.ctx, p("dima"), finance.AddSegmentValue{Command: id, Segment: finance.Fund, Code: "05", NameAr: "صندوق الأمانات", NameEn: "Trusts"})
	})
	s.act("", "advance-rules", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.SetAdvanceRules(s.ctx, p("mazen"), finance.SetAdvanceRules{
			Command: id, From: "2026-01-01", Days: 30, Block: true, AdvanceItem: "131002", TrustFund: "05", TrustItem: "333001",
		})
	})
	s.payee("custody-north", kernel.Text{Ar: "عهدة مديرية طرق الشمال", En: "Custody, Northern Roads"}, "", 61)
	s.payee("custody-south", kernel.Text{Ar: "عهدة مديرية طرق الجنوب", En: "Custody, Southern Roads"}, "", 62)
	s.counter()
	s.advance("1", "custody-north", "1,200.000", "قطع غيار لآليات الطريق الصحراوي", "2026-10-04", "2026-10-05", "2026-10-06")
	s.advance("2", "custody-south", "850.000", "محروقات لأعمال الثلوج", "2026-11-10", "2026-11-11", "2026-11-12")
	s.advance("3", "custody-south", "300.000", "نثريات معرض السلامة المرورية", "2026-11-22", "", "")
	s.act("2026-11-18", "advance/2/settle", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ProposeSettlement(s.ctx, p("rana"), finance.ActOnAdvance{
			Command: id, ID: ID("advance/2").String(), On: "2026-11-18", Reason: "فواتير المحروقات 11 إلى 14",
			Lines: []finance.ChargeInput{{Key: find("4402", "001", "221106").key(), Amount: "310.500"}},
		})
	})
	s.trusts()
}

// counter is a cashier's book: two days counted, one with a difference, the cash brought to the bank, and
// a day that is still open.
func (s *seeding) counter() {
	s.act("2026-11-01", "book", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.OpenCashierBook(s.ctx, p("mazen"), finance.OpenCashierBook{
			Command: id, Name: kernel.Text{Ar: "صندوق تصاريح الطرق", En: "Road permits counter"}, Cashier: "nadia", Codes: roads(), CashItem: "111003", GapItem: "229001", On: "2026-11-01",
		})
	})
	book := ID("book").String()
	for _, d := range []struct{ day, counted, reason string }{{"2026-11-18", "152.500", ""}, {"2026-11-19", "151.500", "نقص دينار في العد."}, {"2026-11-22", "", ""}} {
		for i, amount := range []string{"75.000", "52.500", "25.000"} {
			if d.day == "2026-11-19" {
				amount = []string{"100.000", "40.000", "12.500"}[i]
			}
			s.act(d.day, fmt.Sprintf("receipt/%s/%d", d.day, i+1), func(p by, id uuid.UUID) (eventstore.Receipt, error) {
				in := finance.IssueReceipt{
					Command: id, Book: book, Payer: []string{"مؤسسة القافلة للنقل", "خالد محمود الزيود", "شركة البادية"}[i], How: finance.InCash, On: d.day,
					Lines: []finance.ReceiptLineInput{{Item: "142001", Amount: amount, Text: "تصريح حمولة استثنائية"}},
				}
				r, err := s.m.IssueReceipt(s.ctx, p("nadia"), in)
				for _, refusal := range kernel.ProblemsOf(err) {
					if refusal.Code == "finance.vault_missing" { // a log without a vault keeps no names
						in.Payer = ""
						return s.m.IssueReceipt(s.ctx, p("nadia"), in)
					}
				}
				return r, err
			})
		}
		if d.counted == "" {
			continue
		}
		s.act(d.day, "receipt/"+d.day+"/close", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.CloseCashierDay(s.ctx, p("nadia"), finance.ActOnReceipt{Command: id, Book: book, Counted: d.counted, Reason: d.reason, On: d.day})
		})
		s.act(d.day, "receipt/"+d.day+"/deposit", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.DepositCash(s.ctx, p("lina"), finance.ActOnReceipt{Command: id, Book: book, Amount: d.counted, Reference: "SLIP-" + id.String()[:6], On: d.day})
		})
	}
}

// advance is asked for by the office of the roads and goes as far as its days are given.
func (s *seeding) advance(no, holder, amount, purpose, asked, approved, issued string) {
	name := "advance/" + no
	s.act(asked, name, func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.RequestAdvance(s.ctx, p("rana"), finance.RequestAdvance{
			Command: id, Holder: payeeID(holder), Kind: finance.TemporaryAdvance, Purpose: purpose, Year: Year, Amount: amount, Codes: roads(), On: asked,
		})
	})
	if approved == "" {
		return
	}
	s.act(approved, name+"/approve", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ApproveAdvance(s.ctx, p("huda"), finance.ActOnAdvance{Command: id, ID: ID(name).String(), On: approved})
	})
	s.act(issued, name+"/issue", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.IssueAdvance(s.ctx, p("zaid"), finance.ActOnAdvance{Command: id, ID: ID(name).String(), On: issued, Reference: "RTGS-" + id.String()[:8]})
	})
}

// trusts is a contractor's guarantee, a part of it given back and another part asked for.
func (s *seeding) trusts() {
	trust := ID("trust").String()
	s.act("2026-10-11", "trust", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.OpenTrust(s.ctx, p("lina"), finance.OpenTrust{Command: id, Beneficiary: payeeID("10231"), Purpose: "كفالة حسن تنفيذ، طريق جرش", Codes: finance.Codes{Chapter: "2501"}, On: "2026-10-11"})
	})
	s.act("2026-10-11", "trust/deposit", func(p by, id uuid.UUID) (eventstore.Receipt, error) {
		return s.m.ReceiveDeposit(s.ctx, p("lina"), finance.ActOnTrust{Command: id, ID: trust, Amount: "25,000.000", Reference: "IN-" + id.String()[:8], On: "2026-10-11"})
	})
	for i, ask := range []struct{ on, amount, paid string }{{"2026-10-20", "5,000.000", "2026-10-21"}, {"2026-11-19", "4,000.000", ""}} {
		s.act(ask.on, fmt.Sprintf("trust/ask/%d", i+1), func(p by, id uuid.UUID) (eventstore.Receipt, error) {
			return s.m.RequestTrustPayment(s.ctx, p("rana"), finance.ActOnTrust{Command: id, ID: trust, Amount: ask.amount, Reason: "رد جزء من الكفالة بعد الاستلام الأولي", On: ask.on})
		})
		if ask.paid != "" {
			s.act(ask.paid, fmt.Sprintf("trust/pay/%d", i+1), func(p by, id uuid.UUID) (eventstore.Receipt, error) {
				return s.m.PayFromTrust(s.ctx, p("zaid"), finance.ActOnTrust{Command: id, ID: trust, Payment: i + 1, Reference: "RTGS-" + id.String()[:8], On: ask.paid})
			})
		}
	}
}
