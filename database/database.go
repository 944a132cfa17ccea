// Package database is the only way to PostgreSQL.
//
// Three things to know. Every transaction is opened here and carries who acts, with which scope and
// clearance and for which purpose, so that row-level security and the audit log can rely on it. The
// pools are not reachable from outside. Three login roles share the work: diwan_owner migrates and
// is used for nothing else, diwan_app runs, diwan_projector owns the read tables.
package database

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Config says where the database is, for each of the three roles.
type Config struct {
	URL          string // diwan_app
	OwnerURL     string // diwan_owner; only migrations use it
	ProjectorURL string // diwan_projector
	// DirectURL is diwan_app without a pooler between, for connections of one's own: they listen, hold
	// locks and keep settings, which a pooler would hand to the next client. Empty = URL.
	DirectURL string
	MaxConns  int32 // of the running role's pool; 0 = 8
	// Tracer sees every statement of the running role, when somebody counts them; usually nil.
	Tracer pgx.QueryTracer
}

const (
	defaultConns   = 8
	projectorConns = 4
)

// DB is an open database.
type DB struct {
	config    Config
	app       *pgxpool.Pool
	projector *pgxpool.Pool
}

// Open connects the running role and the projector. It fails when the server cannot be reached.
func Open(ctx context.Context, config Config) (*DB, error) {
	if config.MaxConns == 0 {
		config.MaxConns = defaultConns
	}
	app, err := openPool(ctx, config.URL, config.MaxConns, config.Tracer)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	projector, err := openPool(ctx, config.ProjectorURL, projectorConns, nil)
	if err != nil {
		app.Close()
		return nil, fmt.Errorf("open database as projector: %w", err)
	}
	return &DB{config: config, app: app, projector: projector}, nil
}

func openPool(ctx context.Context, url string, conns int32, tracer pgx.QueryTracer) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	c.MaxConns = conns
	settle(c.ConnConfig)
	c.ConnConfig.Tracer = tracer
	pool, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// settle sets what every connection of Diwan has.
func settle(c *pgx.ConnConfig) {
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "diwan"
	}
	c.RuntimeParams["timezone"] = "UTC"
	c.RuntimeParams["search_path"] = "pg_catalog"
	c.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
	c.RuntimeParams["default_transaction_isolation"] = "read committed"
}

// Close waits for running transactions and closes every connection.
func (db *DB) Close() {
	db.app.Close()
	db.projector.Close()
}

// Config returns what the database was opened with.
func (db *DB) Config() Config { return db.config }

// Read runs do in a read-only transaction of the running role.
func (db *DB) Read(ctx context.Context, s Session, do func(pgx.Tx) error) error {
	return within(ctx, db.app, "begin isolation level read committed read only", s, do)
}

// Write runs do in a transaction of the running role and commits it when do returns nil.
func (db *DB) Write(ctx context.Context, s Session, do func(pgx.Tx) error) error {
	return within(ctx, db.app, "begin isolation level read committed", s, do)
}

// Project runs do in a transaction of the role that owns the read tables.
func (db *DB) Project(ctx context.Context, do func(pgx.Tx) error) error {
	return within(ctx, db.projector, "begin isolation level read committed", System, do)
}

// Connect opens a connection of its own for the running role, for work that a pool does not suit:
// the writer, LISTEN, streaming. The session holds for the connection's life.
func (db *DB) Connect(ctx context.Context, s Session) (*pgx.Conn, error) {
	direct := db.config.DirectURL
	if direct == "" {
		direct = db.config.URL
	}
	c, err := pgx.ParseConfig(direct)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	settle(c)
	set, err := s.statement(false)
	if err != nil {
		return nil, err
	}
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	if _, err := conn.Exec(ctx, set); err != nil {
		return nil, errors.Join(fmt.Errorf("set session: %w", err), conn.Close(ctx))
	}
	return conn, nil
}

// within opens the transaction and sets its session in one round trip.
func within(ctx context.Context, pool *pgxpool.Pool, begin string, s Session, do func(pgx.Tx) error) error {
	set, err := s.statement(true)
	if err != nil {
		return err
	}
	return pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{BeginQuery: begin + "; " + set}, do)
}
