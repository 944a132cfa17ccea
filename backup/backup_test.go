package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
	"diwan/eventstore/vault"
	"diwan/modules/kernel"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

type paid struct {
	Amount int64 `json:"amount"`
}

func (paid) EventType() string { return "test.paid" }

func payments() eventstore.Category {
	return eventstore.CategoryOf("test.paid", eventstore.Main, eventstore.NewCodec(eventstore.Type[paid](1, nil)), int64(0),
		func(n int64, _ eventstore.Event) int64 { return n + 1 })
}

// ministry is a running log: store, seal, vault.
type ministry struct {
	config    database.Config
	db        *database.DB
	log       eventstore.Store
	book      *seal.Postgres
	sealer    *seal.Sealer
	vault     *vault.Vault
	masters   []vault.Master
	forgotten vault.Forgotten
	keys      []checkpoint.Key
	public    []checkpoint.PublicKey
	state     *witness.State
}

func found(t testing.TB) *ministry {
	t.Helper()
	dir := t.TempDir()
	m := &ministry{forgotten: vault.Forgotten{Path: filepath.Join(dir, "forgotten")}}
	file := checkpoint.KeyFile{Path: filepath.Join(dir, "log.key")}
	var err error
	m.keys, err = file.LoadOrCreate(time.Now())
	must(t, err)
	m.public, err = file.Public()
	must(t, err)
	m.masters, err = vault.MasterFile{Path: filepath.Join(dir, "master.key")}.LoadOrCreate()
	must(t, err)
	m.state, err = witness.OpenState(filepath.Join(dir, "signed"))
	must(t, err)
	t.Cleanup(func() { m.state.Close() })
	m.open(t, dbtest.NewConfig(t))
	return m
}

// open starts the ministry on a database; after a restore that is another one.
func (m *ministry) open(t testing.TB, config database.Config) {
	t.Helper()
	ctx := context.Background()
	m.config = config
	var err error
	m.db, err = database.Open(ctx, config)
	must(t, err)
	db := m.db
	t.Cleanup(db.Close)
	m.log, err = eventstore.OpenPostgres(ctx, m.db, payments())
	must(t, err)
	log := m.log
	t.Cleanup(func() { must(t, log.Close()) })
	m.book = seal.NewPostgres(m.db, m.log)
	m.sealer, err = seal.New(m.book, seal.Config{Keys: m.keys, State: m.state, Now: time.Now})
	must(t, err)
	m.vault, err = vault.Open(ctx, m.db, m.masters, m.forgotten)
	must(t, err)
}

func (m *ministry) pay(t testing.TB, n int, sealed []byte) {
	t.Helper()
	_, err := m.log.Execute(context.Background(), eventstore.Command{
		ID: uuid.Must(uuid.NewV7()), Tenant: uuid.UUID{1}, Actor: "لينا", Content: fmt.Append(nil, n),
		Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "test.paid", Key: fmt.Sprint("2026/", n%5)}, Expected: eventstore.AnyVersion}},
		Decide: func(d *eventstore.Decision) error {
			for i := range n {
				if sealed != nil {
					d.RecordSealed(0, paid{int64(i)}, sealed)
				} else {
					d.Record(0, paid{int64(i)})
				}
			}
			return nil
		},
	})
	must(t, err)
}

func (m *ministry) seal(t testing.TB) {
	t.Helper()
	for _, lane := range eventstore.Lanes {
		_, err := m.sealer.Seal(context.Background(), lane)
		must(t, err)
	}
}

func (m *ministry) verify(t testing.TB, outside ...[]byte) seal.Report {
	t.Helper()
	report, err := seal.Verify(context.Background(), m.book, seal.Check{Name: "diwan", Keys: m.public, Now: time.Now, Outside: outside})
	must(t, err)
	return report
}

func (m *ministry) restoreOptions() RestoreOptions {
	return RestoreOptions{Name: "diwan", Keys: m.keys, Public: m.public, Now: time.Now}
}

func (m *ministry) head(t testing.TB) (int64, int32) {
	t.Helper()
	position, epoch, err := m.log.Head(context.Background(), eventstore.Main)
	must(t, err)
	return position, epoch
}

var options = Options{Program: "test", Now: time.Now}

