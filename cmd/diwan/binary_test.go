package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// built is the program, built once for the tests that run it as people do.
var built struct {
	once sync.Once
	path string
	err  error
}

func binary() (string, error) {
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "diwan-binary")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "diwan")
		if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", built.path, ".").CombinedOutput(); err != nil {
			built.err = fmt.Errorf("go build: %w\n%s", err, out)
		}
	})
	return built.path, built.err
}

func TestMain(m *testing.M) {
	status := m.Run()
	if shared.office != nil {
		if err := shared.office.end(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, shared.office.errs)
			status = 1
		}
	}
	os.RemoveAll(shared.folder)
	if built.path != "" {
		os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(status)
}

// shared is the one running demo of the tests that only need some demo; seeding takes its time.
var shared struct {
	once   sync.Once
	folder string
	office *office
	err    error
}

// demoOffice returns the shared running demo and its home.
func demoOffice(t *testing.T) (o *office, home string) {
	t.Helper()
	path := program(t)
	shared.once.Do(func() {
		if shared.folder, shared.err = os.MkdirTemp("", "diwan-demo-"); shared.err != nil {
			return
		}
		if shared.err = os.Chmod(shared.folder, 0o755); shared.err != nil {
			return
		}
		c := exec.Command(path, "demo", "--json", "--listen", "127.0.0.1:18080")
		c.Env = environment(filepath.Join(shared.folder, "home"))
		shared.office, shared.err = start(c)
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.office, filepath.Join(shared.folder, "home")
}

// environment is that of a program with a home of its own.
func environment(home string) []string {
	return append(os.Environ(), "DIWAN_HOME="+home, "DIWAN_DATABASE_URL=", "LANG=C.UTF-8", "LC_ALL=")
}

// openFolder is a new folder that every user may enter, as PostgreSQL's must; t.TempDir is not.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "diwan-cmd-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// program returns the built program, and skips where a test wants more than the fast part.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: runs the whole program, which the fast part leaves out")
	}
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// runProgram runs one command line of the built program to its end.
func runProgram(t *testing.T, home string, args ...string) answer {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.CommandContext(t.Context(), program(t), args...)
	c.Env = environment(home)
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return answer{c.ProcessState.ExitCode(), out.String(), errs.String()}
}

// office is a running demo.
type office struct {
	Address  string `json:"address"`
	Password string `json:"password"`
	PID      int    `json:"pid"`
	People   []struct {
		ID string `json:"id"`
	} `json:"people"`

	process *exec.Cmd
	errs    *lines
}

// lines keeps what a process said, for the message of a failing test.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// startDemo starts a command that ends in diwan demo --json, and returns when it has said its address.
func startDemo(t *testing.T, c *exec.Cmd) *office {
	t.Helper()
	o, err := start(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }) // nothing when it has ended
	return o
}

func start(c *exec.Cmd) (*office, error) {
	o := &office{process: c, errs: &lines{}}
	c.Stderr = o.errs
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || json.Unmarshal([]byte(line), o) != nil {
		_ = c.Wait()
		return nil, fmt.Errorf("the demo did not say its address: %v %q\n%s", err, line, o.errs)
	}
	return o, nil
}

// stop ends the demo and requires that it ends well.
func (o *office) stop(t *testing.T) {
	t.Helper()
	if err := o.end(); err != nil {
		t.Fatalf("%v\n%s", err, o.errs)
	}
}

// end asks the demo to end as Ctrl-C does.
func (o *office) end() error {
	if o.PID <= 0 {
		return errors.New("the demo did not say which process it is")
	}
	if err := syscall.Kill(o.PID, syscall.SIGINT); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- o.process.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("the demo ended badly: %w", err)
		}
		return nil
	case <-time.After(time.Minute):
		_ = syscall.Kill(-o.process.Process.Pid, syscall.SIGKILL)
		return errors.New("the demo did not end within a minute")
	}
}

func (o *office) get(t *testing.T, path string) (int, string) {
	t.Helper()
	r, err := http.Get(o.Address + path)
	if err != nil {
		t.Fatalf("%v\n%s", err, o.errs)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// postgresRuns tells whether a private cluster of a home still has a server.
func postgresRuns(home string) bool {
	folders := []string{home}
	if elsewhere, err := os.ReadFile(filepath.Join(home, "postgres.place")); err == nil {
		folders = append(folders, strings.TrimSpace(string(elsewhere)))
	}
	found := false
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(name string, _ fs.DirEntry, err error) error {
			found = found || err == nil && filepath.Base(name) == "postmaster.pid"
			return nil
		})
	}
	return found
}
