package help

import (
	"slices"
	"strings"
	"unicode"
)

// Found is one page that a search found.
type Found struct {
	Page    *Page
	Snippet string
	score   int
}

// longestQuery bounds what is searched for.
const longestQuery = 200

// Search finds the pages of a language that hold every word, those that hold them in the title first.
// Arabic is compared without marks, with one form of alef, ya and ta marbuta, and without the article.
func (h *Help) Search(language, query string) []Found {
	words := strings.Fields(normal(query[:min(len(query), longestQuery)]))
	if len(words) == 0 {
		return nil
	}
	var found []Found
	for _, p := range h.pages[language] {
		f := Found{Page: p}
		for _, w := range words {
			n := strings.Count(p.words, w)
			if n == 0 {
				f.score = 0
				break
			}
			f.score += n
			if strings.Contains(normal(p.Title), w) {
				f.score += 100
			}
		}
		if f.score > 0 {
			f.Snippet = p.snippet(words[0])
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b Found) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return strings.Compare(a.Page.Name, b.Page.Name)
	})
	return found
}

// snippet is the first line that holds a word.
func (p *Page) snippet(word string) string {
	for line := range strings.Lines(p.text) {
		if strings.Contains(normal(line), word) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// plainText is Markdown without its signs.
func plainText(markdown string) string {
	return strings.NewReplacer("**", "", "`", "", "# ", "", "#", "", "](", " (").Replace(markdown)
}

// normal folds letters that people write in more than one way.
func normal(text string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ' || unicode.Is(unicode.Cf, r):
			return -1
		case strings.ContainsRune("أإآٱ", r):
			return 'ا'
		case r == 'ى':
			return 'ي'
		case r == 'ة':
			return 'ه'
		case r == 'ؤ':
			return 'و'
		case r == 'ئ':
			return 'ي'
		}
		return unicode.ToLower(r)
	}, text)
	words := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if rest, cut := strings.CutPrefix(w, "ال"); cut && len([]rune(rest)) > 2 {
			words[i] = rest
		}
	}
	return strings.Join(words, " ")
}
