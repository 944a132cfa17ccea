package projections_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections"
	"diwan/projections/projectionstest"

	"github.com/google/uuid"
)

// victimPage is small so that every point is passed often.
const (
	victimPage   = 20
	victimEvents = 400
)

// victim is the child process: it has the same log as its parent, catches up and rebuilds, and kills
// itself with SIGKILL at the n-th passing of a point. Exit 0 means that it came through.
func victim() int {
	point, _ := os.LookupEnv("DIWAN_TEST_VICTIM")
	n, _ := strconv.Atoi(os.Getenv("DIWAN_TEST_PASS"))
	var config database.Config
	if err := json.Unmarshal([]byte(os.Getenv("DIWAN_TEST_DATABASE")), &config); err != nil {
		return 2
	}
	ctx := context.Background()
	db, err := database.Open(ctx, config)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	store, err := victimLog()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	r, err := projections.New(db, store, totals(), register())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	r.Page, r.Log = victimPage, slog.New(slog.DiscardHandler)
	r.Hook = func(at string) {
		if at == point {
			if n--; n == 0 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
		}
	}
	if err := r.CatchUp(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	for _, view := range []string{"totals", "register"} {
		if err := r.Rebuild(ctx, view, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
	}
	return 0
}

// victimLog is the same log in every process, but for salts and times.
func victimLog() (eventstore.Store, error) {
	store, err := eventstore.NewMemory(lines())
	if err != nil {
		return nil, err
	}
	for i := range victimEvents {
		line := fmt.Sprintf("22%02d", i%10)
		_, err := store.Execute(context.Background(), eventstore.Command{
			ID: uuid.New(), Actor: "rana", Content: []byte("record"),
			Touches: []eventstore.Touch{{Stream: eventstore.Stream{Category: "test.line", Key: line}, Expected: eventstore.AnyVersion}},
			Decide: func(d *eventstore.Decision) error {
				d.Record(0, committed{line, int64(i + 1)})
				return nil
			},
		})
		if err != nil {
			return nil, err
		}
	}
	return store, nil
}

// kill -9 at every named point, several times over the life of one database: whatever was written
// stands with its checkpoint, and the next process completes it.
func TestKilledAtEveryPointTheViewsEqualARebuild(t *testing.T) {
	t.Parallel()
	config := dbtest.NewConfig(t)
	encoded, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	store, err := victimLog()
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, config)
	run := func(point string, pass int) (killed bool) {
		child := exec.Command(os.Args[0], "-test.run", "^$")
		child.Env = append(os.Environ(), "DIWAN_TEST_VICTIM="+point, "DIWAN_TEST_PASS="+strconv.Itoa(pass), "DIWAN_TEST_DATABASE="+string(encoded))
		out, err := child.CombinedOutput()
		if err == nil {
			return false
		}
		status, ok := child.ProcessState.Sys().(syscall.WaitStatus)
		if !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL {
			t.Fatalf("at %q the process ended by itself: %v\n%s", point, err, out)
		}
		return true
	}
	for _, point := range []string{projections.MidBatch, projections.BeforeCheckpoint, projections.AfterCommit, projections.SwapBeforeFlip} {
		for _, pass := range []int{1, 2, 3} {
			if !run(point, pass) {
				if point == projections.SwapBeforeFlip { // two swaps a run at most
					continue
				}
				t.Errorf("%q was not passed %d times", point, pass)
			}
			if got := one[int](t, db, `select count(*) from es.projection where status = 'building'`); got > 2 {
				t.Errorf("%d generations are being built", got)
			}
		}
	}
	if run("none", 1) {
		t.Fatal("the last run was killed")
	}
	projectionstest.Equal(t, db, store, totals(), register())
	if got := one[int64](t, db, `select sum(amount)::bigint from read.line_total`); got != victimEvents*(victimEvents+1)/2 {
		t.Errorf("the lines add up to %d", got)
	}
}
