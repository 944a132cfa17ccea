package finance

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// The kinds of field a column of a budget file can be.
type fieldKind int

const (
	codeField fieldKind = iota
	nameField
	nameEnField
	cofogField
	economicField
	yearField
	amountField
)

// column is one column that is read.
type column struct {
	index   int
	name    string // as the file writes it
	kind    fieldKind
	segment Segment
	year    int // of an amount.YYYY
}

// columns is how a file is read: its columns by kind, in file order.
type columns struct {
	codes, names, amounts []column
	cofog, economic, year *column
	parts                 []KeyPart // the budget key of this import; nil = the year's own
	strict                bool      // Diwan's own headers: codes are no longer than the chart says
	style                 kernel.AmountStyle
}

// ownHeaders are Diwan's own column names besides the fields' names.
func ownHeaders() map[string]string {
	return map[string]string{
		"الصندوق": "fund", "الفصل": "chapter", "المركز المالي": "centre", "البرنامج": "programme", "النشاط": "activity",
		"المشروع": "activity", "البند": "item", "مصدر التمويل": "source", "المحافظة": "governorate", "السنة": "year",
		"السنة المالية": "year", "المبلغ": "amount", "المخصصات": "amount", "اسم الصندوق": "fund_name", "اسم الفصل": "chapter_name",
		"اسم المركز المالي": "centre_name", "اسم البرنامج": "programme_name", "اسم النشاط": "activity_name", "اسم المشروع": "activity_name",
		"اسم البند": "item_name", "اسم مصدر التمويل": "source_name", "اسم المحافظة": "governorate_name", "التصنيف الوظيفي": "cofog",
	}
}

// ownMap finds the columns of a file with Diwan's own headers.
func ownMap(header []string) map[string]string {
	own, found := ownHeaders(), map[string]string{}
	for _, h := range header {
		name := strings.Join(strings.Fields(h), " ")
		if field, ok := own[name]; ok {
			found[h] = field
			continue
		}
		if field := strings.ToLower(name); known(field) {
			found[h] = field
		}
	}
	return found
}

func known(field string) bool {
	_, ok := fieldOf(field)
	return ok
}

// fieldOf reads a field's name: "chapter", "chapter_name", "chapter_name_en", "amount.2015".
func fieldOf(field string) (column, bool) {
	switch field {
	case "cofog":
		return column{kind: cofogField}, true
	case "economic":
		return column{kind: economicField}, true
	case "year":
		return column{kind: yearField}, true
	case "amount":
		return column{kind: amountField}, true
	}
	if year, ok := strings.CutPrefix(field, "amount."); ok {
		n, err := strconv.Atoi(year)
		return column{kind: amountField, year: n}, err == nil && n >= 1900 && n <= 2200
	}
	kind, name := codeField, field
	if base, ok := strings.CutSuffix(field, "_name_en"); ok {
		kind, name = nameEnField, base
	} else if base, ok := strings.CutSuffix(field, "_name"); ok {
		kind, name = nameField, base
	}
	for _, s := range Segments {
		if string(s) == name {
			return column{kind: kind, segment: s}, true
		}
	}
	return column{}, false
}

// bindColumns finds the map's columns in the header. All that is wrong with the map is said at once.
func bindColumns(header []string, m ColumnMap, mapped bool, year int, rules Rules) (*columns, error) {
	var f form
	c := &columns{style: kernel.AmountStyle{Multiplier: m.Multiplier}}
	names := make([]string, 0, len(m.Columns))
	for name := range m.Columns {
		names = append(names, name)
	}
	sort.Strings(names)
	taken := map[string]bool{}
	var bound []column
	for _, name := range names {
		field := strings.TrimSpace(m.Columns[name])
		col, ok := fieldOf(field)
		if !ok {
			f.refuse("map.columns", "import.field_unknown", kernel.Text{
				Ar: "الحقل «" + field + "» غير معروف.", En: "Field “" + field + "” is not known.",
			})
			continue
		}
		if taken[field] {
			f.refuse("map.columns", "import.field_twice", kernel.Text{
				Ar: "الحقل «" + field + "» مربوط بعمودين.", En: "Field “" + field + "” is given two columns.",
			})
		}
		taken[field] = true
		col.name, col.index = name, headerIndex(header, name)
		if col.index < 0 {
			f.refuse("map.columns", "import.column_missing", kernel.Text{
				Ar: "لا عمود باسم «" + name + "» في الملف.", En: "The file has no column “" + name + "”.",
			})
			continue
		}
		bound = append(bound, col)
	}
	sort.SliceStable(bound, func(i, j int) bool { return bound[i].index < bound[j].index })
	for _, col := range bound {
		c.place(col)
	}
	c.sortCodes()
	f.checkColumns(c, year)
	f.style(c, m)
	if err := f.result(); err != nil {
		return nil, err
	}
	c.chooseKey(mapped, rules)
	return c, nil
}

