// Package job is work that takes longer than a request: exports, imports, rebuilds.
//
// Three things to know. A job is a row with an owner; a worker of any node takes it under a lease, and
// when its node dies another goes on. A kind of work must therefore be safe to begin again: it keeps
// where it is with Work.Step, or what it does twice is done once anyway. What a job leaves is a file
// that expires, and figures; the decisions it leads to are events like any other.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

// Person is who asks, as the edge resolved them.
type Person struct {
	ID         string
	OnBehalfOf string
	Language   string // "ar" or "en"
}

// Status is how far a job is.
type Status string

// The states of a job.
const (
	Waiting   Status = "waiting"
	Running   Status = "running"
	Done      Status = "done"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Job is one piece of long work; seen by its owner alone.
type Job struct {
	ID                     uuid.UUID
	Owner, OnBehalfOf      string
	Language, Kind         string
	Title                  kernel.Text
	Params                 json.RawMessage
	Status                 Status
	Done, Total            int64
	CancelAsked            bool
	CreatedAt              time.Time
	StartedAt, EndedAt     *time.Time
	ExpiresAt              *time.Time
	ResultName, ResultType string
	ResultBytes            int64
	result                 *blob.Hash
	step                   json.RawMessage
	attempts               int
	summary                Summary
	problems               kernel.Problems
	link                   string
}

// Summary is what became of a job beside its file.
type Summary struct {
	Figures  []kernel.Detail `json:"figures,omitempty"`
	Findings []Finding       `json:"findings,omitempty"` // at most MostFindings; the file has all
}

// Finding is one thing a job found wrong in what it worked on.
type Finding struct {
	Row     int         `json:"row,omitempty"`
	Column  string      `json:"column,omitempty"`
	Code    string      `json:"code"`
	Message kernel.Text `json:"message"`
}

// MostFindings is how many findings are shown beside the file that has all.
const MostFindings = 200

// Result is what a kind of work leaves.
type Result struct {
	File       *blob.Kept // among the passing files
	Name, Type string
	Summary    Summary
}

// Kind is one kind of work. Run may be called again for the same job after a stop. A refusal
// (kernel.Problem) ends the job; another error is tried again.
type Kind struct {
	Name string
	Run  func(ctx context.Context, w *Work) (Result, error)
}

// Module keeps the jobs.
type Module struct {
	db      *database.DB
	passing blob.Store
	now     func() time.Time
	link    func(person string, h blob.Hash, name, kind string) string
	kinds   map[string]Kind
	wake    chan struct{}
	running runningJobs
}

// mostOpen is how many jobs one person has under way.
const mostOpen = 20

// endedFor is how long an ended job and its file are kept.
const endedFor = 7 * 24 * time.Hour

// New keeps jobs in db and their files in passing; link makes the address of a file for a person.
func New(db *database.DB, passing blob.Store, now func() time.Time, link func(person string, h blob.Hash, name, kind string) string, kinds ...Kind) *Module {
	m := &Module{db: db, passing: passing, now: now, link: link, kinds: map[string]Kind{}, wake: make(chan struct{}, 1)}
	m.running.cancels = map[uuid.UUID]context.CancelCauseFunc{}
	for _, k := range kinds {
		m.kinds[k.Name] = k
	}
	return m
}

const columns = `id, owner, on_behalf_of, language, kind, title, params, status, done, total, cancel_asked, created_at, started_at, ended_at,
	expires_at, result, result_name, result_type, result_bytes, step, attempts, summary, problems`

func scanJob(row pgx.Row, j *Job) error {
	var result []byte
	var summary *Summary
	err := row.Scan(&j.ID, &j.Owner, &j.OnBehalfOf, &j.Language, &j.Kind, &j.Title, &j.Params, &j.Status, &j.Done, &j.Total, &j.CancelAsked,
		&j.CreatedAt, &j.StartedAt, &j.EndedAt, &j.ExpiresAt, &result, &j.ResultName, &j.ResultType, &j.ResultBytes, &j.step, &j.attempts, &summary, &j.problems)
	if len(result) == len(blob.Hash{}) {
		h := blob.Hash(result)
		j.result = &h
	}
	if summary != nil {
		j.summary = *summary
	}
	return err
}

// Begin queues a job. id is chosen by the caller: the same again is the same job. Refusals: job.too_many.
func (m *Module) Begin(ctx context.Context, by Person, id uuid.UUID, kind string, title kernel.Text, params any) (Job, error) {
	if _, known := m.kinds[kind]; !known {
		return Job{}, fmt.Errorf("there is no kind of job %q", kind)
	}
	text, err := json.Marshal(params)
	if err != nil {
		return Job{}, fmt.Errorf("begin a job: %w", err)
	}
	err = m.db.Write(ctx, database.Session{Actor: by.ID}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(25973, hashtext($1))`, by.ID); err != nil {
			return err
		}
		var open int
		err := tx.QueryRow(ctx, `select count(*) from file.job where owner = $1 and status in ('waiting', 'running') and id <> $2`, by.ID, id).Scan(&open)
		if err != nil {
			return err
		}
		if open >= mostOpen {
			n := strconv.Itoa(open)
			return kernel.Problem{Code: "job.too_many", Message: kernel.Text{
				Ar: "أعمال قيد التنفيذ: " + n + ". ينتهي بعضها أو يُلغى أولاً.", En: n + " jobs are under way. Let some end, or cancel them, first.",
			}}
		}
		_, err = tx.Exec(ctx, `
			insert into file.job (id, owner, on_behalf_of, language, kind, title, params, created_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
			id, by.ID, by.OnBehalfOf, by.Language, kind, title, text, m.now())
		return err
	})
	if err != nil {
		return Job{}, wrapped(err, "begin a job")
	}
	select {
	case m.wake <- struct{}{}:
	default:
	}
	return m.Find(ctx, by.ID, id)
}

