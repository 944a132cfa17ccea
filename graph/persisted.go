package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/graph/officer"
)

// persisted knows the documents of the shipped app by the SHA-256 of their text, so that a browser
// sends the hash; clients cannot add to it. Where free text is not allowed, a browser's session may
// ask nothing else.
type persisted struct {
	texts map[string]string
	free  bool
}

func newPersisted(operations []string, free bool) persisted {
	p := persisted{texts: make(map[string]string, len(operations)), free: free}
	for _, text := range operations {
		sum := sha256.Sum256([]byte(text))
		p.texts[hex.EncodeToString(sum[:])] = text
	}
	return p
}

// ExtensionName names the extension to gqlgen.
func (persisted) ExtensionName() string { return "PersistedOperations" }

// Validate accepts every schema.
func (persisted) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters puts the text in the place of its hash, or refuses.
func (p persisted) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	asked, given := params.Extensions["persistedQuery"]
	if !given {
		if p.free || !isBrowser(ctx) || mayDevelop(ctx) {
			return nil
		}
		return refuse("persisted", "only the documents of the app are answered here: send the hash of one")
	}
	of, _ := asked.(map[string]any)
	hash, _ := of["sha256Hash"].(string)
	text, known := p.texts[hash]
	if !known {
		return refuse("persisted", "no document of the app has this hash")
	}
	if params.Query != "" && params.Query != text {
		return refuse("persisted", "the text is not the one of the hash")
	}
	params.Query = text
	return nil
}

type browserKey struct{}

// fromBrowser marks a request that comes with a browser's session, or with none.
func fromBrowser(ctx context.Context) context.Context {
	return context.WithValue(ctx, browserKey{}, true)
}

func isBrowser(ctx context.Context) bool { return ctx.Value(browserKey{}) != nil }

// mayDevelop tells whether whoever asks writes programs against the API.
func mayDevelop(ctx context.Context) bool {
	by := standingOf(ctx)
	return by != nil && by.Holds(officer.MayDevelop)
}
