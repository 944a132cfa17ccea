package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
	"time"

	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

// keyFile holds the keys that sign the log's checkpoints.
func (s settings) keyFile() checkpoint.KeyFile {
	return checkpoint.KeyFile{Path: filepath.Join(s.keysDir(), "log.key")}
}

// sealedDir is the sealer's own memory of what it signed, outside the database.
func (s settings) sealedDir() string { return filepath.Join(s.keysDir(), "sealed") }

// publicKeys are all keys that ever signed; none before the first seal.
func (s settings) publicKeys() ([]checkpoint.PublicKey, error) {
	keys, err := s.keyFile().Public()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return keys, err
}

// sealer makes the sealer of this node. Only one process of a home seals at a time: when another
// holds the memory, s is nil and that other one seals.
func (a *app) sealer(log func(error)) (s *seal.Sealer, release func() error, err error) {
	none := func() error { return nil }
	state, err := witness.OpenState(a.settings.sealedDir())
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, none, nil
	}
	if err != nil {
		return nil, none, fmt.Errorf("open the sealer's memory: %w", err)
	}
	keys, err := a.settings.keyFile().LoadOrCreate(time.Now())
	if err != nil {
		return nil, none, errors.Join(err, state.Close())
	}
	s, err = seal.New(seal.NewPostgres(a.db, a.store), seal.Config{
		Name: a.settings.logName, Keys: keys, State: state, Witnesses: a.settings.witnesses, Now: time.Now, Log: log,
	})
	if err != nil {
		return nil, none, errors.Join(err, state.Close())
	}
	return s, state.Close, nil
}

// sealNow seals what was written, when no server does: a command that ends leaves nothing unsealed.
func (a *app) sealNow(ctx context.Context) error {
	s, release, err := a.sealer(nil)
	if err != nil || s == nil {
		return err
	}
	for _, lane := range s.Lanes {
		if _, err := s.Seal(ctx, lane); err != nil {
			return errors.Join(err, release())
		}
	}
	return release()
}
