package seal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// page is how many entries are read at once; memory is bounded by it.
const page = 4000

// laneCheck walks one lane once, from position 1 to its head.
type laneCheck struct {
	Check
	book      Book
	lane      eventstore.Lane
	witnesses []WitnessReport

	report    LaneReport
	epochs    []Epoch
	head      int64
	sealed    int64 // entries with kept tree hashes
	tree      tree
	agreed    int64 // largest size at which a signed root agreed
	witnessed int64 // largest size at which a root kept outside agreed
	suspect   *suspicion
	marks     marks // checkpoints to come, by size
	lastAt    time.Time
	scratch   []byte
	hashes    []tlog.Hash
	verdict   *Broken
	wantStore storedHashes
}

// suspicion is the first deviation from the kept hashes; the next signed root tells who is wrong.
type suspicion struct {
	entry    eventstore.Recorded
	leaf     bool // the leaf itself deviates, not only a hash above it
	absent   bool // the kept hash is gone
	from, to int64
}

func (l *laneCheck) run(ctx context.Context) (LaneReport, error) {
	l.report = LaneReport{Lane: l.lane.String(), Notices: []string{}}
	if err := l.begin(ctx); err != nil {
		return l.report, err
	}
	if l.verdict == nil {
		if err := l.walk(ctx); err != nil {
			return l.report, err
		}
	}
	if l.verdict == nil {
		if err := l.end(ctx); err != nil {
			return l.report, err
		}
	}
	l.report.Size, l.report.Root = l.tree.size, l.tree.root().String()
	l.report.Broken = l.verdict
	return l.report, nil
}

// begin reads what is promised before reading the entries, so that a log that grows meanwhile
// never looks shorter than its own checkpoints.
func (l *laneCheck) begin(ctx context.Context) error {
	newest, ok, err := l.book.Newest(ctx, l.lane, false)
	if err != nil {
		return err
	}
	if ok {
		whole := string(newest.Whole())
		l.report.Checkpoint, l.report.Sealed = &whole, newest.Size
	}
	cosigned, ok, err := l.book.Newest(ctx, l.lane, true)
	if err != nil {
		return err
	}
	if ok {
		l.report.Cosigned = cosigned.Size
	}
	count, err := l.book.Stored(ctx, l.lane)
	if err != nil {
		return err
	}
	var rest int64
	if l.sealed, rest = leavesIn(count); rest != 0 {
		l.verdict = broken(HashRemoved, l.sealed+1, 0, "the last kept tree hashes are cut in the middle of an entry")
		return nil
	}
	var epoch int32
	if l.head, epoch, err = l.book.Head(ctx, l.lane); err != nil {
		return err
	}
	l.report.Epoch = epoch
	if l.epochs, err = l.book.Epochs(ctx, l.lane); err != nil {
		return err
	}
	l.checkEpochs(epoch)
	found, err := l.gatherOutside(ctx, epoch)
	if err != nil {
		return err
	}
	l.marks = marks{book: l.book, lane: l.lane, upTo: newest.Size, outside: l.explain(found)}
	l.wantStore = storedHashes{book: l.book, lane: l.lane}
	return nil
}

// checkEpochs requires a signed statement for every restore.
func (l *laneCheck) checkEpochs(epoch int32) {
	if l.verdict != nil {
		return
	}
	if int32(len(l.epochs)) != epoch-1 {
		l.verdict = broken(Unexplained, l.head, 0, fmt.Sprintf("the lane is in epoch %d, but %d restores are recorded", epoch, len(l.epochs)))
		return
	}
	for i, e := range l.epochs {
		o := checkpoint.Origin{Name: l.Name, Lane: l.lane, Epoch: int32(i) + 2}
		text, err := checkpoint.OpenStatement(e.Statement, o.String()+"/restored", l.Keys)
		if e.Number != o.Epoch || err != nil || text != e.statementText(o) {
			l.verdict = broken(Unexplained, e.RestoredTo+1, 0, fmt.Sprintf("epoch %d has no validly signed statement of its restore", o.Epoch))
			return
		}
		l.report.Notices = append(l.report.Notices, fmt.Sprintf("restored to %d, epoch %d, at %s", e.RestoredTo, e.Number, e.At.UTC().Format(time.RFC3339)))
	}
}

// explain keeps the outside checkpoints that bind the present log. One of an earlier epoch above
// the position its restore went back to speaks of entries that the signed statement gave up.
func (l *laneCheck) explain(all []outside) []outside {
	var binding []outside
	for _, o := range all {
		gone := false
		for _, e := range l.epochs {
			gone = gone || o.epoch < e.Number && o.Size > e.RestoredTo
		}
		if gone {
			l.report.Notices = append(l.report.Notices, fmt.Sprintf("%s saw epoch %d up to %d; entries after the restore point were given up by a signed statement", o.from, o.epoch, o.Size))
			continue
		}
		binding = append(binding, o)
	}
	slices.SortStableFunc(binding, func(a, b outside) int { return int(a.Size - b.Size) })
	return binding
}

// walk recomputes the tree over the columns.
func (l *laneCheck) walk(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	entries := readAhead(ctx, l.book, l.lane, l.head)
	for batch := range entries {
		if batch.err != nil {
			return batch.err
		}
		for i := range batch.entries {
			if err := l.take(ctx, &batch.entries[i]); err != nil || l.verdict != nil {
				return err
			}
		}
		if l.Progress != nil {
			l.Progress(l.report.Lane, l.tree.size, l.head)
		}
	}
	return ctx.Err()
}

