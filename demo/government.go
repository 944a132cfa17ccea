package demo

import (
	"fmt"
	"strings"

	"diwan/modules/finance"
)

// The government of the demo: invented, of a country like Jordan. Names are those that a budget
// law prints; amounts are drawn in budget.go.

// programme is one programme of a chapter, its share of wages, and the articles it spends on.
type programme struct {
	chapter, code string
	ar, en        string
	cofog         string
	wages         int64 // a year's salaries in dinars
	items         []string
	projects      []project
}

// project is a capital project of a programme.
type project struct {
	code, ar, en string
	item         string
	cost         int64 // a year's appropriation in dinars
}

// value is a code of the chart with its names.
type value struct{ code, ar, en string }

func chapters() []value {
	return []value{
		{"1501", "وزارة المالية", "Ministry of Finance"},
		{"2501", "وزارة الأشغال العامة والإسكان", "Ministry of Public Works and Housing"},
		{"2601", "وزارة الصحة", "Ministry of Health"},
		{"2701", "وزارة التربية والتعليم", "Ministry of Education"},
		{"2801", "وزارة المياه والري", "Ministry of Water and Irrigation"},
	}
}

func programmes() []programme {
	office := []string{"221103", "221104", "221107", "221113", "221114"}
	return []programme{
		{chapter: "1501", code: "1401", ar: "الإدارة والخدمات المساندة", en: "Administration and support", cofog: "01", wages: 4_200_000, items: append(office, "221102")},
		{
			chapter: "1501", code: "1402", ar: "الحسابات العامة والخزينة", en: "Public accounts and treasury", cofog: "01", wages: 2_600_000, items: append(office, "221111"),
			projects: []project{{"002", "تحديث نظام الحسابات", "Renewal of the accounts system", "311302", 1_800_000}},
		},
		{
			chapter: "2501", code: "4401", ar: "صيانة الطرق", en: "Road maintenance", cofog: "04", wages: 5_400_000, items: []string{"221105", "221106", "221107", "221110"},
			projects: []project{
				{"002", "إعادة تأهيل الطريق الصحراوي، المرحلة الثالثة", "Desert highway rehabilitation, stage 3", "311201", 14_500_000},
				{"003", "جسور المفرق", "Bridges of Mafraq", "311202", 6_250_000},
			},
		},
		{
			chapter: "2501", code: "4402", ar: "الأبنية الحكومية", en: "Government buildings", cofog: "06", wages: 1_900_000, items: append(office, "221106"),
			projects: []project{{"002", "مجمع الدوائر الحكومية في الكرك", "Government offices in Karak", "311101", 7_800_000}},
		},
		{chapter: "2601", code: "4501", ar: "الرعاية الصحية الأولية", en: "Primary health care", cofog: "07", wages: 28_000_000, items: append(office, "221105", "221108")},
		{
			chapter: "2601", code: "4502", ar: "المستشفيات", en: "Hospitals", cofog: "07", wages: 61_000_000, items: append(office, "221106", "221108", "221112"),
			projects: []project{
				{"002", "توسعة مستشفى الزرقاء", "Extension of Zarqa hospital", "311101", 9_400_000},
				{"003", "أجهزة غسيل الكلى", "Dialysis equipment", "311301", 2_750_000},
			},
		},
		{chapter: "2601", code: "4503", ar: "صحة الأم والطفل", en: "Mother and child health", cofog: "07", wages: 6_300_000, items: []string{"221107", "221108"}},
		{
			chapter: "2701", code: "4601", ar: "التعليم الأساسي", en: "Basic education", cofog: "09", wages: 142_000_000, items: append(office, "221109"),
			projects: []project{{"002", "مدارس جديدة في إربد", "New schools in Irbid", "311101", 11_200_000}},
		},
		{chapter: "2701", code: "4602", ar: "التعليم الثانوي", en: "Secondary education", cofog: "09", wages: 58_000_000, items: append(office, "221109")},
		{
			chapter: "2701", code: "4603", ar: "التعليم المهني", en: "Vocational education", cofog: "09", wages: 9_700_000, items: []string{"221103", "221106", "221109"},
			projects: []project{{"002", "مشاغل مهنية في معان", "Workshops in Ma'an", "311301", 1_150_000}},
		},
		{
			chapter: "2801", code: "4701", ar: "مصادر المياه", en: "Water resources", cofog: "06", wages: 3_800_000, items: []string{"221103", "221105", "221106"},
			projects: []project{{"002", "آبار الديسي، خط الربط", "Disi wells, connecting line", "311203", 16_900_000}},
		},
		{chapter: "2801", code: "4702", ar: "الري والسدود", en: "Irrigation and dams", cofog: "04", wages: 2_900_000, items: []string{"221103", "221105", "221106", "221110"}},
	}
}

