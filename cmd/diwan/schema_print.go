package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
)

// withPlainMoney replaces every amount by its exact decimals, as CLI.md of the house wants them.
func withPlainMoney(schema *ast.Schema, typ *ast.Type, value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = withPlainMoney(schema, typ.Elem, v[i])
		}
	case map[string]any:
		def := schema.Types[typ.Name()]
		if def.Name == "Money" {
			return v["amount"]
		}
		for name := range v {
			if f := def.Fields.ForName(name); f != nil {
				v[name] = withPlainMoney(schema, f.Type, v[name])
			}
		}
	}
	return value
}

// printer shows an answer to a person, in the schema's order: names and values, lists as tables.
type printer struct {
	schema   *ast.Schema
	language string
}

func (p printer) value(w io.Writer, typ *ast.Type, value any, indent string) {
	switch v := value.(type) {
	case []any:
		p.rows(w, typ, v, indent)
	case map[string]any:
		if text, plain := p.cell(typ, v); plain {
			fmt.Fprintf(w, "%s%s\n", indent, text)
			return
		}
		p.object(w, typ, v, indent)
	default:
		text, _ := p.cell(typ, v)
		fmt.Fprintf(w, "%s%s\n", indent, text)
	}
}

func (p printer) object(w io.Writer, typ *ast.Type, v map[string]any, indent string) {
	for _, f := range p.schema.Types[typ.Name()].Fields {
		value, asked := v[f.Name]
		list, isList := value.([]any)
		if !asked || value == nil || isList && len(list) == 0 {
			continue
		}
		if f.Name == "pageInfo" {
			p.more(w, value, indent)
			continue
		}
		if f.Name == "nodes" { // of a page
			p.value(w, f.Type, value, indent)
			continue
		}
		if text, plain := p.cell(f.Type, value); plain {
			fmt.Fprintf(w, "%s%-14s %s\n", indent, words(f.Name), text)
			continue
		}
		fmt.Fprintf(w, "%s%s\n", indent, words(f.Name))
		p.value(w, f.Type, value, indent+"  ")
	}
}

// more says how to go on where a page is not the last.
func (p printer) more(w io.Writer, pageInfo any, indent string) {
	fields, _ := pageInfo.(map[string]any)
	if more, _ := fields["hasNextPage"].(bool); more {
		fmt.Fprintf(w, "%s… more with --after %v\n", indent, fields["endCursor"])
	}
}

// rows prints a list as a table; figures stand to the right.
func (p printer) rows(w io.Writer, typ *ast.Type, list []any, indent string) {
	var head []string
	var money []bool
	columns := p.columns(typ, nil)
	for _, c := range columns {
		head = append(head, words(c.path[len(c.path)-1]))
		money = append(money, c.typ.Name() == "Money" || c.typ.Name() == "Int")
	}
	lines := [][]string{head}
	for _, one := range list {
		line := make([]string, len(columns))
		for i, c := range columns {
			value := one
			for _, name := range c.path {
				fields, _ := value.(map[string]any)
				value = fields[name]
			}
			line[i], _ = p.cell(c.typ, value)
		}
		lines = append(lines, line)
	}
	alignedTable(w, lines, money, indent)
}

// alignedTable leaves out columns that are empty in every row.
func alignedTable(w io.Writer, lines [][]string, right []bool, indent string) {
	for _, line := range lines {
		var b strings.Builder
		b.WriteString(indent)
		for i, cell := range line {
			width, filled := 0, len(lines) == 1
			for j := range lines {
				width = max(width, utf8.RuneCountInString(lines[j][i]))
				filled = filled || j > 0 && lines[j][i] != ""
			}
			if !filled {
				continue
			}
			pad := strings.Repeat(" ", width-utf8.RuneCountInString(cell))
			if right[i] {
				b.WriteString(pad + cell + "  ")
			} else {
				b.WriteString(cell + pad + "  ")
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

type column struct {
	path []string
	typ  *ast.Type
}

// columns flattens the fields of a row: amounts inside an object become columns of their own.
func (p printer) columns(typ *ast.Type, above []string) []column {
	var all []column
	for _, f := range p.schema.Types[typ.Name()].Fields {
		if strings.HasPrefix(f.Name, "__") || len(above) > 3 {
			continue
		}
		path := append(append([]string(nil), above...), f.Name)
		kind := p.schema.Types[f.Type.Name()].Kind
		if kind == ast.Object && f.Type.Elem == nil && !p.isPlain(f.Type) && !strings.HasSuffix(f.Type.Name(), "Connection") {
			all = append(all, p.columns(f.Type, path)...)
			continue
		}
		all = append(all, column{path, f.Type})
	}
	return all
}

// isPlain: the type fits in one cell.
func (p printer) isPlain(typ *ast.Type) bool {
	switch typ.Name() {
	case "Money", "Text", "SegmentLabel":
		return true
	}
	kind := p.schema.Types[typ.Name()].Kind
	return kind == ast.Scalar || kind == ast.Enum
}

// cell is a value on one line, and whether it fits on one.
func (p printer) cell(typ *ast.Type, value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v], true
	case []any:
		var parts []string
		for _, one := range v {
			text, plain := p.cell(typ.Elem, one)
			if !plain {
				return "", false
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, " · "), true
	case map[string]any:
		if typ.Name() == "Text" {
			if s, _ := v[p.language].(string); s != "" {
				return s, true
			}
			s, _ := v["ar"].(string)
			return s, true
		}
		if typ.Name() == "SegmentLabel" {
			name, _ := p.cell(p.schema.Types["SegmentLabel"].Fields.ForName("name").Type, v["name"])
			return strings.TrimSpace(fmt.Sprint(v["code"], " ", name)), true
		}
	}
	return "", false
}

// words is a schema name as words: availableNow → available now.
func words(name string) string { return strings.ReplaceAll(kebab(name), "-", " ") }
