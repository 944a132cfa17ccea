package seal

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

// sealing runs a world's sealer until the test ends.
func (w *world) sealing(t testing.TB) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.sealer.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the sealer ended with %v", err)
		}
	})
}

func TestSealerSignsWhatIsAppended(t *testing.T) {
	w := newMemoryWorld(t)
	w.sealer.Every = 20 * time.Millisecond
	w.sealing(t)
	for size := int64(70); size <= 210; size += 70 {
		w.spend(t, 70)
		must(t, w.sealer.Wait(context.Background(), eventstore.Main, size, false))
	}
	report := w.verify(t, w.check())
	if !report.OK || report.Lanes[0].Sealed != 210 || report.Lanes[0].Checkpoints < 3 {
		t.Fatalf("%s", asJSON(t, report))
	}
}

// A thousand entries do not wait for the clock.
func TestSealerDoesNotWaitWhenMuchIsThere(t *testing.T) {
	w := newMemoryWorld(t)
	w.sealer.Every, w.sealer.Entries = time.Hour, 100
	w.sealing(t)
	w.spend(t, 1) // what stands at the start is sealed at once; this begins the next wait
	w.spend(t, 300)
	must(t, w.sealer.Wait(context.Background(), eventstore.Main, 202, false))
}

func TestSealerStopsSealingEverything(t *testing.T) {
	w := newMemoryWorld(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.sealer.Run(ctx) }()
	w.spend(t, 33)
	stop()
	must(t, <-ended)
	if st := w.sealer.Status(eventstore.Main); st.Sealed != 33 {
		t.Fatalf("%+v", st)
	}
}

func TestWitnessCosignsAndVerifyUsesIt(t *testing.T) {
	dir := t.TempDir()
	court, err := witness.New(dir, "court.example/w1", time.Now)
	must(t, err)
	t.Cleanup(func() { court.Close() })
	server := httptest.NewServer(court.Handler())
	remote := witness.NewRemote(court.Self(), server.URL)
	w := newMemoryWorld(t, remote)
	must(t, witness.AddLog(dir, "diwan/main/epoch-1", w.public[0]))
	w.sealer.Every = 20 * time.Millisecond
	w.sealing(t)
	for size := int64(40); size <= 120; size += 40 {
		w.spend(t, 40)
		must(t, w.sealer.Wait(context.Background(), eventstore.Main, size, true))
	}
	check := w.check()
	check.Witnesses = []*witness.Remote{remote}
	report := w.verify(t, check)
	if !report.OK || report.Lanes[0].Cosigned != 120 || !report.Witnesses[0].Asked {
		t.Fatalf("%s", asJSON(t, report))
	}
	if !strings.Contains(*report.Lanes[0].Checkpoint, "court.example/w1") {
		t.Fatalf("the newest checkpoint is not cosigned: %s", *report.Lanes[0].Checkpoint)
	}
	server.Close() // a witness that is away is reported, and is no damage
	report = w.verify(t, check)
	if !report.OK || report.Witnesses[0].Asked || report.Witnesses[0].Reason == "" {
		t.Fatalf("%s", asJSON(t, report))
	}
}

// shorter is a log that lost its tail and everything that was sealed of it.
type shorter struct {
	*Memory
	upTo int64
}

func (s shorter) Leaves(ctx context.Context, lane eventstore.Lane, after int64, limit int) ([]Leaf, error) {
	return s.Memory.Leaves(ctx, lane, after, int(min(int64(limit), max(0, s.upTo-after))))
}

// The sealer signs nothing that contradicts what it signed before, even when the database has
// forgotten it.
func TestSealerRefusesAShorterLog(t *testing.T) {
	w := newMemoryWorld(t)
	w.spend(t, 60)
	w.seal(t)
	cut := shorter{NewMemory(w.log), 40}
	second, err := New(cut, w.sealer.Config)
	must(t, err)
	if _, err := second.Seal(context.Background(), eventstore.Main); !errors.Is(err, ErrRewritten) {
		t.Fatalf("a shorter log was signed: %v", err)
	}
	if st := second.Status(eventstore.Main); !strings.Contains(st.Fault, "60 entries, now 40") {
		t.Fatalf("the status says %+v", st)
	}
	if _, ok, _ := cut.Newest(context.Background(), eventstore.Main, false); ok {
		t.Fatal("a checkpoint was kept")
	}
}

func TestRotationSignsTwice(t *testing.T) {
	w := newMemoryWorld(t)
	w.spend(t, 10)
	w.seal(t)
	second, err := checkpoint.NewKey()
	must(t, err)
	w.sealer.Keys = append(w.sealer.Keys, second)
	w.public = append(w.public, second.Public())
	w.spend(t, 10)
	w.seal(t)
	w.sealer.Keys = w.sealer.Keys[1:]
	w.spend(t, 10)
	w.seal(t)
	if report := w.verify(t, w.check()); !report.OK || report.Lanes[0].Checkpoints != 3 {
		t.Fatalf("%s", asJSON(t, report))
	}
	early, err := w.notary().Prove(context.Background(), eventstore.Main, 5, false)
	must(t, err)
	if s, err := CheckProof(early, Trust{Logs: []checkpoint.PublicKey{second.Public()}}); err != nil || !s.Trusted {
		t.Fatalf("an early event is not proved under the new key: %v", err)
	}
	only := w.check()
	only.Keys = w.public[1:] // somebody threw the old public key away
	if b := brokenMain(w.verify(t, only)); b == nil || b.Kind != BadCheck || b.Position != 10 {
		t.Fatalf("%+v", b)
	}
}

func TestPublishedCheckpointTellsRootsOnly(t *testing.T) {
	w := newMemoryWorld(t)
	server := httptest.NewServer(Publish(w.book))
	t.Cleanup(server.Close)
	get := func(path string) (int, string) {
		answer, err := server.Client().Get(server.URL + path)
		must(t, err)
		defer answer.Body.Close()
		raw, err := io.ReadAll(answer.Body)
		must(t, err)
		return answer.StatusCode, string(raw)
	}
	if status, _ := get("/"); status != 404 {
		t.Fatalf("an unsealed log answers %d", status)
	}
	w.spend(t, 10)
	w.seal(t)
	status, note := get("/?lane=main")
	c, err := checkpoint.Open([]byte(note), w.public)
	must(t, err)
	if status != 200 || c.Size != 10 || strings.Contains(note, "rana") {
		t.Fatalf("%d %s", status, note)
	}
	if status, _ := get("/?lane=side"); status != 404 {
		t.Fatalf("a lane that is none answers %d", status)
	}
}

func TestPositionsAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]struct {
		lane     eventstore.Lane
		position int64
	}{"42": {eventstore.Main, 42}, "main/1": {eventstore.Main, 1}, "telemetry/9": {eventstore.Telemetry, 9}} {
		lane, position, err := ParsePosition(text)
		if err != nil || lane != want.lane || position != want.position {
			t.Errorf("%s: %v %d %v", text, lane, position, err)
		}
	}
	for _, bad := range []string{"", "0", "-1", "x", "side/1", "1x", "01", "main/", "1 "} {
		if lane, position, err := ParsePosition(bad); err == nil {
			t.Errorf("%q was read as %s/%d", bad, lane, position)
		}
	}
}
