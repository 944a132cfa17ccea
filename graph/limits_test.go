package graph

import (
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// attacks are documents that ask for far more than any screen does.
func attacks() map[string]string {
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	nest := func(n int, open, core string) string { return strings.Repeat(open, n) + core + strings.Repeat("}", n) }
	bomb := "{ ...f0 }"
	for i := range 40 {
		bomb += fmt.Sprintf(" fragment f%d on Query { ...f%d ...f%d }", i, i+1, i+1)
	}
	bomb += " fragment f40 on Query { me { id } }"
	deep := func(n int) string { return "query { " + nest(n, "__schema { ", "queryType { name }") + " }" }
	return map[string]string{
		"31 root aliases":                     "{ " + repeat(31, "a%d: me { id } ") + "}",
		"1,000 root aliases":                  "{ " + repeat(600, "a%d: me { id } ") + "}",
		"31 mutations":                        "mutation { " + repeat(31, `a%d: closePeriod(input: {command: "0192f000-0000-7000-8000-000000000001", year: 2026, period: 1}) { replayed } `) + "}",
		"two operations":                      "query a { me { id } } query b { me { id } }",
		"no operation":                        "fragment f on Query { me { id } }",
		"an empty document":                   "",
		"a fragment in itself":                "{ ...f } fragment f on Query { ...f }",
		"fragments in a circle":               "{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }",
		"a fragment bomb":                     bomb,
		"unused fragments in a circle":        "{ me { id } } fragment f on Query { ...g } fragment g on Query { ...f }",
		"depth 13":                            "{ vouchers { nodes { payee { history { nodes { actor { " + nest(7, "... on Signer { name { ", "ar") + strings.Repeat("}", 7) + "}}}}}}",
		"depth through one field":             "{ " + nest(20, "budgetLine(year: 2026, key: \"x\") { ", "id") + " }",
		"depth 200":                           "{ " + nest(200, "me { ", "id") + " }",
		"2,500 words":                         "{ me { " + strings.Repeat("id ", 2500) + "} }",
		"600 fields under 2,000 words":        "{ me { " + strings.Repeat("id ", 600) + "} }",
		"100,000 curly brackets":              strings.Repeat("{", 100_000),
		"100,000 square brackets":             "{ ledger(account: " + strings.Repeat("[", 100_000),
		"a page of a billion":                 "{ vouchers(first: 1000000000) { nodes { id } } }",
		"pages within pages":                  "{ vouchers(first: 500) { nodes { id history(first: 500) { nodes { id } } } } }",
		"pages within edges":                  "{ vouchers(first: 400) { edges { node { history(first: 400) { edges { node { id } } } } } } }",
		"pages by aliases":                    "{ " + repeat(30, "a%d: executionReport(year: 2026, first: 500) { rows { nodes { id lines } } } ") + "}",
		"pages by a variable":                 "query($n: Int! = 500) { vouchers(first: $n) { nodes { history(first: $n) { nodes { id } } } } }",
		"many months of many rows":            "{ executionReport(year: 2026, withMonths: true, first: 500) { rows { nodes { months { month released { amount currency } committed { amount currency } obligated { amount currency } paid { amount currency } } } } } }",
		"introspection in introspection":      deep(17),
		"types of fields of types of fields":  "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }",
		"introspection by somebody anonymous": "{ __schema { types { name } } }",
		"a fat comment and nothing":           "#" + strings.Repeat("x", 500_000),
	}
}

func TestAttackDocumentsAreRefusedCheaply(t *testing.T) {
	o := openOffice(t)
	nobody := o.anonymous()
	if n := len(attacks()); n < 25 {
		t.Fatalf("%d documents, want 25", n)
	}
	slowest, which := time.Duration(0), ""
	for name, text := range attacks() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			r := nobody.ask(nil, text, nil)
			if took := time.Since(begun); took > slowest {
				slowest, which = took, name
			}
			runtime.ReadMemStats(&after)
			if len(r.Errors) == 0 || string(r.Data) != "null" && len(r.Data) > 0 {
				t.Fatalf("answered with %s", r.Data)
			}
			// The sender's own copies are counted too, so this is more than the server takes.
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 10<<20 {
				t.Errorf("refusing took %d bytes", taken)
			}
		})
	}
	t.Logf("%d documents refused; the slowest, %q, in %s on this machine today", len(attacks()), which, slowest.Round(time.Microsecond))
}

// The same documents from somebody who may read: refused by the limits, since sign-in does not help.
func TestAttackDocumentsAreRefusedToThoseWhoMayReadToo(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	for name, text := range attacks() {
		if name == "introspection by somebody anonymous" {
			continue
		}
		r := rana.ask(nil, text, nil)
		if len(r.Errors) == 0 || string(r.Data) != "null" && len(r.Data) > 0 {
			t.Errorf("%s was answered with %.300s, %+v", name, r.Data, r.Errors)
		}
	}
	var names struct {
		Type struct{ Name string } `json:"__type"`
	}
	rana.ask(&names, `{ __type(name: "Money") { name } }`, nil)
	if names.Type.Name != "Money" {
		t.Error("somebody who has signed in cannot look at the schema")
	}
}

func TestOnlyOneKindOfRequestIsGraphQL(t *testing.T) {
	o := openOffice(t)
	rana := o.as("rana")
	question := []byte(`{"query":"{ me { id } }"}`)
	if a := rana.send("/graphql", "application/json; charset=utf-8", question); a.status != 200 || !strings.Contains(string(a.body), `"id":"rana"`) {
		t.Fatalf("the right request was answered with %d %s", a.status, a.body)
	}
	for name, kind := range map[string]string{
		"text": "text/plain", "a form": "application/x-www-form-urlencoded", "multipart": "multipart/form-data; boundary=x", "nothing": "", "GraphQL text": "application/graphql",
	} {
		if a := rana.send("/graphql", kind, question); a.status != http.StatusUnsupportedMediaType || strings.Contains(string(a.body), "rana") {
			t.Errorf("%s was answered with %d %s", name, a.status, a.body)
		}
	}
	forged := func(change func(*http.Request)) int {
		r, err := http.NewRequest(http.MethodPost, o.url+"/graphql", strings.NewReader(string(question)))
		must(t, err)
		r.Header.Set("Content-Type", "application/json")
		change(r)
		return rana.do(r).status
	}
	for name, change := range map[string]func(*http.Request){
		"another origin":         func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a null origin":          func(r *http.Request) { r.Header.Set("Origin", "null") },
		"a browser's cross-site": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"a sibling site":         func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
	} {
		if status := forged(change); status != http.StatusForbidden {
			t.Errorf("a request from %s was answered with %d", name, status)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPatch} {
		r, err := http.NewRequest(method, o.url+"/graphql?query=%7Bme%7Bid%7D%7D", nil)
		must(t, err)
		if a := rana.do(r); strings.Contains(string(a.body), `"rana"`) {
			t.Errorf("%s was answered with %d %s", method, a.status, a.body)
		}
	}
	large, err := json.Marshal(map[string]string{"query": "{ me { id } }", "x": strings.Repeat("x", mostBytes)})
	must(t, err)
	if a := rana.send("/graphql", "application/json", large); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of more than the limit was answered with %d", a.status)
	}
	if a := rana.send("/graphql", "application/json", []byte("{{")); a.status != http.StatusBadRequest {
		t.Errorf("a body that is no JSON was answered with %d", a.status)
	}
}
