package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/graph/generated"
	"diwan/modules/access"
)

// Local answers documents inside this program, without HTTP and without a session: the command
// line's way in. Limits, permissions and refusals are those of everybody else.
type Local struct{ api *api }

// NewLocal puts the API together for callers in this program.
func NewLocal(c Config) *Local { return &Local{newAPI(c)} }

// Ask answers one document for somebody, in language "ar" or "en".
func (l *Local) Ask(ctx context.Context, by *access.Standing, language, document string, variables map[string]any) *graphql.Response {
	ctx = graphql.StartOperationTrace(l.api.by(ctx, by, preferred(language)))
	variables, err := asSent(variables)
	if err != nil {
		return l.api.executor.DispatchError(ctx, gqlerror.List{refuse("variables", "the variables are no JSON")})
	}
	now := graphql.Now()
	params := graphql.RawParams{Query: document, Variables: variables, ReadTime: graphql.TraceTiming{Start: now, End: now}}
	operation, problems := l.api.executor.CreateOperationContext(ctx, &params)
	if problems != nil {
		return l.api.executor.DispatchError(graphql.WithOperationContext(ctx, operation), problems)
	}
	answers, ctx := l.api.executor.DispatchOperation(ctx, operation)
	return answers(ctx)
}

// For answers over HTTP for one person, whoever asks: for a measurement beside a handler that looks
// at no session either.
func (l *Local) For(by *access.Standing) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, r.WithContext(l.api.by(r.Context(), by, preferred(r.Header.Get("Accept-Language")))), l.api.executor)
	})
}

// Schema is the whole schema, for the commands that are made from it.
func Schema() *ast.Schema {
	return generated.NewExecutableSchema(generated.Config{}).Schema()
}

// asSent gives variables the form they have in a request, numbers as they are written, so that limits
// and types see the same from every caller.
func asSent(variables map[string]any) (map[string]any, error) {
	if variables == nil {
		return nil, nil
	}
	text, err := json.Marshal(variables)
	if err != nil {
		return nil, fmt.Errorf("write variables: %w", err)
	}
	sent := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&sent); err != nil {
		return nil, fmt.Errorf("read variables: %w", err)
	}
	return sent, nil
}
