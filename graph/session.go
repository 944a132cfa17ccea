package graph

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// cookies names Diwan's cookies. Over https they are __Host- cookies, which a browser accepts only
// with Secure, for this host and for all paths; over plain http, on a demo's loopback address,
// browsers refuse that prefix.
type cookies struct{ secure bool }

// The cookies: the session; the one that approvals need beside it, which no other site can make a
// browser send; a sign-in between its steps; the device; a sign-in on its way through an issuer.
const (
	sessionCookie  = "diwan"
	approvalCookie = "diwan-approval"
	halfCookie     = "diwan-half"
	deviceCookie   = "diwan-device"
	flowCookie     = "diwan-flow"
)

func (c cookies) name(cookie string) string {
	if c.secure {
		return "__Host-" + cookie
	}
	return cookie
}

func (c cookies) read(r *http.Request, cookie string) string {
	found, err := r.Cookie(c.name(cookie))
	if err != nil {
		return ""
	}
	return found.Value
}

func (c cookies) set(w http.ResponseWriter, cookie, value string, life time.Duration, same http.SameSite) {
	age := int(life.Seconds())
	if value == "" {
		age = -1
	}
	http.SetCookie(w, &http.Cookie{
		Name: c.name(cookie), Value: value, Path: "/", MaxAge: age, Secure: c.secure, HttpOnly: true, SameSite: same,
	})
}

// longestCookie is the longest a browser keeps a session's cookies; the server ends sessions itself.
const longestCookie = 24 * time.Hour

func (c cookies) hand(w http.ResponseWriter, t signin.Tokens) {
	c.set(w, sessionCookie, t.Session, longestCookie, http.SameSiteLaxMode)
	c.set(w, approvalCookie, t.Approval, longestCookie, http.SameSiteStrictMode)
}

func (c cookies) clear(w http.ResponseWriter) {
	c.hand(w, signin.Tokens{})
	c.set(w, halfCookie, "", 0, http.SameSiteStrictMode)
}

// visit is a request's session.
type visit struct {
	signin.Session
	token    string
	approves bool // an approval may be given now
}

type visitKey struct{}

// visitOf is the session of the request; ok is false when nobody has signed in, and for callers
// inside this program.
func visitOf(ctx context.Context) (visit, bool) {
	v, ok := ctx.Value(visitKey{}).(visit)
	return v, ok
}

// visit finds the session of a request: a person's by cookie, a program's by its bearer token. A
// session whose owner's roles have changed gets a new id here.
func (s *server) visit(w http.ResponseWriter, r *http.Request) (v visit, ok bool, err error) {
	ctx, house := r.Context(), s.config.SignIn
	if bearer, is := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); is {
		v.token = bearer
		if v.Session, ok, err = house.Sessions.Find(ctx, bearer); err != nil || !ok || v.Level != signin.ByKey {
			return visit{}, false, err
		}
		return v, true, house.ServiceMay(v.Person, s.address(r))
	}
	v.token = s.cookies.read(r, sessionCookie)
	if v.Session, ok, err = house.Sessions.Find(ctx, v.token); err != nil || !ok || v.Level == signin.ByKey {
		return visit{}, false, err
	}
	v.approves = v.Approves(s.cookies.read(r, approvalCookie), s.config.Now())
	rights, known := house.Rights(v.Person)
	if !known {
		return visit{}, false, nil
	}
	t, renewed, err := house.Sessions.Renewed(ctx, v.Session, v.token, rights)
	if err != nil {
		return visit{}, false, err
	}
	if t.Session != "" {
		v.Session, v.token = renewed, t.Session
		s.cookies.hand(w, t)
	}
	return v, true, nil
}

// address is where a request comes from: the peer, or, when that is a proxy of our own, whoever the
// proxy names. What a stranger writes into the header counts for nothing.
func (s *server) address(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !s.proxy(peer.Addr()) {
		return r.RemoteAddr
	}
	named := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(named) - 1; i >= 0; i-- {
		at, err := netip.ParseAddr(strings.TrimSpace(named[i]))
		if err != nil {
			break
		}
		if !s.proxy(at) {
			return netip.AddrPortFrom(at, peer.Port()).String()
		}
	}
	return r.RemoteAddr
}

func (s *server) proxy(at netip.Addr) bool {
	for _, p := range s.config.Proxies {
		if p.Contains(at.Unmap()) {
			return true
		}
	}
	return false
}

// from is where an attempt to sign in comes from.
func (s *server) from(r *http.Request) signin.Origin {
	return s.config.SignIn.From(s.address(r), r.UserAgent(), s.cookies.read(r, deviceCookie))
}

// needsJSON refuses everything that is no JSON: what another site's form can send is not.
var needsJSON = kernel.Problem{Code: "content_type", Message: kernel.Text{
	Ar: "يُرسل الطلب بصيغة JSON.", En: "The request is sent as JSON.",
}}
