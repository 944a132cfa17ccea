package vault

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"diwan/database"
	"diwan/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

type house struct {
	*Vault
	db        *database.DB
	file      MasterFile
	forgotten Forgotten
	config    database.Config
}

func open(t testing.TB) *house {
	t.Helper()
	h := &house{config: dbtest.NewConfig(t)}
	var err error
	h.db, err = database.Open(context.Background(), h.config)
	must(t, err)
	t.Cleanup(h.db.Close)
	dir := t.TempDir()
	h.file, h.forgotten = MasterFile{filepath.Join(dir, "master.key")}, Forgotten{filepath.Join(dir, "forgotten")}
	h.reopen(t)
	return h
}

func (h *house) reopen(t testing.TB) {
	t.Helper()
	masters, err := h.file.LoadOrCreate()
	must(t, err)
	h.Vault, err = Open(context.Background(), h.db, masters, h.forgotten)
	must(t, err)
}

func (h *house) super(t testing.TB, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dbtest.AdminURL(t, h.config))
	must(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), sql, args...)
	must(t, err)
}

func TestSealedDataComesBackAndIsTiedToItsPerson(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "plaintext")
		person := uuid.UUID{15: rapid.Byte().Draw(t, "person")}
		blob, err := h.Seal(ctx, person, secret)
		if err != nil {
			t.Fatal(err)
		}
		if len(secret) > 8 && bytes.Contains(blob, secret) {
			t.Fatal("the blob shows the plaintext")
		}
		if whose, _, err := Whose(blob); whose != person || err != nil {
			t.Fatalf("the blob is said to be of %s (%v)", whose, err)
		}
		back, err := h.Vault.Open(ctx, blob)
		if err != nil || !bytes.Equal(back, secret) {
			t.Fatalf("opened as %q: %v", back, err)
		}
		i := rapid.IntRange(0, len(blob)-1).Draw(t, "flipped byte")
		blob[i] ^= 1
		if back, err := h.Vault.Open(ctx, blob); err == nil {
			t.Fatalf("a changed blob opened as %q", back)
		}
	})
}

func TestForgottenIsErasedForEver(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	person, other := uuid.New(), uuid.New()
	blob, err := h.Seal(ctx, person, []byte("الرقم الوطني 9901"))
	must(t, err)
	kept, err := h.Seal(ctx, other, []byte("other"))
	must(t, err)
	said, err := h.Forget(ctx, person, noon)
	must(t, err)
	if said.Person != person || !said.At.Equal(noon) || said.EventType() != "vault.person_forgotten" {
		t.Fatalf("%+v", said)
	}
	if _, err := h.Vault.Open(ctx, blob); !errors.Is(err, ErrErased) {
		t.Fatalf("opened after the erasure: %v", err)
	}
	if _, err := h.Seal(ctx, person, []byte("new")); !errors.Is(err, ErrErased) {
		t.Fatalf("something new was sealed for a forgotten person: %v", err)
	}
	if back, err := h.Vault.Open(ctx, kept); err != nil || string(back) != "other" {
		t.Fatalf("the other person's data: %q %v", back, err)
	}
	_, err = h.Forget(ctx, person, noon) // twice is harmless
	must(t, err)
	if raw, err := os.ReadFile(h.forgotten.Path); err != nil || strings.Contains(string(raw), "9901") || !strings.Contains(string(raw), person.String()) {
		t.Fatalf("the list holds %q: %v", raw, err)
	}
}

// A restore brings the key back; opening the vault ends it again before anything is served.
func TestErasureSurvivesKeysThatComeBack(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	person := uuid.New()
	blob, err := h.Seal(ctx, person, []byte("secret"))
	must(t, err)
	h.super(t, `create table vault.old as select * from vault.person_key`)
	_, err = h.Forget(ctx, person, noon)
	must(t, err)
	h.super(t, `delete from vault.person_key; insert into vault.person_key select * from vault.old`)
	if back, err := h.Vault.Open(ctx, blob); err != nil || string(back) != "secret" {
		t.Fatalf("the restored key does not open, so the check below shows nothing: %v", err)
	}
	h.reopen(t)
	if _, err := h.Vault.Open(ctx, blob); !errors.Is(err, ErrErased) {
		t.Fatalf("the erasure did not survive: %v", err)
	}
}

