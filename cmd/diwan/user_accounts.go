package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// accountCommands are the administrator's hand on sign-ins, from the machine itself: they need the
// database and no server.
func accountCommands(t *terminal) []*cobra.Command {
	return []*cobra.Command{
		userListCommand(t), userAddCommand(t), userResetCommand(t), userApproveCommand(t), userSuspendCommand(t), userRestoreCommand(t),
		userSessionsCommand(t), userFactorsCommand(t), userLinkCommand(t), userPolicyCommand(t),
	}
}

// withSignIn opens Diwan and its sign-in, does something, and seals what was recorded.
func withSignIn(t *terminal, c *cobra.Command, do func(ctx context.Context, a *app, by string) error) error {
	ctx := c.Context()
	a, err := open(ctx, t)
	if err != nil {
		return err
	}
	defer a.end(t)
	by, err := t.acting(ctx, a)
	if err != nil {
		return err
	}
	if err := a.access.Book().CatchUp(ctx); err != nil {
		return missing(err, "who works here cannot be read")
	}
	if err := a.openSignIn(ctx); err != nil {
		return err
	}
	if err := do(ctx, a, by.Person); err != nil {
		return err
	}
	return a.sealNow(ctx)
}

func userListCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Who can sign in, and with what", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, _ string) error {
				all, err := a.signIn.Accounts(ctx)
				if err != nil {
					return err
				}
				var rows [][]string
				for _, one := range all {
					name, _ := a.access.Book().Name(one.Person)
					state := ""
					if one.Suspended != nil {
						state = "suspended"
					}
					rows = append(rows, []string{
						one.Person, name.In(t.language()), yes(one.Password), yes(one.TOTP), strconv.Itoa(one.Passkeys), strconv.Itoa(one.Codes),
						strconv.Itoa(one.Sessions), state,
					})
				}
				t.answer(map[string]any{"accounts": all}, func(w io.Writer) {
					table(w, []string{"person", "", "password", "app", "passkeys", "codes", "sessions", ""}, rows)
				})
				return nil
			})
		},
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "-"
}

func userAddCommand(t *terminal) *cobra.Command {
	var ar, en, postAr, postEn, role, unit string
	var administrator bool
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Register somebody and print the one-time code they sign in with first",
		Long: "The person uses the code once, within 72 hours, and chooses a password that nobody else knows. With --administrator\n" +
			"it makes the first administrator of a fresh database; further ones are granted the role by an administrator.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, by string) error {
				name := kernel.Text{Ar: ar, En: en}
				program := access.Program(by, access.MayRegisterPerson, access.MayGrantRole)
				var err error
				if administrator {
					_, err = a.access.Found(ctx, access.Found{Command: uuid.Must(uuid.NewV7()), Person: args[0], Name: name, Unit: unit})
				} else {
					_, err = a.access.RegisterPerson(ctx, program, access.RegisterPerson{
						Command: uuid.Must(uuid.NewV7()), Person: args[0], Name: name, Title: kernel.Text{Ar: postAr, En: postEn},
					})
				}
				if err == nil && role != "" {
					_, err = a.access.GrantRole(ctx, program, access.GrantRole{Command: uuid.Must(uuid.NewV7()), Person: args[0], Role: role, Unit: unit})
				}
				if err != nil {
					return err
				}
				if err := a.access.Book().CatchUp(ctx); err != nil {
					return missing(err, "who works here cannot be read")
				}
				i, err := a.signIn.Invite(ctx, by, args[0], false)
				if err != nil {
					return err
				}
				t.invited(a.settings, i)
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&ar, "name-ar", "", "full name in Arabic")
	f.StringVar(&en, "name-en", "", "full name in English")
	f.StringVar(&postAr, "post-ar", "", "what their post is called, in Arabic")
	f.StringVar(&postEn, "post-en", "", "the same in English")
	f.StringVar(&role, "role", "", "a role to hold from today")
	f.StringVar(&unit, "unit", "jo", "path of the unit the role reaches; the default is the whole government")
	f.BoolVar(&administrator, "administrator", false, "the first administrator of a fresh database")
	return c
}

