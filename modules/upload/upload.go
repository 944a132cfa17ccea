// Package upload takes files in from people: in pieces, over slow lines, across restarts.
//
// Three things to know. A file is announced over GraphQL, which answers a signed address; its bytes
// go to that address by the tus protocol (tus.go), never through GraphQL. What it is, is found from
// its content; the name is only shown. A finished upload is a file of the store that its owner may use
// once, for the purpose it was sent for; nobody else learns that it exists.
package upload

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

// Person is who acts, as the edge resolved them.
type Person struct {
	ID         string
	OnBehalfOf string
	May        func(permission string) bool
}

// Purpose is one thing files are sent for.
type Purpose struct {
	Name       string // "finance.budget"
	Permission string // who may send one
	Most       int64  // bytes of one file
	Types      []string
}

// Quota bounds what one person has under way and unused.
type Quota struct {
	Files int64
	Bytes int64
}

// Module is the door for files.
type Module struct {
	db       *database.DB
	files    blob.Store
	links    *Links
	now      func() time.Time
	quota    Quota
	purposes map[string]Purpose
	referred func(ctx context.Context, h blob.Hash) (bool, error) // nil: no file ever leaves
}

// How long an upload may take, and how long an unused one is kept after it.
const (
	arrivesWithin = 24 * time.Hour
	unusedFor     = 7 * 24 * time.Hour
)

// DefaultQuota is enough for the files of a busy week.
func DefaultQuota() Quota { return Quota{Files: 200, Bytes: 20 << 30} }

// New opens the door for some purposes.
func New(db *database.DB, files blob.Store, links *Links, now func() time.Time, quota Quota, purposes ...Purpose) *Module {
	m := &Module{db: db, files: files, links: links, now: now, quota: quota, purposes: map[string]Purpose{}}
	for _, p := range purposes {
		m.purposes[p.Name] = p
	}
	return m
}

// ForgetUnless lets files of uploads that nobody used leave the store when their time is over, unless the
// log refers to them.
func (m *Module) ForgetUnless(referred func(ctx context.Context, h blob.Hash) (bool, error)) *Module {
	m.referred = referred
	return m
}

// State is how far an upload is.
type State string

// The states of an upload.
const (
	Arriving  State = "arriving"
	KeptWhole State = "kept"
	Refused   State = "refused"
	Cancelled State = "cancelled"
	Expired   State = "expired"
)

// Upload is one file on its way in, or arrived.
type Upload struct {
	ID                    uuid.UUID
	Owner                 string
	Purpose, Name, Stated string
	Size, Received        int64
	State                 State
	Hash                  *blob.Hash // of the kept file
	Type                  string     // found from the content
	CreatedAt, ExpiresAt  time.Time
	UsedBy                *uuid.UUID

	stated  *blob.Hash
	refusal kernel.Problems
	link    string
}

const columns = `id, owner, purpose, name, declared, size, received, status, hash, type, created_at, expires_at, used_by, sha256, refusal`

func scanUpload(row pgx.Row) (Upload, error) {
	var u Upload
	var hash, stated []byte
	err := row.Scan(&u.ID, &u.Owner, &u.Purpose, &u.Name, &u.Stated, &u.Size, &u.Received, &u.State, &hash, &u.Type,
		&u.CreatedAt, &u.ExpiresAt, &u.UsedBy, &stated, &u.refusal)
	u.Hash, u.stated = hashOf(hash), hashOf(stated)
	return u, err
}

func hashOf(b []byte) *blob.Hash {
	if len(b) != len(blob.Hash{}) {
		return nil
	}
	h := blob.Hash(b)
	return &h
}

// errAbsent says that somebody has no such upload, whether or not another has.
var errAbsent = kernel.Problem{Code: "upload.absent", Path: "id", Message: kernel.Text{
	Ar: "لم يُعثر على ملف مرفوع بهذا الرقم.", En: "No uploaded file has this number.",
}}

// Find reads an upload of its owner. Refusals: upload.absent.
func (m *Module) Find(ctx context.Context, owner string, id uuid.UUID) (u Upload, err error) {
	err = m.db.Read(ctx, database.Session{Actor: owner}, func(tx pgx.Tx) error {
		u, err = scanUpload(tx.QueryRow(ctx, `select `+columns+` from file.upload where id = $1 and owner = $2`, id, owner))
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return u, errAbsent
	}
	if err != nil {
		return u, fmt.Errorf("read the upload %s: %w", id, err)
	}
	if u.State == Arriving && !m.now().Before(u.ExpiresAt) {
		u.State = Expired
	}
	return u, nil
}

// write runs do as the owner.
func (m *Module) write(ctx context.Context, owner string, what string, do func(pgx.Tx) error) error {
	if err := m.db.Write(ctx, database.Session{Actor: owner}, do); err != nil {
		if kernel.ProblemsOf(err) != nil {
			return err
		}
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