// hashes is the content of every table that a restore brings back unchanged.
func hashes(t testing.TB, config database.Config) map[string]string {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dbtest.AdminURL(t, config))
	must(t, err)
	defer conn.Close(context.Background())
	all := make(map[string]string)
	for _, table := range []string{"es.event", "es.stream", "es.command", "es.frame", "es.hash", "es.checkpoint", "es.cosignature"} {
		var sum string
		must(t, conn.QueryRow(context.Background(), `select count(*) || ' ' || md5(coalesce(string_agg(x::text, '|' order by x::text), '')) from `+table+` x`).Scan(&sum))
		all[table] = sum
	}
	return all
}

// F17: back up under load, restore into an empty database, compare, and go on.
func TestRestoreDrill(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	person := uuid.New()
	blob, err := m.vault.Seal(ctx, person, []byte("secret"))
	must(t, err)
	m.pay(t, 300, nil)
	m.pay(t, 3, blob)
	_, _, err = m.log.AppendFrames(ctx, [][]byte{{1}, {2, 0, 10}, {}})
	must(t, err)
	m.seal(t)
	m.pay(t, 40, nil) // not sealed yet when the backup is made

	loading, stop := context.WithCancel(ctx)
	loaded := make(chan struct{})
	started := make(chan struct{})
	go func() { // appends go on while the backup is made
		defer close(loaded)
		for n := 1; loading.Err() == nil; n++ {
			m.pay(t, 7, nil)
			if n == 1 {
				close(started)
			}
		}
	}()
	<-started
	dir := filepath.Join(t.TempDir(), "نسخة احتياطية")
	manifest, err := Backup(ctx, m.db, dir, options)
	must(t, err)
	stop()
	<-loaded
	atBackup := manifest.Lanes[0].Size
	if now, _ := m.head(t); atBackup < 343 || now <= atBackup-7 {
		t.Fatalf("backed up %d of %d entries", atBackup, now)
	}

	target := dbtest.NewConfig(t)
	done, err := Restore(ctx, dir, target.OwnerURL, m.restoreOptions())
	must(t, err)
	if !done.Verified.OK || done.Lanes[0].Size != atBackup || done.Lanes[0].Epoch != 2 || done.Lanes[0].Root != manifest.Lanes[0].Root || done.Lanes[1].Size != 3 {
		t.Fatalf("restored %+v, verified %+v", done.Lanes, done.Verified)
	}
	// The same rows came back: a second backup, of the restored database, has the same table sums.
	restored := hashes(t, target)
	lost, _ := m.head(t)
	old := m.config
	m.open(t, target)
	again := filepath.Join(t.TempDir(), "again")
	second, err := Backup(ctx, m.db, again, options)
	must(t, err)
	for i, table := range manifest.Tables {
		if table.Name != "es.log" && table.Name != "es.epoch" && (second.Tables[i].Rows != table.Rows || second.Tables[i].SHA256 != table.SHA256) {
			t.Errorf("table %s: %d rows, sum %s, came back as %d, %s", table.Name, table.Rows, table.SHA256, second.Tables[i].Rows, second.Tables[i].SHA256)
		}
	}
	if source := hashes(t, old); source["es.frame"] != restored["es.frame"] || source["es.hash"] != restored["es.hash"] || source["es.checkpoint"] != restored["es.checkpoint"] {
		t.Errorf("source %v\nrestored %v", source, restored)
	}

	// It goes on: appends, seals, verifies, and signed the cut.
	m.pay(t, 11, nil)
	m.seal(t)
	if head, epoch := m.head(t); head != atBackup+11 || epoch != 2 {
		t.Fatalf("the restored log stands at %d, epoch %d", head, epoch)
	}
	report := m.verify(t)
	if !report.OK || !strings.Contains(strings.Join(report.Lanes[0].Notices, " "), fmt.Sprintf("restored to %d, epoch 2", atBackup)) {
		t.Fatalf("%+v", report.Lanes[0])
	}
	proof, err := seal.Notary{Book: m.book, Name: "diwan", Keys: m.public}.Prove(ctx, eventstore.Main, 302, false)
	must(t, err)
	if s, err := seal.CheckProof(proof, seal.Trust{Logs: m.public}); err != nil || s.Origin != "diwan/main/epoch-2" {
		t.Fatalf("%+v %v", s, err)
	}
	// Tokens from before: still good up to the restore point, politely refused above.
	must(t, seal.Recognise(ctx, m.book, kernel.Position{Lane: "main", Epoch: 1, N: atBackup}))
	must(t, seal.Recognise(ctx, m.book, kernel.Position{Lane: "main", Epoch: 2, N: atBackup + 11}))
	var problem kernel.Problem
	for _, gone := range []kernel.Position{{Lane: "main", Epoch: 1, N: lost + 1}, {Lane: "main", Epoch: 3, N: 1}} {
		if err := seal.Recognise(ctx, m.book, gone); !errors.As(err, &problem) || problem.Message.Ar == "" {
			t.Fatalf("%s: %v", gone, err)
		}
	}
	// The keys were not in the backup: nothing sealed can be read until theirs is restored.
	if back, err := m.vault.Open(ctx, blob); err == nil || errors.Is(err, vault.ErrErased) {
		t.Fatalf("without keys the data opened as %q, %v", back, err)
	}
}

