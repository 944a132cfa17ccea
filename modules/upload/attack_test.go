package upload

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

func dbAdmin(t *testing.T, config database.Config) string { return dbtest.AdminURL(t, config) }

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	must(t, err)
	t.Cleanup(func() { conn.Close(background()) })
	return conn
}

func TestNamesThatLieAreRefused(t *testing.T) {
	d := openDoor(t)
	for what, name := range map[string]string{
		"no name": "", "the folder itself": ".", "the folder above": "..", "a path": "../../etc/passwd", "a Windows path": `C:\budget.csv`,
		"an override that turns the ending": "budget\u202evsc.exe", "an isolate": "a\u2066b.csv", "a right-to-left mark": "موازنة\u200f.csv",
		"a zero-width space": "bud\u200bget.csv", "a joiner": "a\u200db.csv", "a byte order mark": "\ufeffa.csv", "a soft hyphen": "a\u00adb.csv",
		"a new line": "a\nb.csv", "a zero byte": "a\x00.csv", "an invisible tag": "a\U000e0041.csv", "a line separator": "a\u2028b.csv",
		"no text": "a\xff.csv", "too long": strings.Repeat("س", 128), "a space at the end": "a.csv ", "a Hangul filler": "a\u3164.csv",
	} {
		_, err := d.Begin(t.Context(), person("dima"), Begin{Purpose: budget, Name: name, Size: 1})
		if problems := kernel.ProblemsOf(err); problems == nil || problems[0].Code != "upload.name" || problems[0].Path != "name" {
			t.Errorf("%s: %q was answered %v", what, name, err)
		}
	}
	for _, name := range []string{"موازنة ٢٠٢٦ (نهائي).csv", "gastos 2026 – v2.csv", "..a", "a'b\"c;d.csv"} {
		if _, err := d.Begin(t.Context(), person("dima"), Begin{Purpose: budget, Name: name, Size: 1}); err != nil {
			t.Errorf("%q was answered %v", name, err)
		}
	}
}

func TestWhoMayBegin(t *testing.T) {
	d := openDoor(t)
	for what, c := range map[string]struct {
		by   Person
		b    Begin
		want string
	}{
		"without the right":   {person("lina"), Begin{Purpose: budget, Name: "a", Size: 1}, "upload.purpose"},
		"nobody":              {person(""), Begin{Purpose: budget, Name: "a", Size: 1}, "upload.purpose"},
		"no such purpose":     {person("dima"), Begin{Purpose: "x", Name: "a", Size: 1}, "upload.purpose"},
		"too large":           {person("dima"), Begin{Purpose: budget, Name: "a", Size: 64<<20 + 1}, "upload.too_large"},
		"less than nothing":   {person("dima"), Begin{Purpose: budget, Name: "a", Size: -1}, "upload.too_large"},
		"a hash that is none": {person("dima"), Begin{Purpose: budget, Name: "a", Size: 1, Sha256: new("abc")}, "upload.sha256"},
	} {
		_, err := d.Begin(t.Context(), c.by, c.b)
		if problems := kernel.ProblemsOf(err); problems == nil || problems[0].Code != c.want {
			t.Errorf("%s was answered %v, want %s", what, err, c.want)
		}
	}
	d.quota = Quota{Files: 3, Bytes: 100}
	for range 2 {
		d.announced(Begin{Size: 30})
	}
	for what, size := range map[string]int64{"too many bytes": 41} {
		_, err := d.Begin(t.Context(), person("dima"), Begin{Purpose: budget, Name: "a", Size: size})
		if problems := kernel.ProblemsOf(err); problems == nil || problems[0].Code != "upload.quota" {
			t.Errorf("%s was answered %v", what, err)
		}
	}
	d.announced(Begin{Size: 40})
	if _, err := d.Begin(t.Context(), person("dima"), Begin{Purpose: budget, Name: "a", Size: 0}); kernel.ProblemsOf(err) == nil {
		t.Errorf("a fourth file was answered %v", err)
	}
	if _, err := d.Begin(t.Context(), person("sami"), Begin{Purpose: budget, Name: "a", Size: 50}); err != nil {
		t.Errorf("another person's share was touched: %v", err)
	}
}

