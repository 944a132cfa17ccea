// Package blob keeps the files that events refer to.
//
// Three things to know. A file is named by the SHA-256 of its content, so it is never rewritten, the
// same content is kept once, and an event that holds the name proves the file. What Put has
// acknowledged is on disk; what it has not acknowledged is not visible at all. A reader is told at the
// end of a file when its content is no longer what its name says.
//
// There are two stores, a folder and S3, and one contract for both (blobtest).
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Hash names a file: the SHA-256 of its content.
type Hash [sha256.Size]byte

// refPrefix begins the form in which events refer to a file. It is stored for ever.
const refPrefix = "sha256:"

// String is the form in which events refer to a file: "sha256:" and 64 hexadecimal digits.
func (h Hash) String() string { return refPrefix + h.Hex() }

// Hex is the digits alone, as sha256sum prints them.
func (h Hash) Hex() string { return hex.EncodeToString(h[:]) }

// ParseHash reads the form of String; anything else is an error.
func ParseHash(s string) (Hash, error) {
	digits, found := strings.CutPrefix(s, refPrefix)
	h, ok := parseHex(digits)
	if !found || !ok {
		return Hash{}, fmt.Errorf("%.80q is not the name of a file", s)
	}
	return h, nil
}

func parseHex(digits string) (h Hash, ok bool) {
	if len(digits) != hex.EncodedLen(len(h)) || strings.ToLower(digits) != digits {
		return Hash{}, false
	}
	_, err := hex.Decode(h[:], []byte(digits))
	return h, err == nil
}

// MarshalText is the form in which events refer to a file.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads the form of MarshalText.
func (h *Hash) UnmarshalText(text []byte) (err error) {
	*h, err = ParseHash(string(text))
	return err
}

// Kept is a file in the store.
type Kept struct {
	Hash  Hash
	Bytes int64
}

// Store keeps files by their content. All methods may be called by many goroutines and many processes
// at once.
type Store interface {
	// Put reads r to its end and keeps it. When it returns without an error the file is on disk. A file
	// that is there already is not written again; one that is there and damaged is made whole. Errors:
	// *TooLarge, when r holds more than most bytes (0 = no bound); the error of admit, which is told what
	// is about to be kept (nil = all is admitted); the error of r. After an error nothing new is visible.
	Put(ctx context.Context, r io.Reader, most int64, admit func(Kept) error) (Kept, error)

	// Open reads a file from its beginning. The last Read answers *Damaged instead of io.EOF when the
	// content is not what the name says. Errors: ErrMissing.
	Open(ctx context.Context, h Hash) (io.ReadCloser, error)

	// Range reads n bytes from an offset; a part alone cannot be compared with the name. It ends early
	// where the file ends. Errors: ErrMissing.
	Range(ctx context.Context, h Hash, from, n int64) (io.ReadCloser, error)

	// Stat tells how long a file is, without reading it. Errors: ErrMissing.
	Stat(ctx context.Context, h Hash) (Kept, error)

	// Scan hands every file to found, in the order of their names, and stops at its first error.
	Scan(ctx context.Context, found func(Kept) error) error

	// Remove deletes a file that was last put before a moment; a younger one stays, because somebody may
	// be about to refer to it. A file that is not there is no error.
	Remove(ctx context.Context, h Hash, putBefore time.Time) error

	Staging
}

// Staging holds what arrives in pieces until it is whole.
type Staging interface {
	// Stage appends r to the piece of work named id, whose first at bytes are there already; what an
	// interrupted call left beyond them is overwritten. It returns how many bytes of r are on disk, also
	// beside an error of r. At most bytes most are taken; *TooLarge when r holds more.
	Stage(ctx context.Context, id string, at int64, r io.Reader, most int64) (int64, error)

	// Staged reads the first n bytes of a piece of work. Errors: ErrMissing, when fewer are there.
	Staged(ctx context.Context, id string, n int64) (io.ReadCloser, error)

	// Unstage forgets a piece of work; one that is not there is no error.
	Unstage(ctx context.Context, id string) error
}

// ErrMissing says that no file has the name.
var ErrMissing = errors.New("there is no such file")

// Damaged says that a file's content is not what its name says.
type Damaged struct {
	Want Hash
	Got  Hash
}

// Error names both hashes.
func (d *Damaged) Error() string {
	return fmt.Sprintf("the file %s is damaged: its content has the hash %s", d.Want, d.Got.Hex())
}

// TooLarge says that more came than was allowed.
type TooLarge struct{ Most int64 }

// Error names the bound.
func (t *TooLarge) Error() string { return fmt.Sprintf("more than the %d bytes allowed", t.Most) }

// validID tells whether a name for a piece of work is safe as part of a path.
func validID(id string) error {
	if id == "" || len(id) > 64 {
		return fmt.Errorf("%.80q does not name a piece of work", id)
	}
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return fmt.Errorf("%.80q does not name a piece of work", id)
		}
	}
	return nil
}
