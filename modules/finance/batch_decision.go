package finance

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// batchDecision is what one step of a batch decides on: the batch, its account and the vouchers that
// the step is about.
type batchDecision struct {
	d        *eventstore.Decision
	t        *touches
	by       Officer
	id       string
	batch    int
	b        PaymentBatch
	account  TreasuryAccount
	policy   PaymentPolicy
	setting  setting
	payments []batchPlace
	on       kernel.Date
}

// batchPlace is where one payment's streams stand among the touches.
type batchPlace struct {
	voucher, payee int
	entry          posting
}

// stepBatch reads the form of a step on a whole batch, names its streams as it stands, and decides.
func (m *Module) stepBatch(ctx context.Context, by Officer, in ActOnBatch, act string, f form, decide func(*batchDecision) error) (eventstore.Receipt, error) {
	if !f.permit(by, MayPayVoucher) {
		return eventstore.Receipt{}, f.result()
	}
	id, stated := f.code("id", fieldName("id"), in.ID), f.optionalDate("on", fieldName("on"), in.On)
	if err := f.result(); err != nil {
		return eventstore.Receipt{}, err
	}
	run := batchRun{id: id, command: in.Command, seen: in.Seen, stated: stated, act: act, in: in}
	return m.onBatch(ctx, by, run, decide)
}

// batchRun is one command on a batch. A voucher narrows it to one payment.
type batchRun struct {
	id, act string
	command uuid.UUID
	seen    int64
	stated  kernel.Date
	voucher string
	in      any
}

func (m *Module) onBatch(ctx context.Context, by Officer, run batchRun, decide func(*batchDecision) error) (eventstore.Receipt, error) {
	today := m.today()
	return untilStill(func() (eventstore.Receipt, error) {
		if err := by.mustHold(run.act); err != nil {
			return eventstore.Receipt{}, err
		}
		known, err := now[PaymentBatch](ctx, m, batchCategory(), batchStream(run.id))
		if err != nil {
			return eventstore.Receipt{}, err
		}
		if known.Stage == "" {
			return eventstore.Receipt{}, missing("id")
		}
		year := known.Built.Year
		var t touches
		batch, account := t.expect(batchStream(run.id), seen(run.seen)), t.add(treasuryAccountStream(known.Built.Treasury))
		policy, setting := t.add(paymentPolicyStream()), t.addSetting(year)
		var places []batchPlace
		vouchers := map[int]Voucher{}
		for _, p := range known.Built.Payments {
			if run.voucher != "" && p.Voucher != run.voucher {
				continue
			}
			v, err := prior[Voucher](ctx, m, by, run.act, voucherCategory(), voucherStream(p.Voucher))
			if err != nil {
				return eventstore.Receipt{}, err
			}
			place := batchPlace{
				voucher: t.add(voucherStream(p.Voucher)), payee: t.add(payeeStream(p.Payee)),
				entry: touchPosting(&t, uuid.NewSHA1(run.command, []byte(p.Voucher)), year),
			}
			v.touch(&t)
			if v.Payment != "" {
				t.add(journalStream(v.Payment))
			}
			vouchers[place.voucher] = v
			places = append(places, place)
		}
		return m.execute(ctx, by, run.command, run.act, run.in, &t, func(d *eventstore.Decision) error {
			s := &batchDecision{
				d: d, t: &t, by: by, id: run.id, batch: batch, b: eventstore.StateOf[PaymentBatch](d, batch),
				account: eventstore.StateOf[TreasuryAccount](d, account), policy: eventstore.StateOf[PaymentPolicy](d, policy),
				setting: setting.of(d, run.stated, today), payments: places,
			}
			s.on = s.setting.on
			for at, was := range vouchers {
				v := eventstore.StateOf[Voucher](d, at)
				if v.Payment != was.Payment || !v.touched(&t) {
					return errMoved
				}
			}
			return decide(s)
		})
	})
}

// payment is the decision on the i-th voucher of the step.
func (s *batchDecision) payment(i int) *voucherDecision {
	p := s.payments[i]
	v := eventstore.StateOf[Voucher](s.d, p.voucher)
	return &voucherDecision{
		d: s.d, t: s.t, by: s.by, id: s.t.list[p.voucher].Stream.Key, voucher: p.voucher, v: v,
		payee: eventstore.StateOf[Payee](s.d, p.payee), policy: s.policy, setting: s.setting, on: s.on, entry: p.entry,
	}
}

// of places a refusal at the i-th payment, and says which voucher it is about.
func (s *batchDecision) of(i int, err error) error {
	all := kernel.ProblemsOf(unplaced(err))
	if len(all) == 0 {
		return err
	}
	for n := range all {
		number := s.b.Built.Payments[i].Number
		all[n] = all[n].At(fmt.Sprintf("payments.%d", i))
		all[n].Message = kernel.Text{Ar: "المستند " + number + ": " + all[n].Message.Ar, En: "Voucher " + number + ": " + all[n].Message.En}
	}
	return all
}
