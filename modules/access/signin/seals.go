package signin

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// seals close what a browser carries for Diwan between two requests: which device it is, a sign-in
// that waits for its second step, a ceremony. Nobody can read, change or make one, or use one of a
// kind as another kind; each has an end.
type seals struct{ aead cipher.AEAD }

// The kinds. They are part of what is authenticated.
const (
	deviceSeal   = "device"
	halfSeal     = "half sign-in"
	ceremonySeal = "passkey ceremony"
	totpSeal     = "authenticator app"
	flowSeal     = "issuer flow"
)

// longestSeal bounds what is even looked at.
const longestSeal = 8 << 10

type sealed struct {
	Until   time.Time       `json:"until"`
	Content json.RawMessage `json:"content"`
}

func (s *seals) seal(kind string, until time.Time, content any) (string, error) {
	inner, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("close a %s: %w", kind, err)
	}
	plain, err := json.Marshal(sealed{until, inner})
	if err != nil {
		return "", fmt.Errorf("close a %s: %w", kind, err)
	}
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, plain, []byte(kind))), nil
}

// open reads a token of a kind into content. It returns a hash that names the token and when it
// ends; ok is false for everything that seal did not make, and for what is over.
func (s *seals) open(kind, token string, now time.Time, content any) (hash []byte, until time.Time, ok bool) {
	if token == "" || len(token) > longestSeal {
		return nil, time.Time{}, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || strings.ContainsAny(token, "\r\n") { // the decoder skips line ends: one seal would have many writings
		return nil, time.Time{}, false
	}
	plain, err := s.aead.Open(nil, nil, raw, []byte(kind))
	if err != nil {
		return nil, time.Time{}, false
	}
	var outer sealed
	if json.Unmarshal(plain, &outer) != nil || !now.Before(outer.Until) || json.Unmarshal(outer.Content, content) != nil {
		return nil, time.Time{}, false
	}
	sum := sha256.Sum256(raw)
	return sum[:], outer.Until, true
}

func newSeals(key []byte) (*seals, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("prepare AES-256: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &seals{aead}, err
}

// openSeals reads the installation's key, which the vault seals, and makes it when it is the first.
// A key that the vault can no longer open is replaced: devices are strangers again, nothing else.
func (h *House) openSeals(ctx context.Context) (*seals, error) {
	const name = "cookies"
	owner := vaultID("diwan sign-in")
	var kept []byte
	look := func() error {
		return h.read(ctx, func(tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select sealed from signin.secret where name = $1`, name).Scan(&kept)
		})
	}
	err := look()
	if err != nil && !notFound(err) {
		return nil, err
	}
	if err == nil {
		if key, openErr := h.config.Sealer.Open(ctx, owner, kept); openErr == nil {
			return newSeals(key)
		} else if ctx.Err() != nil {
			return nil, openErr
		} else {
			h.config.Trouble.WarnContext(ctx, "the key of signed cookies is replaced", "error", openErr)
		}
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("draw the key of signed cookies: %w", err)
	}
	fresh, err := h.config.Sealer.Seal(ctx, owner, key)
	if err != nil {
		return nil, fmt.Errorf("seal the key of signed cookies: %w", err)
	}
	err = h.write(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into signin.secret as s (name, sealed) values ($1, $2)
			on conflict (name) do update set sealed = $2 where s.sealed = $3`, name, fresh, kept)
		return err
	})
	if err := errors.Join(err, look()); err != nil { // another node may have been first
		return nil, err
	}
	if key, err = h.config.Sealer.Open(ctx, owner, kept); err != nil {
		return nil, fmt.Errorf("open the key of signed cookies: %w", err)
	}
	return newSeals(key)
}
