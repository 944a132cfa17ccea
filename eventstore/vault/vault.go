// Package vault encrypts personal data with a key for each person, so that a person can be
// forgotten although the log never changes: the key is destroyed, and what it had encrypted says
// nothing to anybody any more.
//
// Three things to know. The log holds only the encrypted bytes, and its proofs cover those, so
// proofs stay valid after an erasure. The keys stand in a schema of their own, wrapped by a master
// key that is not in the database, and have their own backup that is kept 30 days at most. Open
// applies the list of the forgotten before anything is served, so a restore never undoes an erasure.
package vault

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/faultpoint"
)

// ErrErased: the person's key was destroyed; the data cannot be read by anybody any more.
var ErrErased = errors.New("this person's data was erased")

// A sealed blob says by itself what opens it:
//
//	"DWV1" ‖ person (16 bytes) ‖ key version (4 bytes, big endian) ‖ nonce (12) ‖ AES-256-GCM ciphertext and tag
//
// Everything before the nonce is authenticated with the ciphertext.
const (
	magic  = "DWV1"
	header = len(magic) + 16 + 4
)

// Vault seals and opens personal data.
type Vault struct {
	db        *database.DB
	masters   []Master
	forgotten Forgotten
}

// Open makes the vault ready. It first destroys again the keys of everybody on the list of the
// forgotten, which a restore may have brought back.
func Open(ctx context.Context, db *database.DB, masters []Master, forgotten Forgotten) (*Vault, error) {
	if len(masters) == 0 {
		return nil, errors.New("the vault needs a master key")
	}
	v := &Vault{db: db, masters: masters, forgotten: forgotten}
	return v, v.ApplyForgotten(ctx)
}

// ApplyForgotten destroys the keys of everybody on the list.
func (v *Vault) ApplyForgotten(ctx context.Context) error {
	all, err := v.forgotten.List()
	if err != nil || len(all) == 0 {
		return err
	}
	return v.destroy(ctx, all)
}

func (v *Vault) destroy(ctx context.Context, persons []uuid.UUID) error {
	err := v.db.Write(ctx, database.System, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `select vault.destroy_keys($1)`, persons)
		return err
	})
	if err != nil {
		return fmt.Errorf("destroy the keys of %d persons: %w", len(persons), err)
	}
	return nil
}

// Seal encrypts for a person, making their key when it is their first. ErrErased for a person who
// was forgotten: nothing new is stored about them.
func (v *Vault) Seal(ctx context.Context, person uuid.UUID, plaintext []byte) ([]byte, error) {
	key, version, err := v.keyOf(ctx, person, true)
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	blob := append(make([]byte, 0, header+aead.Overhead()+len(plaintext)), magic...)
	blob = append(blob, person[:]...)
	blob = binary.BigEndian.AppendUint32(blob, uint32(version))
	return aead.Seal(blob, nil, plaintext, blob), nil
}

// Open decrypts a blob. Errors: ErrErased; or that the blob is damaged.
func (v *Vault) Open(ctx context.Context, blob []byte) ([]byte, error) {
	person, version, err := Whose(blob)
	if err != nil {
		return nil, err
	}
	key, has, err := v.keyOf(ctx, person, false)
	if err != nil {
		return nil, err
	}
	if has != version {
		return nil, fmt.Errorf("sealed with another key of person %s (%d) than the one that is here (%d): restore the keys", person, version, has)
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	plaintext, err := aead.Open(nil, nil, blob[header:], blob[:header])
	if err != nil {
		return nil, fmt.Errorf("sealed data of person %s was changed", person)
	}
	return plaintext, nil
}

// Whose reads from a blob whose data it is, without opening it.
func Whose(blob []byte) (person uuid.UUID, version int, err error) {
	if len(blob) < header || string(blob[:len(magic)]) != magic {
		return uuid.Nil, 0, errors.New("this is not sealed personal data")
	}
	copy(person[:], blob[len(magic):])
	return person, int(binary.BigEndian.Uint32(blob[header-4:])), nil
}

// keyOf returns a person's key. Keys are not kept in memory: a key destroyed by one node must not
// go on opening data on another.
func (v *Vault) keyOf(ctx context.Context, person uuid.UUID, makeFirst bool) (key []byte, version int, err error) {
	var master *string
	var wrapped []byte
	found := true
	read := func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `select k.version, k.master, k.wrapped from vault.person_key k where k.person = $1`, person).Scan(&version, &master, &wrapped)
		if errors.Is(err, pgx.ErrNoRows) {
			found = false
			return nil
		}
		return err
	}
	if err := v.db.Read(ctx, database.System, read); err != nil {
		return nil, 0, fmt.Errorf("read the key of person %s: %w", person, err)
	}
	if !found && !makeFirst {
		// A blob without a key row: the keys were lost or not restored yet. That is no erasure.
		return nil, 0, fmt.Errorf("there is no key for person %s", person)
	}
	if !found {
		// The version is drawn too: a key made after the old one was lost is never taken for it.
		fresh := make([]byte, keySize+4)
		if _, err := rand.Read(fresh); err != nil {
			return nil, 0, fmt.Errorf("make a key: %w", err)
		}
		drawn := int32(binary.BigEndian.Uint32(fresh[keySize:]) & 0x7fffffff)
		fresh = fresh[:keySize]
		m := v.newest()
		err := v.db.Write(ctx, database.System, func(tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select version, master, wrapped from vault.make_key($1, $2, $3, $4)`,
				person, drawn, m.name, m.wrap(person, fresh)).Scan(&version, &master, &wrapped)
		})
		if err != nil {
			return nil, 0, fmt.Errorf("keep the key of person %s: %w", person, err)
		}
	}
	if wrapped == nil {
		return nil, 0, ErrErased
	}
	for _, m := range v.masters {
		if m.name == *master {
			key, err = m.unwrap(person, wrapped)
			return key, version, err
		}
	}
	return nil, 0, fmt.Errorf("the key of person %s is wrapped by master key %s, which is not in the master file", person, *master)
}

func (v *Vault) newest() Master { return v.masters[len(v.masters)-1] }

// PersonForgotten is the event the caller appends after Forget, so that the log itself says that an
// erasure took place, for whom and when, and projections show "erased".
type PersonForgotten struct {
	Person uuid.UUID `json:"person"`
	At     time.Time `json:"at"`
}

// EventType is the stored name.
func (PersonForgotten) EventType() string { return "vault.person_forgotten" }

// Forget destroys a person's key for ever and returns the event to append. The list of the forgotten
// comes first: from then on no restore brings the data back. Forgetting twice is harmless.
func (v *Vault) Forget(ctx context.Context, person uuid.UUID, at time.Time) (PersonForgotten, error) {
	if err := v.forgotten.Add(person, at); err != nil {
		return PersonForgotten{}, err
	}
	if err := v.destroy(ctx, []uuid.UUID{person}); err != nil {
		return PersonForgotten{}, err
	}
	faultpoint.Reached(faultpoint.KeyDestroyed)
	return PersonForgotten{Person: person, At: at.UTC().Truncate(time.Millisecond)}, nil
}
