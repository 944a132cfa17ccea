// Package dbtest gives tests a real PostgreSQL: one private cluster for each test binary, one fresh
// migrated database for each call. The server ends with the test process.
package dbtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/cluster"
	"diwan/migrations"
)

// One cluster for the whole test binary is the point of this package, so it is kept here.
var server struct {
	once    sync.Once
	cluster *cluster.Cluster
	dir     string
	err     error
	mu      sync.Mutex // one database is copied from the template at a time
	count   int
}

const template = "diwan_template"

// New returns a fresh migrated database. It is dropped when the test ends.
func New(t testing.TB) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), NewConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

// NewConfig returns how to reach a fresh migrated database, for tests that open it more than once.
func NewConfig(t testing.TB) database.Config {
	t.Helper()
	c := Cluster(t)
	name, err := copyTemplate(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := admin(c, "drop database if exists "+name+" with (force)"); err != nil {
			t.Errorf("drop test database: %v", err)
		}
	})
	return c.ConfigOf(name)
}

// Cluster returns the test binary's cluster. fsync is off: tests of durability start their own.
func Cluster(t testing.TB) *cluster.Cluster {
	t.Helper()
	server.once.Do(func() { server.err = start() })
	if server.err != nil {
		t.Fatalf("start the tests' PostgreSQL: %v", server.err)
	}
	return server.cluster
}

// AdminURL reaches the database of config as superuser, for tests that look behind or break things.
func AdminURL(t testing.TB, config database.Config) string {
	t.Helper()
	c, err := pgx.ParseConfig(config.URL)
	if err != nil {
		t.Fatal(err)
	}
	return Cluster(t).AdminURL(c.Database)
}

// Main runs the tests and then removes the cluster. Without it the directory stays until the next
// test binary sweeps it.
func Main(m *testing.M) int {
	code := m.Run()
	if server.cluster != nil {
		_ = server.cluster.Stop() // the process ends anyway, and the server with it
		_ = os.RemoveAll(server.dir)
	}
	return code
}

const prefix = "diwan-test-"

func start() error {
	sweep()
	dir := filepath.Join("/tmp", prefix+strconv.Itoa(os.Getpid()))
	c, err := cluster.Start(context.Background(), dir, cluster.EndWithProcess(),
		cluster.Setting("fsync", "off"), cluster.Setting("full_page_writes", "off"), cluster.Setting("shared_buffers", "64MB"))
	if err != nil {
		return err
	}
	server.cluster, server.dir = c, dir
	if err := admin(c, "create database "+template+" owner diwan_owner template template0 encoding 'UTF8'"); err != nil {
		return err
	}
	return migrations.Up(context.Background(), c.ConfigOf(template).OwnerURL, nil)
}

func copyTemplate(c *cluster.Cluster) (string, error) {
	server.mu.Lock()
	defer server.mu.Unlock()
	server.count++
	name := fmt.Sprintf("diwan_test_%d", server.count)
	if err := admin(c, "create database "+name+" owner diwan_owner template "+template); err != nil {
		return "", err
	}
	// A database's own permissions do not come along with its template.
	return name, admin(c, "revoke temporary, create on database "+name+" from public")
}

func admin(c *cluster.Cluster, sql string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, c.AdminURL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}

// sweep removes the clusters of test processes that no longer live.
func sweep() {
	old, err := filepath.Glob(filepath.Join("/tmp", prefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range old {
		pid, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(dir), prefix))
		if err == nil && syscall.Kill(pid, 0) == syscall.ESRCH && !cluster.Running(dir) {
			_ = os.RemoveAll(dir) // another user's is left to them
		}
	}
}
