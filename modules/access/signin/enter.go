package signin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// Entry is the answer to a step of a sign-in that was right: a session, or what comes next.
type Entry struct {
	Person  string
	Session Session
	Tokens  Tokens
	Device  string   // the device cookie to set
	Half    string   // carries the sign-in to its second step
	Next    []string // "passkey", "totp", "recovery_code": how it may go on
}

// halfLife is how long a sign-in waits for its second step.
const halfLife = 5 * time.Minute

// half is a sign-in whose first step was right.
type half struct {
	Person string   `json:"person"`
	Means  []string `json:"means"`
}

// WithPassword begins a sign-in. replaces is the token of the session this browser has, "" when none.
// Errors: ErrRefused, Wait, or a failure of the program.
func (h *House) WithPassword(ctx context.Context, name, password string, from Origin, replaces string) (Entry, error) {
	name = legible(name)
	counters := countersOf("password", accountBudget, name, from)
	wait, err := h.throttle.admit(ctx, h, counters)
	if err != nil {
		return Entry{}, fmt.Errorf("count a sign-in: %w", err)
	}
	if wait > 0 {
		h.reporter.refused(name, from, true)
		return Entry{}, Wait(wait)
	}
	a, found, err := h.account(ctx, name)
	if err != nil {
		return Entry{}, err
	}
	fits, err := h.checks(ctx, a, password, from.Known(name))
	if errors.Is(err, errCrowded) {
		return Entry{}, Wait(2 * time.Second)
	}
	if err != nil {
		return Entry{}, err
	}
	person, known := h.config.People.Person(name)
	if !fits || !found || !known || a.suspended {
		h.reporter.refused(name, from, false)
		return Entry{}, ErrRefused
	}
	if a.factors() {
		token, err := h.seals.seal(halfSeal, h.clock().Add(halfLife), half{person.ID, []string{"password"}})
		if err != nil {
			return Entry{}, err
		}
		return Entry{Person: person.ID, Half: token, Next: a.next()}, h.settle(ctx, counters)
	}
	return h.open(ctx, person, opening{level: Password, means: []string{"password"}, from: from, replaces: replaces}, counters, nil)
}

// legible bounds what was typed as a name and takes out what the database cannot hold. Nobody's name
// changes by it.
func legible(name string) string {
	name = strings.ToValidUTF8(name[:min(len(name), 200)], "?")
	return strings.ReplaceAll(name, "\x00", "?")
}

// checks compares a password with an account's, or with nobody's at the same cost.
func (h *House) checks(ctx context.Context, a account, password string, known bool) (bool, error) {
	leave, err := h.gate.enter(ctx, known)
	if err != nil {
		return false, fmt.Errorf("wait to check a password: %w", err)
	}
	defer leave()
	hash := a.password
	if hash == "" {
		hash = h.nobody
	}
	fits, err := checkPassword(hash, password)
	if err != nil {
		return false, fmt.Errorf("check a password: %w", err)
	}
	return fits && a.password != "", nil
}

// settle takes the charge of a step that was right back.
func (h *House) settle(ctx context.Context, counters []counter) error {
	if len(counters) == 0 {
		return nil
	}
	err := h.write(ctx, func(tx pgx.Tx) error { return h.throttle.succeeded(ctx, tx, counters) })
	if err != nil {
		return fmt.Errorf("count a sign-in: %w", err)
	}
	return nil
}

// open records a sign-in and opens its session. first runs in the session's transaction and may
// refuse: what can be used once is used there.
func (h *House) open(ctx context.Context, person Person, o opening, counters []counter, first func(pgx.Tx) error) (Entry, error) {
	p, err := h.Policy(ctx)
	if err != nil {
		return Entry{}, err
	}
	o.person, o.rights = person.ID, person.Rights
	o.stepUp = o.level >= TwoFactor || !p.SecondFactor
	e := Entry{Person: person.ID}
	if e.Device, err = h.remember(o.from, person.ID); err != nil {
		return Entry{}, err
	}
	err = h.write(ctx, func(tx pgx.Tx) error {
		if first != nil {
			if err := first(tx); err != nil {
				return err
			}
		}
		if len(counters) > 0 {
			if err := h.throttle.succeeded(ctx, tx, counters); err != nil {
				return err
			}
		}
		e.Tokens, e.Session, err = h.Sessions.begin(ctx, tx, o, p)
		return err
	})
	if kernel.ProblemsOf(err) != nil {
		return Entry{}, err
	}
	if err != nil {
		return Entry{}, fmt.Errorf("sign %s in: %w", person.ID, err)
	}
	err = h.tell(ctx, person.ID, person.ID, SignedIn{
		Session: e.Session.ID, Level: o.level, Means: o.means, Network: o.from.Network, Device: o.from.Agent, Known: o.from.Known(person.ID),
	})
	if err != nil { // a sign-in nobody can look up later does not happen
		_, endErr := h.Sessions.End(context.WithoutCancel(ctx), person.ID, e.Session.ID)
		return Entry{}, errors.Join(err, endErr)
	}
	return e, nil
}

// halfOf reads the first step of a sign-in.
func (h *House) halfOf(token string) (half, []byte, time.Time, error) {
	var half half
	hash, until, ok := h.seals.open(halfSeal, token, h.clock(), &half)
	if !ok {
		return half, nil, time.Time{}, ErrHalf
	}
	return half, hash, until, nil
}

// SignOut ends a session.
func (h *House) SignOut(ctx context.Context, one Session) error {
	if err := h.tell(ctx, one.Person, one.Person, SignedOut{Sessions: 1, Why: "own"}); err != nil {
		return err
	}
	_, err := h.Sessions.End(ctx, one.Person, one.ID)
	return err
}

// SignOutEverywhere ends all of a person's sessions.
func (h *House) SignOutEverywhere(ctx context.Context, person string) error {
	return h.signOutAll(ctx, person, person, "all")
}

func (h *House) signOutAll(ctx context.Context, by, person, why string) error {
	ended, err := h.Sessions.EndAll(ctx, person, noSession)
	if err != nil || ended == 0 {
		return err
	}
	return h.tell(ctx, by, person, SignedOut{Sessions: ended, Why: why})
}
