// Package work begins long work for people who ask for it over GraphQL: it joins the modules' acts
// with uploads and jobs.
package work

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"diwan/export/sheet"
	"diwan/modules/finance"
	"diwan/modules/job"
	"diwan/modules/kernel"
	"diwan/modules/upload"
)

// The kinds of jobs, as their rows have them.
const (
	ImportBudgetKind = "finance.import_budget"
	RebuildKind      = "views.rebuild"
)

// BudgetPurpose is what budget files are uploaded for.
const BudgetPurpose = "finance.budget"

// Mutation begins jobs. Person tells who asks.
type Mutation struct {
	Jobs    *job.Module
	Uploads *upload.Module
	Views   []string
	Sheets  []sheet.Sheet
	Forms   []sheet.Form
	Person  func(context.Context) job.Person
	Finance *finance.Module
	Officer func(context.Context) finance.Officer
}

// BudgetFile says how a budget file is imported.
type BudgetFile struct {
	Command   uuid.UUID
	Upload    uuid.UUID
	Year      *int
	Vintage   string
	Additions bool
	Map       *string
	DryRun    bool
}

// BudgetJob is what a job of kind ImportBudgetKind is about.
type BudgetJob struct {
	Upload  uuid.UUID             `json:"upload"`
	Options finance.ImportOptions `json:"options"`
}

// ImportBudget begins the import of an uploaded file.
func (m *Mutation) ImportBudget(ctx context.Context, input BudgetFile) (*job.Act, error) {
	by := m.Person(ctx)
	u, err := m.Uploads.Look(ctx, by.ID, input.Upload, BudgetPurpose)
	if err != nil {
		return job.Acted(job.Job{}, err)
	}
	if u.UsedBy != nil && *u.UsedBy != input.Command && !input.DryRun {
		return job.Acted(job.Job{}, kernel.Problem{Code: "upload.used", Path: "upload", Message: kernel.Text{
			Ar: "استُعمل هذا الملف من قبل. يُرفع مرة أخرى.", En: "This file was used already. Send it again.",
		}})
	}
	about := BudgetJob{Upload: input.Upload, Options: finance.ImportOptions{
		File: u.Name, Stored: u.Hash.String(), Vintage: finance.Vintage(input.Vintage), Additions: input.Additions, DryRun: input.DryRun,
	}}
	if input.Year != nil {
		about.Options.Year = *input.Year
	}
	if input.Map != nil {
		columns, err := ReadColumnMap(*input.Map)
		if err != nil {
			return job.Acted(job.Job{}, err)
		}
		about.Options.Map = columns
	}
	title := kernel.Text{Ar: "استيراد موازنة: " + u.Name, En: "Budget import: " + u.Name}
	if input.DryRun {
		title = kernel.Text{Ar: "تجربة استيراد موازنة: " + u.Name, En: "Trial of a budget import: " + u.Name}
	}
	return job.Acted(m.Jobs.Begin(ctx, by, input.Command, ImportBudgetKind, title, about))
}

// RebuildJob is what a job of kind RebuildKind is about.
type RebuildJob struct {
	View string `json:"view"`
}

// RebuildView begins to build a read table anew.
func (m *Mutation) RebuildView(ctx context.Context, view string) (*job.Act, error) {
	if !slices.Contains(m.Views, view) {
		return job.Acted(job.Job{}, kernel.Problem{Code: "view.absent", Path: "view", Message: kernel.Text{
			Ar: "لا جدول قراءة بهذا الاسم. الموجود: " + strings.Join(m.Views, "، ") + ".",
			En: "There is no read table of this name, only " + strings.Join(m.Views, ", ") + ".",
		}})
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	title := kernel.Text{Ar: "إعادة بناء " + view, En: "Rebuilding " + view}
	return job.Acted(m.Jobs.Begin(ctx, m.Person(ctx), id, RebuildKind, title, RebuildJob{view}))
}

// ReadColumnMap reads the map of a file's columns; a word it does not know is refused.
func ReadColumnMap(text string) (*finance.ColumnMap, error) {
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	d.DisallowUnknownFields()
	var m finance.ColumnMap
	if err := d.Decode(&m); err != nil {
		return nil, kernel.Problem{Code: "import.map", Path: "map", Message: kernel.Text{
			Ar: "خريطة الأعمدة غير مقروءة.", En: "The map of columns cannot be read: " + err.Error() + ".",
		}}
	}
	if _, err := d.Token(); err != io.EOF { //nolint:errorlint // the decoder gives the very value
		return nil, kernel.Problem{Code: "import.map", Path: "map", Message: kernel.Text{
			Ar: "في الخريطة أكثر من قيمة واحدة.", En: "The map holds more than one value.",
		}}
	}
	return &m, nil
}
