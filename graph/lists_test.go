package graph

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/graph/listplan/question"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/projections"
	"diwan/web"
)

// bothWays is the same API with compiled lists, and with gqlgen's ordinary ones.
func bothWays(c Config) (fast, stock *Local) {
	fast, stock = NewLocal(c), NewLocal(c)
	stock.api.lists.Stock = true
	return fast, stock
}

// sameAnswer requires the same data both ways, and errors or none.
func sameAnswer(t *testing.T, fast, stock *Local, by *access.Standing, text string, variables map[string]any) bool {
	t.Helper()
	one, other := fast.Ask(t.Context(), by, "ar", text, variables), stock.Ask(t.Context(), by, "ar", text, variables)
	if string(one.Data) != string(other.Data) || (len(one.Errors) == 0) != (len(other.Errors) == 0) {
		t.Errorf("%s\nby plans: %s %v\nordinary: %s %v", text, one.Data, one.Errors, other.Data, other.Errors)
	}
	return len(one.Errors) == 0
}

func TestTheAppsDocumentsAreAnsweredLikeStockGqlgen(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	for _, amount := range []string{"10", "20.500", "7"} {
		rana.commitment(amount)
	}
	rana.ask(nil, `{ commitments(first: 1) { nodes { id } } }`, nil) // the views show them
	fast, stock := bothWays(o.config)
	by := access.Program("rana", string(finance.MayReadFinance))
	texts, err := web.Operations()
	must(t, err)
	answered := 0
	for _, text := range texts {
		if strings.Contains(text, "mutation ") || strings.Contains(text, "subscription ") { // which have no list, and no one answer
			continue
		}
		if sameAnswer(t, fast, stock, by, text, map[string]any{
			"year": 2026, "key": fuel, "first": 20, "account": "331001", "segment": "ITEM", "fromMonth": 1, "toMonth": 13, "groupBy": []any{"CHAPTER"},
			"filter": []any{}, "withMonths": true, "id": o.supplier, "kind": "PAYEE",
		}) {
			answered++
		}
	}
	if answered < 4 {
		t.Errorf("only %d documents were answered without an error: the values given to them are out of date", answered)
	}
	for seed := range 150 {
		w := question.Writer{Schema: Schema(), Random: rand.New(rand.NewPCG(uint64(seed), 3)), Depth: 6, Argument: value}
		if text := w.Query(); text != "" {
			sameAnswer(t, fast, stock, by, text, nil)
		}
	}
}

// value is an argument's value in a random question.
func value(_ *ast.Definition, _ *ast.FieldDefinition, a *ast.ArgumentDefinition) string {
	switch a.Name {
	case "first":
		return "5"
	case "year":
		return "2026"
	case "key":
		return `"` + fuel + `"`
	case "account":
		return `"331001"`
	case "segment":
		return "ITEM"
	case "kind":
		return "COMMITMENT"
	case "id":
		return `"x"`
	}
	return ""
}

// counter counts statements that read views.
type counter struct{ n atomic.Int64 }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	if strings.Contains(q.SQL, "read.") {
		c.n.Add(1)
	}
	return ctx
}

func (*counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func TestABatchFieldIsOneMoreStatementForAllRowsAlsoThroughEdges(t *testing.T) {
	var statements counter
	config := dbtest.NewConfig(t)
	config.Tracer = &statements
	db, err := database.Open(t.Context(), config)
	must(t, err)
	t.Cleanup(db.Close)
	log, err := eventstore.OpenPostgres(t.Context(), db, finance.Categories()...)
	must(t, err)
	t.Cleanup(func() { must(t, log.Close()) })
	views, err := projections.New(db, log, finance.Views()...)
	must(t, err)
	must(t, views.CatchUp(t.Context()))
	admin, err := pgx.Connect(t.Context(), dbtest.AdminURL(t, config))
	must(t, err)
	defer admin.Close(context.WithoutCancel(t.Context()))
	_, err = admin.Exec(t.Context(), `
		insert into read.finance_ledger_line (position, line, journal, number, year, period, on_date, fund, account, codes, payee, key, currency, narration, debit, credit, balance, unit)
		select n, 1, 'j' || n, n::text, 2026, 1, date '2026-01-01', '01', (331000 + n % 7)::text, '{"fund":"01"}', '', '', 'JOD', 'قيد', n, 0, n, '.' from generate_series(1, 60) n;
		insert into read.finance_segment (segment, code, name_ar, name_en, parent, heading, economic, valid_from, valid_to)
		select 'item', (331000 + n)::text, 'حساب ' || n, 'Account ' || n, '', false, '', null, null from generate_series(0, 6) n`)
	must(t, err)
	module := finance.New(log, uuid.New(), time.Now, time.UTC)
	reports, err := module.NewReports(t.Context(), db)
	must(t, err)
	fast, stock := bothWays(Config{Finance: module, Reports: reports, Epoch: 1})
	by := access.Program("rana", string(finance.MayReadFinance))
	for text, want := range map[string]int64{
		`{ ledger(account: "331001", first: 50) { edges { node { id debit { amount } } } } }`:                             1,
		`{ ledger(account: "331001", first: 50) { edges { node { id accountName { ar en } } } pageInfo { endCursor } } }`: 2,
		`{ ledger(account: "331001", first: 50) { nodes { id accountName { ar } again: accountName { en } } } }`:          3,
	} {
		statements.n.Store(0)
		r := fast.Ask(t.Context(), by, "ar", text, nil)
		if n := statements.n.Load(); n != want || len(r.Errors) > 0 {
			t.Errorf("%s\ntook %d statements, want %d: %s %v", text, n, want, r.Data, r.Errors)
		}
		sameAnswer(t, fast, stock, by, text, nil)
	}
}
