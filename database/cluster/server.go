package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// settings of a private server. It has the machine for itself, shared with Diwan.
var settings = []string{
	"-c", "listen_addresses=",
	"-c", "max_connections=320",
	"-c", "shared_buffers=256MB",
	"-c", "max_wal_size=4GB",
	"-c", "checkpoint_timeout=15min",
	"-c", "jit=off",
	"-c", "timezone=UTC",
	"-c", "log_timezone=UTC",
	"-c", "log_min_messages=warning",
	"-c", "password_encryption=scram-sha-256",
}

// findBinaries looks where Debian keeps PostgreSQL's programs, then in the PATH. 15 or newer.
func findBinaries() (string, error) {
	for _, version := range []string{"15", "18", "17", "16"} {
		dir := "/usr/lib/postgresql/" + version + "/bin"
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("PostgreSQL's programs are not installed: apt-get install postgresql-15 (or put initdb and postgres in the PATH)")
	}
	if initdb, err = filepath.EvalSymlinks(initdb); err != nil {
		return "", fmt.Errorf("find PostgreSQL: %w", err)
	}
	return filepath.Dir(initdb), nil
}

// initialize makes the data directory. It is made under another name and moved, so that a run that
// was killed half-way leaves nothing that looks finished.
func (c *Cluster) initialize(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(c.place.data(), "PG_VERSION")); err == nil {
		return nil
	}
	c.options.progress("creating a private PostgreSQL")
	making := c.place.data() + ".making"
	if err := os.RemoveAll(making); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	if err := os.Mkdir(making, 0o700); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	if err := c.user.own(making); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, "initdb"), "--pgdata", making, "--username", superuser,
		"--encoding", "UTF8", "--locale", "C.UTF-8", "--auth-local", "trust", "--auth-host", "reject", "--data-checksums", "--no-instructions")
	if c.options.withChild {
		cmd.Args = append(cmd.Args, "--no-sync") // a test's cluster ends with the test
	}
	c.user.drop(cmd)
	cmd.Dir = making
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, strings.TrimSpace(string(out)))
	}
	if err := os.Rename(making, c.place.data()); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	return nil
}

// launch starts the server and waits until it takes connections. A server whose predecessor was
// killed may have to wait for its last processes to end.
func (c *Cluster) launch(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		if pid := c.place.serverPID(); pid == 0 {
			if err := c.place.clearStale(); err != nil {
				return err
			}
			ended, err := c.spawn()
			if err != nil {
				return err
			}
			if err := c.await(limited, ended); err == nil {
				return nil
			} else if !errors.Is(err, errStillInUse) {
				return err
			}
		} else if c.ready(limited) == nil {
			return nil
		}
		select {
		case <-limited.Done():
			return fmt.Errorf("PostgreSQL does not come up: %w; see %s", limited.Err(), c.log())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

var errStillInUse = errors.New("processes of the server before are still ending")

// await waits until the server answers, or has ended.
func (c *Cluster) await(ctx context.Context, ended <-chan struct{}) error {
	for {
		if c.place.serverPID() != 0 && c.ready(ctx) == nil {
			return nil
		}
		select {
		case <-ended:
			said := c.lastWords()
			if strings.Contains(said, "shared memory block") || strings.Contains(said, "lock file") {
				return errStillInUse
			}
			return fmt.Errorf("PostgreSQL ended at once: %s", said)
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not come up: %w; see %s", ctx.Err(), c.log())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// maxLog is how long the server's log grows before the next start begins it anew.
const maxLog = 20 << 20

// spawn starts the server as a child; ended is closed when it has gone and was reaped.
func (c *Cluster) spawn() (ended <-chan struct{}, err error) {
	if info, err := os.Stat(c.log()); err == nil && info.Size() > maxLog {
		_ = os.Rename(c.log(), c.log()+".1") // an older log is only kept for convenience
	}
	out, err := os.OpenFile(c.log(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL's log: %w", err)
	}
	defer out.Close()
	args := slices.Concat([]string{"-D", c.place.data(), "-k", c.place.socket, "-p", port}, settings, c.options.settings)
	cmd := exec.Command(filepath.Join(c.bin, "postgres"), args...)
	c.user.drop(cmd)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.place.data(), out, out
	if c.options.withChild {
		cmd.SysProcAttr.Pdeathsig = syscall.SIGINT
	}
	result, gone := make(chan error, 1), make(chan struct{})
	go func() {
		// The kernel watches the thread that started the child, so this one stays until it ends.
		runtime.LockOSThread()
		defer close(gone)
		err := cmd.Start()
		result <- err
		if err == nil {
			_ = cmd.Wait() // how it ended stands in its log
		}
	}()
	if err := <-result; err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return gone, nil
}

// lastWords are the newest lines of the server's log.
func (c *Cluster) lastWords() string {
	text, err := os.ReadFile(c.log())
	if errors.Is(err, fs.ErrNotExist) || len(text) == 0 {
		return "it said nothing"
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-4):], " / ")
}
