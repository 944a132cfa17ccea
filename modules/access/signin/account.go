package signin

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// account is what somebody signs in with.
type account struct {
	person    string
	handle    []byte
	password  string // its hash; "" = none
	alone     bool   // the password may be the only factor
	totp      []byte // sealed seed; nil = none
	suspended bool
	passkeys  int
	codes     int // recovery codes that are left
}

// factors tells whether there is a second factor.
func (a account) factors() bool { return a.totp != nil || a.passkeys > 0 }

// next lists the second steps a sign-in by password goes on with.
func (a account) next() []string {
	var all []string
	if a.passkeys > 0 {
		all = append(all, "passkey")
	}
	if a.totp != nil {
		all = append(all, "totp")
	}
	if len(all) > 0 && a.codes > 0 {
		all = append(all, "recovery_code")
	}
	return all
}

const accountQuery = `select a.person, a.handle, coalesce(a.password, ''), a.password_alone, a.totp, a.suspended_at is not null,
	(select count(*) from signin.passkey p where p.person = a.person),
	(select count(*) from signin.recovery_code c where c.person = a.person and c.used_at is null)
	from signin.account a where `

func scanAccount(row pgx.CollectableRow) (a account, err error) {
	err = row.Scan(&a.person, &a.handle, &a.password, &a.alone, &a.totp, &a.suspended, &a.passkeys, &a.codes)
	return a, err
}

// accountIn reads a person's account; found is false when they never had one.
func accountIn(ctx context.Context, tx pgx.Tx, person string) (a account, found bool, err error) {
	rows, err := tx.Query(ctx, accountQuery+`a.person = $1`, person)
	if err != nil {
		return account{}, false, err
	}
	a, err = pgx.CollectExactlyOneRow(rows, scanAccount)
	if notFound(err) {
		return account{}, false, nil
	}
	return a, err == nil, err
}

func (h *House) account(ctx context.Context, person string) (a account, found bool, err error) {
	err = h.read(ctx, func(tx pgx.Tx) error {
		a, found, err = accountIn(ctx, tx, person)
		return err
	})
	if err != nil {
		return account{}, false, fmt.Errorf("read the account of %s: %w", person, err)
	}
	return a, found, nil
}

// makeAccount opens an account in the caller's transaction, or leaves the one that is there.
func makeAccount(ctx context.Context, tx pgx.Tx, person string, now time.Time) error {
	handle := make([]byte, 64)
	if _, err := rand.Read(handle); err != nil {
		return fmt.Errorf("draw a handle: %w", err)
	}
	_, err := tx.Exec(ctx, `insert into signin.account (person, handle, made_at) values ($1, $2, $3) on conflict (person) do nothing`, person, handle, now)
	return err
}

// Suspend forbids a person to sign in and ends their sessions.
func (h *House) Suspend(ctx context.Context, by, person string) error {
	if err := h.tell(ctx, by, person, AccountSuspended{}); err != nil {
		return err
	}
	now := h.clock()
	err := h.write(ctx, func(tx pgx.Tx) error {
		if err := makeAccount(ctx, tx, person, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update signin.account set suspended_at = coalesce(suspended_at, $2) where person = $1`, person, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("suspend %s: %w", person, err)
	}
	return h.signOutAll(ctx, by, person, "suspended")
}

// Restore lets a suspended person sign in again.
func (h *House) Restore(ctx context.Context, by, person string) error {
	if err := h.tell(ctx, by, person, AccountRestored{}); err != nil {
		return err
	}
	err := h.write(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update signin.account set suspended_at = null where person = $1`, person)
		return err
	})
	if err != nil {
		return fmt.Errorf("restore %s: %w", person, err)
	}
	return nil
}
