package signin

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

const site = "http://localhost:8080"

// authenticator is a security key with one credential, in software.
type authenticator struct {
	t        *testing.T
	origin   string
	key      *ecdsa.PrivateKey
	id       []byte
	handle   []byte
	counter  uint32
	verifies bool // the PIN or finger is checked
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	id := make([]byte, 32)
	_, err = rand.Read(id)
	must(t, err)
	return &authenticator{t: t, origin: site, key: key, id: id, verifies: true}
}

func (a *authenticator) data(attested []byte) []byte {
	u, err := url.Parse(a.origin)
	must(a.t, err)
	hash := sha256.Sum256([]byte(u.Hostname()))
	flags := byte(0x01)
	if a.verifies {
		flags |= 0x04
	}
	if attested != nil {
		flags |= 0x40
	}
	a.counter++
	return append(binary.BigEndian.AppendUint32(append(hash[:], flags), a.counter), attested...)
}

func (a *authenticator) clientData(kind, challenge string) []byte {
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	must(a.t, err)
	return text
}

var b64 = base64.RawURLEncoding.EncodeToString

// register answers the options of a new passkey.
func (a *authenticator) register(c Ceremony) []byte {
	a.t.Helper()
	options := c.Options.(*protocol.CredentialCreation).Response
	a.handle = options.User.ID.(protocol.URLEncodedBase64)
	if options.AuthenticatorSelection.UserVerification != protocol.VerificationRequired ||
		options.AuthenticatorSelection.ResidentKey != protocol.ResidentKeyRequirementRequired {
		a.t.Error("the passkey need not be discoverable, or its owner not verified")
	}
	point, err := a.key.PublicKey.Bytes()
	must(a.t, err)
	public, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	must(a.t, err)
	attested := append(make([]byte, 16), binary.BigEndian.AppendUint16(nil, uint16(len(a.id)))...)
	attested = append(append(attested, a.id...), public...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.data(attested)})
	must(a.t, err)
	return a.answer(map[string]any{
		"clientDataJSON": b64(a.clientData("webauthn.create", options.Challenge.String())), "attestationObject": b64(object),
	})
}

// assert answers the options of a sign-in or a step-up.
func (a *authenticator) assert(c Ceremony) []byte {
	a.t.Helper()
	challenge := c.Options.(*protocol.CredentialAssertion).Response.Challenge.String()
	client, data := a.clientData("webauthn.get", challenge), a.data(nil)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte(nil), data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	must(a.t, err)
	return a.answer(map[string]any{
		"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(a.handle),
	})
}

func (a *authenticator) answer(response map[string]any) []byte {
	text, err := json.Marshal(map[string]any{
		"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response,
	})
	must(a.t, err)
	return text
}

// withPasskey registers a passkey of a person.
func (o *office) withPasskey(person, label string) *authenticator {
	o.t.Helper()
	key := newAuthenticator(o.t)
	c, err := o.BeginPasskey(context.Background(), person, site)
	must(o.t, err)
	_, err = o.FinishPasskey(context.Background(), person, c.Ceremony, label, key.register(c))
	must(o.t, err)
	return key
}

func (o *office) beginByPasskey() Ceremony {
	o.t.Helper()
	c, err := o.BeginWithPasskey(site)
	must(o.t, err)
	return c
}

func TestAPasskeySignsInWithoutANameAndAnswersOnce(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	key := o.withPasskey("huda", "مفتاح المكتب")
	o.pass(time.Minute) // keys are told in the order they were made
	spare := o.withPasskey("huda", "مفتاح البيت")
	c := o.beginByPasskey()
	answer := key.assert(c)
	e, err := o.WithPasskey(ctx, c.Ceremony, answer, o.desk(), "")
	must(t, err)
	one, ok := o.find(o.House, e.Tokens.Session)
	if !ok || one.Person != "huda" || one.Level != Passkey || !one.Approves(e.Tokens.Approval, o.clock()) {
		t.Errorf("the session is %+v", one)
	}
	refusedWith(t, "passkey_refused", second(o.WithPasskey(ctx, c.Ceremony, answer, o.desk(), "")))
	c = o.beginByPasskey()
	must(t, second(o.WithPasskey(ctx, c.Ceremony, spare.assert(c), o.desk(), "")))
	f, err := o.Factors(ctx, "huda")
	if err != nil || len(f.Passkeys) != 2 || f.Passkeys[0].Label != "مفتاح المكتب" || f.Passkeys[0].Used == nil || f.RecoveryCodes != 10 || !f.Approver {
		t.Errorf("her factors are %+v, %v", f, err)
	}
	must(t, o.RemovePasskey(ctx, "huda", "huda", f.Passkeys[0].ID))
	c = o.beginByPasskey()
	refusedWith(t, "passkey_refused", second(o.WithPasskey(ctx, c.Ceremony, key.assert(c), o.desk(), "")))
}

