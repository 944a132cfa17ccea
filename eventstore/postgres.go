package eventstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"diwan/database"
)

// OpenPostgres returns the store on a migrated database.
func OpenPostgres(ctx context.Context, db *database.DB, all ...Category) (Store, error) {
	p := newPostgres(db)
	for _, lane := range Lanes {
		if _, _, err := p.head(ctx, lane); err != nil {
			return nil, errors.Join(fmt.Errorf("open the log: %w", err), p.close())
		}
	}
	s, err := newStore(p, all)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return s, nil
}

// readerConns is how many connections one store reads with. They are apart from the pool, so that
// slow queries never keep the writer or the projections from the log.
const readerConns = 6

// readWithin bounds one reading: a server that has gone silent must not hold the writer for ever.
const readWithin = 30 * time.Second

// postgres is the backend on es.log, es.event and the rest of migration 0001. Each lane has one
// connection to commit with, used by that lane's writer only.
type postgres struct {
	signals
	db      *database.DB
	node    string // tells our own notifications from other programs'
	lanes   map[Lane]*laneConn
	readers chan *pgx.Conn // nil entries are connections not opened yet
	names   map[Lane]*streamNames
	newest  map[Lane]*atomic.Int64 // about how long the lane is
	frames  framesConn

	// within bounds one commit; a server that says nothing for longer is given up and fenced.
	within time.Duration

	stop    context.CancelFunc
	running context.Context
	wait    sync.WaitGroup
	listen  sync.Once
	grown   chan Lane // lanes to tell other programs about
}

func newPostgres(db *database.DB) *postgres {
	p := &postgres{
		db: db, within: 30 * time.Second, node: uuid.NewString(), signals: newSignals(),
		lanes: map[Lane]*laneConn{}, names: map[Lane]*streamNames{}, newest: map[Lane]*atomic.Int64{},
		readers: make(chan *pgx.Conn, readerConns), grown: make(chan Lane, 16),
	}
	p.running, p.stop = context.WithCancel(context.Background())
	for range readerConns {
		p.readers <- nil
	}
	for _, lane := range Lanes {
		p.lanes[lane], p.names[lane], p.newest[lane] = &laneConn{}, newStreamNames(), &atomic.Int64{}
	}
	p.wait.Go(p.notify)
	return p
}

func (p *postgres) head(ctx context.Context, lane Lane) (position int64, epoch int32, err error) {
	newest := map[Lane]string{
		Main:      `select position from es.event_main where log_id = 1 order by position desc limit 1`,
		Telemetry: `select position from es.frame order by position desc limit 1`,
		Access:    `select position from es.event_access where log_id = 3 order by position desc limit 1`,
	}[lane]
	err = p.reading(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `select coalesce((`+newest+`), base), epoch from es.log where log_id = $1`, lane).Scan(&position, &epoch)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("read head of lane %s: %w", lane, err)
	}
	p.newest[lane].Store(position)
	return position, epoch, nil
}

// reading lends a connection for reading. A connection that has broken since it was last used is
// replaced and do is run once more, so do must start afresh.
func (p *postgres) reading(ctx context.Context, do func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	var conn *pgx.Conn
	select {
	case conn = <-p.readers:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { p.readers <- conn }()
	for try := 0; ; try++ {
		fresh := conn == nil || conn.IsClosed()
		if fresh {
			var err error
			if conn, err = p.db.Connect(ctx, database.System); err != nil {
				conn = nil
				return err
			}
		}
		err := do(ctx, conn)
		if err == nil || fresh || try > 0 || !conn.IsClosed() || ctx.Err() != nil {
			return refusedByServer(err)
		}
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

func (p *postgres) close() error {
	p.stop()
	p.wait.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for range readerConns {
		if conn := <-p.readers; conn != nil {
			_ = conn.Close(ctx) // nothing is under way on it
		}
	}
	p.frames.close()
	for _, l := range p.lanes {
		l.drop()
	}
	return nil
}
