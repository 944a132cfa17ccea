package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore/blob"
	"diwan/export"
	"diwan/graph/officer"
	"diwan/graph/work"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
	"diwan/modules/upload"
	"diwan/projections"
)

// openJobs keeps the long work of people; a node works on it.
func (a *app) openJobs() {
	link := func(person string, h blob.Hash, name, kind string) string {
		return a.links.Download(person, upload.Download{Hash: h, Name: name, Type: kind, Passing: true})
	}
	a.jobs = job.New(a.db, a.passing, time.Now, link,
		job.Kind{Name: work.ImportBudgetKind, Run: a.importBudgetJob},
		job.Kind{Name: work.YearCloseKind, Run: a.yearCloseJob},
		job.Kind{Name: work.RebuildKind, Run: a.rebuildJob},
		job.Kind{Name: work.ExportKind, Run: a.exportJob},
		job.Kind{Name: work.PrintKind, Run: a.printJob},
		job.Kind{Name: work.BatchFileKind, Run: a.batchFileJob},
		job.Kind{Name: work.ImportStatementKind, Run: a.importStatementJob},
	)
}

// jobWorkers is how many jobs a node works on at a time.
const jobWorkers = 2

// asker is who a job works for, as they stand now: a right taken away since is gone.
func (a *app) asker(w *job.Work) (*access.Standing, error) {
	if standing, works := a.access.Standing(w.Owner, access.Acting{OnBehalfOf: w.OnBehalfOf}); works {
		return &standing, nil
	}
	return nil, kernel.Problem{Code: "forbidden", Message: kernel.Text{
		Ar: "من طلب هذا العمل لم يعد له حق الدخول.", En: "Whoever asked for this job may not sign in any more.",
	}}
}

// importBudgetJob imports an uploaded budget file. What was booked before a stop is not booked again:
// the import's own stream knows.
func (a *app) importBudgetJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.BudgetJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	by, err := a.asker(w)
	if err != nil {
		return job.Result{}, err
	}
	take := a.uploads.Look
	if !about.Options.DryRun {
		take = func(ctx context.Context, owner string, id uuid.UUID, purpose string) (upload.Upload, error) {
			return a.uploads.Take(ctx, owner, id, purpose, w.ID)
		}
	}
	u, err := take(ctx, w.Owner, about.Upload, work.BudgetPurpose)
	if err != nil {
		return job.Result{}, err
	}
	file, err := a.files.Open(ctx, *u.Hash)
	if err != nil {
		return job.Result{}, err
	}
	defer file.Close()
	result, err := finance.ImportBudget(ctx, a.finance, officer.Finance(by), file, about.Options, func(done, total int) { w.Progress(int64(done), int64(total)) })
	if err != nil {
		return job.Result{}, err
	}
	return importResult(ctx, w, result)
}

// importResult gives the figures of an import, its first errors, and all of them as a file.
func importResult(ctx context.Context, w *job.Work, r finance.ImportResult) (job.Result, error) {
	var out job.Result
	figure := func(name string, value any) {
		out.Summary.Figures = append(out.Summary.Figures, kernel.Detail{Name: name, Value: fmt.Sprint(value)})
	}
	figure("rows", r.Rows)
	figure("accepted", r.Accepted)
	figure("unchanged", r.Unchanged)
	figure("refused", r.Refused)
	figure("skipped", r.Skipped)
	figure("quarantined", r.Quarantined)
	for _, year := range slices.Sorted(maps.Keys(r.Totals)) {
		figure("total."+year, r.Totals[year]+" "+r.Currency[year])
	}
	figure("position", r.Position)
	for i, e := range r.Errors {
		if i == job.MostFindings {
			break
		}
		out.Summary.Findings = append(out.Summary.Findings, job.Finding{Row: e.Row, Column: e.Column, Code: e.Code, Message: e.Message})
	}
	if len(r.Errors) == 0 {
		return out, nil
	}
	kept, err := w.Keep(ctx, func(to io.Writer) error {
		rows, err := export.NewCSV(to, true, "row", "column", "code", "ar", "en")
		for _, e := range r.Errors {
			err = errors.Join(err, rows.Write(strconv.Itoa(e.Row), e.Column, e.Code, e.Message.Ar, e.Message.En))
		}
		return errors.Join(err, rows.End())
	})
	out.File, out.Name, out.Type = kept, "import-errors.csv", "text/csv"
	return out, err
}

// rebuildJob builds a read table anew; begun again, the runner goes on with what is there.
func (a *app) rebuildJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.RebuildJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	var reached int64
	err := a.views.Rebuild(ctx, about.View, func(p projections.Progress) {
		reached = p.Position
		w.Progress(p.Position, p.Head)
	})
	return job.Result{Summary: job.Summary{Figures: []kernel.Detail{
		{Name: "view", Value: about.View}, {Name: "position", Value: strconv.FormatInt(reached, 10)},
	}}}, err
}
