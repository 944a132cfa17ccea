package diwan_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tracked lists the repository's files; outside a work tree of git there is nothing to check.
func tracked(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("git", "ls-files", "-z").Output()
	if err != nil {
		t.Skipf("skipped: git does not list this folder's files: %v", err)
	}
	var files []string
	for _, name := range strings.Split(string(out), "\x00") {
		if _, err := os.Stat(name); name != "" && err == nil {
			files = append(files, name)
		}
	}
	return files
}

// The needles are put together here, so that this file does not hold them.
var needles = []*regexp.Regexp{
	regexp.MustCompile(`/wo` + `rk/(main|shared|\.library)`),
	regexp.MustCompile(`/(ro` + `ot|ho` + `me/[a-z]+)/`),
	regexp.MustCompile(`regis` + `try\.(npm|yarn)`),
	regexp.MustCompile(`pro` + `xy\.golang`),
	regexp.MustCompile(`deb` + `\.debian\.org`),
	regexp.MustCompile(`(?i)\bto` + `do\b:|\bfix` + `me\b`),
}

func strangeText(data []byte) string {
	for _, n := range needles {
		if found := n.Find(data); found != nil {
			return string(found)
		}
	}
	return ""
}

func TestNothingOfAMachineInTheRepository(t *testing.T) {
	if strangeText([]byte("see /wo"+"rk/shared/data")) == "" {
		t.Fatal("the planted path was not found")
	}
	for _, name := range tracked(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(data, 0) >= 0 {
			continue // pictures and fonts
		}
		if found := strangeText(data); found != "" {
			t.Errorf("%s holds %q", name, found)
		}
		if filepath.Base(name) == "package-lock.json" && bytes.Contains(data, []byte(`"resolved": "http`)) {
			t.Errorf("%s names the host its packages came from", name)
		}
	}
}

func TestFilesAreOneIdea(t *testing.T) {
	for _, name := range tracked(t) {
		if !strings.HasSuffix(name, ".go") || strings.Contains(name, "/generated/") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(data, []byte("\n")); lines > 400 {
			t.Errorf("%s has %d lines: a file past 400 has two ideas", name, lines)
		}
	}
}

func TestNoFloatInSchemas(t *testing.T) {
	float := regexp.MustCompile(`(?i)\b(double precision|float[48]?|real)\b`)
	comment := regexp.MustCompile(`(?m)(--|#).*$|"""[^"]*"""`)
	for _, name := range tracked(t) {
		if ext := filepath.Ext(name); ext != ".sql" && ext != ".graphqls" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := float.Find(comment.ReplaceAll(data, nil)); found != nil {
			t.Errorf("%s has a column or field of type %s", name, found)
		}
	}
}

// Every library that Diwan's own code imports has its line of reason.
func TestEveryDependencyHasItsReason(t *testing.T) {
	page, err := os.ReadFile("docs/decisions/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, line := range strings.Split(string(mod), "\n") {
		if f := strings.Fields(line); len(f) >= 2 && strings.Contains(f[0], ".") && strings.HasPrefix(f[1], "v") {
			modules = append(modules, f[0])
		}
	}
	missed := map[string]bool{}
	for _, s := range parseAll(t) {
		for _, imported := range imports(s) {
			module := ""
			for _, m := range modules {
				if (imported == m || strings.HasPrefix(imported, m+"/")) && len(m) > len(module) {
					module = m
				}
			}
			if module != "" && !missed[module] && !bytes.Contains(page, []byte("`"+module+"`")) {
				missed[module] = true
				t.Errorf("%s imports %s, which docs/decisions/dependencies.md gives no reason for", s.name, module)
			}
		}
	}
}
