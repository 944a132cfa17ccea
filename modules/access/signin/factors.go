package signin

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Factors are what a person signs in with, as far as they may be shown to its owner.
type Factors struct {
	Password      *time.Time   `json:"password"` // when it was chosen; null = none
	TOTP          *time.Time   `json:"totp"`     // since when the app is used; null = none
	Passkeys      []PasskeyRow `json:"passkeys"`
	RecoveryCodes int          `json:"recovery_codes"` // left
	Issuers       []string     `json:"issuers"`        // who vouch for the person
	// Approver is whether the person approves anything, and so needs a second factor and better two passkeys.
	Approver bool `json:"approver"`
}

// PasskeyRow is one passkey.
type PasskeyRow struct {
	ID    string     `json:"id"`
	Label string     `json:"label"`
	Since time.Time  `json:"since"`
	Used  *time.Time `json:"used"`
}

// Factors lists what a person signs in with.
func (h *House) Factors(ctx context.Context, person string) (Factors, error) {
	p, err := h.Policy(ctx)
	if err != nil {
		return Factors{}, err
	}
	f := Factors{Passkeys: []PasskeyRow{}, Issuers: []string{}}
	if who, known := h.config.People.Person(person); known {
		f.Approver = who.May(p.Approvals)
	}
	err = h.read(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `select password_at, totp_at,
			(select count(*) from signin.recovery_code c where c.person = a.person and c.used_at is null)
			from signin.account a where person = $1`, person).Scan(&f.Password, &f.TOTP, &f.RecoveryCodes)
		if err != nil && !notFound(err) {
			return err
		}
		rows, err := tx.Query(ctx, `select id, label, made_at, used_at from signin.passkey where person = $1 order by made_at, id`, person)
		if err != nil {
			return err
		}
		f.Passkeys, err = pgx.AppendRows(f.Passkeys, rows, func(row pgx.CollectableRow) (k PasskeyRow, err error) {
			var id []byte
			err = row.Scan(&id, &k.Label, &k.Since, &k.Used)
			k.ID = base64.RawURLEncoding.EncodeToString(id)
			return k, err
		})
		if err != nil {
			return err
		}
		rows, err = tx.Query(ctx, `select issuer from signin.identity where person = $1 order by 1`, person)
		if err != nil {
			return err
		}
		f.Issuers, err = pgx.AppendRows(f.Issuers, rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return Factors{}, fmt.Errorf("list the factors of %s: %w", person, err)
	}
	return f, nil
}

// RemoveTOTP ends the use of the authenticator app.
func (h *House) RemoveTOTP(ctx context.Context, by, person string) error {
	return h.remove(ctx, by, person, FactorRemoved{Kind: "totp"}, func(tx pgx.Tx) (bool, error) {
		tag, err := tx.Exec(ctx, `update signin.account set totp = null, totp_at = null where person = $1 and totp is not null`, person)
		return tag.RowsAffected() > 0, err
	})
}

// RemovePasskey ends one passkey.
func (h *House) RemovePasskey(ctx context.Context, by, person, id string) error {
	raw, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil {
		return errNoSuchFactor
	}
	gone := FactorRemoved{Kind: "passkey"}
	if err := h.read(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select label from signin.passkey where person = $1 and id = $2`, person, raw).Scan(&gone.Label)
	}); notFound(err) {
		return errNoSuchFactor
	} else if err != nil {
		return fmt.Errorf("find a passkey: %w", err)
	}
	return h.remove(ctx, by, person, gone, func(tx pgx.Tx) (bool, error) {
		tag, err := tx.Exec(ctx, `delete from signin.passkey where person = $1 and id = $2`, person, raw)
		return tag.RowsAffected() > 0, err
	})
}

var (
	errNoSuchFactor = refused("factor_unknown", "id", "هذا العامل غير موجود.", "There is no such factor.")
	errWouldBeWeak  = refused("password_too_short_alone", "password",
		"بدون هذا العامل تبقى كلمة السر وحدها، وهي أقصر من 15 حرفاً. غيّرها أولاً.",
		"Without this factor the password would stand alone, and it has fewer than 15 letters. Change it first.")
	errNoWayIn = refused("last_factor", "id", "هذه آخر طريقة تدخل بها. أضف غيرها أولاً.", "This is your last way in. Add another first.")
)

// remove takes a factor away unless what is left is too weak.
func (h *House) remove(ctx context.Context, by, person string, fact FactorRemoved, take func(pgx.Tx) (bool, error)) error {
	err := h.write(ctx, func(tx pgx.Tx) error {
		if there, err := take(tx); err != nil || !there {
			return orRefuse(err, errNoSuchFactor)
		}
		a, _, err := accountIn(ctx, tx, person)
		switch {
		case err != nil:
			return err
		case a.password == "" && a.passkeys == 0:
			return errNoWayIn
		case a.password != "" && !a.factors() && !a.alone:
			return errWouldBeWeak
		}
		return nil
	})
	if err != nil {
		return problemOr(err, "remove a factor of "+person)
	}
	return h.tell(ctx, by, person, fact)
}
