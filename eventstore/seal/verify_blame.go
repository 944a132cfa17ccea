package seal

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
)

// acquit: the signed root agrees with the entries, so the kept tree hash is what was changed.
func (l *laneCheck) acquit() error {
	s := l.suspect
	switch {
	case s.absent:
		l.verdict = broken(HashRemoved, s.to, 0, "the entries agree with the signed checkpoint; the kept tree hash is gone")
	case s.leaf:
		l.verdict = broken(HashChanged, s.to, 0, "the entry agrees with the signed checkpoint; its kept tree hash was changed")
	default:
		l.verdict = broken(HashChanged, s.to, 0, fmt.Sprintf("the entries %d to %d agree with the signed checkpoint; the kept hash above them was changed", s.from, s.to))
	}
	return nil
}

// decide: no signed root agrees with the entries, so an entry is not what was sealed.
func (l *laneCheck) decide(ctx context.Context) error {
	s := l.suspect
	if !s.leaf {
		l.verdict = broken(Changed, s.from, s.to, fmt.Sprintf("an entry between %d and %d was changed together with its own tree hash; the hash above them still tells", s.from, s.to))
		return nil
	}
	if s.absent {
		l.verdict = broken(HashRemoved, s.to, 0, "the kept tree hash is gone, and no signed checkpoint agrees with the entries")
		return nil
	}
	e := &s.entry
	came, err := l.sealedAs(ctx, e)
	if err != nil {
		return err
	}
	follows, err := l.followerOf(ctx, e.Position)
	if err != nil {
		return err
	}
	switch {
	case came == e.Position+1 && follows == e.Position+2:
		l.verdict = broken(Removed, e.Position, 0, "the entry is gone and the later ones were moved down by one")
	case came > 0:
		l.verdict = broken(Swapped, e.Position, 0, fmt.Sprintf("here stands the entry that was sealed at %d", came))
	case follows == e.Position:
		l.verdict = broken(Inserted, e.Position, 0, "an entry that was never sealed was put here and the later ones moved up by one")
	default:
		l.verdict = broken(Changed, e.Position, 0, l.whatChanged(e))
	}
	return nil
}

func (l *laneCheck) whatChanged(e *eventstore.Recorded) string {
	digest, _ := DigestOf(e, nil)
	switch {
	case l.lane == eventstore.Telemetry:
		return "the frame is not the one that was sealed"
	case digest != e.Digest:
		return "the columns no longer give the digest that was written with them"
	default:
		return "digest and columns agree, but not with what was sealed: the digest was made again, or the time was changed"
	}
}

// sealedAs finds the other position whose sealed leaf this entry gives, 0 when there is none: by
// its digest column as it is, or by a digest made again for that position.
func (l *laneCheck) sealedAs(ctx context.Context, e *eventstore.Recorded) (int64, error) {
	asWritten := Leaf{0, e.Digest, e.RecordedAt}.Hash()
	moved := *e
	var scratch []byte
	run := storedHashes{book: l.book, lane: l.lane}
	for q := int64(1); q <= l.sealed; q++ {
		kept, err := run.next(ctx, 1+trailingOnes(q-1))
		if err != nil || len(kept) == 0 {
			return 0, err
		}
		if q == e.Position {
			continue
		}
		moved.Position = q
		var digest [32]byte
		digest, scratch = DigestOf(&moved, scratch)
		if kept[0] == asWritten || kept[0] == (Leaf{q, digest, e.RecordedAt}).Hash() {
			return q, nil
		}
	}
	return 0, nil
}

// followerOf tells as which of position p and p+2 the entry at p+1 was sealed, 0 when as neither.
func (l *laneCheck) followerOf(ctx context.Context, p int64) (int64, error) {
	next, err := l.book.Entries(ctx, l.lane, p, 1)
	if err != nil || len(next) == 0 || p+2 > l.sealed {
		return 0, err
	}
	for _, q := range []int64{p, p + 2} {
		kept, err := l.book.Hashes(ctx, l.lane, []int64{tlog.StoredHashIndex(0, q-1)})
		if err != nil {
			return 0, err
		}
		e := next[0]
		asWritten := Leaf{q, e.Digest, e.RecordedAt}.Hash()
		e.Position = q
		digest, _ := DigestOf(&e, nil)
		if kept[0] == asWritten || kept[0] == (Leaf{q, digest, e.RecordedAt}).Hash() {
			return q, nil
		}
	}
	return 0, nil
}

func trailingOnes(n int64) int {
	count := 0
	for ; n&1 == 1; n >>= 1 {
		count++
	}
	return count
}
