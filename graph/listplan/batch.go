package listplan

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
)

// Batch is a field that is resolved for all objects of a list at once: P are the objects, R what
// the field holds.
type Batch[P, R any] struct {
	Parents []P

	results []R
	each    []error // of single parents
	failed  bool
	next    int
}

// Resolve calls the resolver once. A failure is told once for the whole column, and a panic of the
// resolver is a failure.
func (b *Batch[P, R]) Resolve(ctx context.Context, oc *graphql.OperationContext, p *Plan, f *Field, object string,
	resolve func(context.Context, *graphql.FieldContext) ([]R, error),
) {
	if len(b.Parents) == 0 {
		return
	}
	fc := &graphql.FieldContext{Object: object, Field: f.CollectedField, Args: f.Args, IsMethod: true, IsResolver: true}
	ctx = graphql.WithFieldContext(ctx, fc)
	var err error
	b.results, err = b.call(ctx, oc, fc, resolve)
	var each graphql.BatchErrors
	switch {
	case errors.As(err, &each) && len(each.Errors()) == len(b.Parents) && len(b.results) == len(b.Parents):
		b.each = each.Errors()
		for _, err := range b.each {
			if err != nil {
				p.fail(ctx, err)
			}
		}
	case err != nil:
		b.failed = true
		p.fail(ctx, err)
	case len(b.results) != len(b.Parents):
		b.failed = true
		p.fail(ctx, fmt.Errorf("batch resolver %s.%s returned %d results for %d parents", object, f.Name, len(b.results), len(b.Parents)))
	}
}

func (b *Batch[P, R]) call(ctx context.Context, oc *graphql.OperationContext, fc *graphql.FieldContext,
	resolve func(context.Context, *graphql.FieldContext) ([]R, error),
) (results []R, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = oc.Recover(ctx, panicked)
		}
	}()
	return resolve(ctx, fc)
}

// Results are those that were read, for fields further down.
func (b *Batch[P, R]) Results() []R {
	if b.failed {
		return nil
	}
	return b.results
}

// Failed tells whether the i-th result could not be read.
func (b *Batch[P, R]) Failed(i int) bool { return b.failed || b.each != nil && b.each[i] != nil }

// Next is the result of the next parent, in the order they were gathered; false when it could not
// be read.
func (b *Batch[P, R]) Next() (r R, ok bool) {
	i := b.next
	b.next++
	if b.Failed(i) {
		return r, false
	}
	return b.results[i], true
}
