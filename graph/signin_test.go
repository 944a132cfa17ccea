package graph

import (
	"net/http"
	"strings"
	"testing"

	"diwan/modules/access"
)

func TestAnonymousGetsNothing(t *testing.T) {
	o := openOffice(t)
	nobody := o.anonymous()
	s := schema()
	for _, f := range s.Query.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		text := "{ " + f.Name + arguments(f.Arguments) + selection(s, f.Type.Name()) + " }"
		r := nobody.ask(nil, text, nil)
		if len(r.Errors) == 0 || r.Errors[0].Extensions["code"] != "unauthenticated" {
			t.Errorf("%s was answered with %s %+v", text, r.Data, r.Errors)
		}
	}
}

func TestSignInOpensAndClosesASession(t *testing.T) {
	o := openOffice(t)
	rana := o.anonymous()
	for _, wrong := range [][2]string{{"rana", "wrong"}, {"nobody", access.DemoPassword}, {"", ""}} {
		if status := rana.signIn(wrong[0], wrong[1]); status != http.StatusUnauthorized {
			t.Errorf("%v was answered with %d", wrong, status)
		}
	}
	if a := rana.send("/sign-in", "application/x-www-form-urlencoded", []byte("person=rana&password="+access.DemoPassword)); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("a form was answered with %d", a.status)
	}
	a := rana.send("/sign-in", "application/json", []byte(`{"person":"rana","password":"`+access.DemoPassword+`"}`))
	cookie := a.header.Get("Set-Cookie")
	if a.status != http.StatusNoContent || !strings.HasPrefix(cookie, "diwan=") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Fatalf("sign-in was answered with %d and the cookie %q", a.status, cookie)
	}
	var me struct {
		Me struct {
			ID          string
			Name        struct{ Ar, En string }
			Permissions []string
		}
	}
	rana.ask(&me, "{ me { id name { ar en } permissions } }", nil)
	if me.Me.ID != "rana" || me.Me.Name.En != "Rana Al-Khatib" || len(me.Me.Permissions) < 3 {
		t.Errorf("she is %+v", me.Me)
	}
	rana.send("/sign-out", "application/json", nil)
	if r := rana.ask(nil, "{ me { id } }", nil); len(r.Errors) == 0 {
		t.Error("after signing out she is still answered")
	}
}

func TestOverHTTPSTheCookieBelongsToTheHost(t *testing.T) {
	c := cookies{secure: true}
	if c.name(sessionCookie) != "__Host-diwan" {
		t.Errorf("the cookie is named %s", c.name(sessionCookie))
	}
}

func TestTheStaffAppIsServedUnderEveryAddressOfItsOwn(t *testing.T) {
	o := openOffice(t)
	nobody := o.anonymous()
	get := func(path string) answer_ {
		r, err := http.NewRequest(http.MethodGet, o.url+path, nil)
		must(t, err)
		return nobody.do(r)
	}
	for path, want := range map[string]int{
		"/": 200, "/finance/execution": 200, "/assets/app-1.js": 200, "/assets/gone.js": 404, "/livez": 200, "/readyz": 200, "/../../etc/passwd": 200,
	} {
		a := get(path)
		if a.status != want || strings.Contains(string(a.body), "root:") {
			t.Errorf("%s was answered with %d", path, a.status)
		}
		csp := a.header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "script-src 'self';") || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s came with %v", path, a.header)
		}
	}
	if kept := get("/assets/app-1.js").header.Get("Cache-Control"); !strings.Contains(kept, "immutable") {
		t.Errorf("a file named by its content is kept %q", kept)
	}
}
