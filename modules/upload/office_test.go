package upload

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore/blob"
)

func TestMain(m *testing.M) {
	if url := os.Getenv("DIWAN_TEST_DOOR"); url != "" {
		serveUntilKilled(url, os.Getenv("DIWAN_TEST_FOLDER"))
	}
	os.Exit(dbtest.Main(m))
}

const budget = "finance.budget"

func purposes() []Purpose {
	return []Purpose{{Name: budget, Permission: "finance.budget.import", Most: 64 << 20, Types: []string{Text}}}
}

// clock stands still until a test moves it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// door is a served module; requests say in a header who has signed in.
type door struct {
	*testing.T
	*Module
	clock  *clock
	folder string
	url    string
	config database.Config
	last   http.Header // of the newest answer
}

func testKey() []byte { return bytes.Repeat([]byte{7}, linkKeyBytes) }

func openDoor(t *testing.T) *door {
	t.Helper()
	config := dbtest.NewConfig(t)
	db, err := database.Open(t.Context(), config)
	must(t, err)
	t.Cleanup(db.Close)
	d := &door{T: t, clock: &clock{at: time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)}, folder: filepath.Join(t.TempDir(), "files"), config: config}
	files, err := blob.OpenFolder(d.folder)
	must(t, err)
	d.Module = New(db, files, NewLinks(testKey(), d.clock.now), d.clock.now, DefaultQuota(), purposes()...)
	server := httptest.NewServer(handler(d.Module))
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

func handler(m *Module) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/uploads/{id}", func(w http.ResponseWriter, r *http.Request) { m.ServeUpload(w, r, r.Header.Get("X-Person"), "en") })
	mux.HandleFunc("/downloads/{hash}", func(w http.ResponseWriter, r *http.Request) {
		ServeDownload(w, r, m.links, m.files, m.files, r.Header.Get("X-Person"), "en")
	})
	return mux
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func person(id string) Person {
	return Person{ID: id, May: func(p string) bool { return id != "lina" && p == "finance.budget.import" }}
}

// announced begins an upload of a size and answers it with its address.
func (d *door) announced(b Begin) (Upload, string) {
	d.Helper()
	if b.Purpose == "" {
		b.Purpose = budget
	}
	if b.Name == "" {
		b.Name = "موازنة 2026.csv"
	}
	u, err := d.Begin(d.Context(), person("dima"), b)
	must(d.T, err)
	return u, *d.linked(u).URL()
}

// send makes one request; body may be nil.
func (d *door) send(method, address, as string, at int64, body io.Reader, change ...func(*http.Request)) (status int, code string) {
	d.Helper()
	r, err := http.NewRequest(method, d.url+address, body)
	must(d.T, err)
	r.Header.Set("X-Person", as)
	r.Header.Set("Tus-Resumable", "1.0.0")
	if method == http.MethodPatch {
		r.Header.Set("Content-Type", "application/offset+octet-stream")
		r.Header.Set("Upload-Offset", strconv.FormatInt(at, 10))
	}
	for _, c := range change {
		c(r)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer a.Body.Close()
	d.last = a.Header
	var told struct {
		Problems []struct{ Code, Message string }
	}
	text, err := io.ReadAll(a.Body)
	must(d.T, err)
	if len(text) > 0 && json.Unmarshal(text, &told) == nil && len(told.Problems) > 0 {
		code = told.Problems[0].Code
	}
	return a.StatusCode, code
}

func (d *door) offset(address string) int64 {
	d.Helper()
	if status, code := d.send(http.MethodHead, address, "dima", 0, nil); status != http.StatusOK {
		d.Fatalf("HEAD was answered %d %s", status, code)
	}
	n, err := strconv.ParseInt(d.last.Get("Upload-Offset"), 10, 64)
	must(d.T, err)
	return n
}

func (d *door) found(u Upload) Upload {
	d.Helper()
	now, err := d.Find(d.Context(), "dima", u.ID)
	must(d.T, err)
	return now
}

// wants requires that an upload is kept as exactly these bytes.
func (d *door) wants(u Upload, content []byte) {
	d.Helper()
	now := d.found(u)
	if now.State != KeptWhole || now.Hash == nil || *now.Hash != sha256.Sum256(content) {
		d.Fatalf("the upload is %+v, want it kept as %x", now, sha256.Sum256(content))
	}
	if n, err := blob.Check(d.Context(), d.files, *now.Hash); err != nil || n != int64(len(content)) {
		d.Errorf("the file reads as %d bytes, %v", n, err)
	}
}

// serveUntilKilled is the other process: it serves the door at a loopback address that it prints.
func serveUntilKilled(url, folder string) {
	db, err := database.Open(background(), database.Config{URL: url, ProjectorURL: url})
	if err != nil {
		panic(err)
	}
	files, err := blob.OpenFolder(folder)
	if err != nil {
		panic(err)
	}
	at := func() time.Time { return time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC) }
	server := httptest.NewServer(handler(New(db, files, NewLinks(testKey(), at), at, DefaultQuota(), purposes()...)))
	fmt.Println(server.URL)
	select {}
}
