package checkpoint

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	privateLine = "diwan-signing-key-v1"
	publicLine  = "diwan-public-key-v1"
)

// KeyFile is where signing keys live: outside the database and its backups, readable by the
// service's account only. Beside it, PATH.pub lists every public key that ever signed; lines are
// added to it and never taken away, so old checkpoints stay checkable for ever.
type KeyFile struct{ Path string }

// LoadOrCreate reads the signing keys, making the first one when there is no file yet.
func (f KeyFile) LoadOrCreate(now time.Time) ([]Key, error) {
	keys, err := f.Load()
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	return f.Rotate(now)
}

// Load reads the signing keys, newest last. It refuses a file that others can read.
func (f KeyFile) Load() ([]Key, error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return nil, fmt.Errorf("open the signing keys: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("signing keys %s may be read by others (mode %04o): set it to 0600", f.Path, info.Mode().Perm())
	}
	lines, err := readLines(f.Path, privateLine)
	if err != nil {
		return nil, err
	}
	keys := make([]Key, 0, len(lines))
	for _, line := range lines {
		seed, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(seed) != ed25519.SeedSize {
			return nil, fmt.Errorf("signing keys %s hold a line that is not a key", f.Path)
		}
		keys = append(keys, Key{ed25519.NewKeyFromSeed(seed)})
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("signing keys %s hold no key", f.Path)
	}
	return keys, nil
}

// Public lists every public key that ever signed, oldest first.
func (f KeyFile) Public() ([]PublicKey, error) { return LoadPublic(f.Path + ".pub") }

// LoadPublic reads a list of public keys, such as an auditor keeps.
func LoadPublic(path string) ([]PublicKey, error) {
	lines, err := readLines(path, publicLine)
	if err != nil {
		return nil, err
	}
	keys := make([]PublicKey, 0, len(lines))
	for _, line := range lines {
		k, err := ParsePublicKey(line)
		if err != nil {
			return nil, fmt.Errorf("public keys %s: %w", path, err)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// Rotate adds a fresh key. Until Retire, checkpoints carry the signatures of old and new.
func (f KeyFile) Rotate(now time.Time) ([]Key, error) {
	key, err := NewKey()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return nil, fmt.Errorf("make room for the signing keys: %w", err)
	}
	// The public half first: a signature nobody could check must not exist.
	stamp := now.UTC().Format(time.RFC3339)
	if err := appendLine(f.Path+".pub", 0o644, fmt.Sprintf("%s %s %s\n", publicLine, key.Public(), stamp)); err != nil {
		return nil, err
	}
	seed := base64.StdEncoding.EncodeToString(key.private.Seed())
	if err := appendLine(f.Path, 0o600, fmt.Sprintf("%s %s %s\n", privateLine, seed, stamp)); err != nil {
		return nil, err
	}
	return f.Load()
}

// Adopt lists public keys of another installation beside the own ones, as after a restore on a new
// machine: what they signed stays checkable. Those listed already are left alone.
func (f KeyFile) Adopt(keys []PublicKey, now time.Time) error {
	have, err := f.Public()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, k := range keys {
		if slices.Contains(have, k) {
			continue
		}
		have = append(have, k)
		line := fmt.Sprintf("%s %s %s adopted\n", publicLine, k, now.UTC().Format(time.RFC3339))
		if err := appendLine(f.Path+".pub", 0o644, line); err != nil {
			return err
		}
	}
	return nil
}

// Retire forgets all signing keys but the newest. Their public halves stay listed.
func (f KeyFile) Retire() error {
	keys, err := f.Load()
	if err != nil {
		return err
	}
	seed := base64.StdEncoding.EncodeToString(keys[len(keys)-1].private.Seed())
	return Replace(f.Path, 0o600, []byte(privateLine+" "+seed+"\n"))
}

func readLines(path, kind string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	defer file.Close()
	var values []string
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if fields[0] != kind || len(fields) < 2 {
			return nil, fmt.Errorf("%s holds a line that does not begin with %s", path, kind)
		}
		values = append(values, fields[1])
	}
	return values, scanner.Err()
}

func appendLine(path string, mode os.FileMode, line string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, mode)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = file.WriteString(line)
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return syncDir(filepath.Dir(path))
}

// Replace puts new content in the place of a file so that after a crash either the old or the new
// one is there, whole: written beside, flushed, renamed, directory flushed.
func Replace(path string, mode os.FileMode, content []byte) error {
	beside, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	defer os.Remove(beside.Name())
	_, err = beside.Write(content)
	if err == nil {
		err = beside.Chmod(mode)
	}
	if err == nil {
		err = beside.Sync()
	}
	if closeErr := beside.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(beside.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("flush folder %s: %w", dir, err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("flush folder %s: %w", dir, err)
	}
	return nil
}