// articles are the natural accounts that programmes spend on.
func articles() []value {
	return []value{
		{"211101", "الرواتب والأجور", "Salaries and wages"},
		{"221102", "الاتصالات", "Telecommunications"},
		{"221103", "الكهرباء", "Electricity"},
		{"221104", "المياه", "Water"},
		{"221105", "المحروقات", "Fuel"},
		{"221106", "صيانة الآليات وقطع الغيار", "Machinery maintenance and spare parts"},
		{"221107", "القرطاسية والمطبوعات", "Stationery and printing"},
		{"221108", "الأدوية والمستلزمات الطبية", "Medicines and medical supplies"},
		{"221109", "الكتب المدرسية", "Schoolbooks"},
		{"221110", "مواد وخلطات إسفلتية", "Asphalt and road materials"},
		{"221111", "خدمات مصرفية وبريد", "Banking and postal services"},
		{"221112", "التغذية والنظافة", "Catering and cleaning"},
		{"221113", "الإيجارات", "Rents"},
		{"221114", "التدريب والإيفاد", "Training and travel"},
		{"311101", "الأبنية", "Buildings"},
		{"311201", "الطرق", "Roads"},
		{"311202", "الجسور", "Bridges"},
		{"311203", "شبكات المياه", "Water networks"},
		{"311301", "أجهزة ومعدات", "Equipment"},
		{"311302", "برمجيات وأنظمة", "Software and systems"},
	}
}

// accounts are the balance sheet's natural accounts that entries are made on.
func accounts() []value {
	return []value{
		{"111001", "حساب الخزينة الموحد، البنك المركزي", "Treasury single account, Central Bank"},
		{"111002", "حساب المنح، البنك المركزي", "Grants account, Central Bank"},
		{"111003", "نقد في صناديق القبض", "Cash at the counters"},
		{"131002", "سلف", "Advances"},
		{"142001", "رسوم تصاريح الطرق", "Road permit fees"},
		{"229001", "فروق الصناديق", "Differences of counters"},
		{"333001", "أمانات للغير", "Held for others"},
		{"131001", "مبالغ مستردة من المستفيدين", "Recoverable from payees"},
		{"351001", "صافي النتيجة المتراكم", "Accumulated net result"},
		{"331001", "مستحقات الموردين والمستفيدين", "Payable to suppliers and payees"},
		{"332001", "ضريبة مقتطعة للتوريد", "Tax withheld"},
		{"332002", "محتجزات حسن التنفيذ", "Retention money"},
		{"332003", "اقتطاعات الضمان والتقاعد", "Social security and pension deductions"},
		{"411001", "إيرادات الخزينة", "Treasury revenue"},
	}
}

