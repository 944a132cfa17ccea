package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// F21: whatever is sent, the program stays under this, and says in a sentence why it refuses.
const mostMemory = 400 << 20

// controlGroup is a memory limit of 512 MiB, where this machine lets us set one.
func controlGroup(t *testing.T) (join func(pid int) error) {
	t.Helper()
	const limit = "536870912"
	for _, kind := range []struct{ root, file string }{
		{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"}, {"/sys/fs/cgroup", "memory.max"},
	} {
		dir := filepath.Join(kind.root, fmt.Sprintf("diwan-test-%d", os.Getpid()))
		if os.Mkdir(dir, 0o755) != nil {
			continue
		}
		t.Cleanup(func() { os.Remove(dir) })
		if os.WriteFile(filepath.Join(dir, kind.file), []byte(limit), 0o644) == nil {
			return func(pid int) error {
				return os.WriteFile(filepath.Join(dir, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0o644)
			}
		}
	}
	t.Log("not run: the limit of a control group, which this machine does not let us set; memory is measured instead")
	return func(int) error { return nil }
}

// A file of a million rows is refused as soon as that is known.
func TestAHugeFileIsRefusedInLittleMemory(t *testing.T) {
	_, home := demoOffice(t)
	join := controlGroup(t)
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	go func() {
		defer out.Close()
		w := bufio.NewWriterSize(out, 1<<20)
		fmt.Fprintln(w, "year,fund,chapter,programme,activity,item,source,amount")
		for i := range 1_000_000 {
			if _, err := fmt.Fprintf(w, "2026,01,%d,%04d,%03d,221%d,001,%d.500\n", 2000+i%50, 4000+i/1000, i%1000, 100+i%17, i+1); err != nil {
				return // it was refused
			}
		}
		_ = w.Flush() // the same
	}()
	var answer, errs bytes.Buffer
	c := exec.CommandContext(t.Context(), program(t), "import", "budget", "/dev/fd/3", "--year", "2026", "--dry-run", "--json")
	c.Env, c.ExtraFiles, c.Stdout, c.Stderr = environment(home), []*os.File{in}, &answer, &errs
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	if err := join(c.Process.Pid); err != nil {
		t.Logf("not run: the control group: %v", err)
	}
	err = c.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitRefused || !strings.Contains(answer.String(), "import.too_many_rows") {
		t.Errorf("%v\n%s%s", err, answer.String(), errs.String())
	}
	if most := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10; most > mostMemory {
		t.Errorf("it took %d MiB", most>>20)
	}
}

// What is sent to the server to make it swell is refused with a sentence, and it does not swell.
func TestHugeRequestsAreRefusedInLittleMemory(t *testing.T) {
	o, _ := demoOffice(t)
	deep := strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	var aliases strings.Builder
	for i := 0; aliases.Len() < 1<<20-200; i++ {
		fmt.Fprintf(&aliases, " a%d:me{id}", i)
	}
	for name, body := range map[string]string{
		"10 MB of document":       `{"query":"{ ` + strings.Repeat("me { id } ", 1<<20) + `}"}`,
		"10 MB of one name":       `{"query":"{ ` + strings.Repeat("x", 10<<20) + ` }"}`,
		"variables 10,000 deep":   `{"query":"query($v: ID!) { payee(id: $v) { id } }","variables":{"v":` + deep + `}}`,
		"a document 100,000 deep": `{"query":"` + strings.Repeat("{a", 100_000) + `"}`,
		"as many aliases as fit":  `{"query":"{` + aliases.String() + `}"}`,
		"not JSON":                strings.Repeat("[", 1<<20),
	} {
		r, err := http.Post(o.Address+"/graphql", "application/json", strings.NewReader(body))
		if err != nil {
			if errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) {
				continue // it was refused before it was read
			}
			t.Errorf("%s: %v", name, err)
			continue
		}
		said, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode < 400 || r.StatusCode >= 500 || !strings.Contains(string(said), `"message":"`) {
			t.Errorf("%s: %d %.300s %v", name, r.StatusCode, said, err)
		}
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", o.PID))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		if text, found := strings.CutPrefix(line, "VmHWM:"); found {
			kib, err := strconv.ParseInt(strings.Fields(text)[0], 10, 64)
			if err != nil || kib<<10 > mostMemory {
				t.Errorf("the server took %s %v", text, err)
			}
			t.Logf("most memory of the server: %d MiB", kib>>10)
		}
	}
}
