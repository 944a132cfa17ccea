package bench_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"diwan/bench"
)

// Every figure can be taken; how good it is, the machine of the day decides.
func TestEveryFigureIsTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short")
	}
	for _, name := range bench.Names() {
		o := bench.Options{Seconds: 1, Size: 20_000}
		if os.Getenv("DIWAN_BENCH") != "" {
			o = bench.Options{Tell: func(s string) { t.Log(s) }}
		}
		if only := os.Getenv("DIWAN_BENCH"); only != "" && !strings.Contains(only, name) {
			continue
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
