package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore/blob"
)

// Work is a job in the hands of its worker.
type Work struct {
	Job
	module *Module
	holder uuid.UUID

	mu          sync.Mutex
	done, total int64
}

// Read gives the parameters the job was begun with.
func (w *Work) Read(params any) error {
	if err := json.Unmarshal(w.Params, params); err != nil {
		return fmt.Errorf("read what the job %s is about: %w", w.ID, err)
	}
	return nil
}

// Progress says how far the work is; total 0 = not known. It is written with the next beat.
func (w *Work) Progress(done, total int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done, w.total = done, total
}

// Step keeps where the work is to go on after a stop. Errors: when the job was cancelled, or another
// worker has it.
func (w *Work) Step(ctx context.Context, at any) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	text, err := json.Marshal(at)
	if err != nil {
		return fmt.Errorf("keep the step of a job: %w", err)
	}
	w.step = text
	return w.module.update(ctx, w, `step = $3`, text)
}

// Resumed gives back the newest step; false when the work begins.
func (w *Work) Resumed(at any) (bool, error) {
	if w.step == nil {
		return false, nil
	}
	if err := json.Unmarshal(w.step, at); err != nil {
		return false, fmt.Errorf("read the step of a job: %w", err)
	}
	return true, nil
}

// Keep puts what write writes among the passing files, as the work's result.
func (w *Work) Keep(ctx context.Context, write func(io.Writer) error) (*blob.Kept, error) {
	in, out := io.Pipe()
	go func() { out.CloseWithError(write(out)) }() //nolint:errcheck // it never fails
	kept, err := w.module.passing.Put(ctx, in, 0, nil)
	if err != nil {
		in.CloseWithError(err) //nolint:errcheck // it never fails
		return nil, err
	}
	return &kept, nil
}

// beat keeps the lease, writes progress and hears of cancelling until ctx ends.
func (w *Work) beat(ctx context.Context, stop context.CancelCauseFunc) {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		cancelled, err := w.Beat(ctx)
		switch {
		case errors.Is(err, errLost):
			stop(errLost)
			return
		case cancelled:
			stop(errCancelled)
			return
		}
	}
}

// Beat holds the job for another lease and tells whether its owner has cancelled it. Errors: errLost.
func (w *Work) Beat(ctx context.Context) (cancelled bool, err error) {
	w.mu.Lock()
	done, total := w.done, w.total
	w.mu.Unlock()
	err = w.module.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			update file.job set held_until = $3, done = greatest(done, $4), total = greatest(total, $5)
			 where id = $1 and holder = $2 and status = 'running' returning cancel_asked`,
			w.ID, w.holder, w.module.now().Add(lease), done, total).Scan(&cancelled)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, errLost
	}
	return cancelled, err
}