// invited prints a one-time code. It is shown here and nowhere else.
func (t *terminal) invited(s settings, i signin.Invitation) {
	where := s.url
	if where == "" {
		where = "http://" + s.listen
	}
	t.answer(i, func(w io.Writer) {
		fmt.Fprintf(w, "One-time code of %s, good until %s:\n\n  %s\n\n", i.Person, i.Expires.Format("2006-01-02 15:04"), i.Code)
		fmt.Fprintf(w, "They open %s/welcome, give the code and choose a password of their own.\n", where)
		if i.NeedsTwo && !i.Approved {
			fmt.Fprintf(w, "They approve payments, so this is one half: a second administrator gives the other with\n  diwan user approve %s\n", i.ID)
		}
	})
}

func userResetCommand(t *terminal) *cobra.Command {
	var factors bool
	c := &cobra.Command{
		Use:   "reset NAME",
		Short: "Open a way back in for somebody who forgot their password, or lost their phone or key",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, by string) error {
				i, err := a.signIn.Invite(ctx, by, args[0], factors)
				if err == nil {
					t.invited(a.settings, i)
				}
				return err
			})
		},
	}
	c.Flags().BoolVar(&factors, "factors", false, "also end the second factors they have")
	return c
}

func userApproveCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "approve INVITATION",
		Short: "Give the other half of the code for somebody who approves payments",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := uuid.Parse(args[0])
			if err != nil {
				return wrongUsage("%q is not the number of an invitation", args[0])
			}
			return withSignIn(t, c, func(ctx context.Context, a *app, by string) error {
				i, err := a.signIn.ApproveInvitation(ctx, by, id)
				if err == nil {
					t.invited(a.settings, i)
				}
				return err
			})
		},
	}
}

func userSuspendCommand(t *terminal) *cobra.Command {
	return onPerson(t, "suspend NAME", "Forbid somebody to sign in, and end their sessions everywhere", "suspended",
		func(ctx context.Context, a *app, by, person string) error { return a.signIn.Suspend(ctx, by, person) })
}

func userRestoreCommand(t *terminal) *cobra.Command {
	return onPerson(t, "restore NAME", "Let a suspended person sign in again", "restored",
		func(ctx context.Context, a *app, by, person string) error { return a.signIn.Restore(ctx, by, person) })
}

// onPerson is a command that does one thing to one person's account.
func onPerson(t *terminal, use, short, done string, do func(ctx context.Context, a *app, by, person string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, by string) error {
				if err := a.mustKnow(args[0]); err != nil {
					return err
				}
				if err := do(ctx, a, by, args[0]); err != nil {
					return err
				}
				t.answer(map[string]any{"person": args[0], "state": done}, func(w io.Writer) {
					fmt.Fprintf(w, "%s is %s.\n", args[0], done)
				})
				return nil
			})
		},
	}
}

func (a *app) mustKnow(person string) error {
	if _, known := a.access.Book().Name(person); !known {
		return kernel.Problem{Code: "person_unknown", Path: "person", Message: kernel.Text{
			Ar: "لا أحد باسم " + person + ".", En: "Nobody is called " + person + ".",
		}}
	}
	return nil
}

func userSessionsCommand(t *terminal) *cobra.Command {
	var end bool
	c := &cobra.Command{
		Use: "sessions NAME", Short: "Where somebody is signed in", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, _ string) error {
				all, err := a.signIn.Sessions.Of(ctx, args[0])
				if err == nil && end {
					err = a.signIn.SignOutEverywhere(ctx, args[0])
				}
				if err != nil {
					return err
				}
				type row struct {
					ID, Device, Network, Since, Used string
					Level                            signin.Level
					Means                            []string
				}
				rows, list := [][]string{}, []row{}
				for _, one := range all {
					r := row{one.ID.String(), one.Device, one.Network, one.Since.Format("2006-01-02T15:04:05.000Z"), one.Used.Format("2006-01-02T15:04:05.000Z"), one.Level, one.Means}
					list = append(list, r)
					rows = append(rows, []string{r.Since, r.Used, r.Device, r.Network, strings.Join(r.Means, "+")})
				}
				t.answer(map[string]any{"person": args[0], "sessions": list, "ended": end}, func(w io.Writer) {
					table(w, []string{"since", "used", "device", "network", "by"}, rows)
					if end {
						fmt.Fprintln(w, "All of them are ended, everywhere within five seconds.")
					}
				})
				return nil
			})
		},
	}
	c.Flags().BoolVar(&end, "end", false, "sign them out everywhere")
	return c
}
