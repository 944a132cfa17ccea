package seal

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
	"diwan/faultpoint"
)

// Config is how a log is sealed.
type Config struct {
	Name      string            // of the installation, first part of every origin; empty = "diwan"
	Keys      []checkpoint.Key  // every one signs
	State     *witness.State    // the sealer's own memory of what it signed, outside the database
	Witnesses []*witness.Remote // offered every checkpoint
	Lanes     []eventstore.Lane // nil = all
	Every     time.Duration     // an entry waits at most this long for its seal; 0 = 10 s
	Entries   int64             // … or until so many wait; 0 = 1,000
	Now       func() time.Time
	Log       func(error) // told about failures that are tried again; may be nil
}

// Sealer seals every lane of a log and offers its checkpoints to witnesses.
type Sealer struct {
	Config
	book    Book
	offers  []chan struct{} // one a witness: there is something new
	mu      sync.Mutex
	moved   chan struct{} // closed and replaced whenever a status changes
	lanes   map[eventstore.Lane]*Status
	signing map[eventstore.Lane]*sync.Mutex
}

// Status is how far the sealing of a lane has come, for health pages and metrics.
type Status struct {
	Epoch    int32
	Sealed   int64     // entries under the newest signed checkpoint
	SealedAt time.Time // when it was signed
	Cosigned int64     // entries under the newest cosigned checkpoint
	Fault    string    // why sealing stands still; empty while it runs
}

// ErrRewritten: the log is not the one this sealer signed before. It signs nothing more for that
// lane until people have looked.
var ErrRewritten = errors.New("the log is not a continuation of what was signed before")

// New prepares a sealer. The State must be held by this process.
func New(book Book, c Config) (*Sealer, error) {
	if len(c.Keys) == 0 || c.State == nil || c.Now == nil {
		return nil, errors.New("a sealer needs signing keys, its own memory and a clock")
	}
	if c.Name == "" {
		c.Name = "diwan"
	}
	if c.Lanes == nil {
		c.Lanes = eventstore.Lanes
	}
	if c.Every == 0 {
		c.Every = 10 * time.Second
	}
	if c.Entries == 0 {
		c.Entries = 1000
	}
	s := &Sealer{
		Config: c, book: book, moved: make(chan struct{}),
		lanes: map[eventstore.Lane]*Status{}, signing: map[eventstore.Lane]*sync.Mutex{},
	}
	for _, lane := range c.Lanes {
		s.lanes[lane], s.signing[lane] = &Status{}, &sync.Mutex{}
	}
	for range c.Witnesses {
		s.offers = append(s.offers, make(chan struct{}, 1))
	}
	return s, nil
}

