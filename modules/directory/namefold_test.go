package directory

import (
	"strings"
	"testing"
)

func TestANameIsFoundHoweverItIsSpelt(t *testing.T) {
	name := FoldName("وزارةُ الأشغال العامَّة والإسكان")
	for asked, found := range map[string]bool{
		"الاشغال": true, "أشغال": true, "وزاره": true, "الإسكان": true, "اسكان": true, "الاشغال وزارة": true, "اشغـال": true, "عامه": true,
		"شغال": false, "صحة": false, "": false, "الاشغال صحة": false,
	} {
		if matches(name, strings.Fields(FoldName(asked))) != found {
			t.Errorf("%q is found: %v", asked, !found)
		}
	}
	if got := FoldName(" Dept.  of  ROADS ١٢ "); got != "dept of roads 12" {
		t.Errorf("folded: %q", got)
	}
}
