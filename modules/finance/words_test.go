package finance

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAmountsInWordsAsAVoucherShowsThem(t *testing.T) {
	for amount, want := range map[int64]string{
		0:                 "صفر دينار",
		1:                 "فلس واحد",
		2:                 "فلسان",
		3:                 "ثلاثة فلوس",
		10:                "عشرة فلوس",
		11:                "أحد عشر فلساً",
		12:                "اثنا عشر فلساً",
		19:                "تسعة عشر فلساً",
		20:                "عشرون فلساً",
		21:                "واحد وعشرون فلساً",
		100:               "مئة فلس",
		101:               "مئة وفلس واحد",
		102:               "مئة وفلسان",
		103:               "مئة وثلاثة فلوس",
		111:               "مئة وأحد عشر فلساً",
		200:               "مئتا فلس",
		201:               "مئتان وفلس واحد",
		250:               "مئتان وخمسون فلساً",
		500:               "خمسمئة فلس",
		999:               "تسعمئة وتسعة وتسعون فلساً",
		1_000:             "دينار واحد",
		1_001:             "دينار واحد وفلس واحد",
		2_000:             "ديناران",
		3_000:             "ثلاثة دنانير",
		8_008:             "ثمانية دنانير وثمانية فلوس",
		10_000:            "عشرة دنانير",
		11_000:            "أحد عشر ديناراً",
		99_000:            "تسعة وتسعون ديناراً",
		100_000:           "مئة دينار",
		100_500:           "مئة دينار وخمسمئة فلس",
		101_000:           "مئة ودينار واحد",
		102_000:           "مئة وديناران",
		200_000:           "مئتا دينار",
		202_000:           "مئتان وديناران",
		250_750:           "مئتان وخمسون ديناراً وسبعمئة وخمسون فلساً",
		1_000_000:         "ألف دينار",
		1_001_000:         "ألف ودينار واحد",
		1_100_000:         "ألف ومئة دينار",
		1_200_000:         "ألف ومئتا دينار",
		1_234_500:         "ألف ومئتان وأربعة وثلاثون ديناراً وخمسمئة فلس",
		2_000_000:         "ألفا دينار",
		2_001_000:         "ألفان ودينار واحد",
		3_000_000:         "ثلاثة آلاف دينار",
		10_000_000:        "عشرة آلاف دينار",
		11_000_000:        "أحد عشر ألف دينار",
		11_500_000:        "أحد عشر ألفاً وخمسمئة دينار",
		12_500_000:        "اثنا عشر ألفاً وخمسمئة دينار",
		20_000_000:        "عشرون ألف دينار",
		25_003_000:        "خمسة وعشرون ألفاً وثلاثة دنانير",
		100_000_000:       "مئة ألف دينار",
		101_000_000:       "مئة ألف وألف دينار",
		102_000_000:       "مئة ألف وألفا دينار",
		102_500_000:       "مئة ألف وألفان وخمسمئة دينار",
		103_000_000:       "مئة وثلاثة آلاف دينار",
		200_000_000:       "مئتا ألف دينار",
		350_837_500:       "ثلاثمئة وخمسون ألفاً وثمانمئة وسبعة وثلاثون ديناراً وخمسمئة فلس",
		1_000_000_000:     "مليون دينار",
		2_000_000_000:     "مليونا دينار",
		3_000_000_000:     "ثلاثة ملايين دينار",
		11_000_000_000:    "أحد عشر مليون دينار",
		11_000_100_000:    "أحد عشر مليوناً ومئة دينار",
		1_001_001_001:     "مليون وألف ودينار واحد وفلس واحد",
		2_002_002_002:     "مليونان وألفان وديناران وفلسان",
		5_000_000_000_000: "خمسة مليارات دينار",
	} {
		if got := AmountInWords(amount, "JOD"); got != "فقط "+want+" لا غير" {
			t.Errorf("%d\n got %s\nwant فقط %s لا غير", amount, got, want)
		}
	}
}