// suppliers are the companies that are paid.
func suppliers() []value {
	return []value{
		{"10231", "شركة طرق الشمال للمقاولات", "North Roads Contracting"},
		{"10467", "شركة المحروقات الوطنية", "National Fuel Company"},
		{"11820", "مؤسسة البتراء لقطع الغيار", "Petra Spare Parts"},
		{"12044", "شركة الرواد للإنشاءات", "Al-Ruwwad Construction"},
		{"12519", "شركة اليرموك للصناعات الدوائية", "Yarmouk Pharmaceuticals"},
		{"12888", "مطبعة جرش", "Jerash Press"},
		{"13107", "شركة الكهرباء المركزية", "Central Electricity Company"},
		{"13350", "سلطة مياه العاصمة", "Capital Water Authority"},
		{"13672", "شركة اتصالات الأردن الأولى", "First Jordan Telecom"},
		{"14015", "مؤسسة العقبة للتجهيزات الطبية", "Aqaba Medical Supplies"},
		{"14230", "شركة عجلون للتغذية", "Ajloun Catering"},
		{"14561", "شركة وادي رم للأنظمة", "Wadi Rum Systems"},
		{"14877", "شركة الجسور الحديثة", "Modern Bridges"},
		{"15002", "شركة الديسي للأنابيب", "Disi Pipes"},
		{"15348", "شركة مادبا للإسفلت", "Madaba Asphalt"},
		{"16021", "شركة البيان العقارية", "Al-Bayan Real Estate"},
		{"16208", "معهد الإدارة الحديثة", "Institute of Modern Administration"},
		{"15690", "البنك العربي المتحد، خدمات", "United Arab Bank, services"},
	}
}

// supplierOf is who usually delivers an article.
func supplierOf(item string) string {
	return map[string]string{
		"221102": "13672", "221103": "13107", "221104": "13350", "221105": "10467", "221106": "11820", "221107": "12888",
		"221108": "12519", "221109": "12888", "221110": "15348", "221111": "15690", "221112": "14230", "221113": "16021", "221114": "16208",
		"311101": "12044", "311201": "10231", "311202": "14877", "311203": "15002", "311301": "14015", "311302": "14561",
	}[item]
}

// Year is the demo's fiscal year.
const Year = 2026

// line is one appropriation line of the demo's budget.
type line struct {
	programme programme
	activity  value
	item      value
	economic  finance.EconomicType
	dinars    int64 // the year's appropriation
}

// key names the line as the standard budget key does.
func (l line) key() string {
	return strings.Join([]string{"01", l.programme.chapter, l.programme.code, l.activity.code, l.item.code, "001"}, "-")
}

func (l line) wages() bool { return l.item.code == "211101" }

// lines are all appropriation lines in the order of the law.
func lines() []line {
	names := map[string]value{}
	for _, a := range articles() {
		names[a.code] = a
	}
	running := value{"001", "الأنشطة الجارية", "Running activities"}
	draw := seeded("budget")
	var all []line
	for _, p := range programmes() {
		all = append(all, line{p, running, names["211101"], finance.Current, p.wages})
		for _, item := range p.items {
			all = append(all, line{p, running, names[item], finance.Current, (40 + draw.Int64N(760)) * 1000})
		}
		for _, x := range p.projects {
			all = append(all, line{p, value{x.code, x.ar, x.en}, names[x.item], finance.Capital, x.cost})
		}
	}
	return all
}

// law is the budget law as a file that `diwan import budget` reads.
func law() string {
	var b strings.Builder
	b.WriteString("year,fund,fund_name,fund_name_en,chapter,chapter_name,chapter_name_en,programme,programme_name,programme_name_en," +
		"activity,activity_name,activity_name_en,item,item_name,item_name_en,source,source_name,source_name_en,cofog,economic,amount\n")
	names := map[string]value{}
	for _, c := range chapters() {
		names[c.code] = c
	}
	for _, l := range lines() {
		c, p := names[l.programme.chapter], l.programme
		row := []string{
			fmt.Sprint(Year), "01", "حساب الموازنة", "Budget account", c.code, c.ar, c.en, p.code, p.ar, p.en,
			l.activity.code, l.activity.ar, l.activity.en, l.item.code, l.item.ar, l.item.en, "001", "الخزينة", "Treasury", p.cofog,
			string(l.economic), fmt.Sprintf("%d.000", l.dinars),
		}
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "%q", cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
