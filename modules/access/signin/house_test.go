package signin

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/vault"
	"diwan/modules/kernel"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// cheap keeps tests fast: what a check costs is the same for everybody at any price.
var cheap = Cost{Memory: 8, Passes: 1, Threads: 1}

const (
	strong = "أربع كلمات سهلة للحفظ"
	other  = "خمس سفن بيضاء في الميناء"
)

// office is a small government that signs in: rana prepares, huda approves, ahmad and laila
// administer. The clock stands still until a test moves it.
type office struct {
	t      *testing.T
	db     *database.DB
	log    eventstore.Store
	sealer sealer
	mu     sync.Mutex
	now    time.Time
	people map[string]Person
	*House
}

type sealer struct{ *vault.Vault }

func (s sealer) Open(ctx context.Context, _ uuid.UUID, sealed []byte) ([]byte, error) {
	return s.Vault.Open(ctx, sealed)
}

func (o *office) Person(id string) (Person, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p, ok := o.people[id]
	return p, ok
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *office) pass(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func openOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, db: dbtest.New(t), now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), people: map[string]Person{}}
	for _, p := range []Person{
		{ID: "rana", Name: kernel.Text{Ar: "رنا الخطيب", En: "Rana Al-Khatib"}, Acts: []string{"finance.voucher.prepare"}},
		{ID: "huda", Name: kernel.Text{Ar: "هدى العبادي", En: "Huda Al-Abbadi"}, Acts: []string{"finance.voucher.approve"}},
		{ID: "ahmad", Name: kernel.Text{Ar: "أحمد", En: "Ahmad"}},
		{ID: "laila", Name: kernel.Text{Ar: "ليلى", En: "Laila"}},
	} {
		p.Rights = "first"
		o.people[p.ID] = p
	}
	var err error
	o.log, err = eventstore.OpenPostgres(context.Background(), o.db, Categories()...)
	must(t, err)
	t.Cleanup(func() { must(t, o.log.Close()) })
	dir := t.TempDir()
	masters, err := vault.MasterFile{Path: filepath.Join(dir, "master.key")}.LoadOrCreate()
	must(t, err)
	keys, err := vault.Open(context.Background(), o.db, masters, vault.Forgotten{Path: filepath.Join(dir, "forgotten")})
	must(t, err)
	o.sealer = sealer{keys}
	o.House = o.node()
	must(t, o.GivePasswords(context.Background(), []string{"rana", "huda"}, strong))
	return o
}

// node is one more node on the same database.
func (o *office) node(change ...func(*Config)) *House {
	o.t.Helper()
	c := Config{
		DB: o.db, Log: o.log, Tenant: uuid.MustParse("0192f000-0000-7000-8000-000000000001"), People: o, Sealer: o.sealer,
		Clock: o.clock, Busy: 2, Cost: cheap,
	}
	for _, f := range change {
		f(&c)
	}
	h, err := New(context.Background(), c)
	must(o.t, err)
	return h
}

// at is an attempt from an address on a device that is not known.
func (o *office) at(address string) Origin { return o.From(address, "", "") }

func (o *office) desk() Origin { return o.at("10.1.2.3:4444") }

// enter signs somebody in with their password alone.
func (o *office) enter(person string) Entry {
	o.t.Helper()
	e, err := o.WithPassword(context.Background(), person, strong, o.desk(), "")
	must(o.t, err)
	if e.Tokens.Session == "" {
		o.t.Fatalf("%s is asked for %v", person, e.Next)
	}
	return e
}

// content lets passwords alone be enough for approvals, as the demo does.
func (o *office) content() {
	o.t.Helper()
	p := HousePolicy()
	p.From, p.SecondFactor = kernel.DateOf(o.clock()), false
	must(o.t, o.SetPolicy(context.Background(), "ahmad", uuid.New(), p))
}

// told lists the facts that were recorded about a person.
func (o *office) told(person string) []string {
	o.t.Helper()
	events, err := o.log.ReadStream(context.Background(), o.config.Tenant,
		eventstore.Stream{Category: "signin.person", Key: person + "/" + o.clock().Format("2006-01")}, 0)
	must(o.t, err)
	var all []string
	for _, e := range events {
		all = append(all, e.Type)
	}
	return all
}

func (o *office) recorded(person, fact string) {
	o.t.Helper()
	if all := o.told(person); !slices.Contains(all, fact) {
		o.t.Errorf("of %s is recorded %v, not %s", person, all, fact)
	}
}

// refusedWith requires a refusal with a code.
func refusedWith(t *testing.T, code string, err error) {
	t.Helper()
	if all := kernel.ProblemsOf(err); len(all) != 1 || all[0].Code != code || all[0].Message.Ar == "" || all[0].Message.En == "" {
		t.Errorf("answered %v, want the refusal %s in both languages", err, code)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
