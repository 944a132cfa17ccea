package job

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore/blob"
)

// stepping does fifty steps, each an effect of its own that the database takes only once; it goes on
// after the last step that was kept.
func stepping(db *database.DB, done func(step int)) Kind {
	return Kind{"steps", func(ctx context.Context, w *Work) (Result, error) {
		var at int
		if _, err := w.Resumed(&at); err != nil {
			return Result{}, err
		}
		for ; at < 50; at++ {
			err := db.Write(ctx, database.System, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, `insert into read.effect values ($1, $2, 1) on conflict (job, step) do update set times = read.effect.times + 1`, w.ID, at)
				return err
			})
			if err != nil {
				return Result{}, err
			}
			if err := w.Step(ctx, at+1); err != nil {
				return Result{}, err
			}
			w.Progress(int64(at+1), 50)
			done(at)
		}
		kept, err := w.Keep(ctx, func(to io.Writer) error { _, err := io.WriteString(to, "done"); return err })
		return Result{File: kept, Name: "done.txt", Type: "text/plain"}, err
	}}
}

func workUntilKilled(url, folder string) {
	db, err := database.Open(context.Background(), database.Config{URL: url, ProjectorURL: url})
	if err != nil {
		panic(err)
	}
	files, err := blob.OpenFolder(folder)
	if err != nil {
		panic(err)
	}
	later := func() time.Time { return time.Now().Add(time.Hour) } // earlier leases are over
	m := newModule(db, files, later, stepping(db, func(step int) {
		if step%17 == 16 {
			fmt.Println("step", step)
			select {}
		}
	}))
	_, err = m.WorkOnce(context.Background())
	panic(fmt.Sprint("not killed: ", err))
}

func TestAKilledJobGoesOnAndIsDoneOnce(t *testing.T) {
	b := openBench(t)
	owner, err := pgx.Connect(t.Context(), dbtest.AdminURL(t, b.config))
	must(t, err)
	defer owner.Close(t.Context())
	_, err = owner.Exec(t.Context(), `create table read.effect (job uuid, step int, times int, primary key (job, step)); grant all on read.effect to diwan_app`)
	must(t, err)
	b.kinds["steps"] = stepping(b.db, func(int) {})
	j := b.begin(t, "steps")
	for kill := range 2 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "DIWAN_TEST_WORKER="+b.config.URL, "DIWAN_TEST_FOLDER="+b.folder)
		cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		line, err := bufio.NewReader(out).ReadString('\n')
		must(t, err)
		if want := fmt.Sprintf("step %d\n", 16+17*kill); line != want {
			t.Errorf("the worker stands at %q, want %q: it did not go on where the one before was killed", line, want)
		}
		must(t, cmd.Process.Kill())
		_ = cmd.Wait() // it was killed, and says so
		must(t, expire(t.Context(), owner))
	}
	b.work(t)
	if j := b.now(t, j.ID); j.Status != Done || j.File() == nil {
		t.Fatalf("after two kills the job is %+v", j)
	}
	var steps, most int
	must(t, owner.QueryRow(t.Context(), `select count(*), max(times) from read.effect where job = $1`, j.ID).Scan(&steps, &most))
	if steps != 50 || most != 1 {
		t.Errorf("%d steps were done, one of them %d times", steps, most)
	}
}

// expire ends the lease of a dead worker.
func expire(ctx context.Context, owner *pgx.Conn) error {
	_, err := owner.Exec(ctx, `update file.job set held_until = now() - interval '1 minute' where status = 'running'`)
	return err
}
