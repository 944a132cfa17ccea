package eventstore

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"

	"diwan/database"
)

// framesConn is the connection the telemetry lane is written with; callers take turns, as they would
// at the lane's lock.
type framesConn struct {
	mu   sync.Mutex
	conn *pgx.Conn
}

func (f *framesConn) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn != nil {
		_ = f.conn.PgConn().Conn().Close() // nothing is under way on it
	}
}

func (p *postgres) appendFrames(ctx context.Context, raw [][]byte) (first, last int64, err error) {
	salts := make([][]byte, len(raw))
	random := make([]byte, 16*len(raw))
	if _, err := rand.Read(random); err != nil {
		return 0, 0, fmt.Errorf("read random salt: %w", err)
	}
	for i := range salts {
		salts[i] = random[16*i : 16*i+16]
	}
	f := &p.frames
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil || f.conn.IsClosed() {
		if f.conn, err = p.db.Connect(ctx, database.System); err != nil {
			f.conn = nil
			return 0, 0, fmt.Errorf("append frames: %w", err)
		}
	}
	if err := f.conn.QueryRow(ctx, `select first_pos, last_pos from es.append_frames($1, $2)`, raw, salts).Scan(&first, &last); err != nil {
		return 0, 0, fmt.Errorf("append %d frames: %w", len(raw), err)
	}
	if len(raw) > 0 {
		p.wake(Telemetry)
		p.tell(Telemetry)
	}
	return first, last, nil
}

func (p *postgres) readFrames(ctx context.Context, after int64, limit int) (frames []Frame, err error) {
	err = p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `select position, recorded_at, raw, salt from es.frame where position > $1 order by position limit $2`, after, limit)
		if err != nil {
			return err
		}
		frames, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (f Frame, err error) {
			var salt []byte
			err = row.Scan(&f.Position, &f.RecordedAt, &f.Raw, &salt)
			copy(f.Salt[:], salt)
			f.RecordedAt = f.RecordedAt.UTC()
			return f, err
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read frames after %d: %w", after, err)
	}
	return frames, nil
}
