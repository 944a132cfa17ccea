package seal

import (
	"context"
	"errors"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

// offer brings new checkpoints to one witness. A witness that is away, or refuses, never holds up
// the sealing; it is offered the newest checkpoint again after a while.
func (s *Sealer) offer(ctx context.Context, w *witness.Remote, news <-chan struct{}) {
	seen := make(map[string]int64) // newest size this witness cosigned, by origin
	again := time.NewTicker(max(s.Every, time.Second))
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-news:
		case <-again.C:
		}
		for _, lane := range s.Lanes {
			if err := s.offerLane(ctx, w, lane, seen); err != nil && s.Log != nil && ctx.Err() == nil {
				s.Log(err)
			}
		}
	}
}

func (s *Sealer) offerLane(ctx context.Context, w *witness.Remote, lane eventstore.Lane, seen map[string]int64) error {
	newest, ok, err := s.book.Newest(ctx, lane, false)
	if err != nil || !ok {
		return err
	}
	origin := checkpoint.Origin{Name: s.Name, Lane: lane, Epoch: newest.Epoch}.String()
	if seen[origin] == newest.Size {
		return nil
	}
	line, err := w.Submit(ctx, newest.Note, seen[origin], func(old int64) (tlog.TreeProof, error) {
		return tlog.ProveTree(newest.Size, old, reader(ctx, s.book, lane))
	})
	if err != nil {
		return err
	}
	if err := s.book.AddCosignature(ctx, lane, newest.Epoch, newest.Size, w.Name, line); err != nil {
		return err
	}
	seen[origin] = newest.Size
	s.update(lane, func(st *Status) { st.Cosigned = max(st.Cosigned, newest.Size) })
	return nil
}

// Status returns how far a lane has come.
func (s *Sealer) Status(lane eventstore.Lane) Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	if st := s.lanes[lane]; st != nil {
		return *st
	}
	return Status{}
}

// Wait returns once a lane is signed up to a position (cosigned, if asked), or sealing it failed.
func (s *Sealer) Wait(ctx context.Context, lane eventstore.Lane, position int64, cosigned bool) error {
	for {
		s.mu.Lock()
		st, moved := *s.lanes[lane], s.moved
		s.mu.Unlock()
		reached := st.Sealed
		if cosigned {
			reached = st.Cosigned
		}
		switch {
		case reached >= position:
			return nil
		case st.Fault != "":
			return errors.New(st.Fault)
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *Sealer) update(lane eventstore.Lane, change func(*Status)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.lanes[lane])
	close(s.moved)
	s.moved = make(chan struct{})
}
