package database_test

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
)

// pooler starts a real pgbouncer in transaction mode with two connections to the server, on a unix
// socket of its own, and answers how to reach the database through it.
func pooler(t *testing.T, config database.Config) database.Config {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		program = "/usr/sbin/pgbouncer"
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("not run: pgbouncer is not installed (scripts/setup.sh test)")
	}
	direct, err := url.Parse(config.URL)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("/tmp", "diwan-pooler-") // a socket's path is short, and the server's user enters
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	settings := fmt.Sprintf(`[databases]
* = host=%s port=%s connect_query='set search_path = pg_catalog'
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = %s
auth_type = trust
auth_file = %s/users
pool_mode = transaction
default_pool_size = 2
max_client_conn = 500
ignore_startup_parameters = extra_float_digits,search_path,idle_in_transaction_session_timeout,default_transaction_isolation
server_reset_query =
`, direct.Query().Get("host"), direct.Query().Get("port"), dir, dir)
	path := filepath.Join(dir, "pgbouncer.ini")
	if err := os.WriteFile(filepath.Join(dir, "users"), []byte(`"`+direct.User.Username()+"\" \"\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	as(t, cmd, dir)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	ready(t, out)
	through := url.URL{Scheme: "postgres", User: direct.User, Path: direct.Path, RawQuery: url.Values{
		"host": {dir}, "port": {"6432"}, "sslmode": {"disable"}, "default_query_exec_mode": {"cache_describe"},
	}.Encode()}
	config.DirectURL, config.URL = config.URL, through.String()
	return config
}

// ready waits until the pooler says that it is up, and goes on reading what it says.
func ready(t *testing.T, out io.Reader) {
	t.Helper()
	said, buffer := "", make([]byte, 4096)
	for {
		n, err := out.Read(buffer)
		said += string(buffer[:n])
		if strings.Contains(said, "process up") {
			break
		}
		if err != nil {
			t.Fatalf("pgbouncer did not start: %s", said)
		}
	}
	go func() {
		for {
			if _, err := out.Read(buffer); err != nil {
				return
			}
		}
	}()
}

// as lets the pooler run as postgres when the tests run as root, as which it refuses to run.
func as(t *testing.T, cmd *exec.Cmd, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		t.Skip("not run: pgbouncer does not run as root, and there is no user postgres")
	}
	uid, _ := strconv.Atoi(who.Uid) // of the system's own list
	gid, _ := strconv.Atoi(who.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func TestSettingsNeverPassThroughAPooler(t *testing.T) {
	config := dbtest.NewConfig(t)
	shelf(t, config)
	through := pooler(t, config)
	through.MaxConns = callers
	db, err := database.Open(context.Background(), through)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	if n := serverProcesses(t, db); n > 2 {
		t.Fatalf("%d connections reach the server: this is no pooler", n)
	}
	for _, f := range foreign(t, db, db.Read) {
		t.Error(f)
	}
	// Somebody beside leaves settings on the server's connections, as no transaction of Diwan's does.
	careless, err := pgx.Connect(context.Background(), through.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer careless.Close(context.Background())
	if _, err := careless.Exec(context.Background(), `select set_config('diwan.scope', '{""}', false), set_config('diwan.actor', 'root', false)`); err != nil {
		t.Fatal(err)
	}
	for _, f := range foreign(t, db, db.Write) {
		t.Error(f)
	}
	own, err := db.Connect(context.Background(), database.System)
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close(context.Background())
	if own.Config().Port == 6432 {
		t.Error("a connection of its own goes through the pooler, where its settings would reach others")
	}
	t.Logf("%d transactions of %d people over 2 connections of the server", 2*callers*reads(), callers)
}

// serverProcesses counts the server's processes that answer many transactions at once.
func serverProcesses(t *testing.T, db *database.DB) int {
	t.Helper()
	seen := map[int]bool{}
	for range 20 {
		if err := db.Read(context.Background(), database.System, func(tx pgx.Tx) error {
			var pid int
			err := tx.QueryRow(context.Background(), "select pg_backend_pid()").Scan(&pid)
			seen[pid] = true
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return len(seen)
}
