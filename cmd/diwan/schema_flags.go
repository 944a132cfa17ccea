package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/pflag"
	"github.com/vektah/gqlparser/v2/ast"
)

// param is one flag: an argument of the field, or a field of its one input object.
type param struct {
	path        []string // in the variables
	typ         *ast.Type
	kind        ast.DefinitionKind
	description string
	required    bool
	fallback    string // the schema's own default, for the help
}

func paramsOf(schema *ast.Schema, arguments ast.ArgumentDefinitionList) []param {
	var all []param
	for _, a := range arguments {
		def := schema.Types[a.Type.Name()]
		if def.Kind == ast.InputObject && a.Type.Elem == nil {
			for _, f := range def.Fields {
				all = append(all, newParam(schema, []string{a.Name, f.Name}, f.Type, f.Description, f.DefaultValue))
			}
			continue
		}
		all = append(all, newParam(schema, []string{a.Name}, a.Type, a.Description, a.DefaultValue))
	}
	return all
}

func newParam(schema *ast.Schema, path []string, typ *ast.Type, description string, fallback *ast.Value) param {
	p := param{
		path: path, typ: typ, kind: schema.Types[typ.Name()].Kind,
		description: strings.Join(strings.Fields(description), " "),
		required:    typ.NonNull && fallback == nil,
	}
	if fallback != nil {
		p.fallback = fallback.String()
	}
	if p.kind == ast.Enum {
		var words []string
		for _, v := range schema.Types[typ.Name()].EnumValues {
			words = append(words, strings.ToLower(strings.ReplaceAll(v.Name, "_", "-")))
		}
		p.description += " One of: " + strings.Join(words, ", ") + "."
	}
	if p.kind == ast.InputObject {
		var words []string
		for _, f := range schema.Types[typ.Name()].Fields {
			words = append(words, f.Name+"=…")
		}
		p.description += " Written as " + strings.Join(words, ",") + "."
	}
	if p.isCommandID() {
		p.required = false
		p.description = strings.TrimSpace(p.description + " A new one is made when left out.")
	}
	return p
}

// flag is the flag's name; a list of objects is given one at a time, so it is named in the singular.
func (p param) flag() string {
	name := kebab(p.path[len(p.path)-1])
	if p.typ.Elem != nil && p.kind == ast.InputObject {
		name = strings.TrimSuffix(name, "s")
	}
	if name == "as" || name == "on-behalf-of" || name == "json" || name == "help" {
		return name + "-value" // the root's own flags
	}
	return name
}

// isCommandID tells whether the parameter is the id that makes a repeated command harmless.
func (p param) isCommandID() bool { return p.typ.Name() == "UUID" && p.typ.Elem == nil }

func (p param) addFlag(flags *pflag.FlagSet) {
	about := p.description
	if p.required {
		about += " Required."
	}
	if p.fallback != "" && p.fallback != "[]" {
		about += " Default " + p.fallback + "."
	}
	switch {
	case p.typ.Elem != nil && p.kind == ast.InputObject:
		flags.StringArray(p.flag(), nil, about+" May be repeated.")
	case p.typ.Elem != nil:
		flags.StringSlice(p.flag(), nil, about)
	case p.typ.Name() == "Boolean":
		flags.Bool(p.flag(), false, about)
	default:
		flags.String(p.flag(), "", about)
	}
}

// variablesFrom reads the flags that were given.
func variablesFrom(schema *ast.Schema, arguments ast.ArgumentDefinitionList, params []param, flags *pflag.FlagSet) (map[string]any, error) {
	variables := map[string]any{}
	for _, a := range arguments {
		if schema.Types[a.Type.Name()].Kind == ast.InputObject && a.Type.Elem == nil {
			variables[a.Name] = map[string]any{}
		}
	}
	for _, p := range params {
		given := flags.Changed(p.flag())
		var value any
		var err error
		switch {
		case !given && p.isCommandID() && p.typ.NonNull:
			value = uuid.Must(uuid.NewV7()).String()
		case !given && p.required:
			return nil, wrongUsage("--%s is missing: %s", p.flag(), p.description)
		case !given:
			continue
		default:
			value, err = p.read(schema, flags)
		}
		if err != nil {
			return nil, err
		}
		if len(p.path) == 1 {
			variables[p.path[0]] = value
		} else {
			variables[p.path[0]].(map[string]any)[p.path[1]] = value
		}
	}
	return variables, nil
}

func (p param) read(schema *ast.Schema, flags *pflag.FlagSet) (any, error) {
	switch {
	case p.typ.Elem != nil:
		var texts []string
		if p.kind == ast.InputObject {
			texts, _ = flags.GetStringArray(p.flag())
		} else {
			texts, _ = flags.GetStringSlice(p.flag())
		}
		list := make([]any, 0, len(texts))
		for _, text := range texts {
			v, err := valueFrom(schema, p.typ.Elem, text, p.flag())
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case p.typ.Name() == "Boolean":
		return flags.GetBool(p.flag())
	}
	text, err := flags.GetString(p.flag())
	if err != nil {
		return nil, err
	}
	return valueFrom(schema, p.typ, text, p.flag())
}

// valueFrom turns what was typed into the variable of a schema type.
func valueFrom(schema *ast.Schema, typ *ast.Type, text, flag string) (any, error) {
	def := schema.Types[typ.Name()]
	switch {
	case typ.Elem != nil:
		var list []any
		for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == '+' || r == ' ' }) {
			v, err := valueFrom(schema, typ.Elem, one, flag)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case def.Kind == ast.Enum:
		name := strings.ToUpper(strings.ReplaceAll(text, "-", "_"))
		if def.EnumValues.ForName(name) == nil {
			return nil, wrongUsage("--%s does not know %q; see --help", flag, text)
		}
		return name, nil
	case def.Kind == ast.InputObject:
		return objectFrom(schema, def, text, flag)
	case def.Name == "Int":
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return nil, wrongUsage("--%s is %q, but must be a whole number", flag, text)
		}
		return json.Number(strconv.FormatInt(n, 10)), nil
	case def.Name == "Boolean":
		return text == "true" || text == "yes", nil
	}
	return text, nil
}

// objectFrom reads name=value,name=value. A piece without a name belongs to the value before it, so
// that an amount may be written 1,234.500; an object inside stands in braces: codes={item=221105}.
func objectFrom(schema *ast.Schema, def *ast.Definition, text, flag string) (any, error) {
	fields := map[string]any{}
	var name, value string
	keep := func() error {
		if name == "" {
			return nil
		}
		f := def.Fields.ForName(name)
		if f == nil {
			return wrongUsage("--%s has no field %q; see --help", flag, name)
		}
		v, err := valueFrom(schema, f.Type, value, flag)
		fields[name] = v
		return err
	}
	for _, piece := range pieces(strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")) {
		before, after, named := strings.Cut(piece, "=")
		if !named || def.Fields.ForName(strings.TrimSpace(before)) == nil && name != "" {
			if name == "" {
				return nil, wrongUsage("--%s is %q, but is written name=value,name=value; see --help", flag, text)
			}
			value += "," + piece
			continue
		}
		if err := keep(); err != nil {
			return nil, err
		}
		name, value = strings.TrimSpace(before), after
	}
	if err := keep(); err != nil {
		return nil, err
	}
	return fields, nil
}

// pieces splits at the commas that stand outside braces.
func pieces(text string) []string {
	var all []string
	depth, from := 0, 0
	for i, r := range text {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
		case r == ',' && depth == 0:
			all = append(all, text[from:i])
			from = i + 1
		}
	}
	return append(all, text[from:])
}
