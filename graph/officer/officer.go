// Package officer is where the modules' ideas of who acts meet: access resolves what somebody may do,
// and each module is told it in its own words.
package officer

import (
	"slices"
	"strings"

	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// words are one standing in the words of every module.
type words struct {
	finance   finance.Officer
	directory directory.Clerk
}

// of works out the words once for as long as the standing stays what it is.
func of(s *access.Standing) *words {
	return s.Once(func(s *access.Standing) any {
		return &words{finance: financeOfficer(s), directory: directoryClerk(s)}
	}).(*words)
}

// Finance is who acts, for finance's deciders and reports.
func Finance(s *access.Standing) finance.Officer {
	if s == nil {
		return finance.Officer{}
	}
	return of(s).finance
}

// Directory is who acts, for the directory.
func Directory(s *access.Standing) directory.Clerk {
	if s == nil {
		return directory.Clerk{}
	}
	return of(s).directory
}

func financeOfficer(s *access.Standing) finance.Officer {
	o := finance.Officer{
		ID: s.Person, OnBehalfOf: s.OnBehalfOf, Name: s.Name, Roles: s.Roles, Limit: s.Limit,
		Permissions: map[finance.Permission]bool{}, Units: map[finance.Permission][]string{},
	}
	for _, p := range finance.Permissions() {
		f := s.Filter(string(p))
		if scope := slices.Concat(f.Scope, f.EmergencyScope); len(scope) > 0 {
			o.Permissions[p], o.Units[p] = true, scope
		}
	}
	for _, act := range s.Acts() { // the app offers what is held in any module; finance asks only for its own
		o.Permissions[finance.Permission(act)] = true
	}
	return o
}

func directoryClerk(s *access.Standing) directory.Clerk {
	c := directory.Clerk{ID: s.Person, OnBehalfOf: s.OnBehalfOf, Reach: map[directory.Permission][]string{}}
	for _, p := range directory.Permissions() {
		if s.May(string(p), access.Object{}).Allowed {
			c.Permissions = append(c.Permissions, p)
			c.Reach[p] = s.Scope(string(p))
		}
	}
	return c
}

// Catalogue is every act of every module.
func Catalogue() *access.Catalogue {
	return access.NewCatalogue(access.Acts(), financeActs(), directoryActs(), apiActs())
}

// MayDevelop is the act of those who write programs against the API: they may send documents of
// their own and look at the schema.
const MayDevelop = "api.develop"

func apiActs() []access.Act {
	return []access.Act{act(MayDevelop, access.Reading, "تطوير البرامج على الواجهة البرمجية", "Write programs against the API")}
}

func act(name string, kind access.Kind, ar, en string) access.Act {
	return access.Act{Name: name, Kind: kind, Title: kernel.Text{Ar: ar, En: en}}
}

func financeActs() []access.Act {
	return []access.Act{
		act("finance.read", access.Reading, "الاطلاع على المالية", "See finance"),
		act("finance.year.open", access.Administering, "فتح السنة المالية", "Open a fiscal year"),
		act("finance.year.provisional", access.Approving, "الصرف قبل صدور قانون الموازنة", "Spend before a late budget law"),
		act("finance.year.close", access.Approving, "إقفال السنة المالية", "Close the fiscal year"),
		act("finance.year.sign", access.Approving, "توقيع الحساب الختامي والإعفاء من موانع الإقفال", "Sign the final account and waive what blocks the close"),
		act("finance.period.close", access.Administering, "إغلاق الفترات", "Close periods"),
		act("finance.period.reopen", access.Approving, "إعادة فتح الفترات", "Reopen periods"),
		act("finance.chart.change", access.Administering, "تعديل دليل الحسابات", "Change the chart of accounts"),
		act("finance.policy.set", access.Administering, "ضبط سياسات المالية", "Set policies of finance"),
		act("finance.budget.import", access.Administering, "استيراد الموازنة", "Import the budget"),
		act("finance.budget.request", access.Preparing, "طلب مخصصات الموازنة", "Request appropriation"),
		act("finance.budget.prepare", access.Administering, "إعداد الموازنة", "Prepare the budget"),
		act("finance.budget.enact", access.Approving, "إثبات قانون الموازنة", "Record the budget law"),
		act("finance.budget.freeze", access.Approving, "تجميد الاعتمادات", "Freeze appropriation"),
		act("finance.order.draft", access.Preparing, "إعداد الأوامر المالية", "Draft financial orders"),
		act("finance.order.certify", access.Approving, "تصديق الأوامر المالية", "Certify financial orders"),
		act("finance.virement.propose", access.Preparing, "اقتراح المناقلات", "Propose virements"),
		act("finance.virement.approve", access.Approving, "الموافقة على المناقلات", "Approve virements"),
		act("finance.reservation.record", access.Preparing, "حجز المخصصات", "Reserve funds"),
		act("finance.commitment.record", access.Preparing, "إثبات الالتزامات", "Record commitments"),
		act("finance.payee.register", access.Preparing, "تسجيل المستفيدين", "Register payees"),
		act("finance.payee.approve_bank", access.Approving, "اعتماد الحسابات البنكية", "Approve bank accounts"),
		act("finance.invoice.register", access.Preparing, "تسجيل المطالبات", "Register claims"),
		act("finance.invoice.verify", access.Approving, "تدقيق المطالبات", "Verify claims"),
		act("finance.voucher.prepare", access.Preparing, "إعداد مستندات الصرف", "Prepare vouchers"),
		act("finance.voucher.audit", access.Approving, "تدقيق مستندات الصرف", "Audit vouchers"),
		act("finance.voucher.approve", access.Approving, "اعتماد مستندات الصرف", "Approve vouchers"),
		act("finance.voucher.approve_above", access.Approving, "الأمر بالصرف فوق سقف المدير", "Approve vouchers above the manager's limit"),
		act("finance.voucher.pay", access.Approving, "دفع مستندات الصرف", "Pay vouchers"),
		act("finance.voucher.reverse", access.Approving, "عكس مستندات الصرف", "Reverse vouchers"),
		act("finance.journal.draft", access.Preparing, "إعداد القيود", "Draft entries"),
		act("finance.journal.post", access.Approving, "ترحيل القيود", "Post entries"),
		act("finance.journal.reverse", access.Approving, "عكس القيود", "Reverse entries"),
		act("finance.receipt.issue", access.Preparing, "إصدار سندات القبض", "Issue receipts"),
		act("finance.receipt.cancel", access.Approving, "إلغاء سندات القبض", "Cancel receipts"),
		act("finance.cash.deposit", access.Preparing, "تأكيد إيداع النقد", "Confirm deposits of cash"),
		act("finance.bank.reconcile", access.Preparing, "مطابقة كشوف البنك", "Reconcile bank statements"),
		act("finance.bank.approve_reconciliation", access.Approving, "اعتماد المطابقة البنكية", "Approve reconciliations"),
	}
}

func directoryActs() []access.Act {
	titles := map[directory.Permission]kernel.Text{
		directory.MayRead:            {Ar: "الاطلاع على السجل المركزي", En: "See the registry"},
		directory.MayChangeStructure: {Ar: "تعديل الهيكل التنظيمي", En: "Change the structure"},
		directory.MayFillPost:        {Ar: "شغل الوظائف", En: "Fill posts"},
		directory.MayProposeTerm:     {Ar: "اقتراح المصطلحات", En: "Propose terms"},
		directory.MayVoteOnTerm:      {Ar: "التصويت على المصطلحات", En: "Vote on terms"},
		directory.MayDecideTerm:      {Ar: "البت في المصطلحات", En: "Decide terms"},
		directory.MayChangeList:      {Ar: "تعديل قوائم الرموز", En: "Change code lists"},
		directory.MayChangeCalendar:  {Ar: "تعديل التقويم", En: "Change the calendar"},
		directory.MaySetPolicy:       {Ar: "ضبط سياسات السجل", En: "Set policies of the registry"},
	}
	var acts []access.Act
	for _, p := range directory.Permissions() {
		kind := access.Administering
		switch {
		case p == directory.MayRead:
			kind = access.Reading
		case strings.HasPrefix(string(p), "directory.term."):
			kind = access.Preparing
		}
		acts = append(acts, act(string(p), kind, titles[p].Ar, titles[p].En))
	}
	return acts
}
