package work

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"diwan/modules/job"
	"diwan/modules/kernel"
)

// YearCloseKind is the kind of jobs that take the steps of a year's close.
const YearCloseKind = "finance.year_close"

// RunYearClose says which close is run.
type RunYearClose struct {
	Command uuid.UUID
	Year    int
}

// YearCloseJob is what such a job is about.
type YearCloseJob struct {
	Year int `json:"year"`
}

// RunYearClose begins a run; one that is begun while another runs finds its steps done.
func (m *Mutation) RunYearClose(ctx context.Context, input RunYearClose) (*job.Act, error) {
	year := strconv.Itoa(input.Year)
	return job.Acted(m.Jobs.Begin(ctx, m.Person(ctx), input.Command, YearCloseKind, kernel.Text{
		Ar: "إقفال السنة المالية " + year, En: "Close of fiscal year " + year,
	}, YearCloseJob{input.Year}))
}
