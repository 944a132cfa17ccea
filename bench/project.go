package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
	"diwan/projections"
)

// register is a list with one row an event, two indexes beside its key.
func register(turn int) projections.View {
	table := "bench_register_" + strconv.Itoa(turn)
	return projections.View{
		Name: table, Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{Name: table, Columns: registerColumns, Indexes: registerIndexes, Policies: projections.Anybody()}},
		Apply: func(ctx context.Context, b *projections.Batch) error {
			columns := []string{"position", "stream", "amount", "reference", "payee", "purpose", "actor", "on_date"}
			rows := make([][]any, len(b.Events))
			for i := range b.Events {
				e := &b.Events[i]
				var c committed
				if err := json.Unmarshal(e.Data, &c); err != nil {
					return fmt.Errorf("read position %d: %w", e.Position, err)
				}
				rows[i] = []any{e.Position, e.Stream.Key, c.Amount, c.Reference, c.Payee, c.Purpose, e.Actor, e.RecordedAt}
			}
			return b.Copy(ctx, table, columns, rows)
		},
	}
}

const registerColumns = `position bigint primary key, stream text not null, amount bigint not null, reference text not null,
	payee text not null, purpose text not null, actor text not null, on_date timestamptz not null`

var registerIndexes = []string{"(stream, position)", "(payee, on_date)"}

// totals folds the events of a batch in Go and changes ten rows.
func totals(turn int) projections.View {
	table := "bench_total_" + strconv.Itoa(turn)
	return projections.View{
		Name: table, Version: 1, Lane: eventstore.Main,
		Tables: []projections.Table{{Name: table, Columns: totalColumns + ") with (fillfactor = 50", Policies: projections.Anybody()}},
		Apply: func(ctx context.Context, b *projections.Batch) error {
			var amounts, counts [10]int64
			for i := range b.Events {
				var c struct {
					Amount int64 `json:"amount"`
				}
				if err := json.Unmarshal(b.Events[i].Data, &c); err != nil {
					return fmt.Errorf("read position %d: %w", b.Events[i].Position, err)
				}
				amounts[b.Events[i].Version%10] += c.Amount
				counts[b.Events[i].Version%10]++
			}
			_, err := b.Tx.Exec(ctx, `
				insert into `+b.Table(table)+` as t
				select ord - 1, amount, events from unnest($1::bigint[], $2::bigint[]) with ordinality x(amount, events, ord) where events > 0
				on conflict (line) do update set amount = t.amount + excluded.amount, events = t.events + excluded.events`, amounts[:], counts[:])
			return err
		},
	}
}

const totalColumns = `line bigint primary key, amount bigint not null, events bigint not null`

// projectFigure builds a list with one row an event from the first event to the head, indexes and
// swap included, against the same list made by SQL alone.
func projectFigure(r *rig) (side, side) {
	return r.projecting(register, func(ctx context.Context, admin *pgx.Conn, size int64) error {
		if _, err := admin.Exec(ctx, `create table bench.register (`+registerColumns+`)`); err != nil {
			return err
		}
		for at := int64(0); at < size; at += 5000 {
			_, err := admin.Exec(ctx, `
				insert into bench.register
				select e.position, s.key, (e.data->>'amount')::bigint, e.data->>'reference', e.data->>'payee', e.data->>'purpose', e.actor, e.recorded_at
				  from es.event e join es.stream s on s.log_id = e.log_id and s.stream_no = e.stream_no
				 where e.log_id = 1 and e.position > $1 and e.position <= $1 + 5000 order by e.position`, at)
			if err != nil {
				return err
			}
		}
		for _, index := range registerIndexes {
			if _, err := admin.Exec(ctx, `create index on bench.register `+index); err != nil {
				return err
			}
		}
		return nil
	})
}

// totalsFigure folds the whole log into ten rows, against SQL that adds them up in pages.
func totalsFigure(r *rig) (side, side) {
	return r.projecting(totals, func(ctx context.Context, admin *pgx.Conn, size int64) error {
		if _, err := admin.Exec(ctx, `create table bench.total (`+totalColumns+`) with (fillfactor = 50)`); err != nil {
			return err
		}
		for at := int64(0); at < size; at += 1000 {
			_, err := admin.Exec(ctx, `
				insert into bench.total as t
				select version % 10, sum((data->>'amount')::bigint), count(*) from es.event
				 where log_id = 1 and position > $1 and position <= $1 + 1000 group by 1
				on conflict (line) do update set amount = t.amount + excluded.amount, events = t.events + excluded.events`, at)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// projecting measures a view built from the whole log, which is written once, against SQL.
func (r *rig) projecting(view func(turn int) projections.View, bySQL func(ctx context.Context, admin *pgx.Conn, size int64) error) (side, side) {
	size, filled, turn := int64(r.options.Size), false, 0
	if size == 0 {
		size = 200_000
	}
	prepare := func(ctx context.Context) error {
		if !filled {
			filled = true
			if err := r.empty(ctx); err != nil {
				return err
			}
			return r.fill(ctx, int(size))
		}
		return nil
	}
	ours := func(ctx context.Context, _ time.Duration) (sample, error) {
		if err := prepare(ctx); err != nil {
			return sample{}, err
		}
		turn++
		return r.project(ctx, view(turn), size)
	}
	limit := func(ctx context.Context, _ time.Duration) (sample, error) {
		if err := prepare(ctx); err != nil {
			return sample{}, err
		}
		admin, err := r.admin(ctx)
		if err != nil {
			return sample{}, err
		}
		defer admin.Close(ctx)
		if _, err := admin.Exec(ctx, `drop schema bench cascade; create schema bench; checkpoint`); err != nil {
			return sample{}, err
		}
		begin := time.Now()
		err = bySQL(ctx, admin, size)
		return sample{done: size, took: time.Since(begin)}, err
	}
	return ours, limit
}

// project builds one view and removes it again.
func (r *rig) project(ctx context.Context, v projections.View, size int64) (sample, error) {
	store, err := eventstore.OpenPostgres(ctx, r.db, lines())
	if err != nil {
		return sample{}, err
	}
	defer store.Close()
	runner, err := projections.New(r.db, store, v)
	if err != nil {
		return sample{}, err
	}
	admin, err := r.admin(ctx)
	if err != nil {
		return sample{}, err
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "checkpoint"); err != nil {
		return sample{}, err
	}
	begin := time.Now()
	if err := runner.CatchUp(ctx); err != nil {
		return sample{}, err
	}
	s := sample{done: size, took: time.Since(begin)}
	statuses, err := runner.Status(ctx)
	if err != nil || statuses[0].Position != size || statuses[0].Building != nil {
		return s, fmt.Errorf("the view stands at %+v of %d events: %w", statuses, size, err)
	}
	table := v.Tables[0].Name
	_, err = admin.Exec(ctx, `drop view read.`+table+`; drop table read.`+table+`_g1; delete from es.projection where name = '`+v.Name+`'`)
	return s, err
}
