package graph

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/graph/generated"
	"diwan/graph/officer"
)

func schema() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

// faults walks a schema and tells what breaks the rules of the API.
func faults(s *ast.Schema) []string {
	var found []string
	add := func(where, what string) { found = append(found, where+": "+what) }
	known := map[string]bool{signedIn: true}
	for _, act := range officer.Catalogue().All() {
		known[act.Name] = true
	}
	for _, t := range s.Types {
		if t.BuiltIn || strings.HasPrefix(t.Name, "__") {
			continue
		}
		if t.Description == "" {
			add(t.Name, "has no description")
		}
		for _, v := range t.EnumValues {
			if v.Description == "" {
				add(t.Name+"."+v.Name, "has no description")
			}
		}
		for _, f := range t.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			where := t.Name + "." + f.Name
			if f.Description == "" {
				add(where, "has no description")
			}
			if t == s.Query || t == s.Mutation || t == s.Subscription {
				need := f.Directives.ForName("requires")
				if need == nil {
					add(where, "requires no permission")
					continue
				}
				for _, p := range strings.Fields(need.Arguments.ForName("permission").Value.Raw) {
					if !known[p] {
						add(where, "requires "+p+", which no role holds")
					}
				}
			}
			if f.Type.Elem != nil && t.Kind == ast.Object && s.Types[f.Type.Elem.Name()].Kind == ast.Object && !bounded(t.Name, f.Name) {
				add(where, "is a list and no connection")
			}
			if f.Type.Name() == "Float" {
				add(where, "is a float")
			}
		}
	}
	slices.Sort(found)
	return found
}

// bounded names the lists that are parts of one thing and never long: months of a row, segments of
// a line, lines of one document, the two lists of every connection.
func bounded(of, field string) bool {
	if strings.HasSuffix(of, "Connection") {
		return field == "edges" || field == "nodes"
	}
	if of == "OfficeDay" && field == "holidays" {
		return true
	}
	if of == "Health" || of == "DatedPolicy" || of == "Query" && (field == "policies" || field == "recordedDays") {
		return true // what one house has of lanes, read tables, consumers, policies; a range of days
	}
	switch of {
	case "BudgetCeilingSet", "BudgetRequest", "CeilingBreach", "DraftPart", "RequestedLine", "BudgetCycle":
		return true // three years of a line; the ceilings and the draft of one year's budget
	case "Query":
		if field == "budgetCycles" || field == "budgetBreaches" {
			return true // one a year; what one chapter's request goes beyond
		}
	}
	return slices.Contains([]string{
		"months", "segments", "periods", "accounts", "lines", "codes", "deductions", "approvedBy", "details", "changed", "recorded", "fiscalYears", "problems",
		"blockers", "findings", "payments", "reasons", "entries", "settlements", "savedViews", "preferences", "clashes", "steps", "search", "hits", "bankItems", "limits", "above", "successors", "holders", "tenures", "versions", "attributes",
		"roles", "apart", "units", "acts", "sets", "grants", "given", "received", "clearances", "needToKnow", "readers",
	}, field)
}

func TestEveryRootFieldRequiresAPermissionAndEverythingIsDescribed(t *testing.T) {
	for _, f := range faults(schema()) {
		t.Error(f)
	}
	planted := gqlparser.MustLoadSchema(&ast.Source{Input: `
		directive @requires(permission: String!) on FIELD_DEFINITION
		type Query { open: Int  typo: Int @requires(permission: "finance.raed")  many: [Row!]! @requires(permission: "finance.read") }
		"A row." type Row { "Half." half: Float }`})
	found := strings.Join(faults(planted), "\n")
	for _, want := range []string{"Query.open: requires no permission", "Query.typo: requires finance.raed", "Query.many: is a list", "Row.half: is a float", "Query.open: has no description"} {
		if !strings.Contains(found, want) {
			t.Errorf("the planted fault %q was not found in\n%s", want, found)
		}
	}
}

func TestNoTypeOfTheSchemaIsUnbound(t *testing.T) {
	files, err := os.ReadDir("unbound")
	must(t, err)
	for _, f := range files {
		if f.Name() != "doc.go" {
			t.Errorf("graph/unbound holds %s: a type of the schema is bound to nothing", f.Name())
		}
	}
}

// arguments writes a value for every argument that must be given.
func arguments(list ast.ArgumentDefinitionList) string {
	var all []string
	for _, a := range list {
		if a.Type.NonNull && a.DefaultValue == nil {
			if a.Type.Name() == "RightsQuestion" {
				all = append(all, a.Name+": {}")
				continue
			}
			if a.Type.Elem != nil {
				all = append(all, a.Name+": []")
				continue
			}
			all = append(all, a.Name+": "+map[string]string{
				"Int": "2026", "Date": `"2026-01-01"`, "UUID": `"0192f000-0000-7000-8000-000000000001"`, "String": `"x"`, "ID": `"x"`, "SegmentName": "FUND", "DocumentKind": "VOUCHER",
				"AccessSubject": "PERSON",
			}[a.Type.Name()])
		}
	}
	if all == nil {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// selection writes the shortest selection of a type.
func selection(s *ast.Schema, name string) string {
	t := s.Types[name]
	if t.Kind != ast.Object && t.Kind != ast.Interface {
		return ""
	}
	return " { __typename }"
}
