package finance

import (
	"bytes"
	"context"
	"io"
	"maps"
	"runtime"
	"testing"
	"time"
)

// madridMap is how the city's file is read: four codes make the line, each with its name.
func madridMap() *ColumnMap {
	return &ColumnMap{Currency: "EUR", Columns: map[string]string{
		"AÑO": "year", "CENTRO": "centre", "DESCRIPCION CENTRO": "centre_name", "SECCION": "chapter", "DESCRIPCION SECCION": "chapter_name",
		"PROGRAMA": "programme", "DESCRIPCION PROGRAMA": "programme_name", "ECONOMICO": "item", "DESCRIPCION ECONOMICO": "item_name",
		"IMPORTE": "amount",
	}}
}

// A city's budget of four years: every row booked, every year's total exact, the second time nothing.
func TestACitysBudgetIsImportedToTheLastEuro(t *testing.T) {
	content, err := io.ReadAll(sharedFile(t, "data/finance/budget-madrid-2012-2015/gastos_v40_2012-2015.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"2012": "4942020428.00", "2013": "4564125024.00", "2014": "4699310629.00", "2015": "4650554218.00"}
	onEveryStore(t, func(t *testing.T, o *bureau) {
		run := func(opts ImportOptions) ImportResult {
			t.Helper()
			started := time.Now()
			opts.Map, opts.File = madridMap(), "gastos.csv"
			r, err := ImportBudget(context.Background(), o.Module, dima(), bytes.NewReader(content), opts, nil)
			if err != nil {
				t.Fatal(err)
			}
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			t.Logf("dry %v: %.1f s, %d MB from the system, %+v", opts.DryRun, time.Since(started).Seconds(), mem.Sys>>20, r.ImportCounts)
			if r.Rows != 20217 || len(r.Errors) != 0 || r.Refused+r.Skipped+r.Quarantined != 0 || !maps.Equal(r.Totals, want) {
				t.Fatalf("counts %+v, totals %v, errors %v", r.ImportCounts, r.Totals, r.Errors[:min(3, len(r.Errors))])
			}
			return r
		}
		if r := run(ImportOptions{DryRun: true}); r.Accepted != 20217 {
			t.Errorf("the dry run would accept %d rows", r.Accepted)
		}
		if head, _, _ := o.log.Head(o.ctx, 1); head != 0 {
			t.Errorf("the dry run wrote up to position %d", head)
		}
		first := run(ImportOptions{})
		if first.Accepted != 20217 {
			t.Errorf("accepted %d rows", first.Accepted)
		}
		second := run(ImportOptions{})
		if second.Unchanged != 20217 || second.Position != first.Position {
			t.Errorf("the second time: %+v at %s, first was at %s", second.ImportCounts, second.Position, first.Position)
		}
		var sum int64
		for after := int64(0); ; {
			events, err := o.log.Read(o.ctx, 1, after, 5000)
			if err != nil {
				t.Fatal(err)
			}
			if len(events) == 0 {
				break
			}
			after = events[len(events)-1].Position
			for _, e := range events {
				if decoded, err := lineCategory().Codec.Decode(e.Type, e.Schema, e.Data); err == nil {
					if enacted, ok := decoded.(AppropriationEnacted); ok {
						sum += enacted.Amount
					}
				}
			}
		}
		if sum != (4942020428+4564125024+4699310629+4650554218)*100 {
			t.Errorf("the log holds appropriations of %d cents", sum)
		}
	})
}

// A country's programme expenses in thousands of dollars, with upstream's dirt left in.
func TestADirtyBudgetIsImportedRowByRow(t *testing.T) {
	content, err := io.ReadAll(sharedFile(t, "data/finance/budget-australia-2015-16/201505181230budget1516.csv"))
	if err != nil {
		t.Fatal(err)
	}
	m := &ColumnMap{Currency: "AUD", Multiplier: 1000, Columns: map[string]string{
		"Portfolio": "chapter", "Department/Agency": "centre", "Outcome": "programme", "Program": "activity", "Expense type": "item", "2015-16": "amount",
	}}
	o := newBureau(t, memoryLog(t))
	r, err := ImportBudget(o.ctx, o.Module, dima(), bytes.NewReader(content), ImportOptions{Year: 2015, Map: m}, nil)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]int{}
	for _, e := range r.Errors {
		reasons[e.Code]++
	}
	t.Logf("%+v %v %v", r.ImportCounts, reasons, r.Totals)
	if r.Rows != 1608 || r.Rows != r.Accepted+r.Refused+r.Skipped+r.Quarantined || len(r.Errors) != r.Refused+r.Quarantined {
		t.Errorf("counts %+v with %d errors", r.ImportCounts, len(r.Errors))
	}
	before, _, _ := o.log.Head(o.ctx, 1)
	again, err := ImportBudget(o.ctx, o.Module, dima(), bytes.NewReader(content), ImportOptions{Year: 2015, Map: m}, nil)
	if err != nil || again.Unchanged != r.Accepted || again.Totals["2015"] != r.Totals["2015"] {
		t.Errorf("the second time: %+v (%v)", again.ImportCounts, err)
	}
	if head, _, _ := o.log.Head(o.ctx, 1); head != before {
		t.Errorf("the second time wrote %d events", head-before)
	}
}
