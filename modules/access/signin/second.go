package signin

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// noSession is the id of no session.
var noSession = uuid.Nil

// WithCode finishes a sign-in with a code of the authenticator app, or with a recovery code. Errors:
// ErrHalf, ErrCode, Wait.
func (h *House) WithCode(ctx context.Context, halfToken, code string, recovery bool, from Origin, replaces string) (Entry, error) {
	half, hash, until, err := h.halfOf(halfToken)
	if err != nil {
		return Entry{}, err
	}
	person, known := h.config.People.Person(half.Person)
	if !known {
		return Entry{}, ErrHalf
	}
	counters, err := h.admitCode(ctx, person.ID, from)
	if err != nil {
		return Entry{}, err
	}
	means := "totp"
	if recovery {
		means = "recovery_code"
	}
	o := opening{level: TwoFactor, means: append(slices.Clone(half.Means), means), from: from, replaces: replaces}
	left := 0
	e, err := h.open(ctx, person, o, counters, func(tx pgx.Tx) error {
		a, found, err := accountIn(ctx, tx, person.ID)
		switch {
		case err != nil:
			return err
		case !found || a.suspended:
			return ErrHalf
		}
		if fresh, err := once(ctx, tx, hash, until); err != nil || !fresh {
			return orRefuse(err, ErrHalf)
		}
		left = a.codes - 1
		return h.useCode(ctx, tx, a, code, recovery)
	})
	if err != nil {
		if kernel.ProblemsOf(err) != nil {
			h.reporter.refused(person.ID, from, false)
		}
		return Entry{}, err
	}
	if recovery {
		err = h.tell(ctx, person.ID, person.ID, RecoveryUsed{CodesLeft: left})
	}
	return e, err
}

// admitCode charges an attempt at a person's second factor.
func (h *House) admitCode(ctx context.Context, person string, from Origin) ([]counter, error) {
	counters := countersOf("code", codeBudget, person, from)
	wait, err := h.throttle.admit(ctx, h, counters)
	if err != nil {
		return nil, fmt.Errorf("count a code: %w", err)
	}
	if wait > 0 {
		h.reporter.refused(person, from, true)
		return nil, Wait(wait)
	}
	return counters, nil
}

// useCode uses a code up, in the transaction of what it opens.
func (h *House) useCode(ctx context.Context, tx pgx.Tx, a account, code string, recovery bool) error {
	if recovery {
		return useRecoveryCode(ctx, tx, a.person, code, h.clock())
	}
	return h.useTOTP(ctx, tx, a, code)
}

func orRefuse(err, refusal error) error {
	if err != nil {
		return err
	}
	return refusal
}
