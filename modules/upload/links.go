package upload

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore/blob"
)

// Links signs addresses that lead to one file for one person for a short time. A link alone opens
// nothing: the person it was made for must be signed in as well.
type Links struct {
	key []byte
	now func() time.Time
}

// linkKeyBytes is the length of the key.
const linkKeyBytes = 32

// NewLinks signs with a key of 32 bytes.
func NewLinks(key []byte, now func() time.Time) *Links { return &Links{key, now} }

// LoadLinks reads the key of links from a file that all nodes share, and makes it when it is not there.
func LoadLinks(path string, now func() time.Time) (*Links, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the key of links: %w", err)
	}
	fresh := make([]byte, linkKeyBytes)
	if _, err := rand.Read(fresh); err != nil {
		return nil, fmt.Errorf("make the key of links: %w", err)
	}
	scratch := path + "." + uuid.NewString()
	if err := os.WriteFile(scratch, fresh, 0o600); err != nil {
		return nil, fmt.Errorf("make the key of links: %w", err)
	}
	err := os.Link(scratch, path) // the first node's key stays
	if err := errors.Join(os.Remove(scratch)); err != nil {
		return nil, fmt.Errorf("make the key of links: %w", err)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the key of links: %w", err)
	}
	key, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key of links: %w", err)
	}
	if len(key) != linkKeyBytes {
		return nil, fmt.Errorf("read the key of links: %s has %d bytes, not %d", path, len(key), linkKeyBytes)
	}
	return NewLinks(key, now), nil
}

// sign makes the signature of a link's parts; lengths keep parts from running into each other.
func (l *Links) sign(parts ...string) string {
	mac := hmac.New(sha256.New, l.key)
	for _, p := range parts {
		fmt.Fprintf(mac, "%d:%s", len(p), p)
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (l *Links) genuine(signature string, parts ...string) bool {
	return hmac.Equal([]byte(signature), []byte(l.sign(parts...)))
}

// upload is the address to which an upload is sent until a moment.
func (l *Links) upload(id uuid.UUID, owner string, until time.Time) string {
	at := strconv.FormatInt(until.Unix(), 10)
	return "/uploads/" + id.String() + "?until=" + at + "&sig=" + l.sign("upload", id.String(), owner, at)
}

// checkUpload tells whether the address is one that was made for the person, and still good.
func (l *Links) checkUpload(id uuid.UUID, person string, query url.Values) (genuine, late bool) {
	at := query.Get("until")
	if !l.genuine(query.Get("sig"), "upload", id.String(), person, at) {
		return false, false
	}
	until, err := strconv.ParseInt(at, 10, 64)
	return true, err != nil || l.now().Unix() >= until
}

// Download is a file for one person to fetch.
type Download struct {
	Hash    blob.Hash
	Name    string
	Type    string
	Passing bool // among the results of jobs, which expire
}

// downloadFor is how long a link to a download lasts.
const downloadFor = 5 * time.Minute

// Download is the address of a file for a person, for five minutes.
func (l *Links) Download(person string, d Download) string {
	at := strconv.FormatInt(l.now().Add(downloadFor).Unix(), 10)
	q := url.Values{"name": {d.Name}, "type": {d.Type}, "until": {at}, "in": {place(d)}}
	q.Set("sig", l.sign("download", d.Hash.Hex(), d.Name, d.Type, place(d), person, at))
	return "/downloads/" + d.Hash.Hex() + "?" + q.Encode()
}

func place(d Download) string {
	if d.Passing {
		return "passing"
	}
	return "kept"
}

// checkDownload reads an address of Download.
func (l *Links) checkDownload(digits, person string, q url.Values) (d Download, genuine, late bool) {
	h, err := blob.ParseHash("sha256:" + strings.ToLower(digits))
	d = Download{Hash: h, Name: q.Get("name"), Type: q.Get("type"), Passing: q.Get("in") == "passing"}
	at := q.Get("until")
	if err != nil || !l.genuine(q.Get("sig"), "download", h.Hex(), d.Name, d.Type, place(d), person, at) {
		return Download{}, false, false
	}
	until, err := strconv.ParseInt(at, 10, 64)
	return d, true, err != nil || l.now().Unix() >= until
}
