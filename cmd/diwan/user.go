package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/user"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"diwan/demo"
	"diwan/eventstore"
	"diwan/eventstore/vault"
	"diwan/modules/access"
	"diwan/modules/directory"
)

// acting is who acts: the person of --as, for the principal of --for when there is one, or the
// operating-system user's service account, which may read and load data but takes no step of a document.
func (t *terminal) acting(ctx context.Context, a *app) (*access.Standing, error) {
	if t.as == "" {
		return serviceAccount(), nil
	}
	if a.settings.databaseURL != "" && !a.settings.demo() {
		return nil, wrongUsage("--as is for the demo; on this database people act by signing in")
	}
	if err := a.access.Book().CatchUp(ctx); err != nil {
		return nil, missing(err, "who may do what cannot be read")
	}
	standing, ok := a.access.Standing(t.as, access.Acting{OnBehalfOf: t.behalf})
	switch {
	case ok:
		return &standing, nil
	case t.behalf != "":
		return nil, wrongUsage("%s holds no delegation from %s at present", t.as, t.behalf)
	}
	return nil, wrongUsage("the demo has no person %q; see diwan user", t.as)
}

// serviceAccount is the operating-system user's.
func serviceAccount() *access.Standing {
	name := "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return access.Program("service:"+name, "finance.read", "finance.year.open", "finance.chart.change", "finance.budget.import",
		"directory.read", string(directory.MayChangeCalendar), string(directory.MayDecideTerm))
}

// userCommand lists the people of the demo, and forgets a person.
func userCommand(t *terminal) *cobra.Command {
	c := &cobra.Command{
		Use: "user", Short: "Accounts and sign-ins; alone: the people of the demo (no database)", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			type person struct {
				ID          string   `json:"id"`
				Name        any      `json:"name"`
				Title       any      `json:"title"`
				Role        string   `json:"role"`
				Permissions []string `json:"permissions"`
			}
			var all []person
			var rows [][]string
			for _, p := range demo.People() {
				all = append(all, person{p.ID, p.Name, p.Title, p.Role.ID, p.Role.Permissions})
				rows = append(rows, []string{p.ID, p.Name.In(t.language()), p.Title.In(t.language()), p.Role.ID})
			}
			t.answer(map[string]any{"people": all}, func(w io.Writer) {
				table(w, []string{"name", "", "post", "role"}, rows)
			})
			return nil
		},
	}
	c.AddCommand(accountCommands(t)...)
	c.AddCommand(forgetCommand(t))
	return c
}

// forgetCommand destroys a person's key and lets the log say so.
func forgetCommand(t *terminal) *cobra.Command {
	var sure bool
	c := &cobra.Command{
		Use:   "forget PERSON-ID",
		Short: "Destroy the key of a person's sealed data, for ever",
		Long: "What was sealed for the person says nothing to anybody any more, also after a restore of an older backup;\n" +
			"the proofs of the log stay valid. Nothing brings the data back.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			person, err := uuid.Parse(args[0])
			if err != nil {
				return wrongUsage("%q is not the id of a person (a UUID)", args[0])
			}
			if !sure {
				return wrongUsage("forgetting cannot be undone: say --for-ever if that is what you want")
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
			event, err := a.keys.Forget(c.Context(), person, time.Now())
			if err != nil {
				return err
			}
			content, err := json.Marshal(event)
			if err != nil {
				return err
			}
			receipt, err := a.store.Execute(c.Context(), eventstore.Command{
				ID: uuid.Must(uuid.NewV7()), Tenant: government(), Actor: by.Person, Content: content,
				Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "vault.person", Key: person.String()}, Expected: eventstore.AnyVersion}},
				Decide: func(d *eventstore.Decision) error {
					if !eventstore.StateOf[bool](d, 0) {
						d.Record(0, event)
					}
					return nil
				},
			})
			if err != nil {
				return err
			}
			t.answer(map[string]any{"person": person, "position": receipt.Last}, func(w io.Writer) {
				fmt.Fprintf(w, "The key of %s is destroyed.\n", person)
			})
			return a.sealNow(c.Context())
		},
	}
	c.Flags().BoolVar(&sure, "for-ever", false, "destroy it")
	return c
}

// forgottenCategories are the streams that say who was forgotten.
func forgottenCategories() []eventstore.Category {
	codec := eventstore.NewCodec(eventstore.Type[vault.PersonForgotten](1, nil))
	return []eventstore.Category{eventstore.CategoryOf("vault.person", eventstore.Main, codec, false,
		func(bool, eventstore.Event) bool { return true })}
}