// What does not come from the person's own key, on Diwan's own site, with their finger on it, now,
// is refused.
func TestForgedAnswersOfAuthenticatorsAreRefused(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	key := o.withPasskey("huda", "key")
	try := func(name string, change func(a *authenticator, c *Ceremony) []byte) {
		t.Run(name, func(t *testing.T) {
			a, c := *key, o.beginByPasskey()
			a.counter += 100
			refusedWith(t, "passkey_refused", second(o.WithPasskey(ctx, c.Ceremony, change(&a, &c), o.desk(), "")))
		})
	}
	try("another site", func(a *authenticator, c *Ceremony) []byte { a.origin = "http://evil.localhost"; return a.assert(*c) })
	try("another port", func(a *authenticator, c *Ceremony) []byte { a.origin = "http://localhost:9999"; return a.assert(*c) })
	try("nobody verified", func(a *authenticator, c *Ceremony) []byte { a.verifies = false; return a.assert(*c) })
	try("another key", func(a *authenticator, c *Ceremony) []byte {
		a.key = newAuthenticator(t).key
		return a.assert(*c)
	})
	try("a key that ran back", func(a *authenticator, c *Ceremony) []byte { a.counter = 0; return a.assert(*c) })
	try("another's handle", func(a *authenticator, c *Ceremony) []byte { a.handle = make([]byte, 64); return a.assert(*c) })
	try("another challenge", func(a *authenticator, c *Ceremony) []byte {
		older := o.beginByPasskey()
		return a.assert(older)
	})
	try("too late", func(a *authenticator, c *Ceremony) []byte { o.pass(ceremonyLife); return a.assert(*c) })
	try("a registration", func(a *authenticator, c *Ceremony) []byte {
		begun, err := o.BeginPasskey(ctx, "huda", site)
		must(t, err)
		answer := a.register(begun)
		return answer
	})
	try("a ceremony for another purpose", func(a *authenticator, c *Ceremony) []byte {
		begun, err := o.BeginStepUp(ctx, "huda", site)
		must(t, err)
		answer := a.assert(begun)
		c.Ceremony = begun.Ceremony
		return answer
	})
	try("nothing", func(*authenticator, *Ceremony) []byte { return []byte("{}") })
	try("no JSON", func(*authenticator, *Ceremony) []byte { return nil })
	must(t, o.Suspend(ctx, "ahmad", "huda"))
	try("a suspended person", func(a *authenticator, c *Ceremony) []byte { return a.assert(*c) })
}

func TestAPasskeyIsTheOwnersOwn(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	key := o.withPasskey("huda", "key")
	c, err := o.BeginPasskey(ctx, "rana", site)
	must(t, err)
	refusedWith(t, "passkey_refused", second(o.FinishPasskey(ctx, "huda", c.Ceremony, "x", newAuthenticator(t).register(c))))
	refusedWith(t, "passkey_refused", second(o.FinishPasskey(ctx, "rana", c.Ceremony, "x", key.register(c)))) // registered to huda
	c, err = o.BeginPasskey(ctx, "rana", site)
	must(t, err)
	refusedWith(t, "passkey_label", second(o.FinishPasskey(ctx, "rana", c.Ceremony, " ", newAuthenticator(t).register(c))))
	refusedWith(t, "code.hidden_character", second(o.FinishPasskey(ctx, "rana", c.Ceremony, "a\u202eb", newAuthenticator(t).register(c))))
	quiet := newAuthenticator(t)
	quiet.verifies = false
	refusedWith(t, "passkey_refused", second(o.FinishPasskey(ctx, "rana", c.Ceremony, "x", quiet.register(c))))
}

func TestAPasskeyStepsUp(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	key, others := o.withPasskey("huda", "key"), o.withPasskey("rana", "key")
	c := o.beginByPasskey()
	e, err := o.WithPasskey(ctx, c.Ceremony, key.assert(c), o.desk(), "")
	must(t, err)
	o.pass(16 * time.Minute)
	one, _ := o.find(o.House, e.Tokens.Session)
	c, err = o.BeginStepUp(ctx, "huda", site)
	must(t, err)
	refusedWith(t, "passkey_refused", stepped(o.StepUp(ctx, one, e.Tokens.Session, Proof{Ceremony: c.Ceremony, Answer: others.assert(c)}, o.desk())))
	c, err = o.BeginStepUp(ctx, "huda", site)
	must(t, err)
	next, after, err := o.StepUp(ctx, one, e.Tokens.Session, Proof{Ceremony: c.Ceremony, Answer: key.assert(c)}, o.desk())
	must(t, err)
	if !after.Approves(next.Approval, o.clock()) {
		t.Error("her passkey does not approve")
	}
	refusedWith(t, "second_factor_missing", second(o.BeginStepUp(ctx, "ahmad", site)))
}

// Passkeys are bound to the configured address, whatever a request says; without one only this
// machine's own browsers have them.
func TestPasskeysBelongToOneSite(t *testing.T) {
	o := openOffice(t)
	for host, want := range map[string]string{"localhost:8080": site, "127.0.0.1:8080": "", "evil.example": "", "": ""} {
		if got, ok := o.Site(host, false); got != want || ok != (want != "") {
			t.Errorf("under %s the site is %q", host, got)
		}
	}
	public := o.node(func(c *Config) { c.URL = "https://diwan.example.jo" })
	if got, ok := public.Site("evil.example", false); !ok || got != "https://diwan.example.jo" {
		t.Errorf("the site is %q", got)
	}
}
