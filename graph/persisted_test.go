package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"diwan/graph/officer"
	"diwan/modules/access"
	"diwan/web"
)

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func byHash(hash string) map[string]any {
	return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
}

func TestABrowserInAnOfficeAsksOnlyTheAppsOwnDocuments(t *testing.T) {
	const own = "query Me { me { id } }"
	office := newPersisted([]string{own}, false)
	browser := fromBrowser(t.Context())
	as := func(acts ...string) *access.Standing { return access.Program("rana", acts...) }
	a := newAPI(Config{})
	for name, c := range map[string]struct {
		p      persisted
		params graphql.RawParams
		by     *access.Standing
		text   string // what is asked then; empty = refused
	}{
		"the hash":                  {office, graphql.RawParams{Extensions: byHash(hashOf(own))}, as(), own},
		"hash and text":             {office, graphql.RawParams{Query: own, Extensions: byHash(hashOf(own))}, as(), own},
		"another text to the hash":  {office, graphql.RawParams{Query: "{ __schema { types { name } } }", Extensions: byHash(hashOf(own))}, as(), ""},
		"the hash of another text":  {office, graphql.RawParams{Query: "{ me { id } }", Extensions: byHash(hashOf("{ me { id } }"))}, as(), ""},
		"an upper-case hash":        {office, graphql.RawParams{Extensions: byHash("A" + hashOf(own)[1:])}, as(), ""},
		"no hash":                   {office, graphql.RawParams{Query: own}, as(), ""},
		"an empty hash":             {office, graphql.RawParams{Query: own, Extensions: byHash("")}, as(), ""},
		"a hash that is no text":    {office, graphql.RawParams{Extensions: map[string]any{"persistedQuery": map[string]any{"sha256Hash": 7}}}, as(), ""},
		"a hash that is no object":  {office, graphql.RawParams{Extensions: map[string]any{"persistedQuery": "x"}}, as(), ""},
		"a developer":               {office, graphql.RawParams{Query: "{ me { id } }"}, as(officer.MayDevelop), "{ me { id } }"},
		"anybody in a demo":         {newPersisted([]string{own}, true), graphql.RawParams{Query: "{ me { id } }"}, as(), "{ me { id } }"},
		"a wrong hash in a demo":    {newPersisted([]string{own}, true), graphql.RawParams{Extensions: byHash("00")}, as(), ""},
		"somebody not signed in":    {office, graphql.RawParams{Query: own}, nil, ""},
		"the app before signing in": {office, graphql.RawParams{Extensions: byHash(hashOf(own))}, nil, own},
	} {
		refusal := c.p.MutateOperationParameters(a.by(browser, c.by, "en"), &c.params)
		if (refusal == nil) != (c.text != "") || refusal == nil && c.params.Query != c.text {
			t.Errorf("%s: asks %q, refused with %v", name, c.params.Query, refusal)
		}
		if refusal != nil && refusal.Extensions["limit"] != "persisted" {
			t.Errorf("%s: refused with %v", name, refusal.Extensions)
		}
	}
	if refusal := office.MutateOperationParameters(a.by(t.Context(), as(), "en"), &graphql.RawParams{Query: own}); refusal != nil {
		t.Errorf("the program itself is refused: %v", refusal)
	}
}

// What the app was built with is valid, within the limits, and known by the hash it sends.
func TestTheAppsDocumentsAreWithinTheLimits(t *testing.T) {
	texts, err := web.Operations()
	must(t, err)
	if len(texts) < 10 {
		t.Fatalf("the app has %d documents", len(texts))
	}
	a := newAPI(Config{Operations: texts})
	ctx := graphql.StartOperationTrace(a.by(fromBrowser(t.Context()), access.Program("rana"), "ar"))
	for _, text := range texts {
		params := graphql.RawParams{Extensions: byHash(hashOf(text)), Variables: map[string]any{}}
		_, problems := a.executor.CreateOperationContext(ctx, &params)
		for _, p := range problems {
			if p.Extensions["code"] == "limit" && p.Extensions["limit"] != "cost" { // the cost of a page whose length is not given here
				t.Errorf("%s\n%v", text, p)
			}
			if p.Extensions["code"] == "GRAPHQL_VALIDATION_FAILED" && p.Rule != "" {
				t.Errorf("%s\n%v", text, p)
			}
		}
	}
}
