package finance

import "strings"

// noun is a counted Arabic noun in the forms that numbers ask for. All of ours are masculine, so
// three to ten take the number with its tā' (ثلاثة دنانير).
type noun struct {
	one, two, few, many   string // دينار، ديناران، دنانير بعد 3–10، ديناراً بعد 11–99
	twoBefore, manyBefore string // the same with a noun right after it: ألفا دينار، عشرون ألف دينار
	single                string // one of it, alone: دينار واحد
	scale                 bool   // it is itself a number, such as a thousand
}

func counted(one, two, few, many string) noun {
	return noun{one: one, two: two, few: few, many: many, twoBefore: two, manyBefore: many, single: one + " واحد"}
}

func scale(one, few string) noun {
	return noun{one: one, two: one + "ان", few: few, many: one + "اً", twoBefore: one + "ا", manyBefore: one, single: one, scale: true}
}

// units are the currency's own word and that of its thousandth.
type units struct{ major, minor noun }

// wordsOf holds the currencies that vouchers are written in.
func wordsOf(currency string) (units, bool) {
	dinar := counted("دينار", "ديناران", "دنانير", "ديناراً")
	switch currency {
	case "JOD", "KWD", "BHD", "IQD":
		return units{major: dinar, minor: counted("فلس", "فلسان", "فلوس", "فلساً")}, true
	}
	return units{}, false
}

// scales from the largest that an int64 of thousandths reaches down to the thousand.
func scales() []struct {
	of   int64
	noun noun
} {
	return []struct {
		of   int64
		noun noun
	}{
		{1_000_000_000_000_000, scale("كوادريليون", "كوادريليونات")},
		{1_000_000_000_000, scale("تريليون", "تريليونات")},
		{1_000_000_000, scale("مليار", "مليارات")},
		{1_000_000, scale("مليون", "ملايين")},
		{1_000, scale("ألف", "آلاف")},
	}
}

var (
	ones     = [...]string{"", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"}
	teens    = [...]string{"", "أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر", "ثمانية عشر", "تسعة عشر"}
	tens     = [...]string{"", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"}
	hundreds = [...]string{"", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"}
)

// AmountInWords writes an amount of minor units in Arabic words (تفقيط), in the nominative, as
// vouchers and cheques show it: «فقط ألف ومئتان وأربعة وثلاثون ديناراً وخمسمئة فلس لا غير». It is
// empty for a negative amount or a currency whose words are not known.
func AmountInWords(minor int64, currency string) string {
	u, known := wordsOf(currency)
	if !known || minor < 0 {
		return ""
	}
	major, rest := minor/1000, minor%1000
	var parts []string
	if major > 0 {
		parts = append(parts, count(major, u.major))
	}
	if rest > 0 {
		parts = append(parts, count(rest, u.minor))
	}
	if len(parts) == 0 {
		parts = append(parts, "صفر "+u.major.one)
	}
	return "فقط " + strings.Join(parts, " و") + " لا غير"
}

// count says n of a noun. The noun follows the last part of the number and takes its form from it.
func count(n int64, of noun) string {
	var parts []string
	for _, s := range scales() {
		if group := n / s.of; group > 0 {
			n %= s.of
			parts = append(parts, group999(group, s.noun, n == 0))
		}
	}
	if n == 0 {
		return strings.Join(parts, " و") + " " + of.one
	}
	return strings.Join(append(parts, group999(n, of, false)), " و")
}

// group999 says 1–999 of a noun. direct tells that another noun follows at once, which takes away
// tanwīn and nūn: «ألفا دينار», «أحد عشر ألف دينار».
func group999(n int64, of noun, direct bool) string {
	two, many := of.two, of.many
	if direct {
		two, many = of.twoBefore, of.manyBefore
	}
	h, r := n/100, n%100
	var head string
	if h > 0 {
		head = hundreds[h]
	}
	switch {
	case r == 0:
		if h == 2 {
			head = "مئتا" // loses its nūn before the noun
		}
		return head + " " + of.one
	case r <= 2:
		tail := two
		if r == 1 {
			tail = of.single
		}
		switch {
		case h == 0:
			return tail
		case of.scale: // «مئة وألف» would be 1,100: the scale is said twice, «مئة ألف وألف»
			return group999(h*100, of, false) + " و" + tail
		default:
			return head + " و" + tail
		}
	case r <= 10:
		return joined(head, ones[r]) + " " + of.few
	case r < 20:
		return joined(head, teens[r-10]) + " " + many
	default:
		number := tens[r/10]
		if r%10 > 0 {
			number = ones[r%10] + " و" + number
		}
		return joined(head, number) + " " + many
	}
}

func joined(head, tail string) string {
	if head == "" {
		return tail
	}
	return head + " و" + tail
}
