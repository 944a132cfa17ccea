package faults_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"diwan/database/cluster"
	"diwan/faultpoint"
)

// program is the product itself, built so that the named places kill, in a home of its own.
type program struct{ binary, home, hit string }

func newProgram(t *testing.T) *program {
	t.Helper()
	p := &program{home: filepath.Join(tempDir(t), "home")}
	p.binary, p.hit = filepath.Join(filepath.Dir(p.home), "diwan"), filepath.Join(t.TempDir(), "hit")
	build(t, p.binary, "diwan/cmd/diwan")
	c, err := cluster.Start(t.Context(), p.home, cluster.EndWithProcess(), cluster.Setting("fsync", "off"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// run runs a command. A place may end it; the answer tells whether it did.
func (p *program) run(t *testing.T, place string, turn int, args ...string) (out []byte, killed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), p.binary, args...)
	cmd.Env = append(os.Environ(), "DIWAN_HOME="+p.home)
	if place != "" {
		cmd.Env = append(cmd.Env, fmt.Sprintf("DIWAN_FAULT=%s#%d", place, turn), "DIWAN_FAULT_LOG="+p.hit)
	}
	var words strings.Builder
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err == nil {
		return out, false
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
		return out, true
	}
	t.Fatalf("diwan %s: %v\n%s%s", strings.Join(args, " "), err, out, words.String())
	return nil, false
}

// budgetFile writes a budget of so many rows in Diwan's own headers, one dinar a row.
func budgetFile(t *testing.T, rows int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("fund,chapter,programme,activity,item,source,amount\n")
	for i := range rows {
		fmt.Fprintf(&b, "01,2501,%04d,001,22110501,001,1.000\n", 4000+i)
	}
	path := filepath.Join(t.TempDir(), "budget.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestCommandsAreKilled kills migration, import, backup and restore at their places and runs them again:
// each goes on or begins anew, nothing is booked twice, and a backup without its end is refused.
func TestCommandsAreKilled(t *testing.T) {
	p := newProgram(t)
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	for turn := 1; ; turn++ {
		if _, killed := p.run(t, faultpoint.MigrateStatement, turn, "migrate"); !killed {
			break
		}
	}
	p.run(t, "", 0, "migrate")

	const rows = 2000
	file := budgetFile(t, rows)
	kills := 0
	for turn := 1; ; turn = 1 + r.IntN(4) {
		out, killed := p.run(t, faultpoint.ImportRow, turn, "import", "budget", file, "--year", "2027", "--json")
		if killed {
			if kills++; kills < 8 {
				continue
			}
			out, _ = p.run(t, "", 0, "import", "budget", file, "--year", "2027", "--json")
		}
		counts(t, out, rows)
		break
	}
	if kills == 0 {
		t.Error("the import was never killed")
	}
	again, _ := p.run(t, "", 0, "import", "budget", file, "--year", "2027", "--json")
	if c := counts(t, again, rows); c.Unchanged != rows {
		t.Errorf("the finished import, run again, finds %d of %d rows unchanged", c.Unchanged, rows)
	}

	half := filepath.Join(t.TempDir(), "half")
	if _, killed := p.run(t, faultpoint.BackupMid, 3, "backup", half); !killed {
		t.Error("the backup was not killed")
	}
	cmd := exec.CommandContext(t.Context(), p.binary, "restore", half)
	cmd.Env = append(os.Environ(), "DIWAN_HOME="+filepath.Join(tempDir(t), "other"))
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("a backup that was not finished was restored: %s", out)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	p.run(t, "", 0, "backup", whole)
	q := &program{binary: p.binary, home: filepath.Join(tempDir(t), "home"), hit: p.hit}
	if _, killed := q.run(t, faultpoint.RestoreMid, 2, "restore", whole); !killed {
		t.Error("the restore was not killed")
	}
	q.run(t, "", 0, "restore", whole)
	q.run(t, "", 0, "verify")
}

type imported struct {
	Rows, Accepted, Unchanged, Refused int
	Totals                             map[string]string
}

// counts reads an import's answer and requires that every row is booked, once.
func counts(t *testing.T, out []byte, rows int) imported {
	t.Helper()
	var c imported
	if err := json.Unmarshal(out, &c); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	if c.Rows != rows || c.Accepted+c.Unchanged != rows || c.Totals["2027"] != fmt.Sprintf("%d.000", rows) {
		t.Errorf("%d rows of one dinar each should be booked: %+v", rows, c)
	}
	return c
}
