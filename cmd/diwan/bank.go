package main

import (
	"context"
	"io"
	"strings"

	"diwan/graph/officer"
	"diwan/graph/work"
	"diwan/modules/job"
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
