package checkpoint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func sample(name string) Checkpoint {
	return Checkpoint{Origin: Origin{Name: name, Lane: eventstore.Main, Epoch: 1}.String(), Size: 42, Root: tlog.RecordHash([]byte("x"))}
}

// During a rotation both keys sign; afterwards the old signature is still good, by the public key
// that stays listed.
func TestRotationKeepsOldSignaturesGood(t *testing.T) {
	f := KeyFile{Path: filepath.Join(t.TempDir(), "log.key")}
	first, err := f.LoadOrCreate(noon)
	must(t, err)
	before, err := Sign(sample("diwan"), first)
	must(t, err)
	both, err := f.Rotate(noon.AddDate(1, 0, 0))
	must(t, err)
	during, err := Sign(sample("diwan"), both)
	must(t, err)
	if n := strings.Count(string(during), "— diwan/main/epoch-1 "); n != 2 {
		t.Fatalf("%d signatures during the rotation:\n%s", n, during)
	}
	must(t, f.Retire())
	last, err := f.Load()
	must(t, err)
	public, err := f.Public()
	must(t, err)
	if len(last) != 1 || len(public) != 2 || last[0].Public() != public[1] {
		t.Fatalf("%d signing keys and %d public ones are left", len(last), len(public))
	}
	for _, signed := range [][]byte{before, during} {
		if c, err := Open(signed, public); err != nil || c != sample("diwan") {
			t.Fatalf("opened as %+v: %v", c, err)
		}
	}
	for _, only := range public { // an auditor who knows only one of the two
		if _, err := Open(during, []PublicKey{only}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeysThatOthersMayReadAreRefused(t *testing.T) {
	f := KeyFile{Path: filepath.Join(t.TempDir(), "log.key")}
	_, err := f.LoadOrCreate(noon)
	must(t, err)
	info, err := os.Stat(f.Path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Fatalf("made with mode %04o", info.Mode().Perm())
	}
	must(t, os.Chmod(f.Path, 0o640))
	if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), "0600") {
		t.Fatalf("read keys that the group may read: %v", err)
	}
}

// One key signs for every lane, epoch and installation; a signature never passes from one to another.
func TestSignatureIsBoundToItsOrigin(t *testing.T) {
	key, err := NewKey()
	must(t, err)
	signed, err := Sign(sample("diwan"), []Key{key})
	must(t, err)
	for _, other := range []string{"diwan/access/epoch-1", "diwan/main/epoch-2", "divan/main/epoch-1"} {
		moved := strings.ReplaceAll(string(signed), "diwan/main/epoch-1", other)
		if _, err := Open([]byte(moved), []PublicKey{key.Public()}); err == nil {
			t.Errorf("the signature passed for %s", other)
		}
	}
}

func TestOriginHasOneForm(t *testing.T) {
	good := "diwan/mof.gov.jo/telemetry/epoch-3"
	o, err := ParseOrigin(good)
	if err != nil || o != (Origin{Name: "diwan/mof.gov.jo", Lane: eventstore.Telemetry, Epoch: 3}) {
		t.Fatalf("%+v %v", o, err)
	}
	for _, bad := range []string{"", "diwan", "diwan/main", "diwan/main/epoch-0", "diwan/main/epoch-01", "diwan/main/epoch-x", "/main/epoch-1", "diwan/side/epoch-1", "di wan/main/epoch-1"} {
		if o, err := ParseOrigin(bad); err == nil {
			t.Errorf("%q was read as %+v", bad, o)
		}
	}
}

func TestCheckpointTextIsStrict(t *testing.T) {
	root := sample("d").Root.String()
	for _, bad := range []string{"", "a\n1\n", "a\n1\n" + root, "a\n01\n" + root + "\n", "a\n-1\n" + root + "\n", "a\n9223372036854775807\n" + root + "\n", "a\n1\nshort\n", "\n1\n" + root + "\n"} {
		if c, err := Parse(bad); err == nil {
			t.Errorf("%q was read as %+v", bad, c)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
