package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// asker makes documents from the schema.
type asker struct {
	schema  *ast.Schema
	covered map[string]bool // "Type.field" that a document has asked for
}

// candidates are values for arguments, by the argument's name; for others the type decides.
type candidates map[string][]string

// questions are the documents that ask one root field in all its ways.
func (a *asker) questions(root *ast.FieldDefinition, values candidates) []string {
	given := [][]string{{}}
	add := func(arg *ast.ArgumentDefinition, all []string) {
		var next [][]string
		for _, g := range given {
			for _, v := range all {
				next = append(next, append(slices.Clone(g), arg.Name+": "+v))
			}
		}
		given = next
	}
	var optional []*ast.ArgumentDefinition
	for _, arg := range root.Arguments {
		switch {
		case arg.Name == "first":
			add(arg, []string{"12"})
		case arg.Type.NonNull && arg.DefaultValue == nil:
			add(arg, a.values(arg, values))
		default:
			optional = append(optional, arg)
		}
	}
	base := given
	for _, arg := range optional { // filters and sort keys, one at a time
		for _, v := range a.values(arg, values) {
			given = append(given, append(slices.Clone(base[0]), arg.Name+": "+v))
		}
	}
	selection := a.selection(root.Type.Name(), 0, nil)
	documents := make([]string, len(given))
	for i, g := range given {
		args := ""
		if len(g) > 0 {
			args = "(" + strings.Join(g, ", ") + ")"
		}
		documents[i] = "{ " + root.Name + args + selection + " }"
	}
	a.covered["Query."+root.Name] = true
	return documents
}

func (a *asker) values(arg *ast.ArgumentDefinition, values candidates) []string {
	if known, there := values[arg.Name]; there {
		return known
	}
	return a.literals(arg.Type, values)
}

// literals are values of a type that nobody has given candidates for.
func (a *asker) literals(t *ast.Type, values candidates) []string {
	if t.Elem != nil {
		one := a.literals(t.Elem, values)
		return []string{"[" + one[0] + "]"}
	}
	switch def := a.schema.Types[t.Name()]; {
	case def.Kind == ast.Enum:
		var all []string
		for _, v := range def.EnumValues {
			all = append(all, v.Name)
		}
		return all
	case def.Kind == ast.InputObject:
		var fields []string
		for _, f := range def.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				known, there := values[f.Name]
				if !there {
					known = a.literals(f.Type, values)
				}
				fields = append(fields, f.Name+": "+known[0])
			}
		}
		return []string{"{" + strings.Join(fields, ", ") + "}"}
	}
	switch t.Name() {
	case "Int":
		return []string{"1"}
	case "Boolean":
		return []string{"true", "false"}
	case "Date":
		return []string{`"2026-06-15"`}
	}
	return []string{`"2026"`}
}

const deepest = 8

// selection asks for every field of a type, down to where a type repeats.
func (a *asker) selection(name string, depth int, above []string) string {
	def := a.schema.Types[name]
	if def == nil || def.IsLeafType() {
		return ""
	}
	if depth > deepest || slices.Contains(above, name) {
		return " { __typename }"
	}
	above = append(slices.Clone(above), name)
	var b strings.Builder
	b.WriteString(" { __typename")
	if def.IsAbstractType() {
		for _, possible := range a.schema.GetPossibleTypes(def) {
			b.WriteString(" ... on " + possible.Name + a.selection(possible.Name, depth+1, above))
		}
	}
	for _, f := range def.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		if f.Name == "edges" && def.Fields.ForName("nodes") != nil { // the same rows once more
			a.edges(f, name)
			b.WriteString(" edges { cursor node { __typename } }")
			continue
		}
		args := ""
		if f.Arguments.ForName("first") != nil {
			args = "(first: 2)"
		}
		a.covered[name+"."+f.Name] = true
		b.WriteString(" " + f.Name + args + a.selection(f.Type.Name(), depth+1, above))
	}
	return b.String() + " }"
}

// edges notes that a list's edges are asked for, whose nodes are the list's.
func (a *asker) edges(f *ast.FieldDefinition, list string) {
	edge := f.Type.Name()
	for _, field := range []string{list + ".edges", edge + ".cursor", edge + ".node"} {
		a.covered[field] = true
	}
}

// missed are the fields that can be reached from a question and were not asked.
func (a *asker) missed() []string {
	var missed []string
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		def := a.schema.Types[name]
		if seen[name] || def == nil || def.IsLeafType() {
			return
		}
		seen[name] = true
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			if !a.covered[name+"."+f.Name] {
				missed = append(missed, fmt.Sprintf("%s.%s", name, f.Name))
			}
			visit(f.Type.Name())
		}
		for _, possible := range a.schema.GetPossibleTypes(def) {
			visit(possible.Name)
		}
	}
	visit("Query")
	return missed
}
