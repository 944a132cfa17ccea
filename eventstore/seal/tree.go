package seal

import (
	"context"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
)

// tree grows a Merkle tree leaf by leaf, remembering only its right edge: one hash per 1 bit of
// its size. It produces the same hashes, in the same order, as tlog.StoredHashes.
type tree struct {
	size int64
	edge []tlog.Hash // roots of the complete subtrees, largest first
}

// add appends a leaf and returns the hashes to be stored for it, appended to out.
func (t *tree) add(leaf tlog.Hash, out []tlog.Hash) []tlog.Hash {
	out = append(out, leaf)
	h := leaf
	for range bits.TrailingZeros64(uint64(t.size + 1)) {
		last := len(t.edge) - 1
		h = tlog.NodeHash(t.edge[last], h)
		t.edge = t.edge[:last]
		out = append(out, h)
	}
	t.edge = append(t.edge, h)
	t.size++
	return out
}

// root is the tree's hash.
func (t *tree) root() tlog.Hash {
	if len(t.edge) == 0 {
		empty, _ := tlog.TreeHash(0, nil)
		return empty
	}
	h := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.edge[i], h)
	}
	return h
}

// loadTree reads the right edge of the tree of a size from its stored hashes.
func loadTree(ctx context.Context, book Book, lane eventstore.Lane, size int64) (*tree, error) {
	t := &tree{size: size}
	var indexes []int64
	var before int64
	for level := 62; level >= 0; level-- {
		if size&(1<<level) == 0 {
			continue
		}
		indexes = append(indexes, tlog.StoredHashIndex(level, before>>level))
		before += 1 << level
	}
	if len(indexes) == 0 {
		return t, nil
	}
	var err error
	if t.edge, err = book.Hashes(ctx, lane, indexes); err != nil {
		return nil, fmt.Errorf("read the tree of %s at %d: %w", lane, size, err)
	}
	return t, nil
}

// leavesIn tells how many whole leaves a number of stored hashes belongs to; rest is what is left over.
func leavesIn(count int64) (size, rest int64) {
	if count == 0 {
		return 0, 0
	}
	// Each leaf stores just under two hashes, so the answer is near half of count.
	size = count / 2
	for tlog.StoredHashCount(size+1) <= count {
		size++
	}
	return size, count - tlog.StoredHashCount(size)
}

// reader is the book's stored hashes as tlog asks for them.
func reader(ctx context.Context, book Book, lane eventstore.Lane) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		return book.Hashes(ctx, lane, indexes)
	})
}
