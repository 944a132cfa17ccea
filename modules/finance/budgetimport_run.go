package finance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/faultpoint"
	"diwan/modules/kernel"
)

// importing is one run of an import.
type importing struct {
	m        *Module
	by       Officer
	opts     ImportOptions
	progress func(done, total int)

	table   *tableFile
	usedMap ColumnMap
	mapped  bool
	file    *budgetFile
	content string
	years   map[int]FiscalYear

	outcomes []outcome
	problems []error
	last     eventstore.Receipt
	changed  bool
}

// mostRows bounds one file, which is held in memory until it is booked: ten times a city's four years.
const mostRows = 200_000

// read reads the file to its end.
func (i *importing) read(ctx context.Context, r io.Reader) error {
	rules, err := now[Rules](ctx, i.m, rulesCategory(), RulesStream)
	if err != nil {
		return err
	}
	hash := sha256.New()
	whole := io.TeeReader(r, hash)
	if i.opts.Map != nil {
		i.usedMap, i.mapped = *i.opts.Map, true
	}
	if i.table, err = openTable(whole, i.usedMap.Encoding, i.usedMap.Delimiter); err != nil {
		return err
	}
	if err := i.findMap(ctx, rules); err != nil {
		return err
	}
	i.years = map[int]FiscalYear{}
	for {
		if i.file.total > mostRows {
			return fileProblem("import.too_many_rows",
				fmt.Sprintf("في الملف أكثر من %d سطر. قسّمه إلى ملفات أصغر.", mostRows),
				fmt.Sprintf("The file has more than %d rows. Split it into smaller files.", mostRows))
		}
		cells, line, err := i.table.next()
		if blanks := i.table.takeBlanks(); blanks > 0 {
			i.file.total += blanks
			i.file.skipped += blanks
		}
		switch {
		case errors.Is(err, io.EOF):
			i.content = hex.EncodeToString(hash.Sum(nil))
			return nil
		case errors.Is(err, errRow):
			i.file.total++
			i.file.refused++
			i.file.errors = append(i.file.errors, ImportError{Row: line, Code: "import.row_unreadable", Message: kernel.Text{
				Ar: "السطر غير مقروء: علامة اقتباس ناقصة أو سطر طويل جداً.",
				En: "The row is not readable: a quote is missing or the row is too long.",
			}})
		case err != nil:
			return fmt.Errorf("read the file: %w", err)
		default:
			if err := i.file.take(line, cells); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// findMap binds the columns: by the map given, by Diwan's own headers, or by the map last used for
// this header. What the map leaves out is found from the file.
func (i *importing) findMap(ctx context.Context, rules Rules) error {
	if !i.mapped {
		i.usedMap.Columns = ownMap(i.table.header)
		if _, err := bindColumns(i.table.header, i.usedMap, false, i.opts.Year, rules); err != nil {
			remembered, rerr := now[BudgetImport](ctx, i.m, importCategory(), mapStream(i.table.header))
			if rerr != nil {
				return rerr
			}
			if remembered.Map != nil {
				i.usedMap, i.mapped = *remembered.Map, true
			}
		}
	}
	c, err := bindColumns(i.table.header, i.usedMap, i.mapped, i.opts.Year, rules)
	if err != nil {
		return err
	}
	decimal, thousands := findStyle(i.table, c)
	if c.style.Decimal == 0 && c.style.Thousands == 0 {
		c.style.Decimal, c.style.Thousands = decimal, thousands
	}
	if c.style.Decimal == 0 {
		c.style.Decimal = otherSign(c.style.Thousands)
	}
	if c.style.Thousands == 0 {
		c.style.Thousands = otherSign(c.style.Decimal)
	}
	i.usedMap.Decimal, i.usedMap.Thousands = string(c.style.Decimal), string(c.style.Thousands)
	i.usedMap.Delimiter = string(i.table.csv.Comma)
	i.file = &budgetFile{
		columns: c, rules: rules, width: i.table.width, year: i.opts.Year, signed: i.opts.Additions,
		currency: func(year int) (string, error) { return i.currencyOf(ctx, year) },
		values:   map[Segment]map[string]valueName{}, place: map[lineName]int{}, totals: map[int]int64{},
	}
	return nil
}

// otherSign is the sign that goes with a decimal or grouping sign.
func otherSign(r rune) rune {
	if r == ',' {
		return '.'
	}
	return ','
}

// currencyOf is the currency amounts of a year are read in: the map's, or the year's own.
func (i *importing) currencyOf(ctx context.Context, year int) (string, error) {
	if i.usedMap.Currency != "" {
		return i.usedMap.Currency, nil
	}
	y, known := i.years[year]
	if !known {
		var err error
		if y, err = now[FiscalYear](ctx, i.m, yearCategory(), YearStream(year)); err != nil {
			return "", err
		}
		i.years[year] = y
	}
	if y.Exists() {
		return y.Currency, nil
	}
	return standardCurrency, nil
}

// errDryRun keeps a decision from being recorded.
var errDryRun = errors.New("dry run")

// book books the lines, batch by batch.
func (i *importing) book(ctx context.Context) error {
	f, stream := i.file, importStream(i.content, i.opts, i.usedMap)
	state, err := now[BudgetImport](ctx, i.m, importCategory(), stream)
	if err != nil {
		return err
	}
	i.outcomes, i.problems = make([]outcome, len(f.lines)), make([]error, len(f.lines))
	started := BudgetImportStarted{
		File: brief(i.opts.File), Content: i.content, Vintage: i.opts.Vintage, Additions: i.opts.Additions,
		Year: i.opts.Year, Map: i.usedMap, By: i.by.Sign(),
	}
	for from := 0; from < len(f.lines); from += batchSize {
		upto, number := min(from+batchSize, len(f.lines)), from/batchSize+1
		if i.progress != nil {
			i.progress(from, len(f.lines))
		}
		if number <= state.Batches && !state.waits(number) {
			continue // booked before
		}
		b := &batch{
			number: number, started: started, by: i.by, today: i.m.today(), source: stream.Key,
			lines: f.lines[from:upto], file: f, currency: i.usedMap.Currency,
		}
		b.prepare(stream)
		if err := i.execute(ctx, "ImportBudget", &b.touches, b.decide); err != nil {
			return fmt.Errorf("book lines %d to %d of %d: %w", from+1, upto, len(f.lines), err)
		}
		faultpoint.Reached(faultpoint.ImportRow)
		copy(i.outcomes[from:], b.outcomes)
		copy(i.problems[from:], b.problems)
	}
	if i.progress != nil {
		i.progress(len(f.lines), len(f.lines))
	}
	return nil
}

// waits tells whether a batch has lines that were refused and may be tried again.
func (b BudgetImport) waits(batch int) bool {
	for _, n := range b.Refused {
		if n == batch {
			return true
		}
	}
	return false
}

// execute runs one command of the import; in a dry run it is decided and not recorded. An answer
// that is not known is asked for again with the same id, a busy log is waited for.
func (i *importing) execute(ctx context.Context, act string, t *touches, decide func(*eventstore.Decision) error) error {
	id, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("make a command id: %w", err)
	}
	for {
		receipt, err := i.m.execute(ctx, i.by, id, act, nil, t, func(d *eventstore.Decision) error {
			if err := decide(d); err != nil {
				return err
			}
			if i.opts.DryRun {
				return errDryRun
			}
			return nil
		})
		switch {
		case err == nil:
			i.last = receipt
			i.changed = i.changed || receipt.First > 0
			return nil
		case i.opts.DryRun && errors.Is(err, errDryRun):
			return nil
		case errors.Is(err, eventstore.ErrUnknown), errors.Is(err, eventstore.ErrBusy):
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
		default:
			return err
		}
	}
}
