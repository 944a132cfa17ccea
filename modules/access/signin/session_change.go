package signin

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Renewed gives a session a new id after its owner's roles have changed. The tokens are empty when
// nothing had to change, or when another request was first.
func (s *Sessions) Renewed(ctx context.Context, one Session, token, rights string) (Tokens, Session, error) {
	if one.Rights == rights {
		return Tokens{}, one, nil
	}
	t, fresh, changed, err := s.rotate(ctx, one, token, func(n *Session) { n.Rights = rights }, true)
	if err != nil || !changed {
		return Tokens{}, one, err
	}
	return t, fresh, nil
}

// ActFor changes for whom the session acts, under a delegation that the caller has checked; "" is
// for oneself. The session gets a new id.
func (s *Sessions) ActFor(ctx context.Context, one Session, token, principal string) (Tokens, Session, error) {
	t, fresh, _, err := s.rotate(ctx, one, token, func(n *Session) { n.Principal = principal }, true)
	return t, fresh, err
}

// steppedUp gives a session a new id after its owner has proved again who they are. The old one is
// over at once.
func (s *Sessions) steppedUp(ctx context.Context, one Session, token string, level Level, means string, p Policy) (Tokens, Session, error) {
	now := s.clock()
	t, fresh, changed, err := s.rotate(ctx, one, token, func(n *Session) {
		n.AuthenticatedAt, n.Level = now, max(n.Level, level)
		if level >= TwoFactor || !p.SecondFactor {
			n.StepUpUntil = now.Add(p.stepUp())
		}
		for _, m := range n.Means {
			if m == means {
				return
			}
		}
		n.Means = append(append([]string(nil), n.Means...), means)
	}, false)
	if err == nil && !changed {
		err = ErrSignedOut
	}
	return t, fresh, err
}

// rotate changes a session and its token together; changed is false when the token was no longer
// the session's.
func (s *Sessions) rotate(ctx context.Context, one Session, token string, change func(*Session), grace bool) (t Tokens, fresh Session, changed bool, err error) {
	fresh = one
	change(&fresh)
	if t.Session, fresh.hash, err = drawToken(); err != nil {
		return Tokens{}, one, false, err
	}
	if t.Approval, fresh.approval, err = drawToken(); err != nil {
		return Tokens{}, one, false, err
	}
	old, now := hashOf(token), s.clock()
	err = s.house.write(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update signin.session set hash = $3, approval_hash = $4, principal = $5, level = $6, means = $7, rights = $8,
			authenticated_at = $9, step_up_until = $10, used_at = greatest(used_at, $11),
			previous_hash = case when $12 then hash end, previous_until = case when $12 then $13::timestamptz end
			where id = $1 and hash = $2 and ended_at is null`,
			one.ID, old, fresh.hash, fresh.approval, fresh.Principal, fresh.Level, fresh.Means, fresh.Rights,
			fresh.AuthenticatedAt, fresh.StepUpUntil, now, grace, now.Add(overlap))
		changed = tag.RowsAffected() == 1
		return err
	})
	if err != nil {
		return Tokens{}, one, false, fmt.Errorf("give a session a new id: %w", err)
	}
	s.drop(old)
	if !changed {
		return Tokens{}, one, false, nil
	}
	return t, fresh, true, nil
}

// Fresh tells whether the owner has proved who they are shortly before: changes of what they sign in
// with need it.
func (s Session) Fresh(now time.Time, p Policy) bool { return now.Sub(s.AuthenticatedAt) < p.stepUp() }
