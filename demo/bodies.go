package demo

import (
	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/graph/officer"
	"diwan/modules/directory"
	"diwan/modules/kernel"
)

// The bodies of the demo are of a country like Jordan; their units and the decisions behind them are
// invented. Chapters are those of the budget law in government.go.

// seat is a body or unit of the demo. A body has a kind, a unit a level.
type seat struct {
	id, parent, code string
	ar, en           string
	kind             string
	level            int
	budget           string // chapter of a body, financial centre of a unit
	from             string
}

func seats() []seat {
	const long = "2000-01-01"
	return []seat{
		{"jo", "", "jo", "المملكة الأردنية الهاشمية", "Hashemite Kingdom of Jordan", "state", 0, "", "1946-05-25"},
		{"mof", "jo", "1501", "وزارة المالية", "Ministry of Finance", "ministry", 0, "1501", long},
		{"mpwh", "jo", "2501", "وزارة الأشغال العامة", "Ministry of Public Works", "ministry", 0, "2501", long},
		{"hudc", "jo", "2502", "مؤسسة الإسكان", "Housing Corporation", "institution", 0, "2502", long},
		{"moh", "jo", "2601", "وزارة الصحة", "Ministry of Health", "ministry", 0, "2601", long},
		{"moe", "jo", "2701", "وزارة التربية والتعليم", "Ministry of Education", "ministry", 0, "2701", long},
		{"mwi", "jo", "2801", "وزارة المياه والري", "Ministry of Water and Irrigation", "ministry", 0, "2801", long},
		{"gbd", "mof", "gbd", "دائرة الموازنة العامة", "General Budget Department", "department", 0, "", long},
		{"audit", "jo", "audit", "ديوان المحاسبة", "Audit Bureau", "independent", 0, "", long},
		{"gam", "jo", "gam", "أمانة عمان الكبرى", "Greater Amman Municipality", "municipality", 0, "", long},

		{"mof-accounts", "mof", "10", "مديرية الحسابات العامة", "Public Accounts Directorate", "", 3, "150110", long},
		{"mof-treasury", "mof", "20", "مديرية الخزينة العامة", "Treasury Directorate", "", 3, "150120", long},
		{"mof-registry", "mof", "30", "مديرية السجل الوطني والبيانات الأساسية", "National Registry and Master Data", "", 3, "150130", "2024-01-01"},
		{"mof-systems", "mof", "40", "مديرية الأنظمة", "Systems Directorate", "", 3, "150140", long},
		{"gbd-works", "gbd", "10", "مديرية موازنات الأشغال والمياه", "Budgets of Works and Water", "", 3, "150210", long},

		{"mpwh-general", "mpwh", "01", "الأمانة العامة", "Secretariat General", "", 2, "250101", long},
		{"mpwh-roads", "mpwh", "10", "مديرية الطرق", "Directorate of Roads", "", 3, "250110", long},
		{"mpwh-roads-maintenance", "mpwh-roads", "1", "قسم صيانة الطرق", "Road Maintenance Section", "", 4, "", long},
		{"mpwh-roads-accounts", "mpwh-roads", "2", "قسم المحاسبة", "Accounts Section", "", 4, "", long},
		{"mpwh-buildings", "mpwh", "20", "مديرية الأبنية الحكومية", "Directorate of Government Buildings", "", 3, "250120", long},
		{"mpwh-bridges", "mpwh-buildings", "3", "قسم الجسور", "Bridges Section", "", 4, "", long},
		{"mpwh-finance", "mpwh", "30", "المديرية المالية", "Finance Directorate", "", 3, "250130", long},
		{"mpwh-control", "mpwh", "40", "وحدة الرقابة الداخلية", "Internal Control Unit", "", 3, "250140", long},
		{"hudc-projects", "hudc", "10", "مديرية المشاريع الإسكانية", "Housing Projects Directorate", "", 3, "250210", long},

		{"moh-primary", "moh", "10", "مديرية الرعاية الصحية الأولية", "Primary Health Care", "", 3, "260110", long},
		{"moh-hospitals", "moh", "20", "إدارة المستشفيات", "Hospitals Administration", "", 2, "260120", long},
		{"moh-zarqa", "moh-hospitals", "5", "مستشفى الزرقاء الحكومي", "Zarqa Government Hospital", "", 3, "260125", long},
		{"moe-basic", "moe", "10", "إدارة التعليم", "Education Administration", "", 2, "270110", long},
		{"moe-vocational", "moe", "20", "إدارة التعليم المهني", "Vocational Education", "", 2, "270120", long},
		{"mwi-resources", "mwi", "10", "مديرية مصادر المياه", "Water Resources Directorate", "", 3, "280110", long},
		{"mwi-dams", "mwi", "20", "مديرية الري والسدود", "Irrigation and Dams Directorate", "", 3, "280120", long},
		{"audit-works", "audit", "10", "مديرية الرقابة على الأشغال", "Audit of Works", "", 3, "", long},
	}
}

// chair is a post of the demo and who has held it since when.
type chair struct {
	id, unit, code string
	ar, en         string
	holder, from   string
}

