package seal

import (
	"context"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"diwan/eventstore"
)

// The tree is tlog's own, for every size: same stored hashes, same root, and it can be taken up
// again from what is stored.
func TestTreeIsTheOneOfTlog(t *testing.T) {
	book := NewMemory(nil)
	reads := reader(context.Background(), book, eventstore.Main)
	grown := &tree{}
	for n := int64(0); n < 700; n++ {
		record := []byte{byte(n), byte(n >> 8)}
		want, err := tlog.StoredHashes(n, record, reads)
		must(t, err)
		got := grown.add(tlog.RecordHash(record), nil)
		if len(got) != len(want) {
			t.Fatalf("entry %d stores %d hashes, tlog %d", n, len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("entry %d: hash %d differs from tlog's", n, i)
			}
		}
		_, err = book.AppendHashes(context.Background(), eventstore.Main, tlog.StoredHashCount(n), got)
		must(t, err)
		root, err := tlog.TreeHash(n+1, reads)
		must(t, err)
		taken, err := loadTree(context.Background(), book, eventstore.Main, n+1)
		must(t, err)
		if grown.root() != root || taken.root() != root {
			t.Fatalf("root at %d differs from tlog's", n+1)
		}
	}
}

func TestLeavesInInvertsStoredHashCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1<<40).Draw(t, "entries")
		if size, rest := leavesIn(tlog.StoredHashCount(n)); size != n || rest != 0 {
			t.Fatalf("%d entries came back as %d and %d hashes", n, size, rest)
		}
	})
}
