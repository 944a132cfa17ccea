package desk

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestChangesOfDifferentFieldsAreJoined(t *testing.T) {
	merged, taken, clashes, err := Merge(
		`{"subject":"وقود","lines":[{"id":"a","amount":"10.000"},{"id":"b","amount":"5.000"}]}`,
		`{"subject":"وقود المديرية","lines":[{"id":"a","amount":"10.000"},{"id":"b","amount":"7.500"}]}`,
		`{"subject":"وقود","lines":[{"id":"a","amount":"12.000"},{"id":"b","amount":"5.000"},{"id":"c","amount":"1.000"}]}`)
	if err != nil || len(clashes) > 0 {
		t.Fatalf("clashes %v, error %v", clashes, err)
	}
	want := `{"lines":[{"amount":"12.000","id":"a"},{"amount":"7.500","id":"b"},{"amount":"1.000","id":"c"}],"subject":"وقود المديرية"}`
	if merged != want {
		t.Errorf("merged to %s\nwant      %s", merged, want)
	}
	if !reflect.DeepEqual(taken, []string{"lines.b", "subject"}) {
		t.Errorf("taken from the others: %v", taken)
	}
}

func TestOneFieldWrittenTwiceComesBackWithAllThreeWordings(t *testing.T) {
	merged, _, clashes, err := Merge(`{"subject":"وقود"}`, `{"subject":"زيوت"}`, `{"subject":"محروقات"}`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Clash{{Path: "subject", Was: `"وقود"`, Theirs: `"زيوت"`, Yours: `"محروقات"`}}
	if !reflect.DeepEqual(clashes, want) || merged != `{"subject":"زيوت"}` {
		t.Errorf("merged to %s with %+v", merged, clashes)
	}
}

func TestARowOneDeletedAndTheOtherChangedIsAClash(t *testing.T) {
	_, _, clashes, err := Merge(`{"lines":[{"id":"a","amount":"1"}]}`, `{"lines":[]}`, `{"lines":[{"id":"a","amount":"2"}]}`)
	if err != nil || len(clashes) != 1 || clashes[0].Path != "lines.a" || clashes[0].Theirs != "" {
		t.Errorf("clashes %+v, error %v", clashes, err)
	}
}

func TestContentThatIsNoObjectIsRefused(t *testing.T) {
	for _, text := range []string{"", "null", "[]", `"x"`, "{", "7"} {
		if _, _, _, err := Merge("{}", "{}", text); err == nil || !strings.Contains(err.Error(), "desk.content") {
			t.Errorf("%q was answered with %v", text, err)
		}
	}
}

// draft draws a small object with rows, so that two people often meet on a field.
func draft(t *rapid.T, name string) map[string]string {
	return rapid.MapOfN(rapid.SampledFrom([]string{"subject", "payee", "a.amount", "b.amount", "a.note"}), rapid.SampledFrom([]string{"1", "2", "3"}), 0, 5).Draw(t, name)
}

func text(flat map[string]string) string {
	o := map[string]any{}
	rows := map[string]map[string]any{}
	for path, value := range flat {
		if row, field, ok := strings.Cut(path, "."); ok {
			if rows[row] == nil {
				rows[row] = map[string]any{"id": row}
			}
			rows[row][field] = value
		} else {
			o[path] = value
		}
	}
	list := []any{}
	for _, id := range []string{"a", "b"} {
		if rows[id] != nil {
			list = append(list, rows[id])
		}
	}
	o["lines"] = list
	all, _ := json.Marshal(o)
	return string(all)
}

type join func(was, theirs, yours string) (string, []string, []Clash, error)

// lost looks for a change of a plain field that neither stands in the result nor is named.
func lost(t *rapid.T, merge join) string {
	was, theirs, yours := draft(t, "was"), draft(t, "theirs"), draft(t, "yours")
	merged, _, clashes, err := merge(text(was), text(theirs), text(yours))
	if err != nil {
		return err.Error()
	}
	var result map[string]any
	if err := json.Unmarshal([]byte(merged), &result); err != nil {
		return err.Error()
	}
	named := map[string]bool{}
	for _, c := range clashes {
		named[c.Path] = true
	}
	for _, field := range []string{"subject", "payee"} {
		got, _ := result[field].(string)
		switch {
		case yours[field] != was[field] && theirs[field] == was[field] && got != yours[field]:
			return "your " + field + " is lost"
		case theirs[field] != was[field] && yours[field] == was[field] && got != theirs[field]:
			return "their " + field + " is lost"
		case yours[field] != was[field] && theirs[field] != was[field] && yours[field] != theirs[field] && !named[field]:
			return "nobody is told that " + field + " was written twice"
		}
	}
	return ""
}

func TestNoChangeIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if found := lost(t, Merge); found != "" {
			t.Fatal(found)
		}
	})
}

// A merge in which the last writer wins must be found.
func TestTheLastWriterWinningIsFound(t *testing.T) {
	found := ""
	rapid.Check(t, func(t *rapid.T) {
		if one := lost(t, func(_, _, yours string) (string, []string, []Clash, error) { return yours, nil, nil, nil }); one != "" {
			found = one
		}
	})
	if found == "" {
		t.Error("the planted fault was not found")
	}
}
