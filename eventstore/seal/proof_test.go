package seal

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

// witnessed is a sealed world of several lanes with one witness, and its notary.
func witnessed(t testing.TB, entries int) (*world, Notary) {
	t.Helper()
	dir := t.TempDir()
	court, err := witness.New(dir, "court.example/w1", time.Now)
	must(t, err)
	t.Cleanup(func() { court.Close() })
	server := httptest.NewServer(court.Handler())
	t.Cleanup(server.Close)
	remote := witness.NewRemote(court.Self(), server.URL)
	w := newMemoryWorld(t, remote)
	for _, lane := range eventstore.Lanes {
		must(t, witness.AddLog(dir, checkpoint.Origin{Name: "diwan", Lane: lane, Epoch: 1}.String(), w.public[0]))
	}
	w.spend(t, entries)
	w.spendIn(t, eventstore.Access, 20)
	_, _, err = w.log.AppendFrames(context.Background(), [][]byte{{1, 2, 3}, {}, []byte("\x00frame")})
	must(t, err)
	w.seal(t)
	for _, lane := range eventstore.Lanes {
		must(t, w.sealer.offerLane(context.Background(), remote, lane, map[string]int64{}))
	}
	n := w.notary()
	n.Witnesses = []checkpoint.Witness{court.Self()}
	return w, n
}

func prove(t testing.TB, n Notary, lane eventstore.Lane, position int64, withhold bool) []byte {
	t.Helper()
	proof, err := n.Prove(context.Background(), lane, position, withhold)
	must(t, err)
	return proof
}

func TestProofShowsTheEvent(t *testing.T) {
	w, n := witnessed(t, 130)
	trust := Trust{Logs: w.public, Witnesses: n.Witnesses, Quorum: 1}
	s, err := CheckProof(prove(t, n, eventstore.Main, 42, false), trust)
	must(t, err)
	if s.Position != 42 || s.Size != 130 || !s.Trusted || s.Event.Actor != "rana" || s.Event.OnBehalfOf != "هدى" || s.Origin != "diwan/main/epoch-1" {
		t.Fatalf("the proof says %+v", s)
	}
	if len(s.Cosigners) != 1 || s.Cosigners[0] != "court.example/w1" {
		t.Fatalf("cosigned by %v", s.Cosigners)
	}
	stranger, err := checkpoint.NewKey()
	must(t, err)
	if _, err := CheckProof(prove(t, n, eventstore.Main, 42, false), Trust{Logs: []checkpoint.PublicKey{stranger.Public()}}); err == nil {
		t.Fatal("a proof signed by an untrusted key was accepted")
	}
	if _, err := CheckProof(prove(t, n, eventstore.Main, 42, false), Trust{Logs: w.public, Quorum: 1}); err == nil {
		t.Fatal("a proof without a trusted witness was accepted though one is asked for")
	}
}

func TestWithheldProofTellsNothing(t *testing.T) {
	_, n := witnessed(t, 30)
	proof := prove(t, n, eventstore.Main, 7, true)
	for _, secret := range []string{"rana", "amount", "test.spent", "2026"} {
		if secret != "2026" && bytes.Contains(proof, []byte(secret)) {
			t.Fatalf("a withheld proof tells %q", secret)
		}
	}
	s, err := CheckProof(proof, Trust{})
	must(t, err)
	if !s.Withheld || s.Event != nil {
		t.Fatalf("%+v", s)
	}
}

func TestNoProofWithoutASeal(t *testing.T) {
	w := newMemoryWorld(t)
	w.spend(t, 5)
	for position, want := range map[int64]string{3: "not sealed yet", 9: "there is no position 9", 0: "begin with 1"} {
		if _, err := w.notary().Prove(context.Background(), eventstore.Main, position, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Fatalf("position %d: %v", position, err)
		}
	}
}

// mutate changes a proof as a forger without the key might: bytes, lines, numbers, base64.
func mutate(r *rand.Rand, good []byte) []byte {
	for {
		bad := bytes.Clone(good)
		i := r.IntN(len(bad))
		switch r.IntN(8) {
		case 0:
			bad[i] ^= 1 << r.IntN(8)
		case 1:
			bad = append(bad[:i], bad[i+1:]...)
		case 2:
			bad = append(bad[:i], append([]byte{byte(r.IntN(256))}, bad[i:]...)...)
		case 3:
			bad[i] = "0123456789abcdefABCDEF+/= \n\\"[r.IntN(28)]
		case 4:
			bad = bad[:i]
		default:
			lines := bytes.SplitAfter(bad, []byte("\n"))
			a, b := r.IntN(len(lines)), r.IntN(len(lines))
			switch r.IntN(3) {
			case 0:
				lines[a], lines[b] = lines[b], lines[a]
			case 1:
				lines = append(lines[:a:a], lines[a+1:]...)
			case 2:
				lines = append(lines[:a:a], append([][]byte{lines[b]}, lines[a:]...)...)
			}
			bad = bytes.Join(lines, nil)
		}
		if !bytes.Equal(bad, good) {
			return bad
		}
	}
}

