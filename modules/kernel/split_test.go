package kernel

import (
	"testing"

	"pgregory.net/rapid"
)

// Scenario A1: exact split.
func TestAppropriationSplitsExactlyIntoMonths(t *testing.T) {
	for _, c := range []struct {
		amount       string
		n            int
		larger       int
		large, small string
	}{
		{"1000.000", 12, 4, "83.334", "83.333"},
		{"100000.001", 12, 5, "8333.334", "8333.333"},
	} {
		total, err := ParseAmount(c.amount, "JOD")
		if err != nil {
			t.Fatal(err)
		}
		parts, err := SplitAmount(total, c.n)
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		var sum int64
		for _, p := range parts {
			count[FormatAmount(p, "JOD")]++
			sum += p
		}
		if count[c.large] != c.larger || count[c.small] != c.n-c.larger || sum != total {
			t.Errorf("%s in %d: %v, sum %s; want %d × %s and %d × %s", c.amount, c.n, count, FormatAmount(sum, "JOD"), c.larger, c.large, c.n-c.larger, c.small)
		}
	}
}

func TestEverySplitAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64().Draw(t, "amount")
		n := rapid.IntRange(1, 366).Draw(t, "n")
		parts, err := SplitAmount(amount, n)
		if err != nil || len(parts) != n {
			t.Fatalf("%d parts, %v", len(parts), err)
		}
		var sum int64
		least, most := parts[0], parts[0]
		for _, p := range parts {
			sum += p
			least, most = min(least, p), max(most, p)
		}
		if sum != amount || most-least > 1 {
			t.Fatalf("%d in %d parts: sum %d, from %d to %d", amount, n, sum, least, most)
		}
	})
	if _, err := SplitAmount(1, 0); err == nil {
		t.Error("a split into no parts was accepted")
	}
}
