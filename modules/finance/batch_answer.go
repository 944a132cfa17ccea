package finance

import (
	"context"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// AnswerBatch is what the bank said of one payment of a batch.
type AnswerBatch struct {
	Command  uuid.UUID
	ID       string // of the batch
	Voucher  string
	Rejected bool
	Code     string // of the rejection, ISO 20022 external status reason: "AC01"
	Reason   string // in the bank's words
	On       string // empty = today, or the nearest day of the year
}

// AnswerBatch records the bank's word. A rejected payment is undone on the day of the answer: the money
// is back on our account and the voucher waits for treasury again; what is owed is still owed.
func (m *Module) AnswerBatch(ctx context.Context, by Officer, in AnswerBatch) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPayVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	run := batchRun{
		id: f.code("id", fieldName("id"), in.ID), act: "AnswerBatch", command: in.Command, in: in,
		voucher: f.code("voucher", kernel.Text{Ar: "مستند الصرف", En: "Voucher"}, in.Voucher), stated: f.optionalDate("on", fieldName("on"), in.On),
	}
	code := f.optionalCode("code", kernel.Text{Ar: "رمز الرد", En: "Reason code"}, in.Code)
	reason := f.optionalText("reason", fieldName("reason"), in.Reason)
	if in.Rejected && code == "" && reason == "" {
		f.missing("reason", fieldName("reason"))
	}
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	return m.onBatch(ctx, by, run, func(s *batchDecision) error {
		e, err := s.b.answer(run.voucher, code, reason, in.Rejected, by, s.on)
		if err != nil {
			return err
		}
		s.d.Record(s.batch, e)
		if !in.Rejected {
			return nil
		}
		said := reason
		if code != "" {
			said = code + " " + reason
		}
		return s.payment(0).giveBack(s.id, said)
	})
}

// giveBack undoes a payment that the bank sent back.
func (s *voucherDecision) giveBack(batch, reason string) error {
	if s.v.Stage != VoucherIsPaid || s.v.Batch != batch {
		return s.v.notPaidIn()
	}
	c := s.v.Content
	undo := func(l BudgetLine, amount int64) (eventstore.Event, error) { return l.ReversePayment(amount, s.id) }
	if err := eachLine(s.d, s.t, c.Year, byKey(c.Lines), undo); err != nil {
		return err
	}
	paid := s.t.add(journalStream(s.v.Payment))
	lines := mirrored(eventstore.StateOf[JournalEntry](s.d, paid).Posted.Lines)
	if err := s.post(JournalSource{Kind: MirrorEntry, ID: s.id}, s.v.Payment, lines, reason); err != nil {
		return err
	}
	s.d.Record(paid, JournalReversed{Mirror: s.entry.journal, Reason: reason, On: s.on, By: s.by.Sign()})
	s.record(PaymentReturned{Batch: batch, Reason: reason, Journal: s.entry.journal, On: s.on, By: s.by.Sign()})
	return nil
}

// notPaidIn refuses the return of a payment that was undone meanwhile.
func (v Voucher) notPaidIn() error {
	at := v.Stage.Name()
	return kernel.Problem{Code: "finance.voucher_not_at_step", Path: "voucher", Message: kernel.Text{
		Ar: "المستند " + v.Number + " " + at.Ar + "، فلا دفعة تُعاد.", En: "Voucher " + v.Number + " is " + at.En + "; there is no payment to give back.",
	}}
}
