package eventstore

import (
	"context"
	"time"

	"diwan/database"
)

// memoryLog is one memory backend that several stores may be opened on.
type memoryLog struct{ log backend }

func NewMemoryLog() *memoryLog { return &memoryLog{newMemory()} }

func (m *memoryLog) Open(all ...Category) (Store, error) { return newStore(m.log, all) }

// OpenImpatient opens a PostgreSQL store that gives a silent server up after a while of the test's
// choosing, and tells the process of the server that its main lane commits with.
func OpenImpatient(ctx context.Context, db *database.DB, within time.Duration, all ...Category) (s Store, serverPID func() int, err error) {
	p := newPostgres(db)
	p.within = within
	if s, err = newStore(p, all); err != nil {
		return nil, nil, err
	}
	if err := p.lanes[Main].stand(ctx, db); err != nil {
		return nil, nil, err
	}
	pid := int(p.lanes[Main].backend.pid) // the first, read before the writer has work
	return s, func() int { return pid }, nil
}
