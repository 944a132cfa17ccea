package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// exportCommand streams a data set out.
func exportCommand(t *terminal) *cobra.Command {
	var list bool
	var asOf, format string
	c := &cobra.Command{
		Use:   "export DATASET | export --list",
		Short: "Stream a data set out as CSV, Parquet or JSON, also as of an earlier position",
		Args: func(_ *cobra.Command, args []string) error {
			if list && len(args) == 0 {
				return nil
			}
			if len(args) != 1 || list || datasetNamed(args[0]) < 0 {
				return wrongUsage("export wants one data set; diwan export --list names them")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				t.answer(map[string]any{"datasets": listed()}, func(w io.Writer) {
					for _, d := range datasets() {
						fmt.Fprintf(w, "%-18s %s\n", d.name, d.about)
					}
				})
				return nil
			}
			if format == "" {
				format = "csv"
				if t.json {
					format = "json"
				}
			}
			return runExport(c, t, datasets()[datasetNamed(args[0])], asOf, format)
		},
	}
	c.Flags().BoolVar(&list, "list", false, "name the data sets (no database)")
	c.Flags().StringVar(&asOf, "as-of", "", "as it stood at this position: 4182907 or main.1.4182907")
	c.Flags().StringVar(&format, "format", "", "csv, parquet or json (default csv; json with --json)")
	return c
}

func datasetNamed(name string) int {
	return slices.IndexFunc(datasets(), func(d dataset) bool { return d.name == name })
}

// listedSet is a data set in the list.
type listedSet struct {
	Name   string   `json:"name"`
	About  string   `json:"about"`
	Fields []string `json:"fields"`
}

func listed() []listedSet {
	var all []listedSet
	for _, d := range datasets() {
		one := listedSet{Name: d.name, About: d.about}
		for _, f := range d.fields {
			one.Fields = append(one.Fields, f.name)
		}
		all = append(all, one)
	}
	return all
}

func runExport(c *cobra.Command, t *terminal, d dataset, asOf, format string) error {
	if !slices.Contains([]string{"csv", "parquet", "json"}, format) {
		return wrongUsage("--format is %q, but must be csv, parquet or json", format)
	}
	at, err := positionFlag(asOf)
	if err != nil {
		return err
	}
	a, err := open(c.Context(), t)
	if err != nil {
		return err
	}
	defer a.end(t)
	by, err := t.acting(c.Context(), a)
	if err != nil {
		return err
	}
	if err := mayExport(by, d, at); err != nil {
		return err
	}
	if head := a.head(c.Context()); at.N > head || at.Epoch != 0 && at.Epoch != a.epoch {
		return kernel.Problem{Code: "export.position", Path: "as-of", Message: kernel.Text{
			Ar: fmt.Sprintf("الموضع %s ليس في هذا السجل، وآخر موضع فيه %d.", asOf, head),
			En: fmt.Sprintf("Position %s is not in this log, whose newest is %d.", asOf, head),
		}}
	}
	if err := a.views.CatchUp(c.Context()); err != nil {
		return missing(err, "the read tables are not up to date")
	}
	w, err := newRowWriter(format, d, t.out)
	if err != nil {
		return err
	}
	t.printed = true // whatever happens now, standard output has begun
	show := t.bar("exported")
	var rows int64
	err = a.rows(c.Context(), by, d, at.N, func(values []any) error {
		if rows++; rows%10_000 == 0 {
			show(d.name, rows, rows+1)
		}
		return w.write(values)
	})
	if err != nil {
		return err
	}
	t.progress("%d rows", rows)
	return w.end()
}

// positionFlag reads a position as people quote it, or as a token; zero when nothing was said.
func positionFlag(text string) (kernel.Position, error) {
	if text == "" {
		return kernel.Position{}, nil
	}
	if !strings.Contains(text, ".") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return kernel.Position{}, wrongUsage("--as-of is %q, but must be a position such as 4182907", text)
		}
		return kernel.Position{Lane: "main", N: n}, nil
	}
	p, err := kernel.ParsePosition(text)
	if err != nil || p.Lane != "main" || p.N < 1 {
		return p, wrongUsage("--as-of is %q, but must be a position of the lane main", text)
	}
	return p, nil
}

// mayExport refuses whoever may not read finance, and, for the log itself and for earlier positions,
// whoever may not read all of it: those are not filtered row by row.
func mayExport(by *access.Standing, d dataset, at kernel.Position) error {
	const read = string(finance.MayReadFinance)
	whole := d.name == eventsSet || at.N > 0
	if !by.Holds(read) || whole && !by.May(read, access.Object{Unit: kernel.WholeGovernment}).Allowed {
		return kernel.Problem{Code: "forbidden", Message: kernel.Text{Ar: "ليس لك حق الاطلاع على المالية كلها.", En: "You may not read all of finance."}}
	}
	return nil
}
