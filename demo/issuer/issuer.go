// Package issuer is another service that vouches for people by OpenID Connect: a real provider in
// this process, for the demo and for tests. It asks no password: whoever stands before its page
// chooses who they are.
package issuer

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/google/uuid"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// Person is somebody the issuer knows.
type Person struct{ ID, Name string }

// Client is the one program that may ask this issuer.
type Client struct {
	ID, Secret string
	Redirects  []string
	Logout     string // where to tell it that somebody signed out; "" = nowhere
}

// Issuer is a running provider.
type Issuer struct {
	address  string
	people   []Person
	store    *storage
	provider *op.Provider
}

// New makes a provider for its own address, "http://127.0.0.1:9000". Plain http is for this machine.
func New(address string, people []Person, client Client) (*Issuer, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, fmt.Errorf("make the issuer's key: %w", err)
	}
	i := &Issuer{address: address, people: people, store: newStorage(key, client)}
	config := &op.Config{CodeMethodS256: true, BackChannelLogoutSupported: true, BackChannelLogoutSessionSupported: true}
	if _, err := rand.Read(config.CryptoKey[:]); err != nil {
		return nil, fmt.Errorf("make the issuer's key: %w", err)
	}
	quiet := slog.New(slog.DiscardHandler) // what a relying party needs to know is in the answers
	i.provider, err = op.NewProvider(config, i.store, op.StaticIssuer(address), op.WithAllowInsecure(), op.WithLogger(quiet))
	if err != nil {
		return nil, fmt.Errorf("make the issuer: %w", err)
	}
	return i, nil
}

// Handler is everything the issuer answers.
func (i *Issuer) Handler() http.Handler {
	mux := http.NewServeMux()
	interceptor := op.NewIssuerInterceptor(i.provider.IssuerFromRequest)
	mux.HandleFunc("GET /login", i.page)
	mux.Handle("POST /login", interceptor.HandlerFunc(i.choose))
	mux.Handle("/", i.provider)
	return mux
}

var page = template.Must(template.New("page").Parse(`<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>جهة الدخول التجريبية</title>
<h1>جهة الدخول التجريبية</h1><p>من أنت؟ <span lang="en" dir="ltr">Who are you?</span></p>
{{range .People}}<form method="post"><input type="hidden" name="id" value="{{$.ID}}"><button name="person" value="{{.ID}}">{{.Name}}</button></form>
{{end}}</html>`))

func (i *Issuer) page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = page.Execute(w, map[string]any{"People": i.people, "ID": r.URL.Query().Get("id")}) // the browser has gone when this fails
}

func (i *Issuer) choose(w http.ResponseWriter, r *http.Request) {
	id, person := r.FormValue("id"), r.FormValue("person")
	if !i.knows(person) || !i.store.finish(id, person) {
		http.Error(w, "nobody of this name, or no sign-in under way", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, op.AuthCallbackURL(i.provider)(r.Context(), id), http.StatusSeeOther)
}

func (i *Issuer) knows(person string) bool {
	for _, p := range i.people {
		if p.ID == person {
			return true
		}
	}
	return false
}

// Sign signs a token as the issuer does.
func (i *Issuer) Sign(claims any) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{
		Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: i.store.key, KeyID: keyID},
	}, (&jose.SignerOptions{}).WithType("logout+jwt"))
	if err != nil {
		return "", fmt.Errorf("sign as the issuer: %w", err)
	}
	return jwt.Signed(signer).Claims(claims).Serialize()
}

// LogoutClaims are those of a logout token about a person.
func (i *Issuer) LogoutClaims(person string) map[string]any {
	now := time.Now()
	return map[string]any{
		"iss": i.address, "aud": i.store.client.ID, "sub": person, "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": uuid.NewString(),
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}},
	}
}

// SignOut ends a person's sign-in here, and tells the client.
func (i *Issuer) SignOut(ctx context.Context, person string) error {
	token, err := i.Sign(i.LogoutClaims(person))
	if err != nil || i.store.client.Logout == "" {
		return err
	}
	body := url.Values{"logout_token": {token}}.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, i.store.client.Logout, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("tell the client of a sign-out: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		var said bytes.Buffer
		_, _ = io.CopyN(&said, answer.Body, 300) // only for the message
		return fmt.Errorf("tell the client of a sign-out: %s: %s", answer.Status, said.String())
	}
	return nil
}

// client shows the one program to the library.
type client struct{ Client }

func (c client) GetID() string                       { return c.ID }
func (c client) RedirectURIs() []string              { return c.Redirects }
func (c client) PostLogoutRedirectURIs() []string    { return nil }
func (c client) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (c client) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodBasic }
func (c client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}

func (c client) GrantTypes() []oidc.GrantType { return []oidc.GrantType{oidc.GrantTypeCode} }

func (c client) LoginURL(id string) string { return "/login?id=" + url.QueryEscape(id) }

func (c client) AccessTokenType() op.AccessTokenType                      { return op.AccessTokenTypeBearer }
func (c client) IDTokenLifetime() time.Duration                           { return 5 * time.Minute }
func (c client) DevMode() bool                                            { return true } // redirects to plain http on this machine
func (c client) IsScopeAllowed(string) bool                               { return false }
func (c client) IDTokenUserinfoClaimsAssertion() bool                     { return true }
func (c client) ClockSkew() time.Duration                                 { return 0 }
func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string { return same }
func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return same
}

func same(scopes []string) []string { return scopes }
