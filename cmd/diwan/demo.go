package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"diwan/demo"
	"diwan/modules/access"
	"diwan/modules/access/signin"
)

// demoCommand starts everything on this machine: a private PostgreSQL, a small government, a node.
func demoCommand(t *terminal) *cobra.Command {
	var address string
	var withIssuer bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Start a small government on this machine, with everything it needs",
		Long: "Starts a private PostgreSQL as an unprivileged user, fills it once with a small government, and serves it. A port\n" +
			"that is taken gives way to the next free one. Ctrl-C ends it; the data stay.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if t.env("DIWAN_DATABASE_URL") != "" {
				return wrongUsage("the demo has a database of its own: unset DIWAN_DATABASE_URL, or use diwan serve")
			}
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			if err := a.seed(c.Context(), t); err != nil {
				return err
			}
			if address == "" {
				address = a.settings.listen
			}
			l, err := listen(address, true)
			if err != nil {
				return err
			}
			ctx, stop := context.WithCancel(c.Context())
			defer stop()
			var issuers []signin.Issuer
			if withIssuer {
				one, ended, err := demoIssuer(ctx, t, l.Addr())
				if err != nil {
					return errors.Join(err, l.Close())
				}
				issuers = append(issuers, one)
				defer func() { stop(); <-ended }()
			}
			if err := errors.Join(a.openSignIn(ctx, issuers...), a.access.Book().CatchUp(ctx)); err != nil {
				return errors.Join(err, l.Close())
			}
			if err := a.demoSignIn(ctx); err != nil {
				return errors.Join(err, l.Close())
			}
			return a.serve(ctx, t, l, func() { t.welcome("http://" + l.Addr().String()) })
		},
	}
	c.Flags().StringVar(&address, "listen", "", "address of the HTTP server (default DIWAN_LISTEN, else 127.0.0.1:8080)")
	c.Flags().BoolVar(&withIssuer, "issuer", false, "also start another service that vouches for the demo's people (OpenID Connect)")
	return c
}

// seed fills the log with the demo's government, once, and makes its read tables.
func (a *app) seed(ctx context.Context, t *terminal) error {
	show := t.bar("seeded")
	if err := demo.Seed(ctx, demo.Modules{Access: a.access, Finance: a.finance, Directory: a.directory}, func(done, total int) { show("demo", int64(done), int64(total)) }); err != nil {
		return err
	}
	if err := os.WriteFile(a.settings.demoMark(), []byte("This home's database holds the demo.\n"), 0o644); err != nil {
		return fmt.Errorf("mark the demo: %w", err)
	}
	t.progress("building the read tables")
	return a.views.CatchUp(ctx)
}

// welcome says where the demo is and who may sign in.
func (t *terminal) welcome(address string) {
	type person struct {
		ID    string `json:"id"`
		Name  any    `json:"name"`
		Title any    `json:"title"`
	}
	var people []person
	var rows [][]string
	for _, p := range demo.People() {
		people = append(people, person{p.ID, p.Name, p.Title})
		rows = append(rows, []string{"  " + p.ID, p.Name.In(t.language()), p.Title.In(t.language())})
	}
	t.answer(map[string]any{
		"address": address, "people": people, "password": access.DemoPassword, "pid": os.Getpid(),
	}, func(w io.Writer) {
		fmt.Fprintf(w, "\nDiwan is at %s\n\nSign in as one of these people; the password of all is %s\n\n", address, access.DemoPassword)
		table(w, []string{"  name", "", "post"}, rows)
		fmt.Fprintf(w, "\nCtrl-C ends it; the data stay.\n")
	})
}
