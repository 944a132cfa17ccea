package signin

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/jackc/pgx/v5"
	"golang.org/x/oauth2"

	"diwan/modules/kernel"
)

// Issuer is another service that vouches for people by OpenID Connect.
type Issuer struct {
	ID           string      `json:"id"` // in addresses: "sanad"
	Name         kernel.Text `json:"name"`
	URL          string      `json:"issuer"`
	ClientID     string      `json:"client_id"`
	ClientSecret string      `json:"client_secret"`
	// Algorithms its tokens may be signed with; empty = RS256 and ES256. What a token says of itself
	// is not asked.
	Algorithms []string `json:"algorithms"`
	// PersonClaim names the claim that holds the sign-in name, where this issuer is trusted to say it.
	// Without it people are linked one by one.
	PersonClaim string `json:"person_claim"`

	Client *http.Client `json:"-"` // nil = one with a time limit
}

// issuer is one that can be asked. Its own description is fetched when it is first needed, so that
// Diwan starts while an issuer is down.
type issuer struct {
	Issuer
	mu       sync.Mutex
	provider *oidc.Provider
}

// flow is a sign-in on its way through an issuer. It stays in the browser that began it.
type flow struct {
	Issuer   string `json:"issuer"`
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	Site     string `json:"site"`
	Back     string `json:"back"` // the page people come from
}

// flowLife is how long people have to sign in with the issuer.
const flowLife = 10 * time.Minute

func (h *House) openIssuers(all []Issuer) (map[string]*issuer, error) {
	found := map[string]*issuer{}
	for _, one := range all {
		u, err := url.Parse(one.URL)
		switch {
		case err != nil || u.Host == "" || u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost":
			return nil, fmt.Errorf("the issuer %q needs an https address, not %q", one.ID, one.URL)
		case one.ID == "" || url.PathEscape(one.ID) != one.ID || one.ClientID == "":
			return nil, fmt.Errorf("the issuer at %s needs an id for addresses and a client_id", one.URL)
		case found[one.ID] != nil:
			return nil, fmt.Errorf("the issuer %s is there twice", one.ID)
		}
		if len(one.Algorithms) == 0 {
			one.Algorithms = []string{oidc.RS256, oidc.ES256}
		}
		for _, a := range one.Algorithms {
			if a == "none" || strings.HasPrefix(a, "HS") {
				return nil, fmt.Errorf("the issuer %s: %s proves nothing to a client", one.ID, a)
			}
		}
		if one.Client == nil {
			one.Client = &http.Client{Timeout: 10 * time.Second}
		}
		found[one.ID] = &issuer{Issuer: one}
	}
	return found, nil
}

// Issuers lists those people may choose, without their secrets.
func (h *House) Issuers() []Issuer {
	all := []Issuer{}
	for _, one := range h.issuers {
		all = append(all, Issuer{ID: one.ID, Name: one.Name})
	}
	slices.SortFunc(all, func(a, b Issuer) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// described returns the issuer's own description, fetched once it answers.
func (i *issuer) described(ctx context.Context) (*oidc.Provider, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider == nil {
		// Keys are fetched later too, so the client outlives this request.
		provider, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), i.Client), i.URL)
		if err != nil {
			return nil, fmt.Errorf("ask the issuer %s for its description: %w", i.ID, err)
		}
		i.provider = provider
	}
	return i.provider, nil
}

func (i *issuer) verifier(p *oidc.Provider, clock func() time.Time) *oidc.IDTokenVerifier {
	return p.Verifier(&oidc.Config{ClientID: i.ClientID, SupportedSigningAlgs: i.Algorithms, Now: clock})
}

func (i *issuer) oauth(p *oidc.Provider, site string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: i.ClientID, ClientSecret: i.ClientSecret, Endpoint: p.Endpoint(),
		RedirectURL: site + "/sign-in/issuers/" + i.ID + "/callback", Scopes: []string{oidc.ScopeOpenID, "profile"},
	}
}

// BeginWithIssuer returns where to send the browser, and the cookie that ties the answer to it.
func (h *House) BeginWithIssuer(ctx context.Context, id, site, back string) (address, cookie string, err error) {
	i := h.issuers[id]
	if i == nil {
		return "", "", ErrIssuer
	}
	p, err := i.described(ctx)
	if err != nil {
		return "", "", err
	}
	f := flow{Issuer: id, Site: site, Back: back, Verifier: oauth2.GenerateVerifier()}
	if f.State, _, err = drawToken(); err != nil {
		return "", "", err
	}
	if f.Nonce, _, err = drawToken(); err != nil {
		return "", "", err
	}
	if cookie, err = h.seals.seal(flowSeal, h.clock().Add(flowLife), f); err != nil {
		return "", "", err
	}
	return i.oauth(p, site).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), cookie, nil
}

// claims are those Diwan reads of a token.
type claims struct {
	Nonce      string         `json:"nonce"`
	Authorized string         `json:"azp"`
	Means      []string       `json:"amr"`
	SessionID  string         `json:"sid"`
	ID         string         `json:"jti"`
	Events     map[string]any `json:"events"`
	all        map[string]any
}

