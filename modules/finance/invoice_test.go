package finance

import (
	"testing"

	"github.com/google/uuid"
)

func TestAnInvoiceIsVerifiedByAnotherPersonThanItsRegistrar(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	i := o.registered("250.000")
	rana := o.rana
	rana.Permissions = map[Permission]bool{MayVerifyInvoice: true}
	rana.Units = Everywhere(rana.Permissions)
	r, err := o.m.VerifyInvoice(o.ctx(), rana, ActOnInvoice{Command: uuid.New(), ID: i})
	o.refused("finance.same_person", "*", r, err)
	owner := o.omar
	owner.Payee = o.supplier
	r, err = o.m.VerifyInvoice(o.ctx(), owner, ActOnInvoice{Command: uuid.New(), ID: i})
	o.refused("finance.payment_to_oneself", "id", r, err)
	before := o.line(roadsFuel)
	o.must(o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: i}))
	after := o.line(roadsFuel)
	if before.Committed-after.Committed != 250_000 || after.Obligated-before.Obligated != 250_000 || before.AvailableNow() != after.AvailableNow() {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	r, err = o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: i})
	o.refused("finance.invoice_decided", "id", r, err)
	r, err = o.m.CancelInvoice(o.ctx(), o.rana, ActOnInvoice{Command: uuid.New(), ID: i, Reason: "x"})
	o.refused("finance.invoice_decided", "id", r, err)
	b := o.books()
	if b.byAccount["01/221105"] != 250_000 || b.byAccount["01/331001"] != -250_000 {
		t.Errorf("the entry: %v", b.byAccount)
	}
}

func TestAnInvoiceAboveWhatIsCommittedIsNotVerified(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	c := o.commitment("100.000")
	i := o.must(o.m.RegisterInvoice(o.ctx(), o.rana, RegisterInvoice{
		Command: uuid.New(), Commitment: c, Payee: o.supplier, Number: "1", Date: "2026-06-01",
		Lines: []ChargeInput{{Key: roadsFuel, Amount: "60.000"}, {Key: roadsFuel, Amount: "40.001", Codes: Codes{Item: "22110501"}}},
	}))
	r, err := o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: i})
	o.refused("finance.commitment_exceeded", "lines.0.amount", r, err)
	if l := o.line(roadsFuel); l.Obligated != 0 || l.Committed != 100_000 {
		t.Errorf("the refusal left %+v", l)
	}
}

func TestADisputedInvoiceCanBeVerifiedAfterAllAndACancelledNumberComesFree(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	c := o.commitment("100.000")
	register := func() RegisterInvoice {
		return RegisterInvoice{Command: uuid.New(), Commitment: c, Payee: o.supplier, Number: "9", Date: "2026-06-01", Lines: []ChargeInput{{Key: roadsFuel, Amount: "10.000"}}}
	}
	first := o.must(o.m.RegisterInvoice(o.ctx(), o.rana, register()))
	o.must(o.m.DisputeInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: first, Reason: "short delivery"}))
	r, err := o.m.PrepareVoucher(o.ctx(), o.rana, PrepareVoucher{Command: uuid.New(), Invoice: first})
	o.refused("finance.invoice_not_verified", "invoice", r, err)
	r, err = o.m.RegisterInvoice(o.ctx(), o.rana, register())
	o.refused("finance.invoice_duplicate", "number", r, err)
	o.must(o.m.CancelInvoice(o.ctx(), o.rana, ActOnInvoice{Command: uuid.New(), ID: first, Reason: "registered twice"}))
	second := o.must(o.m.RegisterInvoice(o.ctx(), o.rana, register()))
	o.must(o.m.DisputeInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: second, Reason: "short delivery"}))
	o.must(o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: second}))
	r, err = o.m.VerifyInvoice(o.ctx(), o.omar, ActOnInvoice{Command: uuid.New(), ID: first})
	o.refused("finance.invoice_decided", "id", r, err)
}