func chairs() []chair {
	return []chair{
		{"mpwh-secretary-general", "mpwh-general", "1", "الأمين العام، آمر الصرف", "Secretary General, spending officer", "samar", "2022-03-06"},
		{"mpwh-finance-manager", "mpwh-finance", "1", "المدير المالي", "Finance manager", "huda", "2021-09-12"},
		{"mpwh-internal-auditor", "mpwh-control", "1", "مدقق داخلي", "Internal auditor", "omar", "2023-01-15"},
		{"mpwh-roads-director", "mpwh-roads", "1", "مدير الطرق", "Director of Roads", "", ""},
		{"mpwh-roads-accountant", "mpwh-roads-accounts", "1", "محاسب، مديرية الطرق", "Accountant, Directorate of Roads", "rana", "2024-02-04"},
		{"gbd-analyst", "gbd-works", "1", "محلل موازنة", "Budget analyst", "sami", "2020-06-01"},
		{"mof-treasurer-1", "mof-treasury", "1", "أمين الخزينة، الحساب الموحد", "Treasurer, single account", "lina", "2019-11-10"},
		{"mof-treasurer-2", "mof-treasury", "2", "أمين الخزينة، التحويلات", "Treasurer, transfers", "zaid", "2024-08-18"},
		{"mof-chief-accountant", "mof-accounts", "1", "رئيس الحسابات العامة", "Chief of public accounts", "mazen", "2018-04-01"},
		{"mof-registrar", "mof-registry", "1", "أمين السجل الوطني", "Keeper of the national registry", "dima", "2024-01-01"},
		{"mof-administrator", "mof-systems", "1", "مدير النظام", "System administrator", "ahmad", "2023-05-07"},
		{"audit-works-auditor", "audit-works", "1", "مدقق، ديوان المحاسبة", "Auditor, Audit Bureau", "nour", "2022-10-02"},
	}
}

// structure founds the government and takes it through the changes of its years.
func (s *seeding) structure() {
	s.registry("lists", func(uuid.UUID) (eventstore.Receipt, error) { return eventstore.Receipt{}, s.d.PublishShipped(s.ctx) })
	for _, x := range seats() {
		name := kernel.Text{Ar: x.ar, En: x.en}
		s.registry("seat/"+x.id, func(id uuid.UUID) (eventstore.Receipt, error) {
			if x.kind != "" {
				return s.d.FoundBody(s.ctx, s.registrar(), directory.FoundBody{
					Command: id, ID: x.id, Parent: x.parent, Code: x.code, Name: name, Kind: x.kind, Chapter: x.budget, From: x.from,
				})
			}
			return s.d.FoundUnit(s.ctx, s.registrar(), directory.FoundUnit{
				Command: id, ID: x.id, Parent: x.parent, Code: x.code, Name: name, Level: x.level, Centre: x.budget, From: x.from,
			})
		})
	}
	s.reforms()
	for _, x := range chairs() {
		from := "2024-01-01"
		if x.from != "" {
			from = x.from
		}
		s.registry("chair/"+x.id, func(id uuid.UUID) (eventstore.Receipt, error) {
			return s.d.FoundPost(s.ctx, s.registrar(), directory.FoundPost{
				Command: id, ID: x.id, Unit: x.unit, Code: x.code, Title: kernel.Text{Ar: x.ar, En: x.en}, From: from,
			})
		})
		if x.holder != "" {
			s.registry("holder/"+x.id, func(id uuid.UUID) (eventstore.Receipt, error) {
				return s.d.FillPost(s.ctx, s.registrar(), directory.FillPost{Command: id, Post: x.id, Person: x.holder, From: x.from})
			})
		}
	}
	s.calendar()
	s.terms()
	s.registry("acting/roads", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.d.FillPost(s.ctx, s.registrar(), directory.FillPost{
			Command: id, Post: "mpwh-roads-director", Person: "huda", Acting: true, From: "2026-11-01", To: "2026-12-31", Basis: "كتاب الأمين العام 40/2/811",
		})
	})
}

// reforms are a merger with a renaming, a section that moved, and a renaming still to come.
func (s *seeding) reforms() {
	s.registry("reform/merger", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.d.MergeUnits(s.ctx, s.registrar(), directory.MergeUnits{
			Command: id, Units: []string{"hudc"}, Into: "mpwh", From: "2025-01-01", Basis: "قانون إعادة الهيكلة رقم 17 لسنة 2024",
			Codes: []directory.Recode{{ID: "hudc-projects", Code: "50"}},
		})
	})
	s.registry("reform/works", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.d.RenameUnit(s.ctx, s.registrar(), directory.ChangeUnit{
			Command: id, ID: "mpwh", From: "2025-01-01", Basis: "قانون إعادة الهيكلة رقم 17 لسنة 2024",
			Name: kernel.Text{Ar: "وزارة الأشغال العامة والإسكان", En: "Ministry of Public Works and Housing"},
		})
	})
	s.registry("reform/bridges", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.d.MoveUnit(s.ctx, s.registrar(), directory.ChangeUnit{
			Command: id, ID: "mpwh-bridges", Parent: "mpwh-roads", From: "2026-03-01", Basis: "قرار وزير الأشغال 9 لسنة 2026",
		})
	})
	s.registry("reform/education", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.d.RenameUnit(s.ctx, s.registrar(), directory.ChangeUnit{
			Command: id, ID: "moe", From: "2027-01-01", Basis: "قرار مجلس الوزراء 5120",
			Name: kernel.Text{Ar: "وزارة التربية وتنمية الموارد البشرية", En: "Ministry of Education and Human Resources Development"},
		})
	})
}

// registry plans a command of the national registry; it belongs to the groundwork.
func (s *seeding) registry(name string, run func(id uuid.UUID) (eventstore.Receipt, error)) {
	s.acts = append(s.acts, namedAct{name: name, run: func() error {
		_, err := run(ID(name))
		return err
	}})
}

// registrar is the keeper of the national registry, with what her role allows.
func (s *seeding) registrar() directory.Clerk { return s.clerk("dima") }

// clerk is a person of the demo with the facts that the directory's decisions need.
func (s *seeding) clerk(person string) directory.Clerk {
	return officer.Directory(s.standing(person))
}
