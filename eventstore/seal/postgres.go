package seal

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"diwan/database"
	"diwan/eventstore"
)

// Postgres is the book in the log's own database.
type Postgres struct {
	log   eventstore.Store // for Watch; nil where nothing is watched
	read  func(ctx context.Context, do func(pgx.Tx) error) error
	write func(ctx context.Context, do func(pgx.Tx) error) error
}

// NewPostgres opens the book. log tells when lanes grow; a verification can do without (nil).
func NewPostgres(db *database.DB, log eventstore.Store) *Postgres {
	return &Postgres{
		log:   log,
		read:  func(ctx context.Context, do func(pgx.Tx) error) error { return db.Read(ctx, database.System, do) },
		write: func(ctx context.Context, do func(pgx.Tx) error) error { return db.Write(ctx, database.System, do) },
	}
}

// Within is the book as one transaction sees it: a restore verifies what it is about to commit.
func Within(tx pgx.Tx) *Postgres {
	var one sync.Mutex // a transaction answers one question at a time; a verification reads ahead
	same := func(_ context.Context, do func(pgx.Tx) error) error {
		one.Lock()
		defer one.Unlock()
		return do(tx)
	}
	return &Postgres{read: same, write: same}
}

// Watch receives after the lane has grown.
func (p *Postgres) Watch(ctx context.Context, lane eventstore.Lane) <-chan struct{} {
	if p.log == nil {
		return nil
	}
	return p.log.Watch(ctx, lane)
}

// Head returns the newest position and the epoch.
func (p *Postgres) Head(ctx context.Context, lane eventstore.Lane) (position int64, epoch int32, err error) {
	newest := `(select e.position from es.event e where e.log_id = $1 order by e.position desc limit 1)`
	if lane == eventstore.Telemetry {
		newest = `(select f.position from es.frame f order by f.position desc limit 1)`
	}
	err = p.read(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select coalesce(`+newest+`, l.base), l.epoch from es.log l where l.log_id = $1`, lane).Scan(&position, &epoch)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("read the head of %s: %w", lane, err)
	}
	return position, epoch, nil
}

// Leaves returns what the tree hashes.
func (p *Postgres) Leaves(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]Leaf, error) {
	if lane == eventstore.Telemetry {
		return p.frameLeaves(ctx, after, limit)
	}
	leaves := make([]Leaf, 0, min(limit, 4096))
	err := p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select e.position, e.digest, e.recorded_at from es.event e
			 where e.log_id = $1 and e.position > $2 order by e.position limit $3`, lane, after, limit)
		if err != nil {
			return err
		}
		var l Leaf
		var digest []byte
		_, err = pgx.ForEachRow(rows, []any{&l.Position, &digest, &l.RecordedAt}, func() error {
			if len(digest) != len(l.Digest) {
				return fmt.Errorf("the digest at position %d has %d bytes", l.Position, len(digest))
			}
			copy(l.Digest[:], digest)
			leaves = append(leaves, l)
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read leaves of %s after %d: %w", lane, after, err)
	}
	return leaves, nil
}

func (p *Postgres) frameLeaves(ctx context.Context, after int64, limit int) ([]Leaf, error) {
	frames, err := p.Entries(ctx, eventstore.Telemetry, after, limit)
	leaves := make([]Leaf, len(frames))
	for i := range frames {
		leaves[i] = Leaf{Position: frames[i].Position, RecordedAt: frames[i].RecordedAt}
		leaves[i].Digest, _ = DigestOf(&frames[i], nil)
	}
	return leaves, err
}

// Stored counts the kept hashes.
func (p *Postgres) Stored(ctx context.Context, lane eventstore.Lane) (count int64, err error) {
	err = p.read(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			select coalesce((select h.first + length(h.hashes) / 32 from es.hash h
			                  where h.log_id = $1 order by h.first desc limit 1), 0)`, lane).Scan(&count)
	})
	if err != nil {
		return 0, fmt.Errorf("count the tree hashes of %s: %w", lane, err)
	}
	return count, nil
}

// Hashes returns kept hashes by index.
func (p *Postgres) Hashes(ctx context.Context, lane eventstore.Lane, indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	err := p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select i.ord, substring(h.hashes from ((i.index - h.first) * 32 + 1)::int for 32)
			  from unnest($2::bigint[]) with ordinality as i(index, ord)
			 cross join lateral (select x.first, x.hashes from es.hash x
			                      where x.log_id = $1 and x.first <= i.index order by x.first desc limit 1) h
			 where (i.index - h.first) * 32 < length(h.hashes)`, lane, indexes)
		if err != nil {
			return err
		}
		var ord int
		var hash []byte
		_, err = pgx.ForEachRow(rows, []any{&ord, &hash}, func() error {
			copy(found[ord-1][:], hash)
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read tree hashes of %s: %w", lane, err)
	}
	return found, nil
}

// HashRun returns kept hashes in order. Where a row is gone, its hashes come as zero.
func (p *Postgres) HashRun(ctx context.Context, lane eventstore.Lane, from int64, limit int) ([]tlog.Hash, error) {
	var run []tlog.Hash
	err := p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select h.first, h.hashes from es.hash h
			 where h.log_id = $1 and h.first < $3
			   and h.first >= coalesce((select x.first from es.hash x where x.log_id = $1 and x.first <= $2 order by x.first desc limit 1), 0)
			 order by h.first`, lane, from, from+int64(limit))
		if err != nil {
			return err
		}
		var first int64
		var hashes []byte
		_, err = pgx.ForEachRow(rows, []any{&first, &hashes}, func() error {
			for i := range int64(len(hashes) / tlog.HashSize) {
				at := first + i - from
				if at < 0 || at >= int64(limit) {
					continue
				}
				for int64(len(run)) < at {
					run = append(run, tlog.Hash{})
				}
				run = append(run[:at], tlog.Hash(hashes[i*tlog.HashSize:(i+1)*tlog.HashSize]))
			}
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read tree hashes of %s from %d: %w", lane, from, err)
	}
	return run, nil
}

// AppendHashes keeps hashes if first is where the tree ends.
func (p *Postgres) AppendHashes(ctx context.Context, lane eventstore.Lane, first int64, hashes []tlog.Hash) (done bool, err error) {
	raw := make([]byte, 0, len(hashes)*tlog.HashSize)
	for i := range hashes {
		raw = append(raw, hashes[i][:]...)
	}
	err = p.write(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select es.seal($1, $2, $3)`, lane, first, raw).Scan(&done)
	})
	if err != nil {
		return false, fmt.Errorf("keep %d tree hashes of %s: %w", len(hashes), lane, err)
	}
	return done, nil
}
