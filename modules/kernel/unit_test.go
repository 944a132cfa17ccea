package kernel

import "testing"

func TestBudgetUnits(t *testing.T) {
	for _, c := range []struct{ chapter, centre, want string }{
		{"2501", "250110", "2501.250110."}, {"2501", "", "2501."}, {"", "", "."}, {"", "1", "."}, {"25.1", "0%", "25%2E1.0%25."},
	} {
		if got := BudgetUnit(c.chapter, c.centre); got != c.want {
			t.Errorf("%q, %q: %q, expected %q", c.chapter, c.centre, got, c.want)
		}
	}
}

func TestTheUnitAboveTwo(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"2501.1.", "2501.1.", "2501.1."},
		{"2501.1.", "2501.2.", "2501."},
		{"2501.1.", "2501.", "2501."},
		{"2501.", "2501.1.", "2501."},
		{"2501.1.", "2601.1.", "."},
		{".", "2501.", "."},
		{"2501.", ".", "."},
		{"25.", "2501.", "."},
	} {
		if got := UnitAbove(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %q, expected %q", c.a, c.b, got, c.want)
		}
	}
}
