package signin

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5"
)

// Proof is how a person proves again who they are: one of the three.
type Proof struct {
	Password string
	Code     string // of the authenticator app
	Recovery bool   // Code is a recovery code
	Ceremony string // of BeginStepUp, with the authenticator's answer
	Answer   json.RawMessage
}

// StepUpMeans lists the ways a person can step up by: the second factors they have, or, where the
// policy is content with it, their password.
func (h *House) StepUpMeans(ctx context.Context, person string) ([]string, error) {
	p, err := h.Policy(ctx)
	if err != nil {
		return nil, err
	}
	a, _, err := h.account(ctx, person)
	if err != nil {
		return nil, err
	}
	means := a.next()
	if len(means) == 0 && !p.SecondFactor && a.password != "" {
		means = []string{"password"}
	}
	return means, nil
}

// BeginStepUp asks one of the person's own passkeys.
func (h *House) BeginStepUp(ctx context.Context, person, site string) (Ceremony, error) {
	rp, err := relyingParty(site)
	if err != nil {
		return Ceremony{}, err
	}
	var who holder
	var found bool
	err = h.read(ctx, func(tx pgx.Tx) (err error) {
		who, found, err = h.holderOf(ctx, tx, "person", person)
		return err
	})
	if err != nil {
		return Ceremony{}, fmt.Errorf("read the passkeys of %s: %w", person, err)
	}
	if !found || len(who.credentials) == 0 {
		return Ceremony{}, ErrNoFactor
	}
	options, data, err := rp.BeginLogin(who, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin a step-up by passkey: %w", err)
	}
	return h.ceremony(ceremony{person, "step-up", site, *data}, options)
}

// StepUp proves again who a session's owner is, and gives the session a new id. Errors: ErrRefused,
// ErrCode, ErrPasskey, ErrSignedOut, Wait.
func (h *House) StepUp(ctx context.Context, one Session, token string, proof Proof, from Origin) (Tokens, Session, error) {
	p, err := h.Policy(ctx)
	if err != nil {
		return Tokens{}, one, err
	}
	a, found, err := h.account(ctx, one.Person)
	if err != nil {
		return Tokens{}, one, err
	}
	if _, known := h.config.People.Person(one.Person); !found || !known || a.suspended {
		return Tokens{}, one, ErrSignedOut
	}
	var level Level
	var means string
	switch {
	case proof.Ceremony != "":
		level, means, err = Passkey, "passkey", h.provePasskey(ctx, one.Person, proof)
	case proof.Code != "":
		level, means = TwoFactor, "totp"
		if proof.Recovery {
			means = "recovery_code"
		}
		err = h.proveCode(ctx, a, proof, from)
	case a.factors():
		err = refused("factor_needed", "code", "أكّد هويتك برمز التطبيق أو بمفتاح المرور.", "Confirm with a code of your app, or with your passkey.")
	default: // where approvals want more, this still opens the person's own account page
		level, means, err = Password, "password", h.provePassword(ctx, a, proof.Password, from)
	}
	if err != nil {
		return Tokens{}, one, err
	}
	if err := h.tell(ctx, one.Person, one.Person, SteppedUp{Session: one.ID, Means: means}); err != nil {
		return Tokens{}, one, err
	}
	return h.Sessions.steppedUp(ctx, one, token, level, means, p)
}

func (h *House) provePassword(ctx context.Context, a account, password string, from Origin) error {
	counters := countersOf("password", accountBudget, a.person, from)
	wait, err := h.throttle.admit(ctx, h, counters)
	if err != nil {
		return fmt.Errorf("count a step-up: %w", err)
	}
	if wait > 0 {
		return Wait(wait)
	}
	fits, err := h.checks(ctx, a, password, true)
	if err != nil {
		return err
	}
	if !fits {
		h.reporter.refused(a.person, from, false)
		return refused("password_refused", "password", "كلمة السر غير صحيحة.", "The password is wrong.")
	}
	return h.settle(ctx, counters)
}

func (h *House) proveCode(ctx context.Context, a account, proof Proof, from Origin) error {
	counters, err := h.admitCode(ctx, a.person, from)
	if err != nil {
		return err
	}
	err = h.write(ctx, func(tx pgx.Tx) error {
		if err := h.useCode(ctx, tx, a, proof.Code, proof.Recovery); err != nil {
			return err
		}
		return h.throttle.succeeded(ctx, tx, counters)
	})
	if err != nil {
		h.reporter.refused(a.person, from, false)
		return problemOr(err, "check a code")
	}
	if proof.Recovery {
		return h.tell(ctx, a.person, a.person, RecoveryUsed{CodesLeft: a.codes - 1})
	}
	return nil
}

func (h *House) provePasskey(ctx context.Context, person string, proof Proof) error {
	c, used, rp, err := h.reopen(proof.Ceremony, "step-up", person)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(proof.Answer)
	if err != nil {
		return ErrPasskey
	}
	err = h.write(ctx, func(tx pgx.Tx) error {
		if err := used(ctx, tx); err != nil {
			return err
		}
		who, found, err := h.holderOf(ctx, tx, "person", person)
		if err != nil || !found {
			return orRefuse(err, ErrPasskey)
		}
		credential, err := rp.ValidateLogin(who, c.Data, parsed)
		if err != nil || credential.Authenticator.CloneWarning {
			return ErrPasskey
		}
		return h.keepUse(ctx, tx, credential)
	})
	if err != nil {
		return problemOr(err, "check a passkey")
	}
	return nil
}
