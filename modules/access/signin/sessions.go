package signin

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// freshFor is how long a node believes what it read of a session: with it, an end anywhere is an
	// end everywhere within five seconds.
	freshFor = 3 * time.Second
	// touchEvery is how seldom a session's use is written down.
	touchEvery = time.Minute
	// overlap is how long the old token of a session still holds after a change of rights, for the
	// requests that were under way. Rights themselves are looked up at every request.
	overlap  = 10 * time.Second
	mostKept = 50_000
)

// Sessions are the sign-ins that stand, in the database, with those in use kept on this node.
type Sessions struct {
	house *House
	clock func() time.Time
	epoch int32 // of the log: a restore ends every session

	mu   sync.Mutex
	kept map[[32]byte]*keptSession
}

type keptSession struct {
	session Session
	read    time.Time
	touched time.Time
}

func newSessions(h *House, epoch int32) *Sessions {
	return &Sessions{house: h, clock: h.clock, epoch: epoch, kept: map[[32]byte]*keptSession{}}
}

// Find returns the session of a token and counts as its use; ok is false when there is none or its
// time is over. It reads the database at most every three seconds and writes at most once a minute.
func (s *Sessions) Find(ctx context.Context, token string) (one Session, ok bool, err error) {
	if len(token) != tokenLength {
		return Session{}, false, nil
	}
	p, err := s.house.Policy(ctx)
	if err != nil {
		return Session{}, false, err
	}
	hash, now := hashOf(token), s.clock()
	one, read := s.recall(hash, now)
	if !read {
		if one, ok, err = s.load(ctx, hash, now, one); err != nil || !ok {
			s.drop(hash)
			return Session{}, false, err
		}
	}
	if one.over(now, p) {
		s.drop(hash)
		return Session{}, false, nil
	}
	one.Used = now
	return one, true, s.use(ctx, hash, one, now, !read)
}

// Stands is Find that does not count as use: what is open asks it, such as a subscription.
func (s *Sessions) Stands(ctx context.Context, token string) (Session, bool, error) {
	if len(token) != tokenLength {
		return Session{}, false, nil
	}
	p, err := s.house.Policy(ctx)
	if err != nil {
		return Session{}, false, err
	}
	hash, now := hashOf(token), s.clock()
	one, read := s.recall(hash, now)
	if !read {
		var ok bool
		if one, ok, err = s.load(ctx, hash, now, one); err != nil || !ok {
			return Session{}, false, err
		}
	}
	return one, !one.over(now, p), nil
}

// recall returns what this node knows; read tells whether that is fresh.
func (s *Sessions) recall(hash []byte, now time.Time) (one Session, read bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, there := s.kept[[32]byte(hash)]
	if !there {
		return Session{}, false
	}
	return k.session, now.Sub(k.read) < freshFor
}

const sessionColumns = `id, hash, approval_hash, person, principal, level, means, rights, since, authenticated_at, step_up_until, used_at,
	device, network, issuer, subject, issuer_session`

func scanSession(row pgx.CollectableRow) (one Session, err error) {
	err = row.Scan(&one.ID, &one.hash, &one.approval, &one.Person, &one.Principal, &one.Level, &one.Means, &one.Rights, &one.Since,
		&one.AuthenticatedAt, &one.StepUpUntil, &one.Used, &one.Device, &one.Network, &one.issuer, &one.subject, &one.issuerSession)
	return one, err
}

// load reads a session; older is what this node knew, whose use may be newer than what is written.
func (s *Sessions) load(ctx context.Context, hash []byte, now time.Time, older Session) (one Session, ok bool, err error) {
	err = s.house.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select `+sessionColumns+` from signin.session
			where (hash = $1 or previous_hash = $1 and previous_until > $2) and ended_at is null and epoch = $3`, hash, now, s.epoch)
		if err != nil {
			return err
		}
		one, err = pgx.CollectExactlyOneRow(rows, scanSession)
		return err
	})
	if notFound(err) {
		return Session{}, false, nil
	}
	if err != nil {
		return Session{}, false, fmt.Errorf("find a session: %w", err)
	}
	if older.ID == one.ID && older.Used.After(one.Used) {
		one.Used = older.Used
	}
	return one, true, nil
}

// use keeps a session on this node, and writes its use down when that is due.
func (s *Sessions) use(ctx context.Context, hash []byte, one Session, now time.Time, justRead bool) error {
	s.mu.Lock()
	k, there := s.kept[[32]byte(hash)]
	if !there {
		k = &keptSession{touched: one.Since}
		if len(s.kept) >= mostKept {
			clear(s.kept)
		}
		s.kept[[32]byte(hash)] = k
	}
	k.session = one
	if justRead {
		k.read = now
	}
	due := now.Sub(k.touched) >= touchEvery
	if due {
		k.touched = now
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	err := s.house.write(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update signin.session set used_at = greatest(used_at, $2) where id = $1 and ended_at is null`, one.ID, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("note a session's use: %w", err)
	}
	return nil
}

func (s *Sessions) drop(hash []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, [32]byte(hash))
}

func (s *Sessions) dropWhere(gone func(Session) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, k := range s.kept {
		if gone(k.session) {
			delete(s.kept, hash)
		}
	}
}

// Of lists a person's sessions that stand, newest use first.
func (s *Sessions) Of(ctx context.Context, person string) (all []Session, err error) {
	p, err := s.house.Policy(ctx)
	if err != nil {
		return nil, err
	}
	now := s.clock()
	err = s.house.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select `+sessionColumns+` from signin.session
			where person = $1 and ended_at is null and epoch = $2 and used_at > $3 and since > $4 order by used_at desc, id`,
			person, s.epoch, now.Add(-p.idle()), now.Add(-p.absolute()))
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, scanSession)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the sessions of %s: %w", person, err)
	}
	return all, nil
}

// End closes one of a person's sessions; false when they have none by that id.
func (s *Sessions) End(ctx context.Context, person string, id uuid.UUID) (ended bool, err error) {
	n, err := s.end(ctx, `person = $2 and id = $3`, func(one Session) bool { return one.Person == person && one.ID == id }, person, id)
	return n > 0, err
}

// EndAll closes all of a person's sessions but one (uuid.Nil: all), on every node within five seconds.
func (s *Sessions) EndAll(ctx context.Context, person string, but uuid.UUID) (ended int64, err error) {
	return s.end(ctx, `person = $2 and id <> $3`, func(one Session) bool { return one.Person == person && one.ID != but }, person, but)
}

func (s *Sessions) end(ctx context.Context, which string, local func(Session) bool, args ...any) (ended int64, err error) {
	err = s.house.write(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update signin.session set ended_at = $1 where ended_at is null and `+which, append([]any{s.clock()}, args...)...)
		ended = tag.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	s.dropWhere(local)
	return ended, nil
}
