package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// signedIn is the permission of everybody who has signed in.
const signedIn = "signed_in"

type officerKey struct{}

// officerOf is who asks; an officer without permissions when nobody has signed in.
func officerOf(ctx context.Context) finance.Officer {
	officer, _ := ctx.Value(officerKey{}).(finance.Officer)
	return officer
}

// requires is the directive on every root field.
func requires(ctx context.Context, _ any, next graphql.Resolver, permission string) (any, error) {
	officer := officerOf(ctx)
	switch {
	case officer.ID == "":
		return nil, told(ctx, "unauthenticated", kernel.Text{Ar: "سجّل الدخول أولاً.", En: "Sign in first."})
	case !mayAny(officer, permission):
		return nil, told(ctx, "forbidden", kernel.Text{
			Ar: "ليس لك حق هذا الإجراء (" + permission + ").", En: "You may not do this (" + permission + ").",
		})
	}
	return next(ctx)
}

// mayAny tells whether an officer holds one of the permissions, which stand apart by spaces.
func mayAny(officer finance.Officer, permissions string) bool {
	for _, p := range strings.Fields(permissions) {
		if p == signedIn || officer.May(finance.Permission(p)) {
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
