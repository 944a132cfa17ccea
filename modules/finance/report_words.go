package finance

import "diwan/modules/kernel"

// stateWords names a document's state in the office's words; an unknown code stands for itself.
func stateWords(code string) kernel.Text {
	if t, ok := documentStates()[code]; ok {
		return t
	}
	return kernel.Text{Ar: code, En: code}
}

func documentStates() map[string]kernel.Text {
	return map[string]kernel.Text{
		"draft":      {Ar: "مسودة", En: "draft"},
		"certified":  {Ar: "مصدّق", En: "certified"},
		"cancelled":  {Ar: "ملغى", En: "cancelled"},
		"proposed":   {Ar: "مقترح", En: "proposed"},
		"approved":   {Ar: "موافق عليه", En: "approved"},
		"rejected":   {Ar: "مرفوض", En: "rejected"},
		"held":       {Ar: "محجوز", En: "held"},
		"converted":  {Ar: "حُوّل إلى التزام", En: "turned into a commitment"},
		"released":   {Ar: "مفرج عنه", En: "released"},
		"expired":    {Ar: "منتهٍ", En: "expired"},
		"open":       {Ar: "مثبت", En: "open"},
		"consumed":   {Ar: "مستنفد", En: "used up"},
		"carried":    {Ar: "مدوّر إلى السنة التالية", En: "carried to the next year"},
		"closed":     {Ar: "مغلق", En: "closed"},
		"submitted":  {Ar: "مقدَّم للترحيل", En: "submitted"},
		"posted":     {Ar: "مرحّل", En: "posted"},
		"returned":   {Ar: "معاد", En: "returned"},
		"reversed":   {Ar: "معكوس", En: "reversed"},
		"registered": {Ar: "مسجّل", En: "registered"},
		"verified":   {Ar: "مدقق", En: "verified"},
		"disputed":   {Ar: "معترض عليه", En: "disputed"},

		"soft_closed": {Ar: "مغلق مبدئياً", En: "soft closed"},
		"reopening":   {Ar: "بانتظار توقيع ثانٍ لإعادة الفتح", En: "waiting for a second signature to reopen"},

		"cycle_open":    {Ar: "قيد الإعداد", En: "being prepared"},
		"cycle_locked":  {Ar: "مرفوعة إلى مجلس الوزراء", En: "with the cabinet"},
		"cycle_enacted": {Ar: "صادرة بقانون", En: "enacted"},

		"request_submitted": {Ar: "بانتظار دائرة الموازنة", En: "waiting for the budget department"},
		"request_returned":  {Ar: "معاد إلى جهته", En: "returned to its body"},
		"request_approved":  {Ar: "موافق عليه", En: "approved"},
		"request_enacted":   {Ar: "في قانون الموازنة", En: "in the budget law"},

		"invoice_registered":       {Ar: "بانتظار التدقيق", En: "waiting for verification"},
		"invoice_verified":         {Ar: "مدقق، بلا مستند صرف", En: "verified, no voucher yet"},
		"invoice_disputed":         {Ar: "معترض عليه", En: "disputed"},
		"invoice_cancelled":        {Ar: "ملغى", En: "cancelled"},
		"voucher_audit":            {Ar: "بانتظار المدقق الداخلي", En: "waiting for the auditor"},
		"voucher_approval":         {Ar: "بانتظار المدير المالي", En: "waiting for the finance manager"},
		"voucher_spending_officer": {Ar: "بانتظار آمر الصرف", En: "waiting for the spending officer"},
		"voucher_treasury":         {Ar: "لدى الخزينة للدفع", En: "with the treasury, to be paid"},
		"voucher_scheduled":        {Ar: "مدرج في دفعة صرف", En: "in a payment batch"},
		"voucher_paid":             {Ar: "مدفوع", En: "paid"},
		"voucher_returned":         {Ar: "معاد إلى المُعِدّ", En: "returned to its preparer"},
		"voucher_cancelled":        {Ar: "ملغى", En: "cancelled"},
		"voucher_reversed":         {Ar: "معكوس بعد الدفع", En: "reversed after payment"},

		"batch_built":           {Ar: "بانتظار الإطلاق", En: "waiting for its release"},
		"batch_released":        {Ar: "مُطلقة إلى البنك", En: "released to the bank"},
		"batch_settled":         {Ar: "أجاب البنك عنها كلها", En: "answered by the bank"},
		"batch_dropped":         {Ar: "ملغاة", En: "dropped"},
		"receipt_issued":        {Ar: "صادر", En: "issued"},
		"receipt_cancelled":     {Ar: "ملغى", En: "cancelled"},
		"advance_requested":     {Ar: "بانتظار الموافقة", En: "waiting for approval"},
		"advance_approved":      {Ar: "بانتظار الصرف", En: "waiting for payment"},
		"advance_refused":       {Ar: "مرفوضة", En: "refused"},
		"advance_out":           {Ar: "قائمة في الذمة", En: "outstanding"},
		"advance_settled":       {Ar: "مسددة", En: "settled"},
		"settlement_proposed":   {Ar: "بانتظار التدقيق", En: "waiting for verification"},
		"settlement_returned":   {Ar: "معادة", En: "returned"},
		"settlement_settled":    {Ar: "مدققة ومقيدة", En: "verified and booked"},
		"trust_open":            {Ar: "مفتوحة", En: "open"},
		"trust_received":        {Ar: "إيداع", En: "deposit"},
		"trust_asked":           {Ar: "طلب صرف", En: "payment asked for"},
		"trust_paid":            {Ar: "صُرف", En: "paid"},
		"trust_refused":         {Ar: "رُفض", En: "refused"},
		"cashier_open":          {Ar: "اليوم مفتوح", En: "day open"},
		"cashier_closed":        {Ar: "اليوم مغلق", En: "day closed"},
		"statement_read":        {Ar: "مقروء", En: "read"},
		"statement_quarantined": {Ar: "محجور", En: "in quarantine"},
		"statement_accepted":    {Ar: "قيد المطابقة", En: "being reconciled"},
		"statement_reconciled":  {Ar: "مطابَق ومعتمد", En: "reconciled"},
		"payment_settled":       {Ar: "نُفذت", En: "carried out"},
		"payment_rejected":      {Ar: "ردّها البنك", En: "sent back by the bank"},
	}
}

// accountWords names the memorandum accounts.
func accountWords(a Account) kernel.Text {
	switch a {
	case AppropriationAccount:
		return kernel.Text{Ar: "الاعتماد", En: "Appropriation"}
	case UnreleasedAccount:
		return kernel.Text{Ar: "غير المفرج عنه", En: "Unreleased"}
	case FrozenAccount:
		return kernel.Text{Ar: "المجمّد", En: "Frozen"}
	case AllotmentAccount:
		return kernel.Text{Ar: "المفرج عنه المتاح", En: "Allotment"}
	case ReservedAccount:
		return kernel.Text{Ar: "المحجوز", En: "Reserved"}
	case CommittedAccount:
		return kernel.Text{Ar: "الملتزم به", En: "Committed"}
	case ObligatedAccount:
		return kernel.Text{Ar: "المستحق غير المدفوع", En: "Obligated"}
	case PaidAccount:
		return kernel.Text{Ar: "المدفوع", En: "Paid"}
	case LapsedAccount:
		return kernel.Text{Ar: "الملغى في نهاية السنة", En: "Lapsed"}
	}
	return kernel.Text{Ar: string(a), En: string(a)}
}
