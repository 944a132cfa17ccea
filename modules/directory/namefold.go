package directory

import (
	"strings"
	"unicode"

	"diwan/modules/kernel"
)

// FoldName is a name as search compares it: vowel signs and the stretching stroke go, the forms of
// alef, ya and ta marbuta become one, digits are 0–9, Latin letters small, and what is no letter or
// digit is one space.
func FoldName(s string) string {
	var b strings.Builder
	space := false
	for _, r := range kernel.WesternDigits(s) {
		switch {
		case r == 'ـ' || unicode.Is(unicode.Mn, r):
			continue
		case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
			r = 'ا'
		case r == 'ى' || r == 'ئ':
			r = 'ي'
		case r == 'ؤ':
			r = 'و'
		case r == 'ة':
			r = 'ه'
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// bare is a folded word without the article and what is written together with it: والإسكان is اسكان.
func bare(word string) string {
	for _, joined := range []string{"وال", "فال", "بال", "كال", "ولل", "لل", "ال"} {
		if rest, found := strings.CutPrefix(word, joined); found && len([]rune(rest)) > 1 {
			return rest
		}
	}
	return word
}

// matches tells whether every word asked for begins a word of a folded name, with or without the
// article and what is written together with it.
func matches(folded string, words []string) bool {
	for _, w := range words {
		found := false
		for _, have := range strings.Fields(folded) {
			if strings.HasPrefix(have, w) || strings.HasPrefix(bare(have), bare(w)) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return len(words) > 0
}
