package job

import (
	"context"

	"github.com/google/uuid"

	"diwan/modules/kernel"
)

// The list of jobs.
type (
	Connection = kernel.Connection[Job]
	Edge       = kernel.Edge[Job]
)

// Query answers the root fields of jobs. Person tells who asks.
type Query struct {
	Module *Module
	Person func(context.Context) Person
}

// Mutation carries out acts on jobs.
type Mutation struct {
	Module *Module
	Person func(context.Context) Person
}

// Act is what became of an act.
type Act struct {
	Job      *Job
	Problems []kernel.Refusal
}

// Acted makes the answer of an act; a refusal is part of it, a failure is not.
func Acted(j Job, err error) (*Act, error) {
	a := &Act{Problems: []kernel.Refusal{}}
	problems := kernel.ProblemsOf(err)
	if problems == nil && err != nil {
		return nil, err
	}
	for _, p := range problems {
		a.Problems = append(a.Problems, p)
	}
	if problems == nil {
		a.Job = &j
	}
	return a, nil
}

// Jobs are one's own, the newest first.
func (q *Query) Jobs(ctx context.Context, first *int, after *string) (*Connection, error) {
	rows := 20
	if first != nil {
		rows = *first
	}
	p, err := kernel.NewPage(rows, after, 2)
	if err != nil {
		return nil, err
	}
	return q.Module.List(ctx, q.Person(ctx).ID, p)
}

// Job is one of one's own.
func (q *Query) Job(ctx context.Context, id uuid.UUID) (*Job, error) {
	j, err := q.Module.Find(ctx, q.Person(ctx).ID, id)
	if kernel.ProblemsOf(err) != nil {
		return nil, nil
	}
	return &j, err
}

// CancelJob ends a job.
func (m *Mutation) CancelJob(ctx context.Context, id uuid.UUID) (*Act, error) {
	return Acted(m.Module.Cancel(ctx, m.Person(ctx).ID, id))
}

// File is what a job made.
type File struct {
	Name, Type, URL string
	Bytes           int64
}

// File is what the job made; nil when it made none.
func (j *Job) File() *File {
	if j.result == nil {
		return nil
	}
	return &File{Name: j.ResultName, Type: j.ResultType, URL: j.link, Bytes: j.ResultBytes}
}

// Details are figures of what became of it.
func (j *Job) Details() []kernel.Detail { return append([]kernel.Detail{}, j.summary.Figures...) }

// Findings are what it found wrong.
func (j *Job) Findings() []Finding { return append([]Finding{}, j.summary.Findings...) }

// Problems are why it could not be done.
func (j *Job) Problems() []kernel.Refusal {
	all := []kernel.Refusal{}
	for _, p := range j.problems {
		all = append(all, p)
	}
	return all
}
