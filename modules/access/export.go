package access

import (
	"diwan/export/sheet"
	"diwan/modules/kernel"
)

// Sheets are the module's lists that people save or print.
func Sheets() []sheet.Sheet {
	column := func(ar, en string, kind sheet.Kind, path ...string) sheet.Column {
		return sheet.Column{Title: kernel.Text{Ar: ar, En: en}, Kind: kind, Path: path}
	}
	fixed := func(all ...sheet.Column) func(map[string]any) []sheet.Column {
		return func(map[string]any) []sheet.Column { return all }
	}
	nothing := func(map[string]any) []kernel.Text { return nil }
	return []sheet.Sheet{
		{
			Name: "access.people", Title: kernel.Text{Ar: "الأشخاص وأدوارهم", En: "People and their roles"}, Rows: []string{"people"},
			Document: `query SheetPeople($search: String, $unit: ID, $role: ID, $state: PersonState, $first: Int!, $after: String) {
				people(search: $search, unit: $unit, role: $role, state: $state, first: $first, after: $after) {
					nodes { id name { ar en } title { ar en } since last clearance { name { ar en } } grants { role { title { ar en } } unit { name { ar en } } from to } }
					pageInfo { hasNextPage endCursor }
				}
			}`,
			Columns: fixed(column("اسم الدخول", "Sign-in name", sheet.Text, "id"), column("الاسم", "Name", sheet.Named, "name"), column("الوظيفة", "Post", sheet.Named, "title"),
				column("منذ", "Since", sheet.Date, "since"), column("آخر يوم", "Last day", sheet.Date, "last"), column("درجة الاطلاع", "Clearance", sheet.Named, "clearance", "name"),
				column("الدور", "Role", sheet.Named, "grants", "0", "role", "title"), column("الوحدة", "Unit", sheet.Named, "grants", "0", "unit", "name")),
			Asked: nothing,
		},
		{
			Name: "access.role_holders", Title: kernel.Text{Ar: "حاملو دور", En: "Holders of a role"}, Rows: []string{"roleHolders"},
			Document: `query SheetRoleHolders($role: ID!, $first: Int!, $after: String) {
				roleHolders(role: $role, first: $first, after: $after) {
					nodes { person { id name { ar en } } unit { name { ar en } } from to }
					pageInfo { hasNextPage endCursor }
				}
			}`,
			Columns: fixed(column("اسم الدخول", "Sign-in name", sheet.Text, "person", "id"), column("الاسم", "Name", sheet.Named, "person", "name"), column("الوحدة", "Unit", sheet.Named, "unit", "name"),
				column("من", "From", sheet.Date, "from"), column("إلى", "To", sheet.Date, "to")),
			Asked: nothing,
		},
	}
}
