package signin

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Account is one line of the list of those who can sign in.
type Account struct {
	Person    string     `json:"person"`
	Password  bool       `json:"password"`
	TOTP      bool       `json:"totp"`
	Passkeys  int        `json:"passkeys"`
	Codes     int        `json:"recovery_codes"`
	Sessions  int        `json:"sessions"` // that stand
	Used      *time.Time `json:"used"`     // newest use of any session that is still known
	Suspended *time.Time `json:"suspended"`
}

// Accounts lists everybody who can sign in, or could before they were suspended.
func (h *House) Accounts(ctx context.Context) (all []Account, err error) { return h.accounts(ctx, nil) }

// AccountsOf finds the accounts of some people by their sign-in names.
func (h *House) AccountsOf(ctx context.Context, people []string) (map[string]Account, error) {
	all, err := h.accounts(ctx, append([]string{}, people...))
	found := make(map[string]Account, len(all))
	for _, a := range all {
		found[a.Person] = a
	}
	return found, err
}

// accounts lists the accounts of some people; nil is everybody.
func (h *House) accounts(ctx context.Context, only []string) (all []Account, err error) {
	p, err := h.Policy(ctx)
	if err != nil {
		return nil, err
	}
	now := h.clock()
	err = h.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select a.person, a.password is not null, a.totp is not null,
			(select count(*) from signin.passkey k where k.person = a.person),
			(select count(*) from signin.recovery_code c where c.person = a.person and c.used_at is null),
			(select count(*) from signin.session s where s.person = a.person and s.ended_at is null and s.epoch = $1 and s.used_at > $2 and s.since > $3),
			(select max(s.used_at) from signin.session s where s.person = a.person), a.suspended_at
			from signin.account a where $4::text[] is null or a.person = any ($4) order by a.person`, h.Sessions.epoch, now.Add(-p.idle()), now.Add(-p.absolute()), only)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Account])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the accounts: %w", err)
	}
	return all, nil
}
