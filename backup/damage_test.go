package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"diwan/database/dbtest"
)

// F18: a damaged backup is refused before anything is written.
func TestDamagedBackupIsRefused(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	m.pay(t, 60, nil)
	m.seal(t)
	good := filepath.Join(t.TempDir(), "good")
	_, err := Backup(ctx, m.db, good, options)
	must(t, err)
	files, err := os.ReadDir(good)
	must(t, err)
	config := dbtest.NewConfig(t)
	before := hashes(t, config)
	refused := func(name string, damage func(dir string)) {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "bad")
		must(t, os.CopyFS(dir, os.DirFS(good)))
		damage(dir)
		_, err := Restore(ctx, dir, config.OwnerURL, m.restoreOptions())
		var no *Refused
		if !errors.As(err, &no) {
			t.Errorf("%s: %v", name, err)
		}
	}
	untouched := func(after string) {
		t.Helper()
		for table, sum := range hashes(t, config) {
			if before[table] != sum {
				t.Fatalf("%s: %s was written to", after, table)
			}
		}
	}
	for _, f := range files {
		path := func(dir string) string { return filepath.Join(dir, f.Name()) }
		raw, err := os.ReadFile(path(good))
		must(t, err)
		for _, at := range []int{0, len(raw) / 2, len(raw) - 1} {
			refused(fmt.Sprintf("%s, byte %d changed", f.Name(), at), func(dir string) {
				bad := bytes.Clone(raw)
				bad[at] ^= 1
				must(t, os.WriteFile(path(dir), bad, 0o600))
			})
		}
		refused(f.Name()+" gone", func(dir string) { must(t, os.Remove(path(dir))) })
		refused(f.Name()+" cut short", func(dir string) { must(t, os.Truncate(path(dir), int64(len(raw)/2))) })
		untouched(f.Name())
	}
	refused("a file more", func(dir string) { must(t, os.WriteFile(filepath.Join(dir, "x.zst"), nil, 0o600)) })
	for name, change := range map[string]func(*Manifest){
		"a newer format":    func(m *Manifest) { m.Format++ },
		"a newer migration": func(m *Manifest) { m.Migration += 1000 },
		"keys, not events":  func(m *Manifest) { m.Kind = kindKeys },
	} {
		refused(name, func(dir string) {
			raw, err := os.ReadFile(filepath.Join(dir, manifestFile))
			must(t, err)
			var changed Manifest
			must(t, json.Unmarshal(raw, &changed))
			change(&changed)
			changed.Bytes = 0
			must(t, changed.finish(dir))
		})
	}
	untouched("another kind of backup")
	// The control: undamaged it is restored, once, and never over a log that is there.
	_, err = Restore(ctx, good, config.OwnerURL, m.restoreOptions())
	must(t, err)
	before = hashes(t, config)
	refused("a database in use", func(string) {})
	untouched("a database in use")
}

// A file that was changed together with its sums still does not get in: rows and roots are compared
// with the manifest inside the restore's transaction.
func TestForgedBackupWritesNothing(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	m.pay(t, 60, nil)
	m.seal(t)
	dir := filepath.Join(t.TempDir(), "b")
	manifest, err := Backup(ctx, m.db, dir, options)
	must(t, err)
	for i, table := range manifest.Tables {
		if table.Name != "es.event" {
			continue
		}
		in, err := openFile(filepath.Join(dir, table.File))
		must(t, err)
		var rows bytes.Buffer
		_, err = rows.ReadFrom(in)
		must(t, err)
		must(t, in.Close())
		must(t, os.Remove(filepath.Join(dir, table.File)))
		out, err := createFile(filepath.Join(dir, table.File), func(int64) {})
		must(t, err)
		lines := bytes.SplitAfter(rows.Bytes(), []byte("\n"))
		_, err = out.Write(bytes.Join(lines[1:], nil)) // one event less
		must(t, err)
		must(t, out.finish(&manifest.Tables[i]))
	}
	manifest.Bytes = 0
	must(t, manifest.finish(dir))
	config := dbtest.NewConfig(t)
	before := hashes(t, config)
	if _, err := Restore(ctx, dir, config.OwnerURL, m.restoreOptions()); err == nil || !strings.Contains(err.Error(), "position 1 ") {
		t.Fatalf("a backup with an event taken out: %v", err)
	}
	for table, sum := range hashes(t, config) {
		if before[table] != sum {
			t.Fatalf("%s was written to", table)
		}
	}
}
