package upload

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"diwan/eventstore/blob"
	"diwan/eventstore/blob/blobtest"
)

func background() context.Context { return context.Background() }

// csv is a file of about n bytes.
func csv(n int) []byte {
	var b bytes.Buffer
	b.WriteString("year,fund,amount\n")
	r := rand.New(rand.NewPCG(uint64(n), 1))
	for b.Len() < n {
		b.WriteString("2026,01,")
		b.WriteString(strings.Repeat("7", 1+r.IntN(9)))
		b.WriteString(".000\n")
	}
	return b.Bytes()
}

func TestAFileComesInPiecesAndIsUsedOnce(t *testing.T) {
	d := openDoor(t)
	content := csv(20 << 20)
	u, address := d.announced(Begin{Size: int64(len(content)), Type: new("text/csv")})
	for at := 0; at < len(content); {
		n := min(len(content)-at, 7<<20)
		if status, code := d.send(http.MethodPatch, address, "dima", int64(at), bytes.NewReader(content[at:at+n])); status != http.StatusNoContent {
			t.Fatalf("a piece was answered %d %s", status, code)
		}
		at += n
		if got := d.offset(address); got != int64(at) {
			t.Fatalf("after %d bytes the offset is %d", at, got)
		}
	}
	d.wants(u, content)
	use := uuid.New()
	for range 2 { // the same use may ask again
		if taken, err := d.Take(t.Context(), "dima", u.ID, budget, use); err != nil || taken.Hash == nil {
			t.Fatalf("the owner's use was answered %v", err)
		}
	}
	for who, err := range map[string]error{
		"another use":          second(d.Take(t.Context(), "dima", u.ID, budget, uuid.New())),
		"another person":       second(d.Take(t.Context(), "huda", u.ID, budget, use)),
		"another purpose":      second(d.Take(t.Context(), "dima", u.ID, "archive.scan", use)),
		"an upload of nobody":  second(d.Take(t.Context(), "dima", uuid.New(), budget, use)),
		"cancelling when used": second(d.Cancel(t.Context(), "dima", u.ID)),
	} {
		if err == nil {
			t.Errorf("%s was let in", who)
		}
	}
}

func second(_ Upload, err error) error { return err }

func TestABrokenLineKeepsWhatCame(t *testing.T) {
	d := openDoor(t)
	content := csv(1 << 20)
	u, address := d.announced(Begin{Size: int64(len(content))})
	broken := io.MultiReader(bytes.NewReader(content[:700_000]), iotest.ErrReader(io.ErrClosedPipe))
	if status, _ := d.send(http.MethodPatch, address, "dima", 0, broken); status == http.StatusNoContent {
		t.Fatal("a broken line was answered with success")
	}
	for d.found(u).Received == 0 || held(d, u) { // the server may still be noting
		if t.Context().Err() != nil {
			t.Fatal("nothing of what came was noted")
		}
	}
	at := d.offset(address)
	if at != 700_000 {
		t.Errorf("%d of 700000 bytes are noted", at)
	}
	if status, code := d.send(http.MethodPatch, address, "dima", at, bytes.NewReader(content[at:])); status != http.StatusNoContent {
		t.Fatalf("going on was answered %d %s", status, code)
	}
	d.wants(u, content)
}

func held(d *door, u Upload) bool {
	holder, err := d.hold(d.Context(), d.found(u), d.found(u).Received)
	if err != nil {
		return true
	}
	return d.release(d.Context(), u, holder) != nil
}

