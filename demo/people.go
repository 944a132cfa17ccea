package demo

import (
	"fmt"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/access"
	"diwan/modules/kernel"
)

// staff are the four people of one ministry's finance office.
type staff struct{ preparer, auditor, manager, officer string }

// staffOf names those of a chapter. Rana and her colleagues are those of the roads.
func staffOf(chapter string) staff {
	switch chapter {
	case "1501":
		return staff{"aya", "basel", "ruba", "tareq"}
	case "2601":
		return staff{"hala", "khaled", "salma", "fadi"}
	case "2701":
		return staff{"majd", "yara", "nabil", "iman"}
	case "2801":
		return staff{"layth", "dana", "hani", "suad"}
	}
	return staff{"rana", "omar", "huda", "samar"}
}

// hire is a person of the demo, with one role in one unit.
type hire struct {
	id, ar, en      string
	role, unit      string
	titleAr, titleE string
}

// hires lists everybody, the first ten as the README names them.
func hires() []hire {
	national := map[string]string{"rana": "jo.2501", "omar": "jo.2501", "huda": "jo.2501", "samar": "jo.2501"}
	var all []hire
	for _, p := range access.DemoPeople() {
		unit, ministry := national[p.ID]
		if !ministry {
			unit = "jo"
		}
		all = append(all, hire{p.ID, p.Name.Ar, p.Name.En, p.Role.ID, unit, p.Title.Ar, p.Title.En})
	}
	all = append(all,
		hire{"sara", "سارة البطاينة", "Sara Al-Bataineh", "reader", "jo.2501", "نائبة المدير المالي، الأشغال", "Deputy finance manager, Public Works"},
		hire{"ahmad", "أحمد الفايز", "Ahmad Al-Fayez", access.AdministratorRole, "jo", "مسؤول النظام", "Administrator"},
		hire{"rima", "ريما عبد الهادي", "Rima Abdel-Hadi", "controller", "jo", "الرقابة على الاطلاع", "Control of access"},
	)
	all = append(all, hire{"wafa", "وفاء الكيلاني", "Wafa Al-Kilani", "reconciler", "jo", "مطابقة الحسابات البنكية، الخزينة", "Bank reconciliation, Treasury"},
		hire{"nadia", "نادية الشوبكي", "Nadia Al-Shobaki", "cashier", "jo.2501", "أمينة صندوق، الأشغال", "Cashier, Public Works"})
	names := [][2]string{
		{"آية سلامة", "Aya Salameh"},
		{"باسل مراد", "Basel Murad"},
		{"ربى العزام", "Ruba Al-Azzam"},
		{"طارق منصور", "Tareq Mansour"},
		{"هالة درويش", "Hala Darwish"},
		{"خالد الشريف", "Khaled Al-Sharif"},
		{"سلمى خوري", "Salma Khoury"},
		{"فادي حجازين", "Fadi Hijazin"},
		{"مجد القضاة", "Majd Al-Qudah"},
		{"يارا عويس", "Yara Owais"},
		{"نبيل سمارة", "Nabil Samara"},
		{"إيمان الرفاعي", "Iman Al-Rifai"},
		{"ليث العساف", "Layth Al-Assaf"},
		{"دانا شقير", "Dana Shuqair"},
		{"هاني الحمود", "Hani Al-Hmoud"},
		{"سعاد بني خالد", "Suad Bani Khaled"},
	}
	for i, chapter := range []value{chapters()[0], chapters()[2], chapters()[3], chapters()[4]} {
		s := staffOf(chapter.code)
		for j, post := range []struct{ id, role, ar, en string }{
			{s.preparer, "preparer", "محاسب", "Accountant"},
			{s.auditor, "auditor", "مدقق داخلي", "Internal auditor"},
			{s.manager, "finance_manager", "مدير مالي", "Finance manager"},
			{s.officer, "spending_officer", "آمر صرف", "Spending officer"},
		} {
			name := names[4*i+j]
			all = append(all, hire{post.id, name[0], name[1], post.role, "jo." + chapter.code, post.ar + "، " + chapter.ar, post.en + ", " + chapter.en})
		}
	}
	return all
}