func wrapped(err error, what string) error {
	if kernel.ProblemsOf(err) != nil {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}

var errAbsent = kernel.Problem{Code: "job.absent", Path: "id", Message: kernel.Text{
	Ar: "لم يُعثر على عمل بهذا الرقم.", En: "No job has this number.",
}}

// Find reads a job of its owner. Refusals: job.absent.
func (m *Module) Find(ctx context.Context, owner string, id uuid.UUID) (j Job, err error) {
	err = m.db.Read(ctx, database.Session{Actor: owner}, func(tx pgx.Tx) error {
		return scanJob(tx.QueryRow(ctx, `select `+columns+` from file.job where id = $1 and owner = $2`, id, owner), &j)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return j, errAbsent
	}
	if err != nil {
		return j, fmt.Errorf("read the job %s: %w", id, err)
	}
	m.address(&j)
	return j, nil
}

// address gives a job the link to its file.
func (m *Module) address(j *Job) {
	if j.result != nil {
		j.link = m.link(j.Owner, *j.result, j.ResultName, j.ResultType)
	}
}

// List reads a page of a person's jobs, the newest first.
func (m *Module) List(ctx context.Context, owner string, p kernel.Page) (*kernel.Connection[Job], error) {
	var all []Job
	err := m.db.Read(ctx, database.Session{Actor: owner}, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select `+columns+` from file.job
			 where owner = $1 and ($2::text is null or (created_at, id) < ($2::text::timestamptz, $3::text::uuid))
			 order by created_at desc, id desc limit $4`, owner, p.Key(0), p.Key(1), p.First+1)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var j Job
			if err := scanJob(rows, &j); err != nil {
				return err
			}
			m.address(&j)
			all = append(all, j)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read the jobs: %w", err)
	}
	return kernel.NewConnection(p, all, func(j *Job) []string {
		return []string{j.CreatedAt.UTC().Format(time.RFC3339Nano), j.ID.String()}
	}), nil
}

// Cancel ends a job: one that waits at once, one that runs as soon as it listens. What it has done
// stays. Refusals: job.absent, job.ended.
func (m *Module) Cancel(ctx context.Context, owner string, id uuid.UUID) (Job, error) {
	j, err := m.Find(ctx, owner, id)
	if err != nil {
		return j, err
	}
	now := m.now()
	err = m.db.Write(ctx, database.Session{Actor: owner}, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update file.job set cancel_asked = true,
			       status = case status when 'waiting' then 'cancelled' else status end,
			       ended_at = case status when 'waiting' then $3::timestamptz end,
			       expires_at = case status when 'waiting' then $4::timestamptz end
			 where id = $1 and owner = $2 and status in ('waiting', 'running')`, id, owner, now, now.Add(endedFor))
		if err == nil && tag.RowsAffected() == 0 && j.Status != Cancelled {
			return kernel.Problem{Code: "job.ended", Path: "id", Message: kernel.Text{
				Ar: "انتهى هذا العمل قبل الإلغاء.", En: "This job ended before it could be cancelled.",
			}}
		}
		return err
	})
	if err != nil {
		return j, wrapped(err, "cancel the job")
	}
	m.running.cancel(id, errCancelled)
	return m.Find(ctx, owner, id)
}
