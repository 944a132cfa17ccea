package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/graph/generated"
	"diwan/modules/access"
)

// Local answers documents inside this program, without HTTP and without a session: the command
// line's way in. Limits, permissions and refusals are those of everybody else.
type Local struct{ executor *executor.Executor }

// NewLocal puts the API together for callers in this program.
func NewLocal(c Config) *Local { return &Local{newExecutor(c)} }

// Ask answers one document for somebody, in language "ar" or "en".
func (l *Local) Ask(ctx context.Context, by *access.Standing, language, document string, variables map[string]any) *graphql.Response {
	ctx = context.WithValue(ctx, languageKey{}, preferred(language))
	ctx = As(ctx, by)
	ctx = graphql.StartOperationTrace(ctx)
	now := graphql.Now()
	params := graphql.RawParams{Query: document, Variables: variables, ReadTime: graphql.TraceTiming{Start: now, End: now}}
	operation, problems := l.executor.CreateOperationContext(ctx, &params)
	if problems != nil {
		return l.executor.DispatchError(graphql.WithOperationContext(ctx, operation), problems)
	}
	answers, ctx := l.executor.DispatchOperation(ctx, operation)
	return answers(ctx)
}

// Schema is the whole schema, for the commands that are made from it.
func Schema() *ast.Schema {
	return generated.NewExecutableSchema(generated.Config{}).Schema()
}
