package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"diwan/eventstore"

	"github.com/jackc/pgx/v5"
)

// The states of a generation.
const (
	building = "building" // being filled, beside the live one
	live     = "live"     // what people read
	retired  = "retired"  // replaced, dropped soon
)

// generation is one row of es.projection: one physical copy of a view's tables.
type generation struct {
	view      string
	number    int
	version   int
	lane      eventstore.Lane
	tables    []string
	status    string
	position  int64
	reachedAt time.Time // zero before the first event
	indexed   bool
	changedAt time.Time
	fault     *Fault
}

// errNotClaimed: another runner holds the checkpoint row, moved it, or the generation is no longer
// to be written. Nothing was written; look again.
var errNotClaimed = errors.New("the checkpoint is not ours to move")

const selectGeneration = `
	select name, generation, version, lane, tables, status, position, reached_at, indexed, changed_at,
	       fault, fault_position, fault_type, fault_since
	  from es.projection`

func scanGeneration(row pgx.CollectableRow) (generation, error) {
	var g generation
	var reached, since *time.Time
	var why, kind *string
	var at *int64
	err := row.Scan(&g.view, &g.number, &g.version, &g.lane, &g.tables, &g.status, &g.position, &reached, &g.indexed,
		&g.changedAt, &why, &at, &kind, &since)
	if err != nil {
		return g, fmt.Errorf("read a checkpoint: %w", err)
	}
	if reached != nil {
		g.reachedAt = *reached
	}
	if why != nil {
		g.fault = &Fault{View: g.view, Reason: *why, Position: value(at), EventType: value(kind), Since: value(since)}
	}
	return g, nil
}

func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// generations reads all generations of a view, oldest first.
func generations(ctx context.Context, tx pgx.Tx, view string) ([]generation, error) {
	rows, err := tx.Query(ctx, selectGeneration+` where name = $1 order by generation`, view)
	if err != nil {
		return nil, fmt.Errorf("read the checkpoints of view %s: %w", view, err)
	}
	return pgx.CollectRows(rows, scanGeneration)
}

// withStatus picks the generation of a status, nil when there is none.
func withStatus(all []generation, status string) *generation {
	for i := range all {
		if all[i].status == status {
			return &all[i]
		}
	}
	return nil
}

// served is the generation readers see: the live one, or the first one while it is being built.
func served(all []generation) *generation {
	if g := withStatus(all, live); g != nil {
		return g
	}
	return withStatus(all, building)
}

// begin makes a new generation of the view, empty. Two processes that begin at once get one
// generation: the second fails on the unique index and finds the first one's.
func begin(ctx context.Context, tx pgx.Tx, v *View, all []generation) (*generation, error) {
	g := generation{view: v.Name, number: 1, version: v.Version, lane: v.Lane, tables: v.tableNames(), status: building}
	if len(all) > 0 {
		g.number = all[len(all)-1].number + 1
	}
	_, err := tx.Exec(ctx, `
		insert into es.projection (name, generation, version, lane, tables, status) values ($1, $2, $3, $4, $5, 'building')`,
		g.view, g.number, g.version, g.lane, g.tables)
	if err != nil {
		return nil, fmt.Errorf("begin generation %d of view %s: %w", g.number, v.Name, err)
	}
	if err := createTables(ctx, tx, v, generationTable(g.number)); err != nil {
		return nil, err
	}
	if withStatus(all, live) == nil { // nobody can read an older one: show this one while it grows
		if err := show(ctx, tx, v, g.number, nil); err != nil {
			return nil, err
		}
	}
	return &g, nil
}

// discard removes a generation with its tables.
func discard(ctx context.Context, tx pgx.Tx, g *generation) error {
	if _, err := tx.Exec(ctx, `set local lock_timeout = '250ms'`); err != nil {
		return fmt.Errorf("limit waiting for locks: %w", err)
	}
	tag, err := tx.Exec(ctx, `delete from es.projection where name = $1 and generation = $2 and status <> 'live'`, g.view, g.number)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	return dropTables(ctx, tx, g)
}

// claim takes the checkpoint row for this transaction, if nobody else has it and it stands where we
// believe. Work on a generation nobody reads yet need not wait for the disk: the commit that makes
// it live flushes all before it.
func claim(ctx context.Context, tx pgx.Tx, g *generation) error {
	var b pgx.Batch
	if g.status == building {
		b.Queue(`set local synchronous_commit = off`)
	}
	b.Queue(`
		select from es.projection
		 where name = $1 and generation = $2 and position = $3 and status = $4 and fault is null
		   for update skip locked`, g.view, g.number, g.position, g.status)
	results := tx.SendBatch(ctx, &b)
	if g.status == building {
		if _, err := results.Exec(); err != nil {
			return errors.Join(fmt.Errorf("claim view %s: %w", g.view, err), results.Close())
		}
	}
	tag, err := results.Exec()
	if err = errors.Join(err, results.Close()); err != nil {
		return fmt.Errorf("claim view %s: %w", g.view, err)
	}
	if tag.RowsAffected() != 1 {
		return errNotClaimed
	}
	return nil
}

// checkpoint moves the row claimed in this transaction, and forgets a fault that was overcome.
func checkpoint(ctx context.Context, tx pgx.Tx, g *generation, last *eventstore.Recorded) error {
	_, err := tx.Exec(ctx, `
		update es.projection
		   set position = $3, reached_at = $4, fault = null, fault_position = null, fault_type = null, fault_since = null
		 where name = $1 and generation = $2`, g.view, g.number, last.Position, last.RecordedAt)
	if err != nil {
		return fmt.Errorf("move the checkpoint of view %s to %d: %w", g.view, last.Position, err)
	}
	return nil
}
