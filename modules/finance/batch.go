package finance

import (
	"encoding/base32"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// PaymentBatch is one order to the bank for many vouchers (دفعة صرف), stream finance.batch/{id}: one
// account, one currency, one day. One person builds it, another releases it; it is sent once.
type PaymentBatch struct {
	Built    BatchBuilt
	Stage    BatchStage
	Released BatchReleased
	File     string          // SHA-256 of the file, once it was made
	Answered map[string]bool // by voucher: rejected or settled
	Last     kernel.Date
}

// BatchStage is where a batch stands.
type BatchStage string

// The stages of a batch.
const (
	BatchIsBuilt    BatchStage = "built"
	BatchIsReleased BatchStage = "released"
	BatchIsSettled  BatchStage = "settled" // the bank answered for every payment
	BatchIsDropped  BatchStage = "dropped"
)

// Name is the stage in words that complete «the batch is …».
func (s BatchStage) Name() kernel.Text {
	switch s {
	case BatchIsBuilt:
		return kernel.Text{Ar: "تنتظر الإطلاق", En: "waiting for its release"}
	case BatchIsReleased:
		return kernel.Text{Ar: "مُطلَقة إلى البنك", En: "released to the bank"}
	case BatchIsSettled:
		return kernel.Text{Ar: "مُجاب عنها كلها", En: "answered by the bank"}
	case BatchIsDropped:
		return kernel.Text{Ar: "ملغاة", En: "dropped"}
	}
	return kernel.Text{}
}

func (b PaymentBatch) evolve(e eventstore.Event) PaymentBatch {
	switch e := e.(type) {
	case BatchBuilt:
		b.Built, b.Stage, b.Last = e, BatchIsBuilt, e.On
	case BatchReleased:
		b.Released, b.Stage, b.Last = e, BatchIsReleased, e.On
	case BatchDropped:
		b.Stage, b.Last = BatchIsDropped, e.On
	case BatchFileProduced:
		b.File = e.SHA256
	case BatchAnswered:
		b.Answered, b.Last = cloned(b.Answered), e.On
		b.Answered[e.Voucher] = e.Rejected
		if len(b.Answered) == len(b.Built.Payments) {
			b.Stage = BatchIsSettled
		}
	}
	return b
}

// payment finds the batch's payment of a voucher.
func (b PaymentBatch) payment(voucher string) (BatchPayment, bool) {
	i := slices.IndexFunc(b.Built.Payments, func(p BatchPayment) bool { return p.Voucher == voucher })
	if i < 0 {
		return BatchPayment{}, false
	}
	return b.Built.Payments[i], true
}

func (b PaymentBatch) mustBe(stage BatchStage) error {
	if b.Stage == "" {
		return missing("id")
	}
	if b.Stage == stage {
		return nil
	}
	is, want := b.Stage.Name(), stage.Name()
	return kernel.Problem{Code: "finance.batch_stage", Path: "id", Message: kernel.Text{
		Ar: fmt.Sprintf("الدفعة %s %s، ولا يصلح لها هذا الإجراء إلا وهي: %s.", b.Built.Number, is.Ar, want.Ar),
		En: fmt.Sprintf("Batch %s is %s; it would have to be %s.", b.Built.Number, is.En, want.En),
	}}
}

// release is the second person's step.
func (b PaymentBatch) release(form string, by Officer, on kernel.Date) (BatchReleased, error) {
	if err := b.mustBe(BatchIsBuilt); err != nil {
		return BatchReleased{}, err
	}
	if by.Signed(b.Built.By) {
		return BatchReleased{}, refused("finance.same_person", "id",
			"جهّز %s هذه الدفعة، فيُطلقها شخص ثانٍ.", "%s built this batch; a second person releases it.", b.Built.By.Person)
	}
	if on.Before(b.Last) {
		return BatchReleased{}, earlier("on", on, b.Last)
	}
	return BatchReleased{Form: form, On: on, By: by.Sign()}, nil
}

// answer takes the bank's word on one payment, once.
func (b PaymentBatch) answer(voucher, code, reason string, rejected bool, by Officer, on kernel.Date) (BatchAnswered, error) {
	if b.Stage != BatchIsSettled { // said again of a settled one: the refusal below names the payment
		if err := b.mustBe(BatchIsReleased); err != nil {
			return BatchAnswered{}, err
		}
	}
	p, there := b.payment(voucher)
	if !there {
		return BatchAnswered{}, refused("finance.not_in_batch", "voucher",
			"لا دفعة بهذا المستند في القائمة %s.", "Batch %s has no payment of this voucher.", b.Built.Number)
	}
	if _, said := b.Answered[voucher]; said {
		return BatchAnswered{}, refused("finance.bank_answered", "voucher",
			"أجاب البنك عن المستند %s من قبل.", "The bank has answered for voucher %s before.", p.Number)
	}
	if on.Before(b.Released.On) {
		return BatchAnswered{}, earlier("on", on, b.Released.On)
	}
	return BatchAnswered{Voucher: voucher, Rejected: rejected, Code: code, Reason: reason, On: on, By: by.Sign()}, nil
}

// endToEnd names a voucher's n-th payment for the bank: the voucher can be found from the name alone,
// whatever the statement that brings it back. It has 28 to 30 of the 35 characters banks allow.
func endToEnd(voucher uuid.UUID, n int) string {
	return fmt.Sprintf("P%s.%d", base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(voucher[:]), n)
}

// voucherOf reads the voucher out of a payment's name; ok is false for names we did not give.
func voucherOf(name string) (voucher string, ok bool) {
	text, n, found := strings.Cut(name, ".")
	if !found || n == "" || len(text) != 27 || text[0] != 'P' {
		return "", false
	}
	raw, err := base32.HexEncoding.WithPadding(base32.NoPadding).DecodeString(text[1:])
	if err != nil {
		return "", false
	}
	id, err := uuid.FromBytes(raw)
	return id.String(), err == nil
}

func batchStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.batch", Key: id}
}
