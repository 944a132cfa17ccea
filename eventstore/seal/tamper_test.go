package seal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
)

// court is a sealed PostgreSQL log and a superuser's connection to it: somebody who may change
// anything in the database but has not the signing key.
type court struct {
	*world
	super *pgx.Conn
	r     *rand.Rand
	size  int64
}

func newCourt(t testing.TB, entries int) *court {
	t.Helper()
	ctx := context.Background()
	config := dbtest.NewConfig(t)
	db, err := database.Open(ctx, config)
	must(t, err)
	t.Cleanup(db.Close)
	log, err := eventstore.OpenPostgres(ctx, db, lines(eventstore.Main), lines(eventstore.Access))
	must(t, err)
	t.Cleanup(func() { must(t, log.Close()) })
	w := newWorld(t, log, NewPostgres(db, log))
	for done := 0; done < entries; done += 100 {
		w.spend(t, min(100, entries-done))
		w.seal(t)
	}
	super, err := pgx.Connect(ctx, dbtest.AdminURL(t, config))
	must(t, err)
	t.Cleanup(func() { super.Close(ctx) })
	return &court{world: w, super: super, r: rand.New(rand.NewPCG(15, uint64(entries))), size: int64(entries)}
}

// damage lets do tamper with the log in a transaction, returns what Verify then says of lane main,
// and takes everything back.
func (c *court) damage(t testing.TB, check Check, do func(tx pgx.Tx)) *Broken {
	t.Helper()
	ctx := context.Background()
	tx, err := c.super.Begin(ctx)
	must(t, err)
	defer tx.Rollback(ctx)
	do(tx)
	check.Lanes = []eventstore.Lane{eventstore.Main}
	report, err := Verify(ctx, Within(tx), check)
	must(t, err)
	if report.OK != (report.Lanes[0].Broken == nil) {
		t.Fatalf("ok=%t does not fit %+v", report.OK, report.Lanes[0].Broken)
	}
	return report.Lanes[0].Broken
}

