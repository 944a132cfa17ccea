package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"diwan/migrations"
)

// migrateCommand brings the database to the shape this program needs.
func migrateCommand(t *terminal) *cobra.Command {
	var roles bool
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to the shape this program needs",
		Long: "Applies the migrations that are missing, as the owner of the log's tables. It may be run while another\n" +
			"node serves, twice at once, and again after it was killed.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if roles {
				fmt.Fprint(t.out, migrations.Roles())
				return nil
			}
			s, err := readSettings(t.env)
			if err != nil {
				return err
			}
			p, err := reach(c.Context(), t, s)
			if err != nil {
				return err
			}
			defer p.leave() //nolint:errcheck // the migrations are done or not; the server's end changes neither
			if err := p.migrate(c.Context(), t); err != nil {
				return missing(err, "the database cannot be migrated")
			}
			applied, known, err := migrations.State(c.Context(), p.config.OwnerURL)
			if err != nil {
				return err
			}
			t.answer(map[string]int64{"applied": applied, "known": known}, func(w io.Writer) {
				fmt.Fprintf(w, "The database is at migration %d, the newest this program knows.\n", applied)
			})
			return nil
		},
	}
	c.Flags().BoolVar(&roles, "roles", false, "print the SQL that a superuser runs once on a server that Diwan shall use")
	return c
}
