// Package arabic analyses text for search, the same way when it is indexed and when it is asked for.
//
// Three things to know. Fold brings spellings of one word together: hamzas, tāʾ marbūṭa, diacritics,
// tatweel, digits of either family. Stems takes one joined prefix and the ending off, lightly, and
// keeps three letters. Grams are pieces of three letters, for words that are nearly right.
package arabic

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Word is one word of a text, folded, with where it stood.
type Word struct {
	Folded     string
	Stems      []string
	Start, End int // bytes of the text
}

// Fold brings the spellings of a text together. It changes nothing that is folded already.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFKC.String(text) {
		if one := fold(unicode.ToLower(r)); one != 0 {
			b.WriteRune(one)
		}
	}
	return b.String()
}

// fold is one letter; 0 for what leaves no trace.
func fold(r rune) rune {
	switch {
	case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
		return 'ا'
	case r == 'ى' || r == 'ئ' || r == 'ی':
		return 'ي'
	case r == 'ؤ':
		return 'و'
	case r == 'ة' || r == 'ہ' || r == 'ۀ':
		return 'ه'
	case r == 'ک':
		return 'ك'
	case r == 'ـ', r >= 0x064B && r <= 0x065F, r == 0x0670, r >= 0x0610 && r <= 0x061A, r >= 0x06D6 && r <= 0x06ED && !unicode.IsLetter(r):
		return 0
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	case unicode.Is(unicode.Cf, r): // bidi controls, zero width joiners
		return 0
	}
	return r
}

// longestWord is where a word is cut: a lexeme is bounded in the database.
const longestWord = 64

// Words are the words of a text in their order. A reference such as 03318/2026 is one word, and its
// parts are words too.
func Words(text string) []Word {
	var all []Word
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		all = append(all, parts(text[start:end], start)...)
		start = -1
	}
	for i, r := range text {
		if joins(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
	}
	flush(len(text))
	return all
}

// joins tells whether a letter belongs to a word; the marks inside references do.
func joins(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r) || r == 'ـ' || r == '/' || r == '-' || r == '.'
}

// parts are a word, and what its marks divide it into.
func parts(raw string, at int) []Word {
	trimmed := strings.Trim(raw, "/-.")
	if trimmed == "" {
		return nil
	}
	at += strings.Index(raw, trimmed)
	var all []Word
	whole := word(trimmed, at)
	if strings.ContainsAny(trimmed, "/-.") {
		if strings.ContainsFunc(trimmed, unicode.IsDigit) && whole.Folded != "" {
			all = append(all, whole)
		}
		from := 0
		for i, r := range trimmed + "/" {
			if r != '/' && r != '-' && r != '.' {
				continue
			}
			if one := word(trimmed[from:i], at+from); one.Folded != "" {
				all = append(all, one)
			}
			from = i + 1
		}
		return all
	}
	if whole.Folded != "" {
		all = append(all, whole)
	}
	return all
}

func word(raw string, at int) Word {
	folded := cut(Fold(raw))
	return Word{Folded: folded, Stems: Stems(folded), Start: at, End: at + len(raw)}
}

func cut(s string) string {
	if r := []rune(s); len(r) > longestWord {
		return string(r[:longestWord])
	}
	return s
}

// prefixes are the joined ones, longest first.
func prefixes() []string {
	return []string{"وبال", "وال", "بال", "كال", "فال", "ولل", "وب", "ال", "لل"}
}

// endings come first in the order of their length; a second one is taken only of the last three.
func endings() []string {
	return []string{"كما", "هما", "تها", "تهم", "تكم", "تنا", "ها", "كم", "هم", "نا", "ات", "ان", "ون", "ين", "يه", "ه", "ي"}
}

// variant is the one spelling of words that folding does not bring together.
func variant(word string) (string, bool) {
	switch word {
	case "شون", "شوون", "شيون":
		return "شوون", true
	case "الكترونيه", "الالكترونيه", "الكتروني", "الالكتروني":
		return "الكتروني", true
	}
	return "", false
}

// Stems takes one prefix and the ending off a folded word and keeps at least three letters. A word
// that begins with wāw has two stems, because the letter may be its own (وثائق) or joined (وكتاب).
// Words that are not Arabic stay as they are.
func Stems(folded string) []string {
	if same, known := variant(folded); known {
		return []string{same}
	}
	letters := []rune(folded)
	if len(letters) == 0 || !unicode.Is(unicode.Arabic, letters[0]) {
		return []string{folded}
	}
	for _, p := range prefixes() {
		if n := len([]rune(p)); strings.HasPrefix(folded, p) && len(letters)-n >= 3 {
			return []string{ended(letters[n:])}
		}
	}
	stems := []string{ended(letters)}
	if letters[0] == 'و' && len(letters) >= 4 {
		stems = append(stems, ended(letters[1:]))
	}
	return stems
}

// ended takes the ending off.
func ended(letters []rune) string {
	if same, known := variant(string(letters)); known {
		return same
	}
	all := endings()
	letters = without(letters, all)
	return string(without(letters, all[len(all)-3:]))
}

func without(letters []rune, endings []string) []rune {
	for _, e := range endings {
		if n := len([]rune(e)); strings.HasSuffix(string(letters), e) && len(letters)-n >= 3 {
			return letters[:len(letters)-n]
		}
	}
	return letters
}

// Grams are the pieces of three letters of a folded word, its edges marked, each once, sorted.
func Grams(folded string) []string {
	letters := []rune("^" + folded + "$")
	if len(letters) < 4 {
		return nil
	}
	grams := make([]string, 0, len(letters)-2)
	for i := range len(letters) - 2 {
		grams = append(grams, string(letters[i:i+3]))
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// Index is what an index keeps of texts: words, stems and pieces, each once, sorted.
type Index struct {
	Words, Stems, Grams []string
}

// IndexOf analyses texts together.
func IndexOf(texts ...string) Index {
	var x Index
	for _, text := range texts {
		for _, w := range Words(text) {
			x.Words = append(x.Words, w.Folded)
			x.Stems = append(x.Stems, w.Stems...)
			x.Grams = append(x.Grams, Grams(w.Stems[0])...)
		}
	}
	for _, list := range []*[]string{&x.Words, &x.Stems, &x.Grams} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return x
}
