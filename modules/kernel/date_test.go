package kernel

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDaysTheCalendarDoesNotHaveAreRefused(t *testing.T) {
	for _, s := range []string{"2026-02-31", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1", "26-01-01", "2026/01/01", "", "today", "2026-01-01T00:00", "+026-01-01", "2026-01-0x"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
	for in, want := range map[string]string{"2024-02-29": "2024-02-29", "٢٠٢٦-١١-٢٤": "2026-11-24", "2000-02-29": "2000-02-29"} {
		if d, err := ParseDate(in); err != nil || d.String() != want {
			t.Errorf("%q: read %s (%v), want %s", in, d, err, want)
		}
	}
}

func TestDatesAreReadBackAndOrdered(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3_652_058).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		ta, tb := day.Draw(t, "a"), day.Draw(t, "b")
		a, b := DateOf(ta), DateOf(tb)
		if back, err := ParseDate(a.String()); err != nil || back != a || a.String() != ta.Format("2006-01-02") {
			t.Fatalf("%s is read back as %s (%v)", a, back, err)
		}
		if a.Before(b) != ta.Before(tb) || a.After(b) != ta.After(tb) {
			t.Fatalf("%s and %s are in the wrong order", a, b)
		}
		var back Date
		data, err := json.Marshal(a)
		if err != nil || json.Unmarshal(data, &back) != nil || back != a {
			t.Fatalf("%s is stored as %s (%v)", a, data, err)
		}
		if a.Within(b, Date{}) == a.Before(b) || a.Within(Date{}, b) == a.After(b) || !a.Within(Date{}, Date{}) {
			t.Fatalf("%s against bound %s", a, b)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-24", "2026-02-31", "٢٠٢٦-١١-٢٤", "9999-12-31", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%q is %s, read back as %s (%v)", s, d, back, err)
		}
	})
}
