package kernel

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NormaliseCode reads a code (a segment value, a document's own number): spaces at the ends go,
// runs of spaces inside become one, Arabic digits become 0–9. Characters that do not show, such as
// right-to-left marks and zero-width joins, are refused with a sentence naming the field, because two
// codes that look the same must be the same. Emptiness is the caller's matter.
func NormaliseCode(s, path string, field Text) (string, error) {
	if !utf8.ValidString(s) {
		return "", Problem{Code: "code.not_text", Path: path, Message: Text{
			Ar: field.In("ar") + ": النص غير مقروء بترميز UTF-8.",
			En: field.In("en") + ": the text is not readable as UTF-8.",
		}}
	}
	for i, r := range []rune(strings.TrimSpace(s)) {
		if hidden(r) && !unicode.IsSpace(r) {
			return "", Problem{Code: "code.hidden_character", Path: path, Message: Text{
				Ar: fmt.Sprintf("%s: في الرمز حرف لا يظهر (U+%04X) عند الموضع %d. يُكتب الرمز من جديد بدونه.", field.In("ar"), r, i+1),
				En: fmt.Sprintf("%s: the code holds a character that does not show (U+%04X) at character %d. Type the code again without it.", field.In("en"), r, i+1),
			}}
		}
	}
	return strings.Join(strings.Fields(WesternDigits(s)), " "), nil
}

// hidden tells whether a character takes no place on paper: controls, directional marks and
// isolates, zero-width spaces and joins, soft hyphens, the byte-order mark, variation selectors.
func hidden(r rune) bool {
	return unicode.Is(unicode.C, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Variation_Selector, r)
}

// VisibleText reads a name or a title: spaces at the ends go, runs of spaces become one. Characters
// that do not show are refused with a sentence naming the field: right-to-left marks and zero-width
// joins make two names that are not the same look the same.
func VisibleText(s, path string, field Text) (string, error) {
	if !utf8.ValidString(s) {
		return "", Problem{Code: "text.not_text", Path: path, Message: Text{
			Ar: field.In("ar") + ": النص غير مقروء بترميز UTF-8.",
			En: field.In("en") + ": the text is not readable as UTF-8.",
		}}
	}
	for i, r := range []rune(strings.TrimSpace(s)) {
		if hidden(r) && !unicode.IsSpace(r) {
			return "", Problem{Code: "text.hidden_character", Path: path, Message: Text{
				Ar: fmt.Sprintf("%s: في النص حرف لا يظهر (U+%04X) عند الموضع %d. يُكتب من جديد بدونه.", field.In("ar"), r, i+1),
				En: fmt.Sprintf("%s: the text holds a character that does not show (U+%04X) at character %d. Type it again without it.", field.In("en"), r, i+1),
			}}
		}
	}
	return strings.Join(strings.Fields(s), " "), nil
}
