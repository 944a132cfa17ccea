package inbox

import (
	"diwan/modules/kernel"
	"diwan/projections/paper"
)

// begins tells whether a fact is a document's first, or writes it anew.
func begins(f paper.Fact) bool {
	switch f.Step {
	case "drafted", "proposed", "opened", "registered", "prepared", "revised", "soft_closed":
		return true
	case "submitted":
		return f.Kind == "journal"
	case "asked":
		return f.Kind == "emergency"
	}
	return f.Kind == "period"
}

// nextStep is who is asked after a fact; nobody when asked is false.
func nextStep(f paper.Fact) (next wait, asked bool) {
	switch f.Kind + " " + f.Step {
	case "order drafted":
		return wait{section: Sign, step: "certify", permission: "finance.order.certify"}, true
	case "virement proposed":
		return wait{section: Approve, step: "approve", permission: "finance.virement.approve"}, true
	case "reservation opened":
		return wait{section: Complete, step: "use", toStarter: true, opens: 14}, true
	case "invoice registered":
		return wait{section: Approve, step: "verify", permission: "finance.invoice.verify", again: true}, true
	case "invoice verified", "invoice voucher_dropped":
		return wait{section: Complete, step: "prepare", permission: "finance.voucher.prepare", again: true}, true
	case "invoice disputed":
		return wait{section: Complete, step: "settle", toStarter: true, urgency: 1}, true
	case "voucher prepared", "voucher revised":
		return wait{section: Approve, step: "audit", permission: "finance.voucher.audit", again: true}, true
	case "voucher audited":
		return wait{section: Approve, step: "approve", permission: "finance.voucher.approve"}, true
	case "voucher approved":
		if !f.Final {
			return wait{section: Sign, step: "sign", permission: "finance.voucher.approve_above"}, true
		}
		return wait{section: Sign, step: "pay", permission: "finance.voucher.pay", urgency: 1}, true
	case "voucher unscheduled", "voucher payment_returned":
		return wait{section: Sign, step: "pay", permission: "finance.voucher.pay", urgency: 1}, true
	case "voucher returned":
		return wait{section: Complete, step: "correct", toStarter: true, urgency: 1}, true
	case "bank_account proposed":
		return wait{section: Approve, step: "approve", permission: "finance.payee.approve_bank", again: true}, true
	case "journal drafted":
		return wait{section: Complete, step: "submit", toStarter: true}, true
	case "journal submitted":
		return wait{section: Approve, step: "post", permission: "finance.journal.post", again: true}, true
	case "journal returned":
		return wait{section: Complete, step: "correct", toStarter: true, urgency: 1}, true
	case "emergency asked":
		return wait{section: Approve, step: "answer_emergency", permission: "access.emergency.answer", again: true, urgency: 2}, true
	case "emergency unanswered":
		return wait{section: Approve, step: "answer_emergency", permission: "access.emergency.answer", urgency: 2}, true
	case "period reopen_asked":
		return wait{section: Sign, step: "reopen", permission: "finance.period.reopen", again: true, urgency: 1}, true
	}
	return wait{}, false
}

// settles tells whether nobody is asked any more.
func settles(f paper.Fact) bool {
	switch f.Step {
	case "certified", "cancelled", "approved", "rejected", "converted", "ended", "expired", "vouchered", "paid", "reversed", "posted", "reopened", "closed", "scheduled",
		"agreed", "objected":
		return true
	}
	return false
}

// news tells whether those who had a hand in a document are told.
func news(f paper.Fact) bool {
	switch f.Step {
	case "consumed", "restored", "vouchered", "voucher_dropped", "soft_closed", "scheduled", "unscheduled":
		return false
	}
	return !begins(f)
}

// kindWords names a kind of document.
func kindWords(kind string) kernel.Text {
	switch kind {
	case "order":
		return kernel.Text{Ar: "أمر مالي", En: "Financial order"}
	case "virement":
		return kernel.Text{Ar: "مناقلة", En: "Virement"}
	case "reservation":
		return kernel.Text{Ar: "حجز", En: "Reservation"}
	case "commitment":
		return kernel.Text{Ar: "التزام", En: "Commitment"}
	case "invoice":
		return kernel.Text{Ar: "مطالبة", En: "Claim"}
	case "voucher":
		return kernel.Text{Ar: "مستند صرف", En: "Payment voucher"}
	case "journal":
		return kernel.Text{Ar: "مستند قيد", En: "Journal entry"}
	case "bank_account":
		return kernel.Text{Ar: "حساب بنكي لمستفيد", En: "Bank account of a payee"}
	case "period":
		return kernel.Text{Ar: "فترة مالية", En: "Fiscal period"}
	case "emergency":
		return kernel.Text{Ar: "اطلاع طارئ", En: "Emergency reading"}
	}
	return kernel.Text{Ar: kind, En: kind}
}

