package trial_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/graph/listplan"
	"diwan/graph/listplan/question"
	"diwan/graph/listplan/trial"
	"diwan/graph/listplan/trial/generated"
)

type root struct{ data *trial.Data }

func (r root) Query() generated.QueryResolver     { return trial.Query{Data: r.data} }
func (r root) Account() generated.AccountResolver { return trial.AccountFields{Data: r.data} }
func (r root) Person() generated.PersonResolver   { return trial.PersonFields{Data: r.data} }
func (r root) Unit() generated.UnitResolver       { return trial.UnitFields{Data: r.data} }

// api is the trial API over some rows.
func api(data *trial.Data) graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{
		Resolvers: root{data},
		Directives: generated.DirectiveRoot{
			Class: func(ctx context.Context, _ any, next graphql.Resolver, of int) (any, error) {
				if data.Class < of {
					return nil, fmt.Errorf("class %d is needed", of)
				}
				return next(ctx)
			},
			Row: func(ctx context.Context, obj any, next graphql.Resolver) (any, error) {
				if obj.(*trial.Account).Active {
					replaced := "replaced"
					return &replaced, nil
				}
				return next(ctx)
			},
		},
	})
}

// ask answers a question with compiled plans, or gqlgen's ordinary way.
func ask(t *testing.T, schema graphql.ExecutableSchema, stock bool, text string) *graphql.Response {
	t.Helper()
	e := executor.New(schema)
	e.SetRecoverFunc(func(_ context.Context, panicked any) error { return fmt.Errorf("%v", panicked) })
	ctx := listplan.With(graphql.StartOperationTrace(t.Context()), &listplan.Settings{Stock: stock})
	now := graphql.Now()
	operation, problems := e.CreateOperationContext(ctx, &graphql.RawParams{Query: text, ReadTime: graphql.TraceTiming{Start: now, End: now}})
	if problems != nil {
		t.Fatalf("%s\n%v", text, problems)
	}
	answers, ctx := e.DispatchOperation(ctx, operation)
	return answers(ctx)
}

// same requires that both ways give the same bytes, and errors or none.
func same(t *testing.T, data *trial.Data, text string) (fast, stock *graphql.Response) {
	t.Helper()
	schema := api(data)
	fast, stock = ask(t, schema, false, text), ask(t, schema, true, text)
	if string(fast.Data) != string(stock.Data) {
		t.Fatalf("%s\nplan:  %s %v\nstock: %s %v", text, fast.Data, fast.Errors, stock.Data, stock.Errors)
	}
	if (len(fast.Errors) == 0) != (len(stock.Errors) == 0) {
		t.Fatalf("%s\nplan:  %v\nstock: %v", text, fast.Errors, stock.Errors)
	}
	if !json.Valid(fast.Data) {
		t.Fatalf("%s\nis answered by what is no JSON: %s", text, fast.Data)
	}
	return fast, stock
}

func arguments(_ *ast.Definition, f *ast.FieldDefinition, a *ast.ArgumentDefinition) string {
	switch a.Name {
	case "times":
		return "2"
	case "plus":
		return []string{"", "7"}[len(f.Name)%2]
	}
	return "7"
}

func TestRandomQuestionsAreAnsweredLikeStockGqlgen(t *testing.T) {
	schema := api(trial.NewData(0)).Schema()
	questions := 400
	if testing.Short() {
		questions = 120
	}
	for seed := range questions {
		w := question.Writer{Schema: schema, Random: rand.New(rand.NewPCG(uint64(seed), 7)), Depth: 5, Argument: arguments}
		text := w.Query()
		if text == "" {
			continue
		}
		data := trial.NewData(seed % 9)
		switch seed % 7 {
		case 3:
			data.Class = 1
		case 4:
			if len(data.Accounts) > 0 {
				data.Accounts[len(data.Accounts)-1].Strict = nil
			}
		case 5:
			if len(data.Accounts) > 0 {
				data.Accounts[0].Breaks = true
			}
		case 6:
			data.Owners = errors.New("the people are away")
		}
		same(t, data, text)
	}
}

