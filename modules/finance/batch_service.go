package finance

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance/bankfile"
	"diwan/modules/kernel"
)

// mostPayments of one batch: each is a voucher, a payee, its lines and an entry of the same commit.
const mostPayments = 200

// BuildBatch gathers vouchers that wait for treasury; the batch's id is the command's.
type BuildBatch struct {
	Command  uuid.UUID
	Treasury string   // the account the money leaves
	Vouchers []string // in the order of the file
	PayOn    string   // empty = the day it is built
	On       string   // empty = today, or the nearest day of the year
}

// BuildBatch puts vouchers of one year and currency into a batch, to the account each payee has on
// the day of payment. They are paid when another person releases it.
func (m *Module) BuildBatch(ctx context.Context, by Officer, in BuildBatch) (eventstore.Receipt, error) {
	var f form
	if !f.permit(by, MayPayVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	treasury := f.code("treasury", kernel.Text{Ar: "حساب الخزينة", En: "Treasury account"}, in.Treasury)
	payOn, stated := f.optionalDate("payOn", kernel.Text{Ar: "يوم الصرف", En: "Day of payment"}, in.PayOn), f.optionalDate("on", fieldName("on"), in.On)
	ids := f.batchVouchers(in.Vouchers)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	today, id := m.today(), in.Command.String()
	return untilStill(func() (eventstore.Receipt, error) {
		known, err := m.vouchers(ctx, by, "BuildBatch", ids)
		if err != nil {
			return eventstore.Receipt{}, err
		}
		year := known[0].Content.Year
		var t touches
		batch, series, account := t.add(batchStream(id)), t.add(seriesStream(batchSeries, year)), t.add(treasuryAccountStream(treasury))
		setting := t.addSetting(year)
		places := make([][2]int, len(ids))
		for i, v := range known {
			places[i] = [2]int{t.add(voucherStream(ids[i])), t.add(payeeStream(v.Content.Payee))}
		}
		return m.execute(ctx, by, in.Command, "BuildBatch", in, &t, func(d *eventstore.Decision) error {
			s, from := setting.of(d, stated, today), eventstore.StateOf[TreasuryAccount](d, account)
			if err := from.mustBeKnown("treasury"); err != nil {
				return err
			}
			b := BatchBuilt{Year: year, Treasury: treasury, Currency: from.Opened.Currency, PayOn: payOn, On: s.on, By: by.Sign()}
			if b.PayOn.IsZero() {
				b.PayOn = s.on
			}
			var f form
			for i, place := range places {
				v, payee := eventstore.StateOf[Voucher](d, place[0]), eventstore.StateOf[Payee](d, place[1])
				if v.Content.Payee != known[i].Content.Payee {
					return errMoved
				}
				p, err := v.schedule(b, ids[i], payee, by)
				f.add(fmt.Sprintf("vouchers.%d", i), err)
				if err == nil {
					b.Payments, b.Total = append(b.Payments, p), b.Total+p.Amount
					d.Record(place[0], VoucherScheduled{Batch: id, On: s.on, By: by.Sign()})
				}
			}
			if err := f.result(); err != nil {
				return err
			}
			b.Number = takeNumber(d, series, year, id)
			d.Record(batch, b)
			return nil
		})
	})
}

// batchVouchers reads the vouchers of a batch: some, not too many, each once.
func (f *form) batchVouchers(in []string) []string {
	if len(in) == 0 || len(in) > mostPayments {
		f.add("vouchers", refused("finance.batch_size", "",
			"في الدفعة %d مستند. المطلوب من 1 إلى %d.", "The batch has %d vouchers. From 1 to %d are needed.", len(in), mostPayments))
		return nil
	}
	seen := map[string]bool{}
	ids := make([]string, len(in))
	for i, v := range in {
		path := fmt.Sprintf("vouchers.%d", i)
		ids[i] = f.code(path, fieldName("id"), v)
		if _, err := uuid.Parse(ids[i]); err != nil && ids[i] != "" {
			f.add(path, missing(""))
		}
		if seen[ids[i]] {
			f.add(path, refused("finance.voucher_twice", "", "المستند مدرج في الدفعة مرتين.", "The voucher stands in the batch twice."))
		}
		seen[ids[i]] = true
	}
	return ids
}

// vouchers reads the vouchers of a batch as they stand; all must be there.
func (m *Module) vouchers(ctx context.Context, by Officer, act string, ids []string) ([]Voucher, error) {
	all := make([]Voucher, len(ids))
	var f form
	for i, id := range ids {
		v, err := prior[Voucher](ctx, m, by, act, voucherCategory(), voucherStream(id))
		if err != nil {
			return nil, err
		}
		if !v.Known() {
			f.add(fmt.Sprintf("vouchers.%d", i), missing(""))
		}
		all[i] = v
	}
	return all, f.result()
}

// schedule decides that a voucher goes into a batch.
func (v Voucher) schedule(b BatchBuilt, id string, payee Payee, by Officer) (BatchPayment, error) {
	if err := v.mayTake(voucherAct{StepSchedule, by, b.On, v.Content.Payee, payee}, voucherDuties()); err != nil {
		return BatchPayment{}, unplaced(err)
	}
	switch {
	case v.Content.Year != b.Year:
		return BatchPayment{}, refused("finance.batch_year", "", "المستند %s من سنة أخرى.", "Voucher %s is of another year.", v.Number)
	case v.Content.Currency != b.Currency:
		return BatchPayment{}, refused("finance.currency_differs", "",
			"المستند %s بعملة %s والحساب بعملة %s.", "Voucher %s is in %s, the account in %s.", v.Number, v.Content.Currency, b.Currency)
	case v.Content.Net == 0:
		return BatchPayment{}, refused("finance.nothing_to_pay", "",
			"صافي المستند %s صفر، فلا حوالة له.", "Voucher %s pays nothing after deductions; no transfer is made of it.", v.Number)
	}
	account, err := payee.mustHaveAccount(b.PayOn)
	if err != nil {
		return BatchPayment{}, unplaced(err)
	}
	name, err := uuid.Parse(id)
	if err != nil {
		return BatchPayment{}, missing("")
	}
	return BatchPayment{
		Voucher: id, Number: v.Number, Payee: v.Content.Payee, Account: account, Amount: v.Content.Net,
		EndToEnd: endToEnd(name, v.Scheduled+1),
	}, nil
}

// unplaced takes the field off a refusal, which then stands at the row it belongs to.
func unplaced(err error) error {
	all := slices.Clone(kernel.ProblemsOf(err))
	if len(all) == 0 {
		return err
	}
	for i := range all {
		all[i].Path = ""
	}
	return all
}

// ActOnBatch names a batch for one of the steps below.
type ActOnBatch struct {
	Command uuid.UUID
	ID      string
	Seen    int64
	On      string
	Form    string // of a release: the version of the file, empty = pain.001.001.03
	Reason  string // of a drop
}

// ReleaseBatch is the second person's step: every voucher of the batch is paid in the same commit.
func (m *Module) ReleaseBatch(ctx context.Context, by Officer, in ActOnBatch) (eventstore.Receipt, error) {
	if in.Form == "" {
		in.Form = string(bankfile.Pain03)
	}
	var f form
	if v := bankfile.Version(in.Form); v != bankfile.Pain03 && v != bankfile.Pain09 {
		f.add("form", refused("finance.batch_form", "", "صيغة الملف pain.001.001.03 أو pain.001.001.09.", "The file's form is pain.001.001.03 or pain.001.001.09."))
	}
	return m.stepBatch(ctx, by, in, "ReleaseBatch", f, func(s *batchDecision) error {
		e, err := s.b.release(in.Form, by, s.on)
		if err != nil {
			return err
		}
		for i := range s.payments {
			p := s.payment(i)
			if err := p.mayTake(StepPay); err != nil {
				return s.of(i, err)
			}
			if p.payee.AccountOn(s.on) != s.b.Built.Payments[i].Account {
				return s.of(i, refused("finance.account_changed", "",
					"تغيّر حساب المستفيد بعد تجهيز الدفعة. تُلغى الدفعة وتُجهّز من جديد.",
					"The payee's bank account changed after the batch was built. Drop the batch and build it again."))
			}
			if err := p.pay(s.account.Opened.Item, s.b.Built.Payments[i].EndToEnd, s.b.Built.Payments[i].Account); err != nil {
				return s.of(i, err)
			}
		}
		s.d.Record(s.batch, e)
		return nil
	})
}

// DropBatch ends a batch that was not released, with the reason; its vouchers wait for treasury again.
func (m *Module) DropBatch(ctx context.Context, by Officer, in ActOnBatch) (eventstore.Receipt, error) {
	var f form
	f.text("reason", fieldName("reason"), in.Reason)
	return m.stepBatch(ctx, by, in, "DropBatch", f, func(s *batchDecision) error {
		if err := s.b.mustBe(BatchIsBuilt); err != nil {
			return err
		}
		if s.on.Before(s.b.Last) {
			return earlier("on", s.on, s.b.Last)
		}
		for i := range s.payments {
			s.payment(i).record(VoucherUnscheduled{Batch: s.id, On: s.on, By: by.Sign()})
		}
		s.d.Record(s.batch, BatchDropped{Reason: in.Reason, On: s.on, By: by.Sign()})
		return nil
	})
}
