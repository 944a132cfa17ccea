package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"diwan/backup"
	"diwan/database/dbtest"
	"diwan/eventstore/blob"
)

func folderOfFiles(t *testing.T, contents ...string) (*blob.Folder, []blob.Hash) {
	t.Helper()
	store, err := blob.OpenFolder(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	var names []blob.Hash
	for _, c := range contents {
		k, err := store.Put(t.Context(), strings.NewReader(c), 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, k.Hash)
	}
	return store, names
}

// A backup brings the files back with the log, and refuses files that were changed, taken or added.
func TestFilesGoWithTheLog(t *testing.T) {
	store, names := folderOfFiles(t, "", "سند صرف", strings.Repeat("long ", 100_000))
	db := dbtest.New(t)
	dir := filepath.Join(t.TempDir(), "backup")
	m, err := backup.Backup(t.Context(), db, dir, backup.Options{Program: "test", Files: store, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if m.Files == nil || m.Files.Count != 3 {
		t.Fatalf("the manifest says %+v", m.Files)
	}
	back, _ := folderOfFiles(t)
	_, err = backup.Restore(t.Context(), dir, dbtest.NewConfig(t).OwnerURL, backup.RestoreOptions{Name: "test", Files: back, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if f, err := blob.Verify(t.Context(), back, names, true, nil); err != nil || !f.OK || f.Referenced != 3 {
		t.Errorf("restored, the files are %+v, %v", f, err)
	}
	_, err = backup.Restore(t.Context(), dir, dbtest.NewConfig(t).OwnerURL, backup.RestoreOptions{Name: "test", Now: time.Now})
	var refused *backup.Refused
	if !errors.As(err, &refused) {
		t.Errorf("without a place for its files it was answered %v", err)
	}

	one := filepath.Join(dir, "files", names[1].Hex()[:2], names[1].Hex())
	content, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	for what, harm := range map[string]func() error{
		"changed": func() error { return os.WriteFile(one, []byte("سند آخر"), 0o600) },
		"missing": func() error { return os.Remove(one) },
		"does not belong": func() error {
			return errors.Join(os.WriteFile(one, content, 0o600), os.WriteFile(filepath.Join(dir, "files", "more"), nil, 0o600))
		},
	} {
		if err := os.WriteFile(one, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Check(dir, nil); !errors.As(err, &refused) || !strings.Contains(refused.Why, what) {
			t.Errorf("%s: answered %v", what, err)
		}
		_ = os.Remove(filepath.Join(dir, "files", "more")) // only one harm plants it
	}
}
