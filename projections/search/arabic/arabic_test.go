package arabic

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSpellingsOfOneWordFoldTogether(t *testing.T) {
	for _, same := range [][]string{
		{"الأردنية", "الاردنيه", "الأُرْدُنِيَّة", "الأردنيــــة"},
		{"مسؤول", "مسوول"},
		{"على", "علي"},
		{"٢٠٢٦", "2026", "۲۰۲۶"},
		{"إبراهيم", "ابراهيم", "أبراهيم", "\u200fإبراهيم\u200e"},
		{"ﻻ", "لا"},
		{"Roads", "ROADS"},
	} {
		for _, one := range same[1:] {
			if Fold(one) != Fold(same[0]) {
				t.Errorf("%q folds to %q, %q to %q", one, Fold(one), same[0], Fold(same[0]))
			}
		}
	}
}

// The pairs a government office writes and looks for.
func TestJoinedAndBareWordsShareAStem(t *testing.T) {
	for _, pair := range [][2]string{
		{"الموظفون", "موظف"},
		{"والمركبات", "مركبات"},
		{"بالموازنة", "موازنة"},
		{"وبالوثائق", "وثائق"},
		{"الوثائق", "وثائق"},
		{"كتابكم", "كتاب"},
		{"للطرق", "طرق"},
		{"مديريتها", "مديرية"},
		{"المهندسين", "مهندس"},
		{"والصيانة", "صيانة"},
		{"شئون", "شؤون"},
		{"الإلكترونية", "الكترونية"},
		{"الأردنية", "الاردنيه"},
		{"الحسابات", "حسابات"},
	} {
		a, b := Words(pair[0])[0].Stems, Words(pair[1])[0].Stems
		if !slices.ContainsFunc(a, func(one string) bool { return slices.Contains(b, one) }) {
			t.Errorf("%s has the stems %s, %s has %s", pair[0], a, pair[1], b)
		}
	}
}

func TestWordsThatOnlyLookAlikeStayApart(t *testing.T) {
	for _, pair := range [][2]string{{"ولد", "لد"}, {"الى", "علي"}, {"نفط", "نقط"}, {"والد", "لد"}} {
		a, b := Words(pair[0])[0].Stems, Words(pair[1])[0].Stems
		if slices.ContainsFunc(a, func(one string) bool { return slices.Contains(b, one) }) {
			t.Errorf("%s and %s share a stem: %s, %s", pair[0], pair[1], a, b)
		}
	}
}

func TestAReferenceIsOneWordAndItsParts(t *testing.T) {
	var folded []string
	for _, w := range Words("التزام رقم ٠٣٣١٨/٢٠٢٦، بند 3112-05.") {
		folded = append(folded, w.Folded)
	}
	want := []string{"التزام", "رقم", "03318/2026", "03318", "2026", "بند", "3112-05", "3112", "05"}
	if !slices.Equal(folded, want) {
		t.Errorf("the words are %q, want %q", folded, want)
	}
}

func TestWordsKnowWhereTheyStood(t *testing.T) {
	text := "صيانة الطُّرق (الثانوية)"
	for _, w := range Words(text) {
		if Fold(text[w.Start:w.End]) != w.Folded {
			t.Errorf("%q stood at %q", w.Folded, text[w.Start:w.End])
		}
	}
}

// breaks looks for a text that an analyser treats wrongly.
func breaks(t *rapid.T, fold func(string) string) string {
	text := rapid.StringOf(rapid.RuneFrom([]rune("اأإآٱبةهىيئؤوـًَُِّْ٠٩۵0aZ/-. \u200f\u202eلمﻻ"))).Draw(t, "text")
	folded := fold(text)
	switch {
	case fold(folded) != folded:
		return "folding twice changes " + text
	case strings.ContainsAny(folded, "أإآٱةىئؤـ٠٩۵\u200f\u202e") || strings.ContainsRune(folded, 'َ'):
		return "something is left unfolded in " + text
	case !utf8.ValidString(folded):
		return "the folded text is no text"
	}
	for _, w := range Words(text) {
		for _, stem := range w.Stems {
			if n := len([]rune(w.Folded)); n >= 3 && len([]rune(stem)) < 3 {
				return "a stem of " + w.Folded + " is too short"
			}
		}
		if w.Folded == "" || w.Start < 0 || w.End > len(text) || w.Start >= w.End {
			return "a word of " + text + " stands nowhere"
		}
	}
	return ""
}

func TestAnyTextIsFoldedOnceAndForAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if found := breaks(t, Fold); found != "" {
			t.Fatal(found)
		}
	})
}

func TestAFoldThatForgetsDiacriticsIsFound(t *testing.T) {
	found := ""
	rapid.Check(t, func(t *rapid.T) {
		if one := breaks(t, strings.ToLower); one != "" {
			found = one
		}
	})
	if found == "" {
		t.Error("the planted fault was not found")
	}
}