func run(t testing.TB, tx pgx.Tx, sql string, args ...any) {
	t.Helper()
	if _, err := tx.Exec(context.Background(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (c *court) entry(t testing.TB, tx pgx.Tx, position int64) eventstore.Recorded {
	t.Helper()
	entries, err := Within(tx).Entries(context.Background(), eventstore.Main, position-1, 1)
	must(t, err)
	return entries[0]
}

// redigest makes the digest column fit the changed columns, as a forger who knows leaf.go would.
func (c *court) redigest(t testing.TB, tx pgx.Tx, position int64) {
	t.Helper()
	e := c.entry(t, tx, position)
	digest, _ := DigestOf(&e, nil)
	run(t, tx, `update es.event set digest = $2 where log_id = 1 and position = $1`, position, digest[:])
}

// rehash makes the kept tree hashes fit the columns from a position on.
func (c *court) rehash(t testing.TB, tx pgx.Tx, from int64) {
	t.Helper()
	ctx := context.Background()
	book := Within(tx)
	grown, err := loadTree(ctx, book, eventstore.Main, from-1)
	must(t, err)
	leaves, err := book.Leaves(ctx, eventstore.Main, from-1, 1<<20)
	must(t, err)
	var hashes []byte
	for _, l := range leaves {
		for _, h := range grown.add(l.Hash(), nil) {
			hashes = append(hashes, h[:]...)
		}
	}
	first := tlog.StoredHashCount(from - 1)
	run(t, tx, `update es.hash set hashes = substring(hashes from 1 for (($1 - first) * 32)::int) where log_id = 1 and first < $1 and first + length(hashes) / 32 > $1`, first)
	run(t, tx, `delete from es.hash where log_id = 1 and first >= $1`, first)
	if len(hashes) > 0 {
		run(t, tx, `insert into es.hash values (1, $1, $2)`, first, hashes)
	}
}

// changes are edits of one column of one event.
var changes = map[string]string{
	"data":         `data = (replace(data::text, '"amount":', '"amount":9'))::json`,
	"data spacing": `data = (data::text || ' ')::json`,
	"actor":        `actor = actor || 'x'`,
	"principal":    `on_behalf_of = ''`,
	"type":         `type = 'test.returned'`,
	"schema":       `schema = schema + 1`,
	"tenant":       `tenant = '00000000-0000-0000-0000-000000000008'`,
	"command":      `command_id = gen_random_uuid()`,
	"sealed":       `sealed = coalesce(sealed, '') || '\x00'`,
	"salt":         `salt = set_byte(salt, 3, get_byte(salt, 3) # 1)`,
	"digest":       `digest = set_byte(digest, 31, get_byte(digest, 31) # 128)`,
	"time":         `recorded_at = recorded_at + interval '1 microsecond'`,
	"version":      `version = version + 1000000`,
}

// F15: whatever is done to an entry, Verify names its position.
func TestEveryDamageIsNamed(t *testing.T) {
	rounds := 100
	if os.Getenv("DIWAN_SOAK") == "1" {
		rounds = 1000
	}
	c := newCourt(t, 900)
	if b := c.damage(t, c.check(), func(pgx.Tx) {}); b != nil {
		t.Fatalf("a sound log is called broken: %+v", b)
	}
	var names []string
	for name := range changes {
		names = append(names, name)
	}
	for round := range rounds {
		p := 1 + c.r.Int64N(c.size-1)
		q := p + 1 + c.r.Int64N(c.size-p)
		kind, what := Changed, ""
		b := c.damage(t, c.check(), func(tx pgx.Tx) {
			switch act := round % 10; act {
			case 0, 1, 2: // a column
				what = names[c.r.IntN(len(names))]
				run(t, tx, `update es.event set `+changes[what]+` where log_id = 1 and position = $1`, p)
				if what == "digest" {
					kind = DigestColumn
				}
			case 3, 4: // a column, the digest made again
				what = "amount with a new digest"
				run(t, tx, `update es.event set `+changes["data"]+` where log_id = 1 and position = $1`, p)
				c.redigest(t, tx, p)
			case 5:
				kind, what = Removed, "removed"
				run(t, tx, `delete from es.event where log_id = 1 and position = $1`, p)
			case 6:
				kind, what = Removed, "removed, later ones moved down"
				run(t, tx, `delete from es.event where log_id = 1 and position = $1`, p)
				run(t, tx, `update es.event set position = -(position - 1) where log_id = 1 and position > $1`, p)
				run(t, tx, `update es.event set position = -position where log_id = 1 and position < 0`)
				if p == c.size-1 {
					kind = Swapped // the last entry stands in its place; nothing follows that could tell
				}
			case 7, 8:
				kind, what = Swapped, fmt.Sprint("swapped with ", q)
				run(t, tx, `update es.event set position = -$1::bigint where log_id = 1 and position = $1`, p)
				run(t, tx, `update es.event set position = $1 where log_id = 1 and position = $2`, p, q)
				run(t, tx, `update es.event set position = $1 where log_id = 1 and position = -$2::bigint`, q, p)
				if act == 8 {
					what += ", digests made again"
					c.redigest(t, tx, p)
					c.redigest(t, tx, q)
				}
			case 9:
				kind, what = Inserted, "inserted"
				run(t, tx, `update es.event set position = -(position + 1) where log_id = 1 and position >= $1`, p)
				run(t, tx, `update es.event set position = -position where log_id = 1 and position < 0`)
				run(t, tx, `insert into es.event select log_id, $1::bigint, stream_no, version + 1000, tenant, type, schema, gen_random_uuid(), actor,
					on_behalf_of, recorded_at, data, sealed, salt, digest from es.event where log_id = 1 and position = $1::bigint + 1`, p)
				c.redigest(t, tx, p)
			}
		})
		if b == nil || b.Position != p || b.To != 0 || b.Kind != kind {
			t.Fatalf("round %d, position %d, %s: want %s, verify says %+v", round, p, what, kind, b)
		}
	}
	t.Logf("%d of %d damages named by position", rounds, rounds)
}

// A forger who makes the tree hashes again is bounded by the signed checkpoints around the place.
func TestRebuiltTreeIsBoundedByCheckpoints(t *testing.T) {
	c := newCourt(t, 700)
	for range 10 {
		p := 1 + c.r.Int64N(c.size)
		forge := func(tx pgx.Tx) {
			run(t, tx, `update es.event set `+changes["data"]+` where log_id = 1 and position = $1`, p)
			c.redigest(t, tx, p)
		}
		b := c.damage(t, c.check(), func(tx pgx.Tx) {
			forge(tx)
			c.rehash(t, tx, p)
		})
		lo := (p-1)/100*100 + 1
		if b == nil || b.Kind != Rebuilt || b.Position != lo || b.To != lo+99 {
			t.Fatalf("position %d: want rebuilt between %d and %d, verify says %+v", p, lo, lo+99, b)
		}
		// Only the leaf's own hash made again: the hash above still tells, within its pair.
		b = c.damage(t, c.check(), func(tx pgx.Tx) {
			forge(tx)
			e := c.entry(t, tx, p)
			h := Leaf{p, e.Digest, e.RecordedAt}.Hash()
			c.setHash(t, tx, tlog.StoredHashIndex(0, p-1), h)
		})
		if b == nil || b.Kind != Changed && b.Kind != Rebuilt || p < b.Position || p > max(b.To, b.Position) || b.To-b.Position > 99 {
			t.Fatalf("position %d: verify says %+v", p, b)
		}
	}
}

func (c *court) setHash(t testing.TB, tx pgx.Tx, index int64, h tlog.Hash) {
	t.Helper()
	run(t, tx, `update es.hash set hashes = overlay(hashes placing $2 from (($1 - first) * 32 + 1)::int)
		where log_id = 1 and first <= $1 and first + length(hashes) / 32 > $1`, index, h[:])
}

// The seal's own tables are watched too, and not taken for damage of the events.
func TestDamageOfTheSealItself(t *testing.T) {
	c := newCourt(t, 500)
	for name, test := range map[string]struct {
		do       string
		kind     Kind
		from, to int64
	}{
		"a tree hash":           {`update es.hash set hashes = overlay(hashes placing '\x00000000' from 65) where log_id = 1 and first = (select max(first) from es.hash where log_id = 1)`, HashChanged, 401, 500},
		"a row of tree hashes":  {`delete from es.hash where log_id = 1 and first = (select min(first) from es.hash where log_id = 1 and first > 0)`, HashRemoved, 101, 101},
		"the newest hashes":     {`delete from es.hash where log_id = 1 and first = (select max(first) from es.hash where log_id = 1)`, HashRemoved, 401, 401},
		"a checkpoint's root":   {`update es.checkpoint set note = replace(note, E'\n200\n', E'\n201\n') where log_id = 1 and size = 200`, BadCheck, 200, 200},
		"the epoch":             {`update es.log set epoch = 2 where log_id = 1`, Unexplained, 500, 500},
		"a stream's key":        {`update es.stream set key = key || 'x' where log_id = 1 and stream_no = (select max(stream_no) from es.stream where log_id = 1)`, Changed, 1, 500},
		"a stream's row":        {`delete from es.stream where log_id = 1 and stream_no = 1`, Changed, 1, 1},
		"an unsigned restore":   {`insert into es.epoch values (1, 2, 300, decode(repeat('00', 32), 'hex'), now(), null)`, Unexplained, 500, 500},
		"the rows of the tail":  {`delete from es.event where log_id = 1 and position > 450`, Removed, 451, 451},
		"unsealed and numbered": {`update es.event set position = 502 where log_id = 1 and position = 500`, Removed, 500, 500},
	} {
		b := c.damage(t, c.check(), func(tx pgx.Tx) { run(t, tx, test.do) })
		if b == nil || b.Kind != test.kind || b.Position < test.from || b.Position > test.to {
			t.Errorf("%s: want %s between %d and %d, verify says %+v", name, test.kind, test.from, test.to, b)
		}
	}
}

// A tail that was cut or rebuilt with everything that belongs to it, and even signed again with the
// stolen key, is caught by a checkpoint that was kept outside.
func TestOutsideCheckpointCatchesARebuiltTail(t *testing.T) {
	c := newCourt(t, 600)
	newest, ok, err := c.book.Newest(context.Background(), eventstore.Main, false)
	must(t, err)
	if !ok {
		t.Fatal("nothing was signed")
	}
	cut := func(tx pgx.Tx) {
		run(t, tx, `delete from es.event where log_id = 1 and position > 350`)
		run(t, tx, `delete from es.checkpoint where log_id = 1 and size > 300`)
		c.rehash(t, tx, 301)
	}
	rebuild := func(tx pgx.Tx) {
		run(t, tx, `update es.event set `+changes["data"]+` where log_id = 1 and position = 333`)
		c.redigest(t, tx, 333)
		c.rehash(t, tx, 333)
		run(t, tx, `delete from es.checkpoint where log_id = 1 and size > 300`)
	}
	stolen := func(tx pgx.Tx) {
		rebuild(tx)
		grown, err := loadTree(context.Background(), Within(tx), eventstore.Main, 600)
		must(t, err)
		signed, err := checkpoint.Sign(checkpoint.Checkpoint{Origin: "diwan/main/epoch-1", Size: 600, Root: grown.root()}, c.keys)
		must(t, err)
		must(t, Within(tx).AddCheckpoint(context.Background(), eventstore.Main, 1, 600, signed))
	}
	for name, test := range map[string]struct {
		do       func(pgx.Tx)
		kind     Kind
		from, to int64
	}{
		"cut":                   {cut, Removed, 351, 600},
		"rebuilt":               {rebuild, Rebuilt, 301, 600},
		"signed with the key":   {stolen, Rebuilt, 1, 600},
		"sound (the control)":   {func(pgx.Tx) {}, "", 0, 0},
		"cut without a witness": {cut, "", 0, 0}, // the planted bug: nobody outside, nothing found
	} {
		check := c.check()
		if name != "cut without a witness" {
			check.Outside = [][]byte{newest.Note}
		}
		b := c.damage(t, check, test.do)
		switch {
		case test.kind == "" && b != nil:
			t.Errorf("%s: verify says %+v", name, b)
		case test.kind != "" && (b == nil || b.Kind != test.kind || b.Position != test.from || b.To != test.to):
			t.Errorf("%s: want %s from %d to %d, verify says %+v", name, test.kind, test.from, test.to, b)
		}
	}
}

// Each step of Verify is needed: without it, some damage passes. The book below hides one thing.
func TestPlantedBlindnessIsFound(t *testing.T) {
	c := newCourt(t, 300)
	for name, test := range map[string]struct {
		do    string
		blind func(Book) Book
	}{
		"columns":    {`update es.event set ` + changes["actor"] + ` where log_id = 1 and position = 77`, func(b Book) Book { return believesDigests{b, c.book} }},
		"versions":   {`update es.event set version = version + 1 where log_id = 1 and position = 300`, func(b Book) Book { return believesDigests{b, c.book} }},
		"tree hash":  {`update es.hash set hashes = overlay(hashes placing '\x00000000' from 33) where log_id = 1 and first = 0`, func(b Book) Book { return believesHashes{b, c.book} }},
		"checkpoint": {`update es.checkpoint set note = replace(note, E'\n200\n', E'\n201\n') where log_id = 1 and size = 200`, func(b Book) Book { return believesCheckpoints{b, c.book} }},
	} {
		ctx := context.Background()
		tx, err := c.super.Begin(ctx)
		must(t, err)
		run(t, tx, test.do)
		check := c.check()
		check.Lanes = []eventstore.Lane{eventstore.Main}
		sees, err := Verify(ctx, Within(tx), check)
		must(t, err)
		misses, err := Verify(ctx, test.blind(Within(tx)), check)
		must(t, err)
		must(t, tx.Rollback(ctx))
		if sees.OK || name != "versions" && !misses.OK {
			t.Errorf("%s: found %t, and a verification blind to it found %t", name, !sees.OK, !misses.OK)
		}
	}
}

type (
	believesDigests struct {
		Book
		sound Book
	}
	believesHashes struct {
		Book
		sound Book
	}
	believesCheckpoints struct {
		Book
		sound Book
	}
)

func (b believesDigests) Entries(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]eventstore.Recorded, error) {
	return b.sound.Entries(ctx, lane, after, limit)
}

func (b believesHashes) HashRun(ctx context.Context, lane eventstore.Lane, from int64, limit int) ([]tlog.Hash, error) {
	return b.sound.HashRun(ctx, lane, from, limit)
}

func (b believesCheckpoints) Checkpoints(ctx context.Context, lane eventstore.Lane, size int64, epoch int32, limit int) ([]Signed, error) {
	return b.sound.Checkpoints(ctx, lane, size, epoch, limit)
}

// Verify of many small entries prints its speed; memory does not grow with the log because pages
// are read one at a time.
func TestVerifySpeedIsPrinted(t *testing.T) {
	c := newCourt(t, 2000)
	report := c.verify(t, Check{Name: "diwan", Keys: c.public, Now: time.Now})
	if !report.OK || report.Events != 2000 {
		t.Fatalf("%s", asJSON(t, report))
	}
	t.Logf("%d events/s over %d events", report.PerSecond, report.Events)
}
