package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// On a fresh database nobody can sign in until the first administrator is made on the machine; with
// the one-time code he chooses a password, and from then on signs in with it.
func TestTheFirstAdministratorIsMadeOnTheMachine(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: starts a private database, which the fast part leaves out")
	}
	env := map[string]string{"DIWAN_HOME": filepath.Join(openFolder(t), "home"), "DIWAN_LISTEN": "127.0.0.1:18090"}
	a := command(t, env, "user", "add", "ahmad", "--name-ar", "أحمد سالم", "--name-en", "Ahmad Salem", "--administrator", "--json")
	if a.status != exitDone {
		t.Fatalf("status %d\n%s%s", a.status, a.out, a.err)
	}
	code, _ := oneValue(t, a.out)["code"].(string)
	if code == "" {
		t.Fatalf("no code came: %s", a.out)
	}
	if a := command(t, env, "user", "add", "eve", "--name-ar", "حواء", "--administrator", "--json"); a.status != exitRefused {
		t.Errorf("a second first administrator: status %d\n%s", a.status, a.out)
	}

	term := &terminal{out: t.Output(), err: t.Output(), env: func(name string) string { return env[name] }}
	node, err := open(t.Context(), term)
	if err != nil {
		t.Fatal(err)
	}
	if err := node.access.Book().CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := node.openSignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	handler, err := node.handler(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	post := func(path string, body map[string]string) *httptest.ResponseRecorder {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(text))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	const chosen = "ثلاثة جسور فوق النهر القديم"
	for _, try := range []string{"", chosen, "diwan-demo-2026"} {
		if w := post("/sign-in", map[string]string{"person": "ahmad", "password": try}); w.Code != http.StatusUnauthorized {
			t.Errorf("before he chose a password %q was answered with %d", try, w.Code)
		}
	}
	if w := post("/sign-in/invitation", map[string]string{"code": code, "password": chosen}); w.Code != http.StatusNoContent {
		t.Fatalf("the code was answered with %d %s", w.Code, w.Body)
	}
	if w := post("/sign-in", map[string]string{"person": "ahmad", "password": chosen}); w.Code != http.StatusNoContent {
		t.Errorf("his password was answered with %d %s", w.Code, w.Body)
	}
	if err := node.close(); err != nil {
		t.Fatal(err)
	}

	for _, one := range []struct {
		args []string
		says string
	}{
		{[]string{"user", "list"}, "ahmad"},
		{[]string{"user", "factors", "ahmad"}, "password         since"},
		{[]string{"user", "sessions", "ahmad"}, "used"},
		{[]string{"user", "policy"}, "a second factor or a passkey of the last 15 minutes"},
		{[]string{"user", "reset", "ahmad"}, "One-time code of ahmad"},
		{[]string{"user", "suspend", "ahmad"}, "ahmad is suspended."},
		{[]string{"user", "restore", "ahmad"}, "ahmad is restored."},
	} {
		if a := command(t, env, one.args...); a.status != exitDone || !strings.Contains(a.out, one.says) {
			t.Errorf("diwan %s: status %d\n%s%s", strings.Join(one.args, " "), a.status, a.out, a.err)
		}
	}
	if a := command(t, env, "user", "suspend", "nobody"); a.status != exitRefused {
		t.Errorf("suspending nobody: status %d", a.status)
	}
}
