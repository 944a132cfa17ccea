package main

import (
	"context"
	"strconv"

	"diwan/graph/officer"
	"diwan/graph/work"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
)

// yearCloseJob takes the steps of a year's close until it waits for somebody. Begun again after a stop it
// goes on where the close's own stream says it is.
func (a *app) yearCloseJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.YearCloseJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	by, err := a.asker(w)
	if err != nil {
		return job.Result{}, err
	}
	report, err := a.finance.RunYearEnd(ctx, officer.Finance(by), a.finance.YearBooksIn(a.db, a.views.Wait), about.Year,
		func(step int) { w.Progress(int64(step-1), finance.StepFinal) })
	if err != nil {
		return job.Result{}, err
	}
	w.Progress(int64(report.Done), finance.StepFinal)
	out := job.Result{Summary: job.Summary{Figures: []kernel.Detail{{Name: "steps", Value: strconv.Itoa(report.Done)}}}}
	if report.Waiting != (kernel.Text{}) {
		out.Summary.Findings = append(out.Summary.Findings, job.Finding{Code: "finance.year_close_waits", Message: report.Waiting})
	}
	for _, b := range report.Blockers {
		if !b.Waived() {
			n := strconv.Itoa(b.Count)
			out.Summary.Findings = append(out.Summary.Findings, job.Finding{Code: "finance.blocker." + b.Code, Message: kernel.Text{
				Ar: b.Title().Ar + ": " + n, En: b.Title().En + ": " + n,
			}})
		}
	}
	return out, nil
}
