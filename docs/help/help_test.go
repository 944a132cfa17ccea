package help

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func opened(t *testing.T) *Help {
	t.Helper()
	h, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(h *Help, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

var link = regexp.MustCompile(`href="([^"]*)"`)

// broken lists the links of a page that lead nowhere in the help.
func broken(h *Help, base, body string) []string {
	var bad []string
	for _, m := range link.FindAllStringSubmatch(body, -1) {
		to := m[1]
		switch {
		case to == "/" || strings.HasPrefix(to, "#"):
			continue
		case !strings.Contains(to, "/"):
			to = base + to
		}
		if w := get(h, to); w.Code != http.StatusOK {
			bad = append(bad, to)
		}
	}
	return bad
}

func TestEveryPageIsThereInBothLanguagesAndEveryLinkLeadsSomewhere(t *testing.T) {
	h := opened(t)
	if bad := broken(h, "/help/ar/", `<a href="nowhere">`); len(bad) != 1 {
		t.Fatal("the planted link was not found")
	}
	for _, office := range []string{
		"preparer", "auditor", "finance-manager", "spending-officer", "budget-department", "treasury", "accounts", "master-data", "audit-bureau", "administrator",
	} {
		if h.pages["ar"][office] == nil {
			t.Errorf("the office %s has no first day", office)
		}
	}
	for language, pages := range h.pages {
		index := string(pages["index"].Body)
		for name, p := range pages {
			for _, other := range languages() {
				if h.pages[other][name] == nil {
					t.Errorf("%s/%s is not there in %s", language, name, other)
				}
			}
			w := get(h, "/help/"+language+"/"+name)
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<h1>"+p.Title+"</h1>") {
				t.Errorf("%s/%s was answered %d", language, name, w.Code)
			}
			for _, bad := range broken(h, "/help/"+language+"/", w.Body.String()) {
				t.Errorf("%s/%s leads to %s, which is not there", language, name, bad)
			}
			if name != "index" && !strings.Contains(index, `href="`+name+`"`) {
				t.Errorf("the index of %s does not lead to %s", language, name)
			}
			if strings.Contains(w.Body.String(), "<script") {
				t.Errorf("%s/%s has a script", language, name)
			}
		}
	}
}

func TestSearchReadsArabicAsPeopleWriteIt(t *testing.T) {
	h := opened(t)
	for query, want := range map[string]string{
		"الخزينه": "treasury", "المُدقّق": "auditor", "آمر الصرف": "spending-officer", "امر صرف": "spending-officer", "Excel": "saving-and-printing",
	} {
		found := h.Search("ar", query)
		if !slices.ContainsFunc(found, func(f Found) bool { return f.Page.Name == want }) {
			t.Errorf("%q does not find %s but %d pages", query, want, len(found))
		}
	}
	if found := h.Search("en", "treasury"); len(found) == 0 || found[0].Page.Name != "treasury" || found[0].Snippet == "" {
		t.Errorf("the page of that title is not first: %+v", found)
	}
	if found := h.Search("ar", "لاشيءكهذا"); len(found) != 0 {
		t.Errorf("nothing was found as %v", found)
	}
	w := get(h, `/help/ar/search?q=%3Cscript%3Ealert(1)%3C/script%3E`)
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "<script>") {
		t.Error("what was searched for became part of the page")
	}
}

func TestHintsAreDatedAndSayWhatIsNotConfirmed(t *testing.T) {
	all, err := opened(t).Hints()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, hint := range all {
		if keys[hint.Key] || hint.Text.Ar == "" || hint.Text.En == "" {
			t.Errorf("the hint of %q is twice there, or lacks a language", hint.Key)
		}
		keys[hint.Key] = true
		if _, err := time.Parse(time.DateOnly, hint.From); err != nil {
			t.Errorf("the hint of %s has no day: %v", hint.Key, err)
		}
		if hint.Confirmed && (hint.Article == "" || hint.Law.Ar == "") {
			t.Errorf("the hint of %s confirms no article", hint.Key)
		}
	}
	if w := get(opened(t), "/help/hints.json"); w.Code != http.StatusOK || w.Body.Len() == 0 {
		t.Errorf("hints.json was answered %d", w.Code)
	}
	if w := get(opened(t), "/help"); w.Header().Get("Location") != "/help/ar/index" {
		t.Errorf("/help leads to %q", w.Header().Get("Location"))
	}
}
