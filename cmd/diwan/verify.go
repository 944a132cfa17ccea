package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"diwan/eventstore/blob"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/witness"
	"diwan/projections"
)

// verifyCommand checks the whole log against its signed checkpoints, its witnesses and the read tables.
func verifyCommand(t *terminal) *cobra.Command {
	var logOnly bool
	type answered struct {
		seal.Report
		Files *blob.Fixity `json:"files,omitempty"`
	}
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check the whole log against its signed checkpoints, witnesses, read tables and files",
		Long: "Recomputes every entry of every lane from its columns and compares it with what was sealed, names the first\n" +
			"position that is not as it was, builds every read table anew to compare it row for row, and reads every file\n" +
			"that an event refers to. Changes nothing.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			check, err := a.check(t)
			if err != nil {
				return err
			}
			if !logOnly {
				check.Projections = func(ctx context.Context) (bool, error) { return a.sameViews(ctx, t) }
			}
			report, err := seal.Verify(c.Context(), seal.NewPostgres(a.db, nil), check)
			if err != nil {
				return err
			}
			answer := answered{Report: report}
			if !logOnly {
				fixity, err := a.fixity(c.Context(), true, t.bar("compared"))
				if err != nil {
					return err
				}
				answer.Files, answer.OK = &fixity, answer.OK && fixity.OK
			}
			t.answer(answer, func(w io.Writer) {
				printVerification(w, t.language(), report)
				if answer.Files != nil {
					printFixity(w, *answer.Files)
				}
			})
			if !answer.OK {
				return errSaid
			}
			return nil
		},
	}
	c.Flags().BoolVar(&logOnly, "log-only", false, "leave the read tables and the files out")
	return c
}

// check is what a verification of this installation relies on: its keys, its witnesses, and the
// sealer's own memory.
func (a *app) check(t *terminal) (seal.Check, error) {
	keys, err := a.settings.publicKeys()
	if err != nil {
		return seal.Check{}, missing(err, "the public keys of the log cannot be read")
	}
	remembered, err := witness.PeekState(a.settings.sealedDir())
	if err != nil {
		return seal.Check{}, missing(err, "the sealer's memory cannot be read")
	}
	var outside [][]byte
	for _, signed := range remembered {
		outside = append(outside, signed)
	}
	return seal.Check{
		Name: a.settings.logName, Keys: keys, Witnesses: a.settings.witnesses, Outside: outside, Now: time.Now,
		Progress: t.bar("verified"),
	}, nil
}

// sameViews builds every view anew and compares it with the one people read.
func (a *app) sameViews(ctx context.Context, t *terminal) (bool, error) {
	if err := a.views.CatchUp(ctx); err != nil {
		t.progress("%v", err)
		return false, nil
	}
	same := true
	for _, v := range views() {
		t.progress("comparing view %s", v.Name)
		replay, err := projections.Check(ctx, a.db, a.store, v, 500)
		if err != nil {
			return false, err
		}
		for _, d := range replay.Differences {
			same = false
			t.progress("view %s: %s", v.Name, d)
		}
	}
	return same, nil
}

func printVerification(w io.Writer, language string, r seal.Report) {
	for _, l := range r.Lanes {
		fmt.Fprintf(w, "%-10s %d entries, %d sealed, %d cosigned, epoch %d\n", l.Lane, l.Size, l.Sealed, l.Cosigned, l.Epoch)
		for _, n := range l.Notices {
			fmt.Fprintf(w, "           %s\n", n)
		}
		if l.Broken != nil {
			fmt.Fprintf(w, "           %s\n", l.Broken.Message.In(language))
		}
	}
	for _, o := range r.Witnesses {
		if o.Reason != "" {
			fmt.Fprintf(w, "witness %s could not be asked: %s\n", o.Name, o.Reason)
		}
	}
	if r.ProjectionsOK != nil && !*r.ProjectionsOK {
		fmt.Fprintln(w, "The read tables differ from the log: run diwan rebuild --all")
	}
	broken := slices.ContainsFunc(r.Lanes, func(l seal.LaneReport) bool { return l.Broken != nil })
	switch {
	case broken:
		fmt.Fprintln(w, "The log is NOT as it was sealed.")
	case r.OK:
		fmt.Fprintf(w, "The log is as it was sealed: %d entries.\n", r.Events)
	}
}
