package graph

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"diwan/modules/access"
)

func (c *caller) get(path string, out any) int {
	c.o.t.Helper()
	r, err := http.NewRequest(http.MethodGet, c.o.url+path, nil)
	must(c.o.t, err)
	r.Header.Set("Accept-Language", c.language)
	a := c.do(r)
	if out != nil && a.status < 300 {
		must(c.o.t, json.Unmarshal(a.body, out))
	}
	return a.status
}

func TestPeopleSeeAndEndTheirOwnSessions(t *testing.T) {
	o := openOffice(t)
	here, there := o.as("rana"), o.as("rana")
	var list struct {
		Sessions []struct {
			ID     string
			This   bool
			Device string
		}
	}
	if status := here.get("/sign-in/sessions", &list); status != 200 || len(list.Sessions) != 2 {
		t.Fatalf("answered %d %+v", status, list)
	}
	for _, one := range list.Sessions {
		if !one.This {
			if status := here.post("/sign-in/sessions/end", map[string]string{"id": one.ID}, nil); status != 200 {
				t.Errorf("ending was answered with %d", status)
			}
		}
	}
	if r := there.ask(nil, "{ me { id } }", nil); code(r) != "unauthenticated" {
		t.Error("the ended session is still answered")
	}
	var session struct {
		Person string
		Level  int
	}
	if status := here.get("/sign-in/session", &session); status != 200 || session.Person != "rana" || session.Level != 1 {
		t.Errorf("answered %d %+v", status, session)
	}
	if status := here.post("/sign-in/sessions/end-all", struct{}{}, nil); status != http.StatusNoContent {
		t.Errorf("ending all was answered with %d", status)
	}
	if status := here.get("/sign-in/session", nil); status != http.StatusUnauthorized {
		t.Errorf("afterwards %d", status)
	}
}

// An account's pages are nobody else's: without a session each is refused, in the user's language.
func TestAccountPagesNeedASession(t *testing.T) {
	o := openOffice(t)
	nobody := o.anonymous()
	nobody.language = "ar"
	for _, path := range []string{
		"sessions/end", "sessions/end-all", "step-up", "step-up/passkey", "password", "totp", "totp/confirm", "totp/remove",
		"passkeys", "passkeys/finish", "passkeys/remove", "recovery-codes",
	} {
		a := nobody.send("/sign-in/"+path, "application/json", []byte("{}"))
		if a.status != http.StatusUnauthorized || !strings.Contains(string(a.body), "سجّل الدخول أولاً") {
			t.Errorf("%s was answered with %d %s", path, a.status, a.body)
		}
	}
}

func TestSignInIsSlowedDownWithASentence(t *testing.T) {
	o := openOffice(t)
	guesser := o.anonymous()
	for range 40 {
		a := guesser.send("/sign-in", "application/json", []byte(`{"person":"rana","password":"wrong"}`))
		if a.status == http.StatusTooManyRequests {
			if a.header.Get("Retry-After") == "" || !strings.Contains(string(a.body), "Try again in") {
				t.Errorf("answered %v %s", a.header, a.body)
			}
			return
		}
	}
	t.Error("forty wrong guesses were all looked at")
}

func TestAPasswordIsChangedOverHTTP(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	const fresh = "سبع شجرات زيتون خلف المدرسة"
	if status := rana.post("/sign-in/password", map[string]string{"old": "wrong", "new": fresh}, nil); status != http.StatusUnprocessableEntity {
		t.Errorf("the wrong old password was answered with %d", status)
	}
	if status := rana.post("/sign-in/password", map[string]string{"old": access.DemoPassword, "new": fresh}, nil); status != http.StatusNoContent {
		t.Fatalf("changing was answered with %d", status)
	}
	if status := o.anonymous().signIn("rana", access.DemoPassword); status != http.StatusUnauthorized {
		t.Errorf("the old password was answered with %d", status)
	}
	if status := o.anonymous().signIn("rana", fresh); status != http.StatusNoContent {
		t.Errorf("the new password was answered with %d", status)
	}
}

// Only our own proxy is believed about where a request comes from.
func TestOnlyOurOwnProxyNamesTheAddress(t *testing.T) {
	s := &server{config: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	for _, one := range []struct{ peer, header, want string }{
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1:5"},
		{"10.0.0.1:5", "203.0.113.9", "203.0.113.9:5"},
		{"10.0.0.1:5", "1.1.1.1, 203.0.113.9, 10.2.2.2", "203.0.113.9:5"},
		{"10.0.0.1:5", "nonsense", "10.0.0.1:5"},
		{"10.0.0.1:5", "", "10.0.0.1:5"},
		{"@", "203.0.113.9", "@"},
	} {
		r := httptest.NewRequest(http.MethodPost, "/sign-in", nil)
		r.RemoteAddr = one.peer
		r.Header.Set("X-Forwarded-For", one.header)
		if got := s.address(r); got != one.want {
			t.Errorf("%s with %q is %s, want %s", one.peer, one.header, got, one.want)
		}
	}
}
