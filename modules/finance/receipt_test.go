package finance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

func (o *office) salma() Officer {
	held := map[Permission]bool{MayReceive: true}
	return Officer{ID: "salma", Permissions: held, Units: Everywhere(held)}
}

// teller cancels receipts and confirms deposits.
func (o *office) teller() Officer {
	held := map[Permission]bool{MayCancelReceipt: true, MayDepositCash: true}
	return Officer{ID: "tareq", Permissions: held, Units: Everywhere(held)}
}

func (o *office) counter() string {
	o.t.Helper()
	for _, code := range []string{"111002", "229001", "142001", "142002"} {
		o.given(SegmentStream(Item, code), SegmentValueAdded{Segment: Item, Code: code, Name: kernel.Text{En: code}})
	}
	return o.must(o.m.OpenCashierBook(o.ctx(), o.mazen, OpenCashierBook{
		Command: uuid.New(), Name: kernel.Text{Ar: "صندوق الترخيص", En: "Licensing counter"}, Cashier: "salma",
		Codes: Codes{Fund: "01", Chapter: "2501"}, CashItem: "111002", GapItem: "229001", On: "2026-01-02",
	}))
}

func (o *office) issue(book, amount, day string) (eventstore.Receipt, error) {
	return o.m.IssueReceipt(o.ctx(), o.salma(), IssueReceipt{
		Command: uuid.New(), Book: book, How: InCash, Lines: []ReceiptLineInput{{Item: "142001", Amount: amount, Text: "licence"}}, On: day,
	})
}

func (o *office) receipt(id string) ReceiptVoucher {
	return state[ReceiptVoucher](o, receiptCategory(), receiptStream(id))
}

func (o *office) book(id string) CashierBook {
	return state[CashierBook](o, cashierBookCategory(), cashierBookStream(id))
}

func TestACashiersDay(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		o.advances()
		book := o.counter()
		first, second := o.must(o.issue(book, "25.000", "2026-06-15")), o.must(o.issue(book, "١٠٫٥٠٠", "2026-06-15"))
		r, err := o.issue(book, "0", "2026-06-15")
		o.refused("finance.amount_not_positive", "lines.0.amount", r, err)
		r, err = o.m.IssueReceipt(o.ctx(), o.salma(), IssueReceipt{Command: uuid.New(), Book: book, How: InCash, Lines: []ReceiptLineInput{{Item: "999999", Amount: "1"}}})
		o.refused("finance.segment_unknown", "lines.0.item", r, err)
		r, err = o.issue(book, "1", "2026-06-16")
		o.refused("finance.cashier_day_open", "on", r, err)
		third := o.must(o.issue(book, "4.500", "2026-06-15"))
		for i, id := range []string{first, second, third} {
			if got, want := o.receipt(id).Issued.Number, fmt.Sprintf("%d/2026", i+1); got != want {
				t.Errorf("receipt %s, want %s", got, want) // the refused ones took no number
			}
		}
		r, err = o.m.CancelReceipt(o.ctx(), o.salma(), ActOnReceipt{Command: uuid.New(), ID: third, Reason: "wrong"})
		o.refused("finance.not_permitted", "*", r, err)
		o.must(o.m.CancelReceipt(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), ID: third, Reason: "wrong amount"}))
		r, err = o.m.CancelReceipt(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), ID: third, Reason: "again"})
		o.refused("finance.receipt_cancelled", "id", r, err)

		r, err = o.m.DepositCash(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), Book: book, Amount: "1", Reference: "S"})
		o.refused("finance.above_cash_in_hand", "amount", r, err) // the day is open
		closing := ActOnReceipt{Command: uuid.New(), Book: book, Counted: "35.000"}
		r, err = o.m.CloseCashierDay(o.ctx(), o.salma(), closing)
		if p := o.refused("finance.count_differs", "reason", r, err); !strings.Contains(p.Message.En, "35.500") || !strings.Contains(p.Message.En, "-0.500") {
			t.Errorf("the sentence hides the figures: %s", p.Message.En)
		}
		closing.Command, closing.Reason = uuid.New(), "half a dinar is missing"
		o.must(o.m.CloseCashierDay(o.ctx(), o.salma(), closing))
		r, err = o.issue(book, "1", "2026-06-15")
		o.refused("finance.cashier_day_closed", "on", r, err)
		r, err = o.m.CancelReceipt(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), ID: first, Reason: "late"})
		o.refused("finance.cashier_day_closed", "id", r, err)
		o.must(o.m.DepositCash(o.ctx(), o.teller(), ActOnReceipt{Command: uuid.New(), Book: book, Amount: "35.000", Reference: "SLIP-4", On: "2026-06-16"}))
		if b := o.book(book); b.InHand != 0 || b.Closed.String() != "2026-06-15" {
			t.Errorf("%+v", b)
		}
		books := o.books()
		for account, want := range map[string]int64{"01/111002": 0, "01/142001": -35_500, "01/229001": 500} {
			if got := books.byAccount[account]; got != want {
				t.Errorf("%s holds %d, want %d", account, got, want)
			}
		}
		o.must(o.issue(book, "1.000", "2026-06-16"))
	})
}

