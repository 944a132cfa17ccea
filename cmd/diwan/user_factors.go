package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

func userFactorsCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "factors NAME", Short: "What somebody signs in with", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, _ string) error {
				if err := a.mustKnow(args[0]); err != nil {
					return err
				}
				f, err := a.signIn.Factors(ctx, args[0])
				if err != nil {
					return err
				}
				since := func(at *time.Time) string {
					if at == nil {
						return "none"
					}
					return "since " + at.Format("2006-01-02")
				}
				t.answer(f, func(w io.Writer) {
					fmt.Fprintf(w, "password         %s\nauthenticator    %s\nrecovery codes   %d\n", since(f.Password), since(f.TOTP), f.RecoveryCodes)
					for _, k := range f.Passkeys {
						fmt.Fprintf(w, "passkey          %s, since %s\n", k.Label, k.Since.Format("2006-01-02"))
					}
					for _, issuer := range f.Issuers {
						fmt.Fprintf(w, "issuer           %s\n", issuer)
					}
					if f.Approver && len(f.Passkeys) < 2 {
						fmt.Fprintln(w, "They approve payments and should have two passkeys.")
					}
				})
				return nil
			})
		},
	}
}

func userLinkCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "link NAME ISSUER SUBJECT",
		Short: "Say whom another issuer means by a subject",
		Args:  cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, by string) error {
				if err := a.signIn.Link(ctx, by, args[1], args[2], args[0]); err != nil {
					return err
				}
				t.answer(map[string]any{"person": args[0], "issuer": args[1], "subject": args[2]}, func(w io.Writer) {
					fmt.Fprintf(w, "%s of %s is %s.\n", args[2], args[1], args[0])
				})
				return nil
			})
		},
	}
}

// userPolicyCommand shows the policy of today, or decides that of a day.
func userPolicyCommand(t *terminal) *cobra.Command {
	var from, factor string
	var approvals []string
	var stepUp, idle, absolute int
	c := &cobra.Command{
		Use:   "policy",
		Short: "What sign-in asks of people, and from which day",
		Long:  "Without --from it shows what holds today. With it, what is given replaces today's from that day on.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withSignIn(t, c, func(ctx context.Context, a *app, by string) error {
				p, err := a.signIn.Policy(ctx)
				if err != nil {
					return err
				}
				if from != "" {
					if p, err = changedPolicy(c, p, from, factor, approvals, stepUp, idle, absolute); err != nil {
						return err
					}
					if err := a.signIn.SetPolicy(ctx, by, uuid.Must(uuid.NewV7()), p); err != nil {
						return err
					}
				}
				t.answer(p, func(w io.Writer) {
					proof := "a second factor or a passkey"
					if !p.SecondFactor {
						proof = "a second factor, a passkey, or the password of those who have neither"
					}
					fmt.Fprintf(w, "From             %s\nIdle             %d minutes\nLongest          %d minutes\nApprovals        %s of the last %d minutes\n",
						p.From, p.IdleMinutes, p.AbsoluteMinutes, proof, p.StepUpMinutes)
					fmt.Fprintf(w, "Approvals are    %s\n", strings.Join(p.Approvals, "\n                 "))
				})
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&from, "from", "", "the day it begins, YYYY-MM-DD")
	f.StringVar(&factor, "approve-by", "", "what approvals need: factor, or password for those who have no factor")
	f.StringSliceVar(&approvals, "approvals", nil, "the acts that are approvals")
	f.IntVar(&stepUp, "step-up", 0, "minutes a proof holds for approvals")
	f.IntVar(&idle, "idle", 0, "minutes a session lives without a request")
	f.IntVar(&absolute, "longest", 0, "minutes a session lives at most")
	return c
}

func changedPolicy(c *cobra.Command, p signin.Policy, from, factor string, approvals []string, stepUp, idle, absolute int) (signin.Policy, error) {
	var err error
	if p.From, err = kernel.ParseDate(from); err != nil {
		return p, wrongUsage("%v", err)
	}
	switch factor {
	case "":
	case "factor":
		p.SecondFactor = true
	case "password":
		p.SecondFactor = false
	default:
		return p, wrongUsage("--approve-by is factor or password, not %q", factor)
	}
	for name, set := range map[string]func(){
		"approvals": func() { p.Approvals = approvals }, "step-up": func() { p.StepUpMinutes = stepUp },
		"idle": func() { p.IdleMinutes = idle }, "longest": func() { p.AbsoluteMinutes = absolute },
	} {
		if c.Flags().Changed(name) {
			set()
		}
	}
	return p, nil
}
