package access

import "diwan/modules/kernel"

// DemoPassword is the demo people's. It is in the README: whoever can reach a demo may sign in.
const DemoPassword = "diwan-demo-2026"

// DemoPeople are the people of the demo, each with one post in a small finance office. Between them
// they can take a payment from the budget law to the bank, and none of them can do it alone.
func DemoPeople() []Person {
	roles := map[string]Role{}
	for _, r := range DemoRoles() {
		roles[r.ID] = r
	}
	person := func(id, ar, en, role, titleAr, titleEn string) Person {
		return Person{ID: id, Name: kernel.Text{Ar: ar, En: en}, Title: kernel.Text{Ar: titleAr, En: titleEn}, Role: roles[role]}
	}
	return []Person{
		person("rana", "رنا الخطيب", "Rana Al-Khatib", "preparer", "محاسبة، مديرية الطرق", "Accountant, Directorate of Roads"),
		person("omar", "عمر حداد", "Omar Haddad", "auditor", "مدقق داخلي", "Internal auditor"),
		person("huda", "هدى العبادي", "Huda Al-Abbadi", "finance_manager", "مديرة مالية", "Finance manager"),
		person("samar", "سمر النجار", "Samar Al-Najjar", "spending_officer", "آمرة الصرف", "Spending officer"),
		person("sami", "سامي الزعبي", "Sami Al-Zoubi", "budget_department", "دائرة الموازنة العامة", "General Budget Department"),
		person("lina", "لينا قعوار", "Lina Qawar", "treasury", "الخزينة", "Treasury"),
		person("zaid", "زيد المجالي", "Zaid Al-Majali", "treasury", "الخزينة", "Treasury"),
		person("mazen", "مازن عبيدات", "Mazen Obeidat", "accounts", "مديرية الحسابات العامة، وزارة المالية", "Public Accounts, Ministry of Finance"),
		person("dima", "ديما شاهين", "Dima Shahin", "master_data", "البيانات الأساسية", "Master data"),
		person("nour", "نور الطراونة", "Nour Al-Tarawneh", "audit_bureau", "ديوان المحاسبة", "Audit Bureau"),
	}
}

// DemoRoles are the roles of the demo and what each may do, after the table of duties that the
// ministry's offices work by. The steps of one document lie with different roles.
func DemoRoles() []Role {
	role := func(id, ar, en string, limit int64, permissions ...string) Role {
		return Role{ID: id, Title: kernel.Text{Ar: ar, En: en}, Limit: limit, Permissions: append([]string{"finance.read", "directory.read"}, permissions...)}
	}
	return []Role{
		role("preparer", "محاسب", "Preparer", 0,
			"finance.budget.request", "finance.reservation.record", "finance.commitment.record", "finance.virement.propose", "finance.order.draft",
			"finance.invoice.register", "finance.voucher.prepare", "finance.journal.draft"),
		role("auditor", "مدقق داخلي", "Internal auditor", 0, "finance.invoice.verify", "finance.voucher.audit"),
		role("finance_manager", "مدير مالي", "Finance manager", 10_000_000,
			"finance.voucher.approve", "finance.payee.approve_bank", "finance.journal.post", "finance.journal.reverse",
			"finance.order.draft", "finance.period.reopen", "finance.year.sign", "directory.term.propose", "directory.term.vote"),
		role("spending_officer", "آمر الصرف", "Spending officer", Unlimited, "finance.voucher.approve_above"),
		role("budget_department", "دائرة الموازنة العامة", "General Budget Department", 0,
			"finance.budget.import", "finance.budget.prepare", "finance.budget.freeze", "finance.order.certify", "finance.virement.approve",
			"directory.term.propose", "directory.term.vote"),
		role("treasury", "الخزينة", "Treasury", 0, "finance.voucher.pay", "finance.receipt.cancel", "finance.cash.deposit", "finance.year.sign"),
		role("cashier", "أمين صندوق", "Cashier", 0, "finance.receipt.issue"),
		role("reconciler", "مطابق الحسابات البنكية", "Bank reconciler", 0, "finance.bank.reconcile"),
		role("accounts", "الحسابات العامة", "Public accounts", 0,
			"finance.year.open", "finance.year.provisional", "finance.year.close", "finance.budget.enact", "finance.period.close", "finance.period.reopen", "finance.policy.set",
			"finance.journal.post", "finance.journal.reverse", "finance.voucher.reverse", "finance.bank.approve_reconciliation",
			"directory.term.propose", "directory.term.vote", "directory.policy.set"),
		role("master_data", "البيانات الأساسية", "Master data", 0,
			"finance.chart.change", "finance.payee.register", "finance.budget.import",
			"directory.structure.change", "directory.post.fill", "directory.term.propose", "directory.term.decide",
			"directory.list.change", "directory.calendar.change"),
		role("audit_bureau", "ديوان المحاسبة", "Audit Bureau", 0),
	}
}
