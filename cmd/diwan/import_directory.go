package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"diwan/graph"
	"diwan/modules/directory"
	"diwan/modules/finance"
)

// importCalendar takes public holidays in, into a calendar that has its weekend.
func importCalendar(ctx context.Context, a *app, by finance.Officer, file *os.File, f importFlags, progress func(done, total int)) (imported, error) {
	if !f.dryRun {
		if err := a.directory.PublishShipped(ctx); err != nil {
			return imported{}, err
		}
	}
	r, err := a.directory.ImportCalendar(ctx, graph.ClerkOf(by), file, directory.CalendarImport{Year: f.year, DryRun: f.dryRun}, progress)
	return rowsImported(r), err
}

// importTerms adopts terms agreed elsewhere. The lists that come with the program are published
// first, because a term's domain is one of their codes.
func importTerms(ctx context.Context, a *app, by finance.Officer, file *os.File, f importFlags, progress func(done, total int)) (imported, error) {
	if !f.dryRun {
		if err := a.directory.PublishShipped(ctx); err != nil {
			return imported{}, err
		}
	}
	r, err := a.directory.ImportTerms(ctx, graph.ClerkOf(by), file, directory.TermImport{Source: filepath.Base(file.Name()), DryRun: f.dryRun}, progress)
	return rowsImported(r), err
}

func rowsImported(r directory.ImportResult) imported {
	return imported{r, func(w io.Writer, language string) {
		done := "taken in"
		if r.DryRun {
			done = "could be taken in (dry run, nothing was)"
		}
		fmt.Fprintf(w, "%d rows: %d %s, %d unchanged, %d refused, %d skipped\n", r.Rows, r.Accepted, done, r.Unchanged, r.Refused, r.Skipped)
		for i, e := range r.Errors {
			if i == errorsShown {
				fmt.Fprintf(w, "… and %d more; --json lists them all\n", len(r.Errors)-i)
				break
			}
			fmt.Fprintf(w, "row %d %s: %s\n", e.Row, e.Column, e.Message.In(language))
		}
	}, r.Refused}
}