// The process is killed in the middle of a piece; the next one goes on.
func TestAKilledServerGoesOn(t *testing.T) {
	d := openDoor(t)
	content := csv(24 << 20)
	u, address := d.announced(Begin{Size: int64(len(content))})
	own := d.url
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DIWAN_TEST_DOOR="+d.config.URL, "DIWAN_TEST_FOLDER="+d.folder)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	d.url = strings.TrimSpace(line)
	body := io.MultiReader(bytes.NewReader(content[:20<<20]), reading(func() {
		for d.found(u).Received == 0 { // some of it is noted
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}))
	if status, _ := d.send(http.MethodPatch, address, "dima", 0, body); status != 0 {
		t.Fatalf("the killed server answered %d", status)
	}
	d.url = own
	at := d.offset(address)
	if at == 0 || at > 20<<20 {
		t.Errorf("after the kill the offset is %d", at)
	}
	if status, _ := d.send(http.MethodPatch, address, "dima", at, bytes.NewReader(content[at:])); status != http.StatusLocked {
		t.Errorf("while the dead server's turn lasts it was answered %d", status)
	}
	d.clock.pass(holds)
	if status, code := d.send(http.MethodPatch, address, "dima", at, bytes.NewReader(content[at:])); status != http.StatusNoContent {
		t.Fatalf("going on was answered %d %s", status, code)
	}
	d.wants(u, content)
}

// reading does something when it is read, and ends.
type reading func()

func (r reading) Read([]byte) (int, error) { r(); return 0, io.ErrUnexpectedEOF }

// arrives is the property: however a file is cut, and whichever answers are lost, what is kept is what
// was sent. It answers what it was kept as.
func arrives(t *rapid.T, d *door) {
	content := csv(rapid.IntRange(0, 3000).Draw(t, "size"))
	u, err := d.Begin(background(), person("dima"), Begin{Purpose: budget, Name: "a.csv", Size: int64(len(content))})
	if err != nil {
		t.Fatal(err)
	}
	for now, turns := u, 0; ; turns++ {
		if turns > 300 {
			t.Fatalf("it never ends: %+v", now)
			return
		}
		if now, err = d.Find(background(), "dima", u.ID); err != nil {
			t.Fatal(err)
		}
		if now.State != Arriving {
			break
		}
		n := rapid.IntRange(min(1, int(now.Size-now.Received)), int(now.Size-now.Received)).Draw(t, "piece")
		piece := io.Reader(bytes.NewReader(content[now.Received : now.Received+int64(n)]))
		if rapid.IntRange(0, 4).Draw(t, "line") == 0 {
			piece = io.MultiReader(piece, iotest.ErrReader(io.ErrClosedPipe))
		}
		_, _ = d.receive(background(), now, now.Received, piece) // a broken line is gone on with
	}
	now, err := d.Find(background(), "dima", u.ID)
	if err != nil || now.State != KeptWhole {
		t.Fatalf("it is %s, %v", now.State, err)
	}
	r, err := d.files.Open(background(), *now.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%d bytes were sent and %d are kept: %v", len(content), len(got), err)
	}
}

func TestWhatIsKeptIsWhatWasSent(t *testing.T) {
	d := openDoor(t)
	d.quota.Files = 1 << 20
	planted := *d
	module := *d.Module
	module.files = blobtest.Planted{Store: d.files, Fault: "a piece sent again is doubled"}
	planted.Module = &module
	found := &complaints{TB: t}
	rapid.Check(found, func(t *rapid.T) { arrives(t, &planted) })
	if !found.some {
		t.Fatal("the planted fault was not found")
	}
	rapid.Check(t, func(t *rapid.T) { arrives(t, d) })
}

// complaints hears what a check finds.
type complaints struct {
	rapid.TB
	some bool
}

func (c *complaints) Errorf(string, ...any) { c.some = true }
func (c *complaints) Fatalf(string, ...any) { c.some = true }
func (c *complaints) Logf(string, ...any)   {}
func (c *complaints) FailNow()              {}
func (c *complaints) Failed() bool          { return c.some }

func TestSweepEndsWhatIsOver(t *testing.T) {
	d := openDoor(t)
	content := csv(1000)
	_, address := d.announced(Begin{Size: int64(len(content))})
	d.send(http.MethodPatch, address, "dima", 0, bytes.NewReader(content[:500]))
	late := d.uploads()
	if len(late) != 1 {
		t.Fatalf("there are %d uploads", len(late))
	}
	whole, _ := d.announced(Begin{Size: int64(len(content))})
	if _, err := d.files.Stage(t.Context(), whole.ID.String(), 0, bytes.NewReader(content), 0); err != nil {
		t.Fatal(err)
	}
	holder, err := d.hold(t.Context(), whole, 0)
	must(t, err)
	must(t, d.note(t.Context(), &whole, holder, int64(len(content)))) // and there the server stops
	d.clock.pass(holds)
	must(t, d.Sweep(t.Context()))
	d.wants(whole, content)
	d.clock.pass(arrivesWithin)
	must(t, d.Sweep(t.Context()))
	if now := d.found(late[0]); now.State != Expired {
		t.Errorf("an upload that was never finished is %s", now.State)
	}
	if _, err := d.files.Staged(t.Context(), late[0].ID.String(), 1); err == nil {
		t.Error("what arrived of it is still there")
	}
	var _ blob.Store = d.files
}

// The file of an upload nobody used goes with it, unless the log refers to it or somebody else sent the same.
func TestTheFileOfAnUnusedUploadLeavesTheStore(t *testing.T) {
	for name, c := range map[string]struct {
		referred, again bool
		stays           bool
	}{
		"nobody needs it":         {},
		"the log refers to it":    {referred: true, stays: true},
		"another sent it as well": {again: true, stays: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDoor(t)
			d.clock.pass(time.Since(d.clock.now())) // the store counts by the machine's own clock
			d.ForgetUnless(func(context.Context, blob.Hash) (bool, error) { return c.referred, nil })
			content := csv(1000)
			send := func() Upload {
				u, address := d.announced(Begin{Size: int64(len(content))})
				d.send(http.MethodPatch, address, "dima", 0, bytes.NewReader(content))
				return d.found(u)
			}
			kept := send()
			if kept.Hash == nil {
				t.Fatalf("the upload is %s", kept.State)
			}
			d.clock.pass(unusedFor / 2)
			if c.again {
				send()
			}
			d.clock.pass(unusedFor/2 + time.Minute)
			must(t, d.Sweep(t.Context()))
			if now := d.found(kept); now.State != Expired {
				t.Errorf("the upload is %s", now.State)
			}
			if _, err := d.files.Stat(t.Context(), *kept.Hash); (err == nil) != c.stays {
				t.Errorf("its file: %v", err)
			}
		})
	}
}

// uploads lists what dima has sent.
func (d *door) uploads() []Upload {
	d.Helper()
	conn := connect(d.T, dbAdmin(d.T, d.config))
	rows, err := conn.Query(d.Context(), `select `+columns+` from file.upload where owner = 'dima' order by created_at`)
	must(d.T, err)
	defer rows.Close()
	var all []Upload
	for rows.Next() {
		u, err := scanUpload(rows)
		must(d.T, err)
		all = append(all, u)
	}
	return all
}
