//go:build faults

// The filer is the process that fault tests kill while files come in and jobs are done: it sends files
// in pieces, asks for work, and journals what it was told. It goes on with what an earlier filer left
// open before it begins anything new.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/eventstore/blob"
	"diwan/modules/job"
	"diwan/modules/kernel"
	"diwan/modules/upload"
)

// Line is one line of the journal: what was asked for, and later what was acknowledged.
type Line struct {
	What string // "upload", "kept", "job", "done"
	ID   uuid.UUID
	Size int64  `json:",omitempty"`
	Hash string `json:",omitempty"`
}

func main() {
	var c database.Config
	flag.StringVar(&c.URL, "app", "", "URL of the running role")
	flag.StringVar(&c.ProjectorURL, "projector", "", "URL of the projector")
	folder := flag.String("files", "", "folder of the files")
	journal := flag.String("journal", "", "what was asked and acknowledged")
	later := flag.Duration("later", 0, "how much later it is, so that what a killed filer held is free")
	rounds := flag.Int("rounds", 20, "files and jobs to begin; 0 = only settle")
	flag.Parse()
	if err := run(c, *folder, *journal, *later, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const (
	owner   = "rana"
	purpose = "trial"
)

type filer struct {
	uploads *upload.Module
	jobs    *job.Module
	journal *os.File
}

func run(c database.Config, folder, path string, later time.Duration, rounds int) error {
	ctx := context.Background()
	db, err := database.Open(ctx, c)
	if err != nil {
		return err
	}
	defer db.Close()
	files, err := blob.OpenFolder(filepath.Join(folder, "kept"))
	if err != nil {
		return err
	}
	passing, err := blob.OpenFolder(filepath.Join(folder, "passing"))
	if err != nil {
		return err
	}
	open, err := readJournal(path)
	if err != nil {
		return err
	}
	f := &filer{}
	if f.journal, err = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	defer f.journal.Close()
	now := func() time.Time { return time.Now().Add(later) }
	quota := upload.Quota{Files: 1 << 20, Bytes: 1 << 40}
	f.uploads = upload.New(db, files, upload.NewLinks(bytes.Repeat([]byte{7}, 32), now), now, quota, upload.Purpose{Name: purpose, Permission: "trial", Most: 1 << 20, Types: []string{upload.Text}})
	f.jobs = job.New(db, passing, now, func(string, blob.Hash, string, string) string { return "" }, job.Kind{Name: "copy", Run: copying})
	for _, l := range open {
		if l.What == "upload" {
			err = errors.Join(err, f.send(ctx, l))
		}
	}
	if err := errors.Join(err, f.work(ctx)); err != nil {
		return err
	}
	for range rounds {
		l, err := f.begin(ctx)
		if err != nil {
			return err
		}
		if err := f.send(ctx, l); err != nil {
			return err
		}
		id := uuid.New()
		if _, err := f.jobs.Begin(ctx, job.Person{ID: owner, Language: "en"}, id, "copy", kernel.Text{Ar: "نسخ", En: "Copy"}, id); err != nil {
			return err
		}
		if err := errors.Join(f.note(Line{What: "job", ID: id}), f.work(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// content is the text that belongs to an id.
func content(id uuid.UUID, size int64) []byte {
	var seed [32]byte
	copy(seed[:], id[:])
	r := rand.New(rand.NewChaCha8(seed))
	text := make([]byte, size)
	for i := range text {
		text[i] = "abcdefghijklmnopqrstuvwxyz \n"[r.IntN(28)]
	}
	return text
}

// copying writes a job's own text; done twice it is the same file.
func copying(ctx context.Context, w *job.Work) (job.Result, error) {
	kept, err := w.Keep(ctx, func(to io.Writer) error {
		_, err := to.Write(content(w.ID, 5000))
		return err
	})
	return job.Result{File: kept, Name: "copy.txt", Type: "text/plain"}, err
}

// begin announces a file. Its content follows from its id, so that whoever goes on sends the same.
func (f *filer) begin(ctx context.Context) (Line, error) {
	size := int64(20_000 + rand.IntN(200_000))
	u, err := f.uploads.Begin(ctx, upload.Person{ID: owner, May: func(string) bool { return true }}, upload.Begin{Purpose: purpose, Name: "file.txt", Size: size})
	if err != nil {
		return Line{}, err
	}
	l := Line{What: "upload", ID: u.ID, Size: size}
	return l, f.note(l)
}

// send goes on from where the file stands until it is kept, and notes that.
func (f *filer) send(ctx context.Context, l Line) error {
	text := content(l.ID, l.Size)
	q := &upload.Query{Module: f.uploads, Person: func(context.Context) upload.Person {
		return upload.Person{ID: owner, May: func(string) bool { return true }}
	}}
	for {
		u, err := q.Upload(ctx, l.ID)
		if err != nil || u == nil {
			return fmt.Errorf("find the upload %s: %w", l.ID, err)
		}
		if u.State == upload.KeptWhole {
			sum := sha256.Sum256(text)
			return f.note(Line{What: "kept", ID: l.ID, Size: l.Size, Hash: hex.EncodeToString(sum[:])})
		}
		if u.State != upload.Arriving || u.URL() == nil {
			return fmt.Errorf("the upload %s is %s", l.ID, u.State)
		}
		method, piece := http.MethodPatch, text[u.Received:min(u.Received+60_000, l.Size)]
		if u.Received == l.Size { // the bytes are there and were not yet made a file
			method, piece = http.MethodHead, nil
		}
		r := httptest.NewRequest(method, *u.URL(), bytes.NewReader(piece))
		r.SetPathValue("id", l.ID.String())
		r.Header.Set("Tus-Resumable", "1.0.0")
		r.Header.Set("Content-Type", "application/offset+octet-stream")
		r.Header.Set("Upload-Offset", strconv.FormatInt(u.Received, 10))
		w := httptest.NewRecorder()
		f.uploads.ServeUpload(w, r, owner, "en")
		if w.Code >= 300 {
			return fmt.Errorf("%s of the upload %s at %d was answered %d %s", method, l.ID, u.Received, w.Code, w.Body)
		}
	}
}

// work does what waits and notes what is done.
func (f *filer) work(ctx context.Context) error {
	for {
		worked, err := f.jobs.WorkOnce(ctx)
		if err != nil {
			return err
		}
		if !worked {
			break
		}
	}
	all, err := readJournal(f.journal.Name())
	if err != nil {
		return err
	}
	done := map[uuid.UUID]bool{}
	for _, l := range all {
		done[l.ID] = done[l.ID] || l.What == "done"
	}
	for _, l := range all {
		if l.What != "job" || done[l.ID] {
			continue
		}
		j, err := f.jobs.Find(ctx, owner, l.ID)
		if err != nil {
			return fmt.Errorf("find the job %s: %w", l.ID, err)
		}
		if j.Status == job.Done {
			sum := sha256.Sum256(content(l.ID, 5000))
			if err := f.note(Line{What: "done", ID: l.ID, Hash: hex.EncodeToString(sum[:])}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *filer) note(l Line) error {
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = f.journal.Write(append(text, '\n'))
	return err
}

func readJournal(path string) (all []Line, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var l Line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}
