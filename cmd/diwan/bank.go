package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"diwan/graph/officer"
	"diwan/graph/work"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
)

// batchFileJob makes the order of a payment batch to its bank. Begun again, it makes the same bytes.
func (a *app) batchFileJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.BatchFileJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	by, err := a.asker(w)
	if err != nil {
		return job.Result{}, err
	}
	kept, err := w.Keep(ctx, func(to io.Writer) error {
		return a.finance.WriteBatchFile(ctx, officer.Finance(by), a.reports, about.Batch, to)
	})
	return job.Result{File: kept, Name: "batch-" + strings.ReplaceAll(about.Number, "/", "-") + ".xml", Type: "application/xml"}, err
}

// importStatementJob takes an uploaded file of a bank. Begun again, it goes on: what was taken is there.
func (a *app) importStatementJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.StatementJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	by, err := a.asker(w)
	if err != nil {
		return job.Result{}, err
	}
	u, err := a.uploads.Take(ctx, w.Owner, about.Upload, work.StatementPurpose, w.ID)
	if err != nil {
		return job.Result{}, err
	}
	file, err := a.files.Open(ctx, *u.Hash)
	if err != nil {
		return job.Result{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return job.Result{}, err
	}
	taken, err := a.finance.ImportStatements(ctx, officer.Finance(by), finance.ImportStatements{
		Command: w.ID, Content: content, Stored: u.Hash.String(), Profile: about.Profile,
	})
	return statementResult(taken), err
}

// statementResult says what became of the statements of a file, and why some are in quarantine.
func statementResult(taken []finance.StatementOutcome) job.Result {
	var out job.Result
	var lines, matched, quarantined int
	for i, one := range taken {
		lines, matched = lines+one.New, matched+one.Matched
		for _, why := range one.Reasons {
			out.Summary.Findings = append(out.Summary.Findings, job.Finding{Row: i + 1, Column: one.ID, Code: why.Code, Message: why.Message})
		}
		if one.Stage == finance.StatementInQuarantine {
			quarantined++
		}
	}
	figure := func(name string, value int) {
		out.Summary.Figures = append(out.Summary.Figures, kernel.Detail{Name: name, Value: fmt.Sprint(value)})
	}
	figure("statements", len(taken))
	figure("lines", lines)
	figure("matched", matched)
	figure("quarantined", quarantined)
	return out
}
