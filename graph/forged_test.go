package graph

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/access"
)

// Twelve kinds of requests that another site can make a signed-in person's browser send. None does
// anything, and none signs anybody in or out.
func TestForgedCrossSiteRequestsDoNothing(t *testing.T) {
	o := openOffice(t)
	c := o.as("mazen")
	act := fmt.Sprintf(`{"query":"mutation { openYear(input: {command: \"%s\", year: 2031}) { replayed problems { code } } }"}`, uuid.NewString())
	cookies := c.client.Jar.Cookies(mustURL(t, o.url))
	send := func(method, path, kind string, body io.Reader, headers map[string]string) (int, string) {
		r, err := http.NewRequest(method, o.url+path, body)
		must(t, err)
		for _, one := range cookies {
			if one.Name != approvalCookie { // SameSite=Strict: browsers never send it from another site
				r.AddCookie(one)
			}
		}
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		for name, value := range headers {
			r.Header.Set(name, value)
		}
		response, err := http.DefaultTransport.RoundTrip(r)
		must(t, err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		must(t, err)
		return response.StatusCode, string(text)
	}
	evil := map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	must(t, parts.WriteField("operations", act))
	must(t, parts.WriteField("map", "{}"))
	must(t, parts.Close())
	head := func() int64 {
		position, _, err := o.log.Head(t.Context(), eventstore.Main)
		must(t, err)
		return position
	}
	before := head()
	wrongPassword := `{"person":"zaid","password":"` + access.DemoPassword + `"}`
	for name, one := range map[string]struct {
		method, path, kind, body string
		headers                  map[string]string
	}{
		"a link":                         {"GET", "/graphql?query=" + url.QueryEscape("mutation{openYear(input:{command:\""+uuid.NewString()+"\",year:2031}){replayed}}"), "", "", evil},
		"a form":                         {"POST", "/graphql", "application/x-www-form-urlencoded", "query=" + url.QueryEscape(act), evil},
		"a form of text that is JSON":    {"POST", "/graphql", "text/plain", act, evil},
		"a form with files":              {"POST", "/graphql", parts.FormDataContentType(), form.String(), evil},
		"a script with JSON":             {"POST", "/graphql", "application/json", act, evil},
		"a script of a sister site":      {"POST", "/graphql", "application/json", act, map[string]string{"Origin": "https://evil.gov.jo", "Sec-Fetch-Site": "same-site"}},
		"an old browser's script":        {"POST", "/graphql", "application/json", act, map[string]string{"Origin": "https://evil.example"}},
		"a sandboxed frame":              {"POST", "/graphql", "application/json", act, map[string]string{"Origin": "null"}},
		"a beacon":                       {"POST", "/graphql", "text/plain;charset=UTF-8", act, map[string]string{"Origin": "null", "Sec-Fetch-Mode": "no-cors"}},
		"a form without its kind":        {"POST", "/graphql", "", act, evil},
		"a sign-in under another's name": {"POST", "/sign-in", "application/json", wrongPassword, evil},
		"a form that signs out":          {"POST", "/sign-out", "application/x-www-form-urlencoded", "", evil},
		"a form that ends all sessions":  {"POST", "/sign-in/sessions/end-all", "text/plain", "{}", map[string]string{"Origin": "null"}},
		"a form that steps up":           {"POST", "/sign-in/step-up", "application/json", `{"password":"` + access.DemoPassword + `"}`, evil},
		"another method":                 {"PUT", "/graphql", "application/json", act, evil},
	} {
		status, body := send(one.method, one.path, one.kind, strings.NewReader(one.body), one.headers)
		if status < 400 && !strings.Contains(body, "<!doctype") { // a link to the API is a page of the app
			t.Errorf("%s was answered with %d %s", name, status, body)
		}
	}
	if after := head(); after != before {
		t.Errorf("forged requests recorded %d facts", after-before)
	}
	var me struct{ Me struct{ ID string } }
	c.ask(&me, "{ me { id } }", nil)
	if me.Me.ID != "mazen" {
		t.Errorf("after them he is %q", me.Me.ID)
	}
	if status, body := send("POST", "/graphql", "application/json", strings.NewReader(act), map[string]string{"Sec-Fetch-Site": "same-origin"}); status != 200 || !strings.Contains(body, `"problems":[]`) {
		t.Errorf("the act itself, from Diwan's own page, was answered with %d %s", status, body)
	}
}

func mustURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	must(t, err)
	return u
}