// roles are those of the demo: of finance's offices, a reader, the administrator, and whoever looks
// after them.
func roles() []access.SetRole {
	var all []access.SetRole
	for _, r := range access.DemoRoles() {
		all = append(all, access.SetRole{Role: r.ID, Title: r.Title, Permissions: r.Permissions, Limit: r.Limit})
	}
	admin := access.SetRole{Role: access.AdministratorRole, Title: kernel.Text{Ar: "مسؤول النظام", En: "Administrator"}}
	for _, a := range access.Acts() {
		if a.Name != access.MayAnswerEmergency && a.Name != access.MayReadReadings && a.Name != access.MayGoEmergency {
			admin.Permissions = append(admin.Permissions, a.Name)
		}
	}
	admin.Permissions = append(admin.Permissions, "directory.read", "api.develop")
	return append(all, admin,
		access.SetRole{Role: "reader", Title: kernel.Text{Ar: "مطّلع", En: "Reader"}, Permissions: []string{"finance.read", "directory.read", access.MayGoEmergency}},
		access.SetRole{
			Role: "controller", Title: kernel.Text{Ar: "رقيب الاطلاع", En: "Controller of access"},
			Permissions: []string{"directory.read", access.MayReadAccess, access.MayReadReadings, access.MayAnswerEmergency, access.MaySimulate},
		})
}

// apart are the roles of one document that may not meet in one person.
func apart() [][2]string {
	return [][2]string{
		{"preparer", "auditor"},
		{"preparer", "finance_manager"},
		{"preparer", "spending_officer"},
		{"auditor", "finance_manager"},
		{"auditor", "spending_officer"},
		{"treasury", "preparer"},
		{"treasury", "finance_manager"},
		{access.AdministratorRole, "controller"},
	}
}

// founder is the seeding itself, which may do what administrators may.
func founder() *access.Standing {
	var all []string
	for _, a := range access.Acts() {
		all = append(all, a.Name)
	}
	return access.Program("demo", all...)
}

// hire plans roles, people and what they hold; Huda has handed her approvals to her deputy.
func (s *seeding) hire() {
	const since = "2026-01-01"
	by := founder()
	for _, r := range roles() {
		s.registry("role/"+r.Role, func(id uuid.UUID) (eventstore.Receipt, error) {
			r.Command, r.From = id, since
			return s.access.SetRole(s.ctx, by, r)
		})
	}
	for _, pair := range apart() {
		s.registry(fmt.Sprintf("apart/%s/%s", pair[0], pair[1]), func(id uuid.UUID) (eventstore.Receipt, error) {
			return s.access.SeparateRoles(s.ctx, by, access.SeparateRoles{Command: id, A: pair[0], B: pair[1], Reason: "لا يجتمع في شخص واحد مرحلتان من مستند واحد."})
		})
	}
	for _, h := range hires() {
		s.registry("person/"+h.id, func(id uuid.UUID) (eventstore.Receipt, error) {
			return s.access.RegisterPerson(s.ctx, by, access.RegisterPerson{
				Command: id, Person: h.id, Name: kernel.Text{Ar: h.ar, En: h.en}, Title: kernel.Text{Ar: h.titleAr, En: h.titleE}, On: since,
			})
		})
		s.registry("grant/"+h.id, func(id uuid.UUID) (eventstore.Receipt, error) {
			return s.access.GrantRole(s.ctx, by, access.GrantRole{Command: id, Person: h.id, Role: h.role, Unit: h.unit, From: since})
		})
	}
	s.registry("delegation/huda", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.access.Delegate(s.ctx, s.standing("huda"), access.Delegate{
			Command: id, Delegate: "sara", Kinds: []access.Kind{access.Reading, access.Approving}, From: "2026-11-01", To: "2027-12-31",
			Reason: "إجازة سنوية ومهمات خارجية",
		})
	})
}

// standing is what a person of the demo may do, as everybody's is resolved.
func (s *seeding) standing(person string) *access.Standing {
	found, ok := s.access.Standing(person, access.Acting{})
	if !ok {
		return access.Program(person)
	}
	return &found
}

// People lists everybody of the demo.
func People() []access.Person {
	var all []access.Person
	for _, h := range hires() {
		all = append(all, access.Person{
			ID: h.id, Name: kernel.Text{Ar: h.ar, En: h.en}, Title: kernel.Text{Ar: h.titleAr, En: h.titleE}, Role: access.Role{ID: h.role, Permissions: held(h.role)},
		})
	}
	return all
}

func held(role string) []string {
	for _, r := range roles() {
		if r.Role == role {
			return r.Permissions
		}
	}
	return nil
}
