package access

import "diwan/modules/kernel"

// Kind is a kind of act; delegations name kinds.
type Kind string

// The kinds of acts.
const (
	Reading       Kind = "read"       // اطلاع
	Preparing     Kind = "prepare"    // إعداد
	Approving     Kind = "approve"    // اعتماد: may need a fresh proof of who acts
	Administering Kind = "administer" // إدارة
)

// Act is one thing that may be done, under the name that roles hold. The module that owns it says
// what it is called and of which kind; wiring joins the lists.
type Act struct {
	Name  string // "finance.voucher.approve"
	Kind  Kind
	Title kernel.Text
}

// The acts of this module.
const (
	MayReadAccess      = "access.read"
	MayRegisterPerson  = "access.person.register"
	MayChangePerson    = "access.person.change"
	MayDefineRole      = "access.role.define"
	MayGrantRole       = "access.role.grant"
	MaySeparateRoles   = "access.duties.separate"
	MayClear           = "access.clearance.give"
	MayClassify        = "access.object.classify"
	MayOpenService     = "access.service.open"
	MaySetPolicy       = "access.policy.set"
	MaySimulate        = "access.rights.simulate"
	MayReadReadings    = "access.readings.read"
	MayGoEmergency     = "access.emergency.ask"
	MayAnswerEmergency = "access.emergency.answer"
)

// Acts lists this module's acts.
func Acts() []Act {
	return []Act{
		{MayReadAccess, Reading, kernel.Text{Ar: "الاطلاع على الأشخاص والأدوار", En: "See people and roles"}},
		{MayRegisterPerson, Administering, kernel.Text{Ar: "تسجيل الأشخاص", En: "Register people"}},
		{MayChangePerson, Administering, kernel.Text{Ar: "تعديل الأشخاص وإيقافهم", En: "Change and suspend people"}},
		{MayDefineRole, Administering, kernel.Text{Ar: "تعريف الأدوار", En: "Define roles"}},
		{MayGrantRole, Administering, kernel.Text{Ar: "منح الأدوار", En: "Grant roles"}},
		{MaySeparateRoles, Administering, kernel.Text{Ar: "الفصل بين الأدوار", En: "Separate roles"}},
		{MayClear, Administering, kernel.Text{Ar: "منح درجة الاطلاع على السري", En: "Give clearance"}},
		{MayClassify, Administering, kernel.Text{Ar: "تحديد السرية وقائمة المطلعين", En: "Classify objects and name readers"}},
		{MayOpenService, Administering, kernel.Text{Ar: "فتح حسابات الأنظمة", En: "Open service accounts"}},
		{MaySetPolicy, Administering, kernel.Text{Ar: "ضبط سياسة الجلسات", En: "Set the policy of sessions"}},
		{MaySimulate, Reading, kernel.Text{Ar: "محاكاة الحقوق", En: "Simulate rights"}},
		{MayReadReadings, Reading, kernel.Text{Ar: "الاطلاع على سجل القراءات", En: "See who read what"}},
		{MayGoEmergency, Reading, kernel.Text{Ar: "الاطلاع الطارئ", En: "Read in an emergency"}},
		{MayAnswerEmergency, Approving, kernel.Text{Ar: "البت في الاطلاع الطارئ", En: "Answer an emergency"}},
	}
}

// Catalogue finds acts by name.
type Catalogue struct {
	list   []Act
	byName map[string]Act
}

// NewCatalogue joins the modules' lists.
func NewCatalogue(lists ...[]Act) *Catalogue {
	c := &Catalogue{byName: map[string]Act{}}
	for _, list := range lists {
		for _, a := range list {
			c.list = append(c.list, a)
			c.byName[a.Name] = a
		}
	}
	return c
}

// All lists every act in the modules' order.
func (c *Catalogue) All() []Act { return c.list }

// Find finds an act.
func (c *Catalogue) Find(name string) (Act, bool) {
	a, ok := c.byName[name]
	return a, ok
}

// ofKinds lists the names of the acts of some kinds.
func (c *Catalogue) ofKinds(kinds ...Kind) []string {
	var names []string
	for _, a := range c.list {
		for _, k := range kinds {
			if a.Kind == k {
				names = append(names, a.Name)
			}
		}
	}
	return names
}
