package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"diwan/graph/officer"
	"diwan/modules/finance"
)

// replayCommand lists the rows that imports set aside, and imports them once more.
func replayCommand(t *terminal) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "replay [IMPORT]",
		Short: "List the rows that budget imports set aside; with IMPORT, import them once more",
		Long: "A row that contradicts itself, such as a negative appropriation, is set aside with its reason. Once it is clear\n" +
			"what it is, it comes in: --vintage supplementary --additions for a change to the law, --map for columns that\n" +
			"were misread. The same replay twice changes nothing.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if f.vintage != "" && f.vintage != "original" && f.vintage != "supplementary" {
				return wrongUsage("--vintage is %q, but must be original or supplementary", f.vintage)
			}
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			if len(args) == 0 {
				return t.quarantines(c, a)
			}
			by, err := t.acting(c.Context(), a)
			if err != nil {
				return err
			}
			opts := finance.ImportOptions{Year: f.year, Vintage: finance.Vintage(f.vintage), Additions: f.additions, DryRun: f.dryRun}
			if f.mapFile != "" {
				if opts.Map, err = readColumnMap(f.mapFile); err != nil {
					return err
				}
			}
			show := t.bar("booked")
			result, err := finance.Replay(c.Context(), a.finance, officer.Finance(by), args[0], opts, func(done, total int) { show("rows", int64(done), int64(total)) })
			if err != nil {
				return err
			}
			t.answer(result, func(w io.Writer) { printImport(w, t.language(), result) })
			if err := a.sealNow(c.Context()); err != nil {
				return err
			}
			if result.Refused > 0 || result.Quarantined > 0 {
				return errSaid
			}
			return nil
		},
	}
	c.Flags().IntVar(&f.year, "year", 0, "the fiscal year (left out: as in the import)")
	c.Flags().StringVar(&f.vintage, "vintage", "", "original or supplementary (left out: as in the import)")
	c.Flags().BoolVar(&f.additions, "additions", false, "the rows state additions, not new totals")
	c.Flags().StringVar(&f.mapFile, "map", "", "JSON that names the columns (left out: as in the import)")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "read and check everything, book nothing")
	return c
}

func (t *terminal) quarantines(c *cobra.Command, a *app) error {
	all, err := a.finance.Quarantines(c.Context())
	if err != nil {
		return err
	}
	t.answer(map[string]any{"quarantines": all}, func(w io.Writer) {
		if len(all) == 0 {
			fmt.Fprintln(w, "No import has set rows aside.")
		}
		for _, q := range all {
			fmt.Fprintf(w, "%s  %s: %d rows\n", q.Import, q.File, len(q.Rows))
			for i, r := range q.Rows {
				if i == errorsShown {
					fmt.Fprintf(w, "   … and %d more; --json lists them all\n", len(q.Rows)-i)
					break
				}
				fmt.Fprintf(w, "   row %d %s\n", r.Row, r.Code)
			}
		}
	})
	return nil
}