func TestOnlyItsCashierIssuesAndOthersConfirm(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	o.advances()
	book := o.counter()
	other := o.salma()
	other.ID = "rima"
	r, err := o.m.IssueReceipt(o.ctx(), other, IssueReceipt{Command: uuid.New(), Book: book, How: InCash, Lines: []ReceiptLineInput{{Item: "142001", Amount: "1"}}})
	o.refused("finance.not_the_cashier", "book", r, err)
	r, err = o.m.IssueReceipt(o.ctx(), o.salma(), IssueReceipt{Command: uuid.New(), Book: book, How: ByCheque, Lines: []ReceiptLineInput{{Item: "142001", Amount: "1"}}})
	o.refused("field.missing", "cheque", r, err)
	r, err = o.m.IssueReceipt(o.ctx(), o.salma(), IssueReceipt{Command: uuid.New(), Book: book, How: "credit", Lines: nil})
	o.refused("finance.paid_by", "how", r, err)
	o.must(o.issue(book, "5", ""))
	o.must(o.m.CloseCashierDay(o.ctx(), o.salma(), ActOnReceipt{Command: uuid.New(), Book: book, Counted: "5"}))
	both := o.salma()
	both.Permissions = map[Permission]bool{MayReceive: true, MayDepositCash: true}
	both.Units = Everywhere(both.Permissions)
	r, err = o.m.DepositCash(o.ctx(), both, ActOnReceipt{Command: uuid.New(), Book: book, Amount: "5", Reference: "S"})
	o.refused("finance.same_person", "book", r, err)
}

// Whatever is taken, cancelled, counted and brought to the bank: what is in hand is what the receipts
// and counts say, and never below zero. planted closes a day on the count without looking at its reason.
func TestWhatIsInHandFollowsReceiptsAndCounts(t *testing.T) {
	if err := inHand(t, CashierBook.close); err != nil {
		t.Error(err)
	}
	planted := func(b CashierBook, counted int64, reason string, by Officer) (CashierDayClosed, error) {
		return CashierDayClosed{Day: b.Day, Receipts: b.Count, Expected: b.InHand, Counted: counted, Reason: reason}, nil
	}
	if inHand(t, planted) == nil {
		t.Error("a day closed with a silent difference was not noticed")
	}
}

func inHand(t *testing.T, closing func(CashierBook, int64, string, Officer) (CashierDayClosed, error)) (broken error) {
	t.Helper()
	salma, tareq := Officer{ID: "salma"}, Officer{ID: "tareq"}
	rapid.Check(t, func(t *rapid.T) {
		b := CashierBook{}.evolve(CashierBookOpened{Cashier: "salma", Currency: "JOD"})
		day, hand := on(t, "2026-06-01"), int64(0)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			amount := rapid.Int64Range(1, 1_000).Draw(t, "amount")
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0, 1:
				if b.mayIssue(salma, day) == nil {
					b, hand = b.evolve(ReceiptBooked{Amount: amount, On: day}), hand+amount
				}
			case 2:
				counted, reason := hand+rapid.Int64Range(-1, 1).Draw(t, "gap"), rapid.SampledFrom([]string{"", "counted twice"}).Draw(t, "reason")
				e, err := closing(b, max(counted, 0), reason, salma)
				if err != nil {
					continue
				}
				if e.Counted != e.Expected && e.Reason == "" || e.Expected != hand {
					broken = fmt.Errorf("a day with %d in hand was closed on %+v", hand, e)
				}
				b, hand, day = b.evolve(e), e.Counted, day.AddDays(1)
			default:
				if b.mayDeposit(amount, tareq) == nil {
					hand -= amount
					b = b.evolve(CashDeposited{Amount: amount, InHand: b.InHand - amount})
				}
			}
			if b.InHand != hand || b.InHand < 0 || b.Today > b.InHand {
				broken = fmt.Errorf("the book says %d is in hand and %d of today; it is %d", b.InHand, b.Today, hand)
			}
		}
	})
	return broken
}
