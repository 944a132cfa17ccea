package signin

import (
	"context"
	"crypto/ed25519"
	"net/netip"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/google/uuid"
)

// programs are the accounts of programs.
type programs map[string]ServiceTerms

func (p programs) Service(id string) (ServiceTerms, bool) {
	t, ok := p[id]
	return t, ok
}

func TestAProgramSignsInWithItsKeyFromItsNetworkOnce(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	public, private, err := ed25519.GenerateKey(nil)
	must(t, err)
	_, strange, err := ed25519.GenerateKey(nil)
	must(t, err)
	o.people["service.payroll"] = Person{ID: "service.payroll", Rights: "first"}
	terms := programs{"service.payroll": {Key: public, Networks: []netip.Prefix{netip.MustParsePrefix("10.4.0.0/16")}, Rate: 60, Until: o.clock().Add(24 * time.Hour)}}
	h := o.node(func(c *Config) { c.Services, c.URL = terms, "https://diwan.example.jo" })
	const inside = "10.4.7.7:999"
	sign := func(key any, algorithm jose.SignatureAlgorithm, change func(*jwt.Claims)) string {
		c := jwt.Claims{
			Issuer: "service.payroll", Subject: "service.payroll", Audience: jwt.Audience{"https://diwan.example.jo"}, ID: uuid.NewString(),
			IssuedAt: jwt.NewNumericDate(o.clock()), Expiry: jwt.NewNumericDate(o.clock().Add(2 * time.Minute)),
		}
		change(&c)
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, nil)
		must(t, err)
		text, err := jwt.Signed(signer).Claims(c).Serialize()
		must(t, err)
		return text
	}
	good := sign(private, jose.EdDSA, func(*jwt.Claims) {})
	token, until, err := h.WithAssertion(ctx, good, inside)
	must(t, err)
	one, ok := o.find(h, token)
	if !ok || one.Person != "service.payroll" || one.Level != ByKey || until.Sub(o.clock()) != serviceLife || o.clock().Before(one.StepUpUntil) {
		t.Fatalf("the session is %+v", one)
	}
	refuse := func(name, text, address string) {
		t.Helper()
		if _, _, err := h.WithAssertion(ctx, text, address); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	fresh := func(change func(*jwt.Claims)) string { return sign(private, jose.EdDSA, change) }
	refuse("the same one again", good, inside)
	refuse("another network", fresh(func(*jwt.Claims) {}), "10.5.0.1:1")
	refuse("another key", sign(strange, jose.EdDSA, func(*jwt.Claims) {}), inside)
	refuse("a shared secret", sign([]byte(public), jose.HS256, func(*jwt.Claims) {}), inside)
	refuse("for somebody else", fresh(func(c *jwt.Claims) { c.Audience = jwt.Audience{"https://elsewhere.example"} }), inside)
	refuse("without an id", fresh(func(c *jwt.Claims) { c.ID = "" }), inside)
	refuse("without an end", fresh(func(c *jwt.Claims) { c.Expiry = nil }), inside)
	refuse("with a late end", fresh(func(c *jwt.Claims) { c.Expiry = jwt.NewNumericDate(o.clock().Add(time.Hour)) }), inside)
	refuse("over", fresh(func(c *jwt.Claims) { c.Expiry = jwt.NewNumericDate(o.clock().Add(-time.Minute)) }), inside)
	refuse("about another", fresh(func(c *jwt.Claims) { c.Subject = "rana" }), inside)
	refuse("a person", fresh(func(c *jwt.Claims) { c.Issuer, c.Subject = "rana", "rana" }), inside)
	refuse("nonsense", "a.b.c", inside)

	asked := 0
	for range 200 {
		if h.ServiceMay("service.payroll", inside) == nil {
			asked++
		}
	}
	if asked < 5 || asked > 15 {
		t.Errorf("at once it may ask %d times", asked)
	}
	refusedWith(t, "sign_in_wait", h.ServiceMay("service.payroll", inside))
	refusedWith(t, "unauthenticated", h.ServiceMay("service.payroll", "10.5.0.1:1"))
	o.pass(15 * time.Minute)
	if _, ok := o.find(h, token); ok {
		t.Error("its token holds after a quarter of an hour")
	}
	o.pass(24 * time.Hour)
	refuse("after its terms", fresh(func(*jwt.Claims) {}), inside)
}
