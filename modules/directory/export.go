package directory

import (
	"fmt"

	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// Sheets are the directory's lists that people save or print, as their screens show them.
func Sheets() []sheet.Sheet {
	return []sheet.Sheet{unitsSheet(), postsSheet(), codesSheet(), termsSheet(), holidaysSheet()}
}

func column(ar, en string, kind sheet.Kind, path ...string) sheet.Column {
	return sheet.Column{Title: kernel.Text{Ar: ar, En: en}, Kind: kind, Path: path}
}

func columns(all ...sheet.Column) func(map[string]any) []sheet.Column {
	return func(map[string]any) []sheet.Column { return all }
}

// filters say in words what a list was narrowed to.
func filters(named map[string]kernel.Text, order ...string) func(map[string]any) []kernel.Text {
	return func(variables map[string]any) (all []kernel.Text) {
		for _, name := range order {
			if value := variables[name]; value != nil && value != "" {
				all = append(all, kernel.Text{Ar: fmt.Sprintf("%s: %v", named[name].Ar, value), En: fmt.Sprintf("%s: %v", named[name].En, value)})
			}
		}
		return all
	}
}

func filterWords() map[string]kernel.Text {
	return map[string]kernel.Text{
		"at": {Ar: "كما في", En: "As of"}, "search": {Ar: "بحث", En: "Search"}, "parent": {Ar: "تحت", En: "Under"}, "unit": {Ar: "الوحدة", En: "Unit"},
		"list": {Ar: "القائمة", En: "List"}, "state": {Ar: "الحالة", En: "State"}, "from": {Ar: "من", En: "From"}, "to": {Ar: "إلى", En: "To"}, "kind": {Ar: "النوع", En: "Kind"},
	}
}

func unitsSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "directory.units", Title: kernel.Text{Ar: "الهيئات والوحدات", En: "Bodies and units"}, Rows: []string{"units"},
		Document: `query SheetUnits($parent: ID, $search: String, $kind: String, $at: Date, $first: Int!, $after: String) {
			units(parent: $parent, search: $search, kind: $kind, at: $at, first: $first, after: $after) {
				nodes { id path name { ar en } kindName { ar en } levelName { ar en } chapter centre postCount ofBody { name { ar en } } }
				pageInfo { hasNextPage endCursor }
			}
		}`,
		Columns: columns(column("المسار", "Path", sheet.Text, "path"), column("الاسم", "Name", sheet.Named, "name"), column("النوع", "Kind", sheet.Named, "kindName"),
			column("المستوى", "Level", sheet.Named, "levelName"), column("الجهة", "Body", sheet.Named, "ofBody", "name"), column("الفصل", "Chapter", sheet.Text, "chapter"),
			column("المركز المالي", "Financial centre", sheet.Text, "centre"), column("الوظائف", "Posts", sheet.Number, "postCount"), column("الرقم", "Id", sheet.Text, "id")),
		Asked: filters(filterWords(), "at", "parent", "search", "kind"),
	}
}

func postsSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "directory.posts", Title: kernel.Text{Ar: "الوظائف وشاغلوها", En: "Posts and their holders"}, Rows: []string{"posts"},
		Document: `query SheetPosts($unit: ID, $search: String, $at: Date, $first: Int!, $after: String) {
			posts(unit: $unit, below: true, search: $search, at: $at, first: $first, after: $after) {
				nodes { id code title { ar en } unit { path name { ar en } } holders { person name { ar en } from to } }
				pageInfo { hasNextPage endCursor }
			}
		}`,
		Columns: columns(column("الوحدة", "Unit", sheet.Named, "unit", "name"), column("المسار", "Path", sheet.Text, "unit", "path"), column("الرمز", "Code", sheet.Text, "code"),
			column("الوظيفة", "Post", sheet.Named, "title"), column("الشاغل", "Holder", sheet.Named, "holders", "0", "name"), column("منذ", "Since", sheet.Date, "holders", "0", "from"),
			column("الرقم", "Id", sheet.Text, "id")),
		Asked: filters(filterWords(), "at", "unit", "search"),
	}
}

func codesSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "directory.codes", Title: kernel.Text{Ar: "قائمة رموز", En: "Code list"}, Rows: []string{"codeValues"},
		Document: `query SheetCodes($list: String!, $search: String, $retired: Boolean = false, $at: Date, $first: Int!, $after: String) {
			codeValues(list: $list, search: $search, retired: $retired, at: $at, first: $first, after: $after) {
				nodes { code name { ar en } parent replacedBy from }
				pageInfo { hasNextPage endCursor }
			}
		}`,
		Columns: columns(column("الرمز", "Code", sheet.Text, "code"), column("المعنى", "Meaning", sheet.Named, "name"), column("تحت", "Under", sheet.Text, "parent"),
			column("منذ", "Since", sheet.Date, "from"), column("حل محله", "Replaced by", sheet.Text, "replacedBy")),
		Asked: filters(filterWords(), "list", "at", "search"),
	}
}

func termsSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "directory.terms", Title: kernel.Text{Ar: "المصطلحات", En: "Terms"}, Rows: []string{"terms"},
		Document: `query SheetTerms($state: TermState, $search: String, $first: Int!, $after: String) {
			terms(state: $state, search: $search, first: $first, after: $after) {
				nodes { id name { ar en } definition { ar en } stateName { ar en } domain body proposed decided votesFor votesAgainst abstaining }
				pageInfo { hasNextPage endCursor }
			}
		}`,
		Columns: columns(column("المصطلح بالعربية", "Term in Arabic", sheet.Text, "name", "ar"), column("المصطلح بالإنجليزية", "Term in English", sheet.Text, "name", "en"),
			column("التعريف", "Definition", sheet.Named, "definition"), column("الحالة", "State", sheet.Named, "stateName"), column("المجال", "Domain", sheet.Text, "domain"),
			column("الجهة المقترحة", "Proposed by", sheet.Text, "body"), column("اقتُرح", "Proposed", sheet.Date, "proposed"), column("بُتّ فيه", "Decided", sheet.Date, "decided"),
			column("مع", "For", sheet.Number, "votesFor"), column("ضد", "Against", sheet.Number, "votesAgainst"), column("امتناع", "Abstaining", sheet.Number, "abstaining")),
		Asked: filters(filterWords(), "state", "search"),
	}
}

func holidaysSheet() sheet.Sheet {
	return sheet.Sheet{
		Name: "directory.holidays", Title: kernel.Text{Ar: "العطل الرسمية", En: "Public holidays"}, Rows: []string{"holidays"},
		Document: `query SheetHolidays($from: Date!, $to: Date!, $first: Int!, $after: String) {
			holidays(from: $from, to: $to, first: $first, after: $after) { nodes { day name { ar en } basis } pageInfo { hasNextPage endCursor } }
		}`,
		Columns: columns(column("اليوم", "Day", sheet.Date, "day"), column("المناسبة", "Occasion", sheet.Named, "name"), column("السند", "Basis", sheet.Text, "basis")),
		Asked:   filters(filterWords(), "from", "to"),
	}
}
