package graph

import (
	"net/http"
	"time"
)

// How long a session lasts without a request, and at most.
const (
	idleTime    = 30 * time.Minute
	longestTime = 12 * time.Hour
)

// cookies names the session's cookie. Over https it is __Host-diwan, which a browser accepts only
// with Secure, for this host and for all paths; over plain http, on a demo's loopback address,
// browsers refuse that prefix, and it is diwan.
type cookies struct{ secure bool }

func (c cookies) name() string {
	if c.secure {
		return "__Host-diwan"
	}
	return "diwan"
}

func (c cookies) token(r *http.Request) string {
	cookie, err := r.Cookie(c.name())
	if err != nil {
		return ""
	}
	return cookie.Value
}

func (c cookies) set(w http.ResponseWriter, token string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: c.name(), Value: token, Path: "/", MaxAge: age, Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