func TestAnAddressIsGoodForOnePersonOneFileOneTime(t *testing.T) {
	d := openDoor(t)
	content := csv(1000)
	u, address := d.announced(Begin{Size: int64(len(content))})
	other, otherAddress := d.announced(Begin{Size: int64(len(content))})
	_, query, _ := strings.Cut(otherAddress, "?")
	patch := func(address, as string, change ...func(*http.Request)) (int, string) {
		return d.send(http.MethodPatch, address, as, 0, bytes.NewReader(content), change...)
	}
	for what, c := range map[string]struct {
		address, as string
		want        int
	}{
		"another person":          {address, "huda", http.StatusNotFound},
		"nobody signed in":        {address, "", http.StatusNotFound},
		"no signature":            {"/uploads/" + u.ID.String(), "dima", http.StatusNotFound},
		"another file's address":  {"/uploads/" + u.ID.String() + "?" + query, "dima", http.StatusNotFound},
		"a longer life":           {strings.Replace(address, "until=", "until=9", 1), "dima", http.StatusNotFound},
		"a signature cut short":   {address[:len(address)-1], "dima", http.StatusNotFound},
		"a number that is none":   {strings.Replace(address, u.ID.String(), "1", 1), "dima", http.StatusNotFound},
		"a path instead of an id": {strings.Replace(address, u.ID.String(), "..%2f..%2fkeys", 1), "dima", http.StatusNotFound},
	} {
		if status, code := patch(c.address, c.as); status != c.want || code != "upload.absent" {
			t.Errorf("%s was answered %d %s", what, status, code)
		}
	}
	if status, _ := patch(address, "dima", func(r *http.Request) { r.Header.Del("Tus-Resumable") }); status != http.StatusPreconditionFailed {
		t.Errorf("without the protocol's version it was answered %d", status)
	}
	for _, kind := range []string{"text/plain", "multipart/form-data", "application/x-www-form-urlencoded", ""} {
		if status, _ := patch(address, "dima", func(r *http.Request) { r.Header.Set("Content-Type", kind) }); status != http.StatusUnsupportedMediaType {
			t.Errorf("a body of type %q was answered %d", kind, status)
		}
	}
	if status, _ := d.send(http.MethodPatch, address, "dima", 5, bytes.NewReader(content[5:])); status != http.StatusConflict || d.last.Get("Upload-Offset") != "0" {
		t.Errorf("a piece out of its place was answered %d", status)
	}
	if status, _ := d.send(http.MethodPost, address, "dima", 0, nil); status != http.StatusMethodNotAllowed {
		t.Errorf("POST was answered %d", status)
	}
	if status, _ := patch(address, "dima"); status != http.StatusNoContent {
		t.Fatal("the owner was refused")
	}
	d.wants(u, content)
	if status, code := patch(address, "dima"); status != http.StatusGone || code != "upload.ended" {
		t.Errorf("the address, used again, was answered %d %s", status, code)
	}
	if status, _ := d.send(http.MethodDelete, otherAddress, "dima", 0, nil); status != http.StatusNoContent || d.found(other).State != Cancelled {
		t.Errorf("giving up was answered %d and left it %s", status, d.found(other).State)
	}
	if status, _ := patch(otherAddress, "dima"); status != http.StatusGone {
		t.Errorf("what was given up was answered %d", status)
	}
	_, address = d.announced(Begin{Size: 5})
	d.clock.pass(arrivesWithin)
	if status, code := patch(address, "dima"); status != http.StatusGone || code != "upload.late" {
		t.Errorf("a day later it was answered %d %s", status, code)
	}
}

func TestAFileIsWhatItsContentIs(t *testing.T) {
	d := openDoor(t)
	for what, c := range map[string]struct {
		content, declared, want string
	}{
		"a page with a script":     {"<!DOCTYPE html><script>alert(1)</script>", "text/csv", "upload.type"},
		"a script further down":    {"year,amount\n2026,<script src=x></script>\n", "text/csv", "upload.type"},
		"a program":                {"MZ\x90\x00\x03\x00\x00\x00", "text/csv", "upload.type"},
		"an ELF program":           {"\x7fELF\x02\x01\x01\x00\x00", "", "upload.type"},
		"a picture named csv":      {"\x89PNG\r\n\x1a\n\x00\x00", "text/csv", "upload.type"},
		"a PDF":                    {"%PDF-1.7\n", "application/pdf", "upload.type"},
		"text said to be a PDF":    {"year,amount\n", "application/pdf", "upload.type_differs"},
		"text of an unknown sort":  {"year,amount\n", "application/octet-stream", ""},
		"text as Windows calls it": {"year,amount\n", "application/vnd.ms-excel", ""},
		"Windows-1256":             {"\xc7\xe1\xd3\xe4\xc9,\xc7\xe1\xe3\xc8\xe1\xdb\n", "text/csv", ""},
		"UTF-16":                   {"\xff\xfea\x00,\x00b\x00", "text/csv", ""},
		"nothing":                  {"", "text/csv", ""},
	} {
		u, address := d.announced(Begin{Size: int64(len(c.content)), Type: &c.declared})
		_, code := d.send(http.MethodPatch, address, "dima", 0, strings.NewReader(c.content))
		now := d.found(u)
		if code != c.want || (c.want == "") != (now.State == KeptWhole) {
			t.Errorf("%s was answered %q and is %s, want %q", what, code, now.State, c.want)
		}
		if c.want != "" && (now.State != Refused || now.Hash != nil || len(now.Problems()) != 1) {
			t.Errorf("%s: refused, it is %+v", what, now)
		}
	}
	n := 0
	must(t, d.files.Scan(t.Context(), func(blob.Kept) error { n++; return nil }))
	if n != 4 { // three of the texts differ, and the empty one
		t.Errorf("%d files are kept", n)
	}
}

