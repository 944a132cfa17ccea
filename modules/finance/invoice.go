package finance

import (
	"fmt"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Invoice is a supplier's claim on a commitment (مطالبة), stream finance.invoice/{id}.
type Invoice struct {
	InvoiceRegistered
	Stage    InvoiceStage
	Last     kernel.Date // of the newest step
	Verified Signature
	Journal  string // posted at verification
	Voucher  string // the one that pays it; empty until there is one
}

// InvoiceStage is where an invoice stands.
type InvoiceStage string

// The stages of an invoice.
const (
	InvoiceIsRegistered InvoiceStage = "registered"
	InvoiceIsDisputed   InvoiceStage = "disputed"
	InvoiceIsVerified   InvoiceStage = "verified"
	InvoiceIsCancelled  InvoiceStage = "cancelled"
)

// Name is the stage in words that complete «the invoice is …».
func (s InvoiceStage) Name() kernel.Text {
	switch s {
	case InvoiceIsRegistered:
		return kernel.Text{Ar: "مسجلة", En: "registered"}
	case InvoiceIsDisputed:
		return kernel.Text{Ar: "معترض عليها", En: "disputed"}
	case InvoiceIsVerified:
		return kernel.Text{Ar: "مدققة", En: "verified"}
	case InvoiceIsCancelled:
		return kernel.Text{Ar: "ملغاة", En: "cancelled"}
	}
	return kernel.Text{}
}

// Known tells that the invoice was registered.
func (i Invoice) Known() bool { return i.Stage != "" }

func (i Invoice) evolve(e eventstore.Event) Invoice {
	switch e := e.(type) {
	case InvoiceRegistered:
		i.InvoiceRegistered, i.Stage, i.Last = e, InvoiceIsRegistered, e.ReceivedOn
	case InvoiceVerified:
		i.Stage, i.Verified, i.Journal, i.Last = InvoiceIsVerified, e.By, e.Journal, e.On
	case InvoiceDisputed:
		i.Stage, i.Last = InvoiceIsDisputed, e.On
	case InvoiceCancelled:
		i.Stage, i.Last = InvoiceIsCancelled, e.On
	case InvoiceVouchered:
		i.Voucher = e.Voucher
	case InvoiceVoucherDropped:
		i.Voucher = ""
	}
	return i
}

// mayVerify: by another person than the one who registered it, and never by the payee.
func (i Invoice) mayVerify(by Officer, payee Payee, on kernel.Date) error {
	if err := i.mustBeOpen(); err != nil {
		return err
	}
	if !by.May(MayVerifyInvoice) {
		return forbidden(MayVerifyInvoice)
	}
	if by.Signed(i.By) {
		return samePerson(kernel.Text{Ar: "من سجّل المطالبة", En: "Whoever registered the invoice"})
	}
	if payee.isOfficer(by, i.Payee) {
		return refused("finance.payment_to_oneself", "id",
			"لا يدقق المستفيد مطالبته. التدقيق لشخص آخر.", "Nobody verifies a claim of his own. Verification lies with another person.")
	}
	return i.mustFollow(on)
}

// mustBeOpen: an invoice that was verified or cancelled is not decided on again.
func (i Invoice) mustBeOpen() error {
	if !i.Known() {
		return missing("id")
	}
	if i.Stage == InvoiceIsRegistered || i.Stage == InvoiceIsDisputed {
		return nil
	}
	at := i.Stage.Name()
	return kernel.Problem{Code: "finance.invoice_decided", Path: "id", Message: kernel.Text{
		Ar: fmt.Sprintf("المطالبة %s %s.", i.Number, at.Ar), En: fmt.Sprintf("Invoice %s is %s.", i.Number, at.En),
	}}
}

// mayBeVouchered: one voucher pays a verified invoice.
func (i Invoice) mayBeVouchered(voucher string) error {
	if !i.Known() {
		return missing("invoice")
	}
	if i.Stage != InvoiceIsVerified {
		at := i.Stage.Name()
		return kernel.Problem{Code: "finance.invoice_not_verified", Path: "invoice", Message: kernel.Text{
			Ar: fmt.Sprintf("المطالبة %s %s. يُصرف للمدققة فقط.", i.Number, at.Ar),
			En: fmt.Sprintf("Invoice %s is %s. Only verified invoices are paid.", i.Number, at.En),
		}}
	}
	if i.Voucher != "" && i.Voucher != voucher {
		return refused("finance.invoice_vouchered", "invoice",
			"للمطالبة %s مستند صرف من قبل.", "Invoice %s has a voucher already.", i.Number)
	}
	return nil
}

func (i Invoice) mustFollow(on kernel.Date) error {
	if on.Before(i.Last) {
		return earlier("on", on, i.Last)
	}
	return nil
}

// content is what a voucher for this invoice says, before deductions.
func (i Invoice) content(id string) VoucherContent {
	return VoucherContent{
		Kind: ForInvoice, Invoice: id, Commitment: i.Commitment, Payee: i.Payee, Year: i.Year, Currency: i.Currency,
		Lines: i.Lines, Gross: i.Total, Net: i.Total,
	}
}

// InvoiceNumber keeps one payee's number and date to one invoice, stream
// finance.invoice_number/{payee|number|date}.
type InvoiceNumber struct{ Invoice string }

func (n InvoiceNumber) evolve(e eventstore.Event) InvoiceNumber {
	switch e := e.(type) {
	case InvoiceNumberTaken:
		n.Invoice = e.Invoice
	case InvoiceNumberFreed:
		n.Invoice = ""
	}
	return n
}

func invoiceStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.invoice", Key: id}
}

func invoiceNumberStream(payee, number string, date kernel.Date) eventstore.Stream {
	return eventstore.Stream{Category: "finance.invoice_number", Key: payee + "|" + number + "|" + date.String()}
}
