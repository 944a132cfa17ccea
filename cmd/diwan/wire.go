package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/eventstore"
	"diwan/migrations"
	"diwan/modules/finance"
	"diwan/projections"
)

// app is Diwan, wired: what it is made of stands here in order and nowhere else. demo and serve run
// it; every other command opens it, does one thing and closes it.
type app struct {
	settings settings
	place    *place
	db       *database.DB
	store    eventstore.Store
	views    *projections.Runner

	finance *finance.Module
}

// government is the tenant of an installation: there is one.
func government() uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:diwan:government")) }

// open reaches the database, and wires everything on it.
func open(ctx context.Context, t *terminal) (*app, error) {
	s, err := readSettings(t.env)
	if err != nil {
		return nil, err
	}
	a := &app{settings: s}
	if a.place, err = reach(ctx, t, s); err != nil {
		return nil, err
	}
	if err := a.wire(ctx, t); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) wire(ctx context.Context, t *terminal) (err error) {
	if err := a.shape(ctx, t); err != nil {
		return err
	}
	if a.db, err = database.Open(ctx, a.place.config); err != nil {
		return missing(err, "the database does not answer")
	}
	if a.store, err = eventstore.OpenPostgres(ctx, a.db, finance.Categories()...); err != nil {
		return missing(err, "the log cannot be opened")
	}
	zone, err := time.LoadLocation("Asia/Amman")
	if err != nil {
		return fmt.Errorf("load the office's time zone: %w", err)
	}
	a.finance = finance.New(a.store, government(), time.Now, zone)
	if a.views, err = projections.New(a.db, a.store, finance.Views()...); err != nil {
		return fmt.Errorf("wire the views: %w", err)
	}
	return nil
}

// shape makes sure that the database has this program's shape. A private one is migrated here.
func (a *app) shape(ctx context.Context, t *terminal) error {
	if a.place.cluster != nil {
		if err := a.place.migrate(ctx, t); err != nil {
			return missing(err, "the private database cannot be migrated")
		}
		return nil
	}
	applied, known, err := migrations.State(ctx, a.place.config.OwnerURL)
	if err != nil {
		return missing(err, "the database does not answer")
	}
	if applied < known {
		return missing(nil, "the database is at migration %d and this program needs %d: run diwan migrate", applied, known)
	}
	return nil
}

// close ends everything in the opposite order and leaves the database as it was found.
func (a *app) close() error {
	var failures []error
	if a.store != nil {
		failures = append(failures, a.store.Close())
	}
	if a.db != nil {
		a.db.Close()
	}
	return errors.Join(append(failures, a.place.leave())...)
}

// end closes at the end of a command whose answer is already out; what goes wrong is told.
func (a *app) end(t *terminal) {
	if err := a.close(); err != nil {
		t.progress("%v", err)
	}
}
