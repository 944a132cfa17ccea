// Package cluster runs a private PostgreSQL for Diwan from the machine's installed binaries.
//
// Three things to know. It listens on a unix socket only, in a directory that nobody else may enter,
// so every role is let in without a password. When Diwan runs as root the server runs as an
// unprivileged user. Several programs may use one cluster at a time: whoever needs it first starts
// it, whoever leaves last stops it, and one that was running before Diwan came is left running.
package cluster

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/migrations"
)

const (
	superuser    = "postgres"
	databaseName = "diwan"
)

// Cluster is a running private PostgreSQL, used by this process.
type Cluster struct {
	place    place
	options  options
	user     *account // nil: as this process
	bin      string
	users    *os.File // held shared while this process uses the cluster
	started  bool
	stopping chan struct{}
	stopOnce sync.Once
	watching sync.WaitGroup
}

type options struct {
	settings  []string
	withChild bool
	progress  func(string)
}

// Option changes how the cluster runs.
type Option func(*options)

// Setting sets a configuration parameter of the server, such as "fsync" to "off".
func Setting(name, value string) Option {
	return func(o *options) { o.settings = append(o.settings, "-c", name+"="+value) }
}

// EndWithProcess makes the server stop when the starting process dies, however it dies. For tests.
func EndWithProcess() Option { return func(o *options) { o.withChild = true } }

// Progress is told what takes time.
func Progress(tell func(string)) Option { return func(o *options) { o.progress = tell } }

// Start makes the cluster under dir if there is none, starts it if it is down, and keeps it running
// until Stop: a server that dies is started again.
func Start(ctx context.Context, dir string, opts ...Option) (*Cluster, error) {
	c := &Cluster{stopping: make(chan struct{}), options: options{progress: func(string) {}}}
	for _, o := range opts {
		o(&c.options)
	}
	var err error
	if c.place, err = placeAt(dir); err != nil {
		return nil, err
	}
	if c.bin, err = findBinaries(); err != nil {
		return nil, err
	}
	if c.user, err = unprivileged(); err != nil {
		return nil, err
	}
	if err = c.place.make(c.user); err != nil {
		return nil, err
	}
	if c.users, err = lockFile(c.place.usersFile(), shared); err != nil {
		return nil, fmt.Errorf("use cluster in %s: %w", dir, err)
	}
	if c.started, err = c.ensure(ctx); err != nil {
		c.users.Close()
		return nil, err
	}
	c.watching.Go(c.watch)
	return c, nil
}

// ensure starts the server unless it runs. One process at a time does so.
func (c *Cluster) ensure(ctx context.Context) (started bool, err error) {
	starting, err := lockFile(c.place.startFile(), exclusive)
	if err != nil {
		return false, fmt.Errorf("start cluster: %w", err)
	}
	defer starting.Close()
	if pid := c.place.serverPID(); pid != 0 && c.ready(ctx) == nil {
		return false, nil
	}
	if err := c.initialize(ctx); err != nil {
		return false, err
	}
	c.options.progress("starting PostgreSQL")
	if err := c.launch(ctx); err != nil {
		return false, err
	}
	if err := os.WriteFile(c.place.startedFile(), nil, 0o600); err != nil {
		return true, fmt.Errorf("start cluster: %w", err)
	}
	return true, c.prepare(ctx)
}

// prepare creates the roles and the database; again, it changes nothing.
func (c *Cluster) prepare(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url(superuser, "postgres"))
	if err != nil {
		return fmt.Errorf("prepare cluster: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, migrations.Roles()); err != nil {
		return fmt.Errorf("create roles: %w", err)
	}
	var exists bool
	if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, databaseName).Scan(&exists); err != nil {
		return fmt.Errorf("look for database: %w", err)
	}
	if exists {
		return nil
	}
	if _, err := conn.Exec(ctx, `create database `+databaseName+` owner diwan_owner template template0 encoding 'UTF8'`); err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	return nil
}

// watchEvery is how soon a server that died is noticed.
const watchEvery = 200 * time.Millisecond

// watch starts the server again when it has died, until Stop.
func (c *Cluster) watch() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-c.stopping:
			return
		case <-tick.C:
		}
		if c.place.serverPID() == 0 {
			if _, err := c.ensure(ctx); err != nil {
				c.options.progress("PostgreSQL is down: " + err.Error())
			}
		}
	}
}

// Stop ends this process's use of the cluster. The last one to leave stops the server, when it was
// Diwan that had started it.
func (c *Cluster) Stop() error {
	var err error
	c.stopOnce.Do(func() {
		close(c.stopping)
		c.watching.Wait()
		err = c.leave()
	})
	return err
}

func (c *Cluster) leave() error {
	starting, err := lockFile(c.place.startFile(), exclusive)
	if err != nil {
		return fmt.Errorf("stop cluster: %w", err)
	}
	defer starting.Close()
	c.users.Close()
	others, err := lockFile(c.place.usersFile(), exclusiveNow)
	if err != nil {
		return nil // somebody else uses it, and stops it when leaving
	}
	defer others.Close()
	if _, err := os.Stat(c.place.startedFile()); err != nil {
		return nil // it was running before Diwan came
	}
	if err := c.place.stopServer(); err != nil {
		return err
	}
	return os.Remove(c.place.startedFile())
}

// Started tells whether this call of Start started the server.
func (c *Cluster) Started() bool { return c.started }

// PID is the server's process, or 0 when it is down this moment.
func (c *Cluster) PID() int { return c.place.serverPID() }

// Data is the server's data directory.
func (c *Cluster) Data() string { return c.place.data() }

// Binaries is the directory of PostgreSQL's programs.
func (c *Cluster) Binaries() string { return c.bin }

// Running tells whether a server runs in the cluster under dir.
func Running(dir string) bool {
	p, err := placeAt(dir)
	return err == nil && p.serverPID() != 0
}

// Config is how Diwan reaches its database in the cluster.
func (c *Cluster) Config() database.Config { return c.ConfigOf(databaseName) }

// ConfigOf is how Diwan reaches another database in the cluster.
func (c *Cluster) ConfigOf(name string) database.Config {
	return database.Config{
		URL: c.url("diwan_app", name), OwnerURL: c.url("diwan_owner", name), ProjectorURL: c.url("diwan_projector", name),
	}
}

// AdminURL reaches a database as superuser: for tests, drills and doctors, never for running.
func (c *Cluster) AdminURL(name string) string { return c.url(superuser, name) }

func (c *Cluster) url(role, name string) string {
	q := url.Values{"host": {c.place.socket}, "port": {port}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + name, RawQuery: q.Encode()}
	return u.String()
}

func (c *Cluster) ready(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := pgx.Connect(limited, c.url(superuser, "postgres"))
	if err != nil {
		return err
	}
	return conn.Close(limited)
}

func (c *Cluster) log() string { return filepath.Join(c.place.dir, "postgresql.log") }
