package finance

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strconv"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// finish counts the rows, keeps the quarantined ones and the map, and says what became of the file.
func (i *importing) finish(ctx context.Context) (ImportResult, error) {
	f := i.file
	r := ImportResult{
		Kind: "budget", Errors: f.errors, Totals: map[string]string{}, Currency: map[string]string{},
		DryRun: i.opts.DryRun, Map: i.usedMap,
		ImportCounts: ImportCounts{Rows: f.total, Refused: f.refused, Skipped: f.skipped, Quarantined: len(f.quarantined)},
	}
	totals := map[string]int64{}
	for _, row := range f.rows {
		became, problem := lineUnchanged, error(nil)
		for _, l := range row.lines {
			if i.outcomes[l] > became {
				became, problem = i.outcomes[l], i.problems[l]
			}
		}
		switch became {
		case lineAccepted:
			r.Accepted++
		case lineUnchanged:
			r.Unchanged++
		case lineRefused:
			r.Refused++
			for _, p := range kernel.ProblemsOf(problem) {
				r.Errors = append(r.Errors, ImportError{Row: row.row, Column: p.Path, Code: p.Code, Message: p.Message})
			}
		}
	}
	for l, line := range f.lines {
		currency, err := i.currencyOf(ctx, line.year)
		if err != nil {
			return r, err
		}
		year := strconv.Itoa(line.year)
		r.Currency[year] = currency
		if i.outcomes[l] != lineRefused {
			totals[year] += line.amount
		}
	}
	for year := range r.Currency {
		r.Totals[year] = kernel.FormatAmount(totals[year], r.Currency[year])
	}
	if r.Errors == nil {
		r.Errors = []ImportError{}
	}
	if err := i.close(ctx, r.ImportCounts, totals); err != nil {
		return r, err
	}
	if i.opts.Vintage == Supplementary && !i.opts.Additions {
		absent, err := i.absent(ctx)
		if err != nil {
			return r, err
		}
		r.Absent = absent
	}
	return r, i.position(ctx, &r)
}

// close keeps the quarantined rows, the counts and the map. A run that changed nothing records
// nothing.
func (i *importing) close(ctx context.Context, counts ImportCounts, totals map[string]int64) error {
	if i.opts.DryRun {
		return nil
	}
	f, stream := i.file, importStream(i.content, i.opts, i.usedMap)
	var t touches
	document, remembered := t.add(stream), t.add(mapStream(i.table.header))
	return i.execute(ctx, "CloseBudgetImport", &t, func(d *eventstore.Decision) error {
		state := eventstore.StateOf[BudgetImport](d, document)
		for from := state.Quarantined; from < len(f.quarantined); from += batchSize {
			d.Record(document, ImportRowsQuarantined{Rows: f.quarantined[from:min(from+batchSize, len(f.quarantined))]})
		}
		if !state.Source && (i.opts.Stored != "" || len(f.quarantined) > 0) {
			d.Record(document, ImportSourceKept{File: i.opts.Stored, Header: i.table.header})
		}
		if i.mapped && !sameMap(eventstore.StateOf[BudgetImport](d, remembered).Map, i.usedMap) {
			d.Record(remembered, ColumnMapRemembered{Map: i.usedMap})
		}
		if state.Finished == nil || i.changed {
			d.Record(document, BudgetImportFinished{
				Rows: counts.Rows, Accepted: counts.Accepted, Unchanged: counts.Unchanged, Refused: counts.Refused,
				Skipped: counts.Skipped, Quarantined: counts.Quarantined, Totals: totals,
			})
		}
		return nil
	})
}

func sameMap(known *ColumnMap, used ColumnMap) bool {
	return known != nil && reflect.DeepEqual(*known, used)
}

// position is where the log stands after the import.
func (i *importing) position(ctx context.Context, r *ImportResult) error {
	head, epoch, err := i.m.log.Head(ctx, eventstore.Main)
	if err != nil {
		return fmt.Errorf("read the log's head: %w", err)
	}
	if i.last.Last > 0 {
		head, epoch = i.last.Last, i.last.Epoch
	}
	r.Position = kernel.Position{Lane: eventstore.Main.String(), Epoch: epoch, N: head}.String()
	return nil
}

// absent lists the lines of the file's years that the file does not state; they stay as they are.
// It is read off the log once, for a supplementary budget.
func (i *importing) absent(ctx context.Context) ([]string, error) {
	years := map[int]bool{}
	for _, l := range i.file.lines {
		years[l.year] = true
	}
	var absent []string
	for after := int64(0); ; {
		events, err := i.m.log.Read(ctx, eventstore.Main, after, 5000)
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		if len(events) == 0 {
			sort.Strings(absent)
			return absent, nil
		}
		after = events[len(events)-1].Position
		for _, e := range events {
			if e.Type != (BudgetLineOpened{}).EventType() || e.Tenant != i.m.tenant {
				continue
			}
			var opened BudgetLineOpened
			if err := json.Unmarshal(e.Data, &opened); err != nil {
				return nil, fmt.Errorf("read %s: %w", e.Stream, err)
			}
			if _, stated := i.file.place[lineName{opened.Year, opened.Key}]; years[opened.Year] && !stated {
				absent = append(absent, fmt.Sprintf("%d/%s", opened.Year, opened.Key))
			}
		}
	}
}
