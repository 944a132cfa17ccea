package bench

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"diwan/database"
	"diwan/eventstore"
	"diwan/eventstore/feed"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
	"diwan/projections"
)

// Beside starts what runs beside the writer in a real node: the seal, one view and one consumer of the
// feed. They end with the turn. dir holds the seal's keys and memory of each turn.
func Beside(dir string) func(context.Context, *database.DB, eventstore.Store) error {
	var turns atomic.Int64
	return func(ctx context.Context, db *database.DB, store eventstore.Store) error {
		turn := int(1000 + turns.Add(1)) // views of other turns keep their names
		quiet := slog.New(slog.DiscardHandler)
		sealer, release, err := besideSeal(filepath.Join(dir, fmt.Sprint(turn)), db, store)
		if err != nil {
			return err
		}
		runner, err := projections.New(db, store, totals(turn))
		if err != nil {
			return err
		}
		runner.Log = quiet
		sub := feed.NewSubscriber(db, store, feed.Config{Consumer: fmt.Sprint("bench-", turn), Log: quiet})
		messages, err := sub.Subscribe(ctx, eventstore.Main.String())
		if err != nil {
			return err
		}
		go func() {
			_ = sealer.Run(ctx) // ends with the turn
			_ = release()
		}()
		go func() { _ = runner.Run(ctx) }() // ends with the turn
		go func() {
			for m := range messages {
				m.Ack()
			}
			_ = sub.Close()
		}()
		return nil
	}
}

func besideSeal(dir string, db *database.DB, store eventstore.Store) (*seal.Sealer, func() error, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	state, err := witness.OpenState(filepath.Join(dir, "sealed"))
	if err != nil {
		return nil, nil, err
	}
	keys, err := checkpoint.KeyFile{Path: filepath.Join(dir, "log.key")}.LoadOrCreate(time.Now())
	if err != nil {
		return nil, nil, err
	}
	s, err := seal.New(seal.NewPostgres(db, store), seal.Config{Keys: keys, State: state, Now: time.Now})
	return s, state.Close, err
}
