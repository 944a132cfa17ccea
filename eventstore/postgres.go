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

// postgres is the backend on es.log, es.event and the rest of migration 0001. Each lane has one
// connection to commit with, used by that lane's writer only.
type postgres struct {
	signals
	db      *database.DB
	node    string // tells our own notifications from other programs'
	lanes   map[Lane]*laneConn
	readers *readers
	names   map[Lane]*streamNames
	newest  map[Lane]*atomic.Int64 // about how long the lane is
	frames  framesConn
	ahead   ahead

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
		readers: newReaders(db), grown: make(chan Lane, 16),
	}
	p.ahead.pages = map[pageKey]*aheadPage{}
	p.running, p.stop = context.WithCancel(context.Background())
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
	err = p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `select coalesce((`+newest+`), base), epoch from es.log where log_id = $1`, lane).Scan(&position, &epoch)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("read head of lane %s: %w", lane, err)
	}
	p.newest[lane].Store(position)
	return position, epoch, nil
}

func (p *postgres) close() error {
	p.stop()
	p.wait.Wait()
	p.readers.close()
	p.frames.close()
	for _, l := range p.lanes {
		l.drop()
	}
	return nil
}
