package finance

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// treasury opens the account of the fixture: 10,000.000 dinars at the central bank.
func (o *office) treasury() string {
	o.t.Helper()
	return o.must(o.m.OpenTreasuryAccount(o.ctx(), o.mazen, OpenTreasuryAccount{
		Command: uuid.New(), Name: kernel.Text{Ar: "الخزينة العامة", En: "Treasury"}, IBAN: "JO71CBJO0000000000001234567890", BIC: "CBJOJOAX",
		Item: "111001", Opening: "10000.000", On: "2026-01-02",
	}))
}

// approved is a voucher for the amount that waits for treasury.
func (o *office) approved(amount string) string {
	o.t.Helper()
	v := o.prepared(amount, "2026-06-15")
	o.must(o.m.AuditVoucher(o.ctx(), o.omar, act(v, "")))
	o.must(o.m.ApproveVoucher(o.ctx(), o.huda, act(v, "")))
	return v
}

func (o *office) built(treasury string, vouchers ...string) string {
	o.t.Helper()
	return o.must(o.m.BuildBatch(o.ctx(), o.lina, BuildBatch{Command: uuid.New(), Treasury: treasury, Vouchers: vouchers}))
}

// A9: three approved vouchers 1,234.567, 0.433, 10.000. Lina builds, Lina cannot release, Zaid releases;
// the bank rejects the second: two vouchers paid, one back in the queue with the bank's reason, its
// obligation kept, paid less 0.433.
func TestA9ABatchIsBuiltReleasedAndAnswered(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		o := openOffice(t, log)
		treasury := o.treasury()
		v := []string{o.approved("1,234.567"), o.approved("0.433"), o.approved("10.000")}
		batch := o.built(treasury, v...)
		r, err := o.m.ReleaseBatch(o.ctx(), o.lina, ActOnBatch{Command: uuid.New(), ID: batch})
		o.refused("finance.same_person", "id", r, err)
		r, err = o.m.PayVoucher(o.ctx(), o.zaid, ActOnVoucher{Command: uuid.New(), ID: v[0], Reference: "RTGS-1"})
		o.refused("finance.voucher_in_batch", "id", r, err)
		before := o.line(roadsFuel)
		o.must(o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: batch}))
		if paid := o.line(roadsFuel).Paid - before.Paid; paid != 1_245_000 {
			t.Errorf("released: paid grew by %d fils, want 1,245,000", paid)
		}
		r, err = o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: batch})
		o.refused("finance.batch_stage", "id", r, err)

		o.must(o.m.AnswerBatch(o.ctx(), o.lina, AnswerBatch{Command: uuid.New(), ID: batch, Voucher: v[0]}))
		o.must(o.m.AnswerBatch(o.ctx(), o.lina, AnswerBatch{Command: uuid.New(), ID: batch, Voucher: v[1], Rejected: true, Code: "AC01", Reason: "رقم الحساب خطأ"}))
		r, err = o.m.AnswerBatch(o.ctx(), o.lina, AnswerBatch{Command: uuid.New(), ID: batch, Voucher: v[1]})
		o.refused("finance.bank_answered", "voucher", r, err)
		o.must(o.m.AnswerBatch(o.ctx(), o.lina, AnswerBatch{Command: uuid.New(), ID: batch, Voucher: v[2]}))

		line := o.line(roadsFuel)
		if line.Paid-before.Paid != 1_244_567 || line.Obligated != before.Obligated {
			t.Errorf("after the answer: paid %d, obligated %d before %d", line.Paid-before.Paid, line.Obligated, before.Obligated)
		}
		for i, want := range []VoucherStage{VoucherIsPaid, AtTreasury, VoucherIsPaid} {
			if got := o.voucher(v[i]).Stage; got != want {
				t.Errorf("voucher %d is %s, want %s", i+1, got, want)
			}
		}
		if b := state[PaymentBatch](o, batchCategory(), batchStream(batch)); b.Stage != BatchIsSettled || b.Built.Total != 1_245_000 {
			t.Errorf("the batch is %s with a total of %d", b.Stage, b.Built.Total)
		}
		o.books()

		// What came back is paid in the next batch, under another name for the bank.
		again := o.built(treasury, v[1])
		first, second := state[PaymentBatch](o, batchCategory(), batchStream(batch)), state[PaymentBatch](o, batchCategory(), batchStream(again))
		if a, b := first.Built.Payments[1].EndToEnd, second.Built.Payments[0].EndToEnd; a == b || len(b) > 35 {
			t.Errorf("the bank would take %q for %q", b, a)
		}
		o.must(o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: again}))
		if got := o.voucher(v[1]).Stage; got != VoucherIsPaid {
			t.Errorf("paid again, the voucher is %s", got)
		}
		o.books()
	})
}

