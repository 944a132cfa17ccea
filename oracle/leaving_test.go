package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"diwan/export"
	"diwan/export/sheet"
	"diwan/graph"
	"diwan/modules/access"
	"diwan/modules/finance"
	"diwan/modules/kernel"
)

// over asks over HTTP and returns the answer's head and body as they left.
func (w *world) over(handler http.Handler, document string) (head, body []byte) {
	text, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, r)
	var lines bytes.Buffer
	_ = recorder.Header().Write(&lines) // into memory
	return lines.Bytes(), recorder.Body.Bytes()
}

// The head of an answer holds nothing of what is in it, not even for those who may see it: heads are
// logged by proxies. The body over HTTP holds what the same question holds without.
func TestTheHeadsOfAnswersTellNothing(t *testing.T) {
	w := newWorld(t)
	a := &asker{schema: graph.Schema(), covered: map[string]bool{}}
	check := func(c class, wrap func(http.Handler) http.Handler) (found []string) {
		s := w.standing(c.person, c.behalf)
		if s == nil {
			s = access.Program("")
		}
		handler := wrap(w.local.For(s))
		for _, root := range a.schema.Query.Fields {
			if strings.HasPrefix(root.Name, "__") {
				continue
			}
			document := a.questions(root, w.values())[0]
			head, body := w.over(handler, document)
			for _, b := range bodies() {
				for _, mark := range tokens(b) {
					if bytes.Contains(head, []byte(mark)) {
						found = append(found, "the head of "+root.Name+" holds "+mark)
					}
				}
			}
			for _, mark := range leaks(c, echoed(body, document)) {
				found = append(found, c.name+" sees "+mark+" by "+root.Name+" over HTTP")
			}
		}
		return found
	}
	as := func(h http.Handler) http.Handler { return h }
	for _, c := range classes() {
		for _, f := range check(c, as) {
			t.Error(f)
		}
	}
	planted := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("X-Subject", "order "+token("2601"))
			h.ServeHTTP(rw, r)
		})
	}
	if len(check(classes()[2], planted)) == 0 {
		t.Error("a head that tells was not found")
	}
	w.quiet(t)
}

// Every list that can be saved and every form that can be printed holds what its asker may see and
// nothing else: exports ask the screen's own question, as the person who began them.
func TestWhatIsSavedHoldsWhatItsAskerSees(t *testing.T) {
	w := newWorld(t)
	if len(finance.Sheets()) < 4 {
		t.Fatalf("%d lists can be saved", len(finance.Sheets()))
	}
	file := func(c class, s *access.Standing, list sheet.Sheet, format export.Format) []byte {
		var out bytes.Buffer
		ask := func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
			answer := w.local.Ask(ctx, s, "en", document, variables)
			if len(answer.Errors) > 0 {
				return nil, kernel.Problem{Code: fmt.Sprint(answer.Errors[0].Extensions["code"])}
			}
			return answer.Data, nil
		}
		head := export.Head{Language: "en", By: kernel.Text{En: c.name}, At: w.now, Log: "trial", Sheet: list, Variables: w.asked(list)}
		if _, err := export.List(context.Background(), &out, format, ask, head, false, nil, func(int64) {}); err != nil && kernel.ProblemsOf(err) == nil {
			t.Fatalf("save %s as %s: %v", list.Name, c.name, err)
		}
		return out.Bytes()
	}
	shown := map[string]int{}
	for _, list := range finance.Sheets() {
		for _, c := range classes() {
			out := file(c, w.standing(c.person, c.behalf), list, export.CSVs)
			for _, mark := range leaks(c, out) {
				t.Errorf("%s finds %s in the saved %s", c.name, mark, list.Name)
			}
			for _, body := range bodies() {
				if slices.Contains(c.sees, body) && (bytes.Contains(out, []byte(token(body))) || bytes.Contains(out, []byte(amount(body)))) {
					shown[c.name]++
				}
			}
		}
	}
	for _, c := range classes() {
		if len(c.sees) > 0 && shown[c.name] == 0 {
			t.Errorf("wrong refusal: %s saves nothing of what they see", c.name)
		}
	}
	everywhere := access.Program("root", "finance.read")
	own, found := classes()[2], false
	for _, list := range finance.Sheets() {
		found = found || len(leaks(own, file(own, everywhere, list, export.CSVs))) > 0
	}
	if !found {
		t.Error("a file made with another's rights was not found")
	}
	t.Logf("%d lists as %d classes", len(finance.Sheets()), len(classes()))
}

// asked are the variables a list needs: those of its question that must be given.
func (w *world) asked(list sheet.Sheet) map[string]any {
	all := map[string]any{"year": 2026, "account": "221105", "fund": "01", "fromMonth": 1, "toMonth": 13, "groupBy": []string{"CHAPTER"}, "key": lineKey("2501"), "filter": []any{}}
	used := map[string]any{}
	for name, value := range all {
		if strings.Contains(list.Document, "$"+name+":") {
			used[name] = value
		}
	}
	return used
}
