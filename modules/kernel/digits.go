package kernel

import "strings"

// Arabic signs that stand in numbers.
const (
	arabicDecimal   = '٫' // U+066B
	arabicThousands = '٬' // U+066C
)

// WesternDigits returns s with Arabic-Indic (٠–٩) and Persian (۰–۹) digits written as 0–9.
// Nothing else changes.
func WesternDigits(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
