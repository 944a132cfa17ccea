package faults_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore/blob"
	"diwan/faultpoint"
)

// places of files that come in and of work that is done.
var filePlaces = []string{faultpoint.UploadMid, faultpoint.FileBeforeVisible, faultpoint.UploadBeforeRecord, faultpoint.JobBeforeResult}

// note is a line of the filer's journal.
type note struct {
	What string
	ID   uuid.UUID
	Size int64
	Hash string
}

// TestFilesAndJobsAreKilled kills the process in the middle of an upload, before a file is visible, before
// an upload is recorded and before a job's end is, again and again on one database. Every file that was
// begun arrives whole, every job is done once, what was acknowledged is there, and no file is damaged.
func TestFilesAndJobsAreKilled(t *testing.T) {
	rounds := 3
	if os.Getenv("DIWAN_SOAK") != "" {
		rounds = 15
	}
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	config, dir := dbtest.NewConfig(t), t.TempDir()
	binary, hit := filepath.Join(dir, "filer"), filepath.Join(dir, "hit")
	build(t, binary, "diwan/faults/filer")
	starts := 0
	run := func(place string, turn, files int) (killed bool) {
		starts++
		cmd := exec.CommandContext(t.Context(), binary, "-app", config.URL, "-projector", config.ProjectorURL, "-files", filepath.Join(dir, "files"),
			"-journal", filepath.Join(dir, "journal"), "-later", (time.Duration(starts) * 10 * time.Minute).String(), "-rounds", fmt.Sprint(files))
		cmd.Env = append(os.Environ(), fmt.Sprintf("DIWAN_FAULT=%s#%d", place, turn), "DIWAN_FAULT_LOG="+hit)
		cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		out, err := cmd.CombinedOutput()
		if err == nil {
			return false
		}
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
			return true
		}
		t.Fatalf("the filer failed: %v\n%s", err, out)
		return false
	}
	for range rounds {
		for _, i := range r.Perm(len(filePlaces)) {
			if place := filePlaces[i]; !run(place, 1+r.IntN(4), 8) {
				t.Errorf("%q was not reached", place)
			}
		}
	}
	run("", 1, 0) // settles what the last kill left open
	n := checkFiles(t, config, dir)
	t.Logf("%d kills: %d files and %d jobs, all there", rounds*len(filePlaces), n["upload"], n["job"])
}

// checkFiles compares the journal with the tables and the folders.
func checkFiles(t *testing.T, config database.Config, dir string) map[string]int {
	t.Helper()
	ctx := context.Background()
	admin, err := pgx.Connect(ctx, dbtest.AdminURL(t, config))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(ctx)
	kept, passing := openFolder(t, filepath.Join(dir, "files", "kept")), openFolder(t, filepath.Join(dir, "files", "passing"))
	n, acknowledged := map[string]int{}, map[uuid.UUID]string{}
	journal := readNotes(t, filepath.Join(dir, "journal"))
	for _, l := range journal {
		n[l.What]++
		if l.Hash != "" {
			acknowledged[l.ID] = l.Hash
		}
	}
	there := func(l note, table, column, want string, store blob.Store) {
		var status string
		var hash []byte
		if err := admin.QueryRow(ctx, "select status, "+column+" from file."+table+" where id = $1", l.ID).Scan(&status, &hash); err != nil {
			t.Errorf("%s %s: %v", l.What, l.ID, err)
			return
		}
		if status != want || hex.EncodeToString(hash) != acknowledged[l.ID] {
			t.Errorf("%s %s is %s with %x, acknowledged %q", l.What, l.ID, status, hash, acknowledged[l.ID])
			return
		}
		if _, err := blob.Check(ctx, store, blob.Hash(hash)); err != nil {
			t.Errorf("the file of %s %s: %v", l.What, l.ID, err)
		}
	}
	for _, l := range journal {
		switch l.What {
		case "upload":
			there(l, "upload", "hash", "kept", kept)
		case "job":
			there(l, "job", "result", "done", passing)
		}
	}
	for _, store := range []blob.Store{kept, passing} {
		if err := store.Scan(ctx, func(k blob.Kept) error {
			_, err := blob.Check(ctx, store, k.Hash)
			return err
		}); err != nil {
			t.Errorf("a visible file is damaged: %v", err)
		}
	}
	return n
}

func openFolder(t *testing.T, path string) blob.Store {
	t.Helper()
	store, err := blob.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func readNotes(t *testing.T, path string) (all []note) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(strings.NewReader(string(text))); lines.Scan(); {
		var l note
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}
