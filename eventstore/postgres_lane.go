package eventstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"diwan/database"
)

// laneConn is the connection one lane commits with. Only that lane's writer touches it.
type laneConn struct {
	conn   *pgx.Conn
	append *pgconn.StatementDescription
	one    *pgconn.StatementDescription
	asked  *pgconn.StatementDescription
	finish *pgconn.StatementDescription
	params params

	backend session // the server's side of conn
	fence   []session
}

// session names a server process beyond doubt: pids return, start times do not.
type session struct {
	pid     int32
	started time.Time
}

const (
	appendSQL = `select head, at from es.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`
	oneSQL    = `select head, at from es.append_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`
	askedSQL  = `select c.tenant, c.command_id, c.request, c.first_pos, c.last_pos from es.command c
	              join unnest($2::uuid[], $3::uuid[]) as k(tenant, id) on c.log_id = $1 and c.tenant = k.tenant and c.command_id = k.id`
)

// stand returns with a connection whose statements are prepared.
func (l *laneConn) stand(ctx context.Context, db *database.DB) error {
	if l.conn != nil && !l.conn.IsClosed() {
		return nil
	}
	if l.conn != nil {
		l.suspect()
	}
	if err := l.fenced(ctx, db); err != nil {
		return err
	}
	conn, err := db.Connect(ctx, database.System)
	if err != nil {
		return err
	}
	l.conn = conn
	prepare := func(name, sql string) (sd *pgconn.StatementDescription) {
		if err == nil {
			sd, err = conn.Prepare(ctx, name, sql)
		}
		return sd
	}
	l.append, l.one = prepare("append", appendSQL), prepare("append_one", oneSQL)
	l.asked, l.finish = prepare("asked", askedSQL), prepare("finish", "commit")
	if err == nil {
		err = conn.QueryRow(ctx, `select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()`).
			Scan(&l.backend.pid, &l.backend.started)
	}
	if err != nil {
		l.drop()
		return fmt.Errorf("prepare the writer's connection: %w", err)
	}
	return nil
}

// suspect gives the connection up after an unknown outcome: what the server does with the last call
// is not known, so its process is fenced before anything else is sent.
func (l *laneConn) suspect() {
	l.fence = append(l.fence, l.backend)
	l.drop()
}

// drop closes the connection without waiting for the server.
func (l *laneConn) drop() {
	if l.conn != nil {
		_ = l.conn.PgConn().Conn().Close() // the server sees it and ends the session
		l.conn = nil
	}
}

// fencePoll is how often the end of a fenced server process is looked for.
const fencePoll = 5 * time.Millisecond

// fenced returns when none of the suspected server processes lives any more, so that nothing they
// were sent can still commit.
func (l *laneConn) fenced(ctx context.Context, db *database.DB) error {
	if len(l.fence) == 0 {
		return nil
	}
	conn, err := db.Connect(ctx, database.System)
	if err != nil {
		return fmt.Errorf("fence the writer before: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for len(l.fence) > 0 {
		var alive int
		err := conn.QueryRow(ctx, `select count(pg_terminate_backend(pid)) from pg_stat_activity where pid = $1 and backend_start = $2`,
			l.fence[0].pid, l.fence[0].started).Scan(&alive)
		if err != nil {
			return fmt.Errorf("fence the writer before: %w", err)
		}
		if alive == 0 {
			l.fence = l.fence[1:]
			continue
		}
		if sleep(ctx, fencePoll); ctx.Err() != nil {
			return fmt.Errorf("the server process %d of the writer before does not end: %w", l.fence[0].pid, ctx.Err())
		}
	}
	return nil
}

// recover returns once a connection stands behind which nothing can still arrive.
func (p *postgres) recover(ctx context.Context, lane Lane) error {
	return p.lanes[lane].stand(ctx, p.db)
}

// classify turns an error of a commit into what it means, and gives the connection up when the
// outcome is not known.
func (l *laneConn) classify(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.SeverityUnlocalized != "ERROR" {
		l.suspect()
		return fmt.Errorf("commit a batch: %w", err)
	}
	switch {
	case pg.Code == "23505" && pg.ConstraintName == "command_pkey":
		return errDuplicate
	case pg.Code[:2] == "53", pg.Code[:2] == "58":
		return &definite{outOfResources(pg)}
	}
	return &definite{fmt.Errorf("commit a batch: %w", pg)}
}
