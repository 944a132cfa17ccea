package faults_test

import (
	"context"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/faults/proxy"
	"diwan/faults/world"
)

// line is a store whose connections go through a proxy, with a journal of what its clients were told.
type line struct {
	config  database.Config // past the proxy
	proxy   *proxy.Proxy
	store   eventstore.Store
	journal *history.Journal
	path    string
}

func newLine(t *testing.T) *line {
	t.Helper()
	config := dbtest.NewConfig(t)
	u, err := url.Parse(config.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	dir, err := os.MkdirTemp("/tmp", "diwan-line-") // a socket's path may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	p, err := proxy.Start(dir, filepath.Join(q.Get("host"), ".s.PGSQL."+q.Get("port")))
	if err != nil {
		t.Fatal(err)
	}
	q.Set("host", p.Dir())
	u.RawQuery = q.Encode()
	through := config
	through.URL = u.String()
	db, err := database.Open(context.Background(), through)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{config: config, proxy: p, path: filepath.Join(t.TempDir(), "journal")}
	if l.store, err = eventstore.OpenPostgres(context.Background(), db, world.Lines()); err != nil {
		t.Fatal(err)
	}
	if l.journal, err = history.OpenJournal(l.path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.store.Close(); err != nil {
			t.Error(err)
		}
		db.Close()
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		os.RemoveAll(dir)
	})
	return l
}

// ask asks one move that is always possible and tells how long the definite answer took.
func (l *line) ask(t *testing.T, r *rand.Rand) {
	t.Helper()
	if err := world.Ask(context.Background(), l.store, l.journal, uuid.Must(uuid.NewV7()), world.Random(r)); err != nil {
		t.Fatal(err)
	}
}

// definite settles the journal and requires that nothing is unknown and that all of it is true.
func (l *line) definite(t *testing.T) history.Report {
	t.Helper()
	l.proxy.Set(proxy.Fault{})
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := world.Settle(ctx, l.store, l.journal, readLines(t, l.path)); err != nil {
		t.Fatal(err)
	}
	report, err := history.Check(world.Model(), readLog(t, l.store), readLines(t, l.path))
	if err != nil {
		t.Fatal(err)
	}
	if report.Unknown != 0 {
		t.Errorf("%d commands have no definite answer 30 s after the line was good again", report.Unknown)
	}
	return report
}

// TestTheLineIsCutAroundACommit is F7: the connection breaks after n bytes of the commit were sent, and
// after n bytes of its answer came back: in the soak for every n, else for every twentieth from a random
// one on. Every command ends in one definite answer and none is doubled.
func TestTheLineIsCutAroundACommit(t *testing.T) {
	step := int64(20)
	if os.Getenv("DIWAN_SOAK") != "" {
		step = 1
	}
	l := newLine(t)
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	for range 5 {
		l.ask(t, r)
	}
	l.proxy.Set(proxy.Fault{})
	for range 10 {
		l.ask(t, r)
	}
	request := l.proxy.Sent()/10 + 64
	const reply = 160
	cuts := l.proxy.Cuts()
	asked := int64(0)
	for n := 1 + r.Int64N(step); n <= request; n += step {
		l.proxy.Set(proxy.Fault{CutAfter: n})
		l.ask(t, r)
		asked++
	}
	for n := 1 + r.Int64N(step); n <= reply; n += step {
		l.proxy.Set(proxy.Fault{ReplyCut: n})
		l.ask(t, r)
		asked++
	}
	made := int64(l.proxy.Cuts() - cuts)
	report := l.definite(t)
	t.Logf("%d cuts in requests of about %d bytes and answers; %+v", made, request, report)
	if made < asked*8/10 {
		t.Errorf("only %d of %d cuts happened", made, asked)
	}
}

// TestAnswersNoLongerArrive: requests reach the server and its answers are lost. Nothing is doubled when
// the line is good again.
func TestAnswersNoLongerArrive(t *testing.T) {
	l := newLine(t)
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	l.ask(t, r)
	l.proxy.Set(proxy.Fault{DropToward: true})
	var waiting sync.WaitGroup
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		waiting.Go(func() {
			if err := world.Ask(context.Background(), l.store, l.journal, uuid.Must(uuid.NewV7()), world.Random(r)); err != nil {
				t.Error(err)
			}
		})
	}
	waiting.Wait() // each client's patience ends
	l.definite(t)
}

// TestASlowLineOnlyDelays: 200 ms and one kilobyte a second delay the answers and change none.
func TestASlowLineOnlyDelays(t *testing.T) {
	l := newLine(t)
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	l.ask(t, r)
	for _, f := range []proxy.Fault{{Delay: 200 * time.Millisecond}, {PerSecond: 1000}} {
		l.proxy.Set(f)
		for range 3 {
			l.ask(t, r)
		}
	}
	if report := l.definite(t); report.Accepted+report.Refused != 7 {
		t.Errorf("seven commands were asked: %+v", report)
	}
}
