package blob_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"diwan/eventstore/blob"
	"diwan/eventstore/blob/blobtest"
	"diwan/eventstore/blob/s3test"
)

func folder(t testing.TB) *blob.Folder {
	t.Helper()
	f, err := blob.OpenFolder(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFolder(t *testing.T) {
	blobtest.Contract(t, func(t *testing.T) blob.Store { return folder(t) })
}

func TestS3(t *testing.T) {
	server, n := s3test.Start(t), 0
	blobtest.Contract(t, func(t *testing.T) blob.Store {
		n++
		return server.Store(t, fmt.Sprintf("space-%d", n), nil)
	})
}

// found collects what a check complains about instead of failing the test.
type found struct {
	rapid.TB
	complaints int
}

func (f *found) Errorf(string, ...any) { f.complaints++ }
func (f *found) Fatalf(string, ...any) { f.complaints++ }
func (f *found) Logf(string, ...any)   {}
func (f *found) FailNow()              {}
func (f *found) Failed() bool          { return f.complaints > 0 }

func TestHistoriesFindPlantedFaults(t *testing.T) {
	for _, fault := range blobtest.Faults {
		t.Run(fault, func(t *testing.T) {
			f := &found{TB: t}
			blobtest.History(f, blobtest.Planted{Store: folder(t), Fault: fault})
			if f.complaints == 0 {
				t.Error("the planted fault was not found")
			}
		})
	}
}

// path is where a folder keeps a file.
func path(root string, h blob.Hash) string {
	return filepath.Join(root, "kept", h.Hex()[:2], h.Hex()[2:4], h.Hex())
}

func TestDamageIsNamedAndHealedByTheSameContent(t *testing.T) {
	root := filepath.Join(t.TempDir(), "files")
	store, err := blob.OpenFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	k, err := store.Put(t.Context(), strings.NewReader("صورة السند"), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	damage(t, path(root, k.Hash), "صورة أخرى")
	r, err := store.Open(t.Context(), k.Hash)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadAll(r)
	var damaged *blob.Damaged
	if !errors.As(err, &damaged) || damaged.Want != k.Hash || damaged.Got != sha256.Sum256([]byte("صورة أخرى")) {
		t.Errorf("a changed file was read with %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := store.Put(t.Context(), strings.NewReader("صورة السند"), 0, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Check(t.Context(), store, k.Hash); err != nil {
		t.Errorf("put again, it is still %v", err)
	}
}

func damage(t *testing.T, path, content string) {
	t.Helper()
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestNamesOfFiles(t *testing.T) {
	h := blob.Hash(sha256.Sum256(nil))
	if back, err := blob.ParseHash(h.String()); err != nil || back != h {
		t.Errorf("%s reads as %v, %v", h, back, err)
	}
	for _, bad := range []string{
		"", h.Hex(), "sha256:", "sha256:" + strings.ToUpper(h.Hex()), h.String() + "0", h.String()[:70], "md5:" + h.Hex(),
		"sha256:" + strings.Repeat("z", 64), "sha256:../" + h.Hex()[3:],
	} {
		if _, err := blob.ParseHash(bad); err == nil {
			t.Errorf("%q was read as a name", bad)
		}
	}
}
