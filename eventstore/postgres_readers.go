package eventstore

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"diwan/database"
)

// readers are the connections one store reads with. They are apart from the pool, so that slow
// queries never keep the writer or the projections from the log.
type readers struct {
	db    *database.DB
	turns chan struct{} // one for each connection that may be in use

	mu   sync.Mutex
	idle []*pgx.Conn // the one used last is used next: its server process knows the pages
}

const (
	readerConns = 6
	// readWithin bounds one reading: a server that has gone silent must not hold the writer for ever.
	readWithin = 30 * time.Second
)

func newReaders(db *database.DB) *readers {
	return &readers{db: db, turns: make(chan struct{}, readerConns)}
}

// with lends a connection. One that has broken since it was last used is replaced and do is run once
// more, so do must start afresh.
func (r *readers) with(ctx context.Context, do func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for conn := r.take(); conn != nil; conn = r.take() {
		err := do(ctx, conn)
		r.give(conn)
		if err == nil || !conn.IsClosed() || ctx.Err() != nil {
			return refusedByServer(err)
		}
	}
	conn, err := r.db.Connect(ctx, database.System)
	if err != nil {
		return err
	}
	defer r.give(conn)
	return refusedByServer(do(ctx, conn))
}

func (r *readers) take() *pgx.Conn {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.idle) - 1
	if last < 0 {
		return nil
	}
	conn := r.idle[last]
	r.idle = r.idle[:last]
	return conn
}

func (r *readers) give(conn *pgx.Conn) {
	if conn.IsClosed() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.idle = append(r.idle, conn)
}

// close ends the connections; nobody reads any more.
func (r *readers) close() {
	for conn := r.take(); conn != nil; conn = r.take() {
		_ = conn.PgConn().Conn().Close() // nothing is under way on it
	}
}

// refusedByServer marks an error that the server gave in words: asking again will not help.
func refusedByServer(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.SeverityUnlocalized == "ERROR" {
		return &definite{err}
	}
	return err
}
