package export

import "testing"

func TestWhatIsSoughtIsFoundInAnySpelling(t *testing.T) {
	row := []Cell{{Text: "٢٠٢٦/11874"}, {Text: "صيانة الطرق الثانوية"}, {Text: "Roads of Amman"}}
	for text, want := range map[string]bool{"": true, "الصيانه": false, "صيانه": true, "roads 2026": true, "صيانة عمان": false, "الثانويّة": true} {
		variables := map[string]any{"find": text, "year": 2026}
		if got := soughtIn(variables).in(row); got != want {
			t.Errorf("%q in the row: %t", text, got)
		}
		if _, still := variables["find"]; still {
			t.Error("what is sought went on into the question")
		}
	}
}
