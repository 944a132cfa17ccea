package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"diwan/bench"
)

// benchCommand measures one figure beside the machine's own limit of the same run. It starts a
// private PostgreSQL of its own.
func benchCommand(t *terminal) *cobra.Command {
	var o bench.Options
	var list, beside bool
	c := &cobra.Command{
		Use:   "bench NAME",
		Short: "Measure a figure beside the machine's own limit: " + strings.Join(bench.Names(), ", "),
		Args: func(_ *cobra.Command, args []string) error {
			if list && len(args) == 0 {
				return nil
			}
			if len(args) != 1 || list || !slices.Contains(bench.Names(), args[0]) {
				return wrongUsage("bench wants one of: %s", strings.Join(bench.Names(), ", "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				t.answer(map[string]any{"figures": bench.Names()}, func(w io.Writer) { fmt.Fprintln(w, strings.Join(bench.Names(), "\n")) })
				return nil
			}
			if o.Seconds < 0 || o.Writers < 0 || o.Size < 0 {
				return wrongUsage("--seconds, --writers and --size are above zero")
			}
			if beside {
				dir, err := os.MkdirTemp(o.Dir, "diwan-beside-")
				if err != nil {
					return missing(err, "no folder can be made for what runs beside")
				}
				defer os.RemoveAll(dir)
				o.Beside = bench.Beside(dir)
			}
			o.Tell = func(line string) { t.progress("%s", line) }
			r, err := bench.Run(c.Context(), args[0], o)
			if err != nil {
				return err
			}
			t.answer(r, func(w io.Writer) {
				fmt.Fprintf(w, "%s: %d %s, p50 %.2f ms, p99 %.2f ms\n", r.Name, r.Figure, r.Unit, r.P50, r.P99)
				fmt.Fprintf(w, "limit: %d, %s\nratio: %.2f\n", r.Limit.Figure, r.Limit.Name, r.Ratio)
			})
			return nil
		},
	}
	c.Flags().BoolVar(&list, "list", false, "name the figures")
	c.Flags().BoolVar(&beside, "beside", false, "with seal, one view and one consumer of the feed running beside")
	c.Flags().IntVar(&o.Seconds, "seconds", 0, "for all turns together")
	c.Flags().IntVar(&o.Writers, "writers", 0, "callers at once")
	c.Flags().IntVar(&o.Size, "size", 0, "events in the log, where that matters")
	c.Flags().StringVar(&o.Dir, "dir", "", "folder on the disk to be measured (default the temporary folder)")
	return c
}
