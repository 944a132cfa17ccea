package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"diwan/projections"
)

// rebuildCommand builds read tables anew beside those people read, and swaps.
func rebuildCommand(t *terminal) *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "rebuild VIEW… | rebuild --all",
		Short: "Build read tables anew from the first event, while people go on reading",
		Args: func(_ *cobra.Command, args []string) error {
			known := viewNames()
			if all == (len(args) > 0) {
				return wrongUsage("name the views to rebuild, or say --all; there are %s", strings.Join(known, ", "))
			}
			for _, name := range args {
				if !slices.Contains(known, name) {
					return wrongUsage("there is no view %q, only %s", name, strings.Join(known, ", "))
				}
			}
			return nil
		},
		RunE: func(c *cobra.Command, names []string) error {
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			if all {
				names = viewNames()
			}
			for _, name := range names {
				show := t.bar("rebuilt")
				if err := a.views.Rebuild(c.Context(), name, func(p projections.Progress) { show(name, p.Position, p.Head) }); err != nil {
					return err
				}
			}
			status, err := a.views.Status(c.Context())
			if err != nil {
				return err
			}
			type view struct {
				View     string `json:"view"`
				Position int64  `json:"position"`
			}
			var rebuilt []view
			for _, s := range status {
				if slices.Contains(names, s.View) {
					rebuilt = append(rebuilt, view{s.View, s.Position})
				}
			}
			t.answer(map[string]any{"views": rebuilt}, func(w io.Writer) {
				for _, v := range rebuilt {
					fmt.Fprintf(w, "%s is rebuilt up to position %d\n", v.View, v.Position)
				}
			})
			return nil
		},
	}
	c.Flags().BoolVar(&all, "all", false, "every view")
	return c
}
