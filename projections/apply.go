package projections

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The named points where a hook is called, so that tests can stop the process there.
const (
	MidBatch         = "projection: mid batch"         // Apply's first statement is done, others may follow
	BeforeCheckpoint = "projection: before checkpoint" // the view is written, the checkpoint is not
	AfterCommit      = "projection: after commit"
	SwapBeforeFlip   = "swap: before flip" // the new generation is complete, readers still see the old one
)

// apply writes one batch and moves the checkpoint in one transaction, and moves g with it. An error
// that is the view's own is an *applyError.
func (r *Runner) apply(ctx context.Context, v *View, g *generation, events []eventstore.Recorded) error {
	last := &events[len(events)-1]
	inApply := false
	err := r.db.Project(ctx, func(tx pgx.Tx) error {
		if err := claim(ctx, tx, g); err != nil {
			return err
		}
		if err := r.write(ctx, tx, v, generationTable(g.number), events, g.status == live); err != nil {
			inApply = !tx.Conn().IsClosed()
			return err
		}
		r.at(BeforeCheckpoint)
		return checkpoint(ctx, tx, g, last)
	})
	if err != nil {
		return judge(ctx, err, inApply)
	}
	g.position, g.reachedAt = last.Position, last.RecordedAt
	r.at(AfterCommit)
	return nil
}

// write calls the view; a panic is an error like any other.
func (r *Runner) write(ctx context.Context, tx pgx.Tx, v *View, name func(string) string, events []eventstore.Recorded, forced bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log().ErrorContext(ctx, "view panicked", "view", v.Name, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if r.Hook != nil {
		tx = &hookedTx{Tx: tx, hook: func() { r.at(MidBatch) }}
	}
	return v.Apply(ctx, &Batch{Tx: tx, Events: events, view: v, name: name, forced: forced})
}

// step applies a page. When the view fails on it, the page is applied event by event, so that all
// events before the failing one are in the view and the fault names the right one.
func (r *Runner) step(ctx context.Context, v *View, g *generation, page []eventstore.Recorded) error {
	err := r.apply(ctx, v, g, page)
	var own *applyError
	if !errors.As(err, &own) {
		return err
	}
	for i := range page {
		if len(page) > 1 {
			err = r.apply(ctx, v, g, page[i:i+1])
		}
		if errors.As(err, &own) {
			return r.recordFault(ctx, g, &page[i], own)
		}
		if err != nil {
			return err
		}
	}
	r.log().WarnContext(ctx, "view failed on a batch and passed event by event", "view", v.Name,
		"from", page[0].Position, "to", page[len(page)-1].Position, "error", own)
	return nil
}

// hookedTx calls the hook after the first statement.
type hookedTx struct {
	pgx.Tx
	hook func()
	once sync.Once
}

func (t *hookedTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	tag, err := t.Tx.Exec(ctx, sql, args...)
	t.once.Do(t.hook)
	return tag, err
}

func (t *hookedTx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	n, err := t.Tx.CopyFrom(ctx, table, columns, rows)
	t.once.Do(t.hook)
	return n, err
}

func (t *hookedTx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	results := t.Tx.SendBatch(ctx, b)
	t.once.Do(t.hook)
	return results
}
