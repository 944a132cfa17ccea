package main

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// deepest is how many levels of a type a command shows.
const deepest = 7

// documentFor writes the operation of one root field: all its arguments as variables, and every
// field of its answer that fits on a page.
func documentFor(schema *ast.Schema, root *ast.Definition, f *ast.FieldDefinition) string {
	var b strings.Builder
	if root == schema.Mutation {
		b.WriteString("mutation")
	} else {
		b.WriteString("query")
	}
	if len(f.Arguments) > 0 {
		var declared, passed []string
		for _, a := range f.Arguments {
			typ := a.Type.String()
			if a.DefaultValue != nil {
				typ += " = " + a.DefaultValue.String()
			}
			declared = append(declared, "$"+a.Name+": "+typ)
			passed = append(passed, a.Name+": $"+a.Name)
		}
		b.WriteString("(" + strings.Join(declared, ", ") + ") { " + f.Name + "(" + strings.Join(passed, ", ") + ")")
	} else {
		b.WriteString(" { " + f.Name)
	}
	s := selector{schema: schema}
	b.WriteString(s.set(f.Type, deepest, false) + " }")
	return b.String()
}

// selector chooses fields. Inside the rows of a list it leaves out further pages and lists of sums,
// which have commands of their own.
type selector struct {
	schema *ast.Schema
	open   []string
}

func (s *selector) set(typ *ast.Type, depth int, inRows bool) string {
	def := s.schema.Types[typ.Name()]
	switch def.Kind {
	case ast.Scalar, ast.Enum:
		return ""
	case ast.Union:
		parts := []string{"__typename"}
		for _, name := range def.Types {
			if inner := s.fields(s.schema.Types[name], depth-1, inRows); inner != "" {
				parts = append(parts, "... on "+name+" { "+inner+" }")
			}
		}
		return " { " + strings.Join(parts, " ") + " }"
	}
	inner := s.fields(def, depth, inRows || typ.Elem != nil)
	if inner == "" {
		return " { __typename }"
	}
	return " { " + inner + " }"
}

func (s *selector) fields(def *ast.Definition, depth int, inRows bool) string {
	if depth == 0 {
		return ""
	}
	for _, o := range s.open {
		if o == def.Name {
			return ""
		}
	}
	s.open = append(s.open, def.Name)
	defer func() { s.open = s.open[:len(s.open)-1] }()
	var parts []string
	for _, f := range def.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Name == "edges" || needsArgument(f) || inRows && s.heavy(f.Type) {
			continue
		}
		kind := s.schema.Types[f.Type.Name()].Kind
		if kind == ast.Scalar || kind == ast.Enum {
			parts = append(parts, f.Name)
			continue
		}
		if set := s.set(f.Type, depth-1, inRows); set != " { __typename }" {
			parts = append(parts, f.Name+set)
		}
	}
	return strings.Join(parts, " ")
}

// heavy types are left out of rows: pages, and lists of objects with amounts.
func (s *selector) heavy(typ *ast.Type) bool {
	if strings.HasSuffix(typ.Name(), "Connection") {
		return true
	}
	if typ.Elem == nil {
		return false
	}
	for _, f := range s.schema.Types[typ.Name()].Fields {
		if f.Type.Name() == "Money" {
			return true
		}
	}
	return false
}

func needsArgument(f *ast.FieldDefinition) bool {
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			return true
		}
	}
	return false
}
