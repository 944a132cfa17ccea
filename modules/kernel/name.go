package kernel

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName bounds names of bodies, posts, people and terms.
const longestName = 300

// NormaliseName reads a name that people see: spaces at the ends go, runs of spaces inside become
// one. Characters that do not show, such as directional marks and zero-width joins, are refused with
// a sentence naming the field, because two names that look the same must be the same. Emptiness is
// the caller's matter.
func NormaliseName(s, path string, field Text) (string, error) {
	if !utf8.ValidString(s) {
		return "", Problem{Code: "name.not_text", Path: path, Message: Text{
			Ar: field.In("ar") + ": النص غير مقروء بترميز UTF-8.",
			En: field.In("en") + ": the text is not readable as UTF-8.",
		}}
	}
	trimmed := []rune(strings.TrimSpace(s))
	if len(trimmed) > longestName {
		return "", Problem{Code: "name.too_long", Path: path, Message: Text{
			Ar: fmt.Sprintf("%s: الاسم %d حرفاً، والحد %d.", field.In("ar"), len(trimmed), longestName),
			En: fmt.Sprintf("%s: the name has %d characters; at most %d are taken.", field.In("en"), len(trimmed), longestName),
		}}
	}
	for i, r := range trimmed {
		if hidden(r) && !unicode.IsSpace(r) {
			return "", Problem{Code: "name.hidden_character", Path: path, Message: Text{
				Ar: fmt.Sprintf("%s: في الاسم حرف لا يظهر (U+%04X) عند الموضع %d. يُكتب الاسم من جديد بدونه.", field.In("ar"), r, i+1),
				En: fmt.Sprintf("%s: the name holds a character that does not show (U+%04X) at character %d. Type the name again without it.", field.In("en"), r, i+1),
			}}
		}
	}
	return strings.Join(strings.Fields(string(trimmed)), " "), nil
}
