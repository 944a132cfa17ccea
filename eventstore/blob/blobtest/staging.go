package blobtest

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"diwan/eventstore/blob"
)

func staged(t *testing.T, s blob.Store) {
	ctx := t.Context()
	first, second := strings.Repeat("a", 5_000_000), strings.Repeat("b", 70_000)
	stage := func(at int64, content string, most int64) (int64, error) {
		return s.Stage(ctx, "one", at, strings.NewReader(content), most)
	}
	if n, err := stage(0, first, 0); err != nil || n != int64(len(first)) {
		t.Fatalf("%d bytes, %v", n, err)
	}
	// A call whose answer was lost is sent again, and once with less.
	if n, err := stage(4_000_000, "other", 0); err != nil || n != 5 {
		t.Fatalf("%d bytes, %v", n, err)
	}
	for range 2 {
		if n, err := stage(4_000_000, first[4_000_000:], 0); err != nil || n != 1_000_000 {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	at := int64(len(first))
	if n, err := stage(at, second, int64(len(second))); err != nil || n != int64(len(second)) {
		t.Fatalf("exactly as much as allowed: %d bytes, %v", n, err)
	}
	var large *blob.TooLarge
	if n, err := stage(at, second, 10); !errors.As(err, &large) || n != 10 {
		t.Errorf("more than allowed was answered %d, %v", n, err)
	}
	if n, err := stage(at, second, 0); err != nil || n != int64(len(second)) {
		t.Fatalf("%d bytes, %v", n, err)
	}
	r, err := s.Staged(ctx, "one", at+int64(len(second)))
	if all(t, r, err) != first+second {
		t.Error("the pieces do not make the whole")
	}
	if r, err := s.Staged(ctx, "one", at+int64(len(second))+1); !errors.Is(err, blob.ErrMissing) {
		if err == nil {
			_, err = io.Copy(io.Discard, r)
			r.Close()
		}
		t.Errorf("more than has arrived was answered %v", err)
	}
	if found := scan(t, s); len(found) != 0 {
		t.Errorf("what arrives is seen as files: %v", found)
	}
	for _, id := range []string{"", "../one", "One", "a/b", strings.Repeat("a", 65), "سند"} {
		if _, err := s.Stage(ctx, id, 0, strings.NewReader("x"), 0); err == nil {
			t.Errorf("a piece of work was named %q", id)
		}
	}
	for range 2 {
		if err := s.Unstage(ctx, "one"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Staged(ctx, "one", 1); !errors.Is(err, blob.ErrMissing) {
		t.Errorf("what was forgotten was answered %v", err)
	}
	r, err = s.Staged(ctx, "two", 0)
	if all(t, r, err) != "" {
		t.Error("nothing is something")
	}
}

func stagedBroken(t *testing.T, s blob.Store) {
	broken := io.MultiReader(strings.NewReader("half of it"), iotest.ErrReader(errRefused))
	n, err := s.Stage(t.Context(), "cut", 0, broken, 0)
	if n != 10 || !errors.Is(err, errRefused) {
		t.Fatalf("a line that broke was answered %d bytes, %v", n, err)
	}
	if n, err := s.Stage(t.Context(), "cut", n, strings.NewReader(" and the rest"), 0); n != 13 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	r, err := s.Staged(t.Context(), "cut", 23)
	if got := all(t, r, err); got != "half of it and the rest" {
		t.Errorf("it became %q", got)
	}
}
