package blob_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"diwan/eventstore/blob"
	"diwan/eventstore/blob/s3test"
)

// TestMain lets the test's own binary be the program that is killed.
func TestMain(m *testing.M) {
	if root := os.Getenv("DIWAN_TEST_KEEPER"); root != "" {
		keep(root, os.Getenv("DIWAN_TEST_PLACE"))
	}
	os.Exit(m.Run())
}

// keep keeps one file, then begins another and stands still at a place until it is killed.
func keep(root, place string) {
	store, err := blob.OpenFolder(root)
	if err != nil {
		panic(err)
	}
	if _, err := store.Put(context.Background(), strings.NewReader("acknowledged"), 0, nil); err != nil {
		panic(err)
	}
	stand := func() { fmt.Println("here"); select {} }
	half := io.MultiReader(strings.NewReader(strings.Repeat("x", 3<<20)), waiting(stand))
	switch place {
	case "half written":
		_, err = store.Put(context.Background(), half, 0, nil)
	case "written, not visible":
		_, err = store.Put(context.Background(), strings.NewReader("unseen"), 0, func(blob.Kept) error { stand(); return nil })
	case "half staged":
		_, err = store.Stage(context.Background(), "arriving", 0, half, 0)
	}
	panic(fmt.Sprint("not killed: ", err))
}

type waiting func()

func (w waiting) Read([]byte) (int, error) { w(); return 0, io.EOF }

func TestAKillLeavesNothingHalfVisible(t *testing.T) {
	for _, place := range []string{"half written", "written, not visible", "half staged"} {
		t.Run(place, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "files")
			killAt(t, root, place)
			store, err := blob.OpenFolder(root)
			if err != nil {
				t.Fatal(err)
			}
			var all []blob.Kept
			if err := store.Scan(t.Context(), func(k blob.Kept) error { all = append(all, k); return nil }); err != nil {
				t.Fatal(err)
			}
			if len(all) != 1 || all[0].Bytes != int64(len("acknowledged")) {
				t.Fatalf("after the kill there is %v", all)
			}
			if _, err := blob.Check(t.Context(), store, all[0].Hash); err != nil {
				t.Error(err)
			}
			if _, err := store.Put(t.Context(), strings.NewReader("unseen"), 0, nil); err != nil {
				t.Errorf("what the killed process had begun cannot be put again: %v", err)
			}
			tidied(t, root)
		})
	}
}

func killAt(t *testing.T, root, place string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DIWAN_TEST_KEEPER="+root, "DIWAN_TEST_PLACE="+place)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "here\n" {
		t.Errorf("the process said %q, %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed, and says so
}

// tidied requires that what the killed process left is gone once it is old.
func tidied(t *testing.T, root string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(root, "new", "*"))
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-48 * time.Hour)
	for _, f := range left {
		if err := os.Chtimes(f, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := blob.OpenFolder(root); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(root, "new", "*")); len(left) > 0 {
		t.Errorf("old and abandoned, and still there: %v", left)
	}
}

// long is a file of n bytes that nobody holds.
type long struct{ n int64 }

func (l *long) Read(p []byte) (int, error) {
	if l.n == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), l.n)
	for i := range p[:n] {
		p[i] = byte(l.n >> (uint(i) % 16))
	}
	l.n -= n
	return int(n), nil
}

func TestALongFileTakesLittleMemory(t *testing.T) {
	const bytes = 192 << 20
	server := s3test.Start(t)
	for name, store := range map[string]blob.Store{"folder": folder(t), "S3": server.Store(t, "long", nil)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		k, err := store.Put(t.Context(), &long{bytes}, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := blob.Check(t.Context(), store, k.Hash); err != nil || n != bytes {
			t.Errorf("%s: %d bytes, %v", name, n, err)
		}
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 32 {
			t.Errorf("%s: %d MiB were taken for a file of %d MiB", name, took, bytes>>20)
		}
	}
}

func TestFixityNamesWhatIsMissingAndChanged(t *testing.T) {
	root := filepath.Join(t.TempDir(), "files")
	store, err := blob.OpenFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []blob.Hash
	for _, content := range []string{"whole", "changed", "gone"} {
		k, err := store.Put(t.Context(), strings.NewReader(content), 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, k.Hash)
	}
	damage(t, path(root, names[1]), "CHANGED")
	if err := os.Remove(path(root, names[2])); err != nil {
		t.Fatal(err)
	}
	event := fmt.Appendf(nil, `{"file":%q,"other":[%q,"sha256:short"],"again":%q,"also":%q}`, names[0], names[1], names[0], names[2])
	found := blob.ReferencesIn(event)
	if len(found) != 4 {
		t.Fatalf("the event refers to %v", found)
	}
	f, err := blob.Verify(t.Context(), store, found, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.OK || f.Referenced != 3 || len(f.Missing) != 1 || f.Missing[0] != names[2].String() || len(f.Changed) != 1 || f.Changed[0] != names[1].String() {
		t.Errorf("the report is %+v", f)
	}
	quick, err := blob.Verify(t.Context(), store, found, false, nil)
	if err != nil || len(quick.Missing) != 1 || len(quick.Changed) != 0 {
		t.Errorf("without reading, the report is %+v, %v", quick, err)
	}
}
