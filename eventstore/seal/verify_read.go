package seal

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
)

// batch is one page of entries on its way from the database to the hashing.
type batch struct {
	entries []eventstore.Recorded
	err     error
}

// readAhead reads pages up to head while the page before is being hashed.
func readAhead(ctx context.Context, book Book, lane eventstore.Lane, head int64) <-chan batch {
	pages := make(chan batch, 2)
	go func() {
		defer close(pages)
		for after := int64(0); after < head; {
			entries, err := book.Entries(ctx, lane, after, page)
			for len(entries) > 0 && entries[len(entries)-1].Position > head {
				entries = entries[:len(entries)-1]
			}
			if err == nil && len(entries) == 0 {
				return
			}
			select {
			case pages <- batch{entries, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
			after = entries[len(entries)-1].Position
		}
	}()
	return pages
}

// storedHashes hands out kept tree hashes in order, a page at a time.
type storedHashes struct {
	book  Book
	lane  eventstore.Lane
	index int64 // of the first hash of page
	page  []tlog.Hash
}

// next returns the next n kept hashes, fewer at the end or where some are gone.
func (s *storedHashes) next(ctx context.Context, n int) ([]tlog.Hash, error) {
	if len(s.page) < n {
		more, err := s.book.HashRun(ctx, s.lane, s.index+int64(len(s.page)), 2*page)
		if err != nil {
			return nil, err
		}
		s.page = append(append(make([]tlog.Hash, 0, len(s.page)+len(more)), s.page...), more...)
	}
	n = min(n, len(s.page))
	taken := s.page[:n]
	s.page, s.index = s.page[n:], s.index+int64(n)
	return taken, nil
}

// mark is a size at which the root is known from a signature.
type mark struct {
	size   int64
	root   tlog.Hash // already opened, for those from outside
	signed *Signed   // to be opened, for kept ones
	from   string
}

// marks hands out kept and outside checkpoints by size.
type marks struct {
	book       Book
	lane       eventstore.Lane
	upTo       int64 // newest kept size when verification began
	outside    []outside
	kept       []Signed
	afterSize  int64
	afterEpoch int32
	done       bool
	used       int // of outside
}

// at returns the next checkpoint of exactly this size, kept ones first. A kept one of a smaller
// size is handed out too, late: sizes are asked for in order, so there is none in a sound book.
func (m *marks) at(ctx context.Context, size int64) (mark, bool, error) {
	if len(m.kept) == 0 && !m.done {
		var err error
		if m.kept, err = m.book.Checkpoints(ctx, m.lane, m.afterSize, m.afterEpoch, 1000); err != nil {
			return mark{}, false, err
		}
		if m.done = len(m.kept) == 0; !m.done {
			last := m.kept[len(m.kept)-1]
			m.afterSize, m.afterEpoch = last.Size, last.Epoch
		}
	}
	if len(m.kept) > 0 && m.kept[0].Size <= size {
		s := m.kept[0]
		m.kept = m.kept[1:]
		return mark{size: s.Size, signed: &s, from: "the signed checkpoint"}, true, nil
	}
	for m.used < len(m.outside) && m.outside[m.used].Size <= size {
		o := m.outside[m.used]
		m.used++
		if o.Size > 0 {
			return mark{size: o.Size, root: o.Root, from: "the checkpoint kept by " + o.from}, true, nil
		}
	}
	return mark{}, false, nil
}

// largest is the largest size that is vouched for, and by whom.
func (m *marks) largest() (int64, string) {
	if n := len(m.outside); n > 0 && m.outside[n-1].Size > m.upTo {
		return m.outside[n-1].Size, "the checkpoint kept by " + m.outside[n-1].from
	}
	return m.upTo, "the newest signed checkpoint"
}
