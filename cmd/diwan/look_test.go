package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"diwan/eventstore/vault"
)

// A lost master key is said to be lost: looking at it makes no new one in its place, under which nothing
// that was sealed could be read.
func TestLookingAtTheKeysMakesNone(t *testing.T) {
	a := &app{settings: settings{home: t.TempDir()}}
	path := a.settings.masterKey()
	if f := a.lookAtKeys(); f.OK || f.Fix == "" {
		t.Errorf("without a key the house says %+v", f)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looking left a key: %v", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := (vault.MasterFile{Path: path}).Rotate(); err != nil {
		t.Fatal(err)
	}
	if f := a.lookAtKeys(); !f.OK {
		t.Errorf("with a key the house says %+v", f)
	}
}

func TestAnOldBackupIsToldAndAFreshOneNot(t *testing.T) {
	a := &app{settings: settings{home: t.TempDir()}}
	for age, ok := range map[time.Duration]bool{time.Hour: true, 26 * time.Hour: false} {
		note := time.Now().Add(-age).UTC().Format(time.RFC3339)
		if err := os.WriteFile(a.settings.backupNote(), []byte(note), 0o644); err != nil {
			t.Fatal(err)
		}
		if f := a.lookAtBackup(); f.OK != ok || ok == (f.Fix != "") {
			t.Errorf("a backup %s old: %+v", age, f)
		}
	}
}