func TestADroppedBatchFreesItsVouchers(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	treasury := o.treasury()
	v := o.approved("100.000")
	batch := o.built(treasury, v)
	r, err := o.m.BuildBatch(o.ctx(), o.zaid, BuildBatch{Command: uuid.New(), Treasury: treasury, Vouchers: []string{v}})
	o.refused("finance.voucher_not_at_step", "vouchers.0", r, err)
	r, err = o.m.DropBatch(o.ctx(), o.lina, ActOnBatch{Command: uuid.New(), ID: batch})
	o.refused("field.missing", "reason", r, err)
	o.must(o.m.DropBatch(o.ctx(), o.lina, ActOnBatch{Command: uuid.New(), ID: batch, Reason: "اليوم عطلة"}))
	r, err = o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: batch})
	o.refused("finance.batch_stage", "id", r, err)
	// Lina, whose act was undone, may pay the voucher herself.
	o.must(o.m.PayVoucher(o.ctx(), o.lina, ActOnVoucher{Command: uuid.New(), ID: v, Reference: "CHQ-1"}))
}

func TestWhatABatchDoesNotTake(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	treasury := o.treasury()
	waiting, waits := o.approved("5.000"), o.prepared("7.000", "")
	for name, c := range map[string]struct {
		in         BuildBatch
		by         Officer
		code, path string
	}{
		"nothing":         {BuildBatch{Treasury: treasury}, o.lina, "finance.batch_size", "vouchers"},
		"twice":           {BuildBatch{Treasury: treasury, Vouchers: []string{waiting, waiting}}, o.lina, "finance.voucher_twice", "vouchers.1"},
		"not approved":    {BuildBatch{Treasury: treasury, Vouchers: []string{waiting, waits}}, o.lina, "finance.voucher_not_at_step", "vouchers.1"},
		"unknown voucher": {BuildBatch{Treasury: treasury, Vouchers: []string{uuid.NewString()}}, o.lina, "finance.document_unknown", "vouchers.0"},
		"not an id":       {BuildBatch{Treasury: treasury, Vouchers: []string{"'; drop"}}, o.lina, "finance.document_unknown", "vouchers.0"},
		"unknown account": {BuildBatch{Treasury: uuid.NewString(), Vouchers: []string{waiting}}, o.lina, "finance.treasury_account_unknown", "treasury"},
		"31 February":     {BuildBatch{Treasury: treasury, Vouchers: []string{waiting}, PayOn: "2026-02-31"}, o.lina, "date.not_a_day", "payOn"},
		"not treasury":    {BuildBatch{Treasury: treasury, Vouchers: []string{waiting}}, o.rana, "finance.not_permitted", "*"},
	} {
		t.Run(name, func(t *testing.T) {
			o.t = t
			c.in.Command = uuid.New()
			r, err := o.m.BuildBatch(o.ctx(), c.by, c.in)
			o.refused(c.code, c.path, r, err)
		})
	}
	if got := o.voucher(waiting).Stage; got != AtTreasury {
		t.Errorf("after refusals the voucher is %s", got)
	}
}

func TestAPayeesChangedAccountStopsTheRelease(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	batch := o.built(o.treasury(), o.approved("100.000"))
	o.must(o.m.ProposeBankAccount(o.ctx(), o.dima, ProposeBankAccount{Command: uuid.New(), Payee: o.supplier, IBAN: "JO71CBJO0000000000001234567890"}))
	o.must(o.m.ApproveBankAccount(o.ctx(), o.huda, DecideBankAccount{Command: uuid.New(), Payee: o.supplier, Account: 2}))
	o.day = o.day.AddDays(8)
	r, err := o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: batch})
	if p := o.refused("finance.account_changed", "payments.0", r, err); !strings.Contains(p.Message.En, "/2026") {
		t.Errorf("the sentence does not name the voucher: %s", p.Message.En)
	}
}

// A payment's name for the bank leads back to its voucher and to nothing else.
func TestThePaymentsNameLeadsToItsVoucher(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var id uuid.UUID
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		name := endToEnd(id, rapid.IntRange(1, 999).Draw(t, "n"))
		if got, ok := voucherOf(name); !ok || got != id.String() || len(name) > 35 {
			t.Fatalf("%s leads to %s", name, got)
		}
		cut := name[:rapid.IntRange(0, strings.IndexByte(name, '.')).Draw(t, "cut")]
		if got, ok := voucherOf(cut); ok {
			t.Fatalf("the cut name %q leads to %s", cut, got)
		}
	})
	for _, foreign := range []string{"", "NOTPROVIDED", "P.1", "INV-7/26", "Q" + strings.Repeat("0", 26) + ".1", "P" + strings.Repeat("0", 26) + "."} {
		if got, ok := voucherOf(foreign); ok {
			t.Errorf("%q leads to %s", foreign, got)
		}
	}
}

// The treasury's accounts are the government's: whoever pays for one chapter only finds none of them.
func TestATreasuryOfOneChapterFindsNoAccount(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	treasury, v := o.treasury(), o.approved("1.000")
	within := o.lina
	within.Units = map[Permission][]string{MayPayVoucher: {"2501."}}
	r, err := o.m.BuildBatch(o.ctx(), within, BuildBatch{Command: uuid.New(), Treasury: treasury, Vouchers: []string{v}})
	o.refused("finance.treasury_account_unknown", "treasury", r, err)
	batch := o.built(treasury, v)
	within.ID = "zaid"
	r, err = o.m.ReleaseBatch(o.ctx(), within, ActOnBatch{Command: uuid.New(), ID: batch})
	o.refused("finance.document_unknown", "id", r, err)
}
