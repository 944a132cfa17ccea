package cluster_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database/cluster"
)

// folder is a new directory that an unprivileged server may reach.
func folder(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "diwan-cluster-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return filepath.Join(dir, name)
}

func start(t *testing.T, dir string) *cluster.Cluster {
	t.Helper()
	c, err := cluster.Start(context.Background(), dir, cluster.EndWithProcess(), cluster.Setting("shared_buffers", "16MB"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Stop() })
	return c
}

func ask(t *testing.T, c *cluster.Cluster, sql string) (answer string) {
	t.Helper()
	// A server that was just killed is back within moments; the deadline only ends a hopeless wait.
	for end := time.Now().Add(time.Minute); ; {
		conn, err := pgx.Connect(context.Background(), c.Config().URL)
		if err == nil {
			err = conn.QueryRow(context.Background(), sql).Scan(&answer)
			conn.Close(context.Background())
		}
		if err == nil {
			return answer
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

func TestAPathWithSpacesAndArabicLettersAndOfAnyLength(t *testing.T) {
	long := "a folder of a long name that by itself is longer than the path of a socket may be on any system we know"
	c := start(t, folder(t, "ديوان المالية/"+long))
	if who := ask(t, c, "select current_user"); who != "diwan_app" {
		t.Errorf("connected as %s", who)
	}
	if enc := ask(t, c, "show server_encoding"); enc != "UTF8" {
		t.Errorf("the database is in %s", enc)
	}
	if listens := ask(t, c, "show listen_addresses"); listens != "" {
		t.Errorf("the private server listens on %q", listens)
	}
}

func TestTheLastToLeaveStopsTheServer(t *testing.T) {
	dir := folder(t, "c")
	first, second := start(t, dir), start(t, dir)
	if !first.Started() || second.Started() {
		t.Errorf("the first starts the server, the second finds it: %t, %t", first.Started(), second.Started())
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	ask(t, second, "select 'still there'")
	if err := second.Stop(); err != nil {
		t.Fatal(err)
	}
	if cluster.Running(dir) {
		t.Error("nobody uses the server, and it runs")
	}
}

func TestAKilledServerComesBack(t *testing.T) {
	dir := folder(t, "c")
	c := start(t, dir)
	for range 3 {
		killed := c.PID()
		if err := c.Signal(t.Context(), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		ask(t, c, "select 'back'")
		if c.PID() == killed {
			t.Error("the killed process answered")
		}
	}
}

func TestWhatACrashLeftDoesNotHinderTheStart(t *testing.T) {
	dir := folder(t, "c")
	c := start(t, dir)
	data := c.Data()
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	// The pid of the crashed server now belongs to this test.
	pid := filepath.Join(data, "postmaster.pid")
	if err := os.WriteFile(pid, []byte(strconv.Itoa(os.Getpid())+"\n"+data+"\n1\n5432\n/tmp\n\n  1 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if cluster.Running(dir) {
		t.Error("another program's pid is taken for the server")
	}
	if again := start(t, dir); !again.Started() {
		t.Error("the server was not started")
	}
}
