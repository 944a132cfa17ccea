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
	mostBytes     = 1 << 20  // of the body
	mostText      = 64 << 10 // of the document itself; long values belong into variables
	mostTokens    = 2000
	mostDepth     = 12
	mostRoots     = 30     // root fields, aliases included
	mostFields    = 500    // fields written in the document
	mostCost      = 50_000 // values in the answer to somebody who has signed in
	mostAnonymous = 1_000  // values in the answer to anybody else
	introDepth    = 16     // of introspection, which the standard query of the tools needs
	plainFactor   = 10     // assumed length of a list that is not paged
)

// limits refuses documents that ask for too much.
type limits struct {
	schema        *ast.Schema
	introspection bool            // by everybody who has signed in, and not only by developers
	known         *recent[*facts] // of documents that were not refused
}

func newLimits(schema *ast.Schema, introspection bool) limits {
	return limits{schema, introspection, newRecent[*facts]()}
}

// facts are what a document asks for, whoever asks.
type facts struct {
	weight
	operation   *ast.OperationDefinition
	fields      int
	cycle       bool
	introspects bool
	// varies tells that the cost depends on a variable; doc is kept to weigh it again.
	varies bool
	doc    *ast.QueryDocument
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
	f, known := l.known.Get(ctx, p.Query)
	if !known {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: p.Query}, mostTokens)
		if err != nil {
			return refuse("document", "the document cannot be read, or has more than %d words", mostTokens)
		}
		if len(doc.Operations) != 1 {
			return refuse("operations", "a request has exactly one operation, this one has %d", len(doc.Operations))
		}
		f = l.weigh(doc, p.Variables)
	} else if f.varies {
		f = l.weigh(f.doc, p.Variables)
	}
	if refusal := l.judge(ctx, f); refusal != nil {
		return refusal
	}
	if !known {
		l.known.Add(ctx, p.Query, f)
	}
	return nil
}

// weigh walks a document once.
func (l limits) weigh(doc *ast.QueryDocument, variables map[string]any) *facts {
	op := doc.Operations[0]
	w := weigher{
		limits: l, variables: variables, defaults: op.VariableDefinitions,
		fragments: doc.Fragments, known: make(map[string]weight, len(doc.Fragments)),
	}
	f := &facts{weight: w.set(op.SelectionSet, l.root(op.Operation)), operation: op, doc: doc}
	for _, one := range doc.Fragments { // those nobody uses are validated too
		w.fragment(one.Name)
	}
	f.fields, f.cycle, f.introspects, f.varies = w.fields, w.cycle, w.introspects, w.varies
	return f
}

// judge compares a document with what its sender may ask for.
func (l limits) judge(ctx context.Context, f *facts) *gqlerror.Error {
	officer := officerOf(ctx)
	most := int64(mostCost)
	if officer.ID == "" {
		most = mostAnonymous
	}
	switch {
	case f.cycle:
		return refuse("fragments", "a fragment contains itself")
	case f.introspects && (officer.ID == "" || !l.introspection && !mayDevelop(ctx)):
		return refuse("introspection", "the schema is not shown here")
	case f.fields > mostFields:
		return refuse("fields", "a document has at most %d fields", mostFields)
	case f.roots > mostRoots:
		return refuse("roots", "an operation has at most %d root fields, this one has %d", mostRoots, f.roots)
	case f.operation.Operation == ast.Subscription && f.roots != 1:
		return refuse("roots", "a subscription has one root field, this one has %d", f.roots)
	case f.depth > mostDepth && !(f.introspects && f.depth <= introDepth):
		return refuse("depth", "the operation is %d levels deep, at most %d are allowed", f.depth, mostDepth)
	case f.cost > most:
		return refuse("cost", "the answer may hold %d values, at most %d are allowed: ask for fewer rows", f.cost, most)
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
	varies      bool // a page's length is a variable
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
		w.varies = true
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
