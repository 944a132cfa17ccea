package kernel

import "strings"

// WholeGovernment is the unit of what belongs to the government as a whole.
const WholeGovernment = "."

// BudgetUnit names where money belongs: the chapter and below it the financial centre, each ended by
// a dot, so that a chapter's name begins those of its centres and of nothing else: "2501.250110.".
// Money without a chapter belongs to the government as a whole.
func BudgetUnit(chapter, centre string) string {
	escape := strings.NewReplacer("%", "%25", ".", "%2E")
	switch {
	case chapter == "":
		return WholeGovernment
	case centre == "":
		return escape.Replace(chapter) + "."
	}
	return escape.Replace(chapter) + "." + escape.Replace(centre) + "."
}

// UnitAbove is the lowest unit that two belong to.
func UnitAbove(a, b string) string {
	for !strings.HasPrefix(b, a) {
		cut := strings.LastIndexByte(strings.TrimSuffix(a, "."), '.')
		if cut < 0 {
			return WholeGovernment
		}
		a = a[:cut+1]
	}
	return a
}
