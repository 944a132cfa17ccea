package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// importFlags are the flags of diwan import.
type importFlags struct {
	year      int
	vintage   string
	additions bool
	mapFile   string
	dryRun    bool
}

// importer brings one kind of file in. by is who acts.
type importer struct {
	kind, short string
	run         func(ctx context.Context, a *app, by finance.Officer, file *os.File, f importFlags, progress func(done, total int)) (imported, error)
}

// imported is what an import did: for programs, for people, and whether rows were left out.
type imported struct {
	result any
	print  func(w io.Writer, language string)
	left   int
}

func importers() []importer {
	return []importer{
		{"budget", "a budget law: one line a row, CSV in any encoding and number style", importBudget},
		{"calendar", "public holidays: a JSON object of days with their names, or CSV (date, name_ar, name_en, estimated)", importCalendar},
		{"terms", "agreed terms: CSV (term_ar, term_en, definition_ar, definition_en, synonyms_ar, synonyms_en, domain, source)", importTerms},
	}
}

// importCommand brings files in, row by row, with every error named.
func importCommand(t *terminal) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import KIND FILE",
		Short: "Bring a file in: row errors with row numbers, restartable, the same file twice changes nothing",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return wrongUsage("import wants a kind and a file, such as: diwan import budget law-2026.csv --year 2026")
			}
			if !slices.ContainsFunc(importers(), func(i importer) bool { return i.kind == args[0] }) {
				return wrongUsage("there is no import of %q; there is: %s", args[0], strings.Join(importKinds(), ", "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			i := importers()[slices.Index(importKinds(), args[0])]
			file, err := os.Open(args[1])
			if err != nil {
				return wrongUsage("the file cannot be read: %v", err)
			}
			defer file.Close()
			if info, err := file.Stat(); err != nil || info.IsDir() {
				return wrongUsage("%s is no file", args[1])
			}
			return runImport(c.Context(), t, i, file, f)
		},
	}
	c.Flags().IntVar(&f.year, "year", 0, "the fiscal year; rows of other years are skipped (left out: each row goes to its own)")
	c.Flags().StringVar(&f.vintage, "vintage", "original", "original, or supplementary: the file states each line's new total")
	c.Flags().BoolVar(&f.additions, "additions", false, "the supplementary file states additions, not new totals")
	c.Flags().StringVar(&f.mapFile, "map", "", "JSON that names the file's columns; remembered once it was used")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "read and check everything, book nothing")
	return c
}

func importKinds() []string {
	var kinds []string
	for _, i := range importers() {
		kinds = append(kinds, i.kind)
	}
	return kinds
}

func runImport(ctx context.Context, t *terminal, i importer, file *os.File, f importFlags) error {
	if f.vintage != "original" && f.vintage != "supplementary" {
		return wrongUsage("--vintage is %q, but must be original or supplementary", f.vintage)
	}
	a, err := open(ctx, t)
	if err != nil {
		return err
	}
	defer a.end(t)
	by, err := t.officer(a.settings)
	if err != nil {
		return err
	}
	show := t.bar("booked")
	result, err := i.run(ctx, a, by, file, f, func(done, total int) { show(filepath.Base(file.Name()), int64(done), int64(total)) })
	if err != nil {
		return err
	}
	t.answer(result.result, func(w io.Writer) { result.print(w, t.language()) })
	if err := a.sealNow(ctx); err != nil {
		return err
	}
	if result.left > 0 {
		return errSaid
	}
	return nil
}

func importBudget(ctx context.Context, a *app, by finance.Officer, file *os.File, f importFlags, progress func(done, total int)) (imported, error) {
	opts := finance.ImportOptions{
		File: filepath.Base(file.Name()), Year: f.year, Vintage: finance.Vintage(f.vintage), Additions: f.additions, DryRun: f.dryRun,
	}
	if f.mapFile != "" {
		m, err := readColumnMap(f.mapFile)
		if err != nil {
			return imported{}, err
		}
		opts.Map = m
	}
	r, err := finance.ImportBudget(ctx, a.finance, by, file, opts, progress)
	return imported{r, func(w io.Writer, language string) { printImport(w, language, r) }, r.Refused + r.Quarantined}, err
}

// readColumnMap reads the map of a file's columns; a word it does not know is refused.
func readColumnMap(name string) (*finance.ColumnMap, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, wrongUsage("the map cannot be read: %v", err)
	}
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	d.DisallowUnknownFields()
	var m finance.ColumnMap
	if err := d.Decode(&m); err != nil {
		return nil, kernel.Problem{Code: "import.map", Path: "map", Message: kernel.Text{
			Ar: "خريطة الأعمدة غير مقروءة.", En: fmt.Sprintf("The map of columns cannot be read: %v.", err),
		}}
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, kernel.Problem{Code: "import.map", Path: "map", Message: kernel.Text{
			Ar: "في ملف الخريطة أكثر من قيمة واحدة.", En: "The file of the map holds more than one value.",
		}}
	}
	return &m, nil
}

// errorsShown is how many row errors a person is shown; programs get all.
const errorsShown = 20

func printImport(w io.Writer, language string, r finance.ImportResult) {
	done := "booked"
	if r.DryRun {
		done = "could be booked (dry run, nothing was)"
	}
	fmt.Fprintf(w, "%d rows: %d %s, %d unchanged, %d refused, %d skipped, %d quarantined\n",
		r.Rows, r.Accepted, done, r.Unchanged, r.Refused, r.Skipped, r.Quarantined)
	for _, year := range slices.Sorted(maps.Keys(r.Totals)) {
		fmt.Fprintf(w, "%s: %s %s\n", year, r.Totals[year], r.Currency[year])
	}
	for i, e := range r.Errors {
		if i == errorsShown {
			fmt.Fprintf(w, "… and %d more; --json lists them all\n", len(r.Errors)-i)
			break
		}
		fmt.Fprintf(w, "row %d %s: %s\n", e.Row, e.Column, e.Message.In(language))
	}
}
