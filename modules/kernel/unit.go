package kernel

import "strings"

// WholeGovernment is the unit of what belongs to the government as a whole.
const WholeGovernment = "."

// BudgetUnit names where money belongs: the chapter and below it the financial centre, each ended by
// a dot, so that a chapter's name begins those of its centres and of nothing else: "2501.250110.".
// Money without a chapter belongs to the government as a whole.
func BudgetUnit(chapter, centre string) string {
	switch {
	case chapter == "":
		return WholeGovernment
	case centre == "":
		return plain(chapter) + "."
	}
	return plain(chapter) + "." + plain(centre) + "."
}

// plain writes a code so that no dot stands in it; hardly any code has one.
func plain(code string) string {
	if !strings.ContainsAny(code, "%.") {
		return code
	}
	return strings.NewReplacer("%", "%25", ".", "%2E").Replace(code)
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
