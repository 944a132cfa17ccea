package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"diwan/modules/kernel"
)

// answer is what a command line left behind.
type answer struct {
	status   int
	out, err string
}

// command runs one command line in process, with its own home and no database named.
func command(t *testing.T, env map[string]string, args ...string) answer {
	t.Helper()
	var out, errs bytes.Buffer
	term := &terminal{in: strings.NewReader(""), out: &out, err: &errs, env: func(name string) string { return env[name] }}
	status := run(t.Context(), term, args)
	return answer{status, out.String(), errs.String()}
}

// oneValue requires that text is exactly one JSON value.
func oneValue(t *testing.T, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	var v map[string]any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("standard output is not a JSON value: %v\n%s", err, text)
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		t.Fatalf("standard output holds more than one JSON value:\n%s", text)
	}
	return v
}

func TestWrongUsageIsStatusTwo(t *testing.T) {
	for _, args := range [][]string{
		{"no-such-command"},
		{"finance", "no-such-command"},
		{"--no-such-flag"},
		{"version", "surplus"},
		{"import"},
		{"import", "no-such-kind", "file.csv"},
		{"import", "budget"},
		{"import", "budget", "no-such-file.csv", "--year", "2026"},
		{"import", "budget", "run_test.go", "--year", "twenty"},
		{"prove"},
		{"prove", "eleven"},
		{"prove", "no-such-lane/3"},
		{"bench", "no-such-figure"},
		{"export"},
		{"export", "budget-execution", "--format", "pdf"},
		{"restore"},
		{"backup"},
		{"rebuild", "--all", "surplus"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			env := map[string]string{"DIWAN_HOME": t.TempDir()}
			a := command(t, env, args...)
			if a.status != exitUsage {
				t.Fatalf("status %d, want %d\n%s%s", a.status, exitUsage, a.out, a.err)
			}
			if a.out != "" {
				t.Errorf("standard output is not empty: %s", a.out)
			}
			if n := strings.Count(a.err, "\n"); n != 1 || !strings.HasPrefix(a.err, "diwan: ") {
				t.Errorf("want one sentence on standard error, got:\n%s", a.err)
			}
			withJSON := command(t, env, append(args, "--json")...)
			if withJSON.status != exitUsage {
				t.Errorf("with --json status %d, want %d", withJSON.status, exitUsage)
			}
			oneValue(t, withJSON.out)
		})
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	var visit func(c *cobra.Command, path []string)
	visit = func(c *cobra.Command, path []string) {
		for _, sub := range c.Commands() {
			visit(sub, append(append([]string(nil), path...), sub.Name()))
		}
		if c.Short == "" {
			t.Errorf("diwan %s has no line that says what it is for", strings.Join(path, " "))
		}
		a := command(t, nil, append(path, "--help")...)
		if a.status != exitDone || !strings.Contains(a.out, "Usage:") || a.err != "" {
			t.Errorf("diwan %s --help: status %d\n%s%s", strings.Join(path, " "), a.status, a.out, a.err)
		}
	}
	visit(rootCommand(&terminal{out: io.Discard, err: io.Discard, env: func(string) string { return "" }}), nil)
}

func TestVersionIsOneValue(t *testing.T) {
	a := command(t, nil, "version", "--json")
	if a.status != exitDone || oneValue(t, a.out)["version"] == "" || a.err != "" {
		t.Fatalf("status %d\n%s%s", a.status, a.out, a.err)
	}
}

func TestStatusOfAnError(t *testing.T) {
	refusal := kernel.Problem{Code: "finance.budget_insufficient", Message: kernel.Text{Ar: "لا يكفي", En: "Not enough."}}
	for name, c := range map[string]struct {
		err    error
		status int
	}{
		"refusal":                 {refusal, exitRefused},
		"refusal inside":          {errors.Join(errors.New("commit"), refusal), exitRefused},
		"several":                 {kernel.Problems{refusal, refusal}, exitRefused},
		"usage":                   {wrongUsage("no"), exitUsage},
		"missing":                 {missing(errors.New("refused"), "the database does not answer"), exitMissing},
		"anything else":           {errors.New("broken\nin two lines"), exitMissing},
		"answer already says why": {errSaid, exitRefused},
	} {
		var out, errs bytes.Buffer
		term := &terminal{out: &out, err: &errs, json: true, env: func(string) string { return "" }}
		if got := answerFailure(context.Background(), term, c.err); got != c.status {
			t.Errorf("%s: status %d, want %d", name, got, c.status)
		}
		if !errors.Is(c.err, errSaid) {
			oneValue(t, out.String())
		}
	}
}

func TestSentencesFollowTheLanguage(t *testing.T) {
	refusal := kernel.Problem{Code: "x", Message: kernel.Text{Ar: "المبلغ ناقص", En: "The amount is missing."}}
	for language, want := range map[string]string{"ar_JO.UTF-8": "المبلغ ناقص", "en_GB.UTF-8": "The amount is missing.", "": "The amount is missing."} {
		var errs bytes.Buffer
		term := &terminal{out: io.Discard, err: &errs, env: func(name string) string {
			if name == "LANG" {
				return language
			}
			return ""
		}}
		answerFailure(context.Background(), term, refusal)
		if !strings.Contains(errs.String(), want) {
			t.Errorf("LANG=%s says %q, want %q", language, errs.String(), want)
		}
	}
}

func TestWrongSettingsAreRefused(t *testing.T) {
	for name, value := range map[string]string{
		"DIWAN_CONNECTIONS": "1", "DIWAN_DATABASE_URL": "mysql://x", "DIWAN_OWNER_URL": "postgres://owner@localhost/x",
	} {
		_, err := readSettings(func(n string) string {
			if n == name {
				return value
			}
			return ""
		})
		var f *failure
		if !errors.As(err, &f) || f.status != exitUsage || !strings.Contains(f.Error(), "DIWAN_") {
			t.Errorf("%s=%s: %v", name, value, err)
		}
	}
}
