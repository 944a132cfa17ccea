package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/database"
	"diwan/database/dbtest"
	"diwan/eventstore/blob"
	"diwan/modules/kernel"
)

func TestMain(m *testing.M) {
	if url := os.Getenv("DIWAN_TEST_WORKER"); url != "" {
		workUntilKilled(url, os.Getenv("DIWAN_TEST_FOLDER"))
	}
	os.Exit(dbtest.Main(m))
}

func must(t rapid.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// bench is a module whose clock a test moves.
type bench struct {
	*Module
	config database.Config
	folder string
	passed atomic.Int64 // seconds
}

func openBench(t *testing.T, kinds ...Kind) *bench {
	t.Helper()
	b := &bench{config: dbtest.NewConfig(t), folder: filepath.Join(t.TempDir(), "files")}
	db, err := database.Open(t.Context(), b.config)
	must(t, err)
	t.Cleanup(db.Close)
	files, err := blob.OpenFolder(b.folder)
	must(t, err)
	b.Module = newModule(db, files, func() time.Time { return time.Now().Add(time.Duration(b.passed.Load()) * time.Second) }, kinds...)
	return b
}

func newModule(db *database.DB, files blob.Store, now func() time.Time, kinds ...Kind) *Module {
	link := func(person string, h blob.Hash, name, _ string) string {
		return "/" + person + "/" + name + "/" + h.Hex()[:4]
	}
	return New(db, files, now, link, kinds...)
}

func (b *bench) begin(t rapid.TB, kind string) Job {
	t.Helper()
	j, err := b.Begin(context.Background(), Person{ID: "rana", Language: "ar"}, uuid.New(), kind, kernel.Text{Ar: "عمل", En: "Work"}, map[string]int{"n": 3})
	must(t, err)
	return j
}

func (b *bench) now(t rapid.TB, id uuid.UUID) Job {
	t.Helper()
	j, err := b.Find(context.Background(), "rana", id)
	must(t, err)
	return j
}

func (b *bench) work(t rapid.TB) {
	t.Helper()
	if worked, err := b.WorkOnce(context.Background()); err != nil || !worked {
		t.Fatalf("worked: %t, %v", worked, err)
	}
}

func TestAJobIsDoneAndSeenByItsOwnerAlone(t *testing.T) {
	b := openBench(t, Kind{"report", func(ctx context.Context, w *Work) (Result, error) {
		var params struct{ N int }
		if err := w.Read(&params); err != nil || params.N != 3 {
			return Result{}, fmt.Errorf("%+v, %w", params, err)
		}
		w.Progress(2, 3)
		if _, err := w.Beat(ctx); err != nil {
			return Result{}, err
		}
		kept, err := w.Keep(ctx, func(to io.Writer) error { _, err := io.WriteString(to, "1,2,3"); return err })
		return Result{File: kept, Name: "report.csv", Type: "text/csv", Summary: Summary{Figures: []kernel.Detail{{Name: "rows", Value: "3"}}}}, err
	}})
	j := b.begin(t, "report")
	if again, err := b.Begin(t.Context(), Person{ID: "rana", Language: "ar"}, j.ID, "report", j.Title, nil); err != nil || again.ID != j.ID {
		t.Errorf("the same job asked for twice was answered %v", err)
	}
	b.work(t)
	j = b.now(t, j.ID)
	if j.Status != Done || j.File() == nil || j.File().Bytes != 5 || !strings.HasPrefix(j.File().URL, "/rana/report.csv/") || j.Done != 2 || j.Total != 3 {
		t.Errorf("the job is %+v", j)
	}
	if d := j.Details(); len(d) != 1 || d[0].Value != "3" {
		t.Errorf("its figures are %v", d)
	}
	if _, err := b.Find(t.Context(), "huda", j.ID); kernel.ProblemsOf(err) == nil {
		t.Errorf("another person was answered %v", err)
	}
	if _, err := b.Cancel(t.Context(), "huda", j.ID); kernel.ProblemsOf(err) == nil {
		t.Errorf("another person cancelled with %v", err)
	}
	if worked, err := b.WorkOnce(t.Context()); worked || err != nil {
		t.Errorf("an ended job was worked on: %v", err)
	}
	second := b.begin(t, "report")
	page, err := b.List(t.Context(), "rana", kernel.Page{First: 1})
	must(t, err)
	if len(page.Nodes) != 1 || page.Nodes[0].ID != second.ID || !page.More {
		t.Fatalf("the newest is not first: %+v", page.Nodes)
	}
	next, err := kernel.NewPage(5, page.PageInfo().EndCursor, 2)
	must(t, err)
	page, err = b.List(t.Context(), "rana", next)
	must(t, err)
	if len(page.Nodes) != 1 || page.Nodes[0].ID != j.ID {
		t.Errorf("the next page is %+v", page.Nodes)
	}
	b.passed.Add(int64(endedFor.Seconds()) + 1)
	must(t, b.Sweep(t.Context()))
	if _, err := b.Find(t.Context(), "rana", j.ID); kernel.ProblemsOf(err) == nil {
		t.Errorf("a week later it was answered %v", err)
	}
	n := 0
	must(t, b.passing.Scan(t.Context(), func(blob.Kept) error { n++; return nil }))
	if n != 0 {
		t.Errorf("%d files of forgotten jobs are kept", n)
	}
}

func TestRefusalsEndAndFailuresAreTriedAgain(t *testing.T) {
	runs := map[string]int{}
	refused := kernel.Problem{Code: "forbidden", Message: kernel.Text{Ar: "لا.", En: "No."}}
	b := openBench(t,
		Kind{"refused", func(context.Context, *Work) (Result, error) { runs["refused"]++; return Result{}, refused }},
		Kind{"fails", func(context.Context, *Work) (Result, error) { runs["fails"]++; return Result{}, errors.New("disk") }},
		Kind{"panics", func(context.Context, *Work) (Result, error) { runs["panics"]++; panic("no") }})
	for kind, want := range map[string]struct {
		runs int
		code string
	}{"refused": {1, "forbidden"}, "fails": {tries, "job.failed"}, "panics": {tries, "job.failed"}} {
		j := b.begin(t, kind)
		for b.now(t, j.ID).EndedAt == nil {
			worked, err := b.WorkOnce(t.Context())
			if !worked {
				t.Fatalf("%s: nobody works, %v", kind, err)
			}
			if (kind == "refused") != (err == nil) {
				t.Errorf("%s: the operator is told %v", kind, err)
			}
		}
		j = b.now(t, j.ID)
		if j.Status != Failed || len(j.Problems()) != 1 || j.problems[0].Code != want.code || runs[kind] != want.runs {
			t.Errorf("%s: after %d runs it is %s with %v", kind, runs[kind], j.Status, j.problems)
		}
	}
}

func TestCancelling(t *testing.T) {
	entered := make(chan struct{})
	b := openBench(t, Kind{"long", func(ctx context.Context, _ *Work) (Result, error) {
		close(entered)
		<-ctx.Done()
		return Result{}, ctx.Err()
	}})
	waiting := b.begin(t, "long")
	j, err := b.Cancel(t.Context(), "rana", waiting.ID)
	if err != nil || j.Status != Cancelled {
		t.Errorf("a waiting job, cancelled, is %s, %v", j.Status, err)
	}
	running := b.begin(t, "long")
	ended := make(chan error, 1)
	go func() { _, err := b.WorkOnce(context.Background()); ended <- err }()
	<-entered
	if j, err := b.Cancel(t.Context(), "rana", running.ID); err != nil || !j.CancelAsked {
		t.Errorf("a running job, cancelled, is %+v, %v", j, err)
	}
	must(t, <-ended)
	if j := b.now(t, running.ID); j.Status != Cancelled || j.File() != nil {
		t.Errorf("it is %s", j.Status)
	}
	if _, err := b.Cancel(t.Context(), "rana", running.ID); err != nil {
		t.Errorf("cancelling twice was answered %v", err)
	}
}

func TestManyWorkersDoEachJobOnce(t *testing.T) {
	var runs sync.Map
	b := openBench(t, Kind{"once", func(_ context.Context, w *Work) (Result, error) {
		n, _ := runs.LoadOrStore(w.ID, new(atomic.Int64))
		n.(*atomic.Int64).Add(1)
		return Result{}, nil
	}})
	for range 20 {
		b.begin(t, "once")
	}
	if _, err := b.Begin(t.Context(), Person{ID: "rana", Language: "ar"}, uuid.New(), "once", kernel.Text{}, nil); kernel.ProblemsOf(err) == nil {
		t.Errorf("a job beyond the bound was answered %v", err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for worked := true; worked; {
				var err error
				if worked, err = b.WorkOnce(context.Background()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	n := 0
	runs.Range(func(_, count any) bool {
		n++
		if c := count.(*atomic.Int64).Load(); c != 1 {
			t.Errorf("a job was done %d times", c)
		}
		return true
	})
	if n != 20 {
		t.Errorf("%d of 20 jobs were done", n)
	}
}

// onlyOneEnds: workers take jobs, die, come back late and end them, in any order; a job ends once, and
// what the first end said stays. planted lets a worker end what another has taken.
func onlyOneEnds(t *rapid.T, b *bench, planted bool) {
	ctx := context.Background()
	j := b.begin(t, "any")
	var hands []*Work
	ended := map[Status]int{}
	t.Repeat(map[string]func(*rapid.T){
		"take": func(t *rapid.T) {
			w, err := b.claim(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if w != nil && w.ID == j.ID {
				hands = append(hands, w)
			}
		},
		"time passes": func(*rapid.T) { b.passed.Add(int64(lease.Seconds()) + 1) },
		"a worker ends": func(t *rapid.T) {
			if len(hands) == 0 { // nobody has taken it: whoever says they did it is not believed
				stranger := &Work{Job: j, module: b.Module, holder: uuid.New()}
				if err := b.end(ctx, stranger, Result{}, nil, nil); !errors.Is(err, errLost) {
					t.Fatalf("a job that nobody had taken was ended, %v", err)
				}
				return
			}
			w := rapid.SampledFrom(hands).Draw(t, "worker")
			if planted {
				w.holder = hands[len(hands)-1].holder
			}
			newest := w == hands[len(hands)-1]
			var err error
			if rapid.Bool().Draw(t, "well") {
				err = b.end(ctx, w, Result{}, nil, nil)
			} else {
				err = b.end(ctx, w, Result{}, kernel.Problem{Code: "x"}, nil)
			}
			if err == nil && !newest {
				t.Fatalf("a worker ended a job that another had taken")
			}
			if err != nil && !errors.Is(err, errLost) {
				t.Fatal(err)
			}
			if err == nil {
				ended[b.now(t, j.ID).Status]++
			}
		},
		"": func(t *rapid.T) {
			if ended[Done]+ended[Failed] > 1 {
				t.Fatalf("the job ended as %v", ended)
			}
			if now := b.now(t, j.ID); now.EndedAt != nil && ended[now.Status] != 1 {
				t.Fatalf("it ended as %v and is %s", ended, now.Status)
			}
		},
	})
	_, err := b.Cancel(ctx, "rana", j.ID)
	if err != nil && kernel.ProblemsOf(err) == nil {
		t.Fatal(err)
	}
	if w, err := b.claim(ctx); err == nil && w != nil { // leave nothing to the next history
		_ = b.end(ctx, w, Result{}, errCancelled, nil)
	}
	b.passed.Add(int64(lease.Seconds()) + 1)
	if w, err := b.claim(ctx); err == nil && w != nil {
		_ = b.end(ctx, w, Result{}, errCancelled, nil)
	}
}

type complaints struct {
	rapid.TB
	some bool
}

func (c *complaints) Errorf(string, ...any) { c.some = true }
func (c *complaints) Fatalf(string, ...any) { c.some = true }
func (c *complaints) Logf(string, ...any)   {}
func (c *complaints) FailNow()              {}
func (c *complaints) Failed() bool          { return c.some }

func TestOnlyOneWorkerEndsAJob(t *testing.T) {
	planted := openBench(t, Kind{"any", nil})
	found := &complaints{TB: t}
	rapid.Check(found, func(t *rapid.T) { onlyOneEnds(t, planted, true) })
	if !found.some {
		t.Fatal("the planted fault was not found")
	}
	b := openBench(t, Kind{"any", nil})
	rapid.Check(t, func(t *rapid.T) { onlyOneEnds(t, b, false) })
}
