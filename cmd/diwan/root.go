package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"
)

// commands lists everything diwan does, in the order a newcomer meets it.
func commands(t *terminal) []*cobra.Command {
	return []*cobra.Command{
		demoCommand(t),
		serveCommand(t),
		financeCommand(t), directoryCommand(t),
		importCommand(t),
		exportCommand(t),
		verifyCommand(t),
		proveCommand(t),
		witnessCommand(t),
		backupCommand(t),
		restoreCommand(t),
		migrateCommand(t),
		rebuildCommand(t),
		benchCommand(t),
		userCommand(t),
		doctorCommand(t),
		versionCommand(t),
	}
}

// run executes one command line and returns the exit status.
func run(ctx context.Context, t *terminal, args []string) int {
	started := false
	root := rootCommand(t)
	guard(root, &started)
	root.SetArgs(args)
	root.SetIn(t.in)
	root.SetOut(t.err) // help asked for is sent to standard output by its own function
	root.SetErr(t.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var f *failure
	if !started && !errors.As(err, &f) {
		if !t.json {
			t.json = asksForJSON(args)
		}
		err = wrongUsage("%s; see diwan --help", oneLine(err.Error()))
	}
	return answerFailure(ctx, t, err)
}

func rootCommand(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:           "diwan",
		Short:         "The back office of a government on one event log that can be proved",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	cobra.EnableCommandSorting = false
	root.PersistentFlags().BoolVar(&t.json, "json", false, "print exactly one JSON value on standard output")
	root.PersistentFlags().StringVar(&t.as, "as", "", "act as this person of the demo, such as rana")
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		io.WriteString(t.out, helpText(c)) //nolint:errcheck // a closed pipe is the reader's choice
	})
	root.AddCommand(commands(t)...)
	return root
}

// helpText is what --help prints.
func helpText(c *cobra.Command) string {
	about := c.Long
	if about == "" {
		about = c.Short
	}
	return about + "\n\n" + c.UsageString()
}

// guard notes when a command's own work begins: errors before that are wrong usage. A command that
// only groups others refuses a name it does not know.
func guard(c *cobra.Command, started *bool) {
	if work := c.RunE; work != nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			*started = true
			return work(c, args)
		}
	} else if c.HasSubCommands() {
		c.Args = cobra.ArbitraryArgs
		c.RunE = func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrongUsage("%s knows no command %q; see %s --help", c.CommandPath(), args[0], c.CommandPath())
			}
			return c.Help()
		}
	}
	for _, sub := range c.Commands() {
		guard(sub, started)
	}
}

// asksForJSON finds --json in a command line that could not be parsed.
func asksForJSON(args []string) bool {
	for _, a := range args {
		if a == "--json" || a == "--json=true" {
			return true
		}
	}
	return false
}
