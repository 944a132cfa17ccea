package finance

import (
	"context"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// CloseCashierDay counts what is in hand at the end of a day. A difference is booked with its reason.
func (m *Module) CloseCashierDay(ctx context.Context, by Officer, in ActOnReceipt) (eventstore.Receipt, error) {
	return m.onBook(ctx, by, in, "CloseCashierDay", MayReceive, func(s *bookDecision) error {
		counted, err := kernel.ParseAmount(in.Counted, s.b.Opened.Currency)
		if err != nil {
			return at("counted", err)
		}
		if counted < 0 || counted > largestAmount {
			return at("counted", notPositive())
		}
		e, err := s.b.close(counted, in.Reason, by)
		if err != nil {
			return err
		}
		if gap := counted - e.Expected; gap != 0 {
			lines := s.between(s.b.Opened.CashItem, s.b.Opened.GapItem, gap)
			if e.Journal, err = s.post(e.Day, lines, in.Reason); err != nil {
				return err
			}
		}
		s.d.Record(s.book, e)
		return nil
	})
}

// DepositCash brings cash of closed days to the bank; another person than the cashier confirms it.
func (m *Module) DepositCash(ctx context.Context, by Officer, in ActOnReceipt) (eventstore.Receipt, error) {
	return m.onBook(ctx, by, in, "DepositCash", MayDepositCash, func(s *bookDecision) error {
		var f form
		amount := f.payment("amount", in.Amount, s.b.Opened.Currency)
		f.add("", s.b.mayDeposit(amount, by))
		f.code("reference", fieldName("reference"), in.Reference)
		if err := f.result(); err != nil {
			return err
		}
		bank, err := s.policy.bankOn(s.on, in.BankItem)
		if err != nil {
			return err
		}
		journal, err := s.post(s.on, s.between(bank, s.b.Opened.CashItem, amount), in.Reference)
		if err != nil {
			return err
		}
		s.d.Record(s.book, CashDeposited{
			Amount: amount, BankItem: bank, Reference: in.Reference, InHand: s.b.InHand - amount, Journal: journal, On: s.on, By: by.Sign(),
		})
		return nil
	})
}

// bookDecision is what one step of a book decides on.
type bookDecision struct {
	d      *eventstore.Decision
	by     Officer
	id     string
	book   int
	b      CashierBook
	policy PaymentPolicy
	on     kernel.Date
	entry  posting
}

// between is an entry of one amount from credit to debit; below zero it goes the other way.
func (s *bookDecision) between(debit, credit string, amount int64) []LedgerLine {
	if amount < 0 {
		debit, credit, amount = credit, debit, -amount
	}
	codes := s.b.Opened.Codes
	return numbered([]LedgerLine{{Codes: codes.With(Item, debit), Debit: amount}, {Codes: codes.With(Item, credit), Credit: amount}})
}

func (s *bookDecision) post(on kernel.Date, lines []LedgerLine, narration string) (string, error) {
	_, err := s.entry.post(s.d, s.by, on, s.b.Opened.Currency, JournalSource{Kind: ReceiptEntry, ID: s.id}, "", lines, narration)
	return s.entry.journal, err
}

// onBook names the streams of a book's step and decides.
func (m *Module) onBook(ctx context.Context, by Officer, in ActOnReceipt, act string, permission Permission, decide func(*bookDecision) error) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, permission) {
		return eventstore.Receipt{}, f.result()
	}
	id, on := f.code("book", kernel.Text{Ar: "الدفتر", En: "Book"}, in.Book), m.dayOr(&f, in.On)
	f.optionalText("reason", fieldName("reason"), in.Reason)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return untilStill(func() (eventstore.Receipt, error) {
		known, err := prior[CashierBook](ctx, m, by, act, cashierBookCategory(), cashierBookStream(id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if !known.Known() {
			return eventstore.Receipt{}, missing("book")
		}
		year := on.Year() // that of the entry: a closed day's difference is its own
		if act == "CloseCashierDay" && !known.Day.IsZero() {
			year = known.Day.Year()
		}
		var t touches
		book, policy := t.expect(cashierBookStream(id), seen(in.Seen)), t.add(paymentPolicyStream())
		entry := touchPosting(&t, in.Command, year)
		return m.execute(ctx, by, in.Command, act, in, &t, func(d *eventstore.Decision) error {
			s := &bookDecision{
				d: d, by: by, id: id, book: book, b: eventstore.StateOf[CashierBook](d, book),
				policy: eventstore.StateOf[PaymentPolicy](d, policy), on: on, entry: entry,
			}
			if act == "CloseCashierDay" && !s.b.Day.IsZero() && s.b.Day.Year() != year {
				return errMoved
			}
			return decide(s)
		})
	})
}
