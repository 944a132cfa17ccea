package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/modules/access/signin"
)

// stepUp holds back operations that approve something until whoever asks has proved again who they
// are. The whole operation waits: nothing of it is done before. The error's code is
// step_up_required, with the ways to do it in means, so that the app can ask and send it again; or
// second_factor_missing when there is no way yet.
type stepUp struct{ house *signin.House }

// ExtensionName names the extension to gqlgen.
func (stepUp) ExtensionName() string { return "StepUp" }

// Validate accepts every schema.
func (stepUp) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation refuses before anything is executed.
func (s stepUp) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	v, visiting := visitOf(ctx)
	operation := graphql.GetOperationContext(ctx)
	if !visiting || v.approves || s.house == nil || operation.Operation == nil || operation.Operation.Operation != ast.Mutation {
		return next(ctx)
	}
	p, err := s.house.Policy(ctx)
	if err != nil {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{gqlerror.WrapPath(nil, err)}})
	}
	for _, field := range rootFields(operation) {
		if p.Approval(permissionsOf(field.Definition)) {
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{s.needed(ctx, v, field.Alias)}})
		}
	}
	return next(ctx)
}

func (s stepUp) needed(ctx context.Context, v visit, alias string) *gqlerror.Error {
	means, err := s.house.StepUpMeans(ctx, v.Person)
	if v.Level == signin.ByKey {
		means = nil
	}
	problem := signin.ErrStepUp
	if err == nil && len(means) == 0 {
		problem = signin.ErrNoFactor
	}
	told := told(ctx, problem.Code, problem.Message)
	told.Path = ast.Path{ast.PathName(alias)}
	told.Extensions["means"] = orNone(means)
	return told
}

// rootFields are an operation's own fields, also through fragments.
func rootFields(operation *graphql.OperationContext) []*ast.Field {
	var all []*ast.Field
	var collect func(ast.SelectionSet)
	collect = func(set ast.SelectionSet) {
		for _, one := range set {
			switch one := one.(type) {
			case *ast.Field:
				all = append(all, one)
			case *ast.InlineFragment:
				collect(one.SelectionSet)
			case *ast.FragmentSpread:
				collect(one.Definition.SelectionSet)
			}
		}
	}
	collect(operation.Operation.SelectionSet)
	return all
}

// permissionsOf are those that open a root field.
func permissionsOf(field *ast.FieldDefinition) []string {
	if field == nil {
		return nil
	}
	directive := field.Directives.ForName("requires")
	if directive == nil {
		return nil
	}
	argument := directive.Arguments.ForName("permission")
	if argument == nil {
		return nil
	}
	return strings.Fields(argument.Value.Raw)
}
