// Package question writes random questions of a schema, for tests that ask them in two ways.
package question

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Writer writes questions. Argument gives the value of an argument that must be given, as it stands
// in a document; an empty one leaves the field out.
type Writer struct {
	Schema   *ast.Schema
	Random   *rand.Rand
	Depth    int
	Argument func(of *ast.Definition, f *ast.FieldDefinition, a *ast.ArgumentDefinition) string

	fragments []string
	aliases   int
}

// Query is one query with a few root fields.
func (w *Writer) Query() string {
	w.fragments, w.aliases = nil, 0
	body := w.selection(w.Schema.Query, w.Depth)
	if body == "" {
		return ""
	}
	text := body + " " + strings.Join(w.fragments, " ")
	var variables string
	if strings.Contains(text, "$yes") {
		variables += " $yes: Boolean! = true"
	}
	if strings.Contains(text, "$no") {
		variables += " $no: Boolean! = false"
	}
	if variables != "" {
		variables = "(" + variables + ")"
	}
	return "query" + variables + " " + text
}

func (w *Writer) selection(of *ast.Definition, depth int) string {
	if depth == 0 {
		return ""
	}
	var fields []string
	for range 1 + w.Random.IntN(6) {
		if len(of.Fields) == 0 {
			break
		}
		if f := of.Fields[w.Random.IntN(len(of.Fields))]; !strings.HasPrefix(f.Name, "__") {
			if text := w.field(of, f, depth); text != "" {
				fields = append(fields, text)
			}
		}
	}
	if of != w.Schema.Query && (len(fields) == 0 || w.Random.IntN(6) == 0) {
		fields = append(fields, "__typename")
	}
	if len(fields) == 0 {
		return ""
	}
	return "{ " + strings.Join(fields, " ") + " }"
}

// field writes a field, sometimes under another name, in a fragment or with a directive.
func (w *Writer) field(of *ast.Definition, f *ast.FieldDefinition, depth int) string {
	arguments, ok := w.arguments(of, f)
	if !ok {
		return ""
	}
	w.aliases++
	text := fmt.Sprintf("%s%d: %s%s", f.Name[:1], w.aliases, f.Name, arguments) // another name, since two fields of one name must ask the same
	if arguments == "" && len(f.Arguments) == 0 && w.Random.IntN(3) > 0 {
		text = f.Name
	}
	text += []string{"", "", "", "", "", " @skip(if: $no)", " @include(if: $yes)", " @skip(if: $yes)", " @include(if: $no)"}[w.Random.IntN(9)]
	if child := w.Schema.Types[f.Type.Name()]; child.IsCompositeType() {
		inside := w.selection(child, depth-1)
		if inside == "" {
			return ""
		}
		text += " " + inside
	}
	switch {
	case of == w.Schema.Query:
	case w.Random.IntN(8) == 0:
		text = "... on " + of.Name + " { " + text + " }"
	case w.Random.IntN(10) == 0:
		text = "... @include(if: $yes) { " + text + " }"
	case w.Random.IntN(12) == 0:
		name := fmt.Sprintf("part%d", len(w.fragments))
		w.fragments = append(w.fragments, "fragment "+name+" on "+of.Name+" { "+text+" }")
		text = "..." + name
	}
	return text
}

func (w *Writer) arguments(of *ast.Definition, f *ast.FieldDefinition) (string, bool) {
	var given []string
	for _, a := range f.Arguments {
		value := w.Argument(of, f, a)
		if value == "" && a.Type.NonNull && a.DefaultValue == nil {
			return "", false
		}
		if value != "" {
			given = append(given, a.Name+": "+value)
		}
	}
	if given == nil {
		return "", true
	}
	return "(" + strings.Join(given, ", ") + ")", true
}
