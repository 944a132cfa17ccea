package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// signedIn is the permission of everybody who has signed in.
const signedIn = "signed_in"

type standingKey struct{}

// standingOf is what whoever asks may do; nil when nobody has signed in.
func standingOf(ctx context.Context) *access.Standing {
	s, _ := ctx.Value(standingKey{}).(*access.Standing)
	return s
}

// As lets a request be made by whom a standing is of.
func As(ctx context.Context, s *access.Standing) context.Context {
	return context.WithValue(ctx, standingKey{}, s)
}

// officerOf is who asks, in the words of finance; without permissions when nobody has signed in.
func officerOf(ctx context.Context) finance.Officer { return officer.Finance(standingOf(ctx)) }

// behalfHeader names the principal for whom a request is made, under a delegation. Each request names
// one or none, so that what is done for one principal never mixes with another's.
const behalfHeader = "X-On-Behalf-Of"

// requires is the directive on every root field.
func requires(ctx context.Context, _ any, next graphql.Resolver, permission string) (any, error) {
	by := standingOf(ctx)
	switch {
	case by == nil:
		return nil, told(ctx, "unauthenticated", kernel.Text{Ar: "سجّل الدخول أولاً.", En: "Sign in first."})
	case !mayAny(by, permission):
		return nil, told(ctx, "forbidden", kernel.Text{
			Ar: "ليس لك حق هذا الإجراء (" + permission + ").", En: "You may not do this (" + permission + ").",
		})
	}
	return next(ctx)
}

// mayAny tells whether one of the permissions, which stand apart by spaces, is held anywhere.
func mayAny(by *access.Standing, permissions string) bool {
	for _, p := range strings.Fields(permissions) {
		if p == signedIn || by.Holds(p) {
			return true
		}
	}
	return false
}

// introspection opens what gqlgen has closed: limits has refused those who may not look.
type introspection struct{}

// ExtensionName names the extension to gqlgen.
func (introspection) ExtensionName() string { return "Introspection" }

// Validate accepts every schema.
func (introspection) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext opens introspection for the operation.
func (introspection) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	operation.DisableIntrospection = false
	return nil
}
