package finance

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"diwan/modules/kernel"
)

func TestIBANsOfTheRegistryAreRead(t *testing.T) {
	for _, typed := range []string{
		"JO94CBJO0010000000000131000302",
		"jo94 cbjo 0010 0000 0000 0131 0003 02",
		"JO٩٤ CBJO ٠٠١٠ ٠٠٠٠ ٠٠٠٠ ٠١٣١ ٠٠٠٣ ٠٢",
		"GB82 WEST 1234 5698 7654 32",
		"DE89370400440532013000",
		"SA0380000000608010167519",
	} {
		if _, err := ParseIBAN(typed, "iban"); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestWrongIBANsAreRefusedWithTheirReason(t *testing.T) {
	for typed, code := range map[string]string{
		"":                                     "finance.iban_missing",
		"   ":                                  "finance.iban_missing",
		"JO94CBJO0010000000000131000303":       "finance.iban_checksum",
		"JO49CBJO0010000000000131000302":       "finance.iban_checksum",
		"JO94CBJO001000000000013100030":        "finance.iban_length",
		"9494CBJO0010000000000131000302":       "finance.iban_malformed",
		"JO94CBJO001000000000013100030-":       "finance.iban_malformed",
		"JO94\u200fCBJO0010000000000131000302": "code.hidden_character",
		strings.Repeat("J", 10<<20):            "finance.iban_malformed",
	} {
		_, err := ParseIBAN(typed, "iban")
		problems := kernel.ProblemsOf(err)
		if len(problems) != 1 || problems[0].Code != code || problems[0].Path != "iban" {
			t.Errorf("%.40q: got %v, want %s at iban", typed, err, code)
		}
	}
}

func TestAnyOneWrongCharacterAndAnySwapOfNeighboursIsNoticed(t *testing.T) {
	const good = "JO94CBJO0010000000000131000302"
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(good)
		i := rapid.IntRange(4, len(b)-1).Draw(t, "place")
		digit := b[i] <= '9'
		if i+1 < len(b) && digit == (b[i+1] <= '9') && rapid.Bool().Draw(t, "swap") {
			b[i], b[i+1] = b[i+1], b[i]
		} else if digit {
			b[i] = byte(rapid.IntRange('0', '9').Draw(t, "wrong"))
		} else {
			b[i] = byte(rapid.IntRange('A', 'Z').Draw(t, "wrong"))
		}
		if _, err := ParseIBAN(string(b), ""); err == nil && string(b) != good {
			t.Fatalf("%s passed for %s", b, good)
		}
	})
}
