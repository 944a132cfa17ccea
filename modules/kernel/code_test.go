package kernel

import (
	"strings"
	"testing"
)

func TestCodesThatLookTheSameAreTheSame(t *testing.T) {
	field := Text{Ar: "البند", En: "Item"}
	for in, want := range map[string]string{
		" 221105 ":                  "221105",
		"٢٢١١٠٥":                    "221105",
		"Treasury  \u00a0Portfolio": "Treasury Portfolio",
		"":                          "",
	} {
		if got, err := NormaliseCode(in, "lines.0.item", field); err != nil || got != want {
			t.Errorf("%q: got %q (%v), want %q", in, got, err, want)
		}
	}
	for name, in := range map[string]string{
		"right-to-left mark": "2211\u200f05", "zero-width joiner": "22\u200d1105", "zero-width space": "221\u200b105",
		"byte-order mark": "\ufeff221105", "isolate": "\u2067221105\u2069", "control": "2211\x0005", "soft hyphen": "2211\u00ad05",
		"invalid bytes": "\xff\xfe",
	} {
		_, err := NormaliseCode(in, "lines.0.item", field)
		problems := ProblemsOf(err)
		if len(problems) != 1 || problems[0].Path != "lines.0.item" ||
			!strings.Contains(problems[0].Message.En, "Item") || !strings.Contains(problems[0].Message.Ar, "البند") {
			t.Errorf("%s: got %v, want a refusal naming the field", name, err)
		}
	}
}
