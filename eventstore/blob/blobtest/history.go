package blobtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"diwan/eventstore/blob"
)

// History runs random histories on a store that is empty but for what earlier histories put, and
// compares it after every step with what it should hold.
func History(t rapid.TB, s blob.Store) {
	model := map[blob.Hash]string{}
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{s, model}
		t.Repeat(map[string]func(*rapid.T){
			"put": m.put, "put a reader that breaks": m.putBroken, "put too much": m.putTooMuch,
			"range": m.partOf, "remove": m.remove, "stage": m.stage, "": m.compare,
		})
	})
}

type machine struct {
	store blob.Store
	held  map[blob.Hash]string
}

// content draws from few contents, so that the same one comes again; one is longer than a buffer.
func content(t *rapid.T) string {
	word := rapid.SampledFrom([]string{"", "سند", "قيد", "a", "ab"}).Draw(t, "word")
	return strings.Repeat(word, rapid.SampledFrom([]int{1, 2, 1000, 40_000}).Draw(t, "times"))
}

func (m *machine) put(t *rapid.T) {
	text := content(t)
	k, err := m.store.Put(context.Background(), strings.NewReader(text), 0, nil)
	if err != nil {
		t.Fatalf("put %d bytes: %v", len(text), err)
	}
	if k.Hash != sha256.Sum256([]byte(text)) || k.Bytes != int64(len(text)) {
		t.Fatalf("%d bytes are kept as %v", len(text), k)
	}
	m.held[k.Hash] = text
}

func (m *machine) putBroken(t *rapid.T) {
	text := content(t)
	_, err := m.store.Put(context.Background(), io.MultiReader(strings.NewReader(text), iotest.ErrReader(errRefused)), 0, nil)
	if !errors.Is(err, errRefused) {
		t.Fatalf("a reader that breaks is answered %v", err)
	}
}

func (m *machine) putTooMuch(t *rapid.T) {
	text := content(t) + "!"
	_, err := m.store.Put(context.Background(), strings.NewReader(text), int64(len(text))-1, nil)
	var large *blob.TooLarge
	if len(text) > 1 && !errors.As(err, &large) {
		t.Fatalf("too much is answered %v", err)
	}
	if len(text) == 1 && err == nil { // a bound of 0 is none
		m.held[sha256.Sum256([]byte(text))] = text
	}
}

// some is one of the files that are kept; ok is false when none is.
func (m *machine) some(t *rapid.T) (h blob.Hash, text string, ok bool) {
	if len(m.held) == 0 {
		return sha256.Sum256([]byte("nobody has ever put this")), "", false
	}
	var names []string
	by := map[string]blob.Hash{}
	for h := range m.held {
		names = append(names, h.Hex())
		by[h.Hex()] = h
	}
	h = by[rapid.SampledFrom(sorted(names)).Draw(t, "file")]
	return h, m.held[h], true
}

func (m *machine) partOf(t *rapid.T) {
	h, text, ok := m.some(t)
	if !ok { // an empty store gives nothing of a file that is not there
		if _, err := m.store.Range(context.Background(), h, 0, 1); !errors.Is(err, blob.ErrMissing) {
			t.Fatalf("a part of a file that is not there is answered %v", err)
		}
		return
	}
	from := rapid.IntRange(0, len(text)+2).Draw(t, "from")
	n := rapid.IntRange(0, len(text)+2).Draw(t, "n")
	r, err := m.store.Range(context.Background(), h, int64(from), int64(n))
	if err != nil {
		t.Fatalf("range: %v", err)
	}
	got, err := io.ReadAll(r)
	want := text[min(from, len(text)):min(from+n, len(text))]
	if err := errors.Join(err, r.Close()); err != nil || string(got) != want {
		t.Fatalf("%d bytes from %d of %d: %d bytes, want %d (%v)", n, from, len(text), len(got), len(want), err)
	}
}

func (m *machine) remove(t *rapid.T) {
	h, _, ok := m.some(t)
	if !ok { // removing what is not there is no failure: another sweep was first
		if err := m.store.Remove(context.Background(), h, time.Now().Add(time.Hour)); err != nil {
			t.Fatalf("removing what is not there is answered %v", err)
		}
		return
	}
	young := rapid.Bool().Draw(t, "young")
	before := time.Now().Add(time.Hour)
	if young {
		before = time.Now().Add(-time.Hour)
	}
	if err := m.store.Remove(context.Background(), h, before); err != nil {
		t.Fatalf("remove: %v", err)
	}
	if !young {
		delete(m.held, h)
	}
}

// stage puts a file together from pieces of which some are sent twice.
func (m *machine) stage(t *rapid.T) {
	text, ctx := content(t), context.Background()
	id := fmt.Sprintf("h%d", rapid.IntRange(0, 3).Draw(t, "id"))
	for at := 0; at < len(text); {
		n := rapid.IntRange(1, len(text)-at).Draw(t, "piece")
		took, err := m.store.Stage(ctx, id, int64(at), strings.NewReader(text[at:at+n]), 0)
		if err != nil || took != int64(n) {
			t.Fatalf("stage: %d, %v", took, err)
		}
		if rapid.IntRange(0, 3).Draw(t, "answer lost") > 0 {
			at += n
		}
	}
	r, err := m.store.Staged(ctx, id, int64(len(text)))
	if err != nil {
		t.Fatalf("staged: %v", err)
	}
	k, err := m.store.Put(ctx, r, 0, nil)
	if err := errors.Join(err, r.Close(), m.store.Unstage(ctx, id)); err != nil {
		t.Fatalf("put what was staged: %v", err)
	}
	if k.Hash != sha256.Sum256([]byte(text)) {
		t.Fatalf("the pieces of %d bytes became %d other bytes", len(text), k.Bytes)
	}
	m.held[k.Hash] = text
}

// compare requires that the store holds what it should and nothing else.
func (m *machine) compare(t *rapid.T) {
	last := ""
	found := 0
	err := m.store.Scan(context.Background(), func(k blob.Kept) error {
		if k.Hash.Hex() <= last {
			t.Fatalf("%s comes after %s", k.Hash, last)
		}
		last = k.Hash.Hex()
		if text, known := m.held[k.Hash]; !known || int64(len(text)) != k.Bytes {
			t.Fatalf("there is %v, which nobody keeps there", k)
		}
		found++
		return nil
	})
	if err != nil || found != len(m.held) {
		t.Fatalf("a scan finds %d of %d files (%v)", found, len(m.held), err)
	}
	for h, text := range m.held {
		n, err := blob.Check(context.Background(), m.store, h)
		if err != nil || n != int64(len(text)) {
			t.Fatalf("a file of %d bytes reads as %d: %v", len(text), n, err)
		}
	}
}
