package faults_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/cluster"
	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/faults/disk"
	"diwan/faults/world"
	"diwan/migrations"
)

// server is a private cluster under load, in a directory of the test's choice.
type server struct {
	cluster *cluster.Cluster
	dir     string
	db      *database.DB
	store   eventstore.Store
	journal *history.Journal
	path    string
	stop    context.CancelFunc
	clients sync.WaitGroup
}

func startServer(t *testing.T, dir string, settings ...cluster.Option) *server {
	t.Helper()
	s := &server{dir: dir, path: filepath.Join(t.TempDir(), "journal")}
	s.up(t, settings...)
	if err := migrations.Up(context.Background(), s.cluster.Config().OwnerURL, nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.journal, err = history.OpenJournal(s.path); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *server) up(t *testing.T, settings ...cluster.Option) {
	t.Helper()
	c, err := cluster.Start(context.Background(), s.dir, append(settings, cluster.EndWithProcess())...)
	if err != nil {
		t.Fatal(err)
	}
	s.cluster = c
}

// open opens the store and settles what an earlier one left open.
func (s *server) open(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	var err error
	if s.db, err = database.Open(ctx, s.cluster.Config()); err != nil {
		t.Fatal(err)
	}
	if s.store, err = eventstore.OpenPostgres(ctx, s.db, world.Lines()); err != nil {
		t.Fatal(err)
	}
	if err := world.Settle(ctx, s.store, s.journal, readLines(t, s.path)); err != nil {
		t.Fatal(err)
	}
}

// load starts clients that ask until unload.
func (s *server) load(t *testing.T, r *rand.Rand) {
	t.Helper()
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	for range 8 {
		own := rand.New(rand.NewPCG(r.Uint64(), 0))
		s.clients.Go(func() {
			if err := world.Run(ctx, s.store, s.journal, own); err != nil {
				t.Error(err)
			}
		})
	}
}

func (s *server) unload() {
	s.stop()
	s.clients.Wait()
}

func (s *server) close(t *testing.T) {
	t.Helper()
	if err := s.store.Close(); err != nil {
		t.Logf("the store closed with: %v", err)
	}
	s.db.Close()
}

// grown waits until the log has n more events than now.
func (s *server) grown(t *testing.T, n int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	var start, head int64 = -1, 0
	for range s.store.Watch(ctx, eventstore.Main) {
		var err error
		if head, _, err = s.store.Head(ctx, eventstore.Main); err != nil {
			continue // the server is away this moment
		}
		if start < 0 {
			start = head
		}
		if head >= start+n {
			return
		}
	}
	t.Fatalf("the log did not grow by %d events in a minute", n)
}

// TestTheDatabaseIsKilledUnderLoad is F2: a backend, the whole server, and an immediate stop, in turn. Diwan
// reconnects without a restart, and every outcome becomes definite.
func TestTheDatabaseIsKilledUnderLoad(t *testing.T) {
	rounds := 4
	if os.Getenv("DIWAN_SOAK") != "" {
		rounds = 20
	}
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	s := startServer(t, tempDir(t))
	t.Cleanup(func() {
		if err := s.cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	s.open(t)
	s.load(t, r)
	s.grown(t, 100)
	for i := range rounds * 3 {
		switch i % 3 {
		case 0:
			killBackends(t, s.cluster)
		case 1:
			if err := s.cluster.Signal(t.Context(), syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
		case 2:
			if err := s.cluster.Signal(t.Context(), syscall.SIGQUIT); err != nil { // immediate stop
				t.Fatal(err)
			}
		}
		s.grown(t, 50+r.Int64N(100))
	}
	s.unload()
	s.close(t)
	s.open(t)
	defer s.close(t)
	report, err := history.Check(world.Model(), readLog(t, s.store), readLines(t, s.path))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d kills: %+v", rounds*3, report)
	if report.Unknown != 0 {
		t.Errorf("%d outcomes are unknown", report.Unknown)
	}
}

func killBackends(t *testing.T, c *cluster.Cluster) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, c.AdminURL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'diwan_app'"); err != nil {
		t.Fatal(err)
	}
}

// TestPowerCuts is F3: the disk under the database loses power under load. What was acknowledged is
// there afterwards.
func TestPowerCuts(t *testing.T) {
	cuts := 3
	if os.Getenv("DIWAN_SOAK") != "" {
		cuts = 50
	}
	lost, acknowledged := powerCuts(t, cuts)
	t.Logf("%d cuts: %d acknowledged, %d lost", cuts, acknowledged, lost)
	if lost != 0 {
		t.Errorf("%d acknowledged commands were lost", lost)
	}
}

// TestPowerCutsControl runs the same with fsync off and must lose something, or the cut cuts nothing.
func TestPowerCutsControl(t *testing.T) {
	lost, acknowledged := powerCuts(t, 3, cluster.Setting("fsync", "off"))
	t.Logf("3 cuts without fsync: %d acknowledged, %d lost", acknowledged, lost)
	if lost == 0 {
		t.Error("nothing was lost with fsync off: the power cut proves nothing")
	}
}

// powerCuts cuts a database's disk under load and counts what had been acknowledged and is missing.
func powerCuts(t *testing.T, cuts int, settings ...cluster.Option) (lost, acknowledged int) {
	t.Helper()
	if why := disk.Missing(); why != "" {
		t.Skip("not run: " + why)
	}
	d, err := disk.New(tempDir(t), 600)
	if err != nil {
		t.Skip("not run: " + err.Error())
	}
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	s := startServer(t, filepath.Join(d.Path(), "home"), settings...)
	if err := writeOut(s.cluster); err != nil {
		t.Fatal(err)
	}
	if err := d.Sync(); err != nil {
		t.Fatal(err)
	}
	for range cuts {
		s.open(t)
		s.load(t, r)
		s.grown(t, 200+r.Int64N(1500))
		if err := d.Cut(); err != nil {
			t.Fatal(err)
		}
		s.stop() // clients end with their patience; what they are told meanwhile stands in the journal
		if err := s.cluster.Kill(context.Background()); err != nil {
			t.Fatal(err)
		}
		s.clients.Wait()
		s.close(t)
		if err := errors.Join(d.Unmount(), d.Mount()); err != nil {
			t.Fatal(err)
		}
		var found map[uuid.UUID]bool
		if startErr := s.restart(t, settings...); startErr != nil {
			t.Logf("the database does not start after the cut: %v", startErr)
		} else {
			found = s.executed(t)
		}
		lost, acknowledged = 0, 0
		for _, l := range readLines(t, s.path) {
			if l.Outcome == history.OK && l.First > 0 {
				acknowledged++
				if !found[l.ID] {
					lost++
				}
			}
		}
		if lost > 0 {
			break // nothing more can be judged
		}
	}
	if lost == 0 {
		s.open(t)
		if _, err := history.Check(world.Model(), readLog(t, s.store), readLines(t, s.path)); err != nil {
			t.Error(err)
		}
		s.close(t)
	}
	if err := s.cluster.Kill(context.Background()); err != nil {
		t.Error(err)
	}
	if err := d.Unmount(); err != nil {
		t.Error(err)
	}
	return lost, acknowledged
}

// restart starts the database again after a cut.
func (s *server) restart(t *testing.T, settings ...cluster.Option) error {
	t.Helper()
	c, err := cluster.Start(context.Background(), s.dir, append(settings, cluster.EndWithProcess())...)
	if err != nil {
		return err
	}
	s.cluster = c
	return nil
}

// executed are the commands that stand in the database, none when it cannot be read.
func (s *server) executed(t *testing.T) map[uuid.UUID]bool {
	t.Helper()
	found := map[uuid.UUID]bool{}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.cluster.AdminURL("diwan"))
	if err != nil {
		t.Logf("the database cannot be opened after the cut: %v", err)
		return found
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, "select distinct command_id from es.event where log_id = 1")
	if err != nil {
		t.Logf("the log cannot be read after the cut: %v", err)
		return found
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[[16]byte])
	if err != nil {
		t.Logf("the log cannot be read after the cut: %v", err)
	}
	for _, id := range ids {
		found[id] = true
	}
	return found
}

func writeOut(c *cluster.Cluster) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, c.AdminURL("diwan"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "checkpoint")
	return err
}

// tempDir is a directory that an unprivileged server may enter; the testing package's own may not be.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "diwan-fault-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