// take adds one entry to the tree and compares.
func (l *laneCheck) take(ctx context.Context, e *eventstore.Recorded) error {
	position := l.tree.size + 1
	if e.Position != position {
		if l.suspect != nil {
			return l.decide(ctx)
		}
		l.verdict = broken(Removed, position, 0, fmt.Sprintf("the entry is gone; the next one stands at %d", e.Position))
		return nil
	}
	var digest [32]byte
	digest, l.scratch = DigestOf(e, l.scratch)
	leaf := Leaf{position, digest, e.RecordedAt}.Hash()
	l.hashes = l.tree.add(leaf, l.hashes[:0])
	if l.suspect == nil {
		if err := l.compare(ctx, e, digest); err != nil {
			return err
		}
	}
	if l.suspect == nil && l.verdict == nil && e.RecordedAt.Before(l.lastAt) {
		l.verdict = broken(TimeBack, position, 0, fmt.Sprintf("recorded at %s, before the entry before it (%s)", e.RecordedAt.UTC().Format(time.RFC3339Nano), l.lastAt.UTC().Format(time.RFC3339Nano)))
	}
	l.lastAt = e.RecordedAt
	if l.verdict != nil {
		return nil
	}
	return l.compareRoots(ctx)
}

// compare holds an entry against its digest column and its kept tree hashes.
func (l *laneCheck) compare(ctx context.Context, e *eventstore.Recorded, digest [32]byte) error {
	columnWrong := l.lane != eventstore.Telemetry && digest != e.Digest
	if e.Position > l.sealed {
		if columnWrong {
			l.verdict = broken(Changed, e.Position, 0, "the columns do not give the digest written with them (the entry was not sealed yet)")
		}
		return nil
	}
	kept, err := l.wantStore.next(ctx, len(l.hashes))
	if err != nil {
		return err
	}
	for i, h := range l.hashes {
		if i < len(kept) && kept[i] == h {
			continue
		}
		lo := (e.Position-1)>>i<<i + 1
		l.suspect = &suspicion{entry: *e, leaf: i == 0, absent: i >= len(kept) || kept[i] == tlog.Hash{}, from: lo, to: e.Position}
		l.suspect.entry.Data = slices.Clone(e.Data)
		return nil
	}
	if columnWrong {
		l.verdict = broken(DigestColumn, e.Position, 0, "the columns are as sealed, the digest column is not")
	}
	return nil
}

// compareRoots holds the recomputed root against every checkpoint of this size.
func (l *laneCheck) compareRoots(ctx context.Context) error {
	for {
		mark, ok, err := l.marks.at(ctx, l.tree.size)
		if err != nil || !ok {
			return err
		}
		root, valid := mark.root, true
		if mark.signed != nil {
			root, valid = l.open(mark.signed)
		}
		l.report.Checkpoints++
		switch {
		case !valid && l.suspect != nil:
			return l.decide(ctx)
		case !valid:
			l.verdict = broken(BadCheck, l.tree.size, 0, fmt.Sprintf("the checkpoint kept for size %d is not validly signed by a key of this log", l.tree.size))
			return nil
		case root == l.tree.root() && l.suspect != nil:
			return l.acquit()
		case root == l.tree.root():
			l.agreed = l.tree.size
			if mark.signed == nil {
				l.witnessed = l.tree.size
			}
		case l.suspect != nil:
			return l.decide(ctx)
		case mark.signed == nil && l.agreed == l.tree.size:
			l.verdict = broken(Rebuilt, l.witnessed+1, l.tree.size, fmt.Sprintf(
				"two different logs of %d entries are signed with this log's key: the one here and %s", l.tree.size, mark.from))
			return nil
		default:
			l.verdict = broken(Rebuilt, l.agreed+1, l.tree.size, fmt.Sprintf(
				"the kept hashes fit the entries, but %s for size %d has another root: the log was rebuilt after %d", mark.from, l.tree.size, l.agreed))
			return nil
		}
	}
}

// open checks a kept checkpoint's signature, origin and size.
func (l *laneCheck) open(s *Signed) (tlog.Hash, bool) {
	c, err := checkpoint.Open(s.Note, l.Keys)
	origin := checkpoint.Origin{Name: l.Name, Lane: l.lane, Epoch: s.Epoch}
	if err != nil || c.Size != s.Size || c.Origin != origin.String() {
		return tlog.Hash{}, false
	}
	return c.Root, true
}

// end holds what was promised against where the entries end.
func (l *laneCheck) end(ctx context.Context) error {
	promised, by := l.marks.largest()
	switch size := l.tree.size; {
	case l.suspect != nil:
		return l.decide(ctx)
	case l.sealed > size:
		l.verdict = broken(Removed, size+1, l.sealed, fmt.Sprintf("the entries end at %d, tree hashes are kept up to %d", size, l.sealed))
	case promised > size:
		l.verdict = broken(Removed, size+1, promised, fmt.Sprintf("the entries end at %d, %s vouches for %d", size, by, promised))
	case l.report.Sealed > l.sealed:
		l.verdict = broken(HashRemoved, l.sealed+1, l.report.Sealed, fmt.Sprintf("tree hashes end at %d, the newest checkpoint vouches for %d", l.sealed, l.report.Sealed))
	}
	if l.verdict != nil {
		return nil
	}
	position, why, err := l.book.VersionHole(ctx, l.lane)
	if position > 0 {
		l.verdict = broken(VersionGap, position, 0, strings.TrimSpace(why))
	}
	return err
}
