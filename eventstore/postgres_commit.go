package eventstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// commit sends the whole batch in one call, which is also the transaction.
func (p *postgres) commit(ctx context.Context, b *batch) (verdict, error) {
	l := p.lanes[b.lane]
	if err := l.stand(ctx, p.db); err != nil {
		return verdict{}, &unsent{err}
	}
	l.deadline(p.within)
	statement := l.encode(b)
	var v verdict
	var err error
	if len(b.ask) == 0 {
		result := l.conn.PgConn().ExecStatement(ctx, statement, l.params.list(), binaryFormat, binaryFormat).Read()
		v, err = verdictOf(result, b)
	} else {
		v, err = l.pipeline(ctx, b, statement, false)
	}
	if err != nil {
		return verdict{}, l.classify(err)
	}
	p.grew(b, v)
	return v, nil
}

// commitLocked first takes the lock and reads what others appended, in one flush, and then sends the
// batch and the commit in a second.
func (p *postgres) commitLocked(ctx context.Context, lane Lane, head int64, decide func(moved) (*batch, error)) (verdict, error) {
	l := p.lanes[lane]
	if err := l.stand(ctx, p.db); err != nil {
		return verdict{}, &unsent{err}
	}
	l.deadline(p.within)
	m, err := p.lockAndRead(ctx, l.conn, lane, head)
	if err != nil {
		l.drop() // nothing was sent to be committed, and the lock goes with the session
		return verdict{}, &unsent{refusedByServer(fmt.Errorf("catch up with lane %s: %w", lane, err))}
	}
	b, err := decide(m)
	if err != nil {
		l.drop()
		return verdict{}, &unsent{err}
	}
	l.deadline(p.within)
	v, err := l.pipeline(ctx, b, l.encode(b), true)
	if err != nil {
		err = l.classify(err)
		if l.conn != nil {
			if _, rollback := l.conn.Exec(ctx, "rollback"); rollback != nil {
				l.drop()
			}
		}
		return verdict{}, err
	}
	p.grew(b, v)
	return v, nil
}

func (p *postgres) grew(b *batch, v verdict) {
	if v.moved || len(b.events) == 0 {
		return
	}
	p.names[b.lane].learn(b.streams)
	p.newest[b.lane].Store(v.head)
	p.wake(b.lane)
	p.tell(b.lane)
}

// deadline bounds what follows on the connection. A context would cost a goroutine for each call.
func (l *laneConn) deadline(within time.Duration) {
	_ = l.conn.PgConn().Conn().SetDeadline(time.Now().Add(within)) // a closed connection says so when used
}

// pipeline sends the batch, the question after refused commands and, in the locked path, the commit,
// all in one flush.
func (l *laneConn) pipeline(ctx context.Context, b *batch, statement *pgconn.StatementDescription, finish bool) (v verdict, err error) {
	pipe := l.conn.PgConn().StartPipeline(ctx)
	pipe.SendQueryStatement(statement, l.params.list(), binaryFormat, binaryFormat)
	if len(b.ask) > 0 {
		var ask params
		ask.keys(b.lane, b.ask)
		pipe.SendQueryStatement(l.asked, ask.list(), binaryFormat, binaryFormat)
	}
	if finish {
		pipe.SendQueryStatement(l.finish, nil, nil, nil)
	}
	if err := pipe.Sync(); err != nil {
		return v, errors.Join(err, pipe.Close())
	}
	for i := 0; ; i++ {
		result, next := pipe.GetResults()
		if next != nil {
			err = errors.Join(err, next)
		}
		reader, isResult := result.(*pgconn.ResultReader)
		if !isResult {
			break // the sync point, or a connection that broke
		}
		got := reader.Read()
		switch {
		case got.Err != nil:
			err = errors.Join(err, got.Err)
		case i == 0:
			v, err = verdictOf(got, b)
		case i == 1 && len(b.ask) > 0:
			v.seen = commandRows(got.Rows)
		}
	}
	return v, errors.Join(err, pipe.Close())
}

func verdictOf(result *pgconn.Result, b *batch) (verdict, error) {
	if result.Err != nil {
		return verdict{}, result.Err
	}
	if len(result.Rows) != 1 {
		return verdict{}, fmt.Errorf("the append answered with %d rows", len(result.Rows))
	}
	row := result.Rows[0]
	v := verdict{head: int8Of(row[0]), moved: row[1] == nil}
	if v.moved {
		return v, nil
	}
	v.at = timeOf(row[1])
	if v.head != b.head+int64(len(b.events)) {
		return v, fmt.Errorf("the append of %d events at %d ended at %d", len(b.events), b.head, v.head)
	}
	return v, nil
}

// tooFarBehind is how many events are replayed into the cache; beyond, it is emptied.
const tooFarBehind = 10_000

func (p *postgres) lockAndRead(ctx context.Context, conn *pgx.Conn, lane Lane, head int64) (moved, error) {
	var q pgx.Batch
	q.Queue("begin isolation level read committed")
	q.Queue("select head from es.head_locked($1)", lane)
	q.Queue(eventsAfter, lane, head, tooFarBehind)
	results := conn.SendBatch(ctx, &q)
	defer results.Close()
	if _, err := results.Exec(); err != nil {
		return moved{}, err
	}
	var m moved
	if err := results.QueryRow().Scan(&m.head); err != nil {
		return moved{}, err
	}
	rows, err := results.Query()
	if err != nil {
		return moved{}, err
	}
	page, err := scanEvents(rows, lane, 0)
	if err != nil {
		return moved{}, err
	}
	if err := results.Close(); err != nil {
		return moved{}, err
	}
	if m.head-head > int64(len(page.events)) {
		m.reset = true
		return m, nil
	}
	if m.events = page.events; len(m.events) == 0 {
		return m, nil
	}
	if err := p.name(ctx, conn, lane, page); err != nil {
		return moved{}, err
	}
	closed, err := conn.Query(ctx, `select tenant, category, key from es.stream where log_id = $1 and stream_no = any($2) and closed_at is not null`, lane, page.numbers)
	if err != nil {
		return moved{}, err
	}
	m.closed, err = pgx.CollectRows(closed, func(row pgx.CollectableRow) (id streamID, err error) {
		err = row.Scan(&id.tenant, &id.stream.Category, &id.stream.Key)
		return id, err
	})
	return m, err
}