// WithIssuer finishes a sign-in with the issuer's answer. back is the page it began on.
func (h *House) WithIssuer(ctx context.Context, id string, query url.Values, cookie string, from Origin, replaces string) (e Entry, back string, err error) {
	var f flow
	hash, until, ok := h.seals.open(flowSeal, cookie, h.clock(), &f)
	i := h.issuers[id]
	if !ok || i == nil || f.Issuer != id {
		return Entry{}, "/", ErrIssuer
	}
	var fresh bool
	if err := h.write(ctx, func(tx pgx.Tx) (err error) {
		fresh, err = once(ctx, tx, hash, until) // also when it fails below: an answer is tried once
		return err
	}); err != nil {
		return Entry{}, f.Back, fmt.Errorf("use an issuer's answer: %w", err)
	}
	stated := query.Get("iss")
	switch {
	case !fresh,
		subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(f.State)) != 1,
		stated != "" && stated != i.URL,
		query.Get("error") != "", query.Get("code") == "":
		return Entry{}, f.Back, ErrIssuer
	}
	token, c, err := h.redeem(ctx, i, f, query.Get("code"))
	if err != nil {
		return Entry{}, f.Back, err
	}
	person, known, err := h.vouchedFor(ctx, i, token.Subject, c)
	if err != nil || !known {
		return Entry{}, f.Back, orRefuse(err, ErrIssuer)
	}
	o := opening{level: Password, means: []string{"issuer"}, from: from, replaces: replaces, issuer: i.URL, subject: token.Subject, issuerSession: c.SessionID}
	if slices.ContainsFunc(c.Means, func(m string) bool { return slices.Contains(strongMeans, m) }) {
		o.level = TwoFactor
	}
	e, err = h.open(ctx, person, o, nil, func(tx pgx.Tx) error {
		a, found, err := accountIn(ctx, tx, person.ID)
		if err != nil || found && a.suspended {
			return orRefuse(err, ErrIssuer)
		}
		return nil
	})
	return e, f.Back, err
}

// strongMeans are the values of amr (RFC 8176) that tell of a second factor.
var strongMeans = []string{"mfa", "otp", "hwk", "swk", "fpt", "face", "iris", "pop", "sc"}

// redeem exchanges the code and checks the token: signature, issuer, audience, time and nonce.
func (h *House) redeem(ctx context.Context, i *issuer, f flow, code string) (*oidc.IDToken, claims, error) {
	p, err := i.described(ctx)
	if err != nil {
		return nil, claims{}, err
	}
	ctx = oidc.ClientContext(ctx, i.Client)
	answer, err := i.oauth(p, f.Site).Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		h.config.Trouble.WarnContext(ctx, "an issuer did not redeem a code", "issuer", i.ID, "error", err)
		return nil, claims{}, ErrIssuer
	}
	raw, _ := answer.Extra("id_token").(string)
	token, c, err := h.verified(ctx, i, p, raw)
	if err != nil {
		return nil, claims{}, err
	}
	if subtle.ConstantTimeCompare([]byte(c.Nonce), []byte(f.Nonce)) != 1 ||
		c.Authorized != "" && c.Authorized != i.ClientID || len(token.Audience) > 1 && c.Authorized == "" ||
		token.IssuedAt.After(h.clock().Add(time.Minute)) {
		return nil, claims{}, ErrIssuer
	}
	if token.AccessTokenHash != "" && token.VerifyAccessToken(answer.AccessToken) != nil {
		return nil, claims{}, ErrIssuer
	}
	return token, c, nil
}

func (h *House) verified(ctx context.Context, i *issuer, p *oidc.Provider, raw string) (*oidc.IDToken, claims, error) {
	token, err := i.verifier(p, h.clock).Verify(ctx, raw)
	if err != nil {
		h.config.Trouble.WarnContext(ctx, "an issuer's token was not accepted", "issuer", i.ID, "error", err)
		return nil, claims{}, ErrIssuer
	}
	var c claims
	if token.Claims(&c) != nil || token.Claims(&c.all) != nil || token.Subject == "" && c.SessionID == "" {
		return nil, claims{}, ErrIssuer
	}
	return token, c, nil
}

// vouchedFor finds whom the issuer means: somebody who was linked, or by the trusted claim.
func (h *House) vouchedFor(ctx context.Context, i *issuer, subject string, c claims) (Person, bool, error) {
	var id string
	err := h.read(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select person from signin.identity where issuer = $1 and subject = $2`, i.URL, subject).Scan(&id)
	})
	if err != nil && !notFound(err) {
		return Person{}, false, fmt.Errorf("find whom an issuer means: %w", err)
	}
	if notFound(err) && i.PersonClaim != "" {
		id, _ = c.all[i.PersonClaim].(string)
	}
	person, known := h.config.People.Person(id)
	return person, known, nil
}

// Link says that an issuer's subject is a person.
func (h *House) Link(ctx context.Context, by, id, subject, person string) error {
	i := h.issuers[id]
	if i == nil || subject == "" {
		return refused("issuer_unknown", "issuer", "لا جهة بهذا الاسم في الإعدادات.", "No issuer of this name is in the settings.")
	}
	if _, known := h.config.People.Person(person); !known {
		return refused("person_unknown", "person", "لا أحد بهذا الاسم.", "Nobody has this name.")
	}
	if err := h.tell(ctx, by, person, FactorAdded{Kind: "issuer", Label: i.URL}); err != nil {
		return err
	}
	err := h.write(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into signin.identity (issuer, subject, person, linked_at) values ($1, $2, $3, $4)
			on conflict (issuer, subject) do update set person = $3, linked_at = $4`, i.URL, subject, person, h.clock())
		return err
	})
	if err != nil {
		return fmt.Errorf("link %s: %w", person, err)
	}
	return nil
}
