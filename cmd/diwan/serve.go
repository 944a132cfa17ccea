package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// serveCommand runs a node of Diwan for real work: its database is named, its address is fixed.
func serveCommand(t *terminal) *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run a node: the staff app, GraphQL, views, processes and the seal",
		Long: "Runs until it is told to end (Ctrl-C or SIGTERM), and then finishes what is under way. Any number of nodes may\n" +
			"run on one database.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			if address == "" {
				address = a.settings.listen
			}
			l, err := listen(address, false)
			if err != nil {
				return err
			}
			if err := a.openSignIn(c.Context()); err != nil {
				return err
			}
			return a.serve(c.Context(), t, l, func() {
				at := "http://" + l.Addr().String()
				t.answer(map[string]any{"address": at, "pid": os.Getpid()}, func(w io.Writer) {
					fmt.Fprintf(w, "Diwan serves at %s\n", at)
				})
			})
		},
	}
	c.Flags().StringVar(&address, "listen", "", "address of the HTTP server (default DIWAN_LISTEN, else 127.0.0.1:8080)")
	return c
}
