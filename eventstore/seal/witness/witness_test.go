package witness

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore/seal/checkpoint"
)

const origin = "diwan/main/epoch-1"

// chain is a log of numbered records, as long as asked; a different salt makes another log.
type chain struct {
	origin string
	salt   string
	key    checkpoint.Key
	hashes []tlog.Hash
	size   int64
}

func (c *chain) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		found[i] = c.hashes[x]
	}
	return found, nil
}

func (c *chain) grow(t testing.TB, to int64) {
	for ; c.size < to; c.size++ {
		more, err := tlog.StoredHashes(c.size, fmt.Appendf(nil, "%s%d", c.salt, c.size), c)
		must(t, err)
		c.hashes = append(c.hashes, more...)
	}
}

func (c *chain) signed(t testing.TB, size int64) []byte {
	t.Helper()
	c.grow(t, size)
	root, err := tlog.TreeHash(size, c)
	must(t, err)
	signed, err := checkpoint.Sign(checkpoint.Checkpoint{Origin: c.origin, Size: size, Root: root}, []checkpoint.Key{c.key})
	must(t, err)
	return signed
}

func (c *chain) proof(t testing.TB, size, old int64) tlog.TreeProof {
	t.Helper()
	if old == 0 || old > size {
		return nil
	}
	c.grow(t, size)
	p, err := tlog.ProveTree(size, old, c)
	must(t, err)
	return p
}

func body(old int64, proof tlog.TreeProof, signed []byte) string {
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", old)
	for _, h := range proof {
		fmt.Fprintf(&b, "%s\n", h)
	}
	return b.String() + "\n" + string(signed)
}

// bureau is a running witness that knows one log.
type bureau struct {
	*Witness
	dir    string
	server *httptest.Server
}

func open(t testing.TB, dir string) *bureau {
	t.Helper()
	w, err := New(dir, "court.example/w1", func() time.Time { return time.Unix(1_790_000_000, 0) })
	must(t, err)
	b := &bureau{Witness: w, dir: dir, server: httptest.NewServer(w.Handler())}
	t.Cleanup(func() { b.stop() })
	return b
}

func (b *bureau) stop() {
	b.server.Close()
	b.Close()
}