func TestAnotherLengthOrContentThanAnnouncedIsRefused(t *testing.T) {
	d := openDoor(t)
	content := csv(1000)
	u, address := d.announced(Begin{Size: 900})
	if status, code := d.send(http.MethodPatch, address, "dima", 0, bytes.NewReader(content)); status != http.StatusRequestEntityTooLarge || code != "upload.too_large" {
		t.Errorf("a stated length beyond the announced one was answered %d %s", status, code)
	}
	chunked := func(r *http.Request) { r.ContentLength = -1 }
	if status, code := d.send(http.MethodPatch, address, "dima", 0, io.MultiReader(bytes.NewReader(content)), chunked); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body that goes on was answered %d %s", status, code)
	}
	if now := d.found(u); now.State != Refused {
		t.Errorf("a file that goes on is %s", now.State)
	}
	u, address = d.announced(Begin{Size: int64(len(content)), Sha256: new(strings.Repeat("0", 64))})
	if status, code := d.send(http.MethodPatch, address, "dima", 0, bytes.NewReader(content)); status != http.StatusUnprocessableEntity || code != "upload.changed" {
		t.Errorf("a file that changed on its way was answered %d %s", status, code)
	}
	if now := d.found(u); now.State != Refused {
		t.Errorf("a file that changed on its way is %s", now.State)
	}
}

func TestPeopleSeeTheirOwnRowsAlone(t *testing.T) {
	d := openDoor(t)
	d.announced(Begin{Size: 5})
	for actor, want := range map[string]int{"dima": 1, "huda": 0, "": 0, "system": 1} {
		var n int
		must(t, d.db.Read(t.Context(), database.Session{Actor: actor}, func(tx pgx.Tx) error {
			return tx.QueryRow(t.Context(), `select count(*) from file.upload`).Scan(&n)
		}))
		if n != want {
			t.Errorf("%q sees %d uploads, want %d", actor, n, want)
		}
	}
}

func TestADownloadIsSavedAndNeverShown(t *testing.T) {
	d := openDoor(t)
	content := "<html><script>alert(document.cookie)</script>"
	k, err := d.files.Put(t.Context(), strings.NewReader(content), 0, nil)
	must(t, err)
	link := d.links.Download("dima", Download{Hash: k.Hash, Name: "تقرير \"1\"; x=.html", Type: "text/html"})
	if status, _ := d.send(http.MethodGet, link, "dima", 0, nil); status != http.StatusOK {
		t.Fatalf("the owner was answered %d", status)
	}
	for header, want := range map[string]string{
		"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Cache-Control": "private, no-store", "Content-Length": "45",
	} {
		if got := d.last.Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	if got := d.last.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename=") || strings.ContainsAny(got, "\r\n") || strings.Count(got, `"`) > 2 {
		t.Errorf("the disposition is %q", got)
	}
	part := func(r *http.Request) { r.Header.Set("Range", "bytes=1-4") }
	if status, _ := d.send(http.MethodGet, link, "dima", 0, nil, part); status != http.StatusPartialContent || d.last.Get("Content-Range") != "bytes 1-4/45" {
		t.Errorf("a part was answered %d %s", status, d.last.Get("Content-Range"))
	}
	for what, c := range map[string]struct{ link, as string }{
		"another person": {link, "huda"}, "nobody": {link, ""}, "another name": {strings.Replace(link, "html", "exe", 1), "dima"},
		"another place": {strings.Replace(link, "in=kept", "in=passing", 1), "dima"},
	} {
		if status, _ := d.send(http.MethodGet, c.link, c.as, 0, nil); status != http.StatusNotFound {
			t.Errorf("%s was answered %d", what, status)
		}
	}
	d.clock.pass(downloadFor + time.Second)
	if status, code := d.send(http.MethodGet, link, "dima", 0, nil); status != http.StatusGone || code != "download.late" {
		t.Errorf("later it was answered %d %s", status, code)
	}
}

// FuzzTypeOf: whatever comes, a type is found in bounded time and text with markup is never text.
func FuzzTypeOf(f *testing.F) {
	f.Add([]byte("<svg onload=x>"))
	f.Add(binary.BigEndian.AppendUint32(nil, 0x504b0304))
	f.Fuzz(func(t *testing.T, head []byte) {
		found := TypeOf(head)
		if found == Text && bytes.Contains(bytes.ToLower(head[:min(len(head), sniffed)]), []byte("<script")) {
			t.Errorf("%q is %s", head, found)
		}
		if err := checkType(Purpose{Types: []string{found}}, found, found); err != nil {
			t.Error(errors.New("a type differs from itself"))
		}
	})
}
