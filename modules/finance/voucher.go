package finance

import (
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Voucher is an order to pay a payee (مستند صرف), stream finance.voucher/{id}. It goes from its
// preparer through internal control and the approver, above his limit the spending officer too, to
// treasury; five steps, and nobody holds two of them.
type Voucher struct {
	Number      string
	Content     VoucherContent
	Stage       VoucherStage
	Steps       []StepTaken
	Last        kernel.Date // of the newest step
	Charge      string      // journal of a direct charge's obligation, while it stands
	Payment     string      // journal of the payment
	Reversal    string      // journal of the reversal
	Recoverable int64       // still owed by the payee after a reversal
	Batch       string      // the payment batch it is in, or was paid in
	Scheduled   int         // how often it was put into a batch
	PaidAs      string      // the payment's name on the bank's statement
}

// VoucherStep is one act in a voucher's life that one person holds.
type VoucherStep string

// The steps of a voucher.
const (
	StepPrepare      VoucherStep = "prepare"
	StepAudit        VoucherStep = "audit"
	StepApprove      VoucherStep = "approve"
	StepApproveAbove VoucherStep = "approve_above"
	StepSchedule     VoucherStep = "schedule" // into a payment batch
	StepPay          VoucherStep = "pay"
	StepReverse      VoucherStep = "reverse"
)

// Name is the step in words.
func (s VoucherStep) Name() kernel.Text {
	switch s {
	case StepPrepare:
		return kernel.Text{Ar: "إعداد", En: "prepare"}
	case StepAudit:
		return kernel.Text{Ar: "تدقيق", En: "audit"}
	case StepApprove:
		return kernel.Text{Ar: "اعتماد", En: "approve"}
	case StepApproveAbove:
		return kernel.Text{Ar: "اعتماد آمر الصرف", En: "approve as spending officer"}
	case StepSchedule:
		return kernel.Text{Ar: "إدراج في دفعة", En: "schedule for payment"}
	case StepPay:
		return kernel.Text{Ar: "صرف", En: "pay"}
	case StepReverse:
		return kernel.Text{Ar: "عكس", En: "reverse"}
	}
	return kernel.Text{}
}

// Name is the stage in words that complete «the voucher is …».
func (s VoucherStage) Name() kernel.Text {
	switch s {
	case AtAudit:
		return kernel.Text{Ar: "عند التدقيق", En: "waiting for audit"}
	case AtApproval:
		return kernel.Text{Ar: "عند الاعتماد", En: "waiting for approval"}
	case AtSpendingOfficer:
		return kernel.Text{Ar: "عند آمر الصرف", En: "waiting for the spending officer"}
	case AtTreasury:
		return kernel.Text{Ar: "عند الخزينة", En: "waiting for treasury"}
	case VoucherIsScheduled:
		return kernel.Text{Ar: "مدرج في دفعة صرف", En: "in a payment batch"}
	case VoucherIsPaid:
		return kernel.Text{Ar: "مصروف", En: "paid"}
	case VoucherIsReturned:
		return kernel.Text{Ar: "مُعاد إلى مُعدّه", En: "returned to its preparer"}
	case VoucherIsCancelled:
		return kernel.Text{Ar: "ملغى", En: "cancelled"}
	case VoucherIsReversed:
		return kernel.Text{Ar: "معكوس", En: "reversed"}
	}
	return kernel.Text{}
}

// StepTaken is a step and who holds it; a return at a stage counts as holding that stage's step.
type StepTaken struct {
	Step VoucherStep
	By   Signature
}

// Known tells that the voucher was prepared.
func (v Voucher) Known() bool { return v.Stage != "" }

// Unpaid tells that the voucher may still be returned or cancelled.
func (v Voucher) Unpaid() bool {
	switch v.Stage {
	case AtAudit, AtApproval, AtSpendingOfficer, AtTreasury, VoucherIsReturned:
		return true
	case VoucherIsScheduled, VoucherIsPaid, VoucherIsCancelled, VoucherIsReversed:
	}
	return false
}

// Awaits is the step the voucher waits for; empty when it waits for nobody but its preparer.
func (v Voucher) Awaits() VoucherStep {
	switch v.Stage {
	case AtAudit:
		return StepAudit
	case AtApproval:
		return StepApprove
	case AtSpendingOfficer:
		return StepApproveAbove
	case AtTreasury, VoucherIsScheduled:
		return StepPay
	case VoucherIsPaid:
		return StepReverse
	case VoucherIsReturned, VoucherIsCancelled, VoucherIsReversed:
	}
	return ""
}

func (v Voucher) evolve(e eventstore.Event) Voucher {
	switch e := e.(type) {
	case VoucherPrepared:
		v.Number, v.Content, v.Stage = e.Number, e.Content, AtAudit
		v = v.took(StepPrepare, e.By, e.On)
	case VoucherRevised:
		v.Content, v.Stage = e.Content, AtAudit
		v = v.took(StepPrepare, e.By, e.On)
	case VoucherAudited:
		v.Stage, v.Charge = AtApproval, e.Journal
		v = v.took(StepAudit, e.By, e.On)
	case VoucherApproved:
		v = v.took(v.Awaits(), e.By, e.On)
		if v.Stage = AtSpendingOfficer; e.Final {
			v.Stage = AtTreasury
		}
	case VoucherReturned:
		v = v.took(v.Awaits(), e.By, e.On)
		v.Stage, v.Charge = VoucherIsReturned, ""
	case VoucherCancelled:
		v.Stage, v.Charge, v.Last = VoucherIsCancelled, "", e.On
	case VoucherPaid:
		v = v.took(StepPay, e.By, e.On)
		v.Stage, v.Payment, v.PaidAs = VoucherIsPaid, e.Journal, e.Reference
	case VoucherScheduled:
		v = v.took(StepSchedule, e.By, e.On)
		v.Stage, v.Batch = VoucherIsScheduled, e.Batch
		v.Scheduled++
	case VoucherUnscheduled:
		v.Steps = slices.DeleteFunc(slices.Clone(v.Steps), func(s StepTaken) bool { return s.Step == StepSchedule })
		v.Stage, v.Batch, v.Last = AtTreasury, "", e.On
	case PaymentReturned:
		v.Stage, v.Batch, v.Payment, v.PaidAs, v.Last = AtTreasury, "", "", "", e.On
	case VoucherReversed:
		v = v.took(StepReverse, e.By, e.On)
		v.Stage, v.Reversal, v.Recoverable = VoucherIsReversed, e.Journal, e.Recoverable
	case RefundReceived:
		v.Recoverable, v.Last = e.Left, e.On
	}
	return v
}

func (v Voucher) took(step VoucherStep, by Signature, on kernel.Date) Voucher {
	v.Steps = append(slices.Clip(v.Steps), StepTaken{step, by})
	v.Last = on
	return v
}

// holds returns another step of this voucher that the officer, or the principal acted for, already
// holds.
func (v Voucher) holds(by Officer, other VoucherStep) (VoucherStep, bool) {
	for _, s := range v.Steps {
		if s.Step != other && by.Signed(s.By) {
			return s.Step, true
		}
	}
	return "", false
}

func voucherStream(id string) eventstore.Stream {
	return eventstore.Stream{Category: "finance.voucher", Key: id}
}
