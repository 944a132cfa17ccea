package signin

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/jackc/pgx/v5"
	"golang.org/x/time/rate"
)

// ServiceTerms are how a program signs in: with a key pair, from its networks, until a day.
type ServiceTerms struct {
	Key      ed25519.PublicKey
	Networks []netip.Prefix
	Rate     int       // requests a minute
	Until    time.Time // good before then
}

// Services tells the terms of a program's account; ok is false for people and for strangers.
type Services interface {
	Service(id string) (t ServiceTerms, ok bool)
}

const (
	// serviceLife is how long a program's token holds. Then it signs another assertion.
	serviceLife = 15 * time.Minute
	// assertionLife is the longest an assertion may be good for.
	assertionLife = 5 * time.Minute
	// assertionAudience is who it is for, beside the configured address.
	assertionAudience = "diwan"
)

// ErrAssertion is the one answer to an assertion that does not fit, whatever is wrong with it.
var ErrAssertion = refused("assertion_refused", "assertion", "إثبات النظام غير مقبول.", "The program's assertion was not accepted.")

// WithAssertion signs a program in by a token it signed itself with Ed25519 (RFC 7523): iss and sub
// are its name, aud is Diwan, exp within five minutes, jti counts once. The token that comes back is
// sent as Authorization: Bearer. It never approves anything.
func (h *House) WithAssertion(ctx context.Context, raw, address string) (token string, until time.Time, err error) {
	parsed, err := jwt.ParseSigned(raw, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return "", time.Time{}, ErrAssertion
	}
	var stated, proven jwt.Claims
	if parsed.UnsafeClaimsWithoutVerification(&stated) != nil {
		return "", time.Time{}, ErrAssertion
	}
	person, terms, ok := h.serviceAt(stated.Issuer, address)
	now := h.clock()
	if !ok || parsed.Claims(terms.Key, &proven) != nil || proven.Issuer != person.ID || proven.Subject != person.ID || proven.ID == "" ||
		proven.Expiry == nil || proven.Expiry.Time().Sub(now) > assertionLife ||
		proven.ValidateWithLeeway(jwt.Expected{Time: now}, 30*time.Second) != nil ||
		!slices.Contains(proven.Audience, assertionAudience) && (h.config.URL == "" || !slices.Contains(proven.Audience, h.config.URL)) {
		return "", time.Time{}, ErrAssertion
	}
	from := Origin{Network: NetworkOf(address), Agent: "service"}
	o := opening{level: ByKey, means: []string{"assertion"}, from: from}
	e, err := h.open(ctx, person, o, nil, func(tx pgx.Tx) error {
		if fresh, err := once(ctx, tx, hashOf("assertion "+person.ID+" "+proven.ID), proven.Expiry.Time().Add(time.Minute)); err != nil || !fresh {
			return orRefuse(err, ErrAssertion)
		}
		return nil
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return e.Tokens.Session, now.Add(serviceLife), nil
}

// ServiceMay tells whether a program that has signed in may ask now, from an address: its terms are
// looked at again, and its rate is counted on this node.
func (h *House) ServiceMay(id, address string) error {
	_, terms, ok := h.serviceAt(id, address)
	if !ok {
		return ErrSignedOut
	}
	if wait := h.services.wait(id, terms.Rate, h.clock()); wait > 0 {
		return Wait(wait)
	}
	return nil
}

func (h *House) serviceAt(id, address string) (Person, ServiceTerms, bool) {
	person, known := h.config.People.Person(id)
	if !known || h.config.Services == nil {
		return Person{}, ServiceTerms{}, false
	}
	terms, is := h.config.Services.Service(id)
	if !is || len(terms.Key) != ed25519.PublicKeySize || !h.clock().Before(terms.Until) {
		return Person{}, ServiceTerms{}, false
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return Person{}, ServiceTerms{}, false
	}
	inside := slices.ContainsFunc(terms.Networks, func(p netip.Prefix) bool { return p.Contains(at.Addr().Unmap()) })
	return person, terms, inside
}

// serviceRates counts the requests of programs.
type serviceRates struct {
	mu  sync.Mutex
	all map[string]*serviceRate
}

type serviceRate struct {
	perMinute int
	limiter   *rate.Limiter
}

func newServiceRates() *serviceRates { return &serviceRates{all: map[string]*serviceRate{}} }

func (s *serviceRates) wait(id string, perMinute int, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[id]
	if one == nil || one.perMinute != perMinute {
		one = &serviceRate{perMinute, rate.NewLimiter(rate.Every(time.Minute/time.Duration(max(1, perMinute))), max(1, perMinute/6))}
		s.all[id] = one
	}
	r := one.limiter.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// String names a level for logs.
func (l Level) String() string {
	switch l {
	case ByKey:
		return "key"
	case Password:
		return "password"
	case TwoFactor:
		return "two factors"
	case Passkey:
		return "passkey"
	}
	return fmt.Sprintf("level%d", int16(l))
}
