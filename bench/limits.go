package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
)

// The limits work on a table of the same columns and keys as the log's, without anything of ours.
const leanTable = `
	drop schema if exists bench cascade;
	create schema bench;
	create table bench.lean (like es.event including defaults, primary key (log_id, position), unique (log_id, stream_no, version));
	create sequence bench.position cache 1000;
	create table bench.balance (id int primary key, left_over bigint not null) with (fillfactor = 50);
	insert into bench.balance select i, 1::bigint << 60 from generate_series(0, 9) i;`

// empty makes all tables new and flushes, so that every side of every turn begins alike.
func (r *rig) empty(ctx context.Context) error {
	admin, err := r.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, `truncate es.event, es.stream, es.command, es.snapshot, es.frame, es.hash, es.checkpoint, es.cosignature;`+leanTable); err != nil {
		return fmt.Errorf("empty the tables: %w", err)
	}
	_, err = admin.Exec(ctx, "checkpoint")
	return err
}

func (r *rig) admin(ctx context.Context) (*pgx.Conn, error) {
	return pgx.Connect(ctx, r.cluster.AdminURL("diwan"))
}

// connect opens the limit's connections.
func (r *rig) connect(ctx context.Context, n int) (conns []*pgx.Conn, done func(), err error) {
	done = func() {
		for _, c := range conns {
			_ = c.Close(context.WithoutCancel(ctx)) // the figure is taken
		}
	}
	for range n {
		c, err := r.admin(ctx)
		if err != nil {
			done()
			return nil, nil, err
		}
		conns = append(conns, c)
	}
	return conns, done, nil
}

const leanInsert = `insert into bench.lean values (1, nextval('bench.position'), $1, $2, $3, $4, $5, $6, $7, $8, now(), $9, null, $10, $11)`

// row is what lean writes: the same values as a command of ours leaves.
func row(stream, version int64) []any {
	data := committed{1250, "PO-2026-000123", "0190a3f2-77aa-7c1e-9f00-5b1d2c3e4f50", purpose}.AppendJSON(nil)
	random := make([]byte, 48)
	_, _ = rand.Read(random) // never fails, and is only filling here
	return []any{stream, version, uuid.Nil, "bench.committed", int16(1), uuid.Must(uuid.NewV7()), "rana", "", string(data), random[:16], random[16:]}
}

// lean is one autocommit INSERT a caller, each with a connection of its own.
func (r *rig) lean(ctx context.Context, callers int, length time.Duration) (sample, error) {
	if err := r.empty(ctx); err != nil {
		return sample{}, err
	}
	conns, done, err := r.connect(ctx, callers)
	if err != nil {
		return sample{}, err
	}
	defer done()
	return loop(ctx, callers, length, 1, func(ctx context.Context, caller, n int) error {
		_, err := conns[caller].Exec(ctx, leanInsert, row(int64(caller), int64(n))...)
		return err
	})
}

// balances is the usual way: lock two balance rows in order, change them, commit.
func (r *rig) balances(ctx context.Context, callers int, length time.Duration) (sample, error) {
	if err := r.empty(ctx); err != nil {
		return sample{}, err
	}
	conns, done, err := r.connect(ctx, callers)
	if err != nil {
		return sample{}, err
	}
	defer done()
	return loop(ctx, callers, length, 1, func(ctx context.Context, caller, n int) error {
		first, second := (caller+n)%10, (caller+3*n+1)%10
		if first == second {
			second = (second + 1) % 10
		}
		return pgx.BeginFunc(ctx, conns[caller], func(tx pgx.Tx) error {
			for _, id := range []int{min(first, second), max(first, second)} {
				if _, err := tx.Exec(ctx, `update bench.balance set left_over = left_over - 1250 where id = $1 and left_over >= 1250`, id); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// copies writes the same rows by COPY, 100 a transaction.
func (r *rig) copies(ctx context.Context, callers int, length time.Duration) (sample, error) {
	if err := r.empty(ctx); err != nil {
		return sample{}, err
	}
	conns, done, err := r.connect(ctx, callers)
	if err != nil {
		return sample{}, err
	}
	defer done()
	columns := []string{"log_id", "position", "stream_no", "version", "tenant", "type", "schema", "command_id", "actor", "on_behalf_of", "recorded_at", "data", "sealed", "salt", "digest"}
	return loop(ctx, callers, length, hundred, func(ctx context.Context, caller, n int) error {
		return pgx.BeginFunc(ctx, conns[caller], func(tx pgx.Tx) error {
			_, err := tx.CopyFrom(ctx, pgx.Identifier{"bench", "lean"}, columns, pgx.CopyFromSlice(hundred, func(i int) ([]any, error) {
				at := int64(n)*hundred + int64(i) + 1
				v := row(int64(caller), at)
				return []any{
					int16(1), at + int64(caller)<<40, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7],
					time.Now(), v[8], nil, v[9], v[10],
				}, nil
			}))
			return err
		})
	})
}

// stream reads the whole log in one query.
func (r *rig) stream(ctx context.Context) (sample, error) {
	conn, err := r.admin(ctx)
	if err != nil {
		return sample{}, err
	}
	defer conn.Close(ctx)
	begin := time.Now()
	rows, err := conn.Query(ctx, `select position, stream_no, version, tenant, type, schema, command_id, actor, on_behalf_of, recorded_at, data, sealed, salt, digest
		from es.event where log_id = $1 order by position`, eventstore.Main)
	if err != nil {
		return sample{}, err
	}
	var s sample
	for rows.Next() {
		_ = rows.RawValues()
		s.done++
	}
	s.took = time.Since(begin)
	return s, rows.Err()
}
