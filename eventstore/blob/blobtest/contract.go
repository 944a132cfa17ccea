// Package blobtest is the contract of blob.Store: every store passes the same examples and the same
// random histories, and the histories find the faults that are planted into a store.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"diwan/eventstore/blob"
)

// Contract requires of the stores that open gives, each of them empty, what blob.Store promises.
func Contract(t *testing.T, open func(t *testing.T) blob.Store) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s blob.Store)
	}{
		{"a file comes back as it was put, under the hash of its content", comesBack},
		{"the same content is kept once", keptOnce},
		{"a file that is too large, breaks off or is not admitted leaves nothing", leavesNothing},
		{"a part of a file is read by its place", partByPlace},
		{"a file that is not there is missing in every way of asking", missing},
		{"a file is removed only when nobody put it lately", removed},
		{"what arrives in pieces becomes whole", staged},
		{"a piece that breaks off keeps what came", stagedBroken},
		{"many put the same and different files at once", together},
		{"random histories", func(t *testing.T, s blob.Store) { History(t, s) }},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func put(t *testing.T, s blob.Store, content string) blob.Kept {
	t.Helper()
	k, err := s.Put(t.Context(), strings.NewReader(content), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func all(t *testing.T, r io.ReadCloser, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func scan(t *testing.T, s blob.Store) []blob.Kept {
	t.Helper()
	var found []blob.Kept
	if err := s.Scan(t.Context(), func(k blob.Kept) error { found = append(found, k); return nil }); err != nil {
		t.Fatal(err)
	}
	return found
}

func comesBack(t *testing.T, s blob.Store) {
	for _, content := range []string{"", "كتاب رسمي", strings.Repeat("ديوان ", 1_000_000)} {
		k := put(t, s, content)
		if k.Hash != sha256.Sum256([]byte(content)) || k.Bytes != int64(len(content)) {
			t.Errorf("%d bytes were kept as %v", len(content), k)
		}
		r, err := s.Open(t.Context(), k.Hash)
		if all(t, r, err) != content {
			t.Errorf("%d bytes came back otherwise", len(content))
		}
		if again, err := s.Stat(t.Context(), k.Hash); err != nil || again != k {
			t.Errorf("stat says %v, %v; put said %v", again, err, k)
		}
	}
}

func keptOnce(t *testing.T, s blob.Store) {
	a, b, c := put(t, s, "one"), put(t, s, "one"), put(t, s, "two")
	if a != b || a == c {
		t.Errorf("kept as %v, %v and %v", a, b, c)
	}
	if found := scan(t, s); len(found) != 2 {
		t.Errorf("two contents are kept as %v", found)
	}
}

var errRefused = errors.New("refused")

func leavesNothing(t *testing.T, s blob.Store) {
	kept := put(t, s, "kept")
	long := strings.Repeat("x", 100_001)
	var large *blob.TooLarge
	if _, err := s.Put(t.Context(), strings.NewReader(long), 100_000, nil); !errors.As(err, &large) || large.Most != 100_000 {
		t.Errorf("one byte too many was answered %v", err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader(long[1:]), 100_000, nil); err != nil {
		t.Errorf("exactly as much as allowed was answered %v", err)
	}
	broken := io.MultiReader(strings.NewReader("begins"), iotest.ErrReader(errRefused))
	if _, err := s.Put(t.Context(), broken, 0, nil); !errors.Is(err, errRefused) {
		t.Errorf("a reader that broke off was answered %v", err)
	}
	refuse := func(k blob.Kept) error {
		if k.Bytes != 6 {
			t.Errorf("admit was told %v", k)
		}
		return errRefused
	}
	if _, err := s.Put(t.Context(), strings.NewReader("secret"), 0, refuse); !errors.Is(err, errRefused) {
		t.Errorf("what was not admitted was answered %v", err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("kept"), 3, nil); !errors.As(err, &large) {
		t.Errorf("too much of what is there already was answered %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := s.Put(ended, strings.NewReader("late"), 0, nil); err == nil {
		t.Error("a caller who had gone was answered with success")
	}
	want := []blob.Kept{kept, {Hash: sha256.Sum256([]byte(long[1:])), Bytes: 100_000}}
	slices.SortFunc(want, func(a, b blob.Kept) int { return bytes.Compare(a.Hash[:], b.Hash[:]) })
	if found := scan(t, s); !slices.Equal(found, want) {
		t.Errorf("there is %v, want %v", found, want)
	}
}

func partByPlace(t *testing.T, s blob.Store) {
	k := put(t, s, "0123456789")
	for _, c := range []struct {
		from, n int64
		want    string
	}{{0, 10, "0123456789"}, {0, 1, "0"}, {3, 4, "3456"}, {8, 5, "89"}, {10, 1, ""}, {99, 1, ""}, {4, 0, ""}} {
		r, err := s.Range(t.Context(), k.Hash, c.from, c.n)
		if got := all(t, r, err); got != c.want {
			t.Errorf("%d bytes from %d are %q, want %q", c.n, c.from, got, c.want)
		}
	}
	for _, bad := range [][2]int64{{-1, 5}, {0, -1}} {
		if r, err := s.Range(t.Context(), k.Hash, bad[0], bad[1]); err == nil {
			r.Close()
			t.Errorf("%d bytes from %d were read", bad[1], bad[0])
		}
	}
}

func missing(t *testing.T, s blob.Store) {
	put(t, s, "another")
	h := blob.Hash(sha256.Sum256([]byte("never put")))
	_, opened := s.Open(t.Context(), h)
	_, ranged := s.Range(t.Context(), h, 0, 1)
	_, asked := s.Stat(t.Context(), h)
	for what, err := range map[string]error{"open": opened, "range": ranged, "stat": asked} {
		if !errors.Is(err, blob.ErrMissing) {
			t.Errorf("%s of a missing file was answered %v", what, err)
		}
	}
	if err := s.Remove(t.Context(), h, time.Now()); err != nil {
		t.Errorf("removing a missing file was answered %v", err)
	}
}

func removed(t *testing.T, s blob.Store) {
	a, b := put(t, s, "a"), put(t, s, "b")
	if err := s.Remove(t.Context(), a.Hash, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Stat(t.Context(), a.Hash); err != nil {
		t.Errorf("a file put a moment ago was removed: %v", err)
	}
	if err := s.Remove(t.Context(), a.Hash, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if found := scan(t, s); !slices.Equal(found, []blob.Kept{b}) {
		t.Errorf("after removing one there is %v, want %v", found, b)
	}
	if again := put(t, s, "a"); again != a {
		t.Errorf("put again it is %v", again)
	}
}

func together(t *testing.T, s blob.Store) {
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			content := strings.Repeat(fmt.Sprint(i%4), 50_000)
			k, err := s.Put(t.Context(), strings.NewReader(content), 0, nil)
			if err != nil {
				t.Error(err)
				return
			}
			if n, err := blob.Check(t.Context(), s, k.Hash); err != nil || n != 50_000 {
				t.Errorf("what was acknowledged reads as %d bytes, %v", n, err)
			}
		})
	}
	group.Wait()
	if found := scan(t, s); len(found) != 4 {
		t.Errorf("four contents are kept as %v", found)
	}
}
