package feed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"diwan/database"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// errLost: another process holds the consumer now, because we were silent for too long.
var errLost = errors.New("another process delivers to this consumer now")

// checkpoint is the durable position of one consumer on one topic. Its holder is the only one that
// delivers; the hold is renewed with every save, and every save requires it, so a holder that slept
// through its time can redeliver at most, never move the position.
type checkpoint struct {
	db              *database.DB // nil: the position is kept in memory only
	consumer, topic string
	holder          uuid.UUID
	hold            time.Duration
	position        int64 // as acknowledged
}

// acquire takes the consumer if nobody holds it.
func (c *checkpoint) acquire(ctx context.Context) (held bool, err error) {
	if c.db == nil {
		return true, nil
	}
	err = c.write(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			insert into es.feed as f (consumer, topic, holder, held_until) values ($1, $2, $3, clock_timestamp() + $4)
			on conflict (consumer, topic) do update set holder = $3, held_until = clock_timestamp() + $4
			 where f.holder is null or f.holder = $3 or f.held_until < clock_timestamp()
			returning position`, c.consumer, c.topic, c.holder, c.hold).Scan(&c.position)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("take consumer %s: %w", c.consumer, err)
	}
	return true, nil
}

// save makes the position durable and renews the hold.
func (c *checkpoint) save(ctx context.Context) error {
	return c.update(ctx, `
		update es.feed set position = $4, moved_at = clock_timestamp(), held_until = clock_timestamp() + $5
		 where consumer = $1 and topic = $2 and holder = $3`, c.position, c.hold)
}

// release saves and lets others deliver.
func (c *checkpoint) release(ctx context.Context) error {
	return c.update(ctx, `
		update es.feed set position = $4, moved_at = clock_timestamp(), holder = null, held_until = null
		 where consumer = $1 and topic = $2 and holder = $3`, c.position)
}

func (c *checkpoint) update(ctx context.Context, sql string, args ...any) error {
	if c.db == nil {
		return nil
	}
	err := c.write(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sql, append([]any{c.consumer, c.topic, c.holder}, args...)...)
		if err == nil && tag.RowsAffected() == 0 {
			return errLost
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("save position %d of consumer %s: %w", c.position, c.consumer, err)
	}
	return nil
}

// write does not wait for the disk: a position lost with the machine's power means that a few
// messages come again, which every consumer must bear anyway.
func (c *checkpoint) write(ctx context.Context, do func(pgx.Tx) error) error {
	return c.db.Project(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local synchronous_commit = off`); err != nil {
			return err
		}
		return do(tx)
	})
}
