package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"diwan/export"
	"diwan/export/sheet"
	"diwan/graph/work"
	"diwan/modules/access"
	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
)

// sheets and forms are the lists and documents of all modules that people save and print.
func sheets() []sheet.Sheet {
	return slices.Concat(finance.Sheets(), directory.Sheets(), access.Sheets())
}

func forms() []sheet.Form { return finance.Forms() }

// asking answers documents as the person a job works for, with their rights of this moment.
func (a *app) asking(w *job.Work, by *access.Standing) export.Ask {
	return func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
		answer := a.local.Ask(ctx, by, w.Language, document, variables)
		if len(answer.Errors) > 0 {
			if code, _ := answer.Errors[0].Extensions["code"].(string); code == "internal" {
				return nil, fmt.Errorf("ask: %s", answer.Errors[0].Message)
			}
			return nil, refusedBy(answer.Errors)
		}
		return answer.Data, nil
	}
}

// headOf is what stands above a job's file.
func (a *app) headOf(w *job.Work, by *access.Standing) export.Head {
	zone := a.zone
	name := by.Name
	if name == (kernel.Text{}) {
		name = kernel.Text{Ar: by.Person, En: by.Person}
	}
	return export.Head{Language: w.Language, By: name, At: time.Now().In(zone), Log: a.settings.logName}
}

// exportJob saves a list. Begun again, it makes the same file anew; only one is recorded.
func (a *app) exportJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.ListJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	by, err := a.asker(w)
	if err != nil {
		return job.Result{}, err
	}
	head := a.headOf(w, by)
	for _, s := range sheets() {
		if s.Name == about.Sheet {
			head.Sheet, head.Variables = s, about.Variables
		}
	}
	if head.Sheet.Name == "" {
		return job.Result{}, fmt.Errorf("there is no sheet %q", about.Sheet)
	}
	var rows int64
	kept, err := w.Keep(ctx, func(to io.Writer) error {
		rows, err = export.List(ctx, to, about.Format, a.asking(w, by), head, about.Mark, a.printer, func(n int64) { w.Progress(n, 0) })
		return err
	})
	w.Progress(rows, rows)
	return job.Result{
		File: kept, Name: about.Sheet + "-" + head.At.Format("2006-01-02-1504") + "." + string(about.Format), Type: about.Format.MediaType(),
		Summary: job.Summary{Figures: []kernel.Detail{{Name: "rows", Value: strconv.FormatInt(rows, 10)}}},
	}, err
}

// printJob prints a document.
func (a *app) printJob(ctx context.Context, w *job.Work) (job.Result, error) {
	var about work.PaperJob
	if err := w.Read(&about); err != nil {
		return job.Result{}, err
	}
	by, err := a.asker(w)
	if err != nil {
		return job.Result{}, err
	}
	head := a.headOf(w, by)
	head.Position = strconv.FormatInt(a.head(ctx), 10)
	for _, f := range forms() {
		if f.Name == about.Form {
			kept, err := w.Keep(ctx, func(to io.Writer) error {
				_, err := export.Paper(ctx, to, a.asking(w, by), f, about.ID, head, about.Copy, a.printer)
				return err
			})
			return job.Result{File: kept, Name: f.Name + ".pdf", Type: export.PDF.MediaType()}, err
		}
	}
	return job.Result{}, fmt.Errorf("there is no form %q", about.Form)
}

// openPrinter finds the browser that prints.
func (a *app) openPrinter(t *terminal) (err error) {
	a.chromium = export.FindChromium(t.env("CHROMIUM"))
	a.printer, err = export.NewPrinter(a.chromium)
	return err
}

// examinePrinter says whether PDF can be made.
func examinePrinter(t *terminal) finding { return chromium(export.FindChromium(t.env("CHROMIUM"))) }

func chromium(path string) finding {
	f := finding{Name: "print", OK: true, Detail: path}
	if f.Detail == "" {
		f.Detail = "no Chromium: Excel and CSV work, PDF does not (apt-get install chromium)"
	}
	return f
}
