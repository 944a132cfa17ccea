package job

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/faultpoint"
	"diwan/modules/kernel"
)

// A worker holds its job for a while and says so again; when its node dies, the job is anybody's
// after the lease.
const (
	lease     = 20 * time.Second
	heartbeat = 2 * time.Second
	looks     = time.Second // how often a worker looks for jobs of other nodes' making
	tries     = 4           // beginnings of one job
)

var (
	errCancelled = errors.New("the job was cancelled")
	errLost      = errors.New("another worker has the job")
)

// runningJobs are those of this node.
type runningJobs struct {
	mu      sync.Mutex
	cancels map[uuid.UUID]context.CancelCauseFunc
}

func (r *runningJobs) set(id uuid.UUID, cancel context.CancelCauseFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel == nil {
		delete(r.cancels, id)
		return
	}
	r.cancels[id] = cancel
}

func (r *runningJobs) cancel(id uuid.UUID, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel := r.cancels[id]; cancel != nil {
		cancel(why)
	}
}

// Run works on jobs, a few at a time, until ctx ends; jobs under way then wait for another node, or
// for the next start.
func (m *Module) Run(ctx context.Context, workers int, failed func(error)) error {
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for ctx.Err() == nil {
				worked, err := m.WorkOnce(ctx)
				if err != nil && ctx.Err() == nil {
					failed(err)
				}
				if worked && err == nil {
					continue
				}
				select {
				case <-ctx.Done():
				case <-m.wake:
				case <-time.After(looks):
				}
			}
		})
	}
	group.Go(func() {
		tick := time.NewTicker(time.Hour)
		defer tick.Stop()
		for {
			if err := m.Sweep(ctx); err != nil && ctx.Err() == nil {
				failed(err)
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
	group.Wait()
	return nil
}

// WorkOnce takes the oldest job that waits, or whose worker has died, and works on it to its end. It
// tells whether there was one.
func (m *Module) WorkOnce(ctx context.Context) (worked bool, err error) {
	w, err := m.claim(ctx)
	if err != nil || w == nil {
		return false, err
	}
	within, cancel := context.WithCancelCause(ctx)
	m.running.set(w.ID, cancel)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		w.beat(within, cancel)
	}()
	result, failure := m.attempt(within, w)
	cause := context.Cause(within)
	cancel(context.Canceled)
	<-beating
	m.running.set(w.ID, nil)
	return true, m.end(ctx, w, result, failure, cause)
}

// claim takes a job under a lease.
func (m *Module) claim(ctx context.Context) (*Work, error) {
	w := &Work{module: m, holder: uuid.New()}
	now := m.now()
	err := m.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		return scanJob(tx.QueryRow(ctx, `
			update file.job set status = 'running', holder = $1, held_until = $2, attempts = attempts + 1, started_at = coalesce(started_at, $3)
			 where id = (select id from file.job
			              where status = 'waiting' or status = 'running' and held_until <= $3
			              order by created_at, id limit 1 for update skip locked)
			returning `+columns, w.holder, now.Add(lease), now), &w.Job)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("take a job: %w", err)
	}
	return w, nil
}

// attempt runs the kind; a panic is a failure like another.
func (m *Module) attempt(ctx context.Context, w *Work) (result Result, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("the job panicked: %v\n%s", panicked, debug.Stack())
		}
	}()
	if w.CancelAsked {
		return result, errCancelled
	}
	kind, known := m.kinds[w.Kind]
	if !known {
		return result, fmt.Errorf("this program knows no kind of job %q", w.Kind)
	}
	return kind.Run(ctx, w)
}

// end records what became of a job, when it is still this worker's.
func (m *Module) end(ctx context.Context, w *Work, result Result, failure, cause error) error {
	ctx = context.WithoutCancel(ctx)
	status, problems := Done, kernel.ProblemsOf(failure)
	switch {
	case errors.Is(cause, errLost):
		return nil
	case failure == nil:
	case errors.Is(failure, errCancelled) || errors.Is(cause, errCancelled):
		status, problems = Cancelled, nil
	case problems != nil:
		status = Failed
	case cause != nil: // the node stops: the job goes on elsewhere, and this beginning does not count
		return m.update(ctx, w, `status = 'waiting', holder = null, held_until = null, attempts = attempts - 1`)
	case w.attempts < tries:
		return errors.Join(failed(w, failure), m.update(ctx, w, `status = 'waiting', holder = null, held_until = null`))
	default:
		status, problems = Failed, kernel.Problems{{Code: "job.failed", Message: kernel.Text{
			Ar: "تعذّر إتمام العمل. الخطأ مسجل عند مدير النظام.", En: "The job could not be done. The error is in the operator's log.",
		}}}
	}
	if status == Done {
		faultpoint.Reached(faultpoint.JobBeforeResult)
	}
	var hash []byte
	var bytes int64
	if result.File != nil && status == Done {
		hash, bytes = result.File.Hash[:], result.File.Bytes
	}
	err := m.update(ctx, w, `
		status = $3, holder = null, held_until = null, ended_at = $4, expires_at = $5, result = $6, result_name = $7, result_type = $8,
		result_bytes = $9, summary = $10, problems = $11`,
		status, m.now(), m.now().Add(endedFor), hash, result.Name, result.Type, bytes, result.Summary, problems)
	if problems == nil || problems[0].Code != "job.failed" {
		failure = nil
	}
	return errors.Join(err, failed(w, failure))
}

func failed(w *Work, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("job %s (%s), attempt %d: %w", w.ID, w.Kind, w.attempts, err)
}

// update changes the job's row as long as this worker holds it.
func (m *Module) update(ctx context.Context, w *Work, set string, args ...any) error {
	err := m.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update file.job set `+set+` where id = $1 and holder = $2 and status = 'running'`, append([]any{w.ID, w.holder}, args...)...)
		if err == nil && tag.RowsAffected() == 0 {
			return errLost
		}
		return err
	})
	if errors.Is(err, errLost) {
		return errLost
	}
	if err != nil {
		return fmt.Errorf("note the job %s: %w", w.ID, err)
	}
	return nil
}

// Sweep forgets ended jobs whose time is over, and their files that no other job has.
func (m *Module) Sweep(ctx context.Context) error {
	var expired []Job
	err := m.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `delete from file.job where expires_at <= $1 returning `+columns, m.now())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var j Job
			if err := scanJob(rows, &j); err != nil {
				return err
			}
			if j.result != nil {
				expired = append(expired, j)
			}
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("forget ended jobs: %w", err)
	}
	for _, j := range expired {
		var others int
		err := m.db.Read(ctx, database.System, func(tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from file.job where result = $1`, j.result[:]).Scan(&others)
		})
		if err == nil && others == 0 {
			err = m.passing.Remove(ctx, *j.result, m.now().Add(-endedFor/2))
		}
		if err != nil {
			return fmt.Errorf("forget a job's file: %w", err)
		}
	}
	return nil
}
