package graph

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits of one request. They are checked on the parsed text before it is validated, because
// validation itself is what some attack documents make expensive.
const (
	mostBytes   = 1 << 20  // of the body
	mostText    = 64 << 10 // of the document itself; long values belong into variables
	mostTokens  = 2000
	mostDepth   = 12
	mostRoots   = 30     // root fields, aliases included
	mostFields  = 500    // fields written in the document
	mostCost    = 50_000 // values in the answer, see cost
	introDepth  = 16     // of introspection, which the standard query of the tools needs
	plainFactor = 10     // assumed length of a list that is not paged
)

// limits refuses documents that ask for too much.
type limits struct {
	schema        *ast.Schema
	introspection bool // by people who have signed in
}

// ExtensionName names the extension to gqlgen.
func (limits) ExtensionName() string { return "Limits" }

// Validate accepts every schema.
func (limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses, or leaves the parameters as they are.
func (l limits) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	if len(p.Query) > mostText {
		return refuse("document", "the document has at most %d bytes", mostText)
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: p.Query}, mostTokens)
	if err != nil {
		return refuse("document", "the document cannot be read, or has more than %d words", mostTokens)
	}
	if len(doc.Operations) != 1 {
		return refuse("operations", "a request has exactly one operation, this one has %d", len(doc.Operations))
	}
	op := doc.Operations[0]
	w := weigher{
		limits: l, variables: p.Variables, defaults: op.VariableDefinitions,
		fragments: doc.Fragments, known: make(map[string]weight, len(doc.Fragments)),
	}
	total := w.set(op.SelectionSet, l.root(op.Operation))
	for _, f := range doc.Fragments { // those nobody uses are validated too
		w.fragment(f.Name)
	}
	switch {
	case w.cycle:
		return refuse("fragments", "a fragment contains itself")
	case w.introspects && (!l.introspection || standingOf(ctx) == nil):
		return refuse("introspection", "the schema is not shown here")
	case w.fields > mostFields:
		return refuse("fields", "a document has at most %d fields", mostFields)
	case total.roots > mostRoots:
		return refuse("roots", "an operation has at most %d root fields, this one has %d", mostRoots, total.roots)
	case total.depth > mostDepth && !(w.introspects && total.depth <= introDepth):
		return refuse("depth", "the operation is %d levels deep, at most %d are allowed", total.depth, mostDepth)
	case total.cost > mostCost:
		return refuse("cost", "the answer may hold %d values, at most %d are allowed: ask for fewer rows", total.cost, mostCost)
	}
	return nil
}

func (l limits) root(kind ast.Operation) *ast.Definition {
	switch kind {
	case ast.Mutation:
		return l.schema.Mutation
	case ast.Subscription:
		return l.schema.Subscription
	}
	return l.schema.Query
}

func refuse(limit, format string, args ...any) *gqlerror.Error {
	e := gqlerror.Errorf(format, args...)
	e.Extensions = map[string]any{"code": "limit", "limit": limit}
	return e
}

// weight is what a selection set asks for.
type weight struct {
	depth, roots int
	cost         int64
}

// weigher walks a document once; a fragment is weighed once however often it is spread.
type weigher struct {
	limits
	variables   map[string]any
	defaults    ast.VariableDefinitionList
	fragments   ast.FragmentDefinitionList
	known       map[string]weight
	open        []string
	fields      int
	cycle       bool
	introspects bool
}

func (w *weigher) set(set ast.SelectionSet, parent *ast.Definition) weight {
	var sum weight
	for _, s := range set {
		var one weight
		switch s := s.(type) {
		case *ast.Field:
			one = w.field(s, parent)
		case *ast.InlineFragment:
			on := parent
			if s.TypeCondition != "" {
				on = w.schema.Types[s.TypeCondition]
			}
			one = w.set(s.SelectionSet, on)
		case *ast.FragmentSpread:
			one = w.fragment(s.Name)
		}
		sum.depth = max(sum.depth, one.depth)
		sum.roots += one.roots
		sum.cost = min(sum.cost+one.cost, mostCost*1000)
	}
	return sum
}

func (w *weigher) fragment(name string) weight {
	if known, ok := w.known[name]; ok {
		return known
	}
	f := w.fragments.ForName(name)
	if f == nil {
		return weight{}
	}
	for _, o := range w.open {
		if o == name {
			w.cycle = true
			return weight{}
		}
	}
	w.open = append(w.open, name)
	sum := w.set(f.SelectionSet, w.schema.Types[f.TypeCondition])
	w.open = w.open[:len(w.open)-1]
	w.known[name] = sum
	return sum
}

func (w *weigher) field(f *ast.Field, parent *ast.Definition) weight {
	w.fields++
	if f.Name == "__schema" || f.Name == "__type" {
		w.introspects = true
	}
	var def *ast.FieldDefinition
	if parent != nil {
		def = parent.Fields.ForName(f.Name)
	}
	var of *ast.Definition
	if def != nil {
		of = w.schema.Types[def.Type.Name()]
	}
	child := w.set(f.SelectionSet, of)
	return weight{depth: child.depth + 1, roots: 1, cost: min(1+w.factor(f, def)*child.cost, mostCost*1000)}
}

// factor is how many times a field's selection may stand in the answer.
func (w *weigher) factor(f *ast.Field, def *ast.FieldDefinition) int64 {
	if first := f.Arguments.ForName("first"); first != nil {
		return w.number(first.Value)
	}
	if def == nil {
		return 1
	}
	if first := def.Arguments.ForName("first"); first != nil && first.DefaultValue != nil {
		return w.number(first.DefaultValue)
	}
	if def.Type.Elem != nil && f.Name != "nodes" && f.Name != "edges" {
		return plainFactor
	}
	return 1
}

// number reads a page length, literal or variable; what is no number counts as the longest page
// and is refused by validation.
func (w *weigher) number(v *ast.Value) int64 {
	text := v.Raw
	if v.Kind == ast.Variable {
		given, ok := w.variables[v.Raw]
		if d := w.defaults.ForName(v.Raw); !ok && d != nil && d.DefaultValue != nil {
			text = d.DefaultValue.Raw
		} else if n, isNumber := given.(json.Number); isNumber {
			text = n.String()
		} else {
			return mostCost
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > mostCost {
		return mostCost
	}
	return n
}
