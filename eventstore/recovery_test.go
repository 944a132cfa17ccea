package eventstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/eventstore/storetest"
)

func openDB(t *testing.T, config database.Config) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

func openStore(t *testing.T, db *database.DB) eventstore.Store {
	t.Helper()
	s, err := eventstore.OpenPostgres(context.Background(), db, purse())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// The connection is cut after every number of bytes of the call, and once after the server has
// committed and before its answer arrives: the caller gets one definite answer, the log one event.
func TestAConnectionCutAnywhereAroundTheCommit(t *testing.T) {
	config := dbtest.NewConfig(t)
	cut, through := throughCutter(t, config)
	s := openStore(t, openDB(t, through))
	want := int64(0)
	try := func(name string, left int, deaf bool) (happened bool) {
		happening := cut.arm(left, deaf)
		cmd := spend(uuid.Must(uuid.NewV7()), fmt.Sprint("cut ", want), 1)
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		r, err := s.Execute(ctx, cmd)
		if err != nil {
			t.Fatalf("%s: no definite answer: %v", name, err)
		}
		cut.disarm() // the line is good again before the command is asked for again
		want++
		if r.First != want {
			t.Fatalf("%s: the %d. command stands at %d", name, want, r.First)
		}
		again, err := s.Execute(ctx, cmd)
		if err != nil || !again.Replayed || again.First != r.First {
			t.Fatalf("%s: asked again: %+v %v", name, again, err)
		}
		select {
		case <-happening:
			return true
		default:
			return false
		}
	}
	step := 1
	if testing.Short() {
		step = 23
	}
	length := 0
	for n := 0; ; n += step {
		// The stream is new, so its look-up passes first; the cuts go through that call as well.
		if !try(fmt.Sprintf("after %d bytes", n), n, false) {
			length = n
			break
		}
		if n > 64 {
			step = 37 // every place of the protocol's head one by one, the long tail in steps
		}
	}
	if length < 300 {
		t.Errorf("the whole call has %d bytes: the cuts did not go through it", length)
	}
	for range 3 {
		if !try("before the answer", -1, true) {
			t.Error("the answer was not kept back")
		}
	}
	events, err := storetest.ReadAll(s, eventstore.Main, 100)
	if err == nil {
		err = storetest.CheckLog(events)
	}
	if err != nil || int64(len(events)) != want {
		t.Errorf("%d commands were answered, the log holds %d events: %v", want, len(events), err)
	}
}

// Server processes are ended at random under load; what callers were told is what the log holds.
func TestServerProcessesEndUnderLoad(t *testing.T) {
	config := dbtest.NewConfig(t)
	s := openStore(t, openDB(t, config))
	admin, err := pgx.Connect(context.Background(), dbtest.AdminURL(t, config))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	told := callers(t, s, func() {
		if _, err := admin.Exec(context.Background(), `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`); err != nil {
			t.Error(err)
		}
	}, 6)
	agrees(t, s, told)
}

// The whole server is killed under load and comes back.
func TestServerIsKilledUnderLoad(t *testing.T) {
	config := dbtest.NewConfig(t)
	s := openStore(t, openDB(t, config))
	c := dbtest.Cluster(t)
	told := callers(t, s, func() {
		if err := c.Signal(t.Context(), syscall.SIGKILL); err != nil {
			t.Error(err)
		}
	}, 2)
	agrees(t, s, told)
}

// callers work while harm is done a few times, each time after some commands more.
func callers(t *testing.T, s eventstore.Store, harm func(), times int) map[uuid.UUID]int64 {
	t.Helper()
	told := map[uuid.UUID]int64{}
	var mu sync.Mutex
	var count atomic.Int64
	stop := make(chan struct{})
	moved := make(chan struct{}, 1)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := 0; ; j++ {
				select {
				case <-stop:
					return
				default:
				}
				cmd := spend(uuid.Must(uuid.NewV7()), fmt.Sprintf("%d/%d", i, j/50), 1)
				for {
					ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
					r, err := s.Execute(ctx, cmd)
					cancel()
					if errors.Is(err, eventstore.ErrUnknown) || errors.Is(err, eventstore.ErrBusy) {
						continue // the same id gives the definite answer
					}
					if err != nil {
						t.Errorf("neither an answer nor a reason to ask again: %v", err)
						return
					}
					mu.Lock()
					told[cmd.ID] = r.First
					mu.Unlock()
					break
				}
				if count.Add(1)%40 == 0 {
					select {
					case moved <- struct{}{}:
					default:
					}
				}
			}
		})
	}
	for range times {
		<-moved
		harm()
	}
	<-moved
	<-moved // work went on afterwards
	close(stop)
	wait.Wait()
	return told
}

func agrees(t *testing.T, s eventstore.Store, told map[uuid.UUID]int64) {
	t.Helper()
	events, err := storetest.ReadAll(s, eventstore.Main, 500)
	if err == nil {
		err = storetest.CheckLog(events)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if told[e.Command] != e.Position {
			t.Errorf("position %d holds a command that was told %d", e.Position, told[e.Command])
		}
	}
	if len(events) != len(told) {
		t.Errorf("%d commands were told yes, the log holds %d events", len(told), len(events))
	}
}

// The server process that holds the lane's lock is stopped. The second node waits and does not act on
// old state; the first gives up, fences the process, and settles by the command's id.
func TestTheHolderOfTheLockIsStopped(t *testing.T) {
	config := dbtest.NewConfig(t)
	ctx := context.Background()
	first, pid, err := eventstore.OpenImpatient(ctx, openDB(t, config), 300*time.Millisecond, purse())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { first.Close() })
	second := openStore(t, openDB(t, config))
	if _, err := first.Execute(ctx, spend(uuid.New(), "other", 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Execute(ctx, spend(uuid.New(), "one", 40)); err != nil {
		t.Fatal(err)
	}
	// The first node's head is old, so its second decision is made under the lock: there it is stopped.
	decisions := 0
	cmd := spend(uuid.New(), "one", 50)
	decide := cmd.Decide
	cmd.Decide = func(d *eventstore.Decision) error {
		if decisions++; decisions == 2 {
			if err := syscall.Kill(pid(), syscall.SIGSTOP); err != nil {
				t.Errorf("stop the server process: %v", err)
			}
		}
		return decide(d)
	}
	answers := make(chan error, 2)
	limited, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
	defer cancel()
	go func() {
		_, err := first.Execute(limited, cmd)
		answers <- err
	}()
	<-limited.Done()
	if err := <-answers; !errors.Is(err, eventstore.ErrUnknown) {
		t.Errorf("the holder is stopped, and its caller was told %v", err)
	}
	late := spend(uuid.New(), "one", 30)
	go func() {
		_, err := second.Execute(ctx, late)
		answers <- err
	}()
	if err := syscall.Kill(pid(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	lateErr := <-answers
	r, err := first.Execute(ctx, cmd) // the same id, the definite answer
	spent := 40
	if err == nil {
		spent += 50
	}
	if lateErr == nil {
		spent += 30
	}
	if spent > 100 || r.First == 0 && lateErr != nil {
		t.Errorf("of a purse of 100, 40, then 50 (%v), then 30 (%v) were spent", err, lateErr)
	}
	events, readErr := storetest.ReadAll(second, eventstore.Main, 10)
	if readErr == nil {
		readErr = storetest.CheckLog(events)
	}
	if readErr != nil {
		t.Error(readErr)
	}
}