// Run seals until ctx ends, and then seals what is still waiting.
func (s *Sealer) Run(ctx context.Context) error {
	var running sync.WaitGroup
	for _, lane := range s.Lanes {
		running.Go(func() { s.follow(ctx, lane) })
	}
	for i, w := range s.Witnesses {
		running.Go(func() { s.offer(ctx, w, s.offers[i]) })
	}
	running.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	var failures []error
	for _, lane := range s.Lanes {
		if _, err := s.Seal(last, lane); err != nil {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// follow seals one lane when enough entries wait, or one has waited long enough.
func (s *Sealer) follow(ctx context.Context, lane eventstore.Lane) {
	grown := s.book.Watch(ctx, lane)
	look := time.NewTicker(min(max(s.Every/50, time.Millisecond), 200*time.Millisecond))
	defer look.Stop()
	due := s.Now() // what an earlier run left unsealed is sealed at once
	dirty := true
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-grown:
			if !open {
				grown = nil // the log closes; the ticker still looks
			}
			if !dirty {
				dirty, due = true, s.Now().Add(s.Every)
			}
			continue
		case <-look.C:
		}
		if !dirty || !s.ripe(ctx, lane, due) {
			continue
		}
		c, err := s.Seal(ctx, lane)
		if err != nil {
			due = s.Now().Add(s.Every)
			continue
		}
		head, _, err := s.book.Head(ctx, lane)
		dirty, due = err != nil || head > c.Size, s.Now().Add(s.Every)
	}
}

// ripe tells whether it is time to seal.
func (s *Sealer) ripe(ctx context.Context, lane eventstore.Lane, due time.Time) bool {
	if !s.Now().Before(due) {
		return true
	}
	head, _, err := s.book.Head(ctx, lane)
	return err == nil && head-s.Status(lane).Sealed >= s.Entries
}

// Seal hashes every entry up to the head and signs the tree now. On an empty lane it does nothing.
func (s *Sealer) Seal(ctx context.Context, lane eventstore.Lane) (checkpoint.Checkpoint, error) {
	s.signing[lane].Lock()
	defer s.signing[lane].Unlock()
	c, err := s.seal(ctx, lane)
	s.update(lane, func(st *Status) {
		st.Fault = ""
		if err != nil {
			st.Fault = err.Error()
		}
	})
	if err != nil {
		err = fmt.Errorf("seal lane %s: %w", lane, err)
		if s.Log != nil && ctx.Err() == nil {
			s.Log(err)
		}
	}
	return c, err
}

func (s *Sealer) seal(ctx context.Context, lane eventstore.Lane) (checkpoint.Checkpoint, error) {
	_, epoch, err := s.book.Head(ctx, lane)
	if err != nil {
		return checkpoint.Checkpoint{}, err
	}
	if err := SignEpochs(ctx, s.book, s.Name, lane, s.Keys); err != nil {
		return checkpoint.Checkpoint{}, err
	}
	origin := checkpoint.Origin{Name: s.Name, Lane: lane, Epoch: epoch}.String()
	t, err := s.hashAll(ctx, lane)
	if err != nil {
		return checkpoint.Checkpoint{}, err
	}
	c := checkpoint.Checkpoint{Origin: origin, Size: t.size, Root: t.root()}
	if c.Size == 0 {
		return c, nil
	}
	faultpoint.Reached(faultpoint.SealerHashed)
	signed, err := checkpoint.Sign(c, s.Keys)
	if err != nil {
		return c, err
	}
	// Its own memory first: what was signed is remembered even if the database forgets it.
	err = s.State.Advance(c, signed, func(latest checkpoint.Checkpoint, seen bool) error {
		return s.continues(ctx, lane, latest, seen, c)
	})
	if err != nil {
		return c, err
	}
	if err := s.book.AddCheckpoint(ctx, lane, epoch, c.Size, signed); err != nil {
		return c, err
	}
	s.update(lane, func(st *Status) { st.Epoch, st.Sealed, st.SealedAt = epoch, c.Size, s.Now() })
	for _, offer := range s.offers {
		select {
		case offer <- struct{}{}:
		default:
		}
	}
	return c, nil
}

// continues refuses to sign a log that does not contain what was signed before.
func (s *Sealer) continues(ctx context.Context, lane eventstore.Lane, latest checkpoint.Checkpoint, seen bool, c checkpoint.Checkpoint) error {
	if !seen {
		return nil
	}
	if latest.Size > c.Size {
		return fmt.Errorf("%w: it had %d entries, now %d", ErrRewritten, latest.Size, c.Size)
	}
	root := c.Root
	if latest.Size < c.Size {
		var err error
		if root, err = tlog.TreeHash(latest.Size, reader(ctx, s.book, lane)); err != nil {
			return err
		}
	}
	if root != latest.Root {
		return fmt.Errorf("%w: the first %d entries have another root", ErrRewritten, latest.Size)
	}
	return nil
}

// hashAll keeps the tree hashes of all entries up to the head and returns the tree.
func (s *Sealer) hashAll(ctx context.Context, lane eventstore.Lane) (*tree, error) {
	for {
		count, err := s.book.Stored(ctx, lane)
		if err != nil {
			return nil, err
		}
		size, rest := leavesIn(count)
		if rest != 0 {
			return nil, fmt.Errorf("the kept tree hashes end in the middle of entry %d", size+1)
		}
		t, err := loadTree(ctx, s.book, lane, size)
		if err != nil {
			return nil, err
		}
		if whole, err := s.grow(ctx, lane, t); err != nil || whole {
			return t, err
		}
		// Another node sealed meanwhile: go on from what it kept.
	}
}

// grow adds what was appended after t; whole=false when another sealer was faster.
func (s *Sealer) grow(ctx context.Context, lane eventstore.Lane, t *tree) (whole bool, err error) {
	const most = 10_000 // leaves a row of kept hashes
	for {
		leaves, err := s.book.Leaves(ctx, lane, t.size, most)
		if err != nil || len(leaves) == 0 {
			return true, err
		}
		first := tlog.StoredHashCount(t.size)
		hashes := make([]tlog.Hash, 0, 2*len(leaves))
		for _, l := range leaves {
			if l.Position != t.size+1 {
				return false, fmt.Errorf("position %d is missing: the entries go on at %d", t.size+1, l.Position)
			}
			hashes = t.add(l.Hash(), hashes)
		}
		if kept, err := s.book.AppendHashes(ctx, lane, first, hashes); err != nil || !kept {
			return false, err
		}
		if len(leaves) < most {
			return true, nil
		}
	}
}
