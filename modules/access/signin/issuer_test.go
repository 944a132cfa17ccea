package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	vouching "diwan/demo/issuer"
)

// abroad is another service that vouches for people, running for real.
type abroad struct {
	*vouching.Issuer
	address string
}

func startIssuer(t *testing.T, id, secret string) abroad {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	a := abroad{address: "http://" + l.Addr().String()}
	a.Issuer, err = vouching.New(a.address, []vouching.Person{{ID: "rana", Name: "رنا"}, {ID: "stranger", Name: "غريب"}}, vouching.Client{
		ID: "diwan", Secret: secret, Redirects: []string{site + "/sign-in/issuers/" + id + "/callback"},
	})
	must(t, err)
	server := httptest.NewUnstartedServer(a.Handler())
	server.Listener.Close()
	server.Listener = l
	server.Start()
	t.Cleanup(server.Close)
	return a
}

// answerOf signs a person in at the issuer and returns what it sends the browser back with.
func (a abroad) answerOf(t *testing.T, address, person string) url.Values {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), site) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := browser.Get(address)
	must(t, err)
	page.Body.Close()
	back, err := browser.PostForm(a.address+"/login", url.Values{"id": {page.Request.URL.Query().Get("id")}, "person": {person}})
	must(t, err)
	back.Body.Close()
	at, err := back.Location()
	if err != nil {
		t.Fatalf("the issuer answered %s at %s", back.Status, back.Request.URL)
	}
	return at.Query()
}

// foreign is a node that knows two issuers, with the clock they have.
func (o *office) foreign() (h *House, first, second abroad) {
	first, second = startIssuer(o.t, "first", "s1"), startIssuer(o.t, "second", "s2")
	h = o.node(func(c *Config) {
		c.Clock = time.Now
		c.Issuers = []Issuer{
			{ID: "first", URL: first.address, ClientID: "diwan", ClientSecret: "s1"},
			{ID: "second", URL: second.address, ClientID: "diwan", ClientSecret: "s2", PersonClaim: "preferred_username"},
		}
	})
	return h, first, second
}

func TestAnotherIssuerVouchesForALinkedPerson(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	h, first, trusted := o.foreign()
	try := func(id string, a abroad, person string) (Entry, error) {
		address, cookie, err := h.BeginWithIssuer(ctx, id, site, "/inbox")
		must(t, err)
		for _, part := range []string{"code_challenge_method=S256", "nonce=", "state=", "response_type=code"} {
			if !contains(address, part) {
				t.Errorf("%s is not in %s", part, address)
			}
		}
		e, back, err := h.WithIssuer(ctx, id, a.answerOf(t, address, person), cookie, o.desk(), "")
		if back != "/inbox" {
			t.Errorf("people come back to %s", back)
		}
		return e, err
	}
	refusedWith(t, "issuer_refused", second(try("first", first, "rana"))) // not linked yet
	must(t, h.Link(ctx, "ahmad", "first", "rana", "rana"))
	e, err := try("first", first, "rana")
	must(t, err)
	if one, ok := o.find(h, e.Tokens.Session); !ok || one.Person != "rana" || one.Level != TwoFactor || one.Means[0] != "issuer" {
		t.Errorf("the session is %+v", one)
	}
	must(t, second(try("second", trusted, "rana"))) // by the claim this issuer is trusted with
	refusedWith(t, "issuer_refused", second(try("second", trusted, "stranger")))
	must(t, h.Suspend(ctx, "ahmad", "rana"))
	refusedWith(t, "issuer_refused", second(try("first", first, "rana")))
}

// An answer counts once, in the browser that asked, for the issuer that was asked (RFC 9207, OAuth
// mix-up), and with the state and nonce of that question.
func TestAnswersOfIssuersAreNotReplayedOrMixedUp(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	h, first, trusted := o.foreign()
	must(t, h.Link(ctx, "ahmad", "first", "rana", "rana"))
	begin := func(id string) (address, cookie string) {
		address, cookie, err := h.BeginWithIssuer(ctx, id, site, "/")
		must(t, err)
		return address, cookie
	}
	refused := func(name, id string, query url.Values, cookie string) {
		t.Helper()
		if e, _, err := h.WithIssuer(ctx, id, query, cookie, o.desk(), ""); err == nil {
			t.Errorf("%s: signed in as %s", name, e.Person)
		}
	}
	address, cookie := begin("first")
	query := first.answerOf(t, address, "rana")
	_, _, err := h.WithIssuer(ctx, "first", query, cookie, o.desk(), "")
	must(t, err)
	refused("the same answer again", "first", query, cookie)

	address, cookie = begin("first")
	_, otherCookie := begin("first")
	query = first.answerOf(t, address, "rana")
	refused("another browser", "first", query, otherCookie)
	refused("no cookie", "first", query, "")
	refused("the code after a failed try", "second", query, cookie)

	address, cookie = begin("first")
	query = first.answerOf(t, address, "rana")
	changed := func(key, value string) url.Values {
		q := url.Values{}
		for k, v := range query {
			q[k] = v
		}
		q.Set(key, value)
		return q
	}
	refused("a state of its own", "first", changed("state", "x"), cookie)

	address, cookie = begin("first")
	query = first.answerOf(t, address, "rana")
	refused("another issuer says it was asked", "first", changed("iss", trusted.address), cookie)

	// Mix-up: the browser began with one issuer and comes back with the other's code.
	address, _ = begin("second")
	stolen := trusted.answerOf(t, address, "rana").Get("code")
	address, cookie = begin("first")
	query = first.answerOf(t, address, "rana")
	refused("the other issuer's code", "first", changed("code", stolen), cookie)

	// A code of another question of the same person: PKCE and nonce do not fit.
	address, _ = begin("first")
	stolen = first.answerOf(t, address, "rana").Get("code")
	address, cookie = begin("first")
	query = first.answerOf(t, address, "rana")
	refused("a code of another question", "first", changed("code", stolen), cookie)
	refused("an error", "first", changed("error", "access_denied"), cookie)
}

