package signin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is what one check of a password costs.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// HouseCost is under a quarter of a second on a small server and dear to whoever stole the hashes.
var HouseCost = Cost{Memory: 46 * 1024, Passes: 1, Threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
	// longestPassword is far above any that people type, in bytes; a megabyte is not hashed.
	longestPassword = 1024
)

// hashPassword returns the password's argon2id hash in PHC form. The password is taken in Unicode
// NFKC, so that the same Arabic word typed on two keyboards is the same password.
func hashPassword(password string, c Cost) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	key := argon2.IDKey(spelled(password), salt, c.Passes, c.Memory, c.Threads, hashBytes)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Threads, b64(salt), b64(key)), nil
}

// checkPassword tells whether the password fits a hash that hashPassword made, of any cost.
func checkPassword(hash, password string) (bool, error) {
	var version int
	var c Cost
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("the hash is not argon2id in PHC form")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, fmt.Errorf("the hash is of argon2 version %q", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Threads); err != nil {
		return false, fmt.Errorf("read the hash's cost: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("read the hash's salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("read the hash: %w", err)
	}
	got := argon2.IDKey(spelled(password), salt, c.Passes, c.Memory, c.Threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && len(password) <= longestPassword, nil
}

func spelled(password string) []byte {
	if len(password) > longestPassword {
		password = password[:longestPassword]
	}
	return norm.NFKC.Bytes([]byte(password))
}