func (b *bureau) post(t testing.TB, text string) (int, string, http.Header) {
	t.Helper()
	answer, err := http.Post(b.server.URL+"/add-checkpoint", "text/plain", strings.NewReader(text))
	must(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(raw), answer.Header
}

func start(t testing.TB) (*bureau, *chain) {
	t.Helper()
	key, err := checkpoint.NewKey()
	must(t, err)
	dir := t.TempDir()
	must(t, AddLog(dir, origin, key.Public()))
	return open(t, dir), &chain{origin: origin, key: key}
}

func TestProtocolAnswers(t *testing.T) {
	b, log := start(t)
	thief, err := checkpoint.NewKey()
	must(t, err)
	forged := &chain{origin: origin, key: thief}
	other := &chain{origin: origin, salt: "other ", key: log.key}
	stranger := &chain{origin: "diwan/main/epoch-2", key: log.key}
	wrong := log.proof(t, 9, 5)
	wrong[0][0] ^= 1
	long := strings.Repeat(base64.StdEncoding.EncodeToString(make([]byte, 32))+"\n", 64)
	for _, step := range []struct {
		name, body string
		status     int
		answer     string
	}{
		{"an unknown log", body(0, nil, stranger.signed(t, 3)), 404, ""},
		{"an unknown key", body(0, nil, forged.signed(t, 3)), 403, ""},
		{"no old line", string(log.signed(t, 3)), 400, ""},
		{"old with a leading zero", "old 00\n\n" + string(log.signed(t, 3)), 400, ""},
		{"64 proof lines", "old 1\n" + long + "\n" + string(log.signed(t, 3)), 400, ""},
		{"old above the size", body(4, nil, log.signed(t, 3)), 400, ""},
		{"old not what was seen", body(2, log.proof(t, 3, 2), log.signed(t, 3)), 409, "0\n"},
		{"a proof from nothing", body(0, log.proof(t, 3, 2), log.signed(t, 3)), 422, ""},
		{"the first checkpoint", body(0, nil, log.signed(t, 5)), 200, "— court.example/w1 "},
		{"the same again", body(5, nil, log.signed(t, 5)), 200, "— court.example/w1 "},
		{"the first again", body(0, nil, log.signed(t, 5)), 409, "5\n"},
		{"another log of that size", body(5, nil, other.signed(t, 5)), 409, "5\n"},
		{"no proof", body(5, nil, log.signed(t, 9)), 422, ""},
		{"a wrong proof", body(5, wrong, log.signed(t, 9)), 422, ""},
		{"another log", body(5, other.proof(t, 9, 5), other.signed(t, 9)), 422, ""},
		{"a shorter log", body(5, nil, log.signed(t, 4)), 400, ""},
		{"the log grown", body(5, log.proof(t, 9, 5), log.signed(t, 9)), 200, "— court.example/w1 "},
	} {
		status, answer, header := b.post(t, step.body)
		if status != step.status || !strings.HasPrefix(answer, step.answer) {
			t.Errorf("%s: answered %d %q, want %d %q", step.name, status, answer, step.status, step.answer)
		}
		if status == 409 && header.Get("Content-Type") != "text/x.tlog.size" {
			t.Errorf("%s: a conflict is of type %q", step.name, header.Get("Content-Type"))
		}
	}
	if answer, err := http.Get(b.server.URL + "/add-checkpoint"); err != nil || answer.StatusCode != 405 {
		t.Errorf("GET add-checkpoint: %v %v", answer, err)
	}
}

func TestCosignatureIsOfThePublicForm(t *testing.T) {
	b, log := start(t)
	signed := log.signed(t, 7)
	_, line, _ := b.post(t, body(0, nil, signed))
	found := checkpoint.Cosignatures(signed, line, []checkpoint.Witness{b.Self()})
	if found["court.example/w1"] != line {
		t.Fatalf("the cosignature %q is not valid", line)
	}
	if len(checkpoint.Cosignatures(log.signed(t, 8), line, []checkpoint.Witness{b.Self()})) != 0 {
		t.Fatal("a cosignature was valid for another checkpoint")
	}
	again, err := checkpoint.ParseWitness(b.Self().String())
	must(t, err)
	if again != b.Self() {
		t.Fatal("the witness's key does not survive its own form")
	}
}

// Of two conflicting checkpoints that race, a witness cosigns exactly one, every time.
func TestRaceOfConflictingCheckpoints(t *testing.T) {
	b, log := start(t)
	fork := &chain{origin: origin, key: log.key}
	size := int64(1)
	b.post(t, body(0, nil, log.signed(t, size)))
	fork.grow(t, 1)
	fork.salt = "forked "
	for round := range 60 {
		bodies := [2]string{
			body(size, log.proof(t, size+2, size), log.signed(t, size+2)),
			body(size, fork.proof(t, size+1+int64(round%2), size), fork.signed(t, size+1+int64(round%2))),
		}
		var statuses [2]int
		var both sync.WaitGroup
		for i := range bodies {
			both.Go(func() { statuses[i], _, _ = b.post(t, bodies[i]) })
		}
		both.Wait()
		if (statuses[0] == 200) == (statuses[1] == 200) {
			t.Fatalf("round %d at size %d: answered %v", round, size, statuses)
		}
		winner := log
		if statuses[1] == 200 {
			winner = fork
		}
		c, _, _ := b.state.Latest(origin)
		size = c.Size
		// Both go on from the winner, and fork again in the next round.
		loser := &chain{origin: origin, key: log.key, hashes: append([]tlog.Hash(nil), winner.hashes[:tlog.StoredHashCount(size)]...), size: size, salt: fmt.Sprint("fork ", round)}
		winner.hashes, winner.size = winner.hashes[:tlog.StoredHashCount(size)], size
		log, fork = winner, loser
	}
}

// A witness that compares outside the step that stores rolls back: the race test must notice such
// a one, so here is one, stepped by hand.
func TestStoringWithoutComparingIsNoticed(t *testing.T) {
	b, log := start(t)
	for _, size := range []int64{4, 8} {
		c, err := checkpoint.Peek(log.signed(t, size))
		must(t, err)
		must(t, b.state.Advance(c, log.signed(t, size), func(checkpoint.Checkpoint, bool) error { return nil }))
	}
	small, err := checkpoint.Peek(log.signed(t, 4))
	must(t, err)
	must(t, b.state.Advance(small, log.signed(t, 4), func(checkpoint.Checkpoint, bool) error { return nil }))
	if c, _, _ := b.state.Latest(origin); c.Size != 4 {
		t.Fatal("the planted witness did not roll back, so the check below shows nothing")
	}
	if status, answer, _ := b.post(t, body(8, nil, log.signed(t, 8))); status != 409 || answer != "4\n" {
		t.Fatalf("the roll back was not visible: %d %q", status, answer)
	}
}

// A witness killed after it stored and before it answered says so when it is back: the log submits
// again from the size it is told, and gets its cosignature.
func TestKilledBetweenStoringAndAnswering(t *testing.T) {
	b, log := start(t)
	b.post(t, body(0, nil, log.signed(t, 5)))
	// The request runs to its end, but the answer is lost with the process.
	r := httptest.NewRequest(http.MethodPost, "/add-checkpoint", strings.NewReader(body(5, log.proof(t, 9, 5), log.signed(t, 9))))
	b.Handler().ServeHTTP(httptest.NewRecorder(), r)
	b.stop()
	// Half of a later store was on its way: the folder holds a torn file beside the state.
	must(t, os.WriteFile(filepath.Join(b.dir, ".new-torn"), []byte("[\"diwan/ma"), 0o600))
	b = open(t, b.dir)
	remote := NewRemote(b.Self(), b.server.URL)
	line, err := remote.Submit(context.Background(), log.signed(t, 9), 5, func(old int64) (tlog.TreeProof, error) { return log.proof(t, 9, old), nil })
	must(t, err)
	if line == "" {
		t.Fatal("no cosignature after the restart")
	}
	if signed, ok, err := remote.Latest(context.Background(), origin); err != nil || !ok || !strings.Contains(string(signed), "\n9\n") {
		t.Fatalf("the newest checkpoint is %s (%v)", signed, err)
	}
}

func TestRebuiltLogIsRefused(t *testing.T) {
	b, log := start(t)
	remote := NewRemote(b.Self(), b.server.URL)
	ctx := context.Background()
	submit := func(c *chain, size int64) error {
		_, err := remote.Submit(ctx, c.signed(t, size), 0, func(old int64) (tlog.TreeProof, error) { return c.proof(t, size, old), nil })
		return err
	}
	must(t, submit(log, 20))
	rebuilt := &chain{origin: origin, key: log.key, salt: "another past "}
	var refused *Refused
	if err := submit(rebuilt, 30); !errors.As(err, &refused) || refused.Status != 422 {
		t.Fatalf("a rebuilt log: %v", err)
	}
	if err := submit(rebuilt, 20); !errors.As(err, &refused) || refused.Status != 409 {
		t.Fatalf("a rebuilt log of the same size: %v", err)
	}
	var ahead *Ahead
	if err := submit(log, 12); !errors.As(err, &ahead) || ahead.Seen != 20 {
		t.Fatalf("a shorter log: %v", err)
	}
	// After a restore the log is another to the witness, until its people add the new epoch.
	restored := &chain{origin: "diwan/main/epoch-2", key: log.key}
	if err := submit(restored, 12); !errors.As(err, &refused) || refused.Status != 404 {
		t.Fatalf("a new epoch: %v", err)
	}
	must(t, AddLog(b.dir, "diwan/main/epoch-2", log.key.Public()))
	must(t, submit(restored, 12))
	must(t, submit(log, 25)) // the old epoch is remembered beside it
}

func TestTwoProcessesDoNotShareAMemory(t *testing.T) {
	b, _ := start(t)
	if _, err := New(b.dir, "court.example/w1", time.Now); err == nil {
		t.Fatal("a second witness opened the folder of a running one")
	}
}

func TestServeOnASocket(t *testing.T) {
	dir, err := os.MkdirTemp("/tmp", "dw")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Serve(ctx, Config{
			Dir: filepath.Join(dir, "w"), Name: "court.example/w1", Listen: "unix:" + filepath.Join(dir, "s"), Now: time.Now,
			Ready: func(_, key string) { ready <- key },
		})
	}()
	self, err := checkpoint.ParseWitness(<-ready)
	must(t, err)
	if _, ok, err := NewRemote(self, "unix:"+filepath.Join(dir, "s")).Latest(ctx, origin); ok || err != nil {
		t.Fatalf("a new witness knows a log: %v %v", ok, err)
	}
	stop()
	must(t, <-ended)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
