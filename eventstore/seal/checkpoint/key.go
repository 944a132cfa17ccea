package checkpoint

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"golang.org/x/mod/sumdb/note"
)

// Signature types of the public note format.
const (
	typeEd25519     = 0x01
	typeCosignature = 0x04
)

// Key is a private signing key (Ed25519) of a log or of a witness.
type Key struct{ private ed25519.PrivateKey }

// PublicKey is its public half.
type PublicKey [ed25519.PublicKeySize]byte

// NewKey makes a fresh key.
func NewKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, fmt.Errorf("make a signing key: %w", err)
	}
	return Key{private}, nil
}

// Public returns the public half.
func (k Key) Public() PublicKey { return PublicKey(k.private.Public().(ed25519.PublicKey)) }

// String is the key in base64, as key lists and proofs write it.
func (p PublicKey) String() string { return base64.StdEncoding.EncodeToString(p[:]) }

// Fingerprint is short enough to be read out over the telephone.
func (p PublicKey) Fingerprint() string {
	sum := sha256.Sum256(p[:])
	return hex.EncodeToString(sum[:8])
}

// ParsePublicKey reads base64.
func ParsePublicKey(s string) (PublicKey, error) {
	raw, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return PublicKey{}, fmt.Errorf("%q is not a public key", s)
	}
	return PublicKey(raw), nil
}

// Verifier checks signatures made in a name, as golang.org/x/mod/sumdb/note wants it.
func (p PublicKey) Verifier(name string) note.Verifier {
	return verifier{name, keyHash(name, typeEd25519, p), func(msg, sig []byte) bool {
		return ed25519.Verify(p[:], msg, sig)
	}}
}

func (k Key) signer(name string) note.Signer {
	return signer{name, keyHash(name, typeEd25519, k.Public()), func(msg []byte) ([]byte, error) {
		return ed25519.Sign(k.private, msg), nil
	}}
}

func keyHash(name string, kind byte, key PublicKey) uint32 {
	h := sha256.New()
	h.Write([]byte(name + "\n"))
	h.Write([]byte{kind})
	h.Write(key[:])
	return binary.BigEndian.Uint32(h.Sum(nil))
}

type verifier struct {
	name   string
	hash   uint32
	verify func(msg, sig []byte) bool
}

func (v verifier) Name() string                { return v.name }
func (v verifier) KeyHash() uint32             { return v.hash }
func (v verifier) Verify(msg, sig []byte) bool { return v.verify(msg, sig) }

type signer struct {
	name string
	hash uint32
	sign func(msg []byte) ([]byte, error)
}

func (s signer) Name() string                    { return s.name }
func (s signer) KeyHash() uint32                 { return s.hash }
func (s signer) Sign(msg []byte) ([]byte, error) { return s.sign(msg) }
