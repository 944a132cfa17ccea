package kernel_test

import (
	"strings"
	"testing"

	"diwan/modules/kernel"
)

func TestANameWithCharactersThatDoNotShowIsRefusedByItsField(t *testing.T) {
	field := kernel.Text{Ar: "الاسم بالعربية", En: "Arabic name"}
	for name, code := range map[string]string{
		"وزارة\u200f المالية":          "name.hidden_character", // right-to-left mark
		"وزارة\u202e المالية":          "name.hidden_character", // override
		"وزا\u200cرة المالية":          "name.hidden_character", // zero-width non-joiner
		"\ufeffوزارة المالية":          "name.hidden_character", // byte-order mark
		"وزارة\u2066المالية\u2069":     "name.hidden_character", // isolates
		"Min\u00adistry":               "name.hidden_character", // soft hyphen
		"a\x00b":                       "name.hidden_character",
		"\xff\xfe":                     "name.not_text",
		strings.Repeat("م", 301):       "name.too_long",
		"  وزارة \t المالية\u00a0 ٢٠ ": "",
	} {
		got, err := kernel.NormaliseName(name, "name.ar", field)
		if code == "" {
			if err != nil || got != "وزارة المالية ٢٠" {
				t.Errorf("%q became %q, %v", name, got, err)
			}
			continue
		}
		problems := kernel.ProblemsOf(err)
		if len(problems) != 1 || problems[0].Code != code || problems[0].Path != "name.ar" || !strings.HasPrefix(problems[0].Message.Ar, field.Ar) || !strings.HasPrefix(problems[0].Message.En, field.En) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
