package graph

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/modules/kernel"
)

// refused and conflict tell problems in the language of whoever asked.
type (
	refused  struct{}
	conflict struct{}
)

// Message is the sentence in the reader's language.
func (refused) Message(ctx context.Context, p *kernel.Problem) (string, error) {
	return p.Message.In(languageOf(ctx)), nil
}

// Details are the figures in the order of their names.
func (refused) Details(_ context.Context, p *kernel.Problem) ([]kernel.Detail, error) {
	return detailsOf(p), nil
}

// Message is the sentence in the reader's language.
func (conflict) Message(ctx context.Context, c *kernel.Conflict) (string, error) {
	return c.Problem.Message.In(languageOf(ctx)), nil
}

// Details are the figures in the order of their names.
func (conflict) Details(_ context.Context, c *kernel.Conflict) ([]kernel.Detail, error) {
	return detailsOf(&c.Problem), nil
}

func detailsOf(p *kernel.Problem) []kernel.Detail {
	all := make([]kernel.Detail, 0, len(p.Details))
	for name, value := range p.Details {
		all = append(all, kernel.Detail{Name: name, Value: value})
	}
	slices.SortFunc(all, func(a, b kernel.Detail) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// presenter shows errors that were made to be shown, and refusals of questions; anything else is
// logged once, here, and told only as an internal error.
func presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		var shown *gqlerror.Error
		if errors.As(err, &shown) && shown.Err == nil {
			if shown.Path == nil {
				shown.Path = graphql.GetPath(ctx)
			}
			return shown
		}
		if problems := kernel.ProblemsOf(err); problems != nil {
			p := problems[0]
			return &gqlerror.Error{
				Message: p.Message.In(languageOf(ctx)), Path: graphql.GetPath(ctx),
				Extensions: map[string]any{"code": p.Code, "path": p.Path},
			}
		}
		if ctx.Err() == nil {
			log.ErrorContext(ctx, "a request failed", "path", graphql.GetPath(ctx).String(), "error", err)
		}
		return told(ctx, "internal", kernel.Text{
			Ar: "خطأ داخلي. لم يُعرض شيء، والخطأ مسجل.", En: "Internal error. Nothing is shown, and the error is logged.",
		})
	}
}

// told is an error with a code that people read.
func told(ctx context.Context, code string, message kernel.Text) *gqlerror.Error {
	return &gqlerror.Error{
		Message: message.In(languageOf(ctx)), Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": code, "text": message},
	}
}

type languageKey struct{}

// languageOf is the language of the request: Arabic unless English was preferred.
func languageOf(ctx context.Context) string {
	if language, ok := ctx.Value(languageKey{}).(string); ok {
		return language
	}
	return "ar"
}

// preferred reads Accept-Language: the first of ar and en that it names.
func preferred(header string) string {
	for _, one := range strings.Split(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(one), ";")
		switch language, _, _ := strings.Cut(strings.ToLower(tag), "-"); language {
		case "ar", "en":
			return language
		}
	}
	return "ar"
}
