package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"diwan/eventstore/seal/checkpoint"
)

const (
	masterLine = "diwan-master-key-v1"
	keySize    = 32
)

// Master is the key that wraps every person's key. Its file stands outside the database and outside
// every backup of it: whoever has only the one can read nothing.
type Master struct {
	name string // fingerprint of the secret, kept beside each wrapping
	aead cipher.AEAD
}

// MasterFile is where master keys live, one a line, the newest last; mode 0600.
type MasterFile struct{ Path string }

// LoadOrCreate reads the master keys, making the first one when there is no file yet.
func (f MasterFile) LoadOrCreate() ([]Master, error) {
	masters, err := f.Load()
	if errors.Is(err, fs.ErrNotExist) {
		return f.Rotate()
	}
	return masters, err
}

// Load reads the master keys and refuses a file that others can read.
func (f MasterFile) Load() ([]Master, error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return nil, fmt.Errorf("open the master key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("master key %s may be read by others (mode %04o): set it to 0600", f.Path, info.Mode().Perm())
	}
	raw, err := os.ReadFile(f.Path)
	if err != nil {
		return nil, fmt.Errorf("open the master key: %w", err)
	}
	var masters []Master
	for line := range strings.Lines(string(raw)) {
		kind, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		secret, err := base64.StdEncoding.Strict().DecodeString(value)
		if kind != masterLine || err != nil || len(secret) != keySize {
			return nil, fmt.Errorf("%s holds a line that is not a master key", f.Path)
		}
		m, err := newMaster(secret)
		if err != nil {
			return nil, err
		}
		masters = append(masters, m)
	}
	if len(masters) == 0 {
		return nil, fmt.Errorf("%s holds no master key", f.Path)
	}
	return masters, nil
}

// Rotate adds a fresh master key; Vault.Rewrap then moves every person's key under it.
func (f MasterFile) Rotate() ([]Master, error) {
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return nil, fmt.Errorf("make room for the master key: %w", err)
	}
	old, err := os.ReadFile(f.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open the master key: %w", err)
	}
	secret := make([]byte, keySize)
	if _, err := rand.Read(secret); err != nil {
		return nil, fmt.Errorf("make a master key: %w", err)
	}
	line := masterLine + " " + base64.StdEncoding.EncodeToString(secret) + "\n"
	if err := checkpoint.Replace(f.Path, 0o600, append(old, line...)); err != nil {
		return nil, err
	}
	return f.Load()
}

// Retire forgets all master keys but the newest. To be done after Rewrap, and never before: what
// is still wrapped by an older one is lost with it.
func (f MasterFile) Retire() error {
	if _, err := f.Load(); err != nil {
		return err
	}
	raw, err := os.ReadFile(f.Path)
	if err != nil {
		return fmt.Errorf("open the master key: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return checkpoint.Replace(f.Path, 0o600, []byte(lines[len(lines)-1]+"\n"))
}

func newMaster(secret []byte) (Master, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "diwan person key wrapping v1", keySize)
	if err != nil {
		return Master{}, fmt.Errorf("derive the wrapping key: %w", err)
	}
	aead, err := newAEAD(key)
	if err != nil {
		return Master{}, err
	}
	print := sha256.Sum256(append([]byte("diwan master key name v1"), secret...))
	return Master{name: hex.EncodeToString(print[:8]), aead: aead}, nil
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("prepare AES-256: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// wrap encrypts a person's key; it opens only as the key of that person.
func (m Master) wrap(person uuid.UUID, key []byte) []byte {
	return m.aead.Seal(nil, nil, key, person[:])
}

func (m Master) unwrap(person uuid.UUID, wrapped []byte) ([]byte, error) {
	key, err := m.aead.Open(nil, nil, wrapped, person[:])
	if err != nil {
		return nil, fmt.Errorf("the key of person %s does not open with master key %s", person, m.name)
	}
	return key, nil
}
