package export

import "strings"

// Sought is the variable of a list that holds what its reader looks for; it is no part of the question.
const Sought = "find"

// sought are words that a row must have, wherever they stand: a screen narrows its list in the same way.
type sought []string

// soughtIn takes what is looked for out of a list's variables.
func soughtIn(variables map[string]any) sought {
	text, _ := variables[Sought].(string)
	delete(variables, Sought)
	return strings.Fields(spelled(text))
}

func (s sought) in(cells []Cell) bool {
	if len(s) == 0 {
		return true
	}
	var all strings.Builder
	for _, c := range cells {
		all.WriteString(c.Text)
		all.WriteByte(' ')
	}
	text := spelled(all.String())
	for _, word := range s {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// spelled writes letters that stand for one another as one, and leaves marks and stretches out.
func spelled(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x640 || r >= 0x64b && r <= 0x65f || r == 0x670 || r >= 0x300 && r <= 0x36f:
			return -1
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r == 'آ' || r == 'أ' || r == 'إ' || r == 'ٱ':
			return 'ا'
		case r == 'ة':
			return 'ه'
		case r == 'ى':
			return 'ي'
		}
		return r
	}, strings.ToLower(text))
}
