package listplan

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// Plan is what a question asks of every object of one type in a list.
type Plan struct {
	Fields []Field
	// Slow tells that something is asked that only gqlgen's ordinary way can answer.
	Slow bool
	// Deep tells that a batch field is asked for here or further down.
	Deep bool

	faults *faults
}

// Field is one field of a plan.
type Field struct {
	graphql.CollectedField

	ID   int    // of the field in the type's writer
	Key  string // "name": as it stands in the answer
	Plan *Plan  // of the objects the field holds
	Null bool   // nobody may see the column, or it could not be read
	Deep bool   // a batch field, or one further down

	Batch any            // *Batch of the field's parents and results
	Args  map[string]any // of a batch field
}

// faults are the errors of one list. They are told when its answer stands, because the ordinary way
// would find them again.
type faults []fault

type fault struct {
	ctx context.Context
	err error
}

// New reads which fields are asked for. A nested plan shares its parent's errors: give nil for the
// outermost.
func New(parent *Plan, fields []graphql.CollectedField) *Plan {
	p := &Plan{Fields: make([]Field, 0, len(fields))}
	if parent != nil {
		p.faults = parent.faults
	} else {
		p.faults = new(faults)
	}
	for _, f := range fields {
		if f.IsDeferred() {
			p.Slow = true
		}
		if !p.has(f.Alias) {
			p.Fields = append(p.Fields, Field{CollectedField: f})
		}
	}
	return p
}

func (p *Plan) has(alias string) bool {
	for i := range p.Fields {
		if p.Fields[i].Alias == alias {
			return true
		}
	}
	return false
}

// Is says which field of the type this is; key is its name as JSON with a colon.
func (f *Field) Is(id int, key string) {
	f.ID, f.Key = id, key
	if f.Alias != f.Name {
		f.Key = string(AppendString(nil, f.Alias)) + ":"
	}
}

// Nest gives a field the plan of the objects it holds.
func (p *Plan) Nest(f *Field, of *Plan) {
	f.Plan = of
	p.Slow = p.Slow || of.Slow
	if of.Deep {
		p.Deep, f.Deep = true, true
	}
}

// Gather gives a field the batch its parents are gathered in.
func (p *Plan) Gather(f *Field, batch any) {
	f.Batch = batch
	p.Deep, f.Deep = true, true
}

// allowed is what the innermost resolver of a checked field gives back.
type allowed struct{}

// Allow is the innermost resolver of a checked field: it says that no directive has objected.
func Allow(context.Context) (any, error) { return allowed{}, nil }

// Check runs the directives of a field, once for the whole list; they see the user and no row. When
// they refuse, the column is null and the refusal is one error. A column that may not be null, and
// a directive that answers in the field's place, are left to the ordinary way.
func (p *Plan) Check(ctx context.Context, f *Field, object string, nonNull bool, check graphql.Resolver) {
	ctx = Under(ctx, object, f)
	answer, err := check(ctx)
	switch answer.(type) {
	case allowed:
		if err == nil {
			return
		}
	case nil:
	default:
		p.Slow = true
		return
	}
	if nonNull {
		p.Slow = true
		return
	}
	f.Null = true
	if err != nil {
		p.fail(ctx, err)
	}
}

// Under is the context below a field, so that errors tell their path; rows have no number in it.
func Under(ctx context.Context, object string, f *Field) context.Context {
	return graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: object, Field: f.CollectedField})
}

func (p *Plan) fail(ctx context.Context, err error) {
	*p.faults = append(*p.faults, fault{ctx, graphql.AddFieldLocationToError(ctx, err)})
}

// tell adds the errors of the list to the answer.
func (p *Plan) tell() {
	for _, f := range *p.faults {
		graphql.AddError(f.ctx, f.err)
	}
}