func TestNoWordsForWhatIsNotAnAmountOfDinars(t *testing.T) {
	if got := AmountInWords(-1, "JOD") + AmountInWords(5, "USD"); got != "" {
		t.Errorf("got %q", got)
	}
}

// What is written can be read back in one way only.
func TestAmountsInWordsCanBeReadBack(t *testing.T) {
	read := func(t *rapid.T, amount int64) {
		words := AmountInWords(amount, "JOD")
		if got := readWords(t, words); got != amount {
			t.Fatalf("%d is written %q and read %d", amount, words, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			read(t, rapid.Int64Range(0, 1<<62).Draw(t, "any"))
			read(t, rapid.Int64Range(0, 3_000_000).Draw(t, "small"))
			// Groups that are round or small are where the rules change.
			var amount int64
			for range 5 {
				amount = amount*1000 + rapid.SampledFrom([]int64{0, 1, 2, 3, 10, 11, 12, 20, 21, 99, 100, 101, 102, 110, 200, 201, 202, 211, 999}).Draw(t, "group")
			}
			read(t, amount)
		}
	})
}

// readWords is a reader that knows words and nothing of how they were chosen.
func readWords(t *rapid.T, s string) int64 {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "فقط "), " لا غير")
	value := map[string]int64{"صفر": 0}
	for i, w := range ones {
		value[w] = int64(i)
	}
	for i, w := range tens {
		value[w] = int64(i * 10)
	}
	for i, w := range hundreds {
		value[w] = int64(i * 100)
	}
	value["أحد"], value["اثنا"], value["عشر"], value["مئتا"] = 1, 2, 10, 200
	delete(value, "")
	type counted struct {
		of     int64
		forms  []string
		double []string
	}
	nouns := []counted{
		{of: 1_000_000_000_000_000, forms: []string{"كوادريليون", "كوادريليونات", "كوادريليوناً"}, double: []string{"كوادريليونان", "كوادريليونا"}},
		{of: 1_000_000_000_000, forms: []string{"تريليون", "تريليونات", "تريليوناً"}, double: []string{"تريليونان", "تريليونا"}},
		{of: 1_000_000_000, forms: []string{"مليار", "مليارات", "ملياراً"}, double: []string{"ملياران", "مليارا"}},
		{of: 1_000_000, forms: []string{"مليون", "ملايين", "مليوناً"}, double: []string{"مليونان", "مليونا"}},
		{of: 1_000, forms: []string{"ألف", "آلاف", "ألفاً"}, double: []string{"ألفان", "ألفا"}},
	}
	var total, major, group int64
	fresh := false // the group has a number of its own
	words := strings.Fields(s)
word:
	for i := 0; i < len(words); i++ {
		w := words[i]
		if _, known := value[w]; !known && strings.HasPrefix(w, "و") {
			w = strings.TrimPrefix(w, "و")
		}
		if v, known := value[w]; known {
			group += v
			fresh = true
			continue
		}
		for _, n := range nouns {
			for _, f := range n.forms {
				if w == f {
					if !fresh {
						group = 1
					}
					major, group, fresh = major+group*n.of, 0, false
					continue word
				}
			}
			for _, f := range n.double {
				if w == f {
					major, group, fresh = major+2*n.of, 0, false
					continue word
				}
			}
		}
		switch w {
		case "دينار", "دنانير", "ديناراً", "ديناران", "فلس", "فلوس", "فلساً", "فلسان":
			switch {
			case strings.HasSuffix(w, "ان"):
				group += 2
			case i+1 < len(words) && words[i+1] == "واحد":
				group, i = group+1, i+1
			}
			major += group
			if strings.HasPrefix(w, "د") {
				major *= 1000
			}
			total, major, group, fresh = total+major, 0, 0, false
		default:
			t.Fatalf("%q in %q is no word of a number", w, s)
		}
	}
	return total
}
