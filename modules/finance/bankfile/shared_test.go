package bankfile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"diwan/modules/kernel"
)

// sharedPath finds real data kept beside the repository; without it the test says so and stops.
func sharedPath(t testing.TB, path string) string {
	t.Helper()
	for _, root := range []string{os.Getenv("DIWAN_SHARED"), "../../../../shared"} {
		if root == "" {
			continue
		}
		whole := filepath.Join(root, "data/finance", path)
		if _, err := os.Stat(whole); err == nil {
			return whole
		} else if !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	t.Skipf("not run: %s is not beside the repository (DIWAN_SHARED)", path)
	return ""
}

func shared(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(sharedPath(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func read(t testing.TB, content []byte) []Statement {
	t.Helper()
	all, err := Read(bytes.NewReader(content), nil)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// refused reads what must be refused and returns its problems.
func refused(t testing.TB, content string, profile *Profile) kernel.Problems {
	t.Helper()
	all, err := Read(strings.NewReader(content), profile)
	found := kernel.ProblemsOf(err)
	if found == nil {
		t.Fatalf("read %+v, %v; want a refusal", all, err)
	}
	return found
}

func code(t testing.TB, found kernel.Problems, want string) {
	t.Helper()
	if len(found) == 0 || found[0].Code != want {
		t.Errorf("%v, want %s", found, want)
		return
	}
	if found[0].Message.In("ar") == "" || found[0].Message.In("en") == "" {
		t.Errorf("%s is said in one language only", want)
	}
}

func money(minor int64, currency string) string { return kernel.FormatAmount(minor, currency) }
