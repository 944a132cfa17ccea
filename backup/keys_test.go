package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/seal"
	"diwan/eventstore/vault"
)

// Erase, then restore yesterday's backup and one of 31 days ago: nothing of the person can be read
// from either, others can, and the proof of the erased event still holds.
func TestErasureSurvivesBackups(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	gone, stays := uuid.New(), uuid.New()
	blob, err := m.vault.Seal(ctx, gone, []byte("الراتب 900.000"))
	must(t, err)
	kept, err := m.vault.Seal(ctx, stays, []byte("stays"))
	must(t, err)
	m.pay(t, 2, blob)
	m.pay(t, 1, kept)
	m.seal(t)
	today := time.Now()
	yesterday, old := filepath.Join(t.TempDir(), "keys"), filepath.Join(t.TempDir(), "keys")
	events := filepath.Join(t.TempDir(), "events")
	_, err = Backup(ctx, m.db, events, options)
	must(t, err)
	fresh, _, err := Keys(ctx, m.db, yesterday, Options{Program: "test", Now: func() time.Time { return today.Add(-24 * time.Hour) }})
	must(t, err)
	stale, _, err := Keys(ctx, m.db, old, Options{Program: "test", Now: func() time.Time { return today.Add(-31 * 24 * time.Hour) }})
	must(t, err)
	for _, f := range []string{events, fresh} {
		if bytesIn(t, f, "900.000") {
			t.Fatalf("%s shows the plaintext", f)
		}
	}

	_, err = m.vault.Forget(ctx, gone, today)
	must(t, err)
	proof, err := seal.Notary{Book: m.book, Name: "diwan", Keys: m.public}.Prove(ctx, eventstore.Main, 1, false)
	must(t, err)
	if _, err := seal.CheckProof(proof, seal.Trust{Logs: m.public}); err != nil {
		t.Fatalf("the proof of an erased event: %v", err)
	}

	config := dbtest.NewConfig(t)
	_, err = Restore(ctx, events, config.OwnerURL, m.restoreOptions())
	must(t, err)
	var refused *Refused
	if _, err := RestoreKeys(ctx, stale, config.OwnerURL, m.forgotten, today, nil); !errors.As(err, &refused) || !strings.Contains(refused.Why, "31 days") {
		t.Fatalf("keys of 31 days ago: %v", err)
	}
	_, err = RestoreKeys(ctx, fresh, config.OwnerURL, m.forgotten, today, nil)
	must(t, err)
	m.open(t, config)
	if back, err := m.vault.Open(ctx, blob); !errors.Is(err, vault.ErrErased) {
		t.Fatalf("after the restore the erased data is %q, %v", back, err)
	}
	if back, err := m.vault.Open(ctx, kept); err != nil || string(back) != "stays" {
		t.Fatalf("the other person's data is %q, %v", back, err)
	}
	// The planted bug: a list that was lost lets the data come back, so the list is what erases.
	other := dbtest.NewConfig(t)
	_, err = Restore(ctx, events, other.OwnerURL, m.restoreOptions())
	must(t, err)
	m.forgotten = vault.Forgotten{Path: filepath.Join(t.TempDir(), "lost")}
	_, err = RestoreKeys(ctx, fresh, other.OwnerURL, m.forgotten, today, nil)
	must(t, err)
	m.open(t, other)
	if _, err := m.vault.Open(ctx, blob); err != nil {
		t.Fatalf("the control does not open, so the checks above show nothing: %v", err)
	}
}

func TestOldBackupsOfKeysAreRemoved(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	root := t.TempDir()
	day := func(n int) Options {
		return Options{Program: "test", Now: func() time.Time { return time.Date(2026, 1, n, 3, 0, 0, 0, time.UTC) }}
	}
	first, _, err := Keys(ctx, m.db, root, day(1))
	must(t, err)
	second, _, err := Keys(ctx, m.db, root, day(20))
	must(t, err)
	_, _, err = Keys(ctx, m.db, root, day(32))
	must(t, err)
	if _, err := os.Stat(first); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("keys of 31 days ago are still there: %v", err)
	}
	if _, err := os.Stat(second); err != nil {
		t.Fatal(err)
	}
}

func bytesIn(t testing.TB, dir, text string) bool {
	t.Helper()
	m, err := check(dir, kindEvents, nil)
	if err != nil {
		m, err = check(dir, kindKeys, nil)
	}
	must(t, err)
	for _, table := range m.Tables {
		in, err := openFile(filepath.Join(dir, table.File))
		must(t, err)
		var content strings.Builder
		_, err = in.packed.WriteTo(&content)
		must(t, err)
		must(t, in.Close())
		if strings.Contains(content.String(), text) {
			return true
		}
	}
	return false
}
