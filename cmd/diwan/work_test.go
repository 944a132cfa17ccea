package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/modules/access"
)

// browser is one person's, signed in.
type browser struct {
	t      *testing.T
	at     string
	client *http.Client
}

func (o *office) browser(t *testing.T, person string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t, o.Address, &http.Client{Jar: jar}}
	body, _ := json.Marshal(map[string]string{"person": person, "password": access.DemoPassword}) // strings always marshal
	if status, text := b.send(http.MethodPost, "/sign-in", "application/json", body, nil); status >= 300 {
		t.Fatalf("%s could not sign in: %d %s", person, status, text)
	}
	return b
}

func (b *browser) send(method, path, kind string, body []byte, header map[string]string) (int, string) {
	b.t.Helper()
	r, err := http.NewRequest(method, b.at+path, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept-Language", "en")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	a, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return a.StatusCode, string(text)
}

// ask answers the one root field of a document.
func (b *browser) ask(document string, variables map[string]any) map[string]any {
	b.t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		b.t.Fatal(err)
	}
	_, text := b.send(http.MethodPost, "/graphql", "application/json", body, nil)
	var answer struct {
		Data   map[string]map[string]any
		Errors []any
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil || len(answer.Errors) > 0 {
		b.t.Fatalf("%v: %s", err, text)
	}
	for _, field := range answer.Data {
		return field
	}
	b.t.Fatalf("nothing was answered: %s", text)
	return nil
}

const jobFields = `{ job { id status details { name value } findings { row code } file { name bytes url } problems { code } } problems { code message } }`

// ended waits for a job that an act began.
func (b *browser) ended(act map[string]any) map[string]any {
	b.t.Helper()
	j, _ := act["job"].(map[string]any)
	if j == nil {
		b.t.Fatalf("no job began: %v", act)
	}
	for j["status"] == "WAITING" || j["status"] == "RUNNING" {
		j = b.ask(`query($id: UUID!) { job(id: $id) { id status details { name value } findings { row code } file { name bytes url } problems { code } } }`, map[string]any{"id": j["id"]})
	}
	return j
}

func figures(j map[string]any) map[string]string {
	all := map[string]string{}
	for _, d := range j["details"].([]any) {
		one := d.(map[string]any)
		all[one["name"].(string)] = one["value"].(string)
	}
	return all
}

// sent uploads a budget file and answers its number.
func (b *browser) sent(text string) string {
	b.t.Helper()
	act := b.ask(`mutation($i: BeginUploadInput!) { beginUpload(input: $i) { upload { id url } problems { code } } }`,
		map[string]any{"i": map[string]any{"purpose": "finance.budget", "name": "law.csv", "size": fmt.Sprint(len(text))}})
	u, _ := act["upload"].(map[string]any)
	if u == nil {
		b.t.Fatalf("the upload was refused: %v", act)
	}
	status, said := b.send(http.MethodPatch, u["url"].(string), "application/offset+octet-stream", []byte(text), map[string]string{"Tus-Resumable": "1.0.0", "Upload-Offset": "0"})
	if status != http.StatusNoContent {
		b.t.Fatalf("the file was answered %d %s", status, said)
	}
	return u["id"].(string)
}

// A budget is uploaded, tried, and imported as a job; lists are saved as the screen shows them.
func TestABudgetIsUploadedAndListsAreSaved(t *testing.T) {
	o, _ := demoOffice(t)
	sami := o.browser(t, "sami")
	upload := sami.sent("year,fund,chapter,programme,activity,item,source,amount\n2031,01,2501,4401,001,221105,001,1000.500\n2031,01,2501,4402,001,221106,001,x\n")
	begin := func(dry bool, command string) map[string]any {
		return sami.ask(`mutation($i: ImportBudgetInput!) { importBudget(input: $i) `+jobFields+` }`,
			map[string]any{"i": map[string]any{"command": command, "upload": upload, "dryRun": dry}})
	}
	for _, dry := range []bool{true, false} {
		command := uuid.NewString()
		j := sami.ended(begin(dry, command))
		f := figures(j)
		if j["status"] != "DONE" || f["rows"] != "2" || f["accepted"] != "1" || f["refused"] != "1" || f["total.2031"] != "1000.500 JOD" {
			t.Fatalf("dry %t: the job is %v", dry, j)
		}
		file, _ := j["file"].(map[string]any)
		if findings := j["findings"].([]any); len(findings) != 1 || file == nil {
			t.Fatalf("the bad row is listed as %v, in %v", findings, file)
		}
		if _, text := sami.send(http.MethodGet, file["url"].(string), "", nil, nil); !strings.Contains(text, "3,amount,") {
			t.Errorf("the errors are saved as %q", text)
		}
		if again := begin(dry, command)["job"].(map[string]any); again["id"] != j["id"] {
			t.Error("the same command began another job")
		}
	}
	if act := begin(false, uuid.NewString()); act["job"] != nil {
		t.Errorf("a used upload was imported again: %v", act)
	}

	nour := o.browser(t, "nour")
	if act := nour.ask(`mutation($i: BeginUploadInput!) { beginUpload(input: $i) { upload { id } problems { code } } }`,
		map[string]any{"i": map[string]any{"purpose": "finance.budget", "name": "law.csv", "size": "1"}}); act["upload"] != nil {
		t.Error("the Audit Bureau may send a budget")
	}
	save := func(b *browser, format string) map[string]any {
		return b.ended(b.ask(`mutation($i: ExportListInput!) { exportList(input: $i) `+jobFields+` }`, map[string]any{"i": map[string]any{
			"command": uuid.NewString(), "sheet": "finance.execution", "format": format, "variables": `{"year":2026,"groupBy":["PROGRAMME"],"filter":[]}`,
		}}))
	}
	for _, format := range []string{"CSV", "XLSX"} {
		j := save(nour, format)
		file, _ := j["file"].(map[string]any)
		if j["status"] != "DONE" || file == nil {
			t.Fatalf("%s: the job is %v", format, j)
		}
		status, text := nour.send(http.MethodGet, file["url"].(string), "", nil, nil)
		if status != http.StatusOK || format == "CSV" && !strings.Contains(text, "Final appropriation (JOD)") || format == "XLSX" && !strings.HasPrefix(text, "PK") {
			t.Errorf("%s: %d, %.80q", format, status, text)
		}
		if status, _ := sami.send(http.MethodGet, file["url"].(string), "", nil, nil); status != http.StatusNotFound {
			t.Errorf("another person fetched it with %d", status)
		}
	}
	for path, want := range map[string]string{"/help/ar/preparer": "المُعِدّ", "/help/hints.json": "confirmed"} {
		if status, text := nour.send(http.MethodGet, path, "", nil, nil); status != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s was answered %d", path, status)
		}
	}
}
