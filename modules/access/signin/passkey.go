package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// ceremonyLife is how long a person has to touch their authenticator.
const ceremonyLife = 5 * time.Minute

// Ceremony is what a browser's authenticator is asked. Ceremony comes back with its answer.
type Ceremony struct {
	Ceremony string `json:"ceremony"`
	Options  any    `json:"options"` // for navigator.credentials
}

// ceremony is what Diwan has to remember of it. Person is empty when nobody has said who they are.
type ceremony struct {
	Person string               `json:"person"`
	For    string               `json:"for"` // "register", "sign-in", "step-up"
	Site   string               `json:"site"`
	Data   webauthn.SessionData `json:"data"`
}

// holder is a person as the library wants them.
type holder struct {
	person      Person
	handle      []byte
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return h.person.ID }
func (h holder) WebAuthnDisplayName() string                { return h.person.Name.In("ar") }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

// Site is the address a browser sees Diwan under, from the Host of its request: the configured one,
// whatever the request says, or on this machine localhost. ok is false where passkeys cannot be used.
func (h *House) Site(host string, secure bool) (site string, ok bool) {
	if h.config.URL != "" {
		u, err := url.Parse(h.config.URL)
		if err != nil {
			return "", false
		}
		return u.Scheme + "://" + u.Host, true
	}
	name := host
	if only, _, err := net.SplitHostPort(host); err == nil {
		name = only
	}
	if name != "localhost" && !strings.HasSuffix(name, ".localhost") {
		return "", false
	}
	if secure {
		return "https://" + host, true
	}
	return "http://" + host, true
}

func relyingParty(site string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(site)
	if err != nil {
		return nil, fmt.Errorf("read the address %s: %w", site, err)
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "ديوان Diwan", RPOrigins: []string{site},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
}

// holderOf reads a person with their passkeys; found is false for somebody without an account.
func (h *House) holderOf(ctx context.Context, tx pgx.Tx, where string, key any) (holder, bool, error) {
	var one holder
	var id string
	var suspended bool
	err := tx.QueryRow(ctx, `select person, handle, suspended_at is not null from signin.account where `+where+` = $1`, key).Scan(&id, &one.handle, &suspended)
	if notFound(err) {
		return one, false, nil
	}
	if err != nil {
		return one, false, err
	}
	var known bool
	if one.person, known = h.config.People.Person(id); !known || suspended {
		return one, false, nil
	}
	rows, err := tx.Query(ctx, `select credential from signin.passkey where person = $1 order by made_at, id`, id)
	if err != nil {
		return one, false, err
	}
	one.credentials, err = pgx.CollectRows(rows, pgx.RowTo[webauthn.Credential])
	return one, true, err
}

// BeginPasskey asks the person's authenticator for a new passkey.
func (h *House) BeginPasskey(ctx context.Context, person, site string) (Ceremony, error) {
	rp, err := relyingParty(site)
	if err != nil {
		return Ceremony{}, err
	}
	var who holder
	var found bool
	err = h.write(ctx, func(tx pgx.Tx) error {
		if err := makeAccount(ctx, tx, person, h.clock()); err != nil {
			return err
		}
		who, found, err = h.holderOf(ctx, tx, "person", person)
		return err
	})
	if err != nil || !found {
		return Ceremony{}, orRefuse(err, ErrSignedOut)
	}
	options, data, err := rp.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.credentials).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin a passkey: %w", err)
	}
	return h.ceremony(ceremony{person, "register", site, *data}, options)
}

func (h *House) ceremony(c ceremony, options any) (Ceremony, error) {
	token, err := h.seals.seal(ceremonySeal, h.clock().Add(ceremonyLife), c)
	return Ceremony{token, options}, err
}