func TestAnIssuerEndsItsSessions(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	h, first, trusted := o.foreign()
	must(t, h.Link(ctx, "ahmad", "first", "rana", "rana"))
	enter := func(id string, a abroad) Entry {
		address, cookie, err := h.BeginWithIssuer(ctx, id, site, "/")
		must(t, err)
		e, _, err := h.WithIssuer(ctx, id, a.answerOf(t, address, "rana"), cookie, o.desk(), "")
		must(t, err)
		return e
	}
	own, err := h.WithPassword(ctx, "rana", strong, o.desk(), "")
	must(t, err)
	abroadSession, ofOther := enter("first", first), enter("second", trusted)
	sign := func(a abroad, change func(map[string]any)) string {
		claims := a.LogoutClaims("rana")
		change(claims)
		token, err := a.Sign(claims)
		must(t, err)
		return token
	}
	asIs := func(map[string]any) {}
	good := sign(first, asIs)
	for name, token := range map[string]string{
		"nothing":           "",
		"another issuer's":  sign(trusted, asIs),
		"another audience":  sign(first, func(c map[string]any) { c["aud"] = "somebody" }),
		"with a nonce":      sign(first, func(c map[string]any) { c["nonce"] = "x" }),
		"no logout":         sign(first, func(c map[string]any) { delete(c, "events") }),
		"without an id":     sign(first, func(c map[string]any) { delete(c, "jti") }),
		"over":              sign(first, func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() }),
		"about nobody":      sign(first, func(c map[string]any) { delete(c, "sub") }),
		"unsigned":          unsigned(good),
		"signed by a guess": signedWithSecret(good, "s1"),
		"changed":           strings.Replace(good, ".", ".e", 1),
	} {
		if err := h.IssuerLogout(ctx, "first", token); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, ok := o.find(h, abroadSession.Tokens.Session); !ok {
		t.Fatal("a forged logout ended a session")
	}
	must(t, h.IssuerLogout(ctx, "first", good))
	if _, ok := o.find(h, abroadSession.Tokens.Session); ok {
		t.Error("the session still holds")
	}
	for name, e := range map[string]Entry{"her own sign-in": own, "the other issuer's": ofOther} {
		if _, ok := o.find(h, e.Tokens.Session); !ok {
			t.Errorf("%s ended too", name)
		}
	}
	refusedWith(t, "issuer_refused", h.IssuerLogout(ctx, "first", good)) // a replay
}

// The algorithm is ours to choose, never the token's.
func unsigned(token string) string {
	parts := strings.Split(token, ".")
	return b64([]byte(`{"alg":"none","typ":"logout+jwt"}`)) + "." + parts[1] + "."
}

func signedWithSecret(token, secret string) string {
	head, err := json.Marshal(map[string]string{"alg": "HS256", "typ": "logout+jwt"})
	if err != nil {
		return ""
	}
	text := b64(head) + "." + strings.Split(token, ".")[1]
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + b64(mac.Sum(nil))
}

func TestWrongIssuersAreRefusedAtStart(t *testing.T) {
	o := openOffice(t)
	for name, one := range map[string]Issuer{
		"plain http":      {ID: "a", URL: "http://issuer.example", ClientID: "x"},
		"no id":           {URL: "https://issuer.example", ClientID: "x"},
		"no client":       {ID: "a", URL: "https://issuer.example"},
		"a shared secret": {ID: "a", URL: "https://issuer.example", ClientID: "x", Algorithms: []string{"HS256"}},
		"no signature":    {ID: "a", URL: "https://issuer.example", ClientID: "x", Algorithms: []string{"none"}},
	} {
		c := o.config
		c.Issuers = []Issuer{one}
		if _, err := New(context.Background(), c); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
