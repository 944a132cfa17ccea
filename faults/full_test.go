package faults_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"diwan/database/cluster"
	"diwan/eventstore"
	"diwan/eventstore/history"
	"diwan/faults/disk"
	"diwan/faults/world"
)

// TestTheDiskRunsFull is F5: the database's disk has no room left under load. Callers are told so in words,
// reading goes on, nothing acknowledged is lost, and when there is room again writing goes on by itself.
func TestTheDiskRunsFull(t *testing.T) {
	if why := disk.Missing(); why != "" {
		t.Skip("not run: " + why)
	}
	d, err := disk.New(tempDir(t), 300)
	if err != nil {
		t.Skip("not run: " + err.Error())
	}
	defer func() {
		if err := d.Unmount(); err != nil {
			t.Error(err)
		}
	}()
	r := rand.New(rand.NewPCG(seedOf(t), 0))
	s := startServer(t, filepath.Join(d.Path(), "home"), cluster.Setting("max_wal_size", "64MB"), cluster.Setting("min_wal_size", "64MB"))
	defer func() {
		if err := s.cluster.Kill(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	s.open(t)
	s.load(t, r)
	s.grown(t, 500)
	filler := filepath.Join(d.Path(), "filler")
	if err := fill(filler); err != nil {
		t.Fatal(err)
	}
	full := s.told(t, "log.disk_full")
	t.Logf("%d callers were told that the disk is full", full)
	if _, err := s.store.Read(context.Background(), eventstore.Main, 0, 100); err != nil {
		t.Errorf("reading stopped while the disk was full: %v", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	room := time.Now()
	s.grown(t, 50)
	t.Logf("writing went on %v after there was room", time.Since(room).Round(time.Millisecond))
	s.unload()
	s.close(t)
	s.open(t)
	defer s.close(t)
	report, err := history.Check(world.Model(), readLog(t, s.store), readLines(t, s.path))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", report)
	if report.Unknown != 0 {
		t.Errorf("%d outcomes are unknown", report.Unknown)
	}
}

// fill takes all the room there is.
func fill(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	block := make([]byte, 1<<20)
	for len(block) >= 512 {
		if _, err := f.Write(block); err != nil {
			block = block[:len(block)/2]
		}
	}
	return nil
}

// told asks until a caller is answered with a code of the log, and counts how often that was so.
func (s *server) told(t *testing.T, code string) (times int) {
	t.Helper()
	deadline := time.Now().Add(60 * time.Second)
	r := rand.New(rand.NewPCG(7, 7))
	for times == 0 && time.Now().Before(deadline) {
		for range 50 {
			if err := world.Ask(context.Background(), s.store, s.journal, uuid.Must(uuid.NewV7()), world.Random(r)); err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range readLines(t, s.path) {
			if l.Code == code {
				times++
			}
		}
	}
	if times == 0 {
		t.Error("nobody was told that the disk is full")
	}
	return times
}