// askWords says what is asked.
func askWords(step string) kernel.Text {
	switch step {
	case "certify":
		return kernel.Text{Ar: "تصديق الأمر", En: "Certify the order"}
	case "approve":
		return kernel.Text{Ar: "موافقة", En: "Approve"}
	case "use":
		return kernel.Text{Ar: "تحويل إلى التزام أو إفراج قبل الانتهاء", En: "Turn into a commitment, or release, before it ends"}
	case "verify":
		return kernel.Text{Ar: "تدقيق المطالبة", En: "Verify the claim"}
	case "prepare":
		return kernel.Text{Ar: "إعداد مستند الصرف", En: "Prepare the voucher"}
	case "settle":
		return kernel.Text{Ar: "معالجة الاعتراض", En: "Settle the dispute"}
	case "audit":
		return kernel.Text{Ar: "تدقيق", En: "Audit"}
	case "sign":
		return kernel.Text{Ar: "توقيع آمر الصرف", En: "Sign as spending officer"}
	case "pay":
		return kernel.Text{Ar: "دفع", En: "Pay"}
	case "correct":
		return kernel.Text{Ar: "تصويب وإعادة تقديم", En: "Correct and submit again"}
	case "submit":
		return kernel.Text{Ar: "تقديم للترحيل", En: "Submit for posting"}
	case "post":
		return kernel.Text{Ar: "ترحيل القيد", En: "Post the entry"}
	case "answer_emergency":
		return kernel.Text{Ar: "بتّ شخص ثانٍ في اطلاع طارئ", En: "Answer an emergency as the second person"}
	case "reopen":
		return kernel.Text{Ar: "توقيع ثانٍ لإعادة الفتح", En: "Second signature to reopen"}
	}
	return kernel.Text{Ar: step, En: step}
}

// newsWords says what happened.
func newsWords(step string) kernel.Text {
	switch step {
	case "certified":
		return kernel.Text{Ar: "صُدّق", En: "Certified"}
	case "cancelled":
		return kernel.Text{Ar: "أُلغي", En: "Cancelled"}
	case "approved":
		return kernel.Text{Ar: "ووفق عليه", En: "Approved"}
	case "rejected":
		return kernel.Text{Ar: "رُفض", En: "Rejected"}
	case "converted":
		return kernel.Text{Ar: "حُوّل إلى التزام", En: "Turned into a commitment"}
	case "ended":
		return kernel.Text{Ar: "أُفرج عنه", En: "Released"}
	case "expired":
		return kernel.Text{Ar: "انتهت مدته", En: "Expired"}
	case "verified":
		return kernel.Text{Ar: "دُقّق", En: "Verified"}
	case "disputed":
		return kernel.Text{Ar: "اعتُرض عليه", En: "Disputed"}
	case "audited":
		return kernel.Text{Ar: "اجتاز التدقيق", En: "Audited"}
	case "returned":
		return kernel.Text{Ar: "أُعيد", En: "Returned"}
	case "paid":
		return kernel.Text{Ar: "دُفع", En: "Paid"}
	case "reversed":
		return kernel.Text{Ar: "عُكس", En: "Reversed"}
	case "payment_returned":
		return kernel.Text{Ar: "أعاد البنك الدفعة", En: "The bank sent the payment back"}
	case "posted":
		return kernel.Text{Ar: "رُحّل", En: "Posted"}
	case "amended":
		return kernel.Text{Ar: "عُدّل", En: "Amended"}
	case "released":
		return kernel.Text{Ar: "أُفرج عن باقيه", En: "What was left of it released"}
	case "reopened":
		return kernel.Text{Ar: "أُعيد فتحه", En: "Reopened"}
	case "closed":
		return kernel.Text{Ar: "أُغلق", En: "Closed"}
	case "agreed":
		return kernel.Text{Ar: "وافق عليه شخص ثانٍ", En: "A second person agreed"}
	case "objected":
		return kernel.Text{Ar: "اعترض عليه شخص ثانٍ وأُغلق", En: "A second person objected; it is closed"}
	case "unanswered":
		return kernel.Text{Ar: "لم يُبتّ فيه في موعده", En: "Not answered in time"}
	}
	return kernel.Text{Ar: step, En: step}
}

// roleWords says whom a step waits for, by the permission it needs.
func roleWords(permission string) kernel.Text {
	switch permission {
	case "finance.order.certify", "finance.virement.approve":
		return kernel.Text{Ar: "دائرة الموازنة العامة", En: "General Budget Department"}
	case "finance.invoice.verify", "finance.voucher.audit":
		return kernel.Text{Ar: "المدقق الداخلي", En: "Internal auditor"}
	case "finance.voucher.prepare":
		return kernel.Text{Ar: "مُعِدّ مستندات الصرف", En: "Preparer of vouchers"}
	case "finance.voucher.approve", "finance.payee.approve_bank":
		return kernel.Text{Ar: "المدير المالي", En: "Finance manager"}
	case "finance.voucher.approve_above":
		return kernel.Text{Ar: "آمر الصرف", En: "Spending officer"}
	case "finance.voucher.pay":
		return kernel.Text{Ar: "الخزينة", En: "Treasury"}
	case "finance.journal.post":
		return kernel.Text{Ar: "من يرحّل القيود", En: "Whoever posts entries"}
	case "access.emergency.answer":
		return kernel.Text{Ar: "رقيب الاطلاع", En: "Controller of access"}
	case "finance.period.reopen":
		return kernel.Text{Ar: "موقّع ثانٍ", En: "A second signatory"}
	}
	return kernel.Text{Ar: permission, En: permission}
}