// The two checkers agree on 1,000 good and 1,000 forged files, and accept exactly the good ones.
func TestTwoCheckersAgree(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("not run: node, for the second checker in docs/checker.js, is not installed")
	}
	w, n := witnessed(t, 1100)
	dir, r := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	var names strings.Builder
	var good []bool
	write := func(file []byte, is bool) {
		name := filepath.Join(dir, fmt.Sprintf("%04d", len(good)))
		must(t, os.WriteFile(name, file, 0o600))
		names.WriteString(name + "\n")
		good = append(good, is)
	}
	var proofs [][]byte
	for i := range int64(960) {
		proofs = append(proofs, prove(t, n, eventstore.Main, i+1, i%10 == 0))
	}
	for i := range int64(20) {
		proofs = append(proofs, prove(t, n, eventstore.Access, i+1, false))
	}
	for i := range int64(20) {
		proofs = append(proofs, prove(t, n, eventstore.Telemetry, i%3+1, false))
	}
	old := checkpoint.Checkpoint{Origin: "diwan/main/epoch-1", Size: 77}
	at77, err := loadTree(context.Background(), w.book, eventstore.Main, 77)
	must(t, err)
	old.Root = at77.root()
	contains, err := n.ProveConsistency(context.Background(), eventstore.Main, old)
	must(t, err)
	proofs = append(proofs, contains)
	for _, p := range proofs {
		write(p, true)
	}
	for i := range 1000 {
		write(mutate(r, proofs[i%len(proofs)]), false)
	}
	for range 50 {
		write(mutate(r, contains), false)
	}
	trust := Trust{Logs: w.public, Witnesses: n.Witnesses, Quorum: 1}
	cmd := exec.Command(node, "../../docs/checker.js", "--list", "--quorum", "1", "--key", w.public[0].String(), "--witness", n.Witnesses[0].String())
	cmd.Stdin = strings.NewReader(names.String())
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("node: %v %s", err, stderr.String())
	}
	answers := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	var verdicts []bool
	for _, a := range answers { // a reason may quote a broken line, so only whole answers count
		if strings.HasPrefix(a, "accepted "+dir) || strings.HasPrefix(a, "refused "+dir) {
			verdicts = append(verdicts, strings.HasPrefix(a, "accepted"))
		}
	}
	if len(verdicts) != len(good) {
		t.Fatalf("node answered %d of %d files", len(verdicts), len(good))
	}
	for i, want := range good {
		file, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%04d", i)))
		must(t, err)
		ours := accepts(file, trust)
		if ours != want || verdicts[i] != want {
			t.Fatalf("file %d: should be accepted %t, Go says %t, JavaScript says %t\n%s", i, want, ours, verdicts[i], file)
		}
	}
}

func accepts(file []byte, trust Trust) bool {
	_, err := CheckProof(file, trust)
	_, err2 := CheckConsistency(file, trust)
	return err == nil || err2 == nil
}

// A checker that forgets one step is found by the forged files: proof that they test something.
func TestForgedFilesFindACarelessChecker(t *testing.T) {
	w, n := witnessed(t, 40)
	r := rand.New(rand.NewPCG(3, 4))
	good := make([][]byte, 40)
	for i := range good {
		good[i] = prove(t, n, eventstore.Main, int64(i)+1, false)
	}
	careless := map[string]func([]byte) bool{
		"believes the file's form": func(file []byte) bool { // reads the signature only
			_, signed, _ := strings.Cut(string(file), "\n\n")
			_, err := checkpoint.Open([]byte(signed), w.public)
			return err == nil
		},
		"skips the signatures": func(file []byte) bool {
			_, err := ParseProof(file)
			return err == nil
		},
	}
	for name, accepts := range careless {
		found := false
		for i := range 2000 {
			found = found || accepts(mutate(r, good[i%40]))
		}
		if !found {
			t.Errorf("no forged file got past a checker that %s", name)
		}
	}
}

func FuzzMutatedProofIsRefused(f *testing.F) {
	_, n := witnessed(f, 20)
	var good [][]byte
	for i := range int64(20) {
		good = append(good, prove(f, n, eventstore.Main, i+1, i%2 == 0))
	}
	for seed := range uint64(64) {
		f.Add(seed, seed%7)
	}
	f.Fuzz(func(t *testing.T, seed, times uint64) {
		r := rand.New(rand.NewPCG(seed, times))
		file := good[seed%uint64(len(good))]
		for range times%4 + 1 {
			file = mutate(r, append(file, 0)[:len(file)])
			if len(file) == 0 {
				return
			}
		}
		for _, g := range good {
			if bytes.Equal(file, g) {
				return
			}
		}
		if _, err := CheckProof(file, Trust{}); err == nil {
			t.Fatalf("a forged proof was accepted:\n%s", file)
		}
	})
}

func FuzzProofParserStands(f *testing.F) {
	_, n := witnessed(f, 3)
	f.Add(prove(f, n, eventstore.Main, 1, false))
	f.Add([]byte(consistencyTitle + "old_origin: a/main/epoch-1\nold_size: 1\nold_root: " + base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\npath: 0\nkeys: 0\n\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = CheckProof(file, Trust{})
		_, _ = CheckConsistency(file, Trust{})
	})
}
