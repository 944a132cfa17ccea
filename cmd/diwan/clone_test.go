package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A stranger clones Diwan into a folder with spaces and Arabic letters, while another program has
// the port, and runs make run; then again.
func TestMakeRunInACleanClone(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: builds a clean clone, which the fast part leaves out")
	}
	root, err := exec.Command("git", "rev-parse", "--show-toplevel").Output()
	if err != nil {
		t.Skipf("skipped: this folder is not a work tree of git: %v", err)
	}
	folder := filepath.Join(openFolder(t), "ديوان الدولة (نسخة 2)")
	clone := exec.CommandContext(t.Context(), "git", "clone", "--quiet", "--no-hardlinks", strings.TrimSpace(string(root)), folder)
	if out, err := clone.CombinedOutput(); err != nil {
		t.Fatalf("clone: %v\n%s", err, out)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	home := filepath.Join(folder, "بيانات التجربة")
	for _, time := range []string{"first", "second"} {
		c := exec.CommandContext(t.Context(), "make", "--silent", "run", "DEMO_FLAGS=--json --listen "+taken.Addr().String())
		c.Dir = folder
		c.Env = append(os.Environ(), "DIWAN_HOME="+home, "DIWAN_DATABASE_URL=", "MAKEFLAGS=", "MAKELEVEL=")
		o := startDemo(t, c)
		if strings.Contains(o.Address, taken.Addr().String()) {
			t.Errorf("%s run: the address is that of another program: %s", time, o.Address)
		}
		if status, body := o.get(t, "/livez"); status != 200 {
			t.Errorf("%s run: /livez says %d %s", time, status, body)
		}
		if status, body := o.get(t, "/"); status != 200 || !strings.Contains(body, "<html") {
			t.Errorf("%s run: the staff app is not there: %d %.200s", time, status, body)
		}
		if len(o.People) < 10 || o.Password == "" {
			t.Errorf("%s run: the demo did not say who its people are: %+v", time, o)
		}
		o.stop(t)
		if postgresRuns(home) {
			t.Errorf("%s run: PostgreSQL still runs", time)
		}
	}
	out, err := exec.Command("git", "-C", folder, "status", "--porcelain", "--", ".", ":!بيانات التجربة").Output()
	if err != nil || len(out) > 0 {
		t.Errorf("building and running changed the work tree: %v\n%s", err, out)
	}
}
