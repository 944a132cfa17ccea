package signin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// invitationLife is how long a one-time code waits to be used.
const invitationLife = 72 * time.Hour

// Invitation is a way in that an administrator opened and has not been used. Code is known only in
// the answer that made it.
type Invitation struct {
	ID        uuid.UUID `json:"id"`
	Person    string    `json:"person"`
	Clears    bool      `json:"clears_factors"`
	StartedBy string    `json:"started_by"`
	StartedAt time.Time `json:"started_at"`
	NeedsTwo  bool      `json:"needs_two"`
	Approved  bool      `json:"approved"`
	Expires   time.Time `json:"expires"`
	Code      string    `json:"code,omitempty"`
}

var (
	errOwnInvitation = refused("invitation_own", "person", "لا يفتح أحد طريق دخول لنفسه.", "Nobody opens a way in for themselves.")
	errSamePerson    = refused("invitation_same_person", "invitation", "يوافق شخص غير الذي بدأ.", "Somebody else than the one who started approves it.")
	errNoInvitation  = refused("invitation_unknown", "invitation", "لا دعوة بهذا الرقم تنتظر موافقة.", "No invitation of this number waits for approval.")
)

// Invite opens a way in for a person, who then chooses a password of their own: nobody else ever
// knows it. clears takes their second factors away as well, for one who lost them. For people who
// approve, once they have had an account, a second administrator holds the other half of the code.
func (h *House) Invite(ctx context.Context, by, person string, clears bool) (Invitation, error) {
	if by == person {
		return Invitation{}, errOwnInvitation
	}
	p, err := h.Policy(ctx)
	if err != nil {
		return Invitation{}, err
	}
	who, known := h.config.People.Person(person)
	if !known {
		return Invitation{}, refused("person_unknown", "person", "لا أحد بهذا الاسم.", "Nobody has this name.")
	}
	a, _, err := h.account(ctx, person)
	if err != nil {
		return Invitation{}, err
	}
	now := h.clock()
	i := Invitation{
		ID: uuid.Must(uuid.NewV7()), Person: person, Clears: clears, StartedBy: by, StartedAt: now, Expires: now.Add(invitationLife),
		NeedsTwo: who.May(p.Approvals) && (a.password != "" || a.factors()),
	}
	var hash []byte
	if i.Code, hash, err = drawCode(); err != nil {
		return Invitation{}, err
	}
	if err := h.tell(ctx, by, person, RecoveryStarted{Invitation: i.ID, Clears: clears, NeedsTwo: i.NeedsTwo}); err != nil {
		return Invitation{}, err
	}
	err = h.write(ctx, func(tx pgx.Tx) error {
		// One invitation at a time: an older one that was lost opens nothing any more.
		if _, err := tx.Exec(ctx, `update signin.invitation set expires_at = least(expires_at, $2) where person = $1 and used_at is null`, person, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into signin.invitation (id, person, clears, started_by, started_at, hash, needs_two, expires_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`, i.ID, person, clears, by, now, hash, i.NeedsTwo, i.Expires)
		return err
	})
	if err != nil {
		return Invitation{}, fmt.Errorf("invite %s: %w", person, err)
	}
	return i, nil
}

// ApproveInvitation is the second administrator's part. Code is the other half.
func (h *House) ApproveInvitation(ctx context.Context, by string, id uuid.UUID) (Invitation, error) {
	code, hash, err := drawCode()
	if err != nil {
		return Invitation{}, err
	}
	var i Invitation
	now := h.clock()
	err = h.write(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, invitationQuery+`where id = $1 and used_at is null and approved_by is null and needs_two and expires_at > $2 for update`, id, now)
		if err != nil {
			return err
		}
		i, err = pgx.CollectExactlyOneRow(rows, scanInvitation)
		switch {
		case notFound(err):
			return errNoInvitation
		case err != nil:
			return err
		case i.StartedBy == by:
			return errSamePerson
		case i.Person == by:
			return errOwnInvitation
		}
		_, err = tx.Exec(ctx, `update signin.invitation set approved_by = $2, approved_at = $3, second_hash = $4 where id = $1`, id, by, now, hash)
		return err
	})
	if err != nil {
		return Invitation{}, problemOr(err, "approve an invitation")
	}
	i.Approved, i.Code = true, code
	return i, h.tell(ctx, by, i.Person, RecoveryApproved{Invitation: id})
}

const invitationQuery = `select id, person, clears, started_by, started_at, needs_two, approved_by is not null, expires_at from signin.invitation `

func scanInvitation(row pgx.CollectableRow) (i Invitation, err error) {
	err = row.Scan(&i.ID, &i.Person, &i.Clears, &i.StartedBy, &i.StartedAt, &i.NeedsTwo, &i.Approved, &i.Expires)
	return i, err
}

// Invitations lists those that wait to be used.
func (h *House) Invitations(ctx context.Context) (all []Invitation, err error) {
	err = h.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, invitationQuery+`where used_at is null and expires_at > $1 order by started_at, id`, h.clock())
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, scanInvitation)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	return all, nil
}

// errNothing undoes a transaction that only looked.
var errNothing = errors.New("nothing is kept")

// WithInvitation uses a one-time code: the person chooses a password and is signed in. second is the
// other half where two administrators had to agree. All their older sessions end.
func (h *House) WithInvitation(ctx context.Context, code, second, chosen string, from Origin, replaces string) (Entry, error) {
	counters := []counter{counterOf(networkBudget, "network", from.Network), counterOf(systemBudget, "system")}
	wait, err := h.throttle.admit(ctx, h, counters)
	if err != nil {
		return Entry{}, fmt.Errorf("count an invitation: %w", err)
	}
	if wait > 0 {
		return Entry{}, Wait(wait)
	}
	i, err := h.invitation(ctx, code, second, false, nil)
	if err != nil {
		return Entry{}, err
	}
	person, known := h.config.People.Person(i.Person)
	if !known {
		return Entry{}, ErrInvitation
	}
	a, _, err := h.account(ctx, i.Person)
	if err != nil {
		return Entry{}, err
	}
	factors := a.factors() && !i.Clears
	if a.suspended {
		return Entry{}, ErrInvitation
	}
	if err := h.CheckPassword(chosen, person, !factors); err != nil {
		return Entry{}, err
	}
	if err := h.signOutAll(ctx, person.ID, person.ID, "recovery"); err != nil {
		return Entry{}, err
	}
	if i, err = h.invitation(ctx, code, second, true, func(tx pgx.Tx) error {
		if !i.Clears {
			return nil
		}
		if _, err := tx.Exec(ctx, `update signin.account set totp = null, totp_at = null where person = $1`, i.Person); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from signin.passkey where person = $1`, i.Person); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `delete from signin.recovery_code where person = $1`, i.Person)
		return err
	}); err != nil {
		return Entry{}, err
	}
	if err := h.choose(ctx, i.StartedBy, person.ID, chosen, factors); err != nil {
		return Entry{}, err
	}
	if err := h.tell(ctx, person.ID, person.ID, RecoveryUsed{Invitation: &i.ID}); err != nil {
		return Entry{}, err
	}
	if factors { // the second factor is still asked
		if a, _, err = h.account(ctx, person.ID); err != nil {
			return Entry{}, err
		}
		token, err := h.seals.seal(halfSeal, h.clock().Add(halfLife), half{person.ID, []string{"password"}})
		if err != nil {
			return Entry{}, err
		}
		return Entry{Person: person.ID, Half: token, Next: a.next()}, h.settle(ctx, counters)
	}
	return h.open(ctx, person, opening{level: Password, means: []string{"invitation"}, from: from, replaces: replaces}, counters, nil)
}

// invitation finds the invitation of a code, and with use uses it up together with what then does.
func (h *House) invitation(ctx context.Context, code, second string, use bool, then func(pgx.Tx) error) (i Invitation, err error) {
	now := h.clock()
	err = h.write(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, invitationQuery+`where hash = $1 and used_at is null and expires_at > $2
			and (not needs_two or second_hash = $3) for update`, hashOfCode(code), now, hashOfCode(second))
		if err != nil {
			return err
		}
		if i, err = pgx.CollectExactlyOneRow(rows, scanInvitation); err != nil || !use {
			return errors.Join(err, unless(use, errNothing))
		}
		if _, err := tx.Exec(ctx, `update signin.invitation set used_at = $2 where id = $1`, i.ID, now); err != nil {
			return err
		}
		return then(tx)
	})
	switch {
	case notFound(err):
		return i, ErrInvitation
	case errors.Is(err, errNothing):
		return i, nil
	case err != nil:
		return i, fmt.Errorf("use an invitation: %w", err)
	}
	return i, nil
}

func unless(done bool, err error) error {
	if done {
		return nil
	}
	return err
}
