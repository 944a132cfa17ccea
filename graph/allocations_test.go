package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"diwan/graph/listplan"
	"diwan/graph/listplan/trial"
	"diwan/graph/listplan/trial/generated"
	"diwan/modules/access"
)

type trialRoot struct{ data *trial.Data }

func (r trialRoot) Query() generated.QueryResolver     { return trial.Query{Data: r.data} }
func (r trialRoot) Account() generated.AccountResolver { return trial.AccountFields{Data: r.data} }
func (r trialRoot) Person() generated.PersonResolver   { return trial.PersonFields{Data: r.data} }
func (r trialRoot) Unit() generated.UnitResolver       { return trial.UnitFields{Data: r.data} }

// drop is an answer nobody reads.
type drop struct {
	header http.Header
	n      int
	status int
}

func (d *drop) Header() http.Header { return d.header }
func (d *drop) WriteHeader(status int) {
	d.status = status
}

func (d *drop) Write(b []byte) (int, error) {
	d.n += len(b)
	return len(b), nil
}

// allocations of one request for so many rows, through the product's own way: persisted, limited,
// by POST; without HTTP's connection and the database.
func allocations(t *testing.T, rows int, text string) int {
	t.Helper()
	data := trial.NewData(rows)
	schema := generated.NewExecutableSchema(generated.Config{
		Resolvers: trialRoot{data},
		Directives: generated.DirectiveRoot{Class: func(ctx context.Context, _ any, next graphql.Resolver, _ int) (any, error) {
			return next(ctx)
		}},
	})
	e := executor.New(schema)
	e.SetQueryCache(newRecent[documentOf]())
	e.Use(newPersisted([]string{text}, false))
	e.Use(newLimits(schema.Schema(), false))
	body, err := json.Marshal(map[string]any{"variables": map[string]any{"first": rows}, "extensions": byHash(hashOf(text))})
	must(t, err)
	ctx := listplan.With(As(fromBrowser(t.Context()), access.Program("rana")), &listplan.Settings{})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/graphql", nil)
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	reader := bytes.NewReader(body)
	w := &drop{header: http.Header{}}
	n := testing.AllocsPerRun(50, func() {
		reader.Reset(body)
		r.Body = io.NopCloser(reader)
		w.n = 0
		answer(w, r, e)
	})
	if w.status != http.StatusOK || w.n < rows*40 {
		t.Fatalf("%d rows are answered with status %d and %d bytes", rows, w.status, w.n)
	}
	return int(n)
}

func TestAPageOfFiftyRowsTakesFewAllocationsAndMoreRowsNoMore(t *testing.T) {
	const (
		nodes = `query($first: Int!) { accounts(first: $first) { nodes { id code name level currency active opened born } } }`
		edges = `query($first: Int!) { accounts(first: $first) { edges { cursor node { id code name level currency active opened born } } } }`
		class = `query($first: Int!) { accounts(first: $first) { edges { node { id code name level secret active balance { amount } tags } } } }`
		batch = `query($first: Int!) { accounts(first: $first) { edges { node { id code name level currency active born owner { id name } } } } }`
	)
	for name, text := range map[string]string{"nodes": nodes, "edges": edges, "a class": class, "a batch field": batch} {
		fifty, many := allocations(t, 50, text), allocations(t, 400, text)
		t.Logf("%s: 50 rows %d allocations, 400 rows %d", name, fifty, many)
		if fifty > 300 {
			t.Errorf("%s: 50 rows take %d allocations", name, fifty)
		}
		if more := many - fifty; more > 40 { // the buffer grows, and slices of parents
			t.Errorf("%s: 350 rows more take %d allocations more", name, more)
		}
	}
}

// Whatever is sent is answered, refused before anything is resolved when it is too much, and never a
// failure of the server.
func FuzzRequest(f *testing.F) {
	f.Add(`{ me { id } }`, `{}`, "")
	f.Add(`query($n: Int!) { vouchers(first: $n) { nodes { id } } }`, `{"n": 1e9}`, "x")
	f.Add(`subscription { viewMoved(views: []) { view } }`, `[]`, hashOf("{ me { id } }"))
	for _, text := range attacks() {
		if len(text) < 5_000 {
			f.Add(text, `{"n": 500}`, "")
		}
	}
	quiet := slog.New(slog.DiscardHandler)
	a := newAPI(Config{Operations: []string{"{ me { id } }"}, FreeText: true, Introspection: true, Log: quiet})
	reads := access.Program("rana")
	f.Fuzz(func(t *testing.T, text, variables, hash string) {
		request := map[string]any{"query": text}
		if json.Valid([]byte(variables)) {
			request["variables"] = json.RawMessage(variables)
		}
		if hash != "" {
			request["extensions"] = byHash(hash)
		}
		body, err := json.Marshal(request)
		must(t, err)
		r, err := http.NewRequestWithContext(a.by(t.Context(), reads, "en"), http.MethodPost, "/graphql", bytes.NewReader(body))
		must(t, err)
		r.Header.Set("Content-Type", "application/json")
		w := &kept{drop: drop{header: http.Header{}}}
		answer(w, r, a.executor)
		if w.status >= 500 || !json.Valid(w.body) {
			t.Fatalf("%s is answered with %d %s", body, w.status, w.body)
		}
	})
}

type kept struct {
	drop
	body []byte
}

func (k *kept) Write(b []byte) (int, error) {
	k.body = append(k.body, b...)
	return len(b), nil
}