func (c *columns) place(col column) {
	switch col.kind {
	case codeField:
		c.codes = append(c.codes, col)
	case nameField, nameEnField:
		c.names = append(c.names, col)
	case amountField:
		c.amounts = append(c.amounts, col)
	case cofogField:
		c.cofog = &col
	case economicField:
		c.economic = &col
	case yearField:
		c.year = &col
	}
}

// sortCodes puts the segments into the order of every key.
func (c *columns) sortCodes() {
	place := map[Segment]int{}
	for i, s := range Segments {
		place[s] = i
	}
	sort.SliceStable(c.codes, func(i, j int) bool { return place[c.codes[i].segment] < place[c.codes[j].segment] })
}

func (f *form) checkColumns(c *columns, year int) {
	if len(c.codes) == 0 {
		f.refuse("map.columns", "import.no_segment", kernel.Text{
			Ar: "لا عمود لأي جزء من دليل الحسابات. تلزم خريطة أعمدة (--map).",
			En: "No column holds a segment of the chart. A column map is needed (--map).",
		})
	}
	if len(c.amounts) == 0 {
		f.refuse("map.columns", "import.no_amount", kernel.Text{
			Ar: "لا عمود للمبلغ. تلزم خريطة أعمدة (--map).",
			En: "No column holds the amount. A column map is needed (--map).",
		})
	}
	for _, a := range c.amounts {
		if a.year == 0 && c.year == nil && year == 0 {
			f.refuse("year", "import.no_year", kernel.Text{
				Ar: "لا عمود للسنة. تُعطى السنة بالخيار ‎--year‎.",
				En: "No column holds the year. Give it with --year.",
			})
		}
	}
}

// style takes the number style from the map; what it leaves out was found from the file.
func (f *form) style(c *columns, m ColumnMap) {
	sign := func(path, s string) rune {
		r, size := utf8.DecodeRuneInString(s)
		if s != "" && size != len(s) {
			f.refuse("map."+path, "import.number_sign", kernel.Text{
				Ar: "علامة الأرقام «" + s + "» ليست حرفاً واحداً.", En: "The number sign “" + s + "” is not a single character.",
			})
		}
		if s == "" {
			return 0
		}
		return r
	}
	c.style.Decimal, c.style.Thousands = sign("decimal", m.Decimal), sign("thousands", m.Thousands)
	if m.Multiplier < 0 || m.Multiplier > 1_000_000_000 {
		f.refuse("map.multiplier", "import.multiplier", kernel.Text{
			Ar: "المضاعف من 1 إلى 1,000,000,000.", En: "The multiplier is from 1 to 1,000,000,000.",
		})
	}
	if m.Currency != "" {
		f.add("map.currency", kernel.CheckCurrency(m.Currency))
	}
}

// chooseKey: in a mapped import the budget key is every segment that is mapped; a file with Diwan's
// own headers has the year's key, when it holds all of it that has no default.
func (c *columns) chooseKey(mapped bool, rules Rules) {
	has := map[Segment]bool{}
	for _, col := range c.codes {
		has[col.segment] = true
	}
	if !mapped {
		c.strict = true
		complete := true
		for _, p := range rules.KeyParts(0) {
			complete = complete && (has[p.Segment] || rules.Segments[p.Segment].Default != "")
		}
		if complete {
			return
		}
	}
	for _, col := range c.codes {
		c.parts = append(c.parts, KeyPart{Segment: col.segment})
	}
}

func headerIndex(header []string, name string) int {
	want := strings.Join(strings.Fields(name), " ")
	for i, h := range header {
		if strings.Join(strings.Fields(h), " ") == want {
			return i
		}
	}
	for i, h := range header {
		if strings.EqualFold(strings.Join(strings.Fields(h), " "), want) {
			return i
		}
	}
	return -1
}