func TestTornLineOfTheListHidesNobody(t *testing.T) {
	h := open(t)
	first, second := uuid.New(), uuid.New()
	must(t, h.forgotten.Add(first, noon))
	raw, err := os.ReadFile(h.forgotten.Path)
	must(t, err)
	must(t, os.WriteFile(h.forgotten.Path, append(raw, second.String()[:20]...), 0o600)) // crash in the middle of Add
	must(t, h.forgotten.Add(second, noon))
	all, err := h.forgotten.List()
	must(t, err)
	if len(all) != 2 || all[0] != first || all[1] != second {
		t.Fatalf("%v", all)
	}
}

func TestRewrapMovesEveryKeyToTheNewMaster(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	blobs := make(map[uuid.UUID][]byte)
	for range 40 {
		person := uuid.New()
		blob, err := h.Seal(ctx, person, person[:])
		must(t, err)
		blobs[person] = blob
	}
	gone := uuid.New()
	lost, err := h.Seal(ctx, gone, []byte("x"))
	must(t, err)
	_, err = h.Forget(ctx, gone, noon)
	must(t, err)
	_, err = h.file.Rotate()
	must(t, err)
	h.reopen(t)
	var done int64
	must(t, h.Rewrap(ctx, func(n int64) { done = n }))
	if done != 40 {
		t.Fatalf("%d keys were rewrapped", done)
	}
	must(t, h.file.Retire())
	h.reopen(t)
	for person, blob := range blobs {
		if back, err := h.Vault.Open(ctx, blob); err != nil || !bytes.Equal(back, person[:]) {
			t.Fatalf("after the rotation: %v", err)
		}
	}
	if _, err := h.Vault.Open(ctx, lost); !errors.Is(err, ErrErased) {
		t.Fatalf("the rotation woke a forgotten person: %v", err)
	}
}

// Without the master key the database alone opens nothing.
func TestAnotherMasterOpensNothing(t *testing.T) {
	h := open(t)
	blob, err := h.Seal(context.Background(), uuid.New(), []byte("secret"))
	must(t, err)
	stolen, err := MasterFile{filepath.Join(t.TempDir(), "m")}.LoadOrCreate()
	must(t, err)
	thief, err := Open(context.Background(), h.db, stolen, Forgotten{filepath.Join(t.TempDir(), "f")})
	must(t, err)
	if back, err := thief.Open(context.Background(), blob); err == nil {
		t.Fatalf("opened as %q", back)
	}
	must(t, os.Chmod(h.file.Path, 0o644))
	if _, err := h.file.Load(); err == nil {
		t.Fatal("a master key that everybody may read was loaded")
	}
}

// Many at once seal for a person who has no key yet: one key comes of it, and all can be opened.
func TestFirstKeyIsMadeOnce(t *testing.T) {
	h := open(t)
	person := uuid.New()
	blobs := make([][]byte, 16)
	var all sync.WaitGroup
	for i := range blobs {
		all.Go(func() {
			blob, err := h.Seal(context.Background(), person, []byte{byte(i)})
			if err != nil {
				t.Error(err)
			}
			blobs[i] = blob
		})
	}
	all.Wait()
	for i, blob := range blobs {
		if back, err := h.Vault.Open(context.Background(), blob); err != nil || !bytes.Equal(back, []byte{byte(i)}) {
			t.Fatalf("blob %d: %v", i, err)
		}
	}
}

// The running role sees wrapped keys only, and cannot change or remove one.
func TestRunningRoleCannotChangeKeys(t *testing.T) {
	h := open(t)
	for _, sql := range []string{
		`update vault.person_key set wrapped = null`, `delete from vault.person_key`, `truncate vault.person_key`,
		`insert into vault.person_key (person, version, master) values (gen_random_uuid(), 1, '')`,
	} {
		err := h.db.Write(context.Background(), database.System, func(tx pgx.Tx) error {
			_, err := tx.Exec(context.Background(), sql)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
