package graph

import (
	"context"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"diwan/graph/generated"
	"diwan/graph/listplan"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// api is the schema with its resolvers and limits, before anybody is connected to it.
type api struct {
	executor *executor.Executor
	lists    *listplan.Settings
}

// newAPI is gqlgen's executor, without its HTTP handler: what reaches it is in transport.go.
func newAPI(c Config) *api {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	schema := generated.NewExecutableSchema(generated.Config{
		Resolvers:  newRoot(c),
		Directives: generated.DirectiveRoot{Requires: requires},
	})
	h := executor.New(schema)
	h.SetQueryCache(newRecent[documentOf]())
	h.SetParserTokenLimit(mostTokens)
	h.SetDisableSuggestion(true)
	h.SetErrorPresenter(presenter(c.Log))
	h.SetRecoverFunc(func(ctx context.Context, panicked any) error {
		c.Log.ErrorContext(ctx, "a request panicked", "path", graphql.GetPath(ctx).String(), "panic", panicked)
		return told(ctx, "internal", kernel.Text{Ar: "خطأ داخلي.", En: "Internal error."})
	})
	h.Use(newPersisted(c.Operations, c.FreeText))
	h.Use(newLimits(schema.Schema(), c.Introspection))
	h.Use(introspection{})
	h.Use(stepUp{c.SignIn})
	h.Use(readAfter{wait: c.wait(), views: c.views(), epoch: c.Epoch})
	return &api{executor: h, lists: &listplan.Settings{}}
}

// by is the context of a request: whose it is and in which language they read.
func (a *api) by(ctx context.Context, officer finance.Officer, language string) context.Context {
	ctx = context.WithValue(ctx, languageKey{}, language)
	if officer.ID != "" {
		ctx = context.WithValue(ctx, officerKey{}, officer)
	}
	return listplan.With(ctx, a.lists)
}