// FinishPasskey keeps the new passkey. Recovery codes come back when the person had none.
func (h *House) FinishPasskey(ctx context.Context, person, token, label string, answer []byte) (codes []string, err error) {
	c, used, rp, err := h.reopen(token, "register", person)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, ErrPasskey
	}
	if label, err = kernel.NormaliseCode(label, "label", kernel.Text{Ar: "اسم المفتاح", En: "Name of the passkey"}); err != nil {
		return nil, err
	}
	if label == "" || utf8.RuneCountInString(label) > 60 {
		return nil, refused("passkey_label", "label", "سمِّ المفتاح باسم من حرف إلى 60 حرفاً.", "Name the passkey with 1 to 60 letters.")
	}
	now := h.clock()
	err = h.write(ctx, func(tx pgx.Tx) error {
		if err := used(ctx, tx); err != nil {
			return err
		}
		who, found, err := h.holderOf(ctx, tx, "person", person)
		if err != nil || !found {
			return orRefuse(err, ErrPasskey)
		}
		credential, err := rp.CreateCredential(who, c.Data, parsed)
		if err != nil {
			return ErrPasskey
		}
		tag, err := tx.Exec(ctx, `insert into signin.passkey (id, person, label, credential, made_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
			credential.ID, person, label, credential, now)
		if err != nil || tag.RowsAffected() == 0 {
			return orRefuse(err, ErrPasskey)
		}
		codes, err = firstRecoveryCodes(ctx, tx, person)
		return err
	})
	if err != nil {
		return nil, problemOr(err, "keep a passkey")
	}
	return codes, h.tell(ctx, person, person, FactorAdded{Kind: "passkey", Label: label})
}

// reopen reads a ceremony; used marks it as used in a transaction.
func (h *House) reopen(token, purpose, person string) (c ceremony, used func(context.Context, pgx.Tx) error, rp *webauthn.WebAuthn, err error) {
	hash, until, ok := h.seals.open(ceremonySeal, token, h.clock(), &c)
	if !ok || c.For != purpose || c.Person != person {
		return c, nil, nil, ErrPasskey
	}
	used = func(ctx context.Context, tx pgx.Tx) error {
		if fresh, err := once(ctx, tx, hash, until); err != nil || !fresh {
			return orRefuse(err, ErrPasskey)
		}
		return nil
	}
	rp, err = relyingParty(c.Site)
	return c, used, rp, err
}

// BeginWithPasskey asks whatever authenticator is there who its owner is. Nobody has to type a name.
func (h *House) BeginWithPasskey(site string) (Ceremony, error) {
	rp, err := relyingParty(site)
	if err != nil {
		return Ceremony{}, err
	}
	options, data, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin a sign-in by passkey: %w", err)
	}
	return h.ceremony(ceremony{"", "sign-in", site, *data}, options)
}

// WithPasskey signs in by the authenticator's answer. No count of failures ever bars it.
func (h *House) WithPasskey(ctx context.Context, token string, answer []byte, from Origin, replaces string) (Entry, error) {
	c, used, rp, err := h.reopen(token, "sign-in", "")
	if err != nil {
		return Entry{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Entry{}, ErrPasskey
	}
	check := func(find webauthn.DiscoverableUserHandler) (*webauthn.Credential, error) {
		_, credential, err := rp.ValidatePasskeyLogin(find, c.Data, parsed)
		return credential, err
	}
	var who holder
	err = h.read(ctx, func(tx pgx.Tx) (err error) {
		who, err = h.asserted(ctx, tx, check, nil)
		return err
	})
	if err != nil {
		return Entry{}, problemOr(err, "check a passkey")
	}
	o := opening{level: Passkey, means: []string{"passkey"}, from: from, replaces: replaces}
	return h.open(ctx, who.person, o, nil, func(tx pgx.Tx) error {
		if err := used(ctx, tx); err != nil {
			return err
		}
		_, err := h.asserted(ctx, tx, check, h.keepUse) // again, in the transaction that uses it up
		return err
	})
}

// asserted checks an answer against the passkeys of whoever it names, and hands the passkey to keep.
func (h *House) asserted(ctx context.Context, tx pgx.Tx, check func(webauthn.DiscoverableUserHandler) (*webauthn.Credential, error), keep func(context.Context, pgx.Tx, *webauthn.Credential) error) (holder, error) {
	var who holder
	var broken error
	credential, err := check(func(_, handle []byte) (webauthn.User, error) {
		var found bool
		who, found, broken = h.holderOf(ctx, tx, "handle", handle)
		if broken != nil || !found {
			return nil, errors.New("nobody has this handle")
		}
		return who, nil
	})
	switch {
	case broken != nil:
		return who, broken
	case err != nil, credential.Authenticator.CloneWarning: // a counter that ran back: two of one key
		return who, ErrPasskey
	case keep == nil:
		return who, nil
	}
	return who, keep(ctx, tx, credential)
}

func (h *House) keepUse(ctx context.Context, tx pgx.Tx, credential *webauthn.Credential) error {
	text, err := json.Marshal(credential)
	if err != nil {
		return fmt.Errorf("keep a passkey's use: %w", err)
	}
	_, err = tx.Exec(ctx, `update signin.passkey set credential = $2, used_at = $3 where id = $1`, credential.ID, text, h.clock())
	return err
}
