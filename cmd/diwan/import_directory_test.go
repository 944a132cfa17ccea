package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Holidays and terms come in from files, with the lines of what is refused, and the same files again
// change nothing.
func TestImportOfCalendarAndTerms(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: starts a private PostgreSQL")
	}
	home := t.TempDir()
	t.Cleanup(func() {
		if elsewhere, err := os.ReadFile(filepath.Join(home, "postgres.place")); err == nil {
			os.RemoveAll(strings.TrimSpace(string(elsewhere)))
		}
	})
	env := map[string]string{"DIWAN_HOME": home}
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	calendar := file("holidays.json", "{\n\"2026-01-01\": \"New Year's Day\",\n\"2026-03-20\": \"Eid al-Fitr (estimated)\"\n}")
	terms := file("terms.csv", "term_ar,term_en,domain\nأمر مالي,Financial order,finance\n,Nothing,finance\n")
	for _, c := range []struct {
		args                         []string
		status                       int
		accepted, unchanged, refused float64
	}{
		{[]string{"import", "calendar", calendar, "--dry-run", "--json"}, 0, 2, 0, 0},
		{[]string{"import", "calendar", calendar, "--json"}, 0, 2, 0, 0},
		{[]string{"import", "calendar", calendar, "--json"}, 0, 0, 2, 0},
		{[]string{"import", "terms", terms, "--dry-run", "--json"}, 1, 1, 0, 1},
		{[]string{"import", "terms", terms, "--json"}, 1, 1, 0, 1},
		{[]string{"import", "terms", terms, "--json"}, 1, 0, 1, 1},
	} {
		a := command(t, env, c.args...)
		got := oneValue(t, a.out)
		if a.status != c.status || got["accepted"] != c.accepted || got["unchanged"] != c.unchanged || got["refused"] != c.refused {
			t.Errorf("%v ended with %d and %v", c.args, a.status, got)
		}
		for _, e := range got["errors"].([]any) {
			if one := e.(map[string]any); one["row"] != float64(3) || one["column"] != "term_ar" {
				t.Errorf("the refused row is %v", one)
			}
		}
	}
}
