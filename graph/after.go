package graph

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/modules/kernel"
	"diwan/projections"
)

// longestWait is how long a question waits for its position.
const longestWait = 2 * time.Second

// readAfter makes a question wait until the views have passed the position it names, in the header
// X-After or the directive @after, so that people read their own writes. After two seconds, or for a
// position of another epoch, the answer carries stale: true.
type readAfter struct {
	wait  func(ctx context.Context, view string, position int64) error
	views []string
	epoch int32
}

// ExtensionName names the extension to gqlgen.
func (readAfter) ExtensionName() string { return "ReadAfter" }

// Validate accepts every schema.
func (readAfter) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse waits and answers.
func (r readAfter) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if graphql.HasOperationContext(ctx) {
		operation := graphql.GetOperationContext(ctx)
		if token := positionOf(operation); token != "" {
			stale, err := r.reach(ctx, token)
			if err != nil {
				graphql.AddError(ctx, err)
				return &graphql.Response{Errors: graphql.GetErrors(ctx)}
			}
			if stale {
				graphql.RegisterExtension(ctx, "stale", true)
			}
		}
	}
	return next(ctx)
}

// positionOf is the position a question names.
func positionOf(operation *graphql.OperationContext) string {
	if operation.Operation == nil || operation.Operation.Operation != ast.Query {
		return ""
	}
	if d := operation.Operation.Directives.ForName("after"); d != nil {
		if value, err := d.Arguments.ForName("position").Value.Value(operation.Variables); err == nil {
			if token, ok := value.(string); ok {
				return token
			}
		}
	}
	return operation.Headers.Get("X-After")
}

func (r readAfter) reach(ctx context.Context, token string) (stale bool, err error) {
	position, err := kernel.ParsePosition(token)
	if err != nil || position.Lane != "main" {
		return false, told(ctx, "position", kernel.Text{
			Ar: "الموضع «" + token + "» ليس من هذا السجل.", En: "“" + token + "” is not a position of this log.",
		})
	}
	if position.Epoch != r.epoch || r.wait == nil {
		return true, nil
	}
	ctx, stop := context.WithTimeout(ctx, longestWait)
	defer stop()
	for _, view := range r.views {
		err := r.wait(ctx, view, position.N)
		var behind *projections.Stale
		if errors.As(err, &behind) || errors.Is(err, context.DeadlineExceeded) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}
