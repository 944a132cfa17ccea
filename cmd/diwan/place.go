package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"diwan/database"
	"diwan/database/cluster"
	"diwan/migrations"
)

// place is the database of this node: the one that is named, or the private cluster.
type place struct {
	config  database.Config
	cluster *cluster.Cluster // nil when the database is named by DIWAN_DATABASE_URL
}

// reach finds the database, starting the private cluster when it is down.
func reach(ctx context.Context, t *terminal, s settings) (*place, error) {
	if s.databaseURL != "" {
		config, err := s.namedDatabase()
		return &place{config: config}, err
	}
	dir, err := s.clusterDir(t)
	if err != nil {
		return nil, err
	}
	c, err := cluster.Start(ctx, dir, cluster.Progress(func(line string) { t.progress("%s", line) }))
	if err != nil {
		return nil, missing(err, "the private database cannot be started")
	}
	config := c.Config()
	config.MaxConns = s.connections
	return &place{config, c}, nil
}

// leave ends the use of the database and leaves it as it was found.
func (p *place) leave() error {
	if p.cluster == nil {
		return nil
	}
	return p.cluster.Stop()
}

// migrate brings the database to this program's shape. A private one always is; a named one is
// migrated only by those who may: diwan migrate.
func (p *place) migrate(ctx context.Context, t *terminal) error {
	return migrations.Up(ctx, p.config.OwnerURL, func(step string) { t.progress("migrated: %s", step) })
}

// namedDatabase is how to reach the database of DIWAN_DATABASE_URL. Roles that have no address of
// their own are reached at the same place.
func (s settings) namedDatabase() (database.Config, error) {
	c := database.Config{URL: s.databaseURL, OwnerURL: s.ownerURL, ProjectorURL: s.projectorURL, DirectURL: s.directURL, MaxConns: s.connections}
	for _, role := range []struct {
		address *string
		name    string
	}{{&c.OwnerURL, "diwan_owner"}, {&c.ProjectorURL, "diwan_projector"}} {
		if *role.address != "" {
			continue
		}
		u, err := url.Parse(s.databaseURL)
		if err != nil {
			return c, badSetting("DIWAN_DATABASE_URL", "what it holds", "an address that begins with postgres://")
		}
		u.User = url.User(role.name)
		*role.address = u.String()
	}
	return c, nil
}

// clusterDir is where the private cluster lives: under home, or, because PostgreSQL never runs as
// root, in a folder of its own when home is one that only root may enter. A note in home says where.
func (s settings) clusterDir(t *terminal) (string, error) {
	if err := os.MkdirAll(s.home, 0o755); err != nil {
		return "", missing(err, "the folder %s of DIWAN_HOME cannot be made", s.home)
	}
	inside := filepath.Join(s.home, "postgres")
	if os.Getuid() != 0 || openToOthers(s.home) {
		return inside, nil
	}
	note := filepath.Join(s.home, "postgres.place")
	known, err := os.ReadFile(note)
	if err == nil {
		return strings.TrimSpace(string(known)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("find the private database: %w", err)
	}
	elsewhere := filepath.Join(defaultHome(0, ""), "private", strings.ToLower(rand.Text()[:12]))
	if err := os.MkdirAll(elsewhere, 0o755); err != nil {
		return "", missing(err, "the folder %s for the private database cannot be made", elsewhere)
	}
	if !openToOthers(elsewhere) {
		return "", missing(nil, "PostgreSQL does not run as root, and other users may not enter %s: choose another folder with DIWAN_HOME", s.home)
	}
	t.progress("only root may enter %s, so its database lives in %s", s.home, elsewhere)
	return elsewhere, os.WriteFile(note, []byte(elsewhere+"\n"), 0o600)
}

// openToOthers tells whether every user may pass through all folders of the path.
func openToOthers(path string) bool {
	for at := path; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil || info.Mode()&0o001 == 0 {
			return false
		}
		if at == filepath.Dir(at) {
			return true
		}
	}
}