func TestWhatIsAskedIsAnsweredLikeStockGqlgen(t *testing.T) {
	for name, text := range map[string]string{
		"every kind of field":      `{ accounts { edges { cursor node { __typename id code name level currency active note opened born balance { amount currency } limit { amount } tags notes grid } } } }`,
		"nodes":                    `{ accounts { nodes { id parent { id parent { id } children { id } } children { id balance { amount } } } } }`,
		"aliases":                  `{ a: flat { x: id y: id balance { z: amount } } b: flat { id } }`,
		"merged selections":        `{ flat { balance { amount } balance { currency } parent { id } ... on Account { parent { code } } } }`,
		"fragments":                `{ flat { ...f } } fragment f on Account { id ...g } fragment g on Account { balance { amount } }`,
		"skip and include":         `query($no: Boolean! = false) { flat { id @include(if: $no) code @skip(if: $no) ... @include(if: $no) { level } } }`,
		"nothing at all":           `query($no: Boolean! = false) { flat { id @include(if: $no) } }`,
		"a list that is null":      `{ maybe { id } }`,
		"a list that may be null":  `{ staff { id name unit { name } } }`,
		"batch fields":             `{ flat { id owner { id name } keeper { id } rank more: rank(plus: 40) } }`,
		"batch below batch":        `{ flat { owner { id boss { id boss { name } } unit { head { id } members { id boss { id } } } } } }`,
		"batch below edges":        `{ accounts { edges { node { owner { unit { head { name } } } } } } }`,
		"batch in lists in rows":   `{ flat { children { id owner { id } } parent { owner { id boss { id } } } } }`,
		"no list":                  `{ one { id owner { id } children { id keeper { id boss { id } } } } }`,
		"a resolver for each row":  `{ flat { id slow(times: 2) children { id balance { amount } } } }`,
		"a directive on the row":   `{ flat { id odd } }`,
		"a directive on the user":  `{ flat { id secret sealed } }`,
		"a method":                 `{ flat { fragile } }`,
		"names of types":           `{ flat { __typename parent { __typename } } }`,
		"a batch field by aliases": `{ flat { a: owner { id } b: owner { name } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			for _, rows := range []int{0, 1, 2, 9} {
				if fast, _ := same(t, trial.NewData(rows), text); len(fast.Errors) > 0 {
					t.Errorf("%d rows: %v", rows, fast.Errors)
				}
			}
		})
	}
}

func TestABatchFieldIsResolvedOnceBelowEdges(t *testing.T) {
	const text = `{ accounts { edges { node { owner { id } } } } }`
	data := trial.NewData(20)
	ask(t, api(data), false, text)
	if n := data.Calls.Swap(0); n != 1 {
		t.Errorf("a plan calls the resolver %d times", n)
	}
	ask(t, api(data), true, text)
	if n := data.Calls.Load(); n != 20 {
		t.Errorf("stock gqlgen calls it %d times: is the plan still needed?", n)
	}
}

func TestAFailedBatchResolverIsNotCalledAgain(t *testing.T) {
	for failure, path := range map[string]string{"the people are away": "accounts.edges.node.owner", "panic": "accounts.edges.node.owner"} {
		data := trial.NewData(5)
		data.Owners = errors.New(failure)
		r := ask(t, api(data), false, `{ accounts { edges { node { id owner { id boss { id } } } } } }`)
		if n := data.Calls.Load(); n != 1 {
			t.Errorf("%s: called %d times", failure, n)
		}
		if len(r.Errors) != 1 || r.Errors[0].Path.String() != path {
			t.Errorf("%s: told as %v", failure, r.Errors)
		}
		if want := strings.Repeat(`"owner":null`, 1); strings.Count(string(r.Data), want) != 5 {
			t.Errorf("%s: answered %s", failure, r.Data)
		}
	}
	// Where null is not allowed the list is null, and all above it that may not be.
	data := trial.NewData(5)
	data.Keepers = errors.New("away")
	if r := ask(t, api(data), false, `{ flat { id keeper { id } } maybe { id } }`); string(r.Data) != "null" || len(r.Errors) != 1 || data.Calls.Load() != 1 {
		t.Errorf("answered %s %v after %d calls", r.Data, r.Errors, data.Calls.Load())
	}
	data.Calls.Store(0)
	if fast, _ := same(t, data, `{ flat { parent { keeper { id } } } }`); len(fast.Errors) != 1 || !strings.Contains(string(fast.Data), `"parent":null`) {
		t.Errorf("answered %s %v", fast.Data, fast.Errors)
	}
}

func TestErrorsOfSingleParents(t *testing.T) {
	data := trial.NewData(4)
	data.Owners = graphql.BatchErrorList{nil, errors.New("the second is away"), nil, nil}
	fast, stock := same(t, data, `{ flat { id owner { id } } }`)
	if len(fast.Errors) != 1 || len(stock.Errors) != 1 {
		t.Errorf("told as %v and %v", fast.Errors, stock.Errors)
	}
}

func TestAColumnNobodyMaySeeIsCheckedOnce(t *testing.T) {
	data := trial.NewData(6)
	data.Class = 1
	fast, stock := same(t, data, `{ flat { id secret } }`)
	if len(fast.Errors) != 1 || len(stock.Errors) != 6 {
		t.Errorf("%d errors, and %d the ordinary way", len(fast.Errors), len(stock.Errors))
	}
	same(t, data, `{ flat { id sealed } }`) // null is not allowed
	data.Class = 3
	if fast, _ := same(t, data, `{ flat { id secret sealed } }`); len(fast.Errors) != 0 {
		t.Errorf("refused to somebody who may: %v", fast.Errors)
	}
}

func TestARowThatBreaksIsToldWhereItBreaks(t *testing.T) {
	data := trial.NewData(6)
	data.Accounts[4].Breaks = true
	if fast, _ := same(t, data, `{ flat { id fragile } }`); len(fast.Errors) != 1 || fast.Errors[0].Path.String() != "flat[4].fragile" {
		t.Errorf("a panic is told as %v", fast.Errors)
	}
	data.Accounts[2].Strict = nil
	if fast, _ := same(t, data, `{ accounts { nodes { id strict { amount } } } }`); len(fast.Errors) != 1 || fast.Errors[0].Path.String() != "accounts.nodes[2].strict" {
		t.Errorf("a null where none is allowed is told as %v", fast.Errors)
	}
}

func TestTextThatIsNoUTF8IsStillJSON(t *testing.T) {
	data := trial.NewData(2)
	data.Accounts[1].Name = "a\xff\xfeb"
	r := ask(t, api(data), false, `{ flat { name } }`)
	var got struct{ Flat []struct{ Name string } }
	if err := json.Unmarshal(r.Data, &got); err != nil || got.Flat[1].Name != "a\uFFFD\uFFFDb" {
		t.Errorf("answered %q: %v", r.Data, err)
	}
}
