package cluster

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const port = "5432" // only part of the socket's name

// place is where a cluster lives.
type place struct {
	dir    string // absolute, links resolved
	socket string // directory of the socket
}

// maxSocketPath is the kernel's limit for a socket's path, less the name PostgreSQL adds.
const maxSocketPath = 107 - len("/.s.PGSQL."+port+".lock")

// placeAt chooses the socket's directory: inside the cluster when its path is short and plain, else
// a short one under /tmp that follows from the cluster's path.
func placeAt(dir string) (place, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return place{}, fmt.Errorf("cluster directory %q: %w", dir, err)
	}
	if resolved, err := filepath.EvalSymlinks(abs); err == nil {
		abs = resolved
	}
	p := place{dir: abs, socket: filepath.Join(abs, "socket")}
	if len(p.socket) > maxSocketPath || !plain(p.socket) {
		sum := sha256.Sum256([]byte(abs))
		p.socket = filepath.Join("/tmp", "diwan-"+hex.EncodeToString(sum[:6]))
	}
	return p, nil
}

func plain(path string) bool {
	return strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.-") == ""
}

func (p place) data() string        { return filepath.Join(p.dir, "data") }
func (p place) usersFile() string   { return filepath.Join(p.dir, "users.lock") }
func (p place) startFile() string   { return filepath.Join(p.dir, "start.lock") }
func (p place) startedFile() string { return filepath.Join(p.dir, "started") }
func (p place) pidFile() string     { return filepath.Join(p.data(), "postmaster.pid") }

// make creates the directories and gives the server's to its user.
func (p place) make(user *account) error {
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return fmt.Errorf("make cluster directory: %w", err)
	}
	if err := user.canEnter(p.dir); err != nil {
		return err
	}
	if err := os.Mkdir(p.socket, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make socket directory: %w", err)
	}
	// Somebody else's directory of this name under /tmp would let them pose as our server.
	info, err := os.Lstat(p.socket)
	if err != nil {
		return fmt.Errorf("look at socket directory: %w", err)
	}
	owner := int(info.Sys().(*syscall.Stat_t).Uid)
	if !info.IsDir() || owner != os.Getuid() && owner != user.uid() {
		return fmt.Errorf("the socket directory %s belongs to somebody else", p.socket)
	}
	if err := user.own(p.socket); err != nil {
		return err
	}
	return os.Chmod(p.socket, 0o700)
}

// serverPID finds the running server through its pid file. A pid that has passed to another program
// after a crash does not count.
func (p place) serverPID() int {
	text, err := os.ReadFile(p.pidFile())
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 || !p.serves(pid) {
		return 0
	}
	return pid
}

// serves tells whether process pid is alive and works in our data directory.
func (p place) serves(pid int) bool {
	if err := syscall.Kill(pid, 0); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		if _, after, found := strings.Cut(string(stat), ") "); found && strings.HasPrefix(after, "Z") {
			return false
		}
	}
	if cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid)); err == nil {
		return cwd == p.data()
	}
	return true
}

// clearStale removes what a crashed server left and a new one would stumble over.
func (p place) clearStale() error {
	socket := filepath.Join(p.socket, ".s.PGSQL."+port)
	for _, name := range []string{p.pidFile(), socket, socket + ".lock"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove what a crashed server left: %w", err)
		}
	}
	return nil
}

// stopServer asks the server to end its sessions and stop, and waits; after a minute it insists.
func (p place) stopServer() error {
	pid := p.serverPID()
	if pid == 0 {
		return nil
	}
	for _, try := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{{syscall.SIGINT, time.Minute}, {syscall.SIGQUIT, 10 * time.Second}} {
		if err := syscall.Kill(pid, try.signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop PostgreSQL (process %d): %w", pid, err)
		}
		for end := time.Now().Add(try.wait); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if !p.serves(pid) {
				return nil
			}
		}
	}
	return fmt.Errorf("PostgreSQL (process %d) does not stop", pid)
}

type lockKind int

const (
	shared       = lockKind(syscall.LOCK_SH)
	exclusive    = lockKind(syscall.LOCK_EX)
	exclusiveNow = lockKind(syscall.LOCK_EX | syscall.LOCK_NB)
)

// lockFile opens and locks a file; closing it, or the end of the process, unlocks it.
func lockFile(name string, kind lockKind) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), int(kind))
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", name, err)
		}
	}
}
