package faults_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/faultpoint"
)

// places are those a running node passes; the places of single commands are killed in cmd/diwan.
var places = []string{
	faultpoint.WriterBeforeLock, faultpoint.WriterAfterLock, faultpoint.WriterAfterDecide, faultpoint.WriterMidInsert,
	faultpoint.WriterBeforeCommit, faultpoint.WriterAfterCommit, faultpoint.WriterAfterAnswer, faultpoint.SnapshotBeforeSave,
	faultpoint.ProjectionMidBatch, faultpoint.ProjectionCheckpoint, faultpoint.SwapBeforeFlip,
	faultpoint.SealerHashed, faultpoint.FeedBeforeAck,
}

// TestKillsAtNamedPlaces is F1: the process is killed with SIGKILL at a named place under load, again and
// again on one database, and started anew. Nothing acknowledged is lost, nothing is doubled, nothing was
// not asked for, every place was hit, and the view equals a rebuild.
func TestKillsAtNamedPlaces(t *testing.T) {
	rounds := 2
	if os.Getenv("DIWAN_SOAK") != "" {
		rounds = 16
	}
	seed := seedOf(t)
	r := rand.New(rand.NewPCG(seed, 0))
	config := dbtest.NewConfig(t)
	w := newWorker(t, config)
	hits := map[string]int{}
	for range rounds {
		for _, i := range r.Perm(len(places)) {
			place := places[i]
			if w.kill(t, place, r) {
				hits[place]++
			}
		}
	}
	w.run(t, nil, "-for", "1s") // settles what the last kill left open
	for _, place := range places {
		if hits[place] < rounds*8/10 {
			t.Errorf("%q was hit %d times of %d", place, hits[place], rounds)
		}
	}
	report := w.check(t)
	w.verify(t)
	t.Logf("seed %d: %d kills, %d events, %d accepted, %d refused, %d unknown", seed, rounds*len(places), report.Events, report.Accepted, report.Refused, report.Unknown)
	if report.Unknown != 0 {
		t.Errorf("%d outcomes are still unknown after the same ids were asked again", report.Unknown)
	}
}

// worker is the built worker program with its journal.
type worker struct {
	binary, journal, hit, sealed string
	config                       database.Config
	seed                         uint64
}

func newWorker(t *testing.T, config database.Config) *worker {
	t.Helper()
	dir := t.TempDir()
	w := &worker{
		binary: filepath.Join(dir, "worker"), journal: filepath.Join(dir, "journal"),
		hit: filepath.Join(dir, "hit"), sealed: filepath.Join(dir, "sealed"), config: config,
	}
	if err := os.Mkdir(w.sealed, 0o700); err != nil {
		t.Fatal(err)
	}
	build(t, w.binary, "diwan/faults/worker")
	return w
}

// build builds a program in which the named places kill.
func build(t *testing.T, binary, program string) {
	t.Helper()
	if out, err := exec.Command("go", "build", "-tags", "faults", "-o", binary, program).CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", program, err, out)
	}
}

// kill runs the worker until it dies at the place and tells whether it did. The load gets different
// seeds and the place a random turn.
func (w *worker) kill(t *testing.T, place string, r *rand.Rand) bool {
	t.Helper()
	args := []string{"-for", "20s"}
	env := []string{fmt.Sprintf("DIWAN_FAULT=%s#%d", place, 1+r.IntN(20)), "DIWAN_FAULT_LOG=" + w.hit}
	switch place {
	case faultpoint.WriterMidInsert:
		env[0] = fmt.Sprintf(`DIWAN_FAULT_WIRE={"Place":%q,"Bytes":%d}`, place, 20_000+r.IntN(400_000))
	case faultpoint.WriterAfterCommit:
		env[0] = fmt.Sprintf(`DIWAN_FAULT_WIRE={"Place":%q,"Bytes":%d}`, place, 4_000+r.IntN(40_000))
	case faultpoint.SwapBeforeFlip:
		args = append(args, "-rebuild")
		env[0] = fmt.Sprintf("DIWAN_FAULT=%s#%d", place, 1+r.IntN(2))
	case faultpoint.SnapshotBeforeSave:
		env[0] = fmt.Sprintf("DIWAN_FAULT=%s#%d", place, 1)
	case faultpoint.ProjectionMidBatch, faultpoint.ProjectionCheckpoint, faultpoint.SealerHashed:
		env[0] = fmt.Sprintf("DIWAN_FAULT=%s#%d", place, 1+r.IntN(8))
	}
	before := w.hits(t, place)
	w.run(t, env, args...)
	return w.hits(t, place) > before
}

// run runs the worker and accepts two ends: its own, and being killed.
func (w *worker) run(t *testing.T, env []string, args ...string) {
	t.Helper()
	w.seed++
	cmd := exec.CommandContext(context.Background(), w.binary, append([]string{
		"-app", w.config.URL, "-projector", w.config.ProjectorURL, "-journal", w.journal, "-sealed", w.sealed, "-seed", fmt.Sprint(w.seed),
	}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.CombinedOutput()
	if err == nil {
		return
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
		return
	}
	t.Fatalf("the worker failed: %v\n%s", err, out)
}

func (w *worker) hits(t *testing.T, place string) int {
	t.Helper()
	b, err := os.ReadFile(w.hit)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return len(slices.DeleteFunc(strings.Split(string(b), "\n"), func(l string) bool { return l != place }))
}