// A restore to an earlier moment is visible from outside: the witness refuses the shorter tree and
// does not know the new epoch; and what was signed later is explained by a signed statement only.
func TestRestoreToAnEarlierMomentIsVisible(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	m.pay(t, 100, nil)
	m.seal(t)
	dir := filepath.Join(t.TempDir(), "b")
	_, err := Backup(ctx, m.db, dir, options)
	must(t, err)
	m.pay(t, 50, nil)
	m.seal(t)
	_, later, ok := m.state.Latest("diwan/main/epoch-1")
	if !ok {
		t.Fatal("the sealer remembers nothing")
	}
	config := dbtest.NewConfig(t)
	_, err = Restore(ctx, dir, config.OwnerURL, m.restoreOptions())
	must(t, err)
	m.open(t, config)
	m.pay(t, 70, nil)
	m.seal(t)
	report := m.verify(t, later)
	if !report.OK || !strings.Contains(strings.Join(report.Lanes[0].Notices, " "), "given up by a signed statement") {
		t.Fatalf("%+v", report.Lanes[0])
	}
	// Somebody who puts the old epoch back to hide the restore is found out by the later checkpoint.
	conn, err := pgx.Connect(ctx, dbtest.AdminURL(t, config))
	must(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `update es.log set epoch = 1; delete from es.epoch; delete from es.checkpoint where epoch = 2`)
	must(t, err)
	if b := m.verify(t, later).Lanes[0].Broken; b == nil || b.Kind != seal.Rebuilt || b.Position != 101 || b.To != 150 {
		t.Fatalf("%+v", b)
	}
	if report := m.verify(t); !report.OK { // the planted bug: without the outside checkpoint it passes
		t.Fatalf("the control found %+v, so the check above shows less than it says", report.Lanes[0].Broken)
	}
}

// On a new machine nothing is known of the old keys: those listed in the backup are believed and
// reported, unless only keys brought along are to be trusted.
func TestRestoreOnANewMachineReportsWhichKeysItBelieved(t *testing.T) {
	m := found(t)
	ctx := context.Background()
	m.pay(t, 9030, nil) // more than a verification reads at once
	m.seal(t)
	dir := filepath.Join(t.TempDir(), "b")
	o := options
	o.Public = m.public
	_, err := Backup(ctx, m.db, dir, o)
	must(t, err)
	file := checkpoint.KeyFile{Path: filepath.Join(t.TempDir(), "log.key")}
	m.keys, err = file.LoadOrCreate(time.Now())
	must(t, err)
	own, err := file.Public()
	must(t, err)
	config := dbtest.NewConfig(t)
	strict := RestoreOptions{Name: "diwan", Keys: m.keys, Public: own, OnlyPublic: true, Now: time.Now}
	var refused *Refused
	if _, err := Restore(ctx, dir, config.OwnerURL, strict); !errors.As(err, &refused) {
		t.Fatalf("with own keys only: %v", err)
	}
	strict.OnlyPublic = false
	done, err := Restore(ctx, dir, config.OwnerURL, strict)
	must(t, err)
	if len(done.Adopted) != 1 || done.Adopted[0] != m.public[0].Fingerprint() {
		t.Fatalf("believed %v", done.Adopted)
	}
	must(t, file.Adopt(done.AdoptedKeys, time.Now()))
	must(t, file.Adopt(done.AdoptedKeys, time.Now())) // again changes nothing
	m.public, err = file.Public()
	must(t, err)
	if len(m.public) != 2 {
		t.Fatalf("%d public keys are listed", len(m.public))
	}
	m.open(t, config)
	m.pay(t, 5, nil)
	m.seal(t)
	if report := m.verify(t); !report.OK || report.Lanes[0].Size != 9035 {
		t.Fatalf("%+v", report.Lanes[0])
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
