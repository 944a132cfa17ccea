package bench_test

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"diwan/bench"
)

var ofEachKind = []string{"append", "two-nodes", "read", "project", "graphql-names"}

// Every figure can be taken; how good it is, the machine of the day decides. Each starts a server of its
// own, so all of them are the soak's, and one of each kind is taken every time. DIWAN_BENCH names
// the figures to be taken at full length instead, with DIWAN_BENCH_WRITERS callers.
func TestEveryFigureIsTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short")
	}
	for _, name := range bench.Names() {
		o := bench.Options{Seconds: 1, Size: 4_000}
		if only := os.Getenv("DIWAN_BENCH"); only == "" && os.Getenv("DIWAN_SOAK") == "" && !slices.Contains(ofEachKind, name) {
			continue
		} else if only != "" {
			if !slices.Contains(strings.Split(only, ","), name) {
				continue
			}
			writers, _ := strconv.Atoi(os.Getenv("DIWAN_BENCH_WRITERS")) // without it, the figure's own
			o = bench.Options{Writers: writers, Tell: func(s string) { t.Log(s) }}
		}
		r, err := bench.Run(context.Background(), name, o)
		if err != nil {
			t.Fatal(err)
		}
		if r.Figure <= 0 || r.Limit.Figure <= 0 || r.Ratio <= 0 || r.Name != name {
			t.Errorf("%+v", r)
		}
		t.Logf("%+v", r)
	}
	if _, err := bench.Run(context.Background(), "no-such-figure", bench.Options{}); err == nil {
		t.Error("a figure that does not exist was taken")
	}
}
